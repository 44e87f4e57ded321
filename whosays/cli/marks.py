"""What analysts put beside what was found: marks."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO

import typer

from whosays import errors
from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, LibraryFile, Output, app
from whosays.cli.library import opened
from whosays.errors import UsageError


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
    taken: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", help="Take in the marks of another library, from its JSON Lines."),
    ] = None,
) -> None:
    """List the marks that analysts made.

    The oldest first, with those that were undone.

    Example: whosays marks --format csv -o marks.csv
    """
    if taken is not None:
        _take(library, taken, alone=not who and story is None and output is None and format_ is MarksFormat.text)
        return
    with opened(library) as store:
        from whosays.library import marks as log
        from whosays.library import saying
        from whosays.report import table

        if output is not None:
            endings.check_writable(output)
        found = log.every(store, log.Wanted(who=who, story=story))
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


def _take(library: Path, file: Path, *, alone: bool) -> None:
    """Say how many marks are new, and in one line each what could not be read."""
    with opened(library) as store:
        from whosays.library import receiving

        if not alone:
            raise UsageError("", "--import takes no other option than --library", "Leave them out.")
        try:
            with _by_lines(file) as opened_file:
                taken = receiving.take(store, receiving.lines_of(opened_file), file.name)
        except OSError as error:
            why = (error.strerror or "it failed").lower()
            raise UsageError(
                str(file), f"cannot be read ({why})", "Name a file that `whosays marks -f jsonl` wrote."
            ) from None
        for problem in taken.problems:
            endings.say(problem)
        endings.write(f"{taken.new} new, {taken.known} known, {len(taken.problems)} not taken\n", None)
        raise typer.Exit(errors.exit_code(taken.problems, taken.new + taken.known))


@contextmanager
def _by_lines(file: Path) -> Iterator[BinaryIO]:
    """A file, or standard input once all of it is there, so that the library is not held while it is waited for."""
    if str(file) != "-":
        with file.open("rb") as opened_file:
            yield opened_file
        return
    with TemporaryFile() as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield kept
