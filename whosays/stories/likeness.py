"""How like an article is to others, and on what grounds, in words.

Three cosines (words, words of names, meaning of head and lead) and the days between, weighed by a logistic regression.
The weights are those of ``python -m benchmarks.stories --fit``: pairs of articles of one half of the stories (by a hash
of the story), all of them put into the same thirty days. Places and copied text are told to the reader and not weighed:
beside the words they added nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.stories.window import Member, Window

WORDS: Final = 10.45
NAMES: Final = 5.49
LEAD: Final = 8.77
DAYS: Final = -1.05  # of log(1 + days)
BIAS: Final = -9.2
_SHOWN_NAMES: Final = 4

Cosines = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``score`` is in log odds; ``words``, ``names`` and ``lead`` are mean cosines, ``days`` those to the nearest."""

    score: float
    words: float
    names: float
    lead: float
    days: float
    copied: tuple[str, float] | None = None

    @property
    def share(self) -> float:
        """The probability, 0 to 1, that it is one story."""
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.score))))


def cosines(window: Window, member: Member, others: Sequence[Member]) -> Cosines:
    """Words, names and lead of one article against each of the others, [others, 3]."""
    own = _weighed(window, member.slots, member.weights, member.named)
    full = np.zeros((len(window.terms.counts), 2))
    full[member.slots] = own / _length(np.square(own).sum(0))
    slots = np.concatenate([other.slots for other in others])
    weights = np.concatenate([other.weights for other in others])
    named = np.concatenate([other.named for other in others])
    theirs = _weighed(window, slots, weights, named)
    which = np.repeat(np.arange(len(others)), [len(other.slots) for other in others])
    found = np.empty((len(others), 3))
    for column in range(2):
        # bincount adds one after the other: the same sum wherever in the table the words stand
        product = _sums(which, full[slots, column] * theirs[:, column], len(others))
        found[:, column] = product / _length(_sums(which, np.square(theirs[:, column]), len(others)))
    vectors = np.stack([other.vector for other in others])
    found[:, 2] = (vectors.astype(np.float64) * member.vector).sum(1)
    return found


def text(cosine: Cosines) -> NDArray[np.float64]:
    """The log odds by text alone, [others]."""
    return cosine[:, 0] * WORDS + cosine[:, 1] * NAMES + cosine[:, 2] * LEAD + BIAS


def of(cosine: Cosines, days: float, copied: tuple[str, float] | None) -> Likeness:
    """The likeness to a story: the means over its articles, and the days to the nearest of them."""
    words, names, lead = (round(float(x), 6) for x in cosine.mean(0))
    score = WORDS * words + NAMES * names + LEAD * lead + BIAS + DAYS * math.log1p(days)
    return Likeness(round(score, 6), words, names, lead, days, copied)


def grounds(found: Likeness, window: Window, member: Member, others: Sequence[Member]) -> str:
    """The likeness for a reader: "names Homs, Assad; words .41; lead .71; 3 days"."""
    holders = Counter(name.casefold() for other in others for name in set(other.names))
    shared = [name for name in member.names if holders[name.casefold()]]
    shared.sort(key=lambda n: (-holders[n.casefold()] / window.name_counts[n.casefold()], member.names.index(n)))
    parts = [f"names {', '.join(shared[:_SHOWN_NAMES])}"] if shared else ["no name in common"]
    parts += [f"words {_share(found.words)}", f"lead {_share(found.lead)}", _days(found.days)]
    if found.copied:
        parts.append(f"{found.copied[1]:.0%} word for word as in {found.copied[0]}")
    return "; ".join(parts)


def _share(value: float) -> str:
    return f"{value:.2f}".replace("0.", ".", 1)


def _days(days: float) -> str:
    whole = round(days)
    return "the same day" if whole == 0 else "a day apart" if whole == 1 else f"{whole} days apart"


def _weighed(
    window: Window, slots: NDArray[np.int32], weights: NDArray[np.uint8], named: NDArray[np.uint8]
) -> NDArray[np.float64]:
    rarity = window.rarity(slots)
    return np.stack([weights * rarity, named * rarity], 1)


def _sums(which: NDArray[np.int64], values: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    return np.bincount(which, values, count).astype(np.float64, copy=False)


def _length(squares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt(np.maximum(squares, 1e-12))
