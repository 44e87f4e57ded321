"""The time line of a report as iCalendar (RFC 5545): what was published, what happened, what times the articles name.

An hour that has no zone stays without one, which calendars show as it is written. What is known to the month only
becomes an entry over all its days that says so and blocks nothing; what has no day at all is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from whosays.language.times import Time
from whosays.report import chronicle, phrases
from whosays.report.formats import identifiers, moments
from whosays.report.formats.identifiers import Identifiers
from whosays.report.formats.sources import Sources
from whosays.report.report import Report
from whosays.report.view.times import GROUNDS
from whosays.text.span import Span

FOLD: Final = 75  # bytes of a line, as the standard has it
CONTEXT: Final = 80  # characters of the text before and behind a time that is named
_CALENDAR: Final = ("DATE", "TIME")  # lengths of time and what recurs have no day
_EXACT: Final = ("minute", "day")
_NO_MOMENT: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPECIAL: Final = re.compile(r"([\\;,])")


@dataclass(frozen=True, slots=True)
class Entry:
    """``first`` and ``last`` are days, or one moment; ``grain`` is how finely it is known."""

    uid: UUID
    kind: str
    first: date | datetime
    last: date | datetime
    grain: str
    title: str
    told: tuple[str, ...]
    address: str = ""

    @property
    def order(self) -> tuple[str, str, str, str]:
        return self.first.isoformat(), self.last.isoformat(), self.kind, str(self.uid)


def write(report: Report) -> str:
    """One calendar; lines end with CR and LF, and are folded."""
    entries = [*_published(report), *_events(report), *_named(report)]
    last = moments.latest(report.articles)
    name = f"Time line of {phrases.counted(len(report.articles), 'article')}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_text(f'-//whosays//whosays {report.version}//EN')}",
        "CALSCALE:GREGORIAN",
        f"UID:{Identifiers(report).within('calendar')}",
        f"NAME:{_text(name)}",
    ]
    for entry in sorted(entries, key=lambda entry: entry.order):
        lines += _event(entry, last.utc if last else _NO_MOMENT)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _published(report: Report) -> Iterable[Entry]:
    shown = Sources(report).outlets
    for read in report.articles:
        article = read.article
        moment = moments.read(article.published)
        if moment is not None:
            at = moment.at if moment.timed else moment.at.date()
            title = f"Published: {shown[article.id]}" + (f", {article.title}" if article.title else "")
            uid = identifiers.article(article)
            yield Entry(uid, "PUBLICATION", at, at, "minute" if moment.timed else "day", title, (),
                        identifiers.address(article.url))  # fmt: skip


def _events(report: Report) -> Iterable[Entry]:
    """The events that have a day, in the words that tell most of them, with all who tell them."""
    ids, shown = Identifiers(report), Sources(report).outlets
    found = report.comparison.events if report.comparison else ()
    for number, (event, told) in enumerate(zip(found, chronicle.events(report, shown), strict=True), start=1):
        time = next((mention.time for mention in event.mentions if mention.time), None)
        first, last = _day((time or "").split("/")[0]), _day((time or "").split("/")[-1])
        if first is not None and last is not None:
            by = f"By the word of {phrases.listed(told.sources)}"
            yield Entry(ids.within("event", number), "EVENT", first, last, "day" if first == last else "days",
                        told.words, (by,))  # fmt: skip


def _named(report: Report) -> Iterable[Entry]:
    """The times that articles name, those of one stretch and grain as one entry with all the passages."""
    ids, sources = Identifiers(report), Sources(report)
    found: dict[tuple[str, str, str], list[tuple[str, Time]]] = {}
    for read in report.articles:
        for time in read.times:
            if time.type in _CALENDAR and time.start and time.precision != "vague":
                key = (time.start, time.end or time.start, time.precision)
                found.setdefault(key, []).append((read.article.id, time))
    for (start, end, grain), named in found.items():
        first, last = _day(start), _day(end)
        if first is None or last is None:
            continue
        outlets = phrases.listed(dict.fromkeys(sources.outlets[article] for article, _ in named))
        words = phrases.listed(dict.fromkeys(f"“{phrases.clean(time.span.of(sources.texts[a]))}”" for a, time in named))
        within = "" if grain in _EXACT else f" (known to the {grain} only)"
        yield Entry(ids.within("time", start, end, grain), "DATE", first, last, grain, f"{words}: {outlets}{within}",
                    tuple(_passage(article, time, sources) for article, time in named))  # fmt: skip


def _passage(article: str, time: Time, sources: Sources) -> str:
    """Where a time is named, with the words around it, and how it was found."""
    grounds = f" ({GROUNDS[time.anchor]})" if time.anchor else ""
    return f"{sources.outlets[article]}: {_around(sources.texts[article], time.span)}{grounds}"


def _around(text: str, span: Span) -> str:
    """The span with whole words before and behind it."""
    start, end = span.start - CONTEXT, span.end + CONTEXT
    before = text[: span.start] if start <= 0 else "…" + text[start : span.start].partition(" ")[2]
    behind = text[span.end :] if end >= len(text) else text[span.end : end].rpartition(" ")[0] + "…"
    return phrases.clean(f"{before}{span.of(text)}{behind}")


def _day(when: str) -> date | datetime | None:
    """A day, or a moment where the hour and minute are known."""
    try:
        return datetime.fromisoformat(when) if "T" in when else date.fromisoformat(when)
    except ValueError:
        return None


def _event(entry: Entry, stamp: datetime) -> Sequence[str]:
    lines = ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{_moment(stamp)}"]
    if isinstance(entry.first, datetime):
        lines.append(f"DTSTART:{_moment(entry.first)}")
    else:
        lines.append(f"DTSTART;VALUE=DATE:{_basic(entry.first)}")
        if entry.last < date.max:  # the day behind the last; without it an entry is of one day
            lines.append(f"DTEND;VALUE=DATE:{_basic(entry.last + timedelta(days=1))}")
    lines += [f"SUMMARY:{_text(entry.title)}", f"CATEGORIES:{entry.kind}", "TRANSP:TRANSPARENT"]
    if entry.told:
        lines.append(f"DESCRIPTION:{_text(*entry.told)}")
    if entry.address:
        lines.append(f"URL:{entry.address}")
    return [*lines, f"X-WHOSAYS-PRECISION:{_text(entry.grain)}", "END:VEVENT"]


def _moment(at: datetime) -> str:
    """In UTC where the zone is known; else as it was written, in no zone."""
    if at.tzinfo is None:
        return f"{_basic(at)}T{at:%H%M%S}"
    there = at.astimezone(UTC)
    return f"{_basic(there)}T{there:%H%M%S}Z"


def _basic(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _text(*lines: str) -> str:
    """Lines as the value of a property: without control characters, and with its signs escaped."""
    return "\\n".join(_SPECIAL.sub(r"\\\1", phrases.clean(line)) for line in lines)


def _folded(line: str) -> str:
    """Cut into pieces of at most 75 bytes, never within a letter; each further one begins with a space."""
    pieces, room = [""], FOLD
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = FOLD - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)
