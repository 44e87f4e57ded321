"""A place across the library: what is said of it, by whom and where, and which places are named along with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from whosays.library import asking, counts, searching
from whosays.library.counts import Count
from whosays.library.errors import UnknownName
from whosays.library.searching import Hit
from whosays.library.store import Library

LISTED: Final = 100
SHOWN: Final = 25  # statements of each kind
LATEST: Final = 1_000  # articles, and statements, in which outlets, speakers and other places are counted
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """``country`` is its ISO 3166 code or "", ``precision`` of what extent it is; ``articles`` name it."""

    id: int
    name: str
    country: str
    precision: str
    latitude: float
    longitude: float
    articles: int


@dataclass(frozen=True, slots=True)
class Place:
    """``naming`` are the latest statements that hold its name, ``beside`` those that only stand next to it.

    ``outlets`` and ``along_with`` are counted in the latest articles that name it, ``speakers`` in the latest
    statements of both kinds.
    """

    place: Listed
    naming: tuple[Hit, ...]
    all_naming: int
    beside: tuple[Hit, ...]
    all_beside: int
    speakers: tuple[Count, ...]
    outlets: tuple[Count, ...]
    along_with: tuple[Listed, ...]


_COLUMNS: Final = "n.id, n.name, n.country, n.precision, n.latitude, n.longitude, n.articles"


def listed(library: Library, words: str) -> tuple[Listed, ...]:
    """The places that most articles name, or of those whose name has all of some words (or such as begin like them)."""
    if not words.strip():
        found = library.rows(
            f"SELECT {_COLUMNS} FROM place_names n WHERE n.articles > 0 ORDER BY n.articles DESC, n.id LIMIT ?",
            (LISTED,),
        )
        return tuple(Listed(*row) for row in found)
    asked = asking.name(words)
    if asked is None:
        return ()
    found = library.rows(
        f"SELECT {_COLUMNS} FROM place_names_search f JOIN place_names n ON n.id = f.rowid "
        "WHERE place_names_search MATCH ? AND n.articles > 0 ORDER BY n.articles DESC, n.id LIMIT ?",
        (asked, LISTED),
    )
    return tuple(Listed(*row) for row in found)


def find(library: Library, place: int) -> Place:
    """Raises UnknownName."""
    row = library.one(f"SELECT {_COLUMNS} FROM place_names n WHERE n.id = ? AND n.articles > 0", (place,))
    if row is None:
        raise UnknownName(str(library.path), "place", str(place))
    all_of, naming = library.one(
        "SELECT count(*), coalesce(sum(inside), 0) FROM place_statements WHERE place = ?", (place,)
    ) or (0, 0)  # fmt: skip
    return Place(
        place=Listed(*row),
        naming=searching.shown(library, _statements(library, place, inside=True)),
        all_naming=naming,
        beside=searching.shown(library, _statements(library, place, inside=False)),
        all_beside=all_of - naming,
        speakers=_speakers(library, place),
        outlets=_outlets(library, place),
        along_with=_along_with(library, place),
    )


def _statements(library: Library, place: int, *, inside: bool) -> list[int]:
    found = library.rows(
        "SELECT statement FROM place_statements WHERE place = ? AND inside = ? ORDER BY statement DESC LIMIT ?",
        (place, inside, SHOWN),
    )
    return [number for (number,) in found]


def _speakers(library: Library, place: int) -> tuple[Count, ...]:
    found = library.rows(
        "SELECT n.name, count(*) FROM (SELECT statement FROM place_statements WHERE place = ? "
        "ORDER BY statement DESC LIMIT ?) p JOIN said d ON d.statement = p.statement "
        "JOIN speaker_names n ON n.id = d.speaker GROUP BY n.id",
        (place, LATEST),
    )
    return counts.ordered(found, _MOST)


_ARTICLES: Final = "(SELECT article FROM place_articles WHERE place = ? ORDER BY article DESC LIMIT ?)"


def _outlets(library: Library, place: int) -> tuple[Count, ...]:
    found = library.rows(
        f"SELECT a.outlet, count(*) FROM {_ARTICLES} p JOIN articles a ON a.id = p.article "
        "WHERE a.outlet IS NOT NULL GROUP BY 1",
        (place, LATEST),
    )
    return counts.ordered(found, _MOST)


def _along_with(library: Library, place: int) -> tuple[Listed, ...]:
    found = library.rows(
        f"SELECT {_COLUMNS.replace('n.articles', 'count(*) AS together')} FROM {_ARTICLES} p "
        "CROSS JOIN place_articles o ON o.article = p.article JOIN place_names n ON n.id = o.place "
        "WHERE o.place <> ? GROUP BY n.id ORDER BY together DESC, n.id LIMIT ?",
        (place, LATEST, place, _MOST),
    )
    return tuple(Listed(*row) for row in found)
