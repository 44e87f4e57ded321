"""Word that the library has changed, to every page that listens, whoever changed it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

import anyio.to_thread

from whosays.errors import WhosaysError
from whosays.library.store import Library

_LOOK: Final = 0.5  # seconds between two looks, while somebody listens
MOST: Final = 500  # pages that listen
# Of one address: an office behind one, each of whom has a few pages in sight, leaves four of five lines to others.
MOST_EACH: Final = 100
QUIET: Final = 20.0  # seconds after which a sign of life is sent, so that no proxy takes the line for dead


class Live:
    """Asks SQLite for its number of the last change, which also counts what other processes write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._library: Library | None = None
        self._seen = -1
        self._changed = asyncio.Event()
        self.lines: Counter[str] = Counter()  # that are open, by who listens
        self.turn = 0  # counts the changes that were seen
        self.closed = False

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Look for as long as the block lasts."""
        task = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self.close()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if self._library is not None:
                self._library.close()

    def refused(self, asker: str) -> str:
        """Why one more line is not opened for somebody; "" where it is. Who is "" cannot be told from others."""
        if self.lines.total() >= MOST:
            return "Too many pages are open."
        return f"You have {MOST_EACH} pages open. Close some." if asker and self.lines[asker] >= MOST_EACH else ""

    @contextmanager
    def line(self, asker: str) -> Iterator[None]:
        """A line of somebody's, for as long as the block lasts."""
        self.lines[asker] += 1
        try:
            yield
        finally:
            self.lines[asker] -= 1
            self.lines += Counter()  # forgets whoever has none

    def close(self) -> None:
        """Let all who listen go."""
        self.closed = True
        self._changed.set()

    async def change(self, turn: int) -> None:
        """Wait until there is a change after that ``turn``, or it was quiet for long."""
        if self.turn == turn and not self.closed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), QUIET)

    async def _look(self) -> None:
        while not self.closed:
            if self.lines:
                seen = await anyio.to_thread.run_sync(self._version)
                if seen != self._seen:
                    self._seen = seen
                    self.turn += 1
                    self._changed.set()
                    self._changed = asyncio.Event()
            await asyncio.sleep(_LOOK)

    def _version(self) -> int:
        try:
            if self._library is None:
                self._library = Library.open(self._path, one_thread=False)
            [version] = self._library.one("PRAGMA data_version") or (self._seen,)
        except (sqlite3.Error, WhosaysError):
            return self._seen  # the next look may find it readable again
        return int(version)
