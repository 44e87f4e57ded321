"""Calendar arithmetic on TIMEX3 values: what a value is called, and which days it covers.

Weeks are those of ISO 8601. Nothing here raises on a date that no calendar has: it gives ``None``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

Grain = Literal[
    "minute", "hour", "part of day", "day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade",
    "century", "vague",
]  # fmt: skip

_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN: Final = {"day": 1, "part of day": 1, "week": 7, "weekend": 7}
SEASONS: Final = ("SP", "SU", "FA", "WI")

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(T.*)?")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)")
_WEEK: Final = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART: Final = re.compile(r"(\d{4})-([QH])(\d)")
_CLOCK: Final = re.compile(r"T\d\d(:\d\d)?(:\d\d)?Z?")
_LENGTH: Final = re.compile(r"P(?:T?)(?:[\dX.]+)([YMWDHSQ])")


def day(year: int, month: int, number: int) -> date | None:
    """The day, if the calendar has it."""
    try:
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def shift(start: date, grain: str, count: int) -> date | None:
    """A day ``count`` grains later; the last day of a month stands for one that the month lacks."""
    try:
        if grain in _DAYS_IN:
            return start + timedelta(days=count * _DAYS_IN[grain])
        months = start.year * 12 + start.month - 1 + count * _MONTHS_IN[grain]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    except (KeyError, ValueError, OverflowError):
        return None


def value(when: date, grain: str) -> str:
    """The TIMEX3 value of the stretch of that grain in which a day lies."""
    year = f"{when.year:04d}"
    if grain == "century":
        return year[:2]
    if grain == "decade":
        return year[:3]
    if grain == "year":
        return year
    if grain == "half":
        return f"{year}-H{(when.month + 5) // 6}"
    if grain == "quarter":
        return f"{year}-Q{(when.month + 2) // 3}"
    if grain == "season":
        return f"{year}-{SEASONS[(when.month - 3) // 3 % 4]}"
    if grain == "month":
        return f"{year}-{when.month:02d}"
    if grain in ("week", "weekend"):
        iso = when.isocalendar()
        return f"{iso.year:04d}-W{iso.week:02d}" + ("-WE" if grain == "weekend" else "")
    return when.isoformat()


@lru_cache(maxsize=1 << 12)
def covers(timex: str) -> tuple[date, date, Grain] | None:
    """The first and the last day of what a value names, and its grain; ``None`` where it names no days.

    Seasons have a grain but, the hemispheres differing, no days: see :func:`grain_of`.
    """
    if found := _DAY.fullmatch(timex):
        when = day(int(found[1]), int(found[2]), int(found[3]))
        return (when, when, grain_of(timex)) if when else None
    if timex.isdigit() and len(timex) in (2, 3, 4):
        width = 10 ** (4 - len(timex))
        first, last = day(int(timex) * width, 1, 1), day(int(timex) * width + width - 1, 12, 31)
    elif found := _MONTH.fullmatch(timex):
        first = day(int(found[1]), int(found[2]), 1)
        last = first and _month_end(first)
    elif found := _WEEK.fullmatch(timex):
        first, last = _week(int(found[1]), int(found[2]), bool(found[3]))
    elif found := _PART.fullmatch(timex):
        months = 3 if found[2] == "Q" else 6
        first = day(int(found[1]), (int(found[3]) - 1) * months + 1, 1)
        last = first and (end := shift(first, "month", months - 1)) and _month_end(end)
    else:
        return None
    return (first, last, grain_of(timex)) if first and last else None


@lru_cache(maxsize=1 << 12)
def grain_of(timex: str) -> Grain:
    """How fine a value is; a length of time is as fine as its last unit."""
    if found := _LENGTH.match(timex):
        clock: dict[str, Grain] = {"H": "hour", "M": "minute", "S": "minute"}
        days: dict[str, Grain] = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"}
        return (clock if timex.startswith("PT") else days).get(found[1], "vague")
    if found := _DAY.fullmatch(timex):
        if not found[4]:
            return "day"
        clock_time = _CLOCK.fullmatch(found[4])
        return ("minute" if clock_time[1] else "hour") if clock_time else "part of day"
    forms: tuple[tuple[str, Grain], ...] = (
        (r"\d{4}", "year"), (r"\d{3}", "decade"), (r"\d\d", "century"), (r"[\dX]{4}-[\dX]{2}", "month"),
        (r"[\dX]{4}-W..-WE", "weekend"), (r"[\dX]{4}-WXX-\d", "day"), (r"[\dX]{4}-W..", "week"),
        (r"[\dX]{4}-Q.", "quarter"), (r"[\dX]{4}-H.", "half"), (r"[\dX]{4}-(?:SP|SU|FA|WI)", "season"),
        (r"XXXX", "year"), (r"[\dX]{4}-[\dX]{2}-[\dX]{2}", "day"),
    )  # fmt: skip
    return next((grain for form, grain in forms if re.fullmatch(form, timex)), "vague")


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, number = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, number + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The nth such weekday of a month, Monday being 0."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _week(year: int, number: int, weekend: bool) -> tuple[date | None, date | None]:
    try:
        monday = date.fromisocalendar(year, number, 1)
        return monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)
    except (ValueError, OverflowError):
        return None, None
