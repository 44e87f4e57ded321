"""The main job: articles in, report out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from whosays.claims import comparison
from whosays.errors import NoArticles
from whosays.language import model
from whosays.report import check
from whosays.report.report import ReadArticle, Report
from whosays.statements import analyse, relays
from whosays.statements.analysis import Analysis
from whosays.statements.mentions import People
from whosays.statements.statement import Speaker
from whosays.text.article import Article


def report(
    articles: Sequence[Article],
    version: str,
    statements_only: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Raises NoArticles for an empty story, and OffsetMismatch if a span of the report is not in its article."""
    if not articles:
        raise NoArticles()
    analyses: list[Analysis] = []
    speakers: list[Speaker] = []
    parts: list[comparison.Part] = []
    people: list[People] = []
    # what can be done with an article alone is done while the model reads the next ones
    for analysis in analyse.each(articles):
        if statements_only:
            whole, own = analyse.apart(analysis)
            analyses.append(whole)
            speakers += own
        else:
            parts.append(comparison.part(len(analyses), analysis))
            people.append(People(analysis.article, analysis.doc))
            analyses.append(analysis)
        if progress:
            progress(len(analyses), len(articles))
    compared = None
    if not statements_only:
        analyses, found = analyse.together(analyses, people)
        speakers += found
        compared = comparison.find(analyses, {speaker.id: speaker for speaker in speakers}, parts)
    entities = compared.entities if compared else {}
    made = Report(
        articles=tuple(
            ReadArticle(
                article=a.article,
                unread=tuple(u.span for u in a.layout.unread),
                relays=relays.of_article(a.article, a.layout),
                times=a.times,
                places=a.places,
            )
            for a in analyses
        ),
        statements=tuple(statement for a in analyses for statement in a.statements),
        speakers=tuple(replace(s, entity=entities.get(s.id)) for s in speakers),
        comparison=compared,
        version=version,
        model=model.load().name,
    )
    check.offsets(made)
    return made
