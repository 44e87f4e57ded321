"""Whatever the user has -> articles in the library, analysed. One bad article never stops the others."""

from __future__ import annotations

import dataclasses
import re
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from whosays.errors import InputError, InternalError, OnlyLinks, UnreadableFile, WhosaysError
from whosays.library import ahead, analysing, articles, failures, placing
from whosays.library.analyses import Made, Rows
from whosays.library.placing import Placing
from whosays.library.store import Library
from whosays.settings import Settings
from whosays.text import reading
from whosays.text.article import Article
from whosays.text.entry import Entry, Link

if TYPE_CHECKING:
    from whosays.library.fetching import Fetched

_BATCH: Final = 32  # articles in one change to the library: at two an hour or forty a second, each soon safe
_LONGEST: Final = 1.0  # seconds that an article waits to be safe while others are being read
_MOST_STEPS: Final = 2  # from a list to the lists that it holds, as an index of sitemaps does
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Event:
    """What became of one input, told when it is safe: an article that is new, changed or known, or a problem.

    ``refused`` inputs were left out; a ``notice`` left nothing out; an ``unanalysed`` article is in the library, and
    its statements are not.
    """

    what: Literal["new", "changed", "known", "refused", "notice", "unanalysed"]
    key: str = ""
    outlet: str | None = None
    title: str | None = None
    problem: WhosaysError | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Bytes in hand, such as a file that was dropped into a page. ``name`` is what messages call it."""

    name: str
    body: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article on its way in. ``source`` is what the user gave; ``also_at`` are addresses that led to it."""

    entry: Entry
    source: str
    also_at: tuple[str, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        return (*self.also_at, self.entry.article.url) if self.entry.article.url else self.also_at


@dataclass(slots=True)
class Adding:
    """One run of adding. ``tell`` is called with each event.

    ``fetch`` gets what stands at an address; several threads call it at once.
    """

    library: Library
    made: Made
    tell: Callable[[Event], None]
    fetch: Callable[[str], Fetched]
    settings: Settings = field(default_factory=Settings)
    placing: Placing = field(init=False)
    _failed: list[tuple[str, WhosaysError, str]] = field(default_factory=list)
    _read_through: list[tuple[str, Collection[str], int]] = field(default_factory=list)
    _taken: int = 0  # articles that were read so far, and
    _kept: int = 0  # those of them that are safe
    _led: list[tuple[str, int]] = field(default_factory=list)  # addresses of articles that are known
    _batch: list[tuple[Incoming, Rows | WhosaysError]] = field(default_factory=list)
    _ahead: ahead.Ahead | None = None
    _safe_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.placing = Placing(self.library)

    def add(self, sources: Iterable[str | Delivery]) -> None:
        """Add all that the sources hold: files, folders, ``-``, addresses of pages, feeds and sitemaps, bytes in hand.

        Raises ``sqlite3.Error`` where the library cannot be written; what was told before is safe.
        """
        with ahead.fetching(self.fetch, self.settings.hosts_at_once) as self._ahead:
            self.take(self._incoming(list(sources)))
        self._ahead = None

    def has_read(self, source: str, problems: Collection[str] = ()) -> None:
        """A source was read through: of what failed in it before, only ``problems`` (places) still fail."""
        self._read_through.append((source, problems, self._taken))

    def take(self, incoming_ones: Iterable[Incoming]) -> None:
        """Add articles that have been read."""
        for incoming, found in analysing.stream(self._counted(incoming_ones), lambda one: one.entry.article):
            self._batch.append((incoming, found))
            if len(self._batch) >= _BATCH or time.monotonic() - self._safe_at > _LONGEST:
                self._write()
        self._write()
        self.placing.settle()

    def _counted(self, incoming_ones: Iterable[Incoming]) -> Iterator[Incoming]:
        for incoming in incoming_ones:
            self._taken += 1
            yield incoming

    def _incoming(self, sources: Sequence[str | Delivery]) -> Iterator[Incoming]:
        web = [given for given in sources if isinstance(given, str) and _WEB.match(given)]
        place = 0
        for given in sources:
            if self._ahead is not None and isinstance(given, str) and _WEB.match(given):
                self._ahead.expect(web[place:])
                place += 1
            source = source_of(given)
            problems: set[str] = set()
            try:
                for incoming in self._from(given, source, problems):
                    kept = articles.look_up(self.library, incoming.entry)
                    if kept is None:
                        yield incoming
                    else:
                        self._led += [(url, kept.article) for url in incoming.urls]
                        self.tell(_event(kept.what, kept.key, incoming))
            except sqlite3.Error:
                raise
            except Exception as fault:  # of ours, in reading; the other sources still are
                self._refuse(source, InternalError(source, f"could not be read ({fault!r})"), problems)
            self.has_read(source, problems)

    def _from(self, given: str | Delivery, source: str, problems: set[str]) -> Iterator[Incoming]:
        if isinstance(given, Delivery):
            read = reading.of_bytes(given.body, where=given.name, media_type=given.media_type, settings=self.settings)
            yield from self._entries(read, source, problems)
        elif _WEB.match(given):
            yield from self._from_address(given, None, source, problems)
        else:
            yield from self._entries(reading.entries(given, self.settings), source, problems)

    def _from_address(
        self, url: str, link: Link | None, source: str, problems: set[str], steps: int = 0
    ) -> Iterator[Incoming]:
        try:
            got = self._ahead.get(url) if self._ahead is not None else self.fetch(url)
        except InputError as problem:
            self._refuse(source, problem, problems)
            return
        also_at = tuple(dict.fromkeys((url, got.final_url)))
        read = reading.of_bytes(
            got.body, where=url, media_type=got.media_type or None, url=got.final_url, settings=self.settings
        )
        for incoming in self._entries(read, source, problems, steps):
            completed = dataclasses.replace(incoming.entry, article=completed_by(link, incoming.entry.article))
            single = link is not None or incoming.entry.article.url in also_at
            yield Incoming(completed, source, also_at if single else ())

    def _entries(
        self, read: Iterable[Entry | Link | WhosaysError], source: str, problems: set[str], steps: int = 0
    ) -> Iterator[Incoming]:
        """The articles of a source, and those that it only points to, each fetched from its own address."""
        for found in read:
            if isinstance(found, Entry):
                yield Incoming(found, source)
            elif isinstance(found, InputError):
                self._refuse(source, found, problems)
            elif isinstance(found, WhosaysError):
                self.tell(Event("notice", problem=found))
            elif steps >= _MOST_STEPS:
                self._refuse(source, OnlyLinks(found.where, 1), problems)
            elif (known := articles.at(self.library, found.url)) is not None:
                [key] = self.library.one("SELECT key FROM articles WHERE id = ?", (known,)) or [""]
                self.tell(Event("known", key, found.outlet, found.title))
            else:
                yield from self._from_address(found.url, found, source, problems, steps + 1)

    def _refuse(self, source: str, problem: WhosaysError, problems: set[str]) -> None:
        problems.add(problem.place)
        if source:
            self._failed.append((source, problem, problem.place))
        self.tell(Event("refused", problem=problem))

    def _write(self) -> None:
        """Make everything in hand safe, in one change, and only then tell of it."""
        events = []
        with self.library.writing() as connection:
            for source, problem, place in self._failed:
                failures.record(connection, source, problem, place, None)
            # a source whose last articles are still being analysed has not come through yet
            kept = self._kept + len(self._batch)
            through = [one for one in self._read_through if one[2] <= kept]
            for source, still, _ in through:
                failures.settle(connection, source, still)
            for url, article in self._led:
                articles.lead(connection, url, article)
            for incoming, found in self._batch:
                events.append(self._keep(incoming, found))
        self._failed.clear()
        self._read_through = self._read_through[len(through) :]
        self._kept = kept
        self._led.clear()
        self._batch.clear()
        self._safe_at = time.monotonic()
        for event in events:
            self.tell(event)

    def _keep(self, incoming: Incoming, found: Rows | WhosaysError) -> Event:
        connection = self.library.connection
        try:
            # an article that the file cannot take, such as half a letter in its title, leaves the others in
            connection.execute("SAVEPOINT article")
            kept = articles.keep(connection, incoming.entry, incoming.also_at)
        except (UnicodeError, OverflowError) as fault:
            connection.execute("ROLLBACK TO article")
            connection.execute("RELEASE article")
            refused = UnreadableFile(incoming.entry.where, f"it holds what cannot be kept: {fault}")
            if incoming.source:
                failures.record(connection, incoming.source, refused, refused.place, None)
            return Event("refused", problem=refused)
        connection.execute("RELEASE article")
        if kept.what == "known":
            return _event("known", kept.key, incoming)
        if kept.what == "changed":
            placing.changed(connection, kept.article)
        analysing.settle(connection, kept.article, kept.version, found, self.made)
        if isinstance(found, WhosaysError):
            failures.record(connection, incoming.source, found, kept.key, kept.article)
            return dataclasses.replace(_event("unanalysed", kept.key, incoming), problem=found)
        return _event(kept.what, kept.key, incoming)


def source_of(given: str | Delivery) -> str:
    """A source by a name that it has everywhere: its full path, its address, ``-``.

    Bytes in hand have none: whoever tries again what failed must not take what they are called for a file of this
    machine.
    """
    if isinstance(given, Delivery):
        return ""
    return given if given == "-" or _WEB.match(given) else str(Path(given).absolute())


def completed_by(link: Link | None, article: Article) -> Article:
    """An article with what the list that led to it says, where its page does not say it."""
    if link is None:
        return article
    return dataclasses.replace(
        article,
        outlet=article.outlet or link.outlet,
        title=article.title or link.title,
        published=article.published or link.published,
    )


def _event(what: Literal["new", "changed", "known", "unanalysed"], key: str, incoming: Incoming) -> Event:
    article = incoming.entry.article
    return Event(what, key, article.outlet, article.title)
