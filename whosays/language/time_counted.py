"""Phrases that count: "13 years ago", "last week", "the past two years", "daily"; and those that only point: "now"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from . import time_words
from .time_phrase import PARTS, STEPS, TOLD, Match, Phrase, bare, letters_in, word_before, word_in, words_in
from .time_words import Tokens

_ENDED: Final = re.compile(r"\s+(?:end|to\b|through\b)")
_NEWSPAPER: Final = re.compile(r" (?:[A-Z]|newspaper|paper|tabloid)")
_SOME_DAY: Final = frozenset("will would could might may he she they it we i to".split())
_BODIES: Final = frozenset("meeting board council committee cabinet court parliament assembly".split())
_OWNERS: Final = frozenset("the its their his her our these those official published leaked".split())
_HOURS_OF: Final = frozenset("opening office visiting working business school banking trading".split())
_AGE: Final = re.compile(r"-?\s?old\b")


def relative(tokens: Tokens, found: Match) -> Phrase | None:
    """ "last week", "this year", "the following day", "that month"."""
    word, unit = word_in(tokens, found, "d"), time_words.unit(word_in(tokens, found, "u"))
    if unit in ("second", "minute", "hour", "half", "season"):
        return None
    definite = "t" in found[0][: found.start("d") - found.start()] and word in ("next", "last", "previous", "prior")
    if word == "past" or (word == "last" and definite and unit in ("decade", "century")):
        return replace(bare(tokens, found, "stretch"), unit=unit, count=1, step=-1)
    if word in ("recent", "latest") and letters_in(found, "u") != "Q":
        return None
    phrase = replace(bare(tokens, found, "shift"), unit=unit, step=STEPS[letters_in(found, "d")], word=word)
    return replace(phrase, base="spoken of") if word in TOLD or (definite and word != "last") else phrase


def current(tokens: Tokens, found: Match) -> Phrase | None:
    """ "the weekend", "the beginning of the year": the one in which, or right after which, the article appeared."""
    unit = time_words.unit(word_in(tokens, found, "u"))
    if unit not in ("weekend", "year", "week", "month"):
        return None
    if unit in ("week", "month") and found.end() - found.start() == 2:
        return None
    if unit == "year" and _ENDED.match(tokens.text, tokens.ends[found.end() - 1]):
        return replace(bare(tokens, found, "length"), unit=unit, count=1)
    return replace(bare(tokens, found, "shift"), unit=unit, step=0, word="the")


def recent(tokens: Tokens, found: Match) -> Phrase | None:
    word = tokens.words[found.start("w")]
    if word == "current" and letters_in(found, "u") == "U":
        return replace(bare(tokens, found, "shift"), unit=time_words.unit(word_in(tokens, found, "u")), step=0)
    if word != "recent" or letters_in(found, "u") == "U":
        return None
    return replace(bare(tokens, found, "length"), unit=time_words.unit(word_in(tokens, found, "u")))


def stretch(tokens: Tokens, found: Match) -> Phrase | None:
    """ "the past two years", "the next 14 months", "recent weeks", "the past decade"."""
    word, unit = word_in(tokens, found, "d"), time_words.unit(word_in(tokens, found, "u"))
    words = words_in(tokens, found, "num")
    if word in ("recent", "these") and words:
        return None
    if word in ("recent", "these") or (not words and letters_in(found, "u") == "u"):
        value = {"recent": "PAST_REF", "these": "PRESENT_REF", "those": "PAST_REF"}.get(word)
        if value is None:
            value = "FUTURE_REF" if letters_in(found, "d") == "f" else "PAST_REF"
        return replace(bare(tokens, found, "vague"), word=value, unit=unit)
    if letters_in(found, "d") in "hH":
        return None
    count = time_words.number(words) if words else 1
    return replace(bare(tokens, found, "stretch"), unit=unit, count=count, step=STEPS[letters_in(found, "d")])


def away(tokens: Tokens, found: Match) -> Phrase | None:
    """ "13 years ago", "a year earlier", "two days later"."""
    words = words_in(tokens, found, "num")
    last = tokens.words[found.end() - 1]
    count: float | None = 1
    if words not in (["a"], ["an"], []):
        count = None if time_words.VAGUE.intersection(words) else time_words.number(words)
    unit = time_words.unit(word_in(tokens, found, "u"))
    if unit in ("half", "season"):
        return None
    last = {"before": "earlier", "after": "later"}.get(last, last)
    sign = 1 if last == "later" else -1
    return replace(
        bare(tokens, found, "shift"),
        unit=unit,
        count=count,
        step=None if count is None else sign * int(count),
        base="published" if last == "ago" else "spoken of",
        word=last,
    )


def length(tokens: Tokens, found: Match) -> Phrase | None:
    words = words_in(tokens, found, "num")
    unit = time_words.unit(word_in(tokens, found, "u"))
    last = found.end() - 1
    if unit in ("half", "season", "night") or _AGE.match(tokens.text, tokens.ends[last]):
        return None
    if words in (["a"], ["an"]) and found.start() and tokens.letters[found.start() - 1] in "uU":
        return None  # "24 hours a day"
    if not words and unit in ("quarter", "night", "season"):
        return None
    before = word_before(tokens, found.start())
    if not words and _is_record(tokens, found, before):
        return None
    if tokens.words[last] == "hours" and before in ("early", "small"):
        return None  # "in the early hours of Saturday"
    if words and letters_in(found, "u") == "u" and tokens.text[tokens.starts[last] : tokens.ends[last]].istitle():
        return None  # the programme "60 Minutes"
    if words == ["one"] and tokens.words[last] == "day" and before in _SOME_DAY:
        return replace(bare(tokens, found, "vague"), word="FUTURE_REF")
    single = words in (["a"], ["an"]) or not words
    count = (1 if letters_in(found, "u") != "u" else None) if single else time_words.number(words)
    rate = single and words and before in ("once", "twice", "times")
    return replace(bare(tokens, found, "set" if rate else "length"), unit=unit, count=count)


def _is_record(tokens: Tokens, found: Match, before: str) -> bool:
    """Whether "minutes" without a number are those of a meeting ("the minutes", "minutes of …"), and "hours" those at
    which something is open; "minutes later" and "within minutes of" are lengths of time."""
    word, behind = tokens.words[found.end() - 1], tokens.letters[found.end() : found.end() + 1]
    if word == "hours":
        return before in _HOURS_OF
    if word != "minutes" or behind in ("R", "B", "g"):
        return False
    opens = not found.start() or tokens.letters[found.start() - 1] in "|'"
    return opens or before in _OWNERS | _BODIES or (behind == "O" and before != "within")


def half(tokens: Tokens, found: Match) -> Phrase | None:
    """ "half an hour", "half a century"."""
    unit = time_words.unit(word_in(tokens, found, "u"))
    if word_in(tokens, found, "half") != "half" or unit not in ("hour", "decade", "century"):
        return None
    return replace(bare(tokens, found, "length"), unit=unit, count=0.5)


def repeated(tokens: Tokens, found: Match) -> Phrase | None:
    words = words_in(tokens, found, "num")
    unit, letter = word_in(tokens, found, "u"), letters_in(found, "u")
    phrase = replace(bare(tokens, found, "set"), count=time_words.number(words) if words else 1)
    if letter in "Ww":
        return replace(phrase, weekday=time_words.weekday(unit))
    if letter == "M":
        return replace(phrase, month=time_words.month(unit))
    if letter == "P":
        return replace(phrase, part=PARTS[unit])
    return replace(phrase, unit=time_words.unit(unit))


def often(tokens: Tokens, found: Match) -> Phrase | None:
    word = word_in(tokens, found, "u")
    if word == "daily" and _NEWSPAPER.match(tokens.text, tokens.ends[found.end() - 1]):
        return None
    units = {"annually": "year", "daily": "day", "nightly": "night", "hourly": "hour", "biweekly": "fortnight"}
    return replace(bare(tokens, found, "set"), unit=units.get(word, word.removesuffix("ly")), count=1)


def vague(tokens: Tokens, found: Match) -> Phrase | None:
    word = tokens.words[found.end() - 1]
    if word == "soon" and word_before(tokens, found.start()) == "as":
        return None
    if word != "future" and found[0].startswith("t"):
        return None
    value = "PAST_REF" if word in time_words.PAST else "FUTURE_REF" if word in ("soon", "future") else "PRESENT_REF"
    return replace(bare(tokens, found, "vague"), word=value)


def the_past(tokens: Tokens, found: Match) -> Phrase | None:
    if word_in(tokens, found, "u") != "past":
        return None
    return replace(bare(tokens, found, "vague"), word="PAST_REF")
