"""Words as the model sees them: spaCy's tokeniser, word pieces, and three marks on each word.

The encoder is uncased and knows nothing of layout. Each word therefore carries a mark that puts together its casing,
where it stands with regard to quotation marks, and whether a line begins with it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from whosays.language import quotation
from whosays.text.span import Span

CASES, QUOTES, BREAKS = 6, 4, 2
OUTSIDE, INSIDE, OPENING, CLOSING = range(QUOTES)
LONGEST_WORD = 100  # characters; a longer one is a single unknown piece, as in BERT
MOST_PIECES = 12  # of one word: addresses and runs of marks say no more by being longer
_CLOSING = frozenset("”\"'’)]")
_PAUSES = frozenset(":;—–…")


@lru_cache(maxsize=200_000)
def case(word: str) -> int:
    """0 no letters, 1 lower, 2 Title, 3 UPPER, 4 a single capital, 5 mIxed."""
    if not any(c.isalpha() for c in word):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


def quote_states(text: str, spans: Sequence[Span]) -> list[int]:
    """For each word: OUTSIDE or INSIDE a quotation, or its OPENING or CLOSING mark."""
    states = [OUTSIDE] * len(spans)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for quote in reversed(quotation.find(text)):
        first, last = bisect_right(ends, quote.span.start), bisect_left(starts, quote.span.end)
        states[first:last] = [INSIDE] * (last - first)
        if first < last and quote.closed and ends[last - 1] == quote.span.end:
            states[last - 1] = CLOSING
        if first < last and starts[first] == quote.span.start:
            states[first] = OPENING
    return states


def breaks(text: str, spans: Sequence[Span]) -> list[int]:
    """1 for each word that begins a line."""
    starts = [start for start, _ in spans]
    begun = [0] * len(spans)
    at = -1
    while (at := text.find("\n", at + 1)) >= 0:
        number = bisect_left(starts, at)
        if number == len(starts):
            break
        if not number or spans[number - 1][1] <= at:  # not within a word
            begun[number] = 1
            at = starts[number]
    return [1, *begun[1:]] if begun else begun


def stops(words: Sequence[str], line: Sequence[int]) -> list[int]:
    """Words at which a stretch of text may be cut: line starts, and capitals behind a sentence's closing mark."""
    found = [0]
    for k in range(1, len(words)):
        before = words[k - 1]
        ended = _ends(before) or (before in "”\"'’" and k > 1 and (_ends(words[k - 2]) or words[k - 2] == ","))
        if line[k] or (ended and words[k][0].isupper()):
            found.append(k)
    return found


def follows_end(words: Sequence[str], at: int) -> bool:
    """Whether a mark that can end a sentence stands before a word, be it within quotation marks or brackets."""
    before = at - 1
    while before > 0 and words[before] in _CLOSING:
        before -= 1
    return before >= 0 and (_ends(words[before]) or words[before] in _PAUSES)


def _ends(word: str) -> bool:
    """Whether it is a mark, or a run of marks, that ends a sentence."""
    return word[0] in ".!?" and word[-1] in ".!?"


def mark(case: int, quote: int, broken: int) -> int:
    """One number for the three marks of a word."""
    return (case * QUOTES + quote) * BREAKS + broken


class Pieces:
    """BERT's word pieces of single words (Devlin et al., 2019), uncased, remembered from word to word."""

    def __init__(self, vocabulary: Path) -> None:
        words = vocabulary.read_text(encoding="utf-8").split("\n")
        self.ids = {word: k for k, word in enumerate(words) if word}
        self.unknown, self.first, self.last = (self.ids[name] for name in ("[UNK]", "[CLS]", "[SEP]"))
        self._remembered: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of a word's pieces: at least one, at most MOST_PIECES."""
        known = self._remembered.get(word)
        if known is None:
            if len(self._remembered) > 500_000:
                self._remembered.clear()
            known = self._remembered[word] = self._split(word)
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self.unknown,)
        pieces: list[int] = []
        for part in _plain_parts(word):
            pieces += self._greedy(part)
            if len(pieces) >= MOST_PIECES:
                break
        return tuple(pieces[:MOST_PIECES]) or (self.unknown,)

    def _greedy(self, part: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                piece = self.ids.get(prefix + part[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                return [self.unknown]
        return pieces


def _plain_parts(word: str) -> list[str]:
    """The word in small letters without accents, cut at every punctuation mark, as BERT's first step does."""
    parts: list[str] = [""]
    for c in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(c)
        if category in ("Mn", "Cc", "Cf", "Co", "Cn") or c.isspace():
            continue
        if category[0] == "P" or (category[0] == "S" and ord(c) < 128) or "\u4e00" <= c <= "\u9fff":
            parts += [c, ""]
        else:
            parts[-1] += c
    return [part for part in parts if part]
