"""An article in windows that the model can take.

Windows hold whole paragraphs, and only what stands beside a cut within a paragraph is shown to both windows: no
statement may be lost at an edge. More company does not help: with forty word pieces of what stands before each window
the F1 of statements was the same on PolNeAR's development part (.70) and lower on seven stories (.72 against .76).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CORE = 240  # word pieces that a window answers for; the model was trained on up to 224, BERT can take 512
CONTEXT = 40  # word pieces taken along on each side where a paragraph had to be cut
LONGEST = CORE + 2 * CONTEXT


@dataclass(frozen=True, slots=True)
class Window:
    """Words [start, end) go in; the answers for words [kept, until) are used."""

    start: int
    kept: int
    until: int
    end: int


def cut(counts: Sequence[int], line: Sequence[int], stops: Sequence[int]) -> list[Window]:
    """Windows whose kept words follow one another without a gap.

    counts: word pieces of each word; line: 1 where a line begins; stops: words at which a cut does least harm.
    """
    allowed = set(stops)
    return [
        Window(_back(counts, line, kept, allowed), kept, until, _on(counts, line, until))
        for kept, until in _cores(counts, line, allowed)
    ]


def _cores(counts: Sequence[int], line: Sequence[int], allowed: set[int]) -> list[tuple[int, int]]:
    """Whole paragraphs up to CORE pieces; a longer one is cut at its stops, and one without stops where it is full."""
    cores: list[tuple[int, int]] = []
    start = size = 0
    best_line = best_stop = 0
    k = 0
    while k < len(counts):
        if k > start and line[k]:
            best_line = k
        elif k > start and k in allowed:
            best_stop = k
        if size + counts[k] > CORE and k > start:
            # a cut within a paragraph only where whole paragraphs would leave the window more than half empty
            full = best_line > start and sum(counts[start:best_line]) > CORE // 2
            at = best_line if full else max(best_stop, best_line)
            at = at if at > start else k
            cores.append((start, at))
            start, size = at, 0
            k = at
            continue
        size += counts[k]
        k += 1
    if start < len(counts):
        cores.append((start, len(counts)))
    return cores


def _back(counts: Sequence[int], line: Sequence[int], kept: int, allowed: set[int]) -> int:
    """Where the context before ``kept`` begins: at a stop of its paragraph if one is within reach, else far back."""
    room, at, stop = CONTEXT, kept, kept
    while at and not line[at] and counts[at - 1] <= room:
        at -= 1
        room -= counts[at]
        if at in allowed:
            stop = at
    return stop if stop < kept else at


def _on(counts: Sequence[int], line: Sequence[int], until: int) -> int:
    """Where the context behind ``until`` ends: within its paragraph."""
    room, end = CONTEXT, until
    while end < len(counts) and not line[end] and counts[end] <= room:
        room -= counts[end]
        end += 1
    return end
