"""Feeds that are watched, and what the library must be able to do for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from ..errors import WhosaysError
from ..text.entry import Link
from .fetching import Fetched


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed or sitemap stands. Moments are ISO 8601 in UTC, ``None`` where there was none yet.

    ``kind`` is ``feed``, ``sitemap`` or ``index`` (of sitemaps), empty until it was read once. ``etag`` and
    ``last_modified`` are the server's words for the version whose articles are all read. ``every_seconds`` is the
    pause until the next visit, which grows while visits fail. ``error`` is what went wrong at ``last_error``, which
    stays when all is well again. ``fetched`` counts the articles fetched so far, ``added`` those that were new or
    changed.
    """

    url: str
    kind: str = ""
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    every_seconds: float = 0.0
    next_due: str | None = None
    first_try: str | None = None
    last_try: str | None = None
    last_success: str | None = None
    last_error: str | None = None
    error: str | None = None
    fetched: int = 0
    added: int = 0

    @property
    def added_a_day(self) -> float | None:
        """How many articles it brought a day, over what it was watched; ``None`` for less than an hour of that."""
        if self.first_try is None or self.last_try is None:
            return None
        watched = datetime.fromisoformat(self.last_try) - datetime.fromisoformat(self.first_try)
        return self.added / (watched / timedelta(days=1)) if watched >= timedelta(hours=1) else None

    @property
    def is_failing(self) -> bool:
        """Whether the last visit failed."""
        return self.last_error is not None and self.last_error == self.last_try != self.last_success


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an article: ``refused`` has a ``reason``, one line for the user."""

    what: Literal["new", "known", "changed", "refused"]
    reason: str = ""


class Book(Protocol):
    """What a watch needs of the library. All of it is called from one thread, the one that watches.

    Each may raise ``OSError`` or ``sqlite3.Error`` where the library cannot be read or written, as on a full disk;
    the watch then waits and asks again. ``add`` may also raise an :class:`~whosays.errors.InputError` for an article
    that it refuses.
    """

    def all(self) -> Iterable[FeedState]:
        """The feeds that were watched before."""

    def record(self, state: FeedState) -> None:
        """Keep the state of a feed in place of the one with the same ``url``."""

    def knows(self, url: str) -> bool:
        """Whether the article at ``url``, or one to which ``url`` led, is in the library."""

    def add(self, fetched: Fetched, link: Link | None) -> Outcome:
        """Take an article in, with what its feed says of it."""

    def refuse(self, url: str, problem: WhosaysError) -> None:
        """Remember that the article at ``url`` could not be had, and why, until it can."""
