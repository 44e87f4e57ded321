"""The time line: what the articles date, by day, with the phrase, the day it stands for, and on what grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from whosays.report.view import reader
from whosays.report.view.story import Json, Outlet, Story, day, shown

GROUNDS: Final = {
    "text": "the date stands in the text",
    "published": "counted from the day of publication",
    "other date": "counted from another date in the text",
}
_NO_DAY: Final = "no day known"  # sorts behind all that have one
_CALENDAR: Final = ("DATE", "TIME")  # durations and what recurs have no day


@dataclass(frozen=True, slots=True)
class Mention:
    """The words by which an article names a time, or what happens there; ``href`` leads to them."""

    outlet: Outlet
    phrase: str
    href: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment or stretch: ``when`` the hour within its day, ``grounds`` how it was found."""

    when: str
    what: str
    grounds: str
    mentions: tuple[Mention, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Day:
    title: str
    entries: tuple[Entry, ...]


def find(story: Story) -> tuple[Day, ...]:
    """The days, and longer stretches, in order; in each the events, the times that are named, what was published."""
    by_title: dict[tuple[str, str], list[tuple[tuple[str, int], Entry]]] = {}
    for start, end, order, entry in [*_published(story), *_events(story), *_named(story)]:
        by_title.setdefault((start[:10], end[:10]), []).append(((start[10:], order), entry))
    return tuple(
        Day(_title(start, end), tuple(entry for _, entry in sorted(of_it, key=lambda placed: placed[0])))
        for (start, end), of_it in sorted(by_title.items())
    )


def _published(story: Story) -> Iterable[tuple[str, str, int, Entry]]:
    for article, outlet in zip(story.document["articles"], story.outlets, strict=True):
        if article["published"] and outlet.moment.at is not None:
            mention = Mention(outlet, "published", f"#{outlet.anchor}")
            at = article["published"][:16]
            yield at, at, 2, Entry(outlet.moment.hour, "Published", "given with the article", (mention,), outlet.anchor)


def _events(story: Story) -> Iterable[tuple[str, str, int, Entry]]:
    """What happened, who did it, to whom and where; those without a day stand last."""
    for event in story.document.get("events") or ():
        start = _start(event.get("time"))
        outlet = story.outlet[event["article"]]
        parts = [shown(event[part] or "") for part in ("actor", "what", "target", "place")]
        where = f"#{reader.paragraph_at(story, event['article'], event['span'][0])}"
        keys = story.keys([event["statement"]]) if event.get("statement") in story.statements else outlet.anchor
        mention = Mention(outlet, "told", where)
        told = " · ".join(part for part in parts if part)
        hour = "" if start == _NO_DAY else start[11:16]
        yield start, start, 0, Entry(hour, told, "an event that the article tells", (mention,), keys)


def _start(time: Any) -> str:
    """A day, with its hour where it is known, out of a time that may be wider or none."""
    try:
        found = datetime.fromisoformat(str(time))
    except ValueError:
        return _NO_DAY
    return str(time) if str(time).startswith(f"{found:%Y-%m-%d}") else _NO_DAY


def _named(story: Story) -> Iterable[tuple[str, str, int, Entry]]:
    """The times of the articles, those of one value, grain and grounds together."""
    found: dict[tuple[str, str, str, str], list[Json]] = {}
    for time in story.document.get("dates", ()):
        if time["type"] in _CALENDAR and time["start"] and time["precision"] != "vague":
            key = (time["start"], time["end"], time["precision"], time["anchor"] or "")
            found.setdefault(key, []).append(time)
    for (start, end, precision, anchor), times in found.items():
        mentions: dict[tuple[str, str], Mention] = {}
        for time in times:
            phrase = shown(time["text"])
            where = f"#{reader.paragraph_at(story, time['article'], time['span'][0])}"
            mentions.setdefault((time["article"], phrase), Mention(story.outlet[time["article"]], phrase, where))
        keys = " ".join(dict.fromkeys(mention.outlet.anchor for mention in mentions.values()))
        hour = start[11:16] if precision in ("minute", "hour") else ""
        yield start, end or start, 1, Entry(hour, "", GROUNDS.get(anchor, ""), tuple(mentions.values()), keys)


def _title(start: str, end: str) -> str:
    """A day with its weekday; a month or year by its name; any other stretch by its first and last day."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return "No day given" if _NO_DAY.startswith(start) else shown(start)
    if first == last:
        return f"{first:%A}, {day(first)}"
    ends_month = (last + timedelta(days=1)).day == 1 and first.day == 1
    if ends_month and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if ends_month and first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    return f"{day(first)} to {day(last)}"
