"""The library for other programs, a line at a time, so that it may be of any size."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from whosays.library import bulk
from whosays.library.errors import UnknownStory
from whosays.library.store import Library
from whosays.report.formats import ninjs
from whosays.report.statements import cell

STATEMENT_COLUMNS: Final = (
    "article", "outlet", "published", "title", "url", "story", "statement", "speaker", "naming", "kind", "polarity",
    "via", "said_on", "content", "source", "cue", "start", "end", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is exported: all, or the articles of one story, or those published (else added) since a moment."""

    story: int | None = None
    since: str | None = None


def check(library: Library, chosen: Chosen) -> None:
    """Raises :class:`~whosays.errors.UnknownStory`."""
    if chosen.story is None:
        return
    row = library.one("SELECT merged_into FROM stories WHERE id = ?", (chosen.story,))
    if row is None or row[0] is not None:
        raise UnknownStory(str(library.path), chosen.story, row[0] if row else None)


def lines(library: Library, chosen: Chosen, form: Literal["jsonl", "csv", "ninjs"] | str) -> Iterator[str]:
    """Articles as JSON, one a line, in the fields that ``whosays add`` reads or as ninjs; or statements as CSV."""
    if form == "csv":
        yield from _csv(library, chosen)
        return
    for article in _articles(library, chosen):
        yield json.dumps(_ninjs(article) if form == "ninjs" else article, ensure_ascii=False) + "\n"


def statement_rows(library: Library, chosen: Chosen) -> Iterator[tuple[Any, ...]]:
    """The values of :data:`STATEMENT_COLUMNS` for each statement; ``via`` is a list, nearest the speaker first."""
    where, values = _where(chosen)
    found = library.rows(
        "SELECT a.key, a.outlet, a.published, a.title, a.url, m.story, a.key || ':' || s.number, p.name, s.naming, "
        's.kind, s.polarity, s.via, s.said_on, s.content, s.source, s.cue, s.start, s."end", s.confidence '
        "FROM articles a JOIN statements s ON s.version = a.version LEFT JOIN speakers p ON p.id = s.speaker "
        f"LEFT JOIN story_articles m ON m.article = a.id WHERE {where} ORDER BY a.id, s.number",
        values,
    )
    via = STATEMENT_COLUMNS.index("via")
    for row in found:
        yield (*row[:via], json.loads(row[via]), *row[via + 1 :])


def _csv(library: Library, chosen: Chosen) -> Iterator[str]:
    yield _line(STATEMENT_COLUMNS)
    for row in statement_rows(library, chosen):
        shown = ("; ".join(value) if isinstance(value, list) else value for value in row)
        yield _line(tuple(cell(value) if isinstance(value, str) else value for value in shown))


def _line(values: tuple[Any, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def _articles(library: Library, chosen: Chosen) -> Iterator[dict[str, Any]]:
    where, values = _where(chosen)
    found = library.rows(
        "SELECT a.id, a.key, a.outlet, a.published, a.title, a.url, a.byline, a.language, t.text, m.story, v.number, "
        "a.version, v.added FROM articles a JOIN versions v ON v.id = a.version JOIN texts t ON t.id = v.text "
        f"LEFT JOIN story_articles m ON m.article = a.id WHERE {where} ORDER BY a.id",
        values,
    )
    names = ("id", "outlet", "published", "title", "url", "byline", "language", "text", "story", "version")
    for row in found:
        article = dict(zip(names, row[1:11], strict=True))
        article["read"] = row[12]
        article["statements"] = list(_statements(library, row[11]))
        article["places"] = _named(library, "places", row[11], "text, name, country, latitude, longitude, geonames")
        yield article


def _statements(library: Library, version: int) -> Iterator[dict[str, Any]]:
    found = library.rows(
        f"SELECT {bulk.STATEMENT} FROM statements s JOIN articles a ON a.version = s.version "
        "LEFT JOIN speakers p ON p.id = s.speaker WHERE s.version = ? ORDER BY s.number",
        (version,),
    )
    return map(bulk.statement, found)


def _named(library: Library, table: str, version: int, columns: str) -> list[dict[str, Any]]:
    found = library.rows(
        f'SELECT start, "end", {columns} FROM {table} WHERE version = ? ORDER BY start, "end", id', (version,)
    )
    names = columns.split(", ")
    return [{"span": [row[0], row[1]], **dict(zip(names, row[2:], strict=True))} for row in found]


def _ninjs(article: dict[str, Any]) -> dict[str, Any]:
    uri = article["url"] or f"urn:whosays:article:{article['id']}"
    voices = ((said["naming"], said["speaker"]) for said in article["statements"])
    given = {**article, "uri": uri, "version": str(article["version"])}
    return ninjs.item(given, voices, (place["name"] for place in article["places"]))


def _where(chosen: Chosen) -> tuple[str, list[Any]]:
    if chosen.story is not None and chosen.since is not None:
        return "m.story = ? AND coalesce(a.published, a.added) >= ?", [chosen.story, chosen.since]
    if chosen.story is not None:
        return "m.story = ?", [chosen.story]
    if chosen.since is not None:
        return "coalesce(a.published, a.added) >= ?", [chosen.since]
    return "1", []
