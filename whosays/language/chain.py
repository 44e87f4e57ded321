"""The best sequence of tags under the transitions of a linear chain (Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

IMPOSSIBLE = -1e4
# Set so that the tags of 140,000 words are those of the full search, but for four.
HOPELESS = 7.0


class Run(NamedTuple):
    """Words [start, end) of one span, and the name of its tags without "B-" and "I-"."""

    name: str
    start: int
    end: int


class Chain:
    """Tags "O", "B-…" and "I-…", and what each step from one to the next is worth, as learned; steps: [tags, tags]."""

    def __init__(self, tags: Sequence[str], steps: NDArray[np.float32]) -> None:
        self.tags = tags
        self._inside = [tag.startswith("I-") for tag in tags]
        # the inside of a span stands behind the same span alone
        barred = [
            [inside and tag[2:] != before[2:] for before in tags]
            for tag, inside in zip(tags, self._inside, strict=True)
        ]
        self._into: list[list[float]] = np.where(barred, IMPOSSIBLE, steps.T).tolist()

    def path(self, scores: NDArray[np.float32]) -> list[int]:
        """The number of each word's tag; scores: [words, tags]. Ties go to the lower tag.

        A word's tags that score less than its best by more than HOPELESS are left out, but for "O". On the few that
        are left plain Python is faster than arrays.
        """
        if not len(scores):
            return []
        hopeful = scores > scores.max(1, keepdims=True) - HOPELESS
        hopeful[:, 0] = True
        words, tags = np.nonzero(hopeful)
        ends = np.cumsum(hopeful.sum(1)).tolist()
        numbers, values = tags.tolist(), scores[words, tags].tolist()
        before = numbers[: ends[0]]
        best = [value + IMPOSSIBLE * self._inside[tag] for tag, value in zip(before, values, strict=False)]
        came: list[list[int]] = [[0] * ends[0]]
        for start, end in pairwise(ends):
            now, back = [], []
            for at in range(start, end):
                into = self._into[numbers[at]]
                top, top_from = best[0] + into[before[0]], 0
                for k in range(1, len(before)):
                    value = best[k] + into[before[k]]
                    if value > top:
                        top, top_from = value, k
                now.append(top + values[at])
                back.append(top_from)
            best, before = now, numbers[start:end]
            came.append(back)
        at = best.index(max(best))
        found = []
        for start, back in zip([0, *ends][-2::-1], reversed(came), strict=True):
            found.append(numbers[start + at])
            at = back[at]
        return found[::-1]

    def runs(self, path: Sequence[int], cuts: Sequence[bool] | None = None) -> Iterator[Run]:
        """The spans that a path marks; ``cuts``: words that cannot go on with the span before them."""
        begins = [k for k, tag in enumerate(path) if not self._inside[tag] or (cuts is not None and cuts[k])]
        for start, end in pairwise([*begins, len(path)]):
            if path[start]:
                yield Run(self.tags[path[start]][2:], start, end)
