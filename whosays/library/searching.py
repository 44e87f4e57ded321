"""Statements and articles that hold some words, the best hits first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from whosays.library import asking
from whosays.library.store import Library

# Around the words that were looked for, in what a hit shows; no article holds them.
OPEN: Final = "\x02"
CLOSE: Final = "\x03"
_AROUND: Final = 40  # words of an article that a hit shows, at most 64; a statement is shown whole


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``since`` and ``until`` are ISO dates of publication, both within.

    ``outlet`` is any part of its name, ``speaker`` any words of the name or of a description, or how they begin.
    """

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement, or with ``statement`` None an article. ``words`` have OPEN and CLOSE around what was looked for.

    ``start`` and ``end`` are the characters of the statement in its article.
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


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    count: int


def statements(library: Library, wanted: Wanted, most: int) -> Hits:
    """Statements of articles as they stand now."""
    words = asking.expression(wanted.words)
    if words is None and wanted.words.strip():
        return Hits((), 0)
    conditions, values = _about_articles(wanted)
    tables, order = "statements s CROSS JOIN articles a ON a.version = s.version", "a.published DESC, s.id"
    if words is not None:
        # a cross join is made in the order in which it is written: first the index that finds the words
        tables, order = f"statements_search f CROSS JOIN {tables}", "f.rank, s.id"
        conditions = ["statements_search MATCH ?", "s.id = f.rowid", *conditions]
        values = [words, *values]
    if wanted.speaker is not None:
        name = asking.name(wanted.speaker)
        if name is None:
            return Hits((), 0)
        conditions.append("s.speaker IN (SELECT rowid FROM speakers_search WHERE speakers_search MATCH ?)")
        values.append(name)
    where = f"FROM {tables} WHERE {' AND '.join(conditions) or '1'}"
    count = library.one(f"SELECT count(*) {where}", values)
    found = library.rows(f"SELECT s.id {where} ORDER BY {order} LIMIT ?", [*values, most]).fetchall()
    return Hits(tuple(_statement(library, id_, words) for (id_,) in found), count[0] if count else 0)


def articles(library: Library, wanted: Wanted, most: int) -> Hits:
    """Articles as they stand now whose headline or text holds the words, in whosever mouth."""
    words = asking.expression(wanted.words)
    if words is None:
        return Hits((), 0)
    conditions, values = _about_articles(wanted)
    where = " AND ".join(["articles_search MATCH ?", "a.version = f.rowid", *conditions])
    values = [words, *values]
    count = library.one(f"SELECT count(*) FROM articles_search f CROSS JOIN articles a WHERE {where}", values)
    found = library.rows(
        f"SELECT f.rowid FROM articles_search f CROSS JOIN articles a WHERE {where} ORDER BY f.rank, f.rowid LIMIT ?",
        [*values, most],
    ).fetchall()
    return Hits(tuple(_article(library, version, words) for (version,) in found), count[0] if count else 0)


def _about_articles(wanted: Wanted) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if wanted.outlet is not None:
        conditions.append("instr(lower(a.outlet), lower(?))")
        values.append(wanted.outlet)
    if wanted.since is not None:
        conditions.append("a.published >= ?")
        values.append(wanted.since)
    if wanted.until is not None:
        # a day holds its hours: "2025-03-14T18:20" comes behind "2025-03-14"
        conditions.append("a.published < ?")
        values.append(f"{wanted.until}~")
    return conditions, values


def _statement(library: Library, id_: int, words: str | None) -> Hit:
    row = library.one(
        "SELECT a.key, a.outlet, a.published, a.title, s.content, m.story, a.key || ':' || s.number, p.name, "
        "nullif(s.polarity, 'asserted'), s.start, s.\"end\" "
        "FROM statements s JOIN articles a ON a.version = s.version LEFT JOIN speakers p ON p.id = s.speaker "
        "LEFT JOIN story_articles m ON m.article = a.id WHERE s.id = ?",
        (id_,),
    )
    assert row is not None
    shown = list(row)
    if words is not None:
        marked = library.one(
            "SELECT highlight(statements_search, 0, ?, ?) FROM statements_search WHERE statements_search MATCH ? "
            "AND rowid = ?",
            (OPEN, CLOSE, words, id_),
        )
        shown[4] = marked[0] if marked else shown[4]
    return Hit(*shown)


def _article(library: Library, version: int, words: str) -> Hit:
    row = library.one(
        "SELECT a.key, a.outlet, a.published, a.title, "
        "(SELECT snippet(articles_search, -1, ?, ?, '…', ?) FROM articles_search WHERE articles_search MATCH ? "
        "AND rowid = ?), m.story "
        "FROM articles a LEFT JOIN story_articles m ON m.article = a.id WHERE a.version = ?",
        (OPEN, CLOSE, _AROUND, words, version, version),
    )
    assert row is not None
    return Hit(*row)
