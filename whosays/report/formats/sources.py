"""Who stands behind a passage of a report: the article's outlet, and whom it quotes there."""

from __future__ import annotations

from collections import Counter
from typing import Final

from whosays.claims.claim import Claim, Conflict, Passage
from whosays.report import phrases
from whosays.report.report import Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.span import Span

_ENDS: Final = " ,;:–—-"


def members(group: Claim | Conflict) -> tuple[str | Passage, ...]:
    """Statements, by their ids, then passages."""
    return (*group.statements, *group.passages)


def other_names(speaker: Speaker) -> tuple[str, ...]:
    """The words by which the articles call a speaker, but for the name: without the commas that stand at their ends."""
    words = dict.fromkeys(phrases.clean(called).strip(_ENDS) for called in speaker.described_as)
    return tuple(called for called in words if called and called != speaker.name)


class Sources:
    """Look-ups in a report. ``outlets`` are names by article, with its id behind where two are of one outlet."""

    def __init__(self, report: Report) -> None:
        articles = [read.article for read in report.articles]
        uses = Counter(article.name for article in articles)
        self.outlets = {a.id: a.name if uses[a.name] == 1 else f"{a.name} [{a.id}]" for a in articles}
        self.texts = {a.id: a.text for a in articles}
        self.speakers = {speaker.id: speaker for speaker in report.speakers}
        self._statements: dict[str, list[Statement]] = {}
        for statement in report.statements:
            self._statements.setdefault(statement.article, []).append(statement)

    def speaker(self, statement: Statement) -> str:
        """The speaker's name, else the words that name the source, else ""."""
        if statement.speaker is not None:
            return self.speakers[statement.speaker].name
        return statement.source.of(self.texts[statement.article]) if statement.source else ""

    def chain(self, statement: Statement) -> str:
        """How it came to the article, as the report shows it: "Daily Ledger ← Northline ← the mayor"."""
        speaker = self.speaker(statement) or "nobody named"
        return phrases.chained([self.outlets[statement.article], *reversed(statement.via), phrases.called(speaker)])

    def statement_at(self, article: str, span: Span) -> Statement | None:
        """The statement whose content holds the span, the shortest if one stands in another."""
        holding = [
            statement
            for statement in self._statements.get(article, ())
            if any(part.covers(span) for part in statement.content)
        ]
        return min(holding, key=lambda s: (s.content[-1].end - s.start, s.start, s.id), default=None)
