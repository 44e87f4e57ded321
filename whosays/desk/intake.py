"""What readers of the desk add: one job after the other, on a thread of its own."""

from __future__ import annotations

import itertools
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from whosays.desk.errors import TooMuchWaiting
from whosays.errors import InternalError, Stopped, WhosaysError
from whosays.library import listing
from whosays.library.adding import Adding, Delivery, Event
from whosays.library.addresses import Address
from whosays.library.store import Library

if TYPE_CHECKING:
    from whosays.desk.desk import Desk
    from whosays.library.fetching import Fetched, Fetcher

_KEPT: Final = 200  # jobs that can be looked at once they are done
_MOST_HELD: Final = 500_000_000  # bytes that wait at a time


# Addresses come from addresses.parse: other words would be taken for a file of this machine.
Given = Delivery | Address


@dataclass(slots=True)
class Job:
    """One delivery and what became of it so far; ``events`` only grows. ``problem`` is what ended it early."""

    id: int
    given: int
    state: Literal["waiting", "working", "done"] = "waiting"
    events: list[Event] = field(default_factory=list)
    problem: WhosaysError | None = None
    _done: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> bool:
        """Whether it is done after at most so many seconds."""
        return self._done.wait(seconds)

    def end(self, problem: WhosaysError | None = None) -> None:
        self.problem = problem
        self.state = "done"
        self._done.set()


class Intake:
    """Adds what is given, a job at a time: a library has one writer."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._numbers = itertools.count(1)
        self._waiting: queue.Queue[tuple[Job, Sequence[Given]] | None] = queue.Queue()
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._held = 0  # bytes in hand that wait to be added
        self._fetcher: Fetcher | None = None
        self._worker = threading.Thread(target=self._work, name="intake", daemon=True)
        self._worker.start()

    def take(self, given: Sequence[Given], problems: Iterable[WhosaysError] = ()) -> Job:
        """Begin to add what was given, behind what is being added; ``problems`` are of what could not be taken.

        Raises :class:`~whosays.desk.errors.TooMuchWaiting`.
        """
        size = sum(len(one.body) for one in given if isinstance(one, Delivery))
        with self._turn:
            if self._held and self._held + size > _MOST_HELD:
                raise TooMuchWaiting()
            self._held += size
            job = Job(next(self._numbers), len(given))
            job.events += [Event("refused", problem=problem) for problem in problems]
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT and next(iter(self._jobs.values())).state == "done":
                self._jobs.popitem(last=False)
        self._waiting.put((job, given))
        return job

    def job(self, number: int) -> Job | None:
        """A job of this run of the desk, unless it was long ago."""
        with self._turn:
            return self._jobs.get(number)

    def jobs(self) -> list[Job]:
        """The latest first."""
        with self._turn:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """End after the article in hand; what was told is safe."""
        self._closing.set()
        self._waiting.put(None)
        self._worker.join(timeout=30)

    def _work(self) -> None:
        while (next_one := self._waiting.get()) is not None and not self._closing.is_set():
            job, given = next_one
            job.state = "working"
            try:
                with self._desk.library() as library:
                    self._add(library, job, given)
            except WhosaysError as problem:
                job.end(problem)
            except Exception as fault:  # of ours; the next job is still done
                job.end(InternalError("", f"could not be added ({type(fault).__name__}: {fault})"))
            else:
                job.end()
            with self._turn:
                self._held -= sum(len(one.body) for one in given if isinstance(one, Delivery))
            del next_one, given  # they may be large, and the next may be long in coming

    def _add(self, library: Library, job: Job, given: Sequence[Given]) -> None:
        def tell(event: Event) -> None:
            job.events.append(event)
            if self._closing.is_set():
                raise Stopped()

        run = Adding(library, self._desk.made, tell, self._fetching(), self._desk.settings)
        run.add(one if isinstance(one, Delivery) else one.url for one in given)
        keys = [event.key for event in job.events if event.what in ("new", "changed")]
        self._desk.reports.want(listing.stories_of(library, keys).values())

    def _fetching(self) -> Callable[[str], Fetched]:
        def fetch(url: str) -> Fetched:
            from whosays.library.fetching import Fetched, Fetcher

            with self._turn:
                if self._fetcher is None:
                    self._fetcher = Fetcher(self._desk.settings)
            got = self._fetcher.get(url)
            assert isinstance(got, Fetched)  # nothing was said of what is known already
            return got

        return fetch
