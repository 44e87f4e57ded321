"""A statement in the making."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making. ``after`` tells that it goes on from the draft before it: it has its speaker."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    confidence: float
    after: bool = False
