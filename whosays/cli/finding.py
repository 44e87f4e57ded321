"""Asking the library: stories, search, versions, export."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, LibraryFile, Output, app
from whosays.cli.library import opened
from whosays.errors import UsageError, WhosaysError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whosays.library.listing import Listed
    from whosays.library.store import Library


class ListFormat(StrEnum):
    text = "text"
    json = "json"


class ExportFormat(StrEnum):
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    ninjs = "ninjs"


class Within(StrEnum):
    statements = "statements"
    articles = "articles"


Form = Annotated[ListFormat, typer.Option("--format", "-f", help="For the eye, or for programs.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=0, help="So many at most; 0 is all of them.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="TIME", help="With an article since then: 2d, 12h, 2024-12-07.")
]


@app.command()
def stories(
    library: LibraryFile = DEFAULT_LIBRARY,
    since: Since = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="WORDS", help="With an article that holds these words.")
    ] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Compare the articles of those not compared yet; some seconds a story.")
    ] = False,
    limit: Limit = 50,
    format_: Form = ListFormat.text,
) -> None:
    """List the stories.

    Their days, outlets and articles, and what their reports found.

    Example: whosays stories --since 2d --about "Homs"
    """
    with opened(library) as store:
        from whosays.cli import shown
        from whosays.library import durations, listing
        from whosays.library.placing import Placing

        Placing(store).settle()
        most = 0 if format_ is ListFormat.json and limit == 50 else limit
        after = durations.moment(since) if since else None
        found = listing.stories(store, after, about, most)
        if compare:
            _compare(store, found)
            found = listing.stories(store, after, about, most)
        if format_ is ListFormat.json:
            endings.write(shown.stories_document(found), None)
        else:
            endings.write(shown.stories(found, *endings.screen(None)), None)


def _compare(library: Library, found: Sequence[Listed]) -> None:
    """Make the reports that are missing, of stories with more than one article."""
    from whosays import __version__
    from whosays.language import session
    from whosays.library import analysing, reporting
    from whosays.library.errors import UnknownStory
    from whosays.report import progress

    wanted = [story for story in found if len(story.articles) > 1 and story.claims is None]
    if not wanted:
        return
    session.begin()
    made = analysing.made_by(__version__)
    with progress.counting("Comparing") as advance:
        for number, story in enumerate(wanted, 1):
            if advance is not None:
                advance(f"story {number} of {len(wanted)}")
            try:
                reporting.of_story(library, story.id, made)
            except UnknownStory:
                continue  # another program has merged it meanwhile
            except WhosaysError as problem:
                endings.say(problem)


@app.command()
def search(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help='All of them; "in quotation marks" as a phrase, -without, begin*.')
    ] = "",
    library: LibraryFile = DEFAULT_LIBRARY,
    speaker: Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Said by somebody so named.")] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="In an outlet so named.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="Published on that day or later.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Published on that day or before.")] = None,
    within: Annotated[Within, typer.Option("--in", help="What is looked through.")] = Within.statements,
    limit: Limit = 20,
    format_: Form = ListFormat.text,
) -> None:
    """Find who said something.

    The statements that hold the words, the best first.

    Example: whosays search "supervisory forces" --speaker qassem --from 2024-12-01
    """
    with opened(library) as store:
        from whosays.cli import shown
        from whosays.library import durations, filters, searching

        if not words.strip() and speaker is None:
            raise UsageError("", "there is nothing to look for", "Give some words, or a --speaker.")
        wanted = filters.Wanted(
            words, speaker, outlet, durations.moment(from_) if from_ else None, durations.moment(to) if to else None
        )
        find = searching.statements if within is Within.statements else searching.articles
        found = find(store, wanted, limit or -1)
        if format_ is ListFormat.json:
            endings.write(shown.hits_document(found), None)
            return
        endings.write(shown.hits(found, *endings.screen(None)), None)
        if within is Within.statements and words.strip() and speaker is None:
            others = searching.articles(store, wanted, 0)
            if others.count:
                more = "more than " if others.more else ""
                words_in = "1 article holds" if others.count == 1 else f"{more}{others.count:,} articles hold"
                endings.write(f"{words_in} the words anywhere: add --in articles.\n", None)


@app.command()
def versions(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's id, as search shows it.")],
    library: LibraryFile = DEFAULT_LIBRARY,
    format_: Form = ListFormat.text,
) -> None:
    """Show how an article changed.

    What was taken out at its address, and what was put in.

    Example: whosays versions courier
    """
    with opened(library) as store:
        from whosays.cli import shown
        from whosays.library import versions as kept

        found = kept.of(store, article)
        if format_ is ListFormat.json:
            endings.write(shown.versions_document(found), None)
        else:
            endings.write(shown.versions(article, found, *endings.screen(None)), None)


@app.command()
def export(
    format_: Annotated[
        ExportFormat | None,
        typer.Option("--format", "-f", help="The form; else FILE's ending tells, else jsonl."),
    ] = None,
    output: Output = None,
    library: LibraryFile = DEFAULT_LIBRARY,
    story: Annotated[int | None, typer.Option("--story", metavar="ID", help="Only the articles of one story.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only articles since then: 2d, 2024-12-07.")
    ] = None,
) -> None:
    """Write the library out.

    Articles with their statements (jsonl, ninjs), or one row a statement (csv, parquet).

    Example: whosays export --format csv -o statements.csv
    """
    endings_told = {".csv": "csv", ".parquet": "parquet", ".ninjs": "ninjs"}
    told = endings_told.get(output.suffix.lower(), "jsonl") if output is not None else "jsonl"
    wanted = format_ or ExportFormat(told)
    with opened(library) as store:
        from whosays.library import durations, exporting

        if output is not None:
            endings.check_writable(output)
        if wanted is ExportFormat.parquet and (output is None or str(output) == "-"):
            raise UsageError("", "Parquet is no text for a terminal", "Name a file with -o.")
        chosen = exporting.Chosen(story, durations.moment(since) if since else None)
        exporting.check(store, chosen)
        if wanted is ExportFormat.parquet:
            from whosays.library import parquet

            parquet.write(store, chosen, output or Path())
        else:
            endings.write_all(exporting.lines(store, chosen, wanted.value), output)
