"""Where a content begins and ends: quotation marks go in or out whole, marks at its edges and "that" go out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whosays.language.quotation import Quotation
from whosays.text.span import Span

# A quotation belongs to the content that takes in this much of it, and is no part of one that takes in less.
# Set on samples-more: contents of the gold files that touch a quotation hold nine tenths of it or next to nothing.
OWN_SHARE = 0.5
# A content of fewer letters says nothing by itself.
SHORTEST = 2
_EDGE = " \t\r\n\u00a0,;:–—-"
_HEAD = re.compile(rf"[{re.escape(_EDGE)}]*(?:that\b[{re.escape(_EDGE)}]*)?", re.IGNORECASE)


def lines(span: Span, text: str) -> list[Span]:
    """The span's part of each line."""
    found = []
    at = span.start
    for line in text[span.start : span.end].splitlines(keepends=True):
        found.append(Span(at, at + len(line)))
        at += len(line)
    return found


def fitted(piece: Span, text: str, quotations: Sequence[Quotation]) -> list[Span]:
    """The piece with whole quotations in it or out of it, without "that" and without marks at its edges."""
    start, end = piece
    for quote in quotations:
        shared = min(end, quote.span.end) - max(start, quote.span.start)
        if shared <= 0 or (start <= quote.span.start and quote.span.end <= end):
            continue
        inside = quote.span.start <= start and end <= quote.span.end
        if inside or shared >= OWN_SHARE * (quote.span.end - quote.span.start):
            start, end = min(start, quote.span.start), max(end, quote.span.end)
        elif start < quote.span.start:
            end = quote.span.start
        else:
            start = quote.span.end
    if skipped := _HEAD.match(text, start, end):
        start = skipped.end()
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return [Span(start, end)] if sum(c.isalnum() for c in text[start:end]) >= SHORTEST else []


def joined(pieces: Sequence[Span], text: str) -> list[Span]:
    """Pieces that overlap, or that nothing but blanks parts, as one."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and (piece.start <= joined[-1].end or not text[joined[-1].end : piece.start].strip(" \t")):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined
