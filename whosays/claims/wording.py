"""The same utterance quoted in different words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from whosays.language import quotation
from whosays.statements.statement import Statement

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|…|\.{3}|\. \. \.|\[[^\]]*\]|[$€£%&]")
_OMITTED: Final = re.compile(r"…|\.{3}|\. \. \.|\[.*\]")
_SAME: Final = {"&": "and", "percent": "%", "ok": "okay", "gonna": "going to"}
_SMALL: Final = frozenset("a an and so that the well".split())  # by themselves no difference to speak of
_SHORT_FORMS: Final = (
    ("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("it's", "it is"),
    ("that's", "that is"), ("he's", "he is"), ("she's", "she is"), ("there's", "there is"), ("let's", "let us"),
)  # fmt: skip

# Words in a row, between quotation marks, that two speakers do not both happen to say: on the tuning stories all
# quotations that share so many are one utterance, or one read out from the other.
FEWEST_QUOTED: Final = 6
# Set on the quotations of the 36 tuning stories: fewer common words are a phrase that a speaker uses often.
FEWEST_COMMON: Final = 6
LEAST_COMMON_SHARE: Final = 0.6
LONGEST_DIFFERENCE: Final = 6  # words; more are a passage left out, not other words


@dataclass(frozen=True, slots=True)
class Difference:
    """The words of one quotation and of the other where they part, verbatim; ``common`` counts those they share."""

    one: str
    other: str
    common: int


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that two texts share: how many, and verbatim as the first text has them."""

    length: int
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A text's words as they are compared (small letters, long forms), and where each stands in the text."""

    text: str
    all: tuple[str, ...]
    spots: tuple[tuple[int, int], ...]

    def verbatim(self, start: int, end: int) -> str:
        """The text of words [start, end)."""
        return self.text[self.spots[start][0] : self.spots[end - 1][1]] if start < end else ""


def quoted(statement: Statement, text: str) -> str:
    """What a statement's content has between quotation marks; "…" stands where a quotation is broken off.

    A statement that goes on from a quotation of the paragraph before may have only one of its marks.
    """
    found: list[str] = []
    for span in statement.content:
        words = span.of(text)
        found += _between_marks(words) or ([words.strip('"“” ')] if statement.kind == "direct" else [])
    return " … ".join(found)


@lru_cache(maxsize=1000)
def _between_marks(words: str) -> tuple[str, ...]:
    return tuple(quote.inner.of(words) for quote in quotation.find(words))


def longest_run(one: str, other: str) -> Run:
    """The longest run of words that two texts share."""
    a, b = _words(one, "…"), _words(other, "……")
    run = SequenceMatcher(None, a.all, b.all, autojunk=False).find_longest_match()
    return Run(run.size, a.verbatim(run.a, run.a + run.size))


def compare(one: str, other: str) -> Difference | None:
    """The first difference between two quotations of one utterance; ``None`` if there is none or it is not one.

    Words before and behind what both quote are no difference, and neither is what a mark of omission or square
    brackets own up to.
    """
    a, b = _words(one, "…"), _words(other, "……")
    matcher = SequenceMatcher(None, a.all, b.all, autojunk=False)
    blocks = [m for m in matcher.get_matching_blocks() if m.size]
    common = sum(m.size for m in blocks)
    if common < FEWEST_COMMON:
        return None
    first, last = blocks[0], blocks[-1]
    longer = max(last.a + last.size - first.a, last.b + last.size - first.b)
    if common / longer < LEAST_COMMON_SHARE:
        return None
    for left, right in pairwise(blocks):
        gap, other_gap = (left.a + left.size, right.a), (left.b + left.size, right.b)
        if _differs(a.all[slice(*gap)], b.all[slice(*other_gap)]):
            return Difference(_shown(a, *gap), _shown(b, *other_gap), common)
    return None


@lru_cache(maxsize=1000)  # a statement is compared with many, one after the other
def _words(text: str, omitted: str) -> _Words:
    """``omitted`` stands for every mark of omission; it is another for each text, so that two never match."""
    found: list[str] = []
    spots: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        long = [omitted] if _OMITTED.fullmatch(word) else _long_form(word.lower().replace("’", "'"))
        found += long
        spots += [match.span()] * len(long)
    return _Words(text, tuple(found), tuple(spots))


def _long_form(word: str) -> list[str]:
    for short, long in _SHORT_FORMS if "'" in word else ():
        if word.endswith(short):
            word = word.removesuffix(short) + long
            break
    return _SAME.get(word, word).split()


def _differs(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    if "…" in x or "……" in y or _SMALL.issuperset(x + y):
        return False
    return max(len(x), len(y)) <= LONGEST_DIFFERENCE


def _shown(words: _Words, start: int, end: int) -> str:
    """A difference with two words on each side, so that a reader finds it."""
    return words.verbatim(max(0, start - 2), min(len(words.all), end + 2))
