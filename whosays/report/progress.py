"""How far long work has come, shown on standard error and only to somebody who is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

FEWEST: Final = 6  # articles; fewer are done before a bar says anything


@contextmanager
def shown(articles: int) -> Iterator[Callable[[int, int], None] | None]:
    """A bar for so many articles: what to call with the number done and of all; ``None`` where nobody is watching."""
    if articles < FEWEST or not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("Reading what was said"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("articles", total=articles)

        def advance(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield advance


@contextmanager
def counting(what: str) -> Iterator[Callable[[str], None] | None]:
    """A line that says how far work of unknown length has come: what to call with the words after ``what``."""
    if not sys.stderr.isatty():
        yield None
        return
    with Progress(TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as line:
        task = line.add_task(what)
        yield lambda words: line.update(task, description=f"{what}: {words}")
