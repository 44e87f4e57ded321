"""The last look at a report: everything that it quotes stands in the articles, character for character."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Final

from whosays.claims.claim import Claim, Comparison, Label, Passage
from whosays.claims.event import EventMention, Participant, Standing
from whosays.errors import InternalError, OffsetMismatch
from whosays.report.report import Report
from whosays.statements.statement import Statement
from whosays.text.span import Span

_LEADING_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.I)
_Texts = Mapping[str, str]


def offsets(report: Report) -> None:
    """Pass a report whose offsets all reproduce its articles' texts, and whose references all lead somewhere.

    Raises :class:`OffsetMismatch` for words that are not where the report says, and :class:`InternalError` for an
    article, statement or speaker that it speaks of and does not hold. Both withhold the report: one wrong quotation
    costs an editor more than a report that has to be made again.
    """
    texts: _Texts = {read.article.id: read.article.text for read in report.articles}
    _each_once("article", [read.article.id for read in report.articles])
    _each_once("statement", [statement.id for statement in report.statements])
    _each_once("speaker", [speaker.id for speaker in report.speakers])
    for read in report.articles:
        for span in read.unread:
            _inside(read.article.id, span, texts, "an unread part")
        for span in (*(time.span for time in read.times), *(place.span for place in read.places)):
            _inside(read.article.id, span, texts, "a date or a place")
    speakers = {speaker.id for speaker in report.speakers}
    for statement in report.statements:
        _statement(statement, texts, speakers)
    if report.comparison is not None:
        _comparison(report.comparison, texts, {s.id: s for s in report.statements}, speakers)


def _statement(statement: Statement, texts: _Texts, speakers: Container[str]) -> None:
    about = f"statement {statement.id}"
    _known(about, "article", [statement.article], texts)
    if not statement.content:
        raise _mismatch(statement.article, Span(0, 0), f"the content of {about}")
    spans = [*statement.content, statement.source, statement.cue, statement.recipient]
    for span in spans:
        if span is not None:
            _inside(statement.article, span, texts, about)
    for before, after in zip(statement.content, statement.content[1:], strict=False):
        if after.start < before.end:
            raise _mismatch(statement.article, after, f"content of {about} behind character {before.end}")
    if statement.speaker is not None:
        _known(about, "speaker", [statement.speaker], speakers)


def _comparison(
    comparison: Comparison, texts: _Texts, statements: Mapping[str, Statement], speakers: Container[str]
) -> None:
    for claim in comparison.claims:
        _claim(claim, texts, statements, speakers)
    for number, conflict in enumerate(comparison.conflicts, start=1):
        about = f"conflict {number}"
        _known(about, "statement", conflict.statements, statements)
        _passages(about, conflict.passages, texts)
        _known(about, "article", filter(None, [conflict.update]), texts)
    for shared in comparison.shared_text:
        _passages("shared text", (shared.one, shared.other), texts)
    for article, only in comparison.only_in.items():
        about = f"what only {article} has"
        _known(about, "article", [article], texts)
        _known(about, "statement", only, statements)
    for name in comparison.names:
        _known(f"the name {name.entity}", "article", name.labels, texts)
        for article, labels in name.labels.items():
            for label in labels:
                _label(article, label, texts)
    names = {name.entity for name in comparison.names}
    for number, event in enumerate(comparison.events, start=1):
        for mention in event.mentions:
            parts = [mention.what, mention.span, mention.place, mention.time_span]
            _told(f"event {number}", mention, parts, (mention.actor, mention.target), (texts, statements, names))
    for number, row in enumerate(comparison.standing, start=1):
        _told(f"standing {number}", row, [row.span, row.means], (row.who, row.what), (texts, statements, names))


def _told(
    about: str,
    told: EventMention | Standing,
    spans: Iterable[Span | None],
    parties: Iterable[Participant | None],
    known: tuple[_Texts, Mapping[str, Statement], Container[str]],
) -> None:
    texts, statements, names = known
    _known(about, "article", [told.article], texts)
    if told.statement is not None:
        _known(about, "statement", [told.statement], statements)
    everyone = [party for party in parties if party is not None]
    _known(about, "name", [party.entity for party in everyone if party.entity is not None], names)
    for span in (*spans, *(party.span for party in everyone)):
        if span is not None:
            _inside(told.article, span, texts, about)


def _claim(claim: Claim, texts: _Texts, statements: Mapping[str, Statement], speakers: Container[str]) -> None:
    about = f"claim {claim.id}"
    _known(about, "article", [*claim.articles, *claim.silent], texts)
    _known(about, "statement", claim.statements, statements)
    _passages(about, claim.passages, texts)
    for origin in claim.origins:
        _known(f"an origin of {about}", "statement", origin.statements, statements)
        _passages(f"an origin of {about}", origin.passages, texts)
        _known(f"an origin of {about}", "article", (step.article for step in origin.chain), texts)
        if origin.speaker is not None:
            _known(f"an origin of {about}", "speaker", [origin.speaker], speakers)
    members = [
        (statement.article, span) for id_ in claim.statements for statement in [statements[id_]]
        for span in statement.content
    ]  # fmt: skip
    members += [(passage.article, passage.span) for passage in claim.passages]
    if not members:
        raise InternalError(about, "has no members", _REPORT_IT)
    if not claim.text or not any(claim.text in span.of(texts[article]) for article, span in members):
        raise _mismatch(*members[0], claim.text)


def _label(article: str, label: Label, texts: _Texts) -> None:
    for span in label.spans:
        _inside(article, span, texts, label.text)
        if _plain(span.of(texts[article])) != _plain(label.text):
            raise _mismatch(article, span, label.text)


def _plain(label: str) -> str:
    """A label without capitals, line breaks and its leading article, which may differ from span to span."""
    return _LEADING_ARTICLE.sub("", " ".join(label.split())).casefold()


def _passages(about: str, passages: Iterable[Passage], texts: _Texts) -> None:
    for passage in passages:
        _known(about, "article", [passage.article], texts)
        _inside(passage.article, passage.span, texts, f"a passage of {about}")


def _inside(article: str, span: Span, texts: _Texts, expected: str) -> None:
    start, end = span
    if not 0 <= start < end <= len(texts[article]):
        raise _mismatch(article, span, expected)


_REPORT_IT: Final = "Please report this with the articles."


def _known(about: str, kind: str, ids: Iterable[str], known: Container[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            raise InternalError(about, f"speaks of {kind} {id_}, which the report does not hold", _REPORT_IT)


def _each_once(kind: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise InternalError("the report", f"has two of {kind} {id_}", _REPORT_IT)
        seen.add(id_)


def _mismatch(article: str, span: Span, expected: str) -> OffsetMismatch:
    return OffsetMismatch(f"article {article}", span.start, span.end, expected)
