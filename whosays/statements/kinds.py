"""Whether a statement is given in the speaker's words, in the outlet's, or in both."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from whosays.language import quotation
from whosays.statements.statement import Kind
from whosays.text.span import Span

_TEXTS_KEPT: Final = 8  # an article's statements come one after another: its quotations are looked for once


def of(text: str, content: tuple[Span, ...]) -> Kind:
    """``direct`` when every word of the content stands in quotation marks, ``indirect`` when none does.

    The marks may be part of the content or stand just outside it; punctuation and blanks are not counted.
    """
    quoted, plain = 0, 0
    for span in content:
        inner = [part for part in _inner(text) if part.overlaps(span)]
        for at in range(span.start, span.end):
            if text[at].isalnum():
                if any(part.start <= at < part.end for part in inner):
                    quoted += 1
                else:
                    plain += 1
    if not quoted:
        return "indirect"
    return "mixed" if plain else "direct"


@lru_cache(maxsize=_TEXTS_KEPT)
def _inner(text: str) -> tuple[Span, ...]:
    return tuple(found.inner for found in quotation.find(text))
