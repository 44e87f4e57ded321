"""Tables as Parquet, for pandas, DuckDB, Spark and the like."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, Literal

from whosays.errors import MissingExtra
from whosays.report import tables
from whosays.report.report import Report

Kind = Literal["text", "texts", "integer", "number"]

_GROUP: Final = 50_000  # rows in memory at a time
_KINDS: Final[dict[str, Kind]] = {
    "start": "integer",
    "end": "integer",
    "count": "integer",
    "origins_known": "integer",
    "conflict": "integer",
    "confidence": "number",
}


def write(report: Report) -> dict[str, bytes]:
    """The tables of a report by their file names; a cell that is empty in CSV is null.

    Raises :class:`~whosays.errors.MissingExtra` where pyarrow is not installed.
    """
    written: dict[str, bytes] = {}
    for name, table in tables.make(report).items():
        file = io.BytesIO()
        rows = (list(map(_cell, row)) for row in table.rows)
        save(rows, {column: _KINDS.get(column, "text") for column in table.columns}, file)
        written[f"{name}.parquet"] = file.getvalue()
    return written


def _cell(value: str | float) -> str | float | None:
    """Half a letter as the number that it is in CSV too: UTF-8 has no place for it."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode() or None
    return value


def check() -> None:
    """Raise :class:`~whosays.errors.MissingExtra` where pyarrow is not installed."""
    _arrow()


def save(rows: Iterable[Sequence[Any]], columns: Mapping[str, Kind], into: Path | IO[bytes]) -> None:
    """One file, written while the rows come. Raises OSError, and MissingExtra where pyarrow is not installed."""
    arrow, parquet = _arrow()
    kinds = {
        "text": arrow.string(),
        "texts": arrow.list_(arrow.string()),
        "integer": arrow.int64(),
        "number": arrow.float64(),
    }
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    coming = iter(rows)
    with parquet.ParquetWriter(into, schema, compression="zstd") as file:
        while group := list(islice(coming, _GROUP)):
            values = dict(zip(columns, map(list, zip(*group, strict=True)), strict=True))
            file.write_table(arrow.table(values, schema))


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("Parquet", "'whosays[parquet]'") from None
    return pyarrow, parquet
