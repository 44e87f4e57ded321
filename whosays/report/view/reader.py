"""The articles in full: every statement marked with who says it, every sentence with a way back to its claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from whosays.report.view.story import Outlet, Story, Voice, shown

_PARAGRAPH: Final = re.compile(r"[^\n\r]*\S[^\n\r]*")
_NOT_SPOKEN: Final = Voice("", "own words", 0, "v0", "")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands behind a passage: its number, who says it, and its claims (anchors)."""

    voice: Voice
    claims: tuple[str, ...]
    conflicts: tuple[str, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with one meaning.

    ``ids`` are anchors that begin here and ``inside`` those of all passages that it is part of; ``voice`` is who says
    it, None for the outlet; ``part`` is source, cue, unread or "", and ``hue`` the speaker's of a source; ``marks`` are
    those of the passages that end here.
    """

    text: str
    ids: tuple[str, ...]
    inside: tuple[str, ...]
    voice: Voice | None
    part: str
    hue: str
    own: bool
    marks: tuple[Mark, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    anchor: str
    unread: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it is read."""

    outlet: Outlet
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A stretch of an article's text: of a statement's content (or an own passage), or of its source or cue."""

    start: int
    end: int
    at: str = ""
    mark: Mark | None = None
    part: str = ""
    hue: str = ""
    first: bool = False
    last: bool = False


def make(story: Story) -> tuple[Page, ...]:
    return tuple(Page(outlet, _paragraphs(story, outlet)) for outlet in story.outlets)


def paragraph_at(story: Story, article: str, offset: int) -> str:
    """The anchor of the paragraph that a character stands in."""
    outlet = story.outlet[article]
    number = sum(start <= offset for start, _ in paragraphs(story.texts[article]))
    return f"{outlet.anchor}-{max(number, 1)}"


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The characters of each paragraph of an article."""
    return [match.span() for match in _PARAGRAPH.finditer(text)]


def _paragraphs(story: Story, outlet: Outlet) -> tuple[Paragraph, ...]:
    text = story.texts[outlet.id]
    layers = [*_statements(story, outlet), *_passages(story, outlet), *_unread(story, outlet)]
    made = []
    for number, (start, end) in enumerate(paragraphs(text), start=1):
        inside = [layer for layer in layers if layer.start < end and layer.end > start]
        pieces = tuple(_pieces(text, start, end, inside))
        unread = all(piece.part == "unread" or not piece.text.strip() for piece in pieces)
        made.append(Paragraph(f"{outlet.anchor}-{number}", unread, pieces))
    return tuple(made)


def _statements(story: Story, outlet: Outlet) -> Iterable[_Layer]:
    for id_, statement in story.statements.items():
        if statement["article"] != outlet.id:
            continue
        mark = Mark(story.voice(statement), story.claims_of(id_), story.conflicts_of(id_), story.keys([id_]))
        spans = statement["content"]
        for number, (start, end) in enumerate(spans):
            yield _Layer(start, end, story.at(id_), mark, first=number == 0, last=number == len(spans) - 1)
        for part in ("source", "cue"):
            if statement[part] is not None:
                start, end = statement[part]
                yield _Layer(start, end, part=part, hue=mark.voice.hue)


def _passages(story: Story, outlet: Outlet) -> Iterable[_Layer]:
    for article, start, end in story.passages():
        if article == outlet.id:
            member = [article, [start, end]]
            claims, conflicts = story.claims_of(member), story.conflicts_of(member)
            mark = Mark(_NOT_SPOKEN, claims, conflicts, story.keys([member]))
            yield _Layer(start, end, story.at_passage(member), mark, first=True, last=True)


def _unread(story: Story, outlet: Outlet) -> Iterable[_Layer]:
    article = next(a for a in story.document["articles"] if a["id"] == outlet.id)
    return (_Layer(start, end, part="unread") for start, end in article["unread"])


def _pieces(text: str, start: int, end: int, layers: Sequence[_Layer]) -> Iterable[Piece]:
    cuts = {start, end} | {cut for layer in layers for cut in (layer.start, layer.end) if start < cut < end}
    ordered = sorted(cuts)
    for left, right in pairwise(ordered):
        yield _piece(text, left, right, [layer for layer in layers if layer.start < right and layer.end > left])


def _piece(text: str, start: int, end: int, layers: Sequence[_Layer]) -> Piece:
    """The shortest passage that covers a piece says whose words it is."""
    told = sorted((x for x in layers if x.mark is not None), key=lambda x: (x.end - x.start, x.at))
    parts = {layer.part for layer in layers}
    mark = told[0].mark if told else None
    keys = " ".join(dict.fromkeys(key for layer in told if layer.mark for key in layer.mark.keys.split()))
    words = text[start:end]
    return Piece(
        text=_kept(words),
        ids=tuple(layer.at for layer in told if layer.first and layer.start == start),
        inside=tuple(layer.at for layer in told),
        voice=mark.voice if mark and mark.voice.naming else None,
        part=next((part for part in ("unread", "cue", "source") if part in parts), ""),
        hue=next((layer.hue for layer in layers if layer.part == "source"), ""),
        own=bool(mark and not mark.voice.naming),
        marks=tuple(layer.mark for layer in told if layer.last and layer.end == end and layer.mark),
        keys=keys,
    )


def _kept(words: str) -> str:
    """The words as they may be shown, with the white space at both ends, which stands between pieces."""
    inner = words.strip()
    if not inner:
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{shown(inner)}{' ' if words[-1].isspace() else ''}"
