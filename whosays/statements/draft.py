"""A statement in the making."""

from __future__ import annotations

from dataclasses import dataclass

from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making. One without source and cue goes on from the draft before it and has its speaker."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    confidence: float
