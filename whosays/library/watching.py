"""Watching feeds and news sitemaps until told to stop.

Fetching happens in a few threads, one host in each; everything else, the library above all, in the thread that
called. A feed that hangs holds up its own host and nobody else. Pauses count on a clock that never jumps.
"""

from __future__ import annotations

import queue
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import FrameType
from typing import Final

from ..errors import InternalError, Stopped, WhosaysError
from . import addresses, visits
from .feeds import Book, FeedState, Outcome
from .fetching import Fetcher
from .opml import Feed
from .visits import Answer, Ask, Steps, Visitor

__all__ = ["Book", "FeedState", "Outcome", "until_interrupted", "watch"]

_FIRST_REST: Final = 60.0  # seconds, when the library cannot be written; then twice that, and so on
_LONGEST_REST: Final = 900.0
_UNWRITTEN: Final = (OSError, sqlite3.Error)
SHORTEST: Final = 60.0  # seconds between two visits; no feed changes more often, and no host is to be asked more often


def watch(
    book: Book,
    feeds: Iterable[Feed],
    fetcher: Fetcher,
    *,
    every: float,
    stop: threading.Event,
    say: Callable[[str], None],
) -> None:
    """Visit ``feeds`` every so many seconds and add their articles to ``book``, until ``stop`` is set.

    ``stop`` is also the event of the fetcher's clock (``Fetcher(settings, clock=Clock(stop))``), so that no pause
    holds up the end. The article in hand is finished; what is not fetched by then comes with the next watch.
    ``say`` is given each line for the terminal.
    """
    _Watch(book, fetcher, every, stop, say).run(feeds)


@contextmanager
def until_interrupted() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, or a request to end (SIGTERM); the second Ctrl-C ends at once."""
    stop = threading.Event()

    def ask_to_stop(number: int, _: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, ask_to_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@dataclass(slots=True)
class _Watched:
    """A feed in the watch. ``due`` is on the clock that never jumps."""

    state: FeedState
    host: str
    due: float
    steps: Steps | None = None  # the visit that is going on


@dataclass(slots=True)
class _Watch:
    book: Book
    fetcher: Fetcher
    every: float
    stop: threading.Event
    say: Callable[[str], None]
    feeds: list[_Watched] = field(default_factory=list)
    rest: float = 0.0  # seconds of the last pause because the library could not be written
    resting_until: float = float("-inf")
    fetched_before: int = 0
    added_before: int = 0
    asking: int = 0  # threads that are fetching
    answers: queue.SimpleQueue[tuple[_Watched, Answer] | None] = field(default_factory=queue.SimpleQueue)
    visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        settings, clock = self.fetcher.settings, self.fetcher.clock
        self.visitor = Visitor(self.book, clock, settings, self.every, self.say)

    def run(self, feeds: Iterable[Feed]) -> None:
        self._begin(feeds)
        threading.Thread(target=self._wake_at_the_end, daemon=True).start()  # else Ctrl-C would wait for an answer
        threads = ThreadPoolExecutor(self.fetcher.settings.hosts_at_once, "fetch")
        try:
            while self.feeds and not self.stop.is_set():
                self._start(threads)
                if (answered := self._next_answer()) is not None:
                    self._go_on(*answered, threads)
        except Stopped:
            pass
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        self._finish()
        threads.shutdown()

    def _begin(self, feeds: Iterable[Feed]) -> None:
        known = {state.url: state for state in self.book.all()}
        for feed in {feed.url: feed for feed in feeds}.values():
            state = known.get(feed.url, FeedState(feed.url))
            state = replace(state, title=feed.title or state.title)
            host = addresses.parse(feed.url).host
            self.feeds.append(_Watched(state, host, self.fetcher.clock.now() + self._due_in(state)))
        self.fetched_before = sum(watched.state.fetched for watched in self.feeds)
        self.added_before = sum(watched.state.added for watched in self.feeds)
        count = len(self.feeds)
        often = visits.duration(self.every)
        self.say(f"Watching {count} feed{'s' * (count != 1)}, every {often}. Ctrl-C stops after the article in hand.")

    def _due_in(self, state: FeedState) -> float:
        """Seconds until the first visit: never more than its pause, whatever the clock on the wall has done."""
        if state.next_due is None:
            return 0.0
        try:
            due = datetime.fromisoformat(state.next_due)
        except ValueError:
            return 0.0
        missing = (due.astimezone(UTC) - self.fetcher.clock.today()).total_seconds()
        return min(max(missing, 0.0), state.every_seconds if state.is_failing else self.every)

    def _wake_at_the_end(self) -> None:
        self.stop.wait()
        self.answers.put(None)

    def _start(self, threads: ThreadPoolExecutor) -> None:
        """Visit what is due, as long as a thread is free."""
        while (first := self._first_free()) is not None and first.due <= self.fetcher.clock.now():
            first.steps = self.visitor.visit(first.state)
            self._submit(first, next(first.steps), threads)

    def _first_free(self) -> _Watched | None:
        """The feed to visit next, of those whose host is not being asked on behalf of another; if a thread is free."""
        busy = {watched.host for watched in self.feeds if watched.steps is not None}
        if len(busy) >= self.fetcher.settings.hosts_at_once:
            return None
        free = (watched for watched in self.feeds if watched.host not in busy)
        return min(free, key=lambda watched: (watched.due, watched.state.url), default=None)

    def _submit(self, watched: _Watched, ask: Ask, threads: ThreadPoolExecutor) -> None:
        self.asking += 1
        threads.submit(lambda: self.answers.put((watched, self._answer(ask))))

    def _answer(self, ask: Ask) -> Answer:
        try:
            return self.fetcher.get(ask.url, etag=ask.etag, last_modified=ask.last_modified)
        except WhosaysError as problem:
            return problem
        except Exception as fault:  # a fault of ours with one address must not end the watch of all the others
            return InternalError(ask.url, f"internal failure: {type(fault).__name__}: {fault}")

    def _next_answer(self) -> tuple[_Watched, Answer] | None:
        """What the next thread brings, or nothing: then a feed is due. Raises :class:`Stopped`."""
        first = self._first_free()
        pause = None if first is None else max(first.due - self.fetcher.clock.now(), 0.0)
        if not self.asking:
            self.fetcher.clock.wait(pause or 0.0)
            return None
        try:
            answered = self.answers.get(timeout=pause)
        except queue.Empty:
            return None
        if answered is None:
            raise Stopped
        self.asking -= 1
        return answered

    def _go_on(self, watched: _Watched, answer: Answer, threads: ThreadPoolExecutor | None) -> None:
        """Hand a visit its answer; it asks for more, which is given it while there are ``threads``, or it is over."""
        if watched.steps is None:
            return
        try:
            ask = watched.steps.send(answer)
            while threads is None:
                ask = watched.steps.send(Stopped())
            self._submit(watched, ask, threads)
        except StopIteration as done:
            self._record(watched, done.value)
        except _UNWRITTEN as trouble:
            self._leave(watched, trouble)
        except Exception as fault:  # as in _answer
            watched.steps = None
            watched.due = self.fetcher.clock.now() + self.every
            self.visitor.tell(watched.state, f"internal failure: {type(fault).__name__}: {fault}")

    def _record(self, watched: _Watched, state: FeedState) -> None:
        watched.steps, watched.state = None, state
        watched.due = self.fetcher.clock.now() + state.every_seconds
        try:
            self.book.record(state)
        except _UNWRITTEN as trouble:
            self._leave(watched, trouble)
        else:
            self.rest = 0.0

    def _leave(self, watched: _Watched, trouble: Exception) -> None:
        """The library cannot be written: a visit is left as it stands, and nobody is visited for a while."""
        watched.steps = None
        now = self.fetcher.clock.now()
        if now >= self.resting_until:
            self.rest = min(2 * self.rest or _FIRST_REST, _LONGEST_REST)
            self.resting_until = now + self.rest
            why = trouble.strerror if isinstance(trouble, OSError) and trouble.strerror else str(trouble)
            again = visits.duration(self.rest)
            self.say(f"The library cannot be written: {why.lower()}. Nothing is lost; the next try is in {again}.")
        for each in self.feeds:
            each.due = max(each.due, self.resting_until)

    def _finish(self) -> None:
        """Take in what is still being fetched, leave the rest, and say where the watch stands."""
        if self.asking:
            self.say("Stopping after the article in hand.")
        while self.asking:
            answered = self.answers.get()
            if answered is not None:
                self.asking -= 1
                self._go_on(*answered, None)
        fetched = sum(watched.state.fetched for watched in self.feeds) - self.fetched_before
        added = sum(watched.state.added for watched in self.feeds) - self.added_before
        failing = [visits.name(watched.state) for watched in self.feeds if watched.state.is_failing]
        trouble = f" Failing: {', '.join(failing)}." if failing else ""
        self.say(f"Stopped. {fetched} article{'s' * (fetched != 1)} fetched, {added} new or changed.{trouble}")
