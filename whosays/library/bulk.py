"""All of a library's articles, statements and stories, a page at a time, however many there are.

A page begins behind a place (keyset paging), so that the last one costs no more than the first, and each is a question
of its own, so that nothing that reads all of them keeps the library's log from being cleared while it does.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from whosays.library import asking, listing
from whosays.library.errors import UnknownArticle
from whosays.library.listing import Listed
from whosays.library.store import Library

Json = dict[str, Any]
Place = tuple[int | str | None, ...]  # where a row stands in the order of its collection
Placed = list[tuple[Place, Json]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which ones; ``None`` is all. ``since`` and ``until`` are ISO dates of publication, both within; an article
    without one counts as published when it was added.

    ``words`` are searched in full text, ``speaker`` is any words of the name, or how they begin; ``outlet`` is the
    whole name. ``changed_since`` is a moment in UTC: what was taken in or changed since then.
    """

    words: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    changed_since: str | None = None
    story: int | None = None
    article: str | None = None
    polarity: str | None = None
    naming: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """At most ``most`` rows behind the place ``after``; the ``latest`` first, or in the order in which they came."""

    most: int
    after: Place | None = None
    latest: bool = False

    @property
    def direction(self) -> str:
        return "DESC" if self.latest else "ASC"

    @property
    def beyond(self) -> str:
        return "<" if self.latest else ">"


@dataclass(slots=True)
class _Query:
    """Conditions and their values, in step."""

    conditions: list[str]
    values: list[Any]

    def when(self, condition: str, *values: object) -> None:
        self.conditions.append(condition)
        self.values += values

    @property
    def where(self) -> str:
        return " AND ".join(self.conditions) or "1"


def articles(library: Library, chosen: Chosen, page: Page, *, with_text: bool = False) -> Placed:
    """Articles as they stand now; their place is their row."""
    query = _about_articles(chosen)
    if chosen.words is not None:
        words = asking.expression(chosen.words)
        if words is None:
            return []
        query.when("a.version IN (SELECT rowid FROM articles_search WHERE articles_search MATCH ?)", words)
    if page.after is not None:
        query.when(f"a.id {page.beyond} ?", *page.after)
    found = library.rows(
        f"SELECT {_ARTICLE}{', t.text' if with_text else ''} FROM {_ARTICLES} "
        f"WHERE {query.where} ORDER BY a.id {page.direction} LIMIT ?",
        [*query.values, page.most],
    ).fetchall()
    return [((row[0],), _article(row)) for row in found]


def article(library: Library, key: str) -> Json:
    """One article as it stands now, with its text, dates and places; raises UnknownArticle."""
    row = library.one(f"SELECT {_ARTICLE}, t.text, a.version FROM {_ARTICLES} WHERE a.key = ?", (key,))
    if row is None:
        raise UnknownArticle(str(library.path), key)
    return {
        **_article(row[:-1]),
        "dates": _within(library, "dates", row[-1], _DATE),
        "places": _within(library, "places", row[-1], _PLACE),
    }


def statements(library: Library, chosen: Chosen, page: Page) -> Placed:
    """Statements of articles as they stand now, by article and in the order of its text; latest articles first.

    With ``words`` the order is that in which they were found, which the index gives without sorting.
    """
    query = _about_articles(chosen)
    for column in ("polarity", "naming", "kind"):
        if (wanted := getattr(chosen, column)) is not None:
            query.when(f"s.{column} = ?", wanted)
    if chosen.speaker is not None:
        name = asking.name(chosen.speaker)
        if name is None:
            return []
        query.when("s.speaker IN (SELECT rowid FROM speakers_search WHERE speakers_search MATCH ?)", name)
    if chosen.words is not None:
        return _statements_with_words(library, chosen.words, query, page)
    if page.after is not None:
        article_, number = page.after
        query.when(f"a.id {page.beyond}= ?", article_)
        query.when(f"(a.id {page.beyond} ? OR s.number > ?)", article_, number)
    # a cross join is made in the order in which it is written
    tables = "articles a CROSS JOIN statements s ON s.version = a.version"
    if chosen.story is not None:
        tables = f"story_articles m CROSS JOIN {tables}"
        query.when("a.id = m.article")
    elif chosen.speaker is not None:
        tables = "statements s CROSS JOIN articles a ON a.version = s.version"
    return _statements(library, tables, query, f"a.id {page.direction}, s.number", page.most)


def _statements_with_words(library: Library, typed: str, query: _Query, page: Page) -> Placed:
    words = asking.of_statements(typed)
    if words is None:
        return []
    query.when("statements_search MATCH ?", words)
    query.when("s.id = f.rowid")
    if page.after is not None:
        query.when(f"f.rowid {page.beyond} ?", *page.after)
    tables = "statements_search f CROSS JOIN statements s CROSS JOIN articles a ON a.version = s.version"
    return _statements(library, tables, query, f"f.rowid {page.direction}", page.most)


def _statements(library: Library, tables: str, query: _Query, order: str, most: int) -> Placed:
    """Their place is what they are ordered by."""
    places = [by.split()[0] for by in order.split(", ")]
    found = library.rows(
        f"SELECT {', '.join(places)}, {STATEMENT}, a.outlet, a.published, "
        f"(SELECT story FROM story_articles WHERE article = a.id) "
        f"FROM {tables} LEFT JOIN speakers p ON p.id = s.speaker WHERE {query.where} ORDER BY {order} LIMIT ?",
        [*query.values, most],
    ).fetchall()
    placed: Placed = []
    for row in found:
        place, rest = row[: len(places)], row[len(places) :]
        of_article = dict(zip(("article", "outlet", "published", "story"), (rest[0], *rest[-3:]), strict=True))
        placed.append((place, {**statement(rest), **of_article}))
    return placed


def stories(library: Library, chosen: Chosen, page: Page) -> Placed:
    """Stories with an article that was chosen; their place is their number."""
    query = _about_articles(Chosen(outlet=chosen.outlet, since=chosen.since, until=chosen.until))
    if chosen.words is not None:
        words = asking.expression(chosen.words)
        if words is None:
            return []
        query.when("a.version IN (SELECT rowid FROM articles_search WHERE articles_search MATCH ?)", words)
    query.when("m.story = s.id")
    told = f"EXISTS (SELECT 1 FROM story_articles m JOIN articles a ON a.id = m.article WHERE {query.where})"
    whole = _Query(["s.merged_into IS NULL", told], query.values)
    if chosen.changed_since is not None:
        whole.when("s.changed >= ?", chosen.changed_since)
    if page.after is not None:
        whole.when(f"s.id {page.beyond} ?", *page.after)
    found = library.rows(
        f"SELECT {_STORY} FROM stories s WHERE {whole.where} ORDER BY s.id {page.direction} LIMIT ?",
        [*whole.values, page.most],
    ).fetchall()
    listed = listing.each(library, [row[0] for row in found])
    return [((row[0],), _story(row, one)) for row, one in zip(found, listed, strict=True)]


def story(library: Library, id_: int) -> Json:
    """One story; raises :class:`~whosays.library.errors.UnknownStory`."""
    listing.check(library, id_)
    row = library.one(f"SELECT {_STORY} FROM stories s WHERE s.id = ?", (id_,))
    assert row is not None
    return _story(row, listing.listed(library, id_))


def statement(row: tuple[Any, ...]) -> Json:
    """The columns of :data:`STATEMENT` in the fields that the report document has; the speaker by name."""
    return {
        "id": f"{row[0]}:{row[1]}",
        "speaker": row[2],
        "naming": row[3],
        "kind": row[4],
        "polarity": row[5],
        "via": json.loads(row[6]),
        "said_on": row[7],
        "content": json.loads(row[8]),
        "source": None if row[9] is None else [row[9], row[10]],
        "cue": None if row[11] is None else [row[11], row[12]],
        "text": {"content": row[13], "source": row[14], "cue": row[15]},
        "confidence": row[16],
    }


STATEMENT: Final = (
    "a.key, s.number, p.name, s.naming, s.kind, s.polarity, s.via, s.said_on, s.spans, s.source_start, s.source_end, "
    "s.cue_start, s.cue_end, s.content, s.source, s.cue, s.confidence"
)
_ARTICLE: Final = (
    "a.id, a.key, a.outlet, a.published, a.title, a.url, a.byline, a.language, t.sha256, t.characters, "
    "(SELECT story FROM story_articles WHERE article = a.id), a.versions, a.added, a.changed, "
    "(SELECT statements FROM analyses WHERE version = a.version)"
)
_ARTICLES: Final = "articles a JOIN versions v ON v.id = a.version JOIN texts t ON t.id = v.text"
_ARTICLE_FIELDS: Final = (
    "id", "outlet", "published", "title", "url", "byline", "language", "text_sha256", "characters", "story",
    "versions", "added", "changed", "statements", "text",
)  # fmt: skip
_DATE: Final = {"text": "text", "type": "type", "value": "value", "first": "start", "last": "end",
                "precision": "precision", "anchor": "anchor"}  # fmt: skip
_PLACE: Final = {name: name for name in (
    "text", "name", "country", "latitude", "longitude", "precision", "geonames",
)}  # fmt: skip
_STORY: Final = "s.id, s.version, s.begun, s.changed"


def _article(row: tuple[Any, ...]) -> Json:
    return dict(zip(_ARTICLE_FIELDS, row[1:], strict=False))


def _within(library: Library, table: str, version: int, columns: dict[str, str]) -> list[Json]:
    found = library.rows(
        f'SELECT start, "end", {", ".join(columns)} FROM {table} WHERE version = ? ORDER BY start, "end", id',
        (version,),
    )
    return [{"span": [row[0], row[1]], **dict(zip(columns.values(), row[2:], strict=True))} for row in found]


def _story(row: tuple[Any, ...], told: Listed) -> Json:
    id_, version, begun, changed = row
    return {
        "id": id_,
        "version": version,
        "headline": told.headline,
        "outlets": list(told.outlets),
        "first": told.days[0] if told.days else None,
        "last": told.days[1] if told.days else None,
        "articles": [
            {"id": one.key, "outlet": one.outlet, "published": one.published, "title": one.title}
            for one in told.articles
        ],
        "voices": [list(keys) for keys in told.voices],
        "claims": told.claims,
        "origins": told.origins,
        "conflicts": told.conflicts,
        "begun": begun,
        "changed": changed,
    }


def _about_articles(chosen: Chosen) -> _Query:
    """What is asked of an article ``a``. A plus keeps SQLite from an index that would have all rows sorted."""
    query = _Query([], [])
    if chosen.article is not None:
        query.when("a.key = ?", chosen.article)
    if chosen.outlet is not None:
        query.when("a.outlet = ?", chosen.outlet)
    if chosen.since is not None:
        query.when("+coalesce(a.published, a.added) >= ?", chosen.since)
    if chosen.until is not None:
        # a day holds its hours: "2025-03-14T18:20" comes behind "2025-03-14"
        query.when("+coalesce(a.published, a.added) < ?", f"{chosen.until}~")
    if chosen.changed_since is not None:
        query.when("+a.changed >= ?", chosen.changed_since)
    if chosen.story is not None:
        query.when("a.id IN (SELECT article FROM story_articles WHERE story = ?)", chosen.story)
    return query
