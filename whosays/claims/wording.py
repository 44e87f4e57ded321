"""Utterances between quotation marks: their sentences, what two of them share, and where their words part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from whosays.language import quotation
from whosays.statements.statement import Statement

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|…|\.{3}|\. \. \.|\[[^\]]*\]|[$€£%&]")
_OMITTED: Final = re.compile(r"…|\.{3}|\. \. \.|\[.*\]")
_STOP: Final = re.compile(r"[.!?]")
_CLOSED: Final = re.compile(r"(?:,(?!\s*…)|[.!?])(?![.…])(?! \. \.)")
_TITLE: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|[A-Z])\.\W*$")
_SAME: Final = {"&": "and", "percent": "%", "ok": "okay", "gonna": "going to"}
_SMALL: Final = frozenset("a an and so that the well".split())  # by themselves no difference to speak of
_SHORT_FORMS: Final = (
    ("n't", " not"), ("'re", " are"), ("'ve", " have"), ("'ll", " will"), ("'m", " am"), ("it's", "it is"),
    ("that's", "that is"), ("he's", "he is"), ("she's", "she is"), ("there's", "there is"), ("let's", "let us"),
)  # fmt: skip
# Words that every sentence may have: what two quotations share of them tells nothing.
COMMON: Final = frozenset(
    "a an the and or of to in on at for with that this it is was are were be been i we you he she they not no but so "
    "as by from my our his her their its do did has have had will would if who what there".split()
)

# Words in a row, between quotation marks, that two speakers do not both happen to say: on the tuning stories all
# quotations that share so many are one utterance, or one read out from the other.
FEWEST_QUOTED: Final = 6
# Set on the quotations of the 36 tuning stories. One speaker's sentences that share so many words are one utterance:
# 10 of 12 such differences are annotated. Of two speakers' sentences the five that are not one share up to 7.
FEWEST_COMMON: Final = 6
FEWEST_COMMON_APART: Final = 9
FEWEST_TELLING: Final = 2  # of them beyond COMMON
# Fewer common words do where a fragment of a quotation is nothing but them and one word besides.
FEWEST_IN_FRAGMENT: Final = 3
LEAST_COMMON_SHARE: Final = 0.6
LEAST_SHARE_IN_FRAGMENT: Final = 0.75
LONGEST_DIFFERENCE: Final = 6  # words; more are a passage left out, not other words
# Words of a quotation that is closed too soon; of four such in these stories two are annotated.
FEWEST_BEFORE_CUT: Final = 4
LONGEST_OPENING: Final = 4  # words before the common ones, where both sentences are quoted from their beginning


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
class Words:
    """A text's words as they are compared (small letters, long forms), and where each stands in the text.

    ``opens``: they stand at the beginning of a sentence, and so nothing of it is left out before them.
    """

    text: str
    all: tuple[str, ...]
    spots: tuple[tuple[int, int], ...]
    opens: bool = False

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


def longest_run(one: str, other: str, fewest: int = 1) -> Run:
    """The longest run of words that two texts share; an empty one where it has fewer words than ``fewest``."""
    words = _words(one, "…"), _words(other, "……")
    return run(*words) if have_run(*words, fewest) else Run(0, "")


def run(one: Words, other: Words) -> Run:
    """The longest run of words that two texts share, as the first one has it."""
    found = SequenceMatcher(None, one.all, other.all, autojunk=False).find_longest_match()
    return Run(found.size, one.verbatim(found.a, found.a + found.size))


def have_run(one: Words, other: Words, length: int) -> bool:
    """Whether two texts share as many words in a row."""
    runs = {one.all[at : at + length] for at in range(len(one.all) - length + 1)}
    return any(other.all[at : at + length] in runs for at in range(len(other.all) - length + 1))


def sentences(quotation_: str) -> tuple[Words, ...]:
    """The sentences of a quotation, and what stands between its marks of omission, word by word."""
    return tuple(_sentences(_words(quotation_, "…")))


def _sentences(words: Words) -> Iterator[Words]:
    start = 0
    for place, word in enumerate(words.all):
        between = words.text[words.spots[place - 1][1] : words.spots[place][0]] if place else ""
        ended = _STOP.search(between) and not _TITLE.search(words.text[: words.spots[place][0]])
        if ended or word == "…":
            yield from _sentence(words, start, place)
            start = place + (word == "…")
    yield from _sentence(words, start, len(words.all))


def _sentence(words: Words, start: int, end: int) -> Iterator[Words]:
    if start < end:
        opens = words.text[words.spots[start][0]].isupper()
        yield Words(words.text, words.all[start:end], words.spots[start:end], opens)


def compare(one: Words, other: Words, same_speaker: bool = True) -> Difference | None:
    """The first difference between two quotations of one utterance; ``None`` if there is none or it is not one.

    Words before and behind what both quote are no difference, unless both quote from the beginning of the sentence.
    Neither is what square brackets own up to.
    """
    if not _may_be_one(one, other, same_speaker):
        return None
    matcher = SequenceMatcher(None, one.all, other.all, autojunk=False)
    blocks = [(m.a, m.b, m.size) for m in matcher.get_matching_blocks() if m.size]
    common = sum(size for *_, size in blocks)
    if common < FEWEST_IN_FRAGMENT:
        return None
    telling = {word for a, _, size in blocks for word in one.all[a : a + size]} - COMMON
    ranges = (blocks[0][0], sum(blocks[-1][::2])), (blocks[0][1], sum(blocks[-1][1:]))
    longer = max(end - start for start, end in ranges)
    within = min(len(one.all) - (ranges[0][1] - ranges[0][0]), len(other.all) - (ranges[1][1] - ranges[1][0])) == 0
    fewest = FEWEST_COMMON if same_speaker else FEWEST_COMMON_APART
    fragment = common < fewest
    share = LEAST_SHARE_IN_FRAGMENT if fragment else LEAST_COMMON_SHARE
    if len(telling) < FEWEST_TELLING or common / longer < share or (fragment and not (within and same_speaker)):
        return None
    for left, right in pairwise(blocks):
        gap, other_gap = (left[0] + left[2], right[0]), (left[1] + left[2], right[1])
        if _differs(one.all[slice(*gap)], other.all[slice(*other_gap)], 1 if fragment else LONGEST_DIFFERENCE):
            return Difference(_shown(one, *gap), _shown(other, *other_gap), common)
    before = (0, blocks[0][0]), (0, blocks[0][1])
    if one.opens and other.opens and not fragment and any(end for _, end in before):
        words = one.all[slice(*before[0])], other.all[slice(*before[1])]
        if set(words[0] + words[1]) - _SMALL - {"but"} and _differs(*words, LONGEST_OPENING):
            return Difference(_shown(one, *before[0]), _shown(other, *before[1]), common)
    return None


def cut(short: Words, whole: Words) -> Difference | None:
    """Where a quotation is closed in the middle of a clause that another one goes on with; ``None`` where it is not.

    Words that follow behind a comma or a dash may be left out without a word, and so may what "…" stands for.
    """
    length = len(short.all)
    after = short.text[short.spots[-1][1] :] if short.spots else ""
    if length < FEWEST_BEFORE_CUT or not _CLOSED.match(after):
        return None
    for start in range(len(whole.all) - length):
        end = start + length
        if whole.all[start:end] != short.all or whole.spots[end] == whole.spots[end - 1]:
            continue  # "don't" is compared as two words, and nobody stops within it
        if not whole.text[whole.spots[end - 1][1] : whole.spots[end][0]].strip():
            rest = whole.verbatim(max(start, end - 2), min(len(whole.all), end + LONGEST_DIFFERENCE))
            return Difference(short.verbatim(max(0, length - 4), length), rest, length)
    return None


def _may_be_one(one: Words, other: Words, same_speaker: bool) -> bool:
    """Whether two quotations share enough words, in whatever order: quick to see, and mostly they do not."""
    shared = set(one.all).intersection(other.all)
    if len(shared - COMMON) < FEWEST_TELLING:
        return False
    most = min(sum(word in shared for word in words.all) for words in (one, other))
    if most >= (FEWEST_COMMON if same_speaker else FEWEST_COMMON_APART):
        return True
    return same_speaker and most >= LEAST_SHARE_IN_FRAGMENT * min(len(one.all), len(other.all))


@lru_cache(maxsize=1000)  # a statement is compared with many, one after the other
def _words(text: str, omitted: str) -> Words:
    """``omitted`` stands for every mark of omission; it is another for each text, so that two never match."""
    found: list[str] = []
    spots: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match.group()
        long = [omitted] if _OMITTED.fullmatch(word) else _long_form(word.lower().replace("’", "'"))
        found += long
        spots += [match.span()] * len(long)
    return Words(text, tuple(found), tuple(spots))


def _long_form(word: str) -> list[str]:
    for short, long in _SHORT_FORMS if "'" in word else ():
        if word.endswith(short):
            word = word.removesuffix(short) + long
            break
    return _SAME.get(word, word).split()


def _differs(x: tuple[str, ...], y: tuple[str, ...], longest: int) -> bool:
    return not _SMALL.issuperset(x + y) and max(len(x), len(y)) <= longest


def _shown(words: Words, start: int, end: int) -> str:
    """A difference with two words on each side, so that a reader finds it."""
    return words.verbatim(max(0, start - 2), min(len(words.all), end + 2))
