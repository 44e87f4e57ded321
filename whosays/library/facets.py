"""By what the statements that were found can be narrowed down, and how many of them each choice leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whosays.library import filters
from whosays.library.store import Library

MOST: Final = 8  # values of one facet
MOST_MONTHS: Final = 12

# What a found statement is counted by, beside its number.
COLUMNS: Final = "d.outlet, d.speaker, d.naming, d.polarity, m.story"


@dataclass(frozen=True, slots=True)
class Value:
    """``key`` is what the filter takes, ``label`` what it is called."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The commonest values of each; the months in order, the latest first. ``more`` counts the values left out."""

    outlet: tuple[Value, ...] = ()
    speaker: tuple[Value, ...] = ()
    naming: tuple[Value, ...] = ()
    polarity: tuple[Value, ...] = ()
    month: tuple[Value, ...] = ()
    story: tuple[Value, ...] = ()


def count(library: Library, rows: Sequence[tuple[Any, ...]]) -> Facets:
    """``rows`` are numbers of statements with :data:`COLUMNS`."""
    if not rows:
        return Facets()
    numbers, outlets, speakers, namings, polarities, stories = zip(*rows, strict=True)
    months = Counter(filters.month_of(number) for number in numbers).most_common(MOST_MONTHS)
    return Facets(
        outlet=_named(library, "outlets", outlets),
        speaker=_named(library, "speaker_names", speakers),
        naming=tuple(Value(key, key, n) for key, n in _commonest(namings)),
        polarity=tuple(Value(key, key, n) for key, n in _commonest(polarities)),
        month=tuple(Value(month, month, n) for month, n in sorted(months, reverse=True)),
        story=tuple(Value(str(story), headline(library, story), n) for story, n in _commonest(stories)),
    )


def headline(library: Library, story: int) -> str:
    """What a story is called: the headline of its first article that has one."""
    row = library.one(
        "SELECT a.title FROM story_articles m JOIN articles a ON a.id = m.article WHERE m.story = ? "
        "ORDER BY a.title IS NULL, a.published IS NULL, a.published, a.id LIMIT 1",
        (story,),
    )
    return row[0] if row and row[0] else f"Story {story}"


def _named(library: Library, table: str, ids: Iterable[int | None]) -> tuple[Value, ...]:
    found = []
    for id_, n in _commonest(ids):
        [name] = library.one(f"SELECT name FROM {table} WHERE id = ?", (id_,)) or [""]
        found.append(Value(name, name, n))
    return tuple(found)


def _commonest(values: Iterable[Any]) -> list[tuple[Any, int]]:
    """Of equally common ones, those first that were met first, in the latest statements."""
    counted = Counter(values)
    del counted[None]
    return counted.most_common(MOST)
