"""How likely two passages are to put the same, read together: a small cross-encoder beside the language model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.language import model, session
from whosays.language.session import FOLDER

GRAPH: Final = "together.onnx"
MOST_PIECES: Final = 56  # of one passage; what follows is left out, as in training

Pieces = Sequence[int]


class Together:
    """The graph, as read from one folder, and the workers of the language model that is beside it.

    Each pair is run by itself on one thread, as windows are: its answer depends on the two passages alone.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._session = session.opened(folder, GRAPH)
        self._beside = model.load(folder)

    def pieces(self, words: Sequence[str]) -> list[int]:
        """The word pieces of a passage."""
        return [*chain.from_iterable(map(self._beside.pieces.of, words))][:MOST_PIECES]

    def odds(self, pairs: Sequence[tuple[Pieces, Pieces]]) -> NDArray[np.float64]:
        """The log odds of pairs of passages, [pairs]: what the passages themselves say for it, and nothing else."""
        return np.fromiter(self._beside.workers.map(self._run, pairs), np.float64, len(pairs))

    def fed(self, one: Pieces, other: Pieces) -> dict[str, NDArray[np.int64]]:
        """What the graph is given of a pair: its pieces, and a mark on those of the second passage."""
        first, last = self._beside.pieces.first, self._beside.pieces.last
        return {
            "ids": np.array([first, *one, last, *other, last], np.int64),
            "marks": np.repeat(np.array([0, 1]), [len(one) + 2, len(other) + 1]),
        }

    def _run(self, pair: tuple[Pieces, Pieces]) -> float:
        (found,) = self._session.run(["odds"], self.fed(*pair))
        return float(found.ravel()[0])


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Together:
    """Read once in each process, and not before it is needed."""
    return Together(folder)
