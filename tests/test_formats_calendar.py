"""The time line as a calendar, read back by a calendar library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import dated
import icalendar
import pytest
import story
from hypothesis import given
from hypothesis import strategies as st

from whosays.language.times import Time
from whosays.report import formats, phrases
from whosays.report.report import ReadArticle, Report
from whosays.text.article import Article
from whosays.text.span import Span

REPORTS: tuple[Callable[[], Report], ...] = (
    dated.report, dated.bare, dated.empty, dated.hostile, story.lone,
)  # fmt: skip


def calendar(report: Report) -> Any:
    return icalendar.Calendar.from_ical(formats.BY_NAME["ics"].write(report))


def entries(report: Report, kind: str) -> list[Any]:
    return [e for e in calendar(report).walk("VEVENT") if kind in e["CATEGORIES"].to_ical().decode()]


def published(when: str) -> Any:
    (entry,) = entries(story.report(articles=(ReadArticle(Article("a", "Text.", "Post", when)),), statements=(),
                                    speakers=(), comparison=None), "PUBLICATION")  # fmt: skip
    return entry


@pytest.mark.parametrize("report", REPORTS)
def test_a_library_reads_it_and_finds_no_fault(report: Callable[[], Report]) -> None:
    read = calendar(report())
    assert read.errors == []
    assert [entry.errors for entry in read.walk("VEVENT") if entry.errors] == []
    uids = [str(entry["UID"]) for entry in read.walk("VEVENT")]
    assert len(uids) == len(set(uids))
    assert all(entry["TRANSP"] == "TRANSPARENT" for entry in read.walk("VEVENT"))


@pytest.mark.parametrize("report", REPORTS)
def test_lines_are_as_short_as_the_standard_asks(report: Callable[[], Report]) -> None:
    made = formats.BY_NAME["ics"].write(report())
    *lines, last = made.split(b"\r\n")
    assert last == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    assert all(line.decode() for line in lines)  # no letter is cut in two


class TestPublication:
    def test_an_hour_with_its_zone_is_a_moment(self) -> None:
        assert published("2031-05-02T10:20:00+02:00").start == datetime(2031, 5, 2, 8, 20, tzinfo=UTC)

    def test_an_hour_without_a_zone_stays_without(self) -> None:
        assert published("2031-05-02T10:20").start == datetime(2031, 5, 2, 10, 20)

    def test_a_day_is_a_day(self) -> None:
        entry = published("2031-05-02")
        assert (entry.start, entry.end) == (date(2031, 5, 2), date(2031, 5, 3))

    def test_the_last_day_of_the_calendar_has_none_behind_it(self) -> None:
        assert published("9999-12-31").start == date(9999, 12, 31)

    def test_what_is_no_date_is_left_out(self) -> None:
        assert entries(dated.bare(), "PUBLICATION") == []


class TestNamedTimes:
    def test_what_two_articles_name_is_one_entry(self) -> None:
        (entry,) = [e for e in entries(dated.report(), "DATE") if e.start == date(2031, 5, 1) and e.end.day == 2]
        assert entry["SUMMARY"] == "“Thursday” and “the day before”: Northern Post and Daily Ledger"
        first, second = entry["DESCRIPTION"].split("\n")
        assert "took the town of Amral on Thursday" in first
        assert first.endswith("(counted from the day of publication)")
        assert second.startswith("Daily Ledger: …")

    def test_an_hour_is_a_moment(self) -> None:
        assert datetime(2031, 5, 1, 18, 30) in [entry.start for entry in entries(dated.report(), "DATE")]

    def test_a_month_says_that_it_is_no_more(self) -> None:
        (entry,) = [e for e in entries(dated.report(), "DATE") if e["X-WHOSAYS-PRECISION"] == "month"]
        assert (entry.start, entry.end) == (date(2031, 5, 1), date(2031, 6, 1))
        assert entry["SUMMARY"].endswith("(known to the month only)")

    def test_a_length_of_time_has_no_day(self) -> None:
        assert len(entries(dated.report(), "DATE")) == 4

    @given(st.text(min_size=1, max_size=200), st.text(max_size=200), st.text(max_size=200))
    def test_any_words_come_back(self, words: str, before: str, behind: str) -> None:
        """But for white space, and for what must not reach a screen."""
        time = Time(Span(len(before), len(before + words)), "DATE", "2031", "2031-01-01", "2031-12-31", "year", None)
        article = Article("a", before + words + behind, words, title=before)
        report = story.report(
            articles=(ReadArticle(article, times=(time,)),), statements=(), speakers=(), comparison=None
        )
        read = calendar(report)
        assert read.errors == []
        (entry,) = read.walk("VEVENT")
        assert entry["SUMMARY"] == phrases.clean(f"“{phrases.clean(words)}”: {words} (known to the year only)")


def test_an_event_has_its_day_and_who_tells_it() -> None:
    (entry,) = entries(dated.report(), "EVENT")
    assert (entry.start, entry.end) == (date(2031, 5, 1), date(2031, 5, 2))
    assert entry["SUMMARY"] == "“Rebels took the town of Amral on Thursday”"
    assert entry["DESCRIPTION"] == "By the word of Northern Post"


def test_the_stamp_is_the_last_publication() -> None:
    stamps = {entry["DTSTAMP"].dt for entry in calendar(dated.report()).walk("VEVENT")}
    assert stamps == {datetime(2031, 5, 3, 0, 0, tzinfo=UTC)}


def test_an_address_is_a_link_and_nothing_else_is() -> None:
    assert [e["URL"] for e in entries(dated.report(), "PUBLICATION")] == [
        "https://post.example/amral", "https://star.example/amral", "https://ledger.example/amral",
    ]  # fmt: skip
    hostile = dated.hostile()
    assert "URL" not in entries(hostile, "PUBLICATION")[0]
    assert hostile.articles[0].article.url == "javascript:alert(1)"
