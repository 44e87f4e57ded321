"""Phrases that name a stretch of the calendar: "Nov. 19", "the third quarter", "late Sunday", "the 1990s"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from . import time_words
from .time_phrase import PARTS, STEPS, TOLD, Match, Phrase, bare, letters_in, word_before, word_in, words_in
from .time_words import Tokens

_ATTACKS: Final = re.compile(r",?\s+(?:\w+\s+)?(?:attack|terror|hijack)")
_NO_YEAR: Final = frozenset("$#£€¥/")
_NUMBERED: Final = frozenset("page route flight number no room highway channel version windows".split())
_COUNTED: Final = re.compile(r"-|\s[a-z]+s\b|\s?(?:percent|per cent|points?|people|men|women|children)\b")
_NAMED_WEEKDAY: Final = frozenset("black bloody super cyber good fat ash giving news".split())
_MODAL: Final = frozenset({"may", "march"})
_BEFORE_MONTH: Final = frozenset(
    "in since until till by from during before after through between of and to early late mid last next this every "
    "or for is was the".split()
)
_BEFORE_YEAR: Final = _BEFORE_MONTH | {"the", "a", "an", "its", "his", "their", "fiscal", "year", "around", "circa"}


def date(tokens: Tokens, found: Match) -> Phrase | None:
    number = time_words.ordinal(word_in(tokens, found, "n"))
    if number is None or not 1 <= number <= 31:
        return None
    weekday, year, part = word_in(tokens, found, "w"), word_in(tokens, found, "y"), word_in(tokens, found, "part")
    return replace(
        bare(tokens, found, "date"),
        day=number,
        month=time_words.month(word_in(tokens, found, "m")),
        year=int(year) if year else None,
        weekday=time_words.weekday(weekday) if weekday else None,
        part=PARTS.get(part, ""),
        step=STEPS.get(letters_in(found, "d")),
        word="attacks" if _ATTACKS.match(tokens.text, tokens.ends[found.end() - 1]) else "",
    )


def iso_date(tokens: Tokens, found: Match) -> Phrase | None:
    year, month, day = (int(part) for part in tokens.words[found.start()].split("-"))
    return replace(bare(tokens, found, "date"), year=year, month=month, day=day)


def month(tokens: Tokens, found: Match) -> Phrase | None:
    word, year = word_in(tokens, found, "m"), word_in(tokens, found, "y")
    place = found.start("m")
    if not year and found.start() == place:
        before = word_before(tokens, place)
        length = tokens.ends[place] - tokens.starts[place]
        abbreviated = len(word) <= 4 and word not in ("may", "june", "july")
        if (abbreviated and length == len(word)) or (word in _MODAL and before not in _BEFORE_MONTH):
            return None
    direction = word_in(tokens, found, "d")
    return replace(
        bare(tokens, found, "month"),
        month=time_words.month(word),
        year=int(year) if year else None,
        step=STEPS[letters_in(found, "d")] if direction else None,
    )


def year(tokens: Tokens, found: Match) -> Phrase | None:
    """Four digits, unless they are a sum of money or count something."""
    start, end = tokens.starts[found.start("y")], tokens.ends[found.start("y")]
    number = int(tokens.words[found.start("y")])
    if tokens.text[max(start - 1, 0) : start] in _NO_YEAR or tokens.text[end : end + 1] == "%":
        return None
    if word_before(tokens, found.start()) in _NUMBERED:
        return None
    alone = word_before(tokens, found.start("y")).strip("-") not in _BEFORE_YEAR
    if alone and (not 1900 <= number < 2100 or _COUNTED.match(tokens.text, end)):
        return None
    return replace(bare(tokens, found, "year"), year=number)


def quarter(tokens: Tokens, found: Match) -> Phrase | None:
    number = time_words.ordinal(word_in(tokens, found, "n"))
    year = word_in(tokens, found, "y") or word_in(tokens, found, "y2")
    direction = letters_in(found, "d") or letters_in(found, "d2")
    unit = word_in(tokens, found, "u")
    if number is None or number > (4 if unit == "quarter" else 2):
        return None
    if unit == "half" and not (year or direction):
        return None
    return replace(
        bare(tokens, found, "quarter"),
        unit=unit,
        count=number,
        year=int(year) if year else None,
        step=STEPS[direction] if direction else None,
    )


def coded_quarter(tokens: Tokens, found: Match) -> Phrase | None:
    """ "Q3", "Q3 2024", "2020 H1"; a half needs its year."""
    code = word_in(tokens, found, "code")
    year = word_in(tokens, found, "y") or word_in(tokens, found, "y2")
    if code[0] == "h" and (not year or code[1] > "2"):
        return None
    unit = "half" if code[0] == "h" else "quarter"
    return replace(bare(tokens, found, "quarter"), unit=unit, count=int(code[1]), year=int(year) if year else None)


def that_quarter(tokens: Tokens, found: Match) -> Phrase | None:
    """ "the quarter", "the latest period", "the year-ago quarter", "the 1988 period": found from what was said."""
    year, direction = word_in(tokens, found, "y"), letters_in(found, "d")
    phrase = replace(bare(tokens, found, "quarter"), unit="quarter", year=int(year) if year else None)
    if back := words_in(tokens, found, "back"):
        return replace(phrase, step=-1, word="year-ago") if time_words.unit(back[0]) == "year" else None
    if direction == "h" or (direction == "l" and word_in(tokens, found, "d") != "latest"):
        return replace(phrase, kind="shift", step=STEPS[direction], word=word_in(tokens, found, "d"))
    return phrase


def last_years_quarter(tokens: Tokens, found: Match) -> Phrase | None:
    return replace(bare(tokens, found, "quarter"), unit="quarter", step=-1, word="year-ago")


def same_period(tokens: Tokens, found: Match) -> Phrase | None:
    """ "the same period last year", "the corresponding month a year earlier"."""
    if word_in(tokens, found, "h") in ("that", "those"):
        return None
    unit = word_in(tokens, found, "u")
    if unit in ("period", "quarter"):
        return replace(bare(tokens, found, "quarter"), unit="quarter", step=-1, word="year-ago")
    return replace(bare(tokens, found, "shift"), unit="year", step=-1, base="spoken of", word="earlier")


def decade(tokens: Tokens, found: Match) -> Phrase | None:
    word = word_in(tokens, found, "n")
    digits = re.sub(r"\D", "", word)
    if digits:
        number = int(digits) if len(digits) == 4 else 1900 + int(digits)
    else:
        number = 1920 + 10 * time_words.DECADES.index(word)
        if found.end() - found.start() == 1:
            return None  # "in his fifties", "temperatures in the sixties"
    if number % 100 == 0 and number != 2000:
        return None  # the 1900s: a decade or a century
    return replace(bare(tokens, found, "decade"), year=number)


def century(tokens: Tokens, found: Match) -> Phrase | None:
    """ "the 20th century"; "the last week of March", "the third day" only as far as they name days."""
    number = time_words.ordinal(word_in(tokens, found, "n"))
    unit = time_words.unit(word_in(tokens, found, "u"))
    if unit != "century" or number is None or not 1 <= number <= 30:
        return None
    return replace(bare(tokens, found, "century"), year=(number - 1) * 100)


def weekday(tokens: Tokens, found: Match) -> Phrase | None:
    if word_before(tokens, found.start("w")) in _NAMED_WEEKDAY:
        return None  # "Super Tuesday", "Fox News Sunday"
    direction = letters_in(found, "d")
    part = word_in(tokens, found, "part")
    told = word_in(tokens, found, "d") in TOLD
    return replace(
        bare(tokens, found, "weekday"),
        weekday=time_words.weekday(word_in(tokens, found, "w")),
        step=STEPS[direction] if direction else None,
        base="spoken of" if told else "published",
        part=PARTS.get(part, ""),
    )


def today(tokens: Tokens, found: Match) -> Phrase | None:
    word, part = word_in(tokens, found, "w"), word_in(tokens, found, "part")
    return replace(
        bare(tokens, found, "today"),
        step={"yesterday": -1, "tomorrow": 1}.get(word, 0),
        part=PARTS.get(part or word, ""),
    )


def part_of_day(tokens: Tokens, found: Match) -> Phrase | None:
    word = word_in(tokens, found, "part")
    if found.end() - found.start() == 1 and word not in ("overnight", "noon", "midday", "midnight"):
        return None
    step = -1 if letters_in(found, "d") == "l" else 0
    told = not letters_in(found, "d") or letters_in(found, "d") == "H"
    phrase = replace(bare(tokens, found, "part"), word=word, step=step, part=PARTS[word])
    return replace(phrase, base="spoken of") if told else phrase


def season(tokens: Tokens, found: Match) -> Phrase | None:
    year, direction = word_in(tokens, found, "y"), letters_in(found, "d")
    word = word_in(tokens, found, "s")
    if found.end() - found.start() == 1 and word_before(tokens, found.start()) not in ("in", "since", "by", "until"):
        return None
    return replace(
        bare(tokens, found, "season"),
        unit={"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}[word],
        year=int(year) if year else None,
        step=STEPS[direction] if direction else None,
    )


def holiday(tokens: Tokens, found: Match) -> Phrase | None:
    year = word_in(tokens, found, "y")
    return replace(
        bare(tokens, found, "holiday"),
        word=tokens.words[found.start("name")].replace("’", "'"),
        year=int(year) if year else None,
    )


def year_end(tokens: Tokens, found: Match) -> Phrase | None:
    if word_in(tokens, found, "u") != "year" or tokens.words[found.end() - 1] != "end":
        return None
    return replace(bare(tokens, found, "holiday"), word="year-end")
