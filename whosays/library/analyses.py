"""What was found in an article, as rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from whosays.library import indexes, store
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.stories import sketch
from whosays.stories.sketch import Sketch
from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Made:
    """What made an analysis: the language model and the version of the program."""

    model: str
    program: str


@dataclass(frozen=True, slots=True)
class Rows:
    """An analysis ready to be written, so that the file is held only while it is. A speaker is named by its place."""

    embedding: bytes
    sketch: bytes
    published_at: float | None  # seconds since 1970
    speakers: tuple[tuple[Any, ...], ...]
    statements: tuple[tuple[int | None, tuple[Any, ...]], ...]
    dates: tuple[tuple[Any, ...], ...]
    places: tuple[tuple[Any, ...], ...]


def rows(found: Sequence[Analysis]) -> Iterator[Rows]:
    """The rows for articles, each by itself, as if it had nothing to do with the others."""
    for analysis, sketched in zip(found, sketch.all_of(found), strict=True):
        yield _rows(analysis, sketched)


def _rows(analysis: Analysis, sketched: Sketch) -> Rows:
    [whole], speakers = analyse.together([analysis])
    place_of = {speaker.id: place for place, speaker in enumerate(speakers)}
    text = whole.article.text
    return Rows(
        embedding=_embedding(analysis),
        sketch=sketch.to_bytes(sketched),
        published_at=sketched.published.timestamp() if sketched.published else None,
        speakers=tuple(_speaker(speaker) for speaker in speakers),
        statements=tuple(
            (place_of.get(s.speaker or ""), _statement(number, s, text)) for number, s in enumerate(whole.statements, 1)
        ),
        dates=tuple(
            (*_span(t.span), t.span.of(text), t.type, t.value, t.start, t.end, t.precision, t.anchor)
            for t in whole.times
        ),
        places=tuple(
            (*_span(p.span), p.text, p.name, p.country, p.latitude, p.longitude, p.precision, p.geonames)
            for p in whole.places
        ),
    )


def write(connection: sqlite3.Connection, version: int, found: Rows, made: Made) -> None:
    """Write an analysis in place of the one that the version had. An article has the sketch of its latest version."""
    for table in ("statements", "speakers", "dates", "places", "analyses"):
        connection.execute(f"DELETE FROM {table} WHERE version = ?", (version,))
    connection.execute(
        "INSERT INTO analyses VALUES (?, ?, ?, ?, ?, ?)",
        (version, made.model, made.program, store.now(), len(found.statements), found.embedding),
    )
    connection.execute(
        "INSERT OR REPLACE INTO sketches SELECT id, ?, ? FROM articles WHERE version = ?",
        (found.published_at, found.sketch, version),
    )
    [[last]] = connection.execute("SELECT coalesce(max(id), 0) FROM speakers")
    [[before]] = connection.execute(indexes.FIRST_NUMBER, (version,))
    _insert(connection, "speakers", ((last + n, version, *row) for n, row in enumerate(found.speakers, 1)), 6)
    _insert(
        connection,
        "statements",
        (
            (before + row[0], version, row[0], None if place is None else last + 1 + place, *row[1:])
            for place, row in found.statements
        ),
        20,
    )
    _insert(connection, "dates", ((None, version, *row) for row in found.dates), 11)
    _insert(connection, "places", ((None, version, *row) for row in found.places), 11)


def _insert(connection: sqlite3.Connection, table: str, written: Iterable[Sequence[Any]], columns: int) -> None:
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", written)


def _speaker(speaker: Speaker) -> tuple[Any, ...]:
    return speaker.name, speaker.naming, _json(speaker.described_as), _json(speaker.grounds)


def _statement(number: int, statement: Statement, text: str) -> tuple[Any, ...]:
    source, cue = statement.source, statement.cue
    return (
        number,
        statement.content_of(text),
        source.of(text) if source else None,
        cue.of(text) if cue else None,
        _json(statement.via),
        statement.kind,
        statement.naming,
        statement.polarity,
        statement.said_on,
        round(float(statement.confidence), 3),
        int(statement.content[0].start),
        int(statement.content[-1].end),
        _json([_span(span) for span in statement.content]),
        *(_span(source) if source else (None, None)),
        *(_span(cue) if cue else (None, None)),
    )


def _span(span: Span) -> tuple[int, int]:
    """Plain numbers, where NumPy's would be written as bytes."""
    return int(span.start), int(span.end)


def _embedding(analysis: Analysis) -> bytes:
    """The mean of the article's paragraphs, of length 1, as little-endian half floats; zeros for one without prose."""
    vectors = analysis.embed(analysis.layout.prose)
    mean = vectors.mean(0) if len(vectors) else np.zeros(vectors.shape[1], np.float32)
    return (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype("<f2").tobytes()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
