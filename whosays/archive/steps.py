"""The steps of an archive from folder to folder, each resumed where it was stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from whosays.archive import analysing, comparing, engine, folder, pulse, reading, tables
from whosays.archive import stories as stories_
from whosays.archive.engine import Engine
from whosays.archive.errors import NoDevice, NoFiles, NoStory
from whosays.archive.folder import Folder
from whosays.errors import MissingExtra
from whosays.language import model, session
from whosays.text.article import Article

Json = dict[str, Any]
_EVERY: Final = 1.0  # seconds between two looks at how far it is


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come. ``done_share``: 0 to 1, by size of what is read; ``left`` and ``took`` are seconds.

    ``done`` and ``all`` count partitions, ``articles`` what this run has made so far, ``left`` is None at first.
    """

    done: int
    all: int
    articles: int
    refused: int
    took: float
    left: float | None

    @property
    def rate(self) -> float:
        """Articles in a second."""
        return self.articles / self.took if self.took else 0.0


Tell = Callable[[Progress], None]


def read(pattern: str, output: Path, on: Engine, *, fast: bool, tell: Tell) -> Json:
    """Read files into articles; what is told of the whole in the end. Raises ``NoFiles``, ``ForeignFolder``."""
    if fast and not find_spec("resiliparse"):
        raise MissingExtra("Fast reading", "'whosays[archive]'")
    made_of = {"files": pattern, "fast": fast}
    if not engine.glob(pattern):
        raise NoFiles(pattern)
    into = folder.begin(output, "read", _made_by(), made_of)
    units = [unit | {"into": str(into.path), "fast": fast} for unit in reading.plan(pattern, into)]
    return _run(on, into, reading.work, units, tell)


def analyse(articles: Path, output: Path, on: Engine, *, device: str, tell: Tell) -> Json:
    """Analyse what ``read`` has read. Raises ``WrongStep``, ``Unfinished``, ``ForeignFolder``, ``NoDevice``."""
    _check(device)
    given = folder.finished(articles, "read")
    into = folder.begin(output, "analyse", _made_by(), {"articles": given.id})
    units = [unit | {"into": str(into.path), "device": device} for unit in analysing.plan(given)]
    return _run(on, into, analysing.work, units, tell)


def stories(
    analysed: Path, output: Path, on: Engine, *, device: str, tell: Tell, sizes: stories_.Sizes | None = None
) -> Json:
    """Find the stories of what ``analyse`` has analysed, and compare their articles. Raises as that does."""
    _check(device)
    given = folder.finished(analysed, "analyse")
    into = folder.begin(output, "stories", _made_by(), {"analysed": given.id, "partitions": given.head["partitions"]})
    if into.head["finished"]:
        return into.head

    def between(path: Path, work: Callable[[Json], Json], units: Sequence[Json]) -> None:
        path.mkdir(exist_ok=True)
        make(on, Folder(path, {}), work, units, tell)

    about = {"device": device, "program": into.head["program"]}
    units = stories_.plan(into, given, between, sizes or stories_.Sizes(), about)
    head = _run(on, into, comparing.work, units, tell)
    stories_.clear(into)
    return head


def report(stories: Path, story: str) -> list[Article]:
    """The articles of a story, by its id or that of any of its articles, as `whosays report` takes them.

    Raises ``WrongStep``, ``Unfinished``, ``NoStory``."""
    given = folder.finished(stories, "stories")
    files = folder.parts(given, "articles")
    rows = list(tables.read(files, where=[("story", "=", story)]))
    if not rows:
        holding = [row["story"] for row in tables.read(files, ["story"], where=[("article", "=", story)])]
        if not holding:
            raise NoStory(str(stories), story)
        rows = list(tables.read(files, where=[("story", "=", holding[0])]))
    return comparing.as_reported(rows)


def _check(device: str) -> None:
    if device == "gpu" and not session.has("gpu"):
        raise NoDevice("GPU", ", ".join(session.DEVICES["cpu"]))


def _run(on: Engine, into: Folder, work: Callable[[Json], Json], units: Sequence[Json], tell: Tell) -> Json:
    """Make the partitions that are not there yet, and sum up when all are."""
    if {unit["name"] for unit in units} - into.done():
        into.plan(len(units))
    make(on, into, work, units, tell)
    return into.finish(len(units))


def make(on: Engine, into: Folder, work: Callable[[Json], Json], units: Sequence[Json], tell: Tell) -> None:
    """Make those of some partitions that are not there yet."""
    done = into.done()
    waiting = [unit for unit in units if unit["name"] not in done]
    size, done_before = sum(unit["size"] for unit in waiting), len(units) - len(waiting)
    watch = _Watch(into, len(units), size, tell, done_before, in_articles=work is analysing.work)
    with watch.watching():
        for made in on.each(work, waiting):
            watch.count(made)


@dataclass(slots=True)
class _Watch:
    """Counts what is done, and tells of it each second while it is being done.

    ``in_articles``: the sizes of the partitions are numbers of articles, so that one half done counts half.
    """

    into: Folder
    all: int
    size: int
    tell: Tell
    done: int
    in_articles: bool = False
    articles: int = 0
    refused: int = 0
    done_size: int = 0
    begun: float = field(default_factory=time.time)
    _ended: threading.Event = field(default_factory=threading.Event)

    def count(self, made: Json) -> None:
        self.done += 1
        self.done_size += made["size"]
        self.articles += made["rows"].get("articles", 0)
        self.refused += sum(made["refused"].values())

    @contextmanager
    def watching(self) -> Iterator[None]:
        def look() -> None:
            while not self._ended.wait(_EVERY):
                self.tell(self._now())

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ended.set()
            thread.join()

    def _now(self) -> Progress:
        took = time.time() - self.begun
        making = pulse.seen(self.into.path / folder.UNFINISHED, self.begun)
        done = self.done_size + (making if self.in_articles else 0)
        left = took * max(0.0, self.size / done - 1) if done else None
        return Progress(self.done, self.all, self.articles + making, self.refused, took, left)


def _made_by() -> Json:
    from whosays import __version__

    return {"program": __version__, "model": model.name_of()}
