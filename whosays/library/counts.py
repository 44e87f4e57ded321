"""How often something was found, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    name: str
    count: int


def ordered(counted: Iterable[tuple[str, int]], most: int) -> tuple[Count, ...]:
    """The most frequent first, those of one frequency by name."""
    return tuple(Count(*pair) for pair in sorted(counted, key=lambda pair: (-pair[1], pair[0]))[:most])


def share(part: int, whole: int) -> int:
    """Per cent; 0 of nothing."""
    return round(100 * part / whole) if whole else 0
