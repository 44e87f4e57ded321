"""The commands and what they share."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final

import typer

from whosays.cli.endings import INTERRUPTED

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
]
LibraryFile = Annotated[
    Path,
    typer.Option("--library", metavar="FILE", envvar="WHOSAYS_LIBRARY", help="The library to use."),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        envvar="WHOSAYS_ALLOW_PRIVATE",
        help="Fetch from this machine and private networks too, as an intranet needs.",
    ),
]
Contact = Annotated[
    str,
    typer.Option(
        "--contact",
        metavar="ADDRESS",
        envvar="WHOSAYS_CONTACT",
        help="Whom a webmaster may write to; sent along with every request.",
    ),
]
DEFAULT_LIBRARY: Final = Path("whosays.db")


def _version(wanted: bool) -> None:
    if wanted:
        from whosays import __version__

        typer.echo(f"whosays {__version__}")
        raise typer.Exit()


@app.callback()
def whosays(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Who says so? Several outlets' articles on one event in, an attributed report out.

    whosays report a.txt b.html c.json
    """


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly wherever it comes."""
    # every processor already has a window of its own to read: further threads in numpy's small products only wait for
    # each other, a tenth of the whole. It has to be said before numpy is imported.
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        app(prog_name="whosays")
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise
        _leave(ended.code)


def _leave(code: int) -> None:
    """End at once: to take a large report apart in memory, object by object, would cost half a second more."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
