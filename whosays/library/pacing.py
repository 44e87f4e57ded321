"""When the next request may be made: pauses that can be stopped, and one request a host at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ..errors import AskedToWait, Stopped


class Clock:
    """Time for pauses, which never jumps, and time of day, which may.

    Pauses count on the first, so that a corrected clock or a changed hour neither makes a hail of requests nor a
    silence of days.
    """

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def now(self) -> float:
        """Seconds since some moment in the past."""
        return time.monotonic()

    def today(self) -> datetime:
        """The date and time of day, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Let ``seconds`` pass, or none; raises :class:`Stopped` as soon as the work is to stop."""
        if self._stop.wait(max(seconds, 0.0)):
            raise Stopped


@dataclass(slots=True)
class _Lane:
    """A host: whose turn it is, and when the next one may ask."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = float("-inf")


class Pacer:
    """Turns at hosts: one request at a time to each, with a pause between two.

    ``pause`` is in seconds, as is ``longest``, the most that a host can make anyone wait; where more is asked for,
    the host is not asked at all.
    """

    def __init__(self, clock: Clock, *, pause: float, longest: float) -> None:
        self._clock, self._pause, self._longest = clock, pause, longest
        self._lanes: dict[str, _Lane] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, asked: str, wish: float = 0.0) -> Iterator[None]:
        """Wait until ``host`` may be asked; after it, the host rests for the usual pause, or for its own ``wish``.

        Raises :class:`AskedToWait` for the address ``asked`` where the host is to be left alone for longer than
        anybody waits, and :class:`Stopped`.
        """
        lane = self._lane(host)
        with lane.turn:
            missing = lane.free_at - self._clock.now()
            if missing > self._longest:
                raise AskedToWait(asked, missing)
            self._clock.wait(missing)
            try:
                yield
            finally:
                rest = max(self._pause, min(wish, self._longest))
                lane.free_at = max(lane.free_at, self._clock.now() + rest)

    def hold(self, host: str, seconds: float) -> None:
        """Leave ``host`` alone for so many seconds, as it asked."""
        lane = self._lane(host)
        lane.free_at = max(lane.free_at, self._clock.now() + seconds)

    def _lane(self, host: str) -> _Lane:
        with self._lock:
            return self._lanes.setdefault(host, _Lane())
