"""The grammar of times: which words make a phrase.

A small grammar over the letters of :mod:`whosays.language.time_words`. At every letter that can begin a phrase the
patterns are tried from the most to the least telling, so that one pass reads a text. Every repetition is bounded, so
that no text takes longer than its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from . import time_counted, time_named
from .time_phrase import Match, Phrase, bare, word_in, words_in
from .time_words import Tokens

_NUM: Final = r"(?P<num>(?:[nY]|an)(?:[-A]?n){0,6}(?:A?a?[QF])?(?:r[nY])?v?|a?qO?)"
_PRE: Final = r"(?:b|t[EO]O|EO|E-|E|R){0,3}"
_ZONE: Final = frozenset({"utc", "gmt"})


def find(tokens: Tokens) -> Iterator[Phrase]:
    """The phrases, in text order; none overlaps another."""
    position = 0
    letters = tokens.letters
    while (begin := _ANY.search(letters, position)) is not None:
        position = begin.start() + 1
        for pattern, reader in _GRAMMAR:
            found = pattern.match(letters, begin.start())
            if found and (phrase := reader(tokens, found)) is not None:
                yield phrase
                position = phrase.last
                break


def _clock(tokens: Tokens, found: Match) -> Phrase | None:
    """A time of day with the day that stands right behind it."""
    digits = re.split(r"[:.]", word_in(tokens, found, "time"))
    if not all(part.isdigit() for part in digits) or len(digits) > 2:
        return None
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) == 2 else 0
    half = word_in(tokens, found, "half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59:
        return None
    zone = "Z" if _ZONE & set(words_in(tokens, found, "zone")) else ""
    return _on_its_day(tokens, replace(bare(tokens, found, "clock"), clock=f"{hour:02d}:{minute:02d}{zone}"))


def _part(tokens: Tokens, found: Match) -> Phrase | None:
    """A part of a day with the day that stands right behind it: "noon Thursday", "the night of 3 May"."""
    phrase = time_named.part_of_day(tokens, found)
    return _on_its_day(tokens, phrase) if phrase is not None and phrase.step == 0 else phrase


def _on_its_day(tokens: Tokens, time: Phrase) -> Phrase:
    """The time with the day behind it; behind "on" the day keeps its own span, and is read again by itself."""
    place = time.last
    apart = tokens.letters[place : place + 1] == "x" and tokens.words[place] == "on"
    place += apart or (time.kind == "part" and tokens.letters[place : place + 1] == "O")
    for pattern, reader in (_DATE_FORMS[0], _DATE_FORMS[1], _WEEKDAY_FORM, _TODAY_FORM):
        behind = pattern.match(tokens.letters, place)
        day = reader(tokens, behind) if behind else None
        if day is not None:
            end, last = (time.end, time.last) if apart else (day.end, day.last)
            part = time.part or day.part
            return replace(day, start=time.start, end=end, first=time.first, last=last, clock=time.clock, part=part)
    return time


_Reader = Callable[[Tokens, Match], Phrase | None]
_Rule = tuple[re.Pattern[str], _Reader]
_DATE_FORMS: Final[tuple[_Rule, ...]] = (
    (
        re.compile(r"b?(?:(?P<w>W),?)?t?(?P<d>[lfh])?(?P<m>M)(?P<n>[no])(?!-?[uU])(?:,?(?P<y>Y))?(?P<part>P)?"),
        time_named.date,
    ),
    (re.compile(r"b?(?:(?P<w>W),?)?t?(?P<n>[no])O?(?P<m>M)(?:,?(?P<y>Y))?(?P<part>P)?"), time_named.date),
)
_WEEKDAY_FORM: Final[_Rule] = (
    re.compile(r"(?:t?h?(?P<d>[lfhH]))?(?:E|R){0,3}(?P<w>W)(?P<part>P)?"),
    time_named.weekday,
)
_TODAY_FORM: Final[_Rule] = (re.compile(r"[ER]?(?P<w>T)(?P<part>P)?"), time_named.today)
_GRAMMAR: Final[tuple[_Rule, ...]] = (
    (re.compile(r"I"), time_named.iso_date),
    *_DATE_FORMS,
    (re.compile(r"(?P<time>D)(?P<half>p)?(?P<zone>z{0,2})"), _clock),
    (re.compile(r"(?P<time>n)(?P<half>p)(?P<zone>z{0,2})"), _clock),
    (re.compile(r"e(?P<num>n)?o?(?P<u>[uUWPQM])"), time_counted.repeated),
    (re.compile(r"(?P<u>w)"), time_counted.repeated),
    (re.compile(r"(?P<u>X)"), time_counted.often),
    (
        re.compile(r"(?:(?P<d2>[lfh])U'|(?P<y2>Y)|[ta])?y?-?(?P<n>o)-?y?(?P<u>Q)(?:O?y?(?P<y>Y)|O?t?(?P<d>[lfh])U)?"),
        time_named.quarter,
    ),
    (re.compile(r"(?P<code>V)(?:O?(?P<y>Y))?"), time_named.coded_quarter),
    (re.compile(r"(?P<y2>Y)-?(?P<code>V)"), time_named.coded_quarter),
    (re.compile(r"(?P<half>Q)a(?P<u>U)"), time_counted.half),
    (re.compile(r"t?H?(?P<back>U-[gR])[QG]?"), time_named.that_quarter),
    (re.compile(r"t?(?P<h>H)(?P<u>[GQU])(?:lU|aU[gR])"), time_named.same_period),
    (re.compile(r"lU'Q"), time_named.last_years_quarter),
    (re.compile(r"t(?:(?P<d>l)|(?P<y>Y))?(?:Q|(?<=[lY])G)"), time_named.that_quarter),
    (re.compile(r"(?P<d>[hH])Q"), time_named.that_quarter),
    (re.compile(rf"{_PRE}(?:t?(?P<d>[lfh]))?{_PRE}(?P<m>M)(?:,?O?(?P<y>Y))?"), time_named.month),
    (re.compile(rf"{_PRE}t?(?:E-?)?(?P<n>d)"), time_named.decade),
    (re.compile(r"t?(?:E-?)?(?P<n>o)-?(?P<u>[uU])"), time_named.century),
    _WEEKDAY_FORM,
    _TODAY_FORM,
    (re.compile(r"(?:(?P<d>[hlH])|t)?E?(?P<part>P)"), _part),
    (re.compile(rf"{_PRE}(?:t?(?P<d>[lfh])|t)?(?:E-?)?(?P<s>S)(?:O?(?P<y>Y))?"), time_named.season),
    (re.compile(r"(?P<name>K(?:U|P)?)(?:,?(?P<y>Y))?"), time_named.holiday),
    (re.compile(rf"[bv]{{0,4}}{_NUM}k?-?(?P<u>[uUQ])-?[gR]"), time_counted.away),
    (re.compile(r"b{0,3}(?P<num>a)k?-?(?P<u>[UQ])-?[gR]"), time_counted.away),
    (re.compile(rf"[bv]{{0,4}}{_NUM}k?(?P<u>[uU])B(?=[|,]|$)"), time_counted.away),
    (re.compile(r"[at](?P<u>U)B(?=[|,]|$)"), time_counted.away),
    (re.compile(rf"{_PRE}t?(?P<d>[lfhH])[bv]?{_NUM}k?(?P<u>[uU])"), time_counted.stretch),
    (re.compile(r"t?(?P<d>[lfhH])(?P<u>u)"), time_counted.stretch),
    (re.compile(rf"{_PRE}t?(?P<d>[lfhH])k?(?P<u>[UQ])"), time_counted.relative),
    (re.compile(rf"[bvt]{{0,4}}o?{_NUM}k?-?(?P<u>[uU])"), time_counted.length),
    (re.compile(r"b{0,3}(?P<num>a)k?-?(?P<u>U)"), time_counted.length),
    (re.compile(r"(?P<u>u)"), time_counted.length),
    (re.compile(r"(?:b|E){0,3}(?P<u>U)-?E"), time_named.year_end),
    (re.compile(rf"{_PRE}(?:tU|y)?(?P<y>Y)(?!-?[uU])"), time_named.year),
    (re.compile(rf"{_PRE}tk?y?(?P<u>U)(?!-?[ER])"), time_counted.current),
    (re.compile(r"t?(?P<w>Z)(?P<u>[uU])"), time_counted.recent),
    (re.compile(r"t?Z"), time_counted.vague),
    (re.compile(r"t(?P<u>l)(?=[|,x])"), time_counted.the_past),
)
_BEGINS: Final = r"(?=[^x|,OAr'\-pzFgBGk])"
# Where any of the patterns matches: few places of a text, found in one search.
_ANY: Final = re.compile(
    _BEGINS + "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern.pattern) for pattern, _ in _GRAMMAR) + ")"
)
