"""What of a story a form is about, in the report as it stands: claims and speakers by number, passages by paragraph."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final, get_args

from starlette.exceptions import HTTPException

from whosays.library import listing, passages, reporting, subjects
from whosays.library.analyses import Made
from whosays.library.errors import BadMark, UnknownStory
from whosays.library.marks import Kind, Target
from whosays.library.store import Library
from whosays.report.report import Report
from whosays.report.view import reader
from whosays.text.article import Article
from whosays.text.span import Span

_CHOICES: Final = 200  # stories to join with: the latest
_NUMBERED: Final = {"claim": subjects.claim, "conflict": subjects.conflict, "speaker": subjects.speaker}


@dataclass(frozen=True, slots=True)
class Thing:
    """``of`` is the number or name of it in the report of that edition; of a passage ``a3-7``, its paragraph."""

    story: int
    kind: Kind
    of: str
    report: Report
    edition: str

    @property
    def about(self) -> str:
        """How a form names it."""
        return self.kind if self.kind == "story" else f"{self.kind}:{self.of}"

    def like(self, of: str) -> Thing:
        """Another of its kind in the same report."""
        return replace(self, of=of)

    @property
    def anchor(self) -> str:
        """Where it stands in the page of the story."""
        places = {"claim": f"c{self.of}", "conflict": f"x{self.of}", "speaker": f"speaker-{self.of}"}
        return {**places, "passage": self.of}.get(self.kind, "marks")


def edition(version: int, made: Made) -> str:
    """What tells a story's report from a later one, in which the same number may be another claim."""
    return hashlib.sha256(f"{version} {made}".encode()).hexdigest()[:12]


def at(library: Library, story: int, made: Made, about: str) -> Thing:
    """What ``about`` names in the report on a story, or on the one that it became part of.

    Raises UnknownStory; HTTPException where there is nothing of that kind.
    """
    kind, _, of = about.partition(":")
    known = next((one for one in get_args(Kind) if one == kind and one != "mark"), None)
    if known is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such thing to mark.")
    while True:
        story, version = _standing(library, story)
        report = reporting.kept(library, story, made) or reporting.of_story(library, story, made)
        if _standing(library, story) == (story, version):  # else the report may be of another edition
            return Thing(story, known, str(story) if known == "story" else of, report, edition(version, made))


def _standing(library: Library, story: int) -> tuple[int, int]:
    """The story that a story is now, and its version."""
    row = library.one("SELECT version, merged_into FROM stories WHERE id = ?", (story,))
    if row is None:
        raise UnknownStory(str(library.path), story)
    return (story, row[0]) if row[1] is None else _standing(library, row[1])


def target(library: Library, thing: Thing) -> Target:
    """What a mark keeps of it, a paragraph as a whole; raises BadMark, and HTTPException for what is no number."""
    if thing.kind == "outlet":
        return subjects.outlet(thing.report, thing.of)
    if thing.kind == "passage":
        article, paragraph = _paragraph(thing)
        return subjects.passage(thing.report, article.id, paragraph)
    if not (thing.of.isascii() and thing.of.isdecimal() and len(thing.of) < 19):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"The story has no such {thing.kind}.")
    if thing.kind == "story":
        return subjects.story(library, int(thing.of))
    return _NUMBERED[thing.kind](thing.report, int(thing.of))


def sign(target: Target) -> str:
    """What tells a thing that was seen from others of its kind in a later report."""
    known_by = str(target.story) if target.kind == "story" else " ".join(target.text.split())
    return hashlib.sha256(f"{target.kind} {known_by}".encode("utf-8", "replace")).hexdigest()[:16]


def again(library: Library, thing: Thing, seen: str) -> Thing | None:
    """What was seen in an earlier report, by its sign, in the one as it stands; None where it is not there."""
    for of in (thing.of, *_all_of(thing)):
        one = thing.like(of)
        try:
            if sign(target(library, one)) == seen:
                return one
        except (BadMark, HTTPException):
            continue
    return None


def _all_of(thing: Thing) -> Iterator[str]:
    """What else it could be."""
    compared = thing.report.comparison
    many = {"speaker": len(thing.report.speakers)}
    if compared is not None:
        many |= {"claim": len(compared.claims), "conflict": len(compared.conflicts)}
    yield from map(str, range(1, many.get(thing.kind, 0) + 1))
    if thing.kind == "passage":
        for place, read in enumerate(thing.report.articles, start=1):
            yield from (f"a{place}-{n}" for n, _ in enumerate(reader.paragraphs(read.article.text), start=1))


def others(library: Library, thing: Thing) -> list[tuple[int, str]]:
    """What it can be joined with."""
    if thing.kind == "story":
        return [(one.id, one.headline) for one in listing.stories(library, most=_CHOICES) if one.id != thing.story]
    compared = thing.report.comparison
    texts = [claim.text for claim in compared.claims] if compared and thing.kind == "claim" else []
    if thing.kind == "speaker":
        texts = [speaker.name for speaker in thing.report.speakers]
    return [(number, text) for number, text in enumerate(texts, start=1) if str(number) != thing.of]


def choices(thing: Thing) -> list[tuple[str, str, str]]:
    """The statements of a paragraph and the paragraph itself: which characters, who says it, and what."""
    if thing.kind != "passage":
        return []
    article, paragraph = _paragraph(thing)
    names = {speaker.id: speaker.name for speaker in thing.report.speakers}
    every = [
        (subjects.whole(statement), names.get(statement.speaker or "", "nobody named"))
        for statement in thing.report.statements
        if statement.article == article.id
    ]
    inside = sorted({one for one in every if paragraph.start <= one[0].start < paragraph.end})
    return [(f"{s.start}-{s.end}", who, s.of(article.text)) for s, who in (*inside, (paragraph, "The paragraph"))]


def chosen(thing: Thing, choice: str, words: str, near: int) -> Target:
    """One of the :func:`choices`, or rather those words of the paragraph, nearest to that character of it.

    Raises :class:`~whosays.errors.BadMark`.
    """
    article, paragraph = _paragraph(thing)
    if words.strip():
        found = passages.places(words.replace("\u2060", ""), article.text)
        inside = [span for span in found if paragraph.start <= span.start and span.end <= paragraph.end]
        if not inside:
            raise BadMark("", "the paragraph has no such words; they are to be those that stand there")
        nearest = min(inside, key=lambda span: (abs(span.start - paragraph.start - near), span.start))
        return subjects.passage(thing.report, article.id, nearest)
    start, _, end = choice.partition("-")
    if choice not in {one for one, _, _ in choices(thing)}:
        raise BadMark("", "which passage it is about is not chosen")
    return subjects.passage(thing.report, article.id, Span(int(start), int(end)))


def _paragraph(thing: Thing) -> tuple[Article, Span]:
    """Raises HTTPException for one that is not there."""
    place, _, number = thing.of.removeprefix("a").partition("-")
    if thing.of.startswith("a") and all(n.isascii() and n.isdecimal() and len(n) < 9 for n in (place, number)):
        articles = thing.report.articles[int(place) - 1 : int(place)] if int(place) else ()
        for read in articles:
            paragraphs = reader.paragraphs(read.article.text)
            if 1 <= int(number) <= len(paragraphs):
                start, end = paragraphs[int(number) - 1]
                words = read.article.text[start:end]
                return read.article, Span(end - len(words.lstrip()), start + len(words.rstrip()))
    raise HTTPException(HTTPStatus.NOT_FOUND, "The story has no such paragraph.")
