"""The library as those who watch feeds need it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Final

from whosays.errors import InputError, NoArticles, OnlyLinks, WhosaysError
from whosays.library import articles, failures
from whosays.library.adding import Adding, Event, Incoming, completed_by
from whosays.library.analyses import Made
from whosays.library.feeds import FeedState, Outcome
from whosays.library.store import Library
from whosays.settings import Settings
from whosays.text import reading
from whosays.text.entry import Entry, Link

if TYPE_CHECKING:
    from whosays.library.fetching import Fetched

_COLUMNS: Final = tuple(column.name for column in fields(FeedState))


@dataclass(slots=True)
class LibraryBook:
    """See :class:`whosays.library.feeds.Book`."""

    library: Library
    made: Made
    settings: Settings = field(default_factory=Settings)
    _events: list[Event] = field(default_factory=list)
    _adding: Adding = field(init=False)

    def __post_init__(self) -> None:
        self._adding = Adding(self.library, self.made, self._events.append, _no_fetch, self.settings)

    def all(self) -> Iterable[FeedState]:
        """The feeds that were watched before, by their address."""
        return self.states(self.library)

    @staticmethod
    def states(library: Library) -> list[FeedState]:
        """The same of a library that nobody adds to."""
        found = library.rows(f"SELECT {', '.join(_COLUMNS)} FROM feeds ORDER BY url")
        return [FeedState(*row) for row in found]

    def record(self, state: FeedState) -> None:
        """Keep the state of a feed in place of the one with the same address."""
        with self.library.writing() as connection:
            connection.execute(
                f"INSERT OR REPLACE INTO feeds ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})",
                astuple(state),
            )

    def knows(self, url: str) -> bool:
        """Whether an article was found at ``url``."""
        return articles.at(self.library, url) is not None

    def add(self, fetched: Fetched, link: Link | None) -> Outcome:
        """Take in the article that was fetched; raises what its page is refused for."""
        self._events.clear()
        self._adding.take(self._incoming(fetched, link))
        [event] = self._events[-1:] or [Event("known")]
        if event.what == "new" or event.what == "changed" or event.what == "known":
            return Outcome(event.what)
        return Outcome("refused", str(event.problem))

    def refuse(self, url: str, problem: WhosaysError) -> None:
        """Remember a failure, for ``whosays status`` and ``whosays add --retry-failed``."""
        with self.library.writing() as connection:
            failures.record(connection, url, problem, problem.place, None)

    def _incoming(self, fetched: Fetched, link: Link | None) -> Iterator[Incoming]:
        also_at = tuple(dict.fromkeys((fetched.url, fetched.final_url, *([link.url] if link else []))))
        source = link.url if link else fetched.url
        problem: InputError = NoArticles(source)
        read = reading.of_bytes(
            fetched.body, where=source, media_type=fetched.media_type or None, url=fetched.final_url,
            settings=self.settings,
        )  # fmt: skip
        for found in read:
            if isinstance(found, Entry):
                article = completed_by(link, found.article)
                yield Incoming(Entry(article, found.raw, found.media_type, found.where), source, also_at)
                self._adding.has_read(source)  # what it was refused for before is over
                return
            if isinstance(found, InputError):
                problem = found
            elif isinstance(found, Link):
                problem = OnlyLinks(source, 1)
        raise problem


def _no_fetch(url: str) -> Fetched:
    """A watch fetches for itself."""
    raise OnlyLinks(url, 1)
