"""Statements as Parquet, for pandas, DuckDB, Spark and the like."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from whosays.errors import UsageError
from whosays.library import exporting
from whosays.library.exporting import STATEMENT_COLUMNS, Chosen
from whosays.library.store import Library
from whosays.report.formats import parquet
from whosays.report.formats.parquet import Kind

_KINDS: Final[dict[str, Kind]] = {
    "via": "texts",
    "confidence": "number",
    "story": "integer",
    "start": "integer",
    "end": "integer",
}


def write(library: Library, chosen: Chosen, output: Path) -> None:
    """Write a row for each statement; the file is there whole, or not at all.

    Raises :class:`~whosays.errors.MissingExtra` where pyarrow is not installed.
    """
    partial = output.with_name(f"{output.name}.part")
    rows = exporting.statement_rows(library, chosen)
    try:
        parquet.save(rows, {name: _KINDS.get(name, "text") for name in STATEMENT_COLUMNS}, partial)
        partial.replace(output)
    except OSError as error:
        raise UsageError(str(output), f"cannot be written ({error})", "Give another file after -o.") from None
    finally:
        partial.unlink(missing_ok=True)
