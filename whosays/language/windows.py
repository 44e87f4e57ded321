"""An article in windows that the model can take, with a little of what stands before each.

No statement may be lost at a window's edge: windows hold whole paragraphs wherever these fit, and what a window says of
the words that it shares with its neighbour is left to the window in which they have more company.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 250  # word pieces of a window with its context; the model was trained on up to 224, BERT can take 512
CORE = 200  # word pieces that a window answers for
CONTEXT = 40  # word pieces taken along from before, and from behind where a paragraph had to be cut


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
    cores = _cores(counts, line, stops)
    allowed = set(stops)
    made = []
    for kept, until in cores:
        start = _back(counts, kept, allowed)
        end = until
        if until < len(counts) and not line[until]:
            room = min(CONTEXT, LONGEST - sum(counts[start:until]))
            while end < len(counts) and not line[end] and counts[end] <= room:
                room -= counts[end]
                end += 1
        made.append(Window(start, kept, until, end))
    return made


def _cores(counts: Sequence[int], line: Sequence[int], stops: Sequence[int]) -> list[tuple[int, int]]:
    """Whole paragraphs up to CORE pieces; a longer one is cut at its stops, and one without stops where it is full."""
    cores: list[tuple[int, int]] = []
    start = size = 0
    best_line = best_stop = 0
    allowed = set(stops)
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


def _back(counts: Sequence[int], kept: int, allowed: set[int]) -> int:
    """Where the context before ``kept`` begins: at a stop if one is within reach, otherwise as far back as it goes."""
    room, at, stop = CONTEXT, kept, kept
    while at and counts[at - 1] <= room:
        at -= 1
        room -= counts[at]
        if at in allowed:
            stop = at
    return stop if stop < kept else at
