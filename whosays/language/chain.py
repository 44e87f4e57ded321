"""The best sequence of tags under the transitions of a linear chain (Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

IMPOSSIBLE = -1e4


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
        self._into = [
            [
                (before, float(steps[before, tag]))
                for before, other in enumerate(tags)
                if not self._inside[tag] or other[2:] == name[2:]
            ]
            for tag, name in enumerate(tags)
        ]

    def path(self, scores: NDArray[np.float32]) -> list[int]:
        """The number of each word's tag; scores: [words, tags]. Ties go to the lower tag.

        Plain Python is faster than arrays on so few tags.
        """
        rows = scores.tolist()
        if not rows:
            return []
        best = [IMPOSSIBLE * inside + score for inside, score in zip(self._inside, rows[0], strict=True)]
        back: list[list[int]] = []
        for row in rows[1:]:
            now, came = [], []
            for into, score in zip(self._into, row, strict=True):
                top, top_from = -1e30, 0
                for before, step in into:
                    value = best[before] + step
                    if value > top:
                        top, top_from = value, before
                now.append(top + score)
                came.append(top_from)
            best = now
            back.append(came)
        tag = best.index(max(best))
        found = [tag]
        for came in reversed(back):
            tag = came[tag]
            found.append(tag)
        return found[::-1]

    def runs(self, path: Sequence[int], cuts: Sequence[bool] | None = None) -> Iterator[Run]:
        """The spans that a path marks; ``cuts``: words that cannot go on with the span before them."""
        begins = [k for k, tag in enumerate(path) if not self._inside[tag] or (cuts is not None and cuts[k])]
        for start, end in pairwise([*begins, len(path)]):
            if path[start]:
                yield Run(self.tags[path[start]][2:], start, end)
