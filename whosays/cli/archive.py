"""Archives: the same answers over millions of articles."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whosays.cli import endings
from whosays.cli.app import Output, app
from whosays.cli.report import Form, made_of, writing
from whosays.errors import FINE, SOME_LEFT_OUT, LoneArticle

if TYPE_CHECKING:
    from whosays.archive.engine import Engine
    from whosays.archive.steps import Progress

    Tell = Callable[[Progress], None]

archive = typer.Typer(no_args_is_help=True, help="Millions of articles: read, analyse, find stories, report.")
app.add_typer(archive, name="archive")


class EngineName(StrEnum):
    local = "local"
    ray = "ray"


class Device(StrEnum):
    auto = "auto"
    cpu = "cpu"
    gpu = "gpu"


EngineOption = Annotated[
    EngineName, typer.Option("--engine", help="This machine's processors, or the Ray cluster at RAY_ADDRESS.")
]
Processes = Annotated[
    int | None, typer.Option("--processes", metavar="N", min=1, help="Work at a time; one a processor if left out.")
]
DeviceOption = Annotated[
    Device, typer.Option("--device", help="What the language model runs on; auto: a GPU where there is one.")
]


@archive.command()
def read(
    files: Annotated[
        str,
        typer.Argument(metavar="FILES", help="A pattern in quotation marks: 'crawl/*.warc.gz', 's3://…/*.warc.gz'."),
    ],
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES", help="The folder to write.")],
    fast: Annotated[
        bool, typer.Option("--fast", help="Pages by the fast extractor, which finds less of them.")
    ] = False,
    engine: EngineOption = EngineName.local,
    processes: Processes = None,
) -> None:
    """Read pages into tables of articles.

    Web archives, pages, feeds, JSON lines: whatever `whosays report` reads.

    Example: whosays archive read 'crawl/*.warc.gz' articles/
    """
    _run(
        (engine, processes), ("read", "articles"),
        lambda steps, on, tell: steps.read(files, articles, on, fast=fast, tell=tell),
    )  # fmt: skip


@archive.command()
def analyse(
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES", help="What `archive read` has written.")],
    analysed: Annotated[Path, typer.Argument(metavar="ANALYSED", help="The folder to write.")],
    device: DeviceOption = Device.auto,
    engine: EngineOption = EngineName.local,
    processes: Processes = None,
) -> None:
    """Find what articles say, and who says it.

    Statements, speakers, names, dates and places.

    Example: whosays archive analyse articles/ analysed/
    """
    _run(
        (engine, processes), ("analysed", "statements"),
        lambda steps, on, tell: steps.analyse(articles, analysed, on, device=device.value, tell=tell),
    )  # fmt: skip


@archive.command()
def stories(
    analysed: Annotated[Path, typer.Argument(metavar="ANALYSED", help="What `archive analyse` has written.")],
    stories: Annotated[Path, typer.Argument(metavar="STORIES", help="The folder to write.")],
    device: DeviceOption = Device.auto,
    engine: EngineOption = EngineName.local,
    processes: Processes = None,
) -> None:
    """Find stories, and compare their articles.

    Near-copies and stories; claims, origins, conflicts and names of each.

    Example: whosays archive stories analysed/ stories/
    """
    _run(
        (engine, processes), ("gone through", "stories"),
        lambda steps, on, tell: steps.stories(analysed, stories, on, device=device.value, tell=tell),
    )  # fmt: skip


@archive.command()
def report(
    stories: Annotated[Path, typer.Argument(metavar="STORIES", help="What `archive stories` has written.")],
    story: Annotated[str, typer.Option("--story", metavar="ID", help="As in the column story of its tables.")],
    format_: Form = None,
    output: Output = None,
) -> None:
    """Report on a story of an archive, as `whosays report` does.

    Example: whosays archive report stories/ --story courier-1 -o report.html
    """
    written, output = writing(format_, output, with_text=True)
    with endings.clear():
        if output is not None:
            endings.check_writable(output)
        from whosays.archive import steps

        articles = steps.report(stories, story)
        if len(articles) == 1:
            endings.say(LoneArticle())
        endings.write(written(made_of(articles, statements_only=False)), output)


def _run(
    where: tuple[EngineName, int | None], said: tuple[str, str], step: Callable[[Any, Engine, Tell], dict[str, Any]]
) -> None:
    """Run a step; ``said`` is what it does to articles, and the table that is counted in the end.

    The module of the steps is given to it: it is imported here, where a missing library ends in one line.
    """
    with endings.clear():
        from whosays.archive import engine, steps

        name, processes = where
        on = engine.start(name.value, processes)
        with _shown(said[0]) as tell:
            head = step(steps, on, tell)
        _end(head, said[1])


@contextmanager
def _shown(what: str) -> Iterator[Callable[[Progress], None]]:
    """Progress on one line that changes where somebody watches, else as a line a minute."""
    from whosays.report import progress

    last = time.monotonic()

    def line(now: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= 60:
            last = time.monotonic()
            endings.say(words(what, now))

    with progress.counting("Archive") as advance:
        yield (lambda now: advance(words(what, now))) if advance is not None else line


def words(what: str, now: Progress) -> str:
    left = f"{_time(now.left)} left" if now.left is not None else "time left not known yet"
    return f"{now.done:,} of {now.all:,} parts, {now.articles:,} articles {what}, {now.rate:,.1f} a second, {left}"


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def _end(head: dict[str, Any], table: str) -> None:
    """What was made, in one line; the exit code says whether anything was left out."""
    rows, refused = head["rows"], sum(head["refused"].values())
    made = f"{rows['articles']:,} articles" + (f", {rows[table]:,} {table}" if table != "articles" else "")
    parts = head["partitions"]
    print(f"{made} in {parts:,} part{'s' if parts != 1 else ''}", file=sys.stdout)
    if refused:
        why = ", ".join(f"{count:,} {kind}" for kind, count in head["refused"].items())
        endings.say(f"{refused:,} left out ({why}). The table refused says which, and why.")
    raise typer.Exit(SOME_LEFT_OUT if refused else FINE)
