"""Quotation marks of a whole text, paired.

Quotation marks are the hardest evidence that somebody is quoted, and they are also what text loses first: closing
marks are forgotten, straight marks do not say which way they face, and a quotation that runs over several paragraphs
opens each of them anew and closes once. All of that is decided here, once, for the model's input and for statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from whosays.text.span import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE_OPEN, _DOUBLE_CLOSE, _STRAIGHT = "“„«", "”»", '"'
_DOUBLE = re.compile(f"[{_DOUBLE_OPEN}{_DOUBLE_CLOSE}{_STRAIGHT}]")
_BEFORE_OPENING = " \t\u00a0\u2009([{—–-/‘'"
# The mark comes first, what stands before it after that: so a search goes straight from one mark to the next.
_SINGLE = re.compile(r"[‘'](?<![^\s(\[—–“\"].)(?=[^\s'’])")
_SINGLE_END = re.compile(r"[’'](?<=[^\s].)(?![\w])")
LONGEST_SINGLE = 400
_TEXTS_KEPT = 512  # several parts of the program ask for the quotations of one article of a story


@dataclass(frozen=True, slots=True)
class Quotation:
    """One outermost quotation: ``span`` takes in its marks; ``closed`` tells whether a closing mark was there."""

    span: Span
    closed: bool

    @property
    def inner(self) -> Span:
        """What stands between the marks."""
        return Span(self.span.start + 1, self.span.end - self.closed)


@lru_cache(maxsize=_TEXTS_KEPT)
def find(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of ``text`` in order; none reaches past the end of its paragraph."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _in_paragraph(text, Span(*paragraph.span()))
    return tuple(found)


def _in_paragraph(text: str, paragraph: Span) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    for double in _DOUBLE.finditer(text, *paragraph):
        at, mark = double.start(), double.group()
        opens, closes = _faces(text, at, paragraph)
        if opened is None:
            if opens:
                opened = at
        elif closes:
            found.append(Quotation(Span(opened, at + 1), closed=True))
            opened = None
        elif mark == _STRAIGHT or text[opened] == mark:
            # a second opening without a closing between them: the first was never closed
            found.append(Quotation(Span(opened, at), closed=False))
            opened = at
    if opened is not None:
        found.append(Quotation(Span(opened, paragraph.end), closed=False))
    return _with_single(text, paragraph, found)


def _faces(text: str, at: int, paragraph: Span) -> tuple[bool, bool]:
    """Whether the mark at ``at`` can open a quotation, and whether it can close one."""
    mark = text[at]
    if mark in _DOUBLE_OPEN:
        return True, False
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    looks_open = before in _BEFORE_OPENING and not after.isspace()
    if mark in _DOUBLE_CLOSE:
        # a closing mark at the head of a word is a typing slip for an opening one
        return looks_open and at == paragraph.start, True
    return looks_open or before.isspace(), not (looks_open and before != "-")


def _with_single(text: str, paragraph: Span, doubles: list[Quotation]) -> list[Quotation]:
    """Adds quotations in single marks (British style) that lie outside the double ones."""
    found = list(doubles)
    at = paragraph.start
    while opening := _SINGLE.search(text, at, paragraph.end):
        at = opening.end()
        if any(q.span.start <= opening.start() < q.span.end for q in doubles):
            continue
        limit = min(
            [paragraph.end, opening.start() + LONGEST_SINGLE, *(q.span.start for q in doubles if q.span.start >= at)]
        )
        closing = _single_end(text, opening.group() == "‘", at, limit)
        if closing is not None:
            found.append(Quotation(Span(opening.start(), closing), closed=True))
            at = closing
    return sorted(found, key=lambda q: q.span)


def _single_end(text: str, curly: bool, start: int, limit: int) -> int | None:
    """Where a single-marked quotation ends: a plural's apostrophe is passed over where another mark can end it."""
    for mark in _SINGLE_END.finditer(text, start, limit):
        if (mark.group() == "’") != curly:
            continue
        plural = text[mark.start() - 1] in "sS" and _SINGLE_END.search(text, mark.end(), limit)
        if not plural:
            return mark.end()
    return None
