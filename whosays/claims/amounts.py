"""The amounts in a stretch of text: what can differ between two reports of the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

_WORDS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12,
    "hundred": 100, "thousand": 1000, "dozens": 12, "once": 1, "twice": 2,
}  # fmt: skip
_SCALES: Final = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9,
    "b": 1e9, "trillion": 1e12,
}  # fmt: skip
_PLAIN: Final = re.compile(r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>k|m|mn|bn|b)?", re.I)
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec".split()
)
_MONEY: Final = {"$": "$", "€": "€", "£": "£", "¥": "¥", "dollar": "$", "dollars": "$", "euro": "€", "euros": "€",
                 "pound": "£", "pounds": "£"}  # fmt: skip
_PERCENT: Final = frozenset({"%", "percent", "per"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts: a currency sign, "%", "date", or the root of the noun that follows; "" if unknown.

    ``digits`` is how the text puts it, for reasons given to a reader; ``verb`` the lemma of the verb above it in the
    parse, "" without one.
    """

    value: float
    of: str
    digits: str
    verb: str = ""


def find(words: Tokens) -> frozenset[Amount]:
    """All amounts in ``words``; "one" is left out, which mostly counts nothing."""
    found: set[Amount] = set()
    lower = [token.lower_ for token in words]
    after = 0
    for at, word in enumerate(lower):
        value = _value(word)
        if value is None or at < after:
            continue
        after = at + 1
        while after < len(lower) and lower[after] in _SCALES and len(lower[after]) > 2:
            value *= _SCALES[lower[after]]
            after += 1
        counted = _counted(words, at, after)
        if value != 1 or counted in _MONEY.values():
            found.add(Amount(value, counted, words[at:after].text.strip(), _verb(words[at])))
    return frozenset(found)


@lru_cache(maxsize=100_000)
def _value(word: str) -> float | None:
    """The number that a word in small letters is."""
    plain = _PLAIN.fullmatch(word)
    if plain:
        return float(plain["figure"].replace(",", "")) * _SCALES.get(plain["scale"] or "", 1.0)
    if word in _WORDS:
        return float(_WORDS[word])
    if "-" in word and all(part in _WORDS for part in word.split("-")):
        return float(sum(_WORDS[part] for part in word.split("-")))
    return None


def _counted(words: Tokens, at: int, after: int) -> str:
    before = words[at - 1].lower_ if at else ""
    behind = words[after].lower_ if after < len(words) else ""
    if before in _MONEY:
        return _MONEY[before]
    if behind in _MONEY:
        return _MONEY[behind]
    if behind in _PERCENT:
        return "%"
    if before.rstrip(".") in _MONTHS or behind.rstrip(".") in _MONTHS or _is_year(words[at].text):
        return "date"
    return _noun(words, after)


def _verb(token: Token) -> str:
    if not token.doc.has_annotation("DEP"):
        return ""
    return next((str(above.lemma_).lower() for above in token.ancestors if above.pos_ == "VERB"), "")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1800 <= int(text) <= 2100


def _noun(words: Tokens, after: int) -> str:
    """The noun counted: the first one within four words, or the word behind the number without a parse."""
    for token in words[after : after + 4]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP"):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            return str(token.lemma_ or token.lower_).lower()
    if after < len(words) and not words[after].pos_ and words[after].is_alpha and not words[after].is_stop:
        return str(words[after].lower_)
    return ""
