"""The invented story of story.py with what formats need besides: times, places, events, and awkward articles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import story

from whosays.claims.event import Event, EventMention, Participant
from whosays.language.places import Place
from whosays.language.times import Time
from whosays.report.report import ReadArticle, Report
from whosays.text.article import Article
from whosays.text.span import Span

PUBLISHED = {"post": "2031-05-02T10:20:00+02:00", "ledger": "2031-05-03", "star": "2031-05-02T23:10"}


def named(article: str, words: str, value: str, days: tuple[str, str], precision: str) -> Time:
    return Time(story.at(article, words), "DATE", value, *days, precision, "published")


TIMES = {
    "post": (
        named("post", "Friday", "2031-05-02", ("2031-05-02", "2031-05-02"), "day"),
        named("post", "Thursday", "2031-05-01", ("2031-05-01", "2031-05-01"), "day"),
    ),
    "ledger": (
        named("ledger", "the day before", "2031-05-01", ("2031-05-01", "2031-05-01"), "day"),
        Time(story.at("ledger", "a week"), "DURATION", "P1W", None, None, "week", None),
    ),
    "star": (
        named("star", "Thursday", "2031-05-01T18:30", ("2031-05-01T18:30", "2031-05-01T18:30"), "minute"),
        named("star", "still", "2031-05", ("2031-05-01", "2031-05-31"), "month"),
    ),
}
PLACES = {
    "post": (
        Place(story.at("post", "KESH CITY"), "KESH CITY", "Kesh City", "KE", 1.5, 38.25, "city", 4242),
        Place(story.at("post", "Kesh,"), "Kesh", "Kesh", None, 2.0, 39.0, "country", None),
    ),
    "ledger": (Place(story.at("ledger", "Kesh"), "Kesh", "Kesh", None, 2.0, 39.0, "country", None),),
    "star": (),
}
TAKEN = story.at("post", "Rebels took the town of Amral on Thursday")
EVENTS = (
    Event(
        (
            EventMention(
                "post", story.at("post", "took"), TAKEN, Participant(story.at("post", "Rebels")),
                Participant(story.at("post", "the town of Amral")), None, "2031-05-01", story.at("post", "Thursday"),
            ),
        )
    ),
    Event((EventMention("ledger", story.at("ledger", "captured"), story.at("ledger", "captured Amral")),)),
)  # fmt: skip


def report(**changed: Any) -> Report:
    articles = tuple(
        ReadArticle(
            replace(story.article(id_), published=PUBLISHED[id_], language="en"),
            times=TIMES[id_],
            places=PLACES[id_],
        )
        for id_ in story.TEXTS
    )
    comparison = replace(story.COMPARISON, events=EVENTS)
    return story.report(**{"articles": articles, "comparison": comparison, **changed})


def bare() -> Report:
    """Articles of which nothing is known but the text, two of them at one address."""
    known: dict[str, Any] = {"outlet": None, "published": None, "title": None, "language": None}
    articles = tuple(
        ReadArticle(replace(story.article(id_), **known, url="https://one.example/a b" if id_ == "post" else None))
        for id_ in story.TEXTS
    )
    return story.report(articles=articles)


def empty(text: str = "Nothing was said.") -> Report:
    """One article in which nothing was found."""
    return story.report(articles=(ReadArticle(Article("a", text)),), statements=(), speakers=(), comparison=None)


def hostile() -> Report:
    """Words that break what is not careful: control characters, half a letter, signs of every format."""
    words = "“BEGIN:VEVENT\r\nSUMMARY:x\\n;,\ud83d \U0001f600 \u202e<script>alert(1)</script>”"
    text = f"{words} the mayor said\x00 on Friday in Kesh.\n" + "é" * 90
    start = text.index("Friday")
    time = Time(Span(start, start + 6), "DATE", "2031-05-02", "2031-05-02", "2031-05-02", "day", "published")
    place = text.index("Kesh")
    read = ReadArticle(
        Article("a\r\n b", text, "Out,let;\r\nX:y", "2031-05-02", f"{words}{'é' * 90}", "javascript:alert(1)"),
        times=(time,),
        places=(Place(Span(place, place + 4), "Kesh", "Kesh\r\n", "KE", 1.0, 2.0, "city", 1),),
    )
    statement = story.Statement("a\r\n b:1", "a\r\n b", (Span(0, len(words)),), speaker="s3", kind="direct")
    return story.report(articles=(read,), statements=(statement,), speakers=(story.DORN,), comparison=None)
