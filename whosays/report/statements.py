"""Who said what, article by article and nothing else: for the eye and for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from whosays.report import check, terminal
from whosays.report.report import Report
from whosays.statements.statement import Statement

COLUMNS: Final = (
    "article", "id", "speaker", "naming", "kind", "polarity", "via", "said_on", "source", "cue", "recipient",
    "content", "start",
    "end",
)  # fmt: skip
Row = Sequence[str | int | float]

# A spreadsheet takes a cell that starts so for a formula, which could come from any page on the web.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_text(report: Report, width: int = terminal.PAPER, colour: bool = False) -> str:
    """The statements as lines to read."""
    return terminal.render_statements(report, width, colour)


def write_csv(report: Report) -> str:
    """The statements as a table with a line of column names, one statement a line.

    ``via`` holds relays nearest the speaker first, set apart by "; "; ``content`` separate spans set apart by " […] ",
    of which ``start`` is the first character and ``end`` the one behind the last. Words that a spreadsheet would run as
    a formula get an apostrophe before them; the offsets say what stands in the article.
    """
    return as_csv(COLUMNS, rows(report))


def rows(report: Report) -> Iterator[Row]:
    """The values of :data:`COLUMNS` for each statement. Raises OffsetMismatch, as every report does."""
    check.offsets(report)
    texts = {read.article.id: read.article.text for read in report.articles}
    names = {speaker.id: speaker.name for speaker in report.speakers}
    for statement in report.statements:
        yield _row(statement, texts[statement.article], names)


def as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """A table with a line of column names, its words as they may stand in a spreadsheet's cells."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([cell(value) if isinstance(value, str) else value for value in row])
    return written.getvalue()


def _row(statement: Statement, article: str, names: dict[str, str]) -> Row:
    return (
        statement.article,
        statement.id,
        names.get(statement.speaker or "", ""),
        statement.naming,
        statement.kind,
        statement.polarity,
        "; ".join(statement.via),
        statement.said_on or "",
        statement.source.of(article) if statement.source else "",
        statement.cue.of(article) if statement.cue else "",
        statement.recipient.of(article) if statement.recipient else "",
        statement.content_of(article),
        statement.content[0].start,
        statement.content[-1].end,
    )


def cell(words: str) -> str:
    """Words as they may stand in a cell, with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words
