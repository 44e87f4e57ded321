"""The words of times and dates: every token of a text gets one letter, so that phrases are patterns over letters.

============ ============================================== ============ ==========================================
``M``        month                                          ``h H``      this; that, same
``W w``      Friday; Fridays                                ``l f``      last, past, previous; next, coming
``U u``      year, week, day; years                         ``e``        each, every
``Q G``      quarter, half; period                          ``E R``      early, late, mid, end; earlier, later
``n o F``    number; third, 3rd; one half                   ``g B``      ago; before, after
``q``        several, few, many                             ``b v``      about, almost; more, than, over
``Y d I``    1989; 1990s; 1989-10-27                        ``t a``      the; a
``D p z``    10:35; p.m.; GMT                               ``T P``      today; morning
``S K``      summer; Christmas                              ``Z X``      now, recently; daily
``y k``      fiscal; full, consecutive                      ``O A r``    of; and; or, to
============ ============================================== ============ ==========================================

``V`` is the code of a quarter (Q3). Commas, hyphens and the apostrophe of a genitive stand for themselves, ``|`` ends a
sentence, ``x`` is any other word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS: Final = {
    "second": "second", "minute": "minute", "hour": "hour", "day": "day", "night": "night", "week": "week",
    "weekend": "weekend", "fortnight": "fortnight", "month": "month", "year": "year", "decade": "decade",
    "century": "century", "centurie": "century", "quarter": "quarter", "half": "half", "season": "season",
}  # fmt: skip
NUMBERS: Final[Mapping[str, int]] = {
    **{word: k for k, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split())},
    **{word: 10 * k for k, word in enumerate("thirty forty fifty sixty seventy eighty ninety hundred".split(), 3)},
    "thousand": 1000, "dozen": 12, "single": 1,
}  # fmt: skip
ORDINALS: Final[Mapping[str, int]] = {
    word: k
    for k, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
DECADES: Final = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
VAGUE: Final = frozenset("several few many couple some dozens hundreds thousands".split())
PAST: Final = frozenset({"recently", "previously", "formerly", "recent", "lately", "once"})
HOLIDAYS: Final = frozenset({"christmas", "thanksgiving", "easter", "halloween", "ramadan", "hanukkah"})

_LISTED: Final[Mapping[str, str]] = {
    "t": "the", "a": "a an", "h": "this these", "H": "that those same corresponding comparable", "A": "and",
    "O": "of", "r": "or to",
    "l": "last past previous prior preceding latest", "f": "next coming following upcoming subsequent",
    "e": "each every", "E": "early late mid middle end beginning start", "R": "earlier later", "g": "ago",
    "B": "before after", "q": "several few many couple some dozens hundreds thousands",
    "S": "spring summer fall autumn winter",
    "P": "morning afternoon evening night overnight noon midnight midday", "T": "today yesterday tomorrow tonight",
    "X": "daily weekly monthly yearly annually nightly hourly biweekly", "G": "period",
    "Z": "now currently recently previously formerly recent lately current soon future nowadays presently",
    "b": "about almost nearly roughly approximately around", "v": "over under only just more less than least most up",
    "y": "fiscal", "k": "full whole entire consecutive straight trading business working successive additional solid",
    "z": "gmt utc est edt pst pdt cst cdt bst cet et", "Q": "quarter half",
    "u": "seconds minutes hours days weeks weekends fortnights months years decades centuries quarters nights",
    "U": "minute hour day week weekend fortnight month year decade century",
    "w": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "W": "monday tuesday wednesday thursday friday saturday sunday",
}  # fmt: skip
_LETTERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(NUMBERS, "n"),
    **dict.fromkeys(ORDINALS, "o"),
    **dict.fromkeys(DECADES, "d"),
    **dict.fromkeys(HOLIDAYS, "K"),
    **{word: letter for letter, words in _LISTED.items() for word in words.split()},
}
_CAPITAL: Final = frozenset("MWwzK")  # a lower-case "may", "sun" or "et" is another word
_MONTH: Final = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?",
    re.IGNORECASE,
)
# Each group of forms is tried only at letters with which one of them begins: most words are no more than words.
_TOKEN: Final = re.compile(
    r"(?=[\d½'’])(?:"
    r"(?P<I>\d{4}-\d\d-\d\d(?!\d))"
    r"|(?P<D>(?<![\d.,:])(?:[01]?\d|2[0-4])[:.][0-5]\d(?=\s?[ap]\.?m\b)|(?<![\d.,:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:]))"
    r"|(?P<d>(?:1\d|20)\d0['’]?s\b|['’][2-9]0s\b)"
    r"|(?P<o>\d{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<F>½|(?<=\d )1/2(?!\d))"
    r"|(?P<number>\d+(?:[.,/]\d+)*)"
    r"|(?P<genitive>['’]s\b))"
    r"|(?=[abcdfghjlmnopqsv])(?:"
    r"(?P<p>(?:[ap]\.m\.?|[ap]m)(?![\w]))"
    r"|(?P<month>(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)"
    r"|(?P<K>(?:(?:Christmas|New Year['’]s) Eve|(?:New Year['’]s|Veterans|Valentine['’]s|Boxing|Labor) Day"
    r"|Good Friday)\b)"
    r"|(?P<V>[QH][1-4]\b)"
    r"|(?P<v>at (?:least|most)\b))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[,'’–—-]|\n|[^\s\w])",
    re.IGNORECASE,
)
_MOST: Final = 1e6  # no calendar reaches further
_YEAR: Final = re.compile(r"1[0-9]\d\d|20\d\d")
_SENTENCE_END: Final = frozenset(".!?:;")
_SENTENCE_BEGIN: Final = re.compile(r"[\"'”’)\]]*(?:\s+[^a-z\d\s]|\s*$)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text's words, numbers and marks: where each begins and ends, its lower-case form without a stop, its letter.

    They are kept as columns, for most of them are never looked at again.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    letters: str


def read(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``; a line that ends without another line's small letter ends a phrase."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    letters: list[str] = []
    for found in _TOKEN.finditer(text, start, end):
        kind, written = found.lastgroup or "mark", found[0]
        if kind == "mark":
            letter, word = _mark(written, text, found.end()), written.rstrip(".")
        else:
            letter, word = _letter(kind, written)
        if letter:
            starts.append(found.start())
            ends.append(found.end())
            words.append(word)
            letters.append(letter)
    return Tokens(text, starts, ends, words, "".join(letters))


@lru_cache(maxsize=1 << 14)
def _letter(kind: str, word: str) -> tuple[str, str]:
    """The letter of a word or number, and the word itself in lower case without a stop."""
    return _letter_of(kind, word), word.lower().rstrip(".")


def _letter_of(kind: str, word: str) -> str:
    if kind == "word":
        lower = word.lower()
        letter = "M" if _MONTH.fullmatch(word) else _LETTERS.get(lower, "x")
        return "x" if letter in _CAPITAL and not word[0].isupper() else letter
    if kind == "number":
        if _YEAR.fullmatch(word):
            return "Y"
        return "n" if word.replace(",", "").replace(".", "", 1).isdigit() else "x"
    if kind == "month":
        return "M" if word[0].isupper() else "x"
    if kind == "genitive":
        return "'"
    if kind == "K":
        return "K" if word[0].isupper() else "x"
    return kind


def _mark(word: str, text: str, end: int) -> str:
    if word == "\n":
        follower = text[end : end + 1]
        return "" if follower.islower() or follower.isdigit() else "|"
    if word in "-–":
        return "-"
    if word in _SENTENCE_END:
        return "|" if word not in ".:" or _SENTENCE_BEGIN.match(text, end) else "x"
    return word if word == "," else "'" if word in "'’" else "x"


def number(words: list[str]) -> float | None:
    """The number that tokens spell ("twenty four", "2,000", "two and a half"); ``None`` for a vague or unknown one."""
    if "to" in words or "or" in words:
        return None
    total = 0.0
    seen = False
    for word in words:
        plain = word.replace(",", "")
        if plain.replace(".", "", 1).isdigit():
            total, seen = total + float(plain), True
        elif word in ("hundred", "thousand", "dozen"):
            total, seen = max(total, 1) * NUMBERS[word], True
        elif word in NUMBERS:
            total, seen = total + NUMBERS[word], True
        elif word in ("half", "½", "1/2"):
            total, seen = total + 0.5, True
    return total if seen and total < _MOST else None


def month(word: str) -> int:
    return MONTHS.index(word[:3]) + 1


def weekday(word: str) -> int:
    return WEEKDAYS.index(word[:3])


def unit(word: str) -> str:
    """The unit that a noun names, in the singular ("years" -> "year")."""
    return UNITS.get(word, UNITS.get(word.removesuffix("s"), "day"))


def ordinal(word: str) -> int | None:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else ORDINALS.get(word)
