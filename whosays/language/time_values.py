"""From what a phrase says to the value it has: resolved from the day of publication and the dates spoken of before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from . import time_calendar, time_tense
from .time_phrase import Phrase
from .time_words import Tokens

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["text", "published", "other date"]

_LETTERS: Final = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q",
    "year": "Y", "decade": "Y", "century": "Y", "fortnight": "W", "weekend": "D", "half": "M",
}  # fmt: skip
_TIMES: Final = {"decade": 10, "century": 100, "fortnight": 2, "weekend": 2, "half": 6}
_CLOCK_UNITS: Final = frozenset({"second", "minute", "hour"})
# Days ahead from which a day without a year is rather that of the year before, unless a verb tells that it is to come:
# news looks back. Half as many where a verb tells the past. On TimeBank and AQUAINT, where few days lie so far ahead,
# it loses nothing.
_FAR: Final = 60
_GRAINS: Final = frozenset({"day", "week", "weekend", "month", "quarter", "year", "decade", "century"})
_FIXED: Final = {
    "christmas": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1), "new year's eve": (12, 31),
    "halloween": (10, 31), "veterans day": (11, 11), "valentine's day": (2, 14), "boxing day": (12, 26),
    "year-end": (12, 31),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    """A value, from what it was found, and for a stretch of time the days it reaches over."""

    type: Type
    value: str
    anchor: Anchor | None = None
    reach: tuple[date, date] | None = None


class Reader:
    """Resolves an article's phrases in text order, and so knows which date was spoken of last."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._spoken: date | None = None
        self._grain = "day"
        self._last_quarter: date | None = None

    def resolve(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        """The phrase's value; ``None`` for a phrase that turns out to name no time ("Feb. 30")."""
        resolved: Resolved | None = getattr(self, f"_{phrase.kind}")(phrase, tokens)
        back = phrase.word in ("ago", "earlier", "year-ago", "the") or (phrase.kind == "quarter" and not phrase.count)
        if resolved is not None and resolved.type in ("DATE", "TIME") and resolved.anchor is not None and not back:
            self._remember(resolved.value)
        return resolved

    def _remember(self, value: str) -> None:
        covered = time_calendar.covers(value)
        if covered is None:
            return
        self._spoken = covered[0]
        self._grain = covered[2] if covered[2] in _GRAINS else "day"
        if self._grain == "quarter":
            self._last_quarter = covered[0]

    def _date(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        if phrase.month is None or phrase.day is None:
            return None
        if phrase.year is not None:
            when = time_calendar.day(phrase.year, phrase.month, phrase.day)
            return self._on(when, phrase, "text") if when else None
        if self._published is None:
            if not time_calendar.day(2000, phrase.month, phrase.day):
                return None
            return Resolved("DATE", f"XXXX-{phrase.month:02d}-{phrase.day:02d}")
        when = self._nearest(phrase, tokens, self._published)
        return self._on(when, phrase, "published") if when else None

    def _nearest(self, phrase: Phrase, tokens: Tokens, published: date) -> date | None:
        """A day without its year: the one nearest to publication, weekday and "last" or "next" agreeing."""
        if phrase.month == 9 and phrase.day == 11 and phrase.word == "attacks":
            return date(2001, 9, 11)
        around = [time_calendar.day(published.year + k, phrase.month or 0, phrase.day or 0) for k in (-1, 0, 1)]
        days = [day for day in around if day is not None]
        if phrase.weekday is not None:
            days = [day for day in days if day.weekday() == phrase.weekday] or days
        if phrase.step or time_tense.ended(tokens, phrase.first):
            sign = phrase.step or -1
            days = [day for day in days if (day - published).days * sign > 0] or days
        nearest = min(days, key=lambda day: (abs((day - published).days), day), default=None)
        if nearest and not phrase.step and phrase.weekday is None and nearest in around[1:]:
            told = time_tense.direction(tokens, phrase.first, phrase.last)
            if told <= 0 and (nearest - published).days > (_FAR if told == 0 else _FAR // 2):
                return around[around.index(nearest) - 1]
        return nearest

    def _on(self, when: date, phrase: Phrase, anchor: Anchor) -> Resolved:
        if phrase.clock:
            return Resolved("TIME", f"{when.isoformat()}T{phrase.clock}", anchor)
        if phrase.part:
            return Resolved("TIME", f"{when.isoformat()}T{phrase.part}", anchor)
        return Resolved("DATE", when.isoformat(), anchor)

    def _month(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        month = phrase.month or 1
        if phrase.year is not None:
            return Resolved("DATE", f"{phrase.year:04d}-{month:02d}", "text")
        if self._published is None:
            return Resolved("DATE", f"XXXX-{month:02d}")
        year, this = self._published.year, self._published.month
        if phrase.step == -1:
            year -= month >= this
        elif phrase.step == 1:
            year += month <= this
        elif phrase.step is None:
            told = time_tense.direction(tokens, phrase.first, phrase.last)
            if told > 0:
                year += month < this
            else:
                year -= month > this
        return Resolved("DATE", f"{year:04d}-{month:02d}", "published")

    def _year(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        return Resolved("DATE", f"{phrase.year:04d}", "text")

    def _decade(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        return Resolved("DATE", f"{phrase.year:04d}"[:3], "text")

    def _century(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        return Resolved("DATE", f"{phrase.year:04d}"[:2], "text")

    def _quarter(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        letter = "H" if phrase.unit == "half" else "Q"
        published = self._published
        if phrase.count is None:
            return self._that_quarter(phrase)
        number = int(phrase.count)
        if phrase.year is not None:
            return Resolved("DATE", f"{phrase.year:04d}-{letter}{number}", "text")
        if published is None:
            return Resolved("DATE", f"XXXX-{letter}{number}")
        year = published.year + (phrase.step or 0)
        if phrase.step is None and time_tense.direction(tokens, phrase.first, phrase.last) <= 0:
            months = 6 if letter == "H" else 3
            year -= (number - 1) * months + 1 > published.month
        return Resolved("DATE", f"{year:04d}-{letter}{number}", "published")

    def _that_quarter(self, phrase: Phrase) -> Resolved | None:
        quarter = self._last_quarter
        anchor: Anchor = "other date"
        if quarter is None and self._published is not None:
            quarter, anchor = time_calendar.shift(self._published, "quarter", -1), "published"
        if quarter is None:
            return Resolved("DATE", f"{phrase.year or 'XXXX'}-QX")
        if phrase.year is not None:
            quarter = time_calendar.day(phrase.year, quarter.month, 1)
        elif phrase.step:
            quarter = time_calendar.shift(quarter, "year", phrase.step)
        return Resolved("DATE", time_calendar.value(quarter, "quarter"), anchor) if quarter else None

    def _weekday(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        weekday = phrase.weekday or 0
        base = self._spoken if phrase.base == "spoken of" and self._spoken else self._published
        if base is None:
            value, time = f"XXXX-WXX-{weekday + 1}", phrase.clock or phrase.part
            return Resolved("TIME", f"{value}T{time}") if time else Resolved("DATE", value)
        back = (base.weekday() - weekday) % 7
        step = phrase.step
        if step is None:
            step = 1 if time_tense.direction(tokens, phrase.first, phrase.last) > 0 else -1
        elif back == 0 and step:
            back = 7 if step < 0 else 0
        if phrase.step == 0:
            when = time_calendar.shift(base, "day", weekday - base.weekday())
        else:
            forward = (7 - back) % 7 or (7 if phrase.step == 1 else 0)
            when = time_calendar.shift(base, "day", -back if step < 0 else forward)
        return self._on(when, phrase, "other date" if base is self._spoken else "published") if when else None

    def _today(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        if self._published is None:
            return Resolved("DATE", "XXXX-XX-XX")
        when = time_calendar.shift(self._published, "day", phrase.step or 0)
        return self._on(when, phrase, "published") if when else None

    def _part(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        told = phrase.base == "spoken of" and self._spoken is not None and self._grain == "day"
        if phrase.word == "overnight" and self._published is not None:
            told, phrase = False, replace(phrase, step=-1)
        base = self._day_told(phrase, tokens) if told else self._published
        if base is None:
            return Resolved("TIME", f"XXXX-XX-XXT{phrase.part}")
        when = time_calendar.shift(base, "day", phrase.step or 0)
        return self._on(when, phrase, "other date" if base is self._spoken else "published") if when else None

    def _clock(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        base = self._day_told(phrase, tokens) if self._grain == "day" and self._spoken else self._published
        if base is None:
            return Resolved("TIME", f"XXXX-XX-XXT{phrase.clock}")
        return self._on(base, phrase, "other date" if base is self._spoken else "published")

    def _day_told(self, phrase: Phrase, tokens: Tokens) -> date | None:
        """The date spoken of last; that of publication where that one was still to come and the past is told."""
        to_come = self._spoken and self._published and self._spoken > self._published
        past = to_come and time_tense.direction(tokens, phrase.first, phrase.last) < 0
        return self._published if past else self._spoken

    def _season(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        if phrase.year is not None:
            return Resolved("DATE", f"{phrase.year:04d}-{phrase.unit}", "text")
        if self._published is None:
            return Resolved("DATE", f"XXXX-{phrase.unit}")
        begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[phrase.unit]
        year, this = self._published.year, self._published.month
        if phrase.step == -1:
            year -= this <= begins + 2
        elif phrase.step == 1:
            year += this >= begins
        elif phrase.step is None and time_tense.direction(tokens, phrase.first, phrase.last) <= 0:
            year -= this < begins
        return Resolved("DATE", f"{year:04d}-{phrase.unit}", "published")

    def _holiday(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        year = phrase.year or (self._published.year if self._published else None)
        name = phrase.word
        if year is None:
            month, day = _FIXED.get(name, (None, None))
            return Resolved("DATE", f"XXXX-{month:02d}-{day:02d}") if month else None
        when = _feast(name, year)
        if when is None:
            return None
        if phrase.year is None and self._published is not None and name != "year-end" and when > self._published:
            later = time_tense.direction(tokens, phrase.first, phrase.last) > 0
            when = when if later else _feast(name, year - 1) or when
        return Resolved("DATE", when.isoformat(), "text" if phrase.year else "published")

    def _shift(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        """So many units from publication or from the date spoken of last."""
        unit, step = phrase.unit, phrase.step
        if unit in _CLOCK_UNITS:
            return self._length(phrase, tokens)
        if step is None:
            to_come = phrase.word == "later" and time_tense.direction(tokens, phrase.first, phrase.last) > 0
            return Resolved("DATE", "FUTURE_REF" if to_come else "PAST_REF")
        told = phrase.base == "spoken of" and self._spoken is not None
        if phrase.word == "later" and not told:
            return self._length(phrase, tokens)
        if phrase.word == "next" and told and time_tense.direction(tokens, phrase.first, phrase.last) > 0:
            told = False
        base = self._spoken if told else self._published
        if base is None:
            return Resolved("DATE", "PAST_REF" if step < 0 else "FUTURE_REF" if step else "PRESENT_REF")
        unit, step = {"fortnight": ("week", 2 * step), "night": ("day", step)}.get(unit, (unit, step))
        if unit == "year" and phrase.word in ("ago", "earlier") and (told or self._last_quarter):
            return self._year_before(base, step, phrase)
        if unit == "weekend" and phrase.word == "the":
            told_as = time_tense.direction(tokens, phrase.first, phrase.last)
            step = -1 if base.weekday() <= 5 and told_as <= 0 else 0
        when = time_calendar.shift(base, unit, step)
        if when is None:
            return None
        value = time_calendar.value(when, unit)
        if phrase.unit == "night":
            return Resolved("TIME", f"{value}TNI", "other date" if told else "published")
        return Resolved("DATE", value, "other date" if told else "published")

    def _year_before(self, base: date, step: int, phrase: Phrase) -> Resolved | None:
        """ "a year earlier": the day, month or quarter of that name, as many years before."""
        grain = self._grain
        if self._last_quarter is not None and step == -1:
            base, grain = self._last_quarter, "quarter"
        elif phrase.word == "ago":
            grain = "year"
        when = time_calendar.shift(base, "year", step)
        return Resolved("DATE", time_calendar.value(when, grain), "other date") if when else None

    def _stretch(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        """ "the past two years": a length that ends, or begins, with the day of publication."""
        length = _length_value(phrase)
        published, reach = self._published, None
        unit = {"fortnight": "week"}.get(phrase.unit, phrase.unit)
        if published is not None and phrase.count is not None and phrase.count == int(phrase.count):
            count = int(phrase.count) * (2 if phrase.unit == "fortnight" else 1)
            other = time_calendar.shift(published, unit, count * (phrase.step or 0))
            reach = (min(other, published), max(other, published)) if other else None
        return Resolved("DURATION", length, "published" if reach else None, reach)

    def _length(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        return Resolved("DURATION", _length_value(phrase))

    def _set(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        if phrase.weekday is not None:
            return Resolved("SET", f"XXXX-WXX-{phrase.weekday + 1}")
        if phrase.month is not None:
            return Resolved("SET", f"XXXX-{phrase.month:02d}")
        if phrase.part:
            return Resolved("SET", f"XXXX-XX-XXT{phrase.part}")
        return Resolved("SET", _length_value(phrase))

    def _vague(self, phrase: Phrase, tokens: Tokens) -> Resolved | None:
        return Resolved("DATE", phrase.word)


def _feast(name: str, year: int) -> date | None:
    if not 1 <= year <= 9999:
        return None
    if name in _FIXED:
        return time_calendar.day(year, *_FIXED[name])
    if name == "thanksgiving":
        return time_calendar.nth_weekday(year, 11, 3, 4)
    if name == "labor day":
        return time_calendar.nth_weekday(year, 9, 0, 1)
    if name in ("easter", "good friday") and year > 1582:
        return time_calendar.easter(year) - timedelta(days=2 if name == "good friday" else 0)
    return None


def _length_value(phrase: Phrase) -> str:
    unit = phrase.unit
    letter = _LETTERS.get(unit, "D")
    clock = "T" if unit in _CLOCK_UNITS else ""
    if phrase.count is None:
        return f"P{clock}X{letter}"
    count = phrase.count * _TIMES.get(unit, 1)
    if unit == "hour" and count % 1 == 0.5:
        return f"PT{int(count)}H30M" if count > 1 else "PT30M"
    return f"P{clock}{int(count) if count == int(count) else count}{letter}"
