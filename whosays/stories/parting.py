"""A story that has become two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.stories import likeness
from whosays.stories.window import Member, Window

MOST: Final = 96  # of a story's newest articles that are compared with each other
SMALLEST: Final = 3  # articles of a part: fewer are loose ends, not a story
# In log odds by text alone. Lower than what joins, so that what was parted is not merged by the next article.
PARTS: Final = -1.5

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parting:
    """``articles`` left ``story`` and are now ``begun``, a new one."""

    story: int
    begun: int
    articles: tuple[str, ...]
    grounds: str


def find(window: Window, members: Sequence[Member]) -> tuple[list[Member], str] | None:
    """The articles that should leave a story, and why; those of the part without the oldest article.

    Average linkage from single articles upwards, as far as clusters are alike; the two largest are the parts, and what
    is left over goes with the one it is more like.
    """
    newest = list(members[-MOST:])
    if len(newest) < 2 * SMALLEST:
        return None
    scores = np.stack([likeness.text(likeness.cosines(window, one, newest)) for one in newest])
    large = sorted((c for c in _clusters(scores) if len(c) >= SMALLEST), key=lambda c: (-len(c), min(c)))
    if len(large) < 2:
        return None
    one, other = sorted(large[:2], key=min)
    between = float(scores[np.ix_(one, other)].mean())
    leaving = [k for k in range(len(newest)) if k not in one and _nearer(scores, k, other, one)]
    share = likeness.Likeness(between, 0, 0, 0, 0).share
    grounds = f"{len(leaving)} of {len(newest)} articles are another event: likeness {share:.2f}"
    return [newest[k] for k in leaving], grounds


def _nearer(scores: Matrix, k: int, other: Sequence[int], one: Sequence[int]) -> bool:
    return k in other or float(scores[k, other].mean()) > float(scores[k, one].mean())


def _clusters(scores: Matrix) -> list[list[int]]:
    """Average linkage: the two likest clusters are joined until none are like enough."""
    sums = scores.copy()
    np.fill_diagonal(sums, -np.inf)
    clusters: list[list[int]] = [[k] for k in range(len(scores))]
    sizes = np.ones(len(scores))
    while len(clusters) > 1:
        means = np.round(sums / np.outer(sizes, sizes), 6)
        a, b = sorted(divmod(int(means.argmax()), len(clusters)))
        if means[a, b] < PARTS:
            break
        clusters[a] += clusters[b]
        sums[a] += sums[b]
        sums[:, a] = sums[a]
        sums[a, a] = -np.inf
        sizes[a] += sizes[b]
        sums, sizes = np.delete(np.delete(sums, b, 0), b, 1), np.delete(sizes, b)
        del clusters[b]
    return [sorted(cluster) for cluster in clusters]
