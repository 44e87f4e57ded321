"""Reports on articles, and the statements of one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol, TypeVar

import typer

from whosays import errors
from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, LibraryFile, Output, app
from whosays.errors import InputError, LoneArticle, NoArticles, UsageError

if TYPE_CHECKING:
    from whosays.report.report import Report
    from whosays.text.article import Article

Marks = Sequence[dict[str, Any]]


class Writing(Protocol):
    def __call__(self, made: Report, marks: Marks = ()) -> str | bytes: ...


_WHOLE_INPUT: Final = (".json", ".jsonl", ".ndjson")  # hold the very text that the offsets count


class ReportFormat(StrEnum):
    text = "text"
    html = "html"
    markdown = "markdown"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    jsonld = "jsonld"
    annotations = "annotations"
    geojson = "geojson"
    ics = "ics"
    stix = "stix"
    ninjs = "ninjs"


class StatementsFormat(StrEnum):
    text = "text"
    json = "json"
    csv = "csv"


_Format = TypeVar("_Format", bound=StrEnum)
# the longest that fits tells
_BY_ENDING: Final = {
    ".annotations.jsonld": "annotations",
    ".stix.json": "stix",
    ".csv.zip": "csv",
    ".parquet.zip": "parquet",
    ".zip": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".csv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".jsonld": "jsonld",
    ".geojson": "geojson",
    ".ics": "ics",
    ".ninjs": "ninjs",
}
_OTHERS: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".png", ".jpg"})
_TABLES: Final = (ReportFormat.csv, ReportFormat.parquet)

_SOURCES: Final = "Files or folders with articles: text, HTML, JSON, feeds, web archives; - is standard input."
Sources = Annotated[list[str], typer.Argument(metavar="SOURCES", help=_SOURCES)]

Form = Annotated[
    ReportFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="The form of the report; else FILE's ending tells, else text. csv and parquet need a folder or .zip.",
    ),
]


@app.command()
def report(
    sources: Annotated[list[str] | None, typer.Argument(metavar="SOURCES", help=_SOURCES)] = None,
    format_: Form = None,
    output: Output = None,
    statements_only: Annotated[
        bool, typer.Option("--statements-only", help="Who said what in each article, without comparing the articles.")
    ] = False,
    story: Annotated[
        int | None, typer.Option("--story", metavar="ID", help="A story of the library, in place of SOURCES.")
    ] = None,
    library: LibraryFile = DEFAULT_LIBRARY,
) -> None:
    """Report on the articles of several outlets on one event.

    Who says what, which claims go back to one origin, where the articles contradict each other, what each leaves out.

    Example: whosays report a.txt b.html c.json --format html -o report.html
    """
    written, output = writing(format_, output, with_text=story is not None or _adds_text(sources or ()))
    if story is not None:
        _run_story(library, story, output, written, bool(sources or statements_only))
    elif not sources:
        raise typer.BadParameter("Name files or folders, - for standard input, or a --story of the library.")
    else:
        _run(sources, output, written, statements_only=statements_only)


def writing(format_: ReportFormat | None, output: Path | None, *, with_text: bool) -> tuple[Writing, Path | None]:
    """What makes of a report what is to be written, and where to: several tables are saved into their folder.

    It takes the marks beside the report as well, which only the report document has.
    """
    wanted = _format(format_, output, ReportFormat.text)
    into = _folder(output, wanted) if wanted in _TABLES else None
    if into is not None:
        return lambda made, marks=(): _saved(made, wanted, into), None

    def written(made: Report, marks: Marks = ()) -> str | bytes:
        from whosays.report import document

        if wanted is ReportFormat.json:
            return document.write(made, with_text=with_text, marks=marks)
        return _written(made, wanted, output)

    return written, output


def _written(made: Report, wanted: ReportFormat, output: Path | None) -> str | bytes:
    from whosays.report import terminal

    if wanted is ReportFormat.text:
        return terminal.render(made, *endings.screen(output))
    from whosays.report import formats

    return formats.BY_NAME[wanted.value].write(made)


def _folder(output: Path | None, wanted: ReportFormat) -> Path | None:
    """The folder for a report that is several tables; ``None`` where they go into one .zip file."""
    from whosays.report.formats import folder, parquet

    with endings.clear():
        if wanted is ReportFormat.parquet:
            parquet.check()
        if output is not None and output.suffix.lower() == ".zip":
            return None
        return folder.chosen(output, wanted.value)


def _saved(made: Report, wanted: ReportFormat, into: Path) -> str:
    """Nothing is left for standard output."""
    from whosays.report import formats
    from whosays.report.formats import folder

    folder.save(formats.BY_NAME[wanted.value].files(made), into)
    return ""


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
        if wanted is StatementsFormat.csv:
            return listed.write_csv(made)
        return listed.write_text(made, *endings.screen(output))

    _run(sources, output, written, statements_only=True, lone=True)


def _format(wanted: _Format | None, output: Path | None, usual: _Format) -> _Format:
    """The format asked for, or the one that the ending of the file's name tells."""
    if wanted is not None:
        return wanted
    fitting = [ending for ending in _BY_ENDING if output is not None and output.name.lower().endswith(ending)]
    told = _BY_ENDING[max(fitting, key=len)] if fitting else ""
    forms = [form.value for form in type(usual)]
    if told and told not in forms:
        raise typer.BadParameter(
            f"{output} asks for {told}, which this cannot be written as: {', '.join(forms)} can be"
        )
    if not told and output is not None and output.suffix.lower() in _OTHERS:
        raise typer.BadParameter(f"{output.suffix} is not written; {', '.join(forms)} are, and browsers print html")
    return type(usual)(told) if told else usual


def _adds_text(sources: Sequence[str]) -> bool:
    """Whether a document must carry the texts, because some input does not hold them as they were read."""
    return any(Path(source).suffix.lower() not in _WHOLE_INPUT for source in sources)


def _run(
    sources: Sequence[str],
    output: Path | None,
    written: Callable[[Report], str | bytes],
    *,
    statements_only: bool,
    lone: bool = False,
) -> None:
    """Read, report, write, and end with the exit code that tells how it went. ``lone`` articles are no news."""
    with endings.clear():
        if output is not None:
            endings.check_writable(output)
        from whosays.language import session
        from whosays.text import reading

        session.begin()

        read = reading.read(sources)
        problems = list(read.problems)
        if not read.articles and not problems:
            problems.append(NoArticles())
        if len(read.articles) == 1 and not lone:
            problems.append(LoneArticle())
        telling = endings.Telling()
        told = [problem for problem in problems if telling.takes(problem)]
        for problem in told:
            endings.say(problem)
        telling.end()
        if read.articles:
            made = made_of(read.articles, statements_only)
            notes = [f"Left out: {Path(p.where).name}: {p.wrong}." for p in told if isinstance(p, InputError)]
            notes += [f"Left out: {Path(where).name}: {count:,} more." for where, count in telling.more()]
            endings.write(written(replace(made, notes=(*made.notes, *notes))), output)
        raise typer.Exit(errors.exit_code(problems, len(read.articles)))


def _run_story(library: Path, story: int, output: Path | None, written: Writing, more: bool) -> None:
    """The same for a story of the library, whose report is kept until the story changes."""
    from whosays.cli.library import opened

    with opened(library) as store:
        if more:
            raise UsageError("", "--story takes neither files nor --statements-only", "Leave them out.")
        if output is not None:
            endings.check_writable(output)
        from whosays import __version__
        from whosays.library import analysing, marked, reporting
        from whosays.report import progress

        count = len(reporting.articles_of(store, story))
        with progress.shown(count) as advance:
            report = reporting.of_story(store, story, analysing.made_by(__version__), advance)
        if count == 1:
            endings.say(LoneArticle())
        beside = marked.as_json(store, report, story)
        endings.write(written(report, beside), output)


def made_of(articles: Sequence[Article], statements_only: bool) -> Report:
    """The report, with a bar while it is being made."""
    import whosays
    from whosays.report import progress

    # all that is read stays until the report is written: to look through it for garbage time and again is a twentieth
    # of the work
    gc.set_threshold(100_000, 50, 100)
    with progress.shown(len(articles)) as advance:
        return whosays.report(articles, statements_only=statements_only, progress=advance)
