"""The amounts in a stretch of text: what can differ between two reports of the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_OWN: Final = frozenset("the its their his her our my".split())
_RATES: Final = frozenset("second minute hour day night week month quarter year".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts: a currency sign, "%", "date", or the root of the noun that follows; "" if unknown.

    ``digits`` is how the text puts it, for reasons given to a reader, ``noun`` what it counts, in the text's words too;
    ``verb`` the lemma of the verb above it in the parse, "" without one. ``per`` is the "day" of so many a day. Of
    "between 5 and 7" ``value`` is the 7 and ``least`` the 5.
    """

    value: float
    of: str
    digits: str
    verb: str = ""
    noun: str = ""
    per: str = ""
    least: float | None = None


def find(words: Tokens) -> frozenset[Amount]:
    """All amounts in ``words``; "one" is left out, which mostly counts nothing.

    "780 of 2,900 jobs" is 780 jobs: that there are 2,900 in all is no other count of them.
    """
    found: set[Amount] = set()
    lower = [token.lower_ for token in words]
    behind = 0
    for at, word in enumerate(lower):
        if at < behind or _value(word) is None:
            continue
        value, after = _scaled(lower, at)
        upper = _upper(lower, at, after)
        least = None
        if upper:
            least = value * (_scaled(lower, upper)[0] / (_value(lower[upper]) or 1.0) if after == at + 1 else 1.0)
            value, after = _scaled(lower, upper)
        whole = _whole(lower, after)
        behind = _scaled(lower, whole)[1] if whole else after
        of = _counted(words, whole or upper or at, behind)
        if value != 1 or of in _MONEY.values():
            noun = _noun(words, behind)
            found.add(
                Amount(value, of, words[at:after].text.strip(), _verb(words[at]), noun.text if noun else "",
                       _per(lower, noun.i + 1 - words.start if noun else behind), least)
            )  # fmt: skip
    return frozenset(found)


def _scaled(lower: Sequence[str], at: int) -> tuple[float, int]:
    """The number at a word with its "million", and the word behind them."""
    value, after = _value(lower[at]) or 0.0, at + 1
    while after < len(lower) and lower[after] in _SCALES and len(lower[after]) > 2:
        value *= _SCALES[lower[after]]
        after += 1
    return value, after


def _upper(lower: Sequence[str], at: int, after: int) -> int:
    """Where the 7 of "between 5 and 7" stands; 0 where the number at ``at`` is no lower end."""
    before = next((n for n in (at - 1, at - 2) if n >= 0 and lower[n] not in _MONEY), 0)
    if lower[before] != "between" or lower[after : after + 1] != ["and"]:
        return 0
    upper = after + 2 if lower[after + 1 : after + 2] and lower[after + 1] in _MONEY else after + 1
    return upper if upper < len(lower) and _value(lower[upper]) is not None else 0


def _whole(lower: Sequence[str], after: int) -> int:
    """Where the 2,900 of "780 of 2,900 jobs" or "780 of its 2,900 jobs" stands; 0 where there is none."""
    if lower[after : after + 1] != ["of"]:
        return 0
    at = after + 2 if lower[after + 1 : after + 2] and lower[after + 1] in _OWN else after + 1
    return at if at < len(lower) and _value(lower[at]) is not None else 0


def _per(lower: Sequence[str], after: int) -> str:
    """The "day" of "40 million crowns a day"."""
    by, unit = ([*lower[after : after + 2], "", ""])[:2]
    return unit if by in ("a", "an", "per", "each", "every") and unit in _RATES else ""


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
    noun = _noun(words, after)
    if noun is not None:
        return str(noun.lemma_ or noun.lower_).lower() if noun.pos_ else str(noun.lower_)
    return ""


def _verb(token: Token) -> str:
    if not token.doc.has_annotation("DEP"):
        return ""
    return next((str(above.lemma_).lower() for above in token.ancestors if above.pos_ == "VERB"), "")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1800 <= int(text) <= 2100


def _noun(words: Tokens, after: int) -> Token | None:
    """The noun counted: the first one within four words, or the word behind the number without a parse."""
    for token in words[after : after + 4]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "ADP"):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            return token
    if after < len(words) and not words[after].pos_ and words[after].is_alpha and not words[after].is_stop:
        return words[after]
    return None
