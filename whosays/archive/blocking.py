"""Which articles are grouped together: blocks of neighbouring days and, where there are many, of shared words.

An archive of few articles is one block, grouped as a library is. A larger one is cut into slices of two weeks, each
beginning a week after the one before it, so that any two articles of one week are in a slice together. A slice of too
many articles is cut by the words by which articles are looked up (see whosays/stories/window.py): an article is in the
blocks of the rarest few of its own, and two of one story meet in one of them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from whosays.stories import grouping, terms
from whosays.stories import sketch as sketches
from whosays.stories.window import KEY_TERMS

MOST: Final = 20_000  # articles of one block: what grouping holds in memory at a time, 0.3 GB
COPIES: Final = 3  # blocks that an article of a slice is in
# A word that more of a block's articles have than this is no help in finding a story's.
_COMMON_SHARE: Final = 0.02
_STEP: Final = grouping.WINDOW / 2
UNDATED: Final = "undated"


@dataclass(frozen=True, slots=True)
class Blocks:
    """``counts``: the blocks that each slice is cut into; ``common``: the words of each that are too common to cut by.

    ``whole``: there are so few articles that they are one block.
    """

    counts: Mapping[str, int]
    common: Mapping[str, frozenset[int]]
    whole: bool = False


def slices(published_at: float | None) -> list[str]:
    """The slices that an article belongs to, by the seconds of its publication."""
    if published_at is None or not math.isfinite(published_at):
        return [UNDATED]
    week = math.floor(published_at / 86_400 / _STEP)
    return [f"{week - 1:+07}", f"{week:+07}"]


def cut(counts: Mapping[str, int], most: int = MOST) -> dict[str, int]:
    """How many blocks each slice is cut into, by the number of its articles."""
    return {name: max(1, math.ceil(COPIES * count / most)) if count > most else 1 for name, count in counts.items()}


def most_common(most: int = MOST) -> float:
    """How many articles of a slice may share a word by which it is cut."""
    return _COMMON_SHARE * most


def keys_of(packed: bytes) -> list[int]:
    """The numbers of the words by which an article is looked up, the most telling first, from its stored sketch."""
    sketch = sketches.from_bytes(packed)
    told = sketch.weights * -np.log(terms.article_shares(sketch.terms.tolist()))
    order = np.lexsort((sketch.terms, -told))
    found: list[int] = sketch.terms[order[:KEY_TERMS]].tolist()
    return found


def of(published_at: float | None, sketch: bytes, blocks: Blocks) -> list[str]:
    """The blocks of one article."""
    if blocks.whole:
        return ["all"]
    found: list[str] = []
    own: Sequence[int] | None = None
    for name in slices(published_at):
        count = blocks.counts[name]
        if count == 1:
            found.append(f"{name}.0000")
            continue
        own = keys_of(sketch) if own is None else own
        rare = [key for key in own if key not in blocks.common[name]] or own
        found += sorted({f"{name}.{key % count:04}" for key in rare[:COPIES]})
    return found
