"""Boosted trees (Friedman, 2001) as they are kept in the package: read from one file, followed with NumPy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

FOLDER: Final = Path(__file__).parent
ROWS: Final = 2048  # followed at a time, to bound the memory

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees in one list of nodes: where each tree begins, and by node what it asks, [nodes] each.

    A row goes to ``left`` where its value in column ``column`` is at most ``limit``, else to ``right``; a leaf leads to
    itself and adds its ``value``. ``names`` are those of the columns.
    """

    names: tuple[str, ...]
    start: float
    roots: NDArray[np.int32]
    column: NDArray[np.int32]
    limit: Values
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Values
    deepest: int

    def odds(self, rows: Values) -> Values:
        """The log odds of each row of [rows, names]."""
        parts = [self._odds(rows[at : at + ROWS]) for at in range(0, len(rows), ROWS)]
        return np.concatenate([np.zeros(0), *parts])

    def _odds(self, rows: Values) -> Values:
        number = np.arange(len(rows))[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.deepest):
            node = np.where(rows[number, self.column[node]] <= self.limit[node], self.left[node], self.right[node])
        found: Values = self.value[node].sum(axis=1) + self.start
        return found


@lru_cache(maxsize=2)
def load(name: str) -> Trees:
    """The trees kept under ``name``, read once in each process."""
    with np.load(FOLDER / f"{name}.npz") as kept:
        return Trees(
            names=tuple(kept["names"].tolist()),
            start=float(kept["start"]),
            roots=kept["roots"],
            column=kept["column"],
            limit=kept["limit"].astype(np.float64),
            left=kept["left"],
            right=kept["right"],
            value=kept["value"].astype(np.float64),
            deepest=int(kept["deepest"]),
        )
