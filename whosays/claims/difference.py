"""A difference between what articles say, before it is written down as a conflict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whosays.claims.claim import ConflictType
from whosays.statements.statement import Statement
from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Side:
    """What one article says: a statement, or words in its own voice. ``article`` is its place among those compared."""

    article: int
    span: Span
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """Sides that part, with the reason in one line; ``confidence`` is 0 to 1."""

    type: ConflictType
    sides: tuple[Side, ...]
    why: str
    confidence: float


def listed(names: Iterable[str]) -> str:
    """Names, each once, in one phrase: "A, B and C"."""
    every = list(dict.fromkeys(names))
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
