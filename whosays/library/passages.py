"""Passages that are found again: in the same text by their place, in a corrected one by their words.

As a text position and a text quote selector of the W3C's Web Annotation model would, with the words around a passage
to tell two that read alike apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from whosays.text.article import Article
from whosays.text.span import Span

AROUND: Final = 32  # characters kept from before and behind a passage
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of an article (by its key), in the text with that hash: ``[start, end)`` reads ``quote``."""

    article: str
    sha256: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


def of(article: Article, span: Span) -> Anchor:
    """The anchor of a passage."""
    text, start, end = article.text, int(span.start), int(span.end)
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Anchor(article.id, article.text_sha256, start, end, text[start:end], before, behind)


def locate(anchor: Anchor, article: Article) -> Span | None:
    """Where the passage stands in an article's text as it is now; None where its words are gone.

    Of several places with the same words it is the one whose surroundings are most like those it had, then the one
    nearest to where it stood. White space may have changed.
    """
    text, quote = article.text, anchor.quote
    if article.text_sha256 == anchor.sha256 and text[anchor.start : anchor.end] == quote:
        return Span(anchor.start, anchor.end)
    found = places(quote, text)
    if not found:
        return None
    return min(found, key=lambda span: (-_alike(anchor, text, span), abs(span.start - anchor.start), span.start))


def places(words: str, text: str) -> list[Span]:
    """Everywhere that a text has these words, one behind the other; white space may differ."""
    split = words.split()
    if not split:
        return []
    pattern = r"\s+".join(map(re.escape, split))
    # looked for behind each beginning, so that places that overlap each other are all seen
    return [Span(m.start(1), m.end(1)) for m in re.finditer(rf"(?=({pattern}))", text)]


def _alike(anchor: Anchor, text: str, span: Span) -> int:
    """How many characters around a place are as they were around the passage, counted from it outwards."""
    before, behind = _even(text[max(0, span.start - AROUND) : span.start]), _even(text[span.end : span.end + AROUND])
    return _same(_even(anchor.prefix)[::-1], before[::-1]) + _same(_even(anchor.suffix), behind)


def _same(one: str, other: str) -> int:
    """With how many characters both begin."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _even(text: str) -> str:
    return _SPACE.sub(" ", text)
