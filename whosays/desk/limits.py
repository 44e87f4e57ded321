"""How often somebody may do something: token buckets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

_MOST: Final = 10_000  # askers that are remembered; whoever has waited long enough is forgotten first


class Buckets:
    """A bucket for each asker: ``most`` at once, and ``a_second`` from then on."""

    def __init__(self, most: float, a_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._a_second, self._clock = most, a_second, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._turn = threading.Lock()

    def take(self, asker: str) -> float:
        """Take one: 0, or the seconds to wait for it."""
        with self._turn:
            now = self._clock()
            left, at = self._left.pop(asker, (self._most, now))
            left = min(self._most, left + (now - at) * self._a_second)
            wait = 0.0 if left >= 1 else (1 - left) / self._a_second
            self._left[asker] = (left if wait else left - 1, now)  # behind all who asked before
            while len(self._left) > _MOST:
                del self._left[next(iter(self._left))]
            return wait
