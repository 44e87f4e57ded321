"""Addresses that are fetched a few at a time, before it is their turn: while one host is slow, others answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from whosays.library.fetching import Fetched

_FURTHEST: Final = 16  # answers in memory that nobody has asked for yet, of 20 MB at most


@dataclass(slots=True)
class Ahead:
    """Fetches for one thread with several. ``fetch`` may be called from any of them."""

    fetch: Callable[[str], Fetched]
    _threads: ThreadPoolExecutor
    _coming: dict[str, Future[Fetched]] = field(default_factory=dict)

    def expect(self, urls: Sequence[str]) -> None:
        """Begin to fetch the first of these, which will be asked for soon, and in this order."""
        for url in urls[:_FURTHEST]:
            if url not in self._coming:
                self._coming[url] = self._threads.submit(self.fetch, url)

    def get(self, url: str) -> Fetched:
        """What stands at the address; raises what ``fetch`` raised."""
        coming = self._coming.pop(url, None)
        return coming.result() if coming is not None else self.fetch(url)


@contextmanager
def fetching(fetch: Callable[[str], Fetched], at_once: int) -> Iterator[Ahead]:
    """So many threads, until the block ends; what was not asked for by then is left."""
    threads = ThreadPoolExecutor(at_once, "fetch")
    try:
        yield Ahead(fetch, threads)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
