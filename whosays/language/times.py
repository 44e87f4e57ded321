"""Times and dates of an article, with their values as in TIMEX3.

Written for English news: "Friday", "late Sunday", "13 years ago", "the third quarter", "a year earlier". Words that
name a day only by way of another (a weekday, "last week") are resolved from the day of publication, or from the date
that the text spoke of last; where that is not known the value has ``X`` for what is missing and no interval. The
values are those of ISO-TimeML (ISO 24617-1).

The rules were made on two thirds of the articles of TimeBank and AQUAINT, and of MEANTIME (Wikinews, of which only the
first six lines are annotated and were compared). Value F1 on those / on the third that was kept unseen: TimeBank and
AQUAINT .81 / .78, MEANTIME .85 / .83.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from whosays.text.span import Span

from . import time_calendar, time_grammar, time_values, time_words

_HEAD_LINES: Final = 6
_DATE_LINE: Final = re.compile(r"[^\n]{6,40}")


@dataclass(frozen=True, slots=True)
class Time:
    """A phrase that names a time.

    ``start`` and ``end`` are ISO dates, or dates with a time of day: the first and the last moment of what ``value``
    covers, both within it, or ``None`` where it names no days. ``precision`` is the grain of the value ("day", "week",
    "part of day", …; "vague" for PAST_REF and its like). ``anchor`` says from what the value was found: the words
    themselves, the day of publication, or another date in the text.
    """

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start: str | None
    end: str | None
    precision: str
    anchor: Literal["text", "published", "other date"] | None


def find(text: str, published: str | None, prose: Sequence[Span] | None = None) -> tuple[Time, ...]:
    """The times that a text names, in text order; their spans never overlap.

    ``published`` is an ISO date or date and time; anything else counts as unknown, and then a line at the top that
    holds nothing but a date stands in for it. ``prose`` limits the search to its spans.
    """
    day = _day(published) or _date_line(text)
    found: list[Time] = []
    reader = time_values.Reader(day)
    for span in prose if prose is not None else (Span(0, len(text)),):
        tokens = time_words.read(text, *span)
        for phrase in time_grammar.find(tokens):
            resolved = reader.resolve(phrase, tokens)
            if resolved is not None:
                found.append(_time(Span(phrase.start, phrase.end), resolved))
    return tuple(sorted(found, key=lambda time: time.span))


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _date_line(text: str) -> date | None:
    """The date that stands alone on one of the first lines."""
    end = 0
    for _ in range(_HEAD_LINES):
        start, end = end, text.find("\n", end) + 1
        line = text[start : end - 1 if end else len(text)].strip()
        if _DATE_LINE.fullmatch(line):
            tokens = time_words.read(line, 0, len(line))
            phrases = list(time_grammar.find(tokens))
            if len(phrases) == 1 and phrases[0].last - phrases[0].first == len(tokens.letters):
                phrase = phrases[0]
                if phrase.kind == "date" and phrase.year and phrase.month and phrase.day:
                    return time_calendar.day(phrase.year, phrase.month, phrase.day)
        if not end:
            break
    return None


def _time(span: Span, resolved: time_values.Resolved) -> Time:
    covered = time_calendar.covers(resolved.value)
    start, end = (covered[0].isoformat(), covered[1].isoformat()) if covered else (None, None)
    if covered and (clock := re.search(r"T(?!24)\d\d:\d\dZ?$", resolved.value)):
        start = end = start and start + clock[0]
    if resolved.reach is not None:
        start, end = (day.isoformat() for day in resolved.reach)
    grain = time_calendar.grain_of(resolved.value)
    return Time(span, resolved.type, resolved.value, start, end, grain, resolved.anchor)
