"""What a report tells of events, in time order, and of who holds and supports what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims.event import Event, EventMention, Standing
from whosays.report import phrases
from whosays.report.report import Report
from whosays.report.view.story import Outlet

# Fits one and many, and asserts nothing; whose word it is stands behind it.
SAID: Final = {"holds": "said to hold", "supports": "said to support"}


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: ``when`` in ISO dates, "" where no date is known, the ``words`` that tell it and by whose word."""

    when: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """Who ``does`` "holds" or "supports" ``what``, with which ``means`` if any, ``as_of`` when, by whose word."""

    who: str
    does: str
    what: str
    means: str
    as_of: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    events: tuple[Happening, ...]
    standing: tuple[Stance, ...]


def make(report: Report, outlets: Iterable[Outlet]) -> Chronicle:
    """Both, in the names of the outlets."""
    shown = {outlet.id: outlet.name for outlet in outlets}
    return Chronicle(events(report, shown), standing(report, shown))


def events(report: Report, shown: Mapping[str, str]) -> tuple[Happening, ...]:
    """The events in the order of the report, each in the words that tell most of it; ``shown``: names of articles."""
    texts = {read.article.id: read.article.text for read in report.articles}
    found = report.comparison.events if report.comparison else ()
    return tuple(_happening(event, report, texts, shown) for event in found)


def standing(report: Report, shown: Mapping[str, str]) -> tuple[Stance, ...]:
    """Who is said to hold and to support what: one line for what several passages put in the same words."""
    texts = {read.article.id: read.article.text for read in report.articles}
    rows: dict[tuple[str, ...], list[Standing]] = {}
    for row in report.comparison.standing if report.comparison else ():
        text = texts[row.article]
        words = [phrases.alike(span.of(text)) if span else "" for span in (row.who.span, row.what.span, row.means)]
        rows.setdefault((row.kind, *words, row.as_of or ""), []).append(row)
    return tuple(_stance(alike, report, texts, shown) for alike in rows.values())


def _happening(event: Event, report: Report, texts: Mapping[str, str], shown: Mapping[str, str]) -> Happening:
    first = event.mentions[0]
    text = texts[first.article]
    words = phrases.quoted(phrases.shorten(phrases.clean(first.span.of(text))))
    if first.actor and not first.span.overlaps(first.actor.span):
        words = f"{phrases.quoted(phrases.clean(first.actor.span.of(text)))} … {words}"
    when = next((mention.time for mention in event.mentions if mention.time), None)
    return Happening(
        when=phrases.interval(when or ""),
        words=words,
        sources=_sources([first, *event.mentions[1:]], report, shown),
    )


def _stance(rows: Sequence[Standing], report: Report, texts: Mapping[str, str], shown: Mapping[str, str]) -> Stance:
    first = rows[0]
    text = texts[first.article]
    return Stance(
        who=phrases.clean(first.who.span.of(text)),
        does=SAID[first.kind],
        what=phrases.clean(first.what.span.of(text)),
        means=phrases.clean(first.means.of(text)) if first.means else "",
        as_of=phrases.interval(first.as_of or ""),
        sources=_sources(rows, report, shown),
    )


def _sources(told: Sequence[EventMention | Standing], report: Report, shown: Mapping[str, str]) -> tuple[str, ...]:
    """By whose word: each article once, with the speaker where the first passage of it is a statement's."""
    speakers = {speaker.id: speaker.name for speaker in report.speakers}
    speaking = {s.id: speakers.get(s.speaker or "", "") for s in report.statements}
    found: dict[str, str] = {}
    for one in told:
        who = speaking.get(one.statement or "", "")
        article = shown[one.article]
        found.setdefault(article, phrases.chained([article, phrases.speaking(who)]) if who else article)
    return tuple(found.values())
