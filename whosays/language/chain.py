"""The best sequence of tags under the transitions of a linear chain (Viterbi, 1967)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

IMPOSSIBLE = -1e4
# A word whose score for "none" stands this far above its others has no tag: of the 60 % of words of PolNeAR's
# development part that are so clear for attributions, the full search gives none a role.
CLEARLY_NONE = 10.0


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
        self._out = steps[:, 0].tolist()
        self._off = [
            IMPOSSIBLE if inside else step for inside, step in zip(self._inside, steps[0].tolist(), strict=True)
        ]

    def path(self, scores: NDArray[np.float32]) -> list[int]:
        """The number of each word's tag; scores: [words, tags]. Ties go to the lower tag."""
        found = [0] * len(scores)
        unclear = scores[:, 0] - scores[:, 1:].max(1, initial=IMPOSSIBLE) <= CLEARLY_NONE
        edges = np.flatnonzero(np.diff(unclear, prepend=False, append=False))
        for start, end in edges.reshape(-1, 2).tolist():
            found[start:end] = self._between(scores[start:end].tolist(), start == 0, end == len(scores))
        return found

    def _between(self, rows: list[list[float]], at_start: bool, at_end: bool) -> list[int]:
        """The path through unclear words, "none" on either side. Plain Python is faster than arrays on so few tags."""
        off = [IMPOSSIBLE * inside for inside in self._inside] if at_start else self._off
        best = [step + score for step, score in zip(off, rows[0], strict=True)]
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
        if not at_end:
            best = [value + step for value, step in zip(best, self._out, strict=True)]
        tag = best.index(max(best))
        path = [tag]
        for came in reversed(back):
            tag = came[tag]
            path.append(tag)
        return path[::-1]

    def runs(self, path: Sequence[int], cuts: Sequence[bool] | None = None) -> Iterator[Run]:
        """The spans that a path marks; ``cuts``: words that cannot go on with the span before them."""
        begins = [k for k, tag in enumerate(path) if not self._inside[tag] or (cuts is not None and cuts[k])]
        for start, end in pairwise([*begins, len(path)]):
            if path[start]:
                yield Run(self.tags[path[start]][2:], start, end)
