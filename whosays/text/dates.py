"""Publication dates as outlets write them, made ISO 8601.

Small and strict: a form that two readers could take for two days (07/12/2024) is refused, not guessed.
Dates inside an article's prose are another matter and are not read here.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]*\s+)?"
_TIME: Final = (
    r"(?:[,\s]+(?:at\s+)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>utc|gmt|z|e[sd]?t|c[se]t|b?st|[+-]\d\d:?\d\d)?)?"
)
_DAY_FIRST: Final = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{{3,9}})\.?,?[\s-]+(?P<year>\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(
    rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})")
# "2024-W49-6" is ISO as well, but in a Date: line it is a slip; only the calendar form is taken.
_ISO: Final = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T\s].*)?", re.IGNORECASE)
_LABEL: Final = re.compile(r"^(?:published|updated|posted)(?:\s+on)?:?\s+", re.IGNORECASE)


def iso(words: str) -> str:
    """``words`` as an ISO date, or as an ISO date and time where a time is given in full with its offset.

    Takes ISO 8601, RFC 2822 ("Sat, 07 Dec 2024 10:20:00 +0000"), "7 December 2024", "Dec. 7, 2024",
    "Saturday, December 7, 2024 at 10:20 a.m." and "2024/12/07". Raises :class:`ValueError` for anything else.
    """
    tidy = _LABEL.sub("", " ".join(words.split()))
    if not tidy or len(tidy) > 80:
        raise ValueError(f"no date: {words[:80]!r}")
    if _ISO.fullmatch(tidy):
        return _from_iso(tidy)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_FIRST):
        if found := pattern.fullmatch(tidy):
            # A time after a written-out date is dropped: its zone is a name that stands for several offsets.
            if found.re is _DAY_FIRST and (stamped := _from_mail(tidy)):
                return stamped
            return _day(found).isoformat()
    if stamped := _from_mail(tidy):
        return stamped
    raise ValueError(f"no date: {tidy!r}")


def _from_iso(words: str) -> str:
    if len(words) <= 10:
        return date.fromisoformat(words).isoformat()
    # "2024-12-07 10:20 +0000": the standard library wants no space before the offset.
    moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d|Z$)", "", words))
    return moment.isoformat(timespec="seconds")


def _from_mail(words: str) -> str | None:
    if not re.search(r"\d:\d\d(?::\d\d)?\s*(?:[+-]\d{4}|GMT|UTC|UT|Z)$", words):
        return None
    try:
        return parsedate_to_datetime(words).isoformat(timespec="seconds")
    except (ValueError, IndexError, OverflowError, TypeError):  # what the library leaves uncaught of a spoiled time
        return None


def _day(found: re.Match[str]) -> date:
    return date(int(found["year"]), _month(found["month"]), int(found["day"]))


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    short = written.casefold()
    for number, month in enumerate(_MONTHS, start=1):
        if short == month or (len(short) in (3, 4) and month.startswith(short)):
            return number
    raise ValueError(f"no month: {written!r}")
