"""The tables of an archive: their columns and types, and how they are written and read. A home of pyarrow.

What a column holds is in ``docs/tables.md``. The names are those of the library's tables and of the report document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from whosays.errors import MissingExtra

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError:
    raise MissingExtra("The archive", "'whosays[archive]'") from None

GROUP: Final = 1000  # articles in one row group, which is what one process analyses at a time
_GROUP_CHARACTERS: Final = 20_000_000

Row = Mapping[str, Any]
Table = pa.Table

_TEXT: Final = pa.string()
_TEXTS: Final = pa.list_(pa.string())
_NUMBER: Final = pa.int32()
_SPANS: Final = pa.list_(pa.struct([("start", _NUMBER), ("end", _NUMBER)]))
_PASSAGES: Final = pa.list_(pa.struct([("article", _TEXT), ("start", _NUMBER), ("end", _NUMBER)]))
_STEPS: Final = pa.list_(pa.struct([("article", _TEXT), ("via", _TEXTS), ("link", _TEXT), ("grounds", _TEXT)]))

_ARTICLE: Final[dict[str, Any]] = {
    "article": _TEXT, "key": _TEXT, "outlet": _TEXT, "published": _TEXT, "title": _TEXT, "url": _TEXT,
    "byline": _TEXT, "language": _TEXT, "text": _TEXT, "media_type": _TEXT, "place": _TEXT, "line": _NUMBER,
}  # fmt: skip
_ABOUT: Final[dict[str, Any]] = {"article": _TEXT, "outlet": _TEXT, "published": _TEXT}
_SPAN: Final[dict[str, Any]] = {"start": _NUMBER, "end": _NUMBER}
_STATEMENT: Final[dict[str, Any]] = {
    "id": _TEXT, **_ABOUT, "speaker": _TEXT, "content": _TEXT, "source": _TEXT, "cue": _TEXT, "via": _TEXTS,
    "kind": _TEXT, "naming": _TEXT, "polarity": _TEXT, "said_on": _TEXT, "confidence": pa.float64(), **_SPAN,
    "spans": _SPANS, "source_start": _NUMBER, "source_end": _NUMBER, "cue_start": _NUMBER, "cue_end": _NUMBER,
}  # fmt: skip
_REFUSED: Final[dict[str, Any]] = {
    "source": _TEXT, "place": _TEXT, "article": _TEXT, "kind": _TEXT, "reason": _TEXT,
}  # fmt: skip
_IN_STORY: Final[dict[str, Any]] = {"story": _TEXT, "part": _NUMBER}

# By the command that writes them.
COLUMNS: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "read": {"articles": _ARTICLE, "refused": _REFUSED},
    "analyse": {
        "articles": {
            **_ARTICLE, "characters": _NUMBER, "statements": _NUMBER, "published_at": pa.float64(),
            "embedding": pa.binary(), "sketch": pa.binary(),
        },
        "statements": _STATEMENT,
        "speakers": {**_ABOUT, "name": _TEXT, "naming": _TEXT, "described_as": _TEXTS, "grounds": _TEXTS},
        "names": {**_ABOUT, **_SPAN, "text": _TEXT, "type": _TEXT},
        "dates": {
            **_ABOUT, **_SPAN, "text": _TEXT, "type": _TEXT, "value": _TEXT, "first": _TEXT, "last": _TEXT,
            "precision": _TEXT, "anchor": _TEXT,
        },
        "places": {
            **_ABOUT, **_SPAN, "text": _TEXT, "name": _TEXT, "country": _TEXT, "latitude": pa.float64(),
            "longitude": pa.float64(), "precision": _TEXT, "geonames": pa.int64(),
        },
        "refused": _REFUSED,
    },
    "stories": {
        "stories": {
            "story": _TEXT, "articles": _NUMBER, "outlets": _NUMBER, "voices": _NUMBER, "parts": _NUMBER,
            "headline": _TEXT, "first": _TEXT, "last": _TEXT, "claims": _NUMBER, "origins": _NUMBER,
            "conflicts": _NUMBER,
        },
        "articles": {**_IN_STORY, **_ARTICLE},
        "copies": {"story": _TEXT, "article": _TEXT, "of": _TEXT, "share": pa.float64()},
        "statements": {**_IN_STORY, **_STATEMENT, "speaker_id": _TEXT, "recipient": _TEXT},
        "speakers": {
            **_IN_STORY, "id": _TEXT, "name": _TEXT, "naming": _TEXT, "described_as": _TEXTS, "entity": _TEXT,
            "grounds": _TEXTS,
        },
        "claims": {
            **_IN_STORY, "id": _TEXT, "text": _TEXT, "statements": _TEXTS, "passages": _PASSAGES, "outlets": _TEXTS,
            "silent": _TEXTS,
        },
        "origins": {
            **_IN_STORY, "claim": _TEXT, "number": _NUMBER, "speaker": _TEXT, "speaker_id": _TEXT, "document": _TEXT,
            "outlet": _TEXT, "via": _TEXTS, "statements": _TEXTS, "passages": _PASSAGES, "link": _TEXT,
            "grounds": _TEXT, "chain": _STEPS,
        },
        "conflicts": {
            **_IN_STORY, "type": _TEXT, "statements": _TEXTS, "passages": _PASSAGES, "why": _TEXT,
            "confidence": pa.float64(), "update": _TEXT,
        },
        "names": {
            **_IN_STORY, **_ABOUT, "entity": _TEXT, "text": _TEXT, "count": _NUMBER, "voice": _TEXT, "loaded": _TEXTS,
            "spans": _SPANS, "speakers": _TEXTS,
        },
        "refused": _REFUSED,
    },
    # between the steps of `stories`; not kept
    "grouped": {
        "members": {"article": _TEXT, "node": pa.int64(), "block": pa.int64(), "order": _TEXT, "chunk": _NUMBER},
        "copies": {"article": _TEXT, "of": _TEXT, "share": pa.float64()},
    },
}  # fmt: skip


def schema(step: str, table: str) -> Any:
    return pa.schema(list(COLUMNS[step][table].items()))


class Writer:
    """The tables of one partition, written into a folder group by group, so that no table is ever held whole."""

    def __init__(self, folder: Path, step: str) -> None:
        self._step = step
        self._rows: dict[str, list[Row]] = {name: [] for name in COLUMNS[step]}
        self._files = {
            name: parquet.ParquetWriter(folder / f"{name}.parquet", schema(step, name), compression="zstd")
            for name in COLUMNS[step]
        }
        self.counts = dict.fromkeys(COLUMNS[step], 0)
        self._characters = 0

    def add(self, table: str, rows: Iterable[Row]) -> None:
        """Rows with the columns of a table; a column that is left out is null."""
        waiting = self._rows[table]
        before = len(waiting)
        waiting.extend(rows)
        self.counts[table] += len(waiting) - before
        if table == "articles":
            self._characters += sum(len(row["text"]) for row in waiting[before:])
        if len(waiting) >= GROUP or self._characters > _GROUP_CHARACTERS:
            self._flush(table)

    def close(self) -> None:
        """Writes what waits. A table without rows is written too: its columns are there."""
        for table, file in self._files.items():
            self._flush(table)
            file.close()

    def _flush(self, table: str) -> None:
        if self._rows[table]:
            self._files[table].write_table(pa.Table.from_pylist(self._rows[table], schema(self._step, table)))
            self._rows[table].clear()
            self._characters = 0 if table == "articles" else self._characters


def groups(path: Path) -> list[int]:
    """How many rows each row group of a file has."""
    meta = parquet.read_metadata(path)
    return [meta.row_group(k).num_rows for k in range(meta.num_row_groups)]


def read_group(path: Path, group: int) -> list[dict[str, Any]]:
    """The rows of one row group."""
    with parquet.ParquetFile(path) as file:
        rows: list[dict[str, Any]] = file.read_row_group(group).to_pylist()
    return rows


def read(paths: Iterable[Path], columns: list[str] | None = None, where: Any = None) -> Iterator[dict[str, Any]]:
    """The rows of several files one after the other; ``where``: a filter as pyarrow takes it."""
    for path in paths:
        yield from parquet.read_table(path, columns=columns, filters=where, partitioning=None).to_pylist()
