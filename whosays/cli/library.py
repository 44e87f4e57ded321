"""Filling the library and keeping it: add, watch, analyse, status."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from whosays import errors
from whosays.cli import endings
from whosays.cli.app import DEFAULT_LIBRARY, AllowPrivate, Contact, LibraryFile, app
from whosays.errors import WhosaysError

if TYPE_CHECKING:
    from whosays.library.adding import Event
    from whosays.library.fetching import Fetched, Fetcher
    from whosays.library.opml import Feed
    from whosays.library.store import Library
    from whosays.settings import Settings

_SHOWN: Final = {"new": "new", "changed": "changed", "known": "known", "unanalysed": "not analysed"}


@contextmanager
def opened(path: Path, *, create: bool = False) -> Iterator[Library]:
    """The library of a command, closed behind it; what SQLite has to say becomes one clear line."""
    import sqlite3

    from whosays.library import store

    with endings.clear():
        library = store.Library.open(path, create=create)
        try:
            yield library
        except sqlite3.Error as error:
            raise store.explained(error, path) from None
        finally:
            library.close()


@app.command()
def add(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCES",
            help="Files, folders and addresses of articles, feeds, sitemaps and archives; - is standard input.",
        ),
    ] = None,
    library: LibraryFile = DEFAULT_LIBRARY,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what could not be added before.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="A line for each article, once it is safe in the library.")
    ] = False,
    allow_private: AllowPrivate = False,
    contact: Contact = "",
) -> None:
    """Add articles to the library.

    Says what is new, known, changed, and what was left out and why.

    Example: whosays add article.html https://news.example/feed.xml dump.jsonl
    """
    with opened(library, create=True) as store:
        from whosays.language import session

        session.begin()
        gc.set_threshold(100_000, 50, 100)
        given = [*(sources or ()), *(_failed_sources(store) if retry_failed else ())]
        if not given and not retry_failed:
            raise errors.NoArticles()
        tally = _Tally(verbose)
        _add(store, given, tally, retry_failed, _settings(allow_private, contact))
        endings.write(tally.summary(library), None)
        raise typer.Exit(errors.exit_code(tally.problems, tally.read))


def _failed_sources(library: Library) -> list[str]:
    """The sources of all failures; standard input cannot be read again."""
    from whosays.library import failures

    found = [failure.source for failure in failures.all_of(library) if failure.article is None]
    lost = found.count("-")
    if lost:
        endings.say(f"{lost} of the failures came from standard input: pipe it in again to try them again.")
    return [source for source in dict.fromkeys(found) if source != "-"]


def _settings(allow_private: bool, contact: str) -> Settings:
    from whosays.settings import Settings

    return Settings(allow_private=allow_private, contact=contact)


def _add(library: Library, given: list[str], tally: _Tally, retry_failed: bool, settings: Settings) -> None:
    from whosays import __version__
    from whosays.library import adding, analysing, failures
    from whosays.report import progress

    made = analysing.made_by(__version__)
    with progress.counting("Adding") as advance:
        tally.advance = advance
        run = adding.Adding(library, made, tally.count, _fetch_lazily(settings), settings)
        if retry_failed:
            again = [failure.article for failure in failures.all_of(library) if failure.article is not None]
            analysing.again(library, analysing.versions_of(library, again), made, tally.count_again)
        run.add(given)


def _fetch_lazily(settings: Settings) -> Callable[[str], Fetched]:
    """What fetches, with its connections and certificates loaded when the first address comes."""
    fetchers: list[Fetcher] = []
    first = threading.Lock()

    def fetch(url: str) -> Fetched:
        from whosays.library.fetching import Fetched, Fetcher

        with first:  # one fetcher, whose pauses all threads keep
            if not fetchers:
                fetchers.append(Fetcher(settings))
        got = fetchers[0].get(url)
        assert isinstance(got, Fetched)  # nothing was said of what is known already
        return got

    return fetch


class _Tally:
    """What a run of adding came to; problems are said as they come."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose
        self.counts: Counter[str] = Counter()
        self.problems: list[WhosaysError] = []
        self.telling = endings.Telling()
        self.advance: Callable[[str], None] | None = None

    @property
    def read(self) -> int:
        return sum(self.counts[what] for what in _SHOWN) or int(not self.problems)

    def count(self, event: Event) -> None:
        self.counts[event.what] += 1
        if event.problem is not None:
            if event.what != "notice":
                self.problems.append(event.problem)
            self.telling.say(event.problem)
        if self.verbose and event.what in _SHOWN:
            about = " — ".join(filter(None, (event.outlet, event.title)))
            endings.write(f"{_SHOWN[event.what]}\t{endings.printable(event.key)}\t{endings.printable(about)}\n", None)
        if self.advance is not None:
            self.advance(self._counted())

    def count_again(self, key: str, problem: WhosaysError | None) -> None:
        self.counts["unanalysed" if problem else "analysed"] += 1
        if problem is not None:
            self.problems.append(problem)
            endings.say(problem)

    def summary(self, library: Path) -> str:
        """One line, and how to go on where something was left out."""
        self.telling.end()
        again = f"\n`whosays add --retry-failed --library {library}` tries again." if self.problems else ""
        return f"{self._counted()} · {library}{again}\n"

    def _counted(self) -> str:
        names = {"analysed": "analysed at last", **_SHOWN, "refused": "left out"}
        found = [f"{self.counts[what]:,} {words}" for what, words in names.items() if self.counts[what]]
        return ", ".join(found) or "nothing new"


@app.command()
def watch(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEEDS", help="A list of feeds (OPML, or one address a line), or addresses.")
    ],
    library: LibraryFile = DEFAULT_LIBRARY,
    every: Annotated[
        str,
        typer.Option("--every", metavar="TIME", help="The pause between two visits, a minute at least: 10m, 2h, 1d."),
    ] = "10m",
    allow_private: AllowPrivate = False,
    contact: Contact = "",
) -> None:
    """Add what is new in feeds, again and again.

    Feeds and news sitemaps, until Ctrl-C.

    Example: whosays watch outlets.opml --every 10m
    """
    with opened(library, create=True) as store:
        from whosays import __version__
        from whosays.language import session
        from whosays.library import analysing, book, durations, lock, opml, watching
        from whosays.library.fetching import Fetcher
        from whosays.library.pacing import Clock

        seconds = durations.seconds(every, least=watching.SHORTEST)
        session.begin()
        wanted: list[Feed] = []
        for source in feeds:
            found = opml.read(source)
            wanted += found.feeds
            for problem in found.problems:
                endings.say(problem)
        settings = _settings(allow_private, contact)
        with lock.only_watcher(library), watching.until_interrupted() as stop:
            watching.watch(
                book.LibraryBook(store, analysing.made_by(__version__), settings),
                wanted,
                Fetcher(settings, clock=Clock(stop)),
                every=seconds,
                stop=stop,
                say=lambda line: endings.write(f"{endings.printable(line)}\n", None),
            )


@app.command()
def analyse(
    library: LibraryFile = DEFAULT_LIBRARY,
    again: Annotated[
        bool, typer.Option("--again", help="All articles, also those that this version has analysed.")
    ] = False,
) -> None:
    """Analyse the library's articles anew.

    With this version of whosays, from the texts that the library keeps.

    Example: whosays analyse --again
    """
    with opened(library) as store:
        from whosays import __version__
        from whosays.language import session
        from whosays.library import analysing
        from whosays.library.placing import Placing
        from whosays.report import progress

        session.begin()
        made = analysing.made_by(__version__)
        versions = analysing.outstanding(store, made, everything=again)
        problems: list[WhosaysError] = []
        done = Counter[str]()
        with progress.shown(len(versions)) as advance:

            def tell(key: str, problem: WhosaysError | None) -> None:
                done[key] += 1
                if problem is not None:
                    problems.append(problem)
                    endings.say(problem)
                if advance is not None:
                    advance(done.total(), len(versions))

            analysing.again(store, versions, made, tell)
        Placing(store).settle()
        endings.write(f"{done.total() - len(problems):,} analysed · {library}\n", None)
        raise typer.Exit(errors.exit_code(problems, 1))


@app.command()
def status(library: LibraryFile = DEFAULT_LIBRARY) -> None:
    """Show how the library and its feeds stand.

    And what could not be added.

    Example: whosays status
    """
    with opened(library) as store:
        from whosays.cli import shown

        endings.write(shown.status(store, *endings.screen(None)), None)
