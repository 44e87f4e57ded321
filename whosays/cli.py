"""The command line. What it makes goes to standard output, everything that it has to say to standard error."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from whosays import errors
from whosays.errors import InputError, LoneArticle, NoArticles, UsageError, WhosaysError

if TYPE_CHECKING:
    from whosays.report.report import Report
    from whosays.text.article import Article

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells count
_WHOLE_INPUT: Final = (".json", ".jsonl", ".ndjson")  # hold the very text that the offsets count


class ReportFormat(StrEnum):
    text = "text"
    html = "html"
    markdown = "markdown"
    json = "json"
    csv = "csv"


class StatementsFormat(StrEnum):
    text = "text"
    json = "json"
    csv = "csv"


_Format = TypeVar("_Format", bound=StrEnum)
_BY_ENDING: Final = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
}

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCES",
        help="Files or folders with articles: text, HTML, JSON, feeds, web archives; - is standard input.",
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
]


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


@app.command()
def report(
    sources: Sources,
    format_: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format", "-f", help="The form of the report; else FILE's ending tells, else text. csv needs a folder."
        ),
    ] = None,
    output: Output = None,
    statements_only: Annotated[
        bool, typer.Option("--statements-only", help="Who said what in each article, without comparing the articles.")
    ] = False,
) -> None:
    """Report on the articles of several outlets on one event.

    Who says what, which claims go back to one origin, where the articles contradict each other, what each leaves out.

    Example: whosays report a.txt b.html c.json --format html -o report.html
    """
    wanted = _format(format_, output, ReportFormat.text)
    if wanted is ReportFormat.csv:
        from whosays.report import tables

        with _clear_endings():
            folder = tables.folder(output)
        _run(sources, None, lambda made: tables.save(made, folder), statements_only=statements_only)

    def written(made: Report) -> str:
        from whosays.report import document, markdown, terminal

        if wanted is ReportFormat.html:
            from whosays.report.page import page

            return page.render(document.make(made))
        if wanted is ReportFormat.json:
            return document.write(made, with_text=_adds_text(sources))
        return markdown.render(made) if wanted is ReportFormat.markdown else terminal.render(made, *_screen(output))

    _run(sources, output, written, statements_only=statements_only)


@app.command()
def statements(
    sources: Sources,
    format_: Annotated[
        StatementsFormat | None,
        typer.Option("--format", "-f", help="The form of the list; else FILE's ending tells, else text."),
    ] = None,
    output: Output = None,
) -> None:
    """Show who said what in one article, or in several.

    Every statement with its speaker, its words, and the outlets through which it came.

    Example: whosays statements article.txt --format csv -o statements.csv
    """
    wanted = _format(format_, output, StatementsFormat.text)

    def written(made: Report) -> str:
        from whosays.report import document
        from whosays.report import statements as listed

        if wanted is StatementsFormat.json:
            return document.write(made, with_text=_adds_text(sources))
        return listed.write_csv(made) if wanted is StatementsFormat.csv else listed.write_text(made, *_screen(output))

    _run(sources, output, written, statements_only=True, lone=True)


def _format(wanted: _Format | None, output: Path | None, usual: _Format) -> _Format:
    """The format asked for, or the one that the ending of the file's name tells."""
    if wanted is not None:
        return wanted
    told = _BY_ENDING.get(output.suffix.lower(), "") if output is not None else ""
    forms = [form.value for form in type(usual)]
    if told and told not in forms:
        raise typer.BadParameter(
            f"{output} asks for {told}, which this cannot be written as: {', '.join(forms)} can be"
        )
    return type(usual)(told) if told else usual


def _adds_text(sources: Sequence[str]) -> bool:
    """Whether a document must carry the texts, because some input does not hold them as they were read."""
    return any(Path(source).suffix.lower() not in _WHOLE_INPUT for source in sources)


def _screen(output: Path | None) -> tuple[int, bool]:
    """Columns and colour for what is read by eye."""
    from whosays.report import terminal

    return terminal.screen(sys.stdout) if output is None or str(output) == "-" else (terminal.PAPER, False)


def _run(
    sources: Sequence[str],
    output: Path | None,
    written: Callable[[Report], str],
    *,
    statements_only: bool,
    lone: bool = False,
) -> None:
    """Read, report, write, and end with the exit code that tells how it went. ``lone`` articles are no news."""
    with _clear_endings():
        if output is not None:
            _check_writable(output)
        from whosays.language import session
        from whosays.text import reading

        session.begin()

        read = reading.read(sources)
        problems = list(read.problems)
        if not read.articles and not problems:
            problems.append(NoArticles())
        if len(read.articles) == 1 and not lone:
            problems.append(LoneArticle())
        for problem in problems:
            _say(problem)
        if read.articles:
            made = _made(read.articles, statements_only)
            left_out = [p for p in read.problems if isinstance(p, InputError)]
            notes = [f"Left out: {Path(p.where).name}: {p.wrong}." for p in left_out]
            _write(written(replace(made, notes=(*made.notes, *notes))), output)
        raise typer.Exit(errors.exit_code(problems, len(read.articles)))


def _made(articles: Sequence[Article], statements_only: bool) -> Report:
    import whosays
    from whosays.report import progress

    # all that is read stays until the report is written: to look through it for garbage time and again is a twentieth
    # of the work
    gc.set_threshold(100_000, 50, 100)
    with progress.shown(len(articles)) as advance:
        return whosays.report(articles, statements_only=statements_only, progress=advance)


@contextmanager
def _clear_endings() -> Iterator[None]:
    """Every way in which a command can end badly, as one line and an exit code."""
    try:
        yield
    except typer.Exit:
        raise
    except WhosaysError as problem:
        _say(problem)
        raise typer.Exit(problem.exit_code) from None
    except BrokenPipeError:
        _close_quietly()
        raise typer.Exit(errors.FINE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except MemoryError:
        _say("there is not enough memory for these articles. Give fewer at a time, or use --statements-only.")
        raise typer.Exit(errors.FAILED) from None
    except Exception as fault:
        at = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(at.filename).name}:{at.lineno}"
        _say(f"internal failure at {where} ({type(fault).__name__}: {fault}). Please report this with the article.")
        raise typer.Exit(errors.FAILED) from None


def _say(problem: WhosaysError | str) -> None:
    """One line on standard error, which takes any letter that the terminal cannot show as its number."""
    line = " ".join(str(problem).split())
    print(f"whosays: {line}", file=sys.stderr)


def _check_writable(output: Path) -> None:
    """Find out before the work, not after it, that its result cannot be kept."""
    if str(output) == "-":
        return
    folder = output.parent
    if output.is_dir():
        raise _unwritable(output, "it is a folder")
    if not folder.is_dir():
        raise _unwritable(output, f"there is no folder {folder}")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise _unwritable(output, "not permitted")


def _unwritable(output: Path, why: str) -> UsageError:
    return UsageError(str(output), f"cannot be written ({why})", "Give another file after -o.")


def _write(text: str, output: Path | None) -> None:
    """Write UTF-8, whatever the terminal's own encoding; half a letter as the number that JSON also reads."""
    encoded = text.encode("utf-8", "backslashreplace")
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(encoded)
    except OSError as error:
        raise _unwritable(output, (error.strerror or "it failed").lower()) from None


def _close_quietly() -> None:
    """Let the interpreter close standard output without complaint when nobody reads it any more."""
    unread = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(unread, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(unread)


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


if __name__ == "__main__":
    main()
