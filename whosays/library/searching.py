"""Statements and articles that hold some words.

A library has too many statements to look at all of them for each search: a common word stands in hundreds of thousands.
The index gives the latest first, so we take so many of these and say that there are more; where several words are
looked for, those of them come first in which the words stand closest together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from whosays.library import asking, facets, filters
from whosays.library.facets import Facets
from whosays.library.filters import Filter, Wanted
from whosays.library.store import Library

# Around the words that were looked for, in what a hit shows; no article holds them.
OPEN: Final = "\x02"
CLOSE: Final = "\x03"
_AROUND: Final = 40  # words of an article that a hit shows, at most 64; a statement is shown whole

# Statements that are counted, the latest; with a million in the library it takes 40 ms to count so many by outlet,
# speaker and so on, and none of these counts is read to the last digit.
COUNTED: Final = 5_000
_RANKED: Final = 400  # of them may change places for having the words close together; 10 ms


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement, or with ``statement`` None an article. ``words`` have OPEN and CLOSE around what was looked for.

    ``start`` and ``end`` are the characters of the statement in its article; ``via`` are relays, nearest the speaker
    first.
    """

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    words: str
    story: int | None
    statement: str | None = None
    speaker: str | None = None
    polarity: str | None = None
    start: int | None = None
    end: int | None = None
    naming: str | None = None
    cue: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """Some hits, and how many there are in all: ``more`` than ``count`` where not all were counted."""

    hits: tuple[Hit, ...]
    count: int
    more: bool = False
    facets: Facets = field(default_factory=Facets)


def statements(library: Library, wanted: Wanted, most: int, skip: int = 0) -> Hits:
    """Statements of articles as they stand now, ``most`` of them behind the first ``skip``; -1 is all of them.

    Raises UsageError for what is no date.
    """
    asked = filters.of(library, wanted)
    if asked is None:
        return Hits((), 0)
    found = _numbers(library, asked, "", COUNTED if most >= 0 else -1)
    return _hits(library, wanted, asked, found, most, skip)


def page(library: Library, wanted: Wanted, number: int = 1, size: int = 20) -> Hits:
    """One page of the statements, with what they can be narrowed down by; ``number`` counts from 1."""
    asked = filters.of(library, wanted)
    if asked is None:
        return Hits((), 0)
    found = _numbers(library, asked, facets.COLUMNS, COUNTED)
    made = _hits(library, wanted, asked, found, size, (number - 1) * size)
    return Hits(made.hits, made.count, made.more, facets.count(library, found[:COUNTED]))


def articles(library: Library, wanted: Wanted, most: int, skip: int = 0) -> Hits:
    """Articles as they stand now whose headline or text holds the words, in whosever mouth, the best hits first.

    Of more than :data:`COUNTED` the last ones added.
    """
    words = asking.expression(wanted.words)
    if words is None:
        return Hits((), 0)
    conditions, values = _about_articles(wanted)
    where = " AND ".join(["articles_search MATCH ?", "a.version = f.rowid", *conditions])
    found = library.rows(
        f"SELECT f.rowid FROM articles_search f CROSS JOIN articles a WHERE {where} ORDER BY f.rowid DESC LIMIT ?",
        [words, *values, COUNTED + 1 if most >= 0 else -1],
    ).fetchall()
    more = most >= 0 and len(found) > COUNTED
    ranked = [version for (version,) in found][:COUNTED] if more else [version for (version,) in found]
    best = ranked[:_RANKED]
    if skip < len(best) and most != 0:
        found = library.rows(
            "SELECT rowid, rank AS likeness FROM articles_search WHERE articles_search MATCH ? AND rowid >= ?",
            (words, best[-1]),
        ).fetchall()
        likeness = dict(found)
        best.sort(key=lambda version: (likeness[version], version))
    chosen = (best + ranked[_RANKED:])[skip:][: most if most >= 0 else None]
    marked = _marked(library, "snippet(articles_search, -1, ?, ?, '…', ?)", (OPEN, CLOSE, _AROUND), words, chosen)
    return Hits(tuple(_article(library, version, marked[version]) for version in chosen), len(ranked), more)


def shown(library: Library, numbers: Sequence[int], match: str | None = None) -> tuple[Hit, ...]:
    """Statements by their numbers; ``match`` is the expression that found them, whose words are marked."""
    marked = _marked(library, "highlight(statements_search, 0, ?, ?)", (OPEN, CLOSE), match, numbers)
    return tuple(_statement(library, number, marked.get(number)) for number in numbers)


def _marked(
    library: Library, form: str, values: tuple[Any, ...], match: str | None, rows: Sequence[int]
) -> dict[int, str]:
    """What the index shows of some of its rows, in one pass: words that are only begun are dear to look for."""
    if match is None or not rows:
        return {}
    table = form.partition("(")[2].partition(",")[0]
    found = library.rows(
        f"SELECT rowid, {form} FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ? "
        "AND +rowid IN (SELECT value FROM json_each(?))",
        (*values, match, min(rows), max(rows), json.dumps(list(rows))),
    )
    return dict(found.fetchall())


def _numbers(library: Library, asked: Filter, columns: str, most: int) -> list[tuple[Any, ...]]:
    """The numbers of the statements, the latest first, with columns of ``said d``; at most one more than ``most``."""
    values: list[Any] = []
    tables, number = "said d", "d.statement"
    if asked.match is not None:
        # a cross join is made in the order in which it is written: first the index that finds the words
        tables, number = "statements_search f CROSS JOIN said d ON d.statement = f.rowid", "f.rowid"
        if not columns and not asked.hours:
            tables = "statements_search f"
    if "m." in columns:
        tables += " LEFT JOIN story_articles m ON m.article = d.article"
    if asked.hours:
        tables += " JOIN articles a ON a.id = d.article"
    conditions = [f"{number} BETWEEN ? AND ?", *(condition for condition, _ in asked.hours)]
    values += [asked.first, asked.last, *(value for _, value in asked.hours)]
    if asked.match is not None:
        conditions.insert(0, "statements_search MATCH ?")
        values.insert(0, asked.match)
    return library.rows(
        f"SELECT {', '.join(filter(None, (number, columns)))} FROM {tables} WHERE {' AND '.join(conditions)} "
        f"ORDER BY {number} DESC LIMIT ?",
        [*values, most + 1 if most >= 0 else -1],
    ).fetchall()


def _hits(
    library: Library, wanted: Wanted, asked: Filter, found: Sequence[tuple[Any, ...]], most: int, skip: int = 0
) -> Hits:
    more = most >= 0 and len(found) > COUNTED
    numbers = [row[0] for row in found]
    if more:
        numbers.pop()
    looked_for, _ = asking.parts(wanted.words)
    if len(looked_for) > 1 and skip < _RANKED and most != 0 and len(numbers) > 1:
        numbers[:_RANKED] = _closest(library, asked, numbers[:_RANKED], len(looked_for))
    chosen = numbers[skip:][: most if most >= 0 else None]
    return Hits(shown(library, chosen, asked.match), len(numbers), more)


def _closest(library: Library, asked: Filter, numbers: Sequence[int], looked_for: int) -> list[int]:
    """The same statements, those first in which the words stand closest together, the latest first among equals."""
    chosen = set(numbers)
    marked = library.rows(
        "SELECT rowid, highlight(statements_search, 0, ?, ?) FROM statements_search WHERE statements_search MATCH ? "
        "AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
        (OPEN, CLOSE, asked.match, numbers[-1], numbers[0]),
    )
    scored = [(_stretch(words, looked_for), -number) for number, words in marked if number in chosen]
    return [-number for _, number in sorted(scored)]


def _stretch(words: str, looked_for: int) -> tuple[int, int]:
    """How many of the words stand elsewhere than in what is said; and the fewest characters that hold the others."""
    pieces = words.split(OPEN)[1:]
    starts, at = [], 0
    for piece in pieces:
        starts.append(at)
        at += len(piece)
    together = min(looked_for, len(pieces))
    if together < 2:
        return looked_for - together, 0
    return looked_for - together, min(
        starts[last] - starts[last - together + 1] for last in range(together - 1, len(starts))
    )


def _about_articles(wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for condition, value in (
        ("instr(lower(a.outlet), lower(?))", wanted.outlet),
        ("a.outlet = ?", wanted.in_outlet),
        ("a.id IN (SELECT article FROM story_articles WHERE story = ?)", wanted.story),
        ("coalesce(a.published, a.added) >= ?", wanted.since or wanted.month),
        # a day holds its hours: "2025-03-14T18:20" comes behind "2025-03-14"
        ("coalesce(a.published, a.added) < ? || '~'", wanted.until or wanted.month),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    return conditions, values


def _statement(library: Library, number: int, marked: str | None) -> Hit:
    row = library.one(
        "SELECT a.key, a.outlet, a.published, a.title, coalesce(?, s.content), m.story, a.key || ':' || s.number, "
        "p.name, nullif(s.polarity, 'asserted'), s.start, s.\"end\", s.naming, s.cue, s.via "
        "FROM statements s JOIN articles a ON a.version = s.version LEFT JOIN speakers p ON p.id = s.speaker "
        "LEFT JOIN story_articles m ON m.article = a.id WHERE s.id = ?",
        (marked, number),
    )
    assert row is not None
    values = [*row]
    values[-1] = tuple(json.loads(values[-1]))
    return Hit(*values)


def _article(library: Library, version: int, marked: str) -> Hit:
    row = library.one(
        "SELECT a.key, a.outlet, a.published, a.title, ?, m.story "
        "FROM articles a LEFT JOIN story_articles m ON m.article = a.id WHERE a.version = ?",
        (marked, version),
    )
    assert row is not None
    return Hit(*row)
