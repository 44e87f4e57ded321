"""What an amount leaves room for: "at least", "nearly", and the digits that were rounded away."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from whosays.claims.amounts import Amount
from whosays.claims.wording import COMMON

_MORE: Final = re.compile(
    r"\b(?:more than|at least|over|upwards? of|a minimum of|no (?:fewer|less) than|above)\s+\W*$", re.I
)
_LESS: Final = re.compile(
    r"\b(?:up to|as (?:many|much) as|fewer than|less than|at most|no more than|under|below|maximum of)\s+\W*$", re.I
)
_NEARLY: Final = re.compile(r"\b(?:nearly|almost|close to|just under|approaching)\s+\W*$", re.I)
_ABOUT: Final = re.compile(r"\b(?:about|around|roughly|some|approximately|estimated|an estimated|or so)\s+\W*$", re.I)
_BETWEEN: Final = re.compile(r"\bbetween\s+\W*$", re.I)
_MORE_BEHIND: Final = re.compile(r"^\s+or more\b", re.I)
_VAGUE: Final = re.compile(r"\b(?:dozens?|hundreds|thousands|millions|billions|couple|scores)\b", re.I)
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
ROUGHLY: Final = 0.1  # what "about" leaves room for, as a share
FAR_MORE: Final = 2.0  # "more than 100" is not said of more than twice as many
WORDS_BEHIND: Final = 7  # that tell what an amount is of


@dataclass(frozen=True, slots=True)
class Quantity:
    """The range of numbers that an amount can stand for, ``shown`` in the words of the text, with its bound.

    ``of`` and ``per`` say what it counts, and whether a day, a year. ``about`` are the words that follow it, in small
    letters, up to the next number.
    """

    low: float
    high: float
    of: str
    per: str
    shown: str
    verb: str
    about: frozenset[str]

    def meets(self, other: Quantity) -> bool:
        """Whether one number can be meant by both."""
        return self.low <= other.high and other.low <= self.high


def read(amount: Amount, words: str) -> Quantity | None:
    """The quantity that ``amount``, found in ``words``, stands for; ``None`` for "dozens" and what is not found."""
    at = words.find(amount.digits)
    if at < 0 or _VAGUE.search(amount.digits):
        return None
    before, behind = words[:at].rstrip("$€£¥ ") + " ", words[at + len(amount.digits) :]
    low, high = amount.value - _unit(amount) / 2, amount.value + _unit(amount) / 2
    bound = next((m for m in (p.search(before) for p in (_MORE, _LESS, _NEARLY, _ABOUT)) if m), None)
    if amount.least is not None:
        low, high, bound = amount.least, amount.value, _BETWEEN.search(before)
    elif _MORE.search(before) or _MORE_BEHIND.match(behind):
        low, high = amount.value, amount.value * FAR_MORE
    elif _LESS.search(before):
        low, high = 0.0, amount.value
    elif _NEARLY.search(before):
        low = min(low, amount.value * (1 - ROUGHLY))
    elif _ABOUT.search(before):
        low, high = min(low, amount.value * (1 - ROUGHLY)), max(high, amount.value * (1 + ROUGHLY))
    sign = amount.of if amount.of in "$€£¥" else ""
    shown = f"{bound.group().strip() + ' ' if bound else ''}{sign}{amount.digits}{'%' if amount.of == '%' else ''}"
    shown += f" {amount.noun.lower()}" if amount.noun and amount.of not in "$€£¥%" else ""
    shown += f" a {amount.per}" if amount.per else ""
    about = re.findall(r"[^\W\d_]{3,}", re.split(r"\d", behind, maxsplit=1)[0].lower())[:WORDS_BEHIND]
    if shown[1:2].islower():
        shown = shown[0].lower() + shown[1:]  # it may have begun its sentence
    return Quantity(low, high, amount.of, amount.per, shown, amount.verb, frozenset(about) - COMMON)


def _unit(amount: Amount) -> float:
    """The last digit that counts: a million for "44 million", a thousand for "6,000", a tenth for "35.7"."""
    found = _DIGITS.search(amount.digits)
    if not found or not amount.value:
        return 0.0
    figure = found.group().replace(",", "")
    scale = amount.value / float(figure) if float(figure) else 1.0
    if "." in figure:
        return float(scale) * 10.0 ** -len(figure.split(".")[1])
    zeros = len(figure) - len(figure.rstrip("0"))
    return float(scale) * (10.0**zeros if zeros or not math.isclose(scale, 1.0) else 0.0)
