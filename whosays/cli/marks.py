"""What analysts put beside what was found: marks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, LibraryFile, Output, app
from whosays.cli.library import opened


class MarksFormat(StrEnum):
    text = "text"
    jsonl = "jsonl"
    csv = "csv"


@app.command()
def marks(
    library: LibraryFile = DEFAULT_LIBRARY,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Only those signed with this name.")] = "",
    story: Annotated[
        int | None, typer.Option("--story", metavar="ID", help="Only those made on the page of one story.")
    ] = None,
    format_: Annotated[MarksFormat, typer.Option("--format", "-f", help="For the eye, or for programs.")] = (
        MarksFormat.text
    ),
    output: Output = None,
) -> None:
    """List the marks that analysts made, the oldest first, with those that were undone.

    Example: whosays marks --format csv -o marks.csv
    """
    with opened(library) as store:
        from whosays.library import marks as log
        from whosays.library import saying
        from whosays.report import table

        if output is not None:
            endings.check_writable(output)
        found = log.find(store, log.Wanted(who=who, story=story))[::-1]
        undone = log.undone(store)
        if format_ is not MarksFormat.text:
            endings.write_all(saying.lines(found, undone, format_.value), output)
            return
        heads = ("key", "at", "who", "story", "", "mark")
        rows = [
            (mark.key, mark.at, mark.who, "" if mark.story is None else str(mark.story),
             "undone" if mark.key in undone else "", saying.sentence(mark))
            for mark in found
        ]  # fmt: skip
        width, colour = endings.screen(output)
        endings.write(table.render(heads, rows, width, colour) if rows else "No marks.\n", output)
