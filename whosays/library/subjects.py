"""What of a report a mark can be about, as the mark keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from whosays.claims.claim import Claim, Conflict
from whosays.library import listing, passages
from whosays.library.errors import BadMark, UnknownStory
from whosays.library.marks import Target
from whosays.library.passages import Anchor
from whosays.library.store import Library
from whosays.report.report import Report
from whosays.statements.statement import Statement
from whosays.text.span import Span

Place = tuple[str, Span]  # an article's key and a passage of it
_Found = TypeVar("_Found")


def claim(report: Report, number: int) -> Target:
    """A claim by its number from 1; raises :class:`~whosays.errors.BadMark` where there is none."""
    found = _numbered(report.comparison.claims if report.comparison else (), number, "claim")
    return Target("claim", found.text, passages=_anchored(report, members(report, found)))


def conflict(report: Report, number: int) -> Target:
    """The same for a conflict; its type is its name."""
    found = _numbered(report.comparison.conflicts if report.comparison else (), number, "conflict")
    return Target("conflict", found.why, found.type, passages=_anchored(report, members(report, found)))


def speaker(report: Report, number: int) -> Target:
    """A speaker by its number from 1 in the document; of one that is only described the name is left out."""
    found = _numbered(report.speakers, number, "speaker")
    named = found.naming in ("named", "organisation")
    places = spoken(report, found.id)
    return Target("speaker", found.name, found.name if named else "", passages=_anchored(report, places))


def passage(report: Report, article: str, span: Span) -> Target:
    """The characters ``[start, end)`` of one of the articles, by its key; they hold more than white space."""
    found = next((read.article for read in report.articles if read.article.id == article), None)
    if found is None:
        raise BadMark("", f'the story has no article "{article}"')
    if not 0 <= span.start < span.end <= len(found.text) or not span.of(found.text).strip():
        raise BadMark("", f"the article has no passage from {int(span.start)} to {int(span.end)}")
    return Target("passage", span.of(found.text), passages=(passages.of(found, span),))


def outlet(report: Report, name: str) -> Target:
    """The outlet of one of the articles."""
    if name not in {read.article.name for read in report.articles}:
        raise BadMark("", f'the story has no outlet "{name}"')
    return Target("outlet", name, name)


def story(library: Library, number: int) -> Target:
    """A story as it stands; raises UnknownStory."""
    found = listing.listed(library, number)
    if not found.articles:
        raise UnknownStory(str(library.path), number)
    return Target("story", found.headline, story=number, articles=tuple(article.key for article in found.articles))


def some(target: Target, chosen: Iterable[int]) -> Target:
    """A part of a claim, a speaker or a story: the passages, or articles, with these numbers from 0."""
    many = target.articles if target.kind == "story" else target.passages
    wanted = sorted(set(chosen))
    if not wanted or len(wanted) >= len(many) or not all(0 <= n < len(many) for n in wanted):
        raise BadMark("", "what is taken out is some of it, but not all")
    if target.kind == "story":
        return Target("story", target.text, articles=tuple(target.articles[n] for n in wanted))
    passages = tuple(target.passages[n] for n in wanted)
    return Target(target.kind, passages[0].quote, target.name, passages=passages)


def members(report: Report, found: Claim | Conflict) -> list[Place]:
    """Where the members of a claim or conflict stand, from the first character of each to its last."""
    statements = {statement.id: statement for statement in report.statements}
    places = [(statements[id_].article, whole(statements[id_])) for id_ in found.statements]
    return places + [(passage.article, passage.span) for passage in found.passages]


def spoken(report: Report, speaker: str) -> list[Place]:
    """Where a speaker speaks."""
    return [(statement.article, whole(statement)) for statement in report.statements if statement.speaker == speaker]


def whole(statement: Statement) -> Span:
    """A statement's content as one stretch."""
    return Span(statement.content[0].start, statement.content[-1].end)


def _anchored(report: Report, places: Iterable[Place]) -> tuple[Anchor, ...]:
    articles = {read.article.id: read.article for read in report.articles}
    order = {key: number for number, key in enumerate(articles)}
    ordered = sorted(set(places), key=lambda place: (order[place[0]], place[1].start, place[1].end))
    return tuple(passages.of(articles[key], span) for key, span in ordered)


def _numbered(found: tuple[_Found, ...], number: int, what: str) -> _Found:
    if not 1 <= number <= len(found):
        raise BadMark("", f"the story has no {what} {number}")
    return found[number - 1]
