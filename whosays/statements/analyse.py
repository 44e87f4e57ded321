"""Articles read one by one, then together: statements, and who the speakers are across a story."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from spacy import symbols
from spacy.language import Language
from spacy.tokens import Doc

from whosays.language import marking, places, times, tokenizing
from whosays.language import model as language_model
from whosays.language.marking import Marked
from whosays.language.model import Model
from whosays.statements import building, days, kinds, naming, polarity, recipients, relays, speakers
from whosays.statements.analysis import Analysis
from whosays.statements.mentions import People
from whosays.statements.statement import Speaker, Statement
from whosays.text import layout
from whosays.text.article import Article
from whosays.text.span import Span

# By the numbers that spaCy gives these word classes.
_LEADS_ON = [symbols.CCONJ, symbols.SCONJ, symbols.ADP]
# Words that a stretch of the outlet's own prose needs to say something by itself.
SHORTEST_VOICE = 4
# Outlets that are looked for in every article of a story. More of them are a heap of articles, not a story, and the
# work would grow with their square.
MOST_OUTLETS = 30


def blank() -> Language:
    """The tokeniser alone, without a limit of its own: what may be read is settled when files are read."""
    nlp = tokenizing.blank()
    nlp.max_length = 100_000_000
    return nlp


@functools.cache
def _tokeniser() -> Language:
    """Made once: it takes as long as the model takes for an article, which a watch reads one at a time."""
    return blank()


def each(given: Iterable[Article], model: Model | None = None) -> Iterator[Analysis]:
    """Every article by itself; its statements have no speakers yet."""
    model = model or language_model.load()
    nlp = _tokeniser()
    waiting: list[Article] = []

    def pairs() -> Iterator[tuple[Doc, layout.Layout]]:
        for article in given:
            waiting.append(article)
            yield nlp.make_doc(article.text), layout.find(article)

    for marked in marking.mark(pairs(), model):
        yield of(waiting.pop(0), marked)


def of(article: Article, marked: Marked) -> Analysis:
    """The statements of one marked article, but for their speakers and relays."""
    doc = marked.doc
    found = [
        Statement(
            id=f"{article.id}:{number}",
            article=article.id,
            content=draft.content,
            source=draft.source,
            cue=draft.cue,
            kind=kinds.of(article.text, draft.content),
            naming=naming.of(draft.source, doc, article.text),
            confidence=round(draft.confidence, 3),
        )
        for number, draft in enumerate(building.drafts(marked), 1)
    ]
    found = [
        replace(
            statement,
            polarity=polarity.of(doc, article.text, statement),
            recipient=recipients.of(doc, statement),
        )
        for statement in found
    ]
    return Analysis(
        article=article,
        layout=marked.layout,
        doc=doc,
        statements=tuple(found),
        voice=tuple(voice(marked, found)),
        embed=marked.embed,
        times=times.find(article.text, article.published, _dated(marked.layout)),
        places=places.find(doc, article.text, marked.layout.prose),
    )


def _dated(found: layout.Layout) -> list[Span]:
    """Where a date may stand: the prose, the dateline, a line of its own."""
    lines = [unread.span for unread in found.unread if unread.reason in ("dateline", "time")]
    return sorted([*found.prose, *lines])


def together(
    analyses: Sequence[Analysis], people: Sequence[People] | None = None
) -> tuple[list[Analysis], tuple[Speaker, ...]]:
    """Gives every statement its relays, its speaker, the same one in every article, and the day it was made.

    ``people``: whom each article names, if that is known.
    """
    outlets = _outlets(analyses)
    analyses = [_relayed(analysis, outlets) for analysis in analyses]
    speaker_of, found = speakers.find([(a.article, a.doc, _told(a)) for a in analyses], people)
    by_id = {speaker.id: speaker for speaker in found}
    names = {speaker.id: speaker.name for speaker in found}
    whole = []
    for analysis in analyses:
        known = []
        for statement in analysis.statements:
            speaker = by_id.get(speaker_of.get(statement.id, ""))
            known.append(replace(statement, speaker=speaker.id, naming=speaker.naming) if speaker else statement)
        chains = relays.with_speakers(analysis.doc, known, names)
        said = days.carried(analysis.article, analysis.doc, known)
        told = zip(known, chains, said, strict=True)
        known = [replace(statement, via=via, said_on=day) for statement, via, day in told]
        whole.append(replace(analysis, statements=tuple(known)))
    return whole, found


def _told(analysis: Analysis) -> list[Statement]:
    """The statements that have a speaker; who told somebody "had been told" stays open."""
    return [s for s in analysis.statements if s.source or relays.outer(analysis.doc, s, analysis.statements) is None]


def _outlets(analyses: Sequence[Analysis]) -> frozenset[str]:
    """The outlets and agencies of a story, which its articles may speak of without saying what they are."""
    names = {name for a in analyses for name in (a.article.outlet, a.layout.agency) if name}
    return frozenset(names) if len(names) <= MOST_OUTLETS else frozenset()


def _relayed(analysis: Analysis, outlets: frozenset[str]) -> Analysis:
    chains = relays.carried(analysis.article, analysis.layout, analysis.doc, analysis.statements, outlets)
    found = zip(analysis.statements, chains, strict=True)
    return replace(analysis, statements=tuple(replace(statement, via=via) for statement, via in found))


def apart(analysis: Analysis) -> tuple[Analysis, tuple[Speaker, ...]]:
    """As ``together`` for one article that has nothing to do with the others: its speakers' ids bear its own."""
    [whole], found = together([analysis])
    own = {speaker.id: f"{analysis.article.id}:{speaker.id}" for speaker in found}
    named = tuple(replace(s, speaker=own[s.speaker] if s.speaker else None) for s in whole.statements)
    return replace(whole, statements=named), tuple(replace(s, id=own[s.id]) for s in found)


def voice(marked: Marked, statements: Sequence[Statement]) -> Iterator[Span]:
    """What the outlet says for itself: sentences of the prose, without the parts that statements take up."""
    doc, text, starts = marked.doc, marked.text, marked.starts
    if not marked.words:
        return
    taken = np.zeros(len(text) + 1, bool)
    for statement in statements:
        for span in (*statement.content, *filter(None, (statement.source, statement.cue))):
            taken[span.start : span.end] = True
    numbers = np.array(marked.words)
    ends = starts + doc.to_array("LENGTH")[numbers].astype(np.int64)
    sentence = np.cumsum(doc.to_array("SENT_START") == 1)[numbers]
    free = np.flatnonzero(~taken[starts])
    # a run of free words ends with its sentence, and where a word of a statement stands between
    cuts = np.flatnonzero((np.diff(free) > 1) | (np.diff(sentence[free]) != 0)) + 1
    firsts, lasts = starts[free].tolist(), ends[free].tolist()
    letters = [any(map(str.isalnum, text[start:end])) for start, end in zip(firsts, lasts, strict=True)]
    leads = np.isin(doc.to_array("POS")[numbers[free]], _LEADS_ON).tolist()
    for begin, end in pairwise([0, *cuts.tolist(), len(free)]):
        # "…, and he said": what leads on to the words of a statement is not the outlet's own
        while end > begin + 1 and (leads[end - 1] or (leads[end - 2] and not letters[end - 1])):
            end -= 1
        if sum(letters[begin:end]) >= SHORTEST_VOICE:
            yield Span(firsts[letters.index(True, begin)], lasts[end - 1])
