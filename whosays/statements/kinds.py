"""Whether a statement is given in the speaker's words, in the outlet's, or in both."""

from __future__ import annotations

import re
from typing import Final

from whosays.language import quotation
from whosays.statements.statement import Kind
from whosays.text.span import Span

_LETTER: Final = re.compile(r"[^\W_]")


def of(text: str, content: tuple[Span, ...]) -> Kind:
    """``direct`` when every word of the content stands in quotation marks, ``indirect`` when none does.

    The marks may be part of the content or stand just outside it; punctuation and blanks are not counted.
    """
    quoted, plain = False, False
    for span in content:
        at = span.start
        for inner in (found.inner for found in quotation.find(text)):
            if inner.overlaps(span):
                plain = plain or _has_letters(text, at, inner.start)
                quoted = quoted or _has_letters(text, max(inner.start, span.start), min(inner.end, span.end))
                at = inner.end
        plain = plain or _has_letters(text, at, span.end)
    if not quoted:
        return "indirect"
    return "mixed" if plain else "direct"


def _has_letters(text: str, start: int, end: int) -> bool:
    return _LETTER.search(text, start, end) is not None
