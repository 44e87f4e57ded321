"""Statements as Parquet, for pandas, DuckDB, Spark and the like."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Final

from whosays.errors import UsageError
from whosays.library import exporting
from whosays.library.errors import MissingExtra
from whosays.library.exporting import STATEMENT_COLUMNS, Chosen
from whosays.library.store import Library

_GROUP: Final = 50_000  # rows in memory at a time
_NUMBERS: Final = ("story", "start", "end")


def write(library: Library, chosen: Chosen, output: Path) -> None:
    """Write a row for each statement; the file is there whole, or not at all.

    Raises :class:`~whosays.errors.MissingExtra` where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("Parquet", "'whosays[parquet]'") from None
    kinds = {"via": pyarrow.list_(pyarrow.string()), "confidence": pyarrow.float64()}
    kinds |= dict.fromkeys(_NUMBERS, pyarrow.int64())
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in STATEMENT_COLUMNS])
    rows = exporting.statement_rows(library, chosen)
    partial = output.with_name(f"{output.name}.part")
    try:
        with parquet.ParquetWriter(partial, schema, compression="zstd") as file:
            while group := list(islice(rows, _GROUP)):
                columns = dict(zip(STATEMENT_COLUMNS, map(list, zip(*group, strict=True)), strict=True))
                file.write_table(pyarrow.table(columns, schema))
        partial.replace(output)
    except OSError as error:
        raise UsageError(str(output), f"cannot be written ({error})", "Give another file after -o.") from None
    finally:
        partial.unlink(missing_ok=True)
