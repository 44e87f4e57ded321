"""Which articles hold which shingles: sorted arrays that are merged as they grow.

A dictionary of the same postings would take ten times the memory. Arrays of like size are merged, so that there are
never more of them than the logarithm of the number of articles, and what has left the window is dropped on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
Numbers = NDArray[np.int64]
_SMALLEST: Final = 4096  # postings that wait unmerged
NEWEST: Final = 64  # of a run of words that many articles share: boilerplate shows no copy, and must cost no more


class Postings:
    """``live`` tells of an article's number whether it is still in the window."""

    def __init__(self, live: Callable[[int], bool]) -> None:
        self._live = live
        self._runs: list[tuple[Keys, Numbers]] = []
        self._fresh: dict[int, list[int]] = {}
        self._waiting = 0

    def add(self, keys: Keys, number: int) -> None:
        for key in keys.tolist():
            self._fresh.setdefault(key, []).append(number)
        self._waiting += len(keys)
        if self._waiting >= _SMALLEST:
            self._settle()

    def counts(self, keys: Keys) -> dict[int, int]:
        """How many of the keys each live article holds; of a key that many have, the newest alone are told."""
        found: dict[int, int] = {}
        for key in keys.tolist():
            for number in self._fresh.get(key, [])[-NEWEST:]:
                found[number] = found.get(number, 0) + 1
        for run, numbers in self._runs:
            first, end = np.searchsorted(run, keys, "left"), np.searchsorted(run, keys, "right")
            for k in np.flatnonzero(end > first).tolist():
                for number in numbers[max(first[k], end[k] - NEWEST) : end[k]].tolist():
                    found[number] = found.get(number, 0) + 1
        return {number: count for number, count in found.items() if self._live(number)}

    def _settle(self) -> None:
        pairs = [(key, number) for key, numbers in self._fresh.items() for number in numbers]
        merged = self._sorted(np.array([k for k, _ in pairs], np.uint32), np.array([n for _, n in pairs], np.int64))
        self._fresh, self._waiting = {}, 0
        while self._runs and len(self._runs[-1][0]) <= 2 * len(merged[0]):
            keys, numbers = self._runs.pop()
            merged = self._sorted(np.concatenate([keys, merged[0]]), np.concatenate([numbers, merged[1]]))
        self._runs.append(merged)

    def _sorted(self, keys: Keys, numbers: Numbers) -> tuple[Keys, Numbers]:
        known, which = np.unique(numbers, return_inverse=True)
        kept = np.array([self._live(number) for number in known.tolist()], bool)[which]
        keys, numbers = keys[kept], numbers[kept]
        order = np.lexsort((numbers, keys))
        return keys[order], numbers[order]
