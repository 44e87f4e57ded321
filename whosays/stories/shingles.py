"""Runs of five words as numbers: what two texts share word for word, whatever the order of their passages.

Containment, the share of the shorter text's shingles that the longer one has, finds a brief within a long report, which
Jaccard's index (the share of all) does not. Of a long text a fixed part of the numbers is kept, chosen by the numbers
themselves, so that two texts keep the same ones (FracMinHash; Irber et al. 2022).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.stories import terms

# Of three, four, five, six and eight words, on pairs of reports with shared text and on copies that a script had cut,
# reordered and reworded: shorter runs take reports on one event for copies, longer ones break at every changed word.
LENGTH: Final = 5
MOST_KEPT: Final = 1024
MOST_SCALE: Final = 31
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """``kept`` are the numbers below 2^(32 - scale), rising; ``count`` how many different ones the text has."""

    kept: NDArray[np.uint32]
    count: int
    scale: int

    def sample(self, scale: int) -> NDArray[np.uint32]:
        """Those that a text of that scale would keep, ``scale`` no less than one's own."""
        return self.kept[: np.searchsorted(self.kept, 1 << (32 - scale))] if scale else self.kept


def of(words: Sequence[str]) -> Shingles:
    """The shingles of a text's words; a text of fewer than five has none."""
    number_of = {word: terms.number(word) for word in set(words)}
    numbers = np.array([number_of[word] for word in words], np.uint64)
    if len(numbers) < LENGTH:
        return Shingles(np.zeros(0, np.uint32), 0, 0)
    mixed = np.zeros(len(numbers) - LENGTH + 1, np.uint64)
    for place in range(LENGTH):
        mixed = (mixed ^ numbers[place : place + len(mixed)]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    found = np.unique((mixed >> np.uint64(32)).astype(np.uint32))
    scale = 0
    kept = found
    while len(kept) > MOST_KEPT and scale < MOST_SCALE:
        scale += 1
        kept = kept[: np.searchsorted(kept, 1 << (32 - scale))]
    return Shingles(kept.copy(), len(found), scale)


def contained(one: Shingles, other: Shingles) -> tuple[float, int]:
    """The share, 0 to 1, of the shorter text that the longer one has too, and how many shingles that are."""
    scale = max(one.scale, other.scale)
    mine, theirs = one.sample(scale), other.sample(scale)
    least = min(len(mine), len(theirs))
    if not least:
        return 0.0, 0
    spots = np.minimum(np.searchsorted(theirs, mine), len(theirs) - 1)  # both are sorted
    common = int((theirs[spots] == mine).sum())
    return common / least, common << scale
