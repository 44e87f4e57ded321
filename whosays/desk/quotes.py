"""Statements and articles of the library as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from whosays.library import anchors
from whosays.library.searching import CLOSE, OPEN, Hit
from whosays.library.store import Library
from whosays.report import phrases
from whosays.report.view.passages import STANCES, Stance, Words
from whosays.report.view.story import moment

NAMINGS: Final = {
    "named": "named",
    "anonymous": "unnamed",
    "organisation": "an organisation",
    "document": "a document",
    "unattributed": "credited to nobody",
}


@dataclass(frozen=True, slots=True)
class Link:
    """``href`` is "" for what has no page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement, or (``who`` None) an article. ``at`` leads to it in its story, "" while it has none."""

    who: Link | None
    note: str
    relays: tuple[Link, ...]
    stance: Stance
    cue: str
    words: tuple[Words, ...]
    outlet: Link
    when: str
    title: str
    at: str


def of(library: Library, hits: Iterable[Hit]) -> tuple[Quote, ...]:
    found = tuple(hits)
    at = anchors.of(library, found)
    return tuple(_quote(hit, at.get(hit.statement or hit.article, "")) for hit in found)


def speaker(name: str) -> Link:
    return Link(phrases.clean(name), address("/speaker", name=name))


def outlet(name: str) -> Link:
    return Link(phrases.clean(name), address("/outlet", name=name))


def address(path: str, **asked: str) -> str:
    """A path with what is asked of it; nothing that is empty."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{path}?{query}" if query else path


def _quote(hit: Hit, at: str) -> Quote:
    who = None
    if hit.statement is not None:
        who = speaker(hit.speaker) if hit.speaker else Link("nobody named", "")
    when = moment(hit.published)
    return Quote(
        who=who,
        note=phrases.NAMING.get(hit.naming or "", "") if hit.speaker else "",
        relays=tuple(outlet(name) for name in hit.via if name != hit.outlet),
        stance=STANCES.get(hit.polarity or "asserted", "says"),
        cue=phrases.clean(hit.cue or ""),
        words=_pieces(hit.words),
        outlet=outlet(hit.outlet) if hit.outlet else Link(phrases.clean(hit.article), ""),
        when=when.text,
        title=phrases.clean(hit.title or hit.article),
        at=at,
    )


def _pieces(words: str) -> tuple[Words, ...]:
    """What a hit shows, cut where the words that were looked for begin and end."""
    pieces = []
    for number, part in enumerate(words.split(OPEN)):
        found, _, rest = part.partition(CLOSE) if number else ("", "", part)
        pieces += [Words(_kept(found), own=True), Words(_kept(rest))]
    return tuple(piece for piece in pieces if piece.text)


def _kept(words: str) -> str:
    """The words as they may be shown, with one blank at each end that had any."""
    if not words.strip():
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{phrases.clean(words)}{' ' if words[-1].isspace() else ''}"
