from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.language import times
from whosays.language.times import Time
from whosays.text.span import Span

WEDNESDAY = "2023-05-17"


def values(text: str, published: str | None = WEDNESDAY) -> list[tuple[str, str]]:
    return [(time.span.of(text), time.value) for time in times.find(text, published)]


def only(text: str, published: str | None = WEDNESDAY) -> Time:
    found = times.find(text, published)
    assert len(found) == 1, values(text, published)
    return found[0]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The mayor resigned on Monday.", "Monday", "2023-05-15"),
        ("She will be sworn in on Monday.", "Monday", "2023-05-22"),
        ("The bridge closed Wednesday.", "Wednesday", "2023-05-17"),
        ("The bridge closed last Wednesday.", "last Wednesday", "2023-05-10"),
        ("Shells fell late Sunday.", "late Sunday", "2023-05-14"),
        ("Shells fell Sunday night.", "Sunday night", "2023-05-14TNI"),
        ("They could leave as early as Friday.", "Friday", "2023-05-19"),
        ("Divers had warned of it as early as June.", "June", "2022-06"),
        ("The firm knew of it as early as Monday.", "Monday", "2023-05-15"),
        ("She has asked for a reply by Monday.", "Monday", "2023-05-22"),
        ("He said he was told to pay by Aug. 15.", "Aug. 15", "2023-08-15"),
        ("The bridge had sunk by Monday.", "Monday", "2023-05-15"),
        ("Minutes later the roof fell.", "Minutes", "PTXM"),
        ("The roof fell within minutes of the shot.", "minutes", "PTXM"),
        ("He left yesterday.", "yesterday", "2023-05-16"),
        ("He left this morning.", "this morning", "2023-05-17TMO"),
        ("The vote was held last week.", "last week", "2023-W19"),
        ("The vote was lost next month.", "next month", "2023-06"),
        ("The law was passed earlier this year.", "earlier this year", "2023"),
        ("Talks resumed over the weekend.", "the weekend", "2023-W19-WE"),
        ("The war began 13 years ago.", "13 years ago", "2010"),
        ("The war began three weeks ago.", "three weeks ago", "2023-W17"),
        ("The court met on Nov. 19.", "Nov. 19", "2022-11-19"),
        ("The court met on 19 November 2019.", "19 November 2019", "2019-11-19"),
        ("The court met on Friday, May 12.", "Friday, May 12", "2023-05-12"),
        ("The court will meet in March.", "March", "2024-03"),
        ("The court met in March.", "March", "2023-03"),
        ("The plan dates from early 2005.", "early 2005", "2005"),
        ("Profit rose in the third quarter of 2021.", "the third quarter of 2021", "2021-Q3"),
        ("Sales rose in the first quarter.", "the first quarter", "2023-Q1"),
        ("Prices fell in the 1990s.", "the 1990s", "199"),
        ("It was a poet of the 19th century.", "the 19th century", "18"),
        ("The harvest of last summer was poor.", "last summer", "2022-SU"),
        ("The siege lasted two days.", "two days", "P2D"),
        ("The siege lasted more than 10 years.", "more than 10 years", "P10Y"),
        ("It is a six-month course.", "a six-month", "P6M"),
        ("It took five and a half hours.", "five and a half hours", "PT5H30M"),
        ("He waited several weeks.", "several weeks", "PXW"),
        ("The paper is printed every Monday.", "every Monday", "XXXX-WXX-1"),
        ("Buses run daily.", "daily", "P1D"),
        ("The roof was recently mended.", "recently", "PAST_REF"),
        ("The roof is now mended.", "now", "PRESENT_REF"),
        ("The bell rang at 6 a.m. Tuesday.", "6 a.m. Tuesday", "2023-05-16T06:00"),
        ("The bell rang at 18:30 GMT.", "18:30 GMT", "2023-05-17T18:30Z"),
        ("He died on Christmas Day.", "Christmas Day", "2022-12-25"),
        ("He died on New Year's Eve.", "New Year's Eve", "2022-12-31"),
        ("He died on Good Friday.", "Good Friday", "2023-04-07"),
        ("We are sending aid to them on Friday.", "Friday", "2023-05-19"),
        ("She was seen by the guards on Friday.", "Friday", "2023-05-12"),
        ("The river rose overnight.", "overnight", "2023-05-16TNI"),
        ("The bell rang at noon Tuesday.", "noon Tuesday", "2023-05-16T12:00"),
        ("Shells fell on the night of 3 May.", "the night of 3 May", "2023-05-03TNI"),
        ("The fleet sailed on Aug. 3.", "Aug. 3", "2022-08-03"),
        ("He spoke for half an hour.", "half an hour", "PT30M"),
        ("They meet twice a week.", "a week", "P1W"),
        ("Output fell in Q3 2021.", "Q3 2021", "2021-Q3"),
        ("It took at least 10 years.", "at least 10 years", "P10Y"),
        ("Late last decade a virus spread.", "Late last decade", "201"),
        ("After the Sept. 11 attacks it closed.", "the Sept. 11", "2001-09-11"),
    ],
)
def test_a_phrase_has_its_words_and_value(text: str, words: str, value: str) -> None:
    assert values(text) == [(words, value)]


def test_the_following_year_is_counted_from_the_date_spoken_of() -> None:
    text = "The dam was begun in 1962. The following year it burst."
    assert values(text) == [("1962", "1962"), ("The following year", "1963")]
    assert times.find(text, WEDNESDAY)[1].anchor == "other date"


def test_a_year_earlier_keeps_to_the_quarter_spoken_of() -> None:
    text = "Profit in the first quarter was 3 million, up from 2 million a year earlier."
    assert values(text)[1] == ("a year earlier", "2022-Q1")


def test_the_day_before_is_that_before_the_date_spoken_of() -> None:
    assert values("The dam burst on March 3, 2020. It had been tested the day before.")[1] == (
        "the day before",
        "2020-03-02",
    )


def test_a_length_of_time_later_than_nothing_said_stays_a_length() -> None:
    assert only("Two days later he fled.").type == "DURATION"


def test_a_time_of_day_is_that_of_the_day_behind_it() -> None:
    text = "The bell rang at 9.30pm on Tuesday."
    assert values(text) == [("9.30pm", "2023-05-16T21:30"), ("Tuesday", "2023-05-16")]


def test_a_time_of_day_that_is_told_as_past_is_not_that_of_a_day_to_come() -> None:
    text = "The sluices will open on Friday morning. She said she had signed it at 5:10 a.m."
    assert values(text) == [("Friday morning", "2023-05-19TMO"), ("5:10 a.m.", "2023-05-17T05:10")]


def test_days_later_are_counted_from_the_date_spoken_of() -> None:
    assert values("The dam burst on March 3, 2020. Three days later it was mended.")[1][1] == "2020-03-06"


def test_a_weekday_without_a_day_of_publication_is_resolved_to_nothing() -> None:
    found = only("The mayor resigned on Monday.", None)
    assert (found.value, found.start, found.end, found.anchor) == ("XXXX-WXX-1", None, None, None)


def test_a_date_alone_on_its_line_stands_in_for_the_day_of_publication() -> None:
    assert values("Mayor resigns\nMay 17, 2023\nThe mayor resigned today.", None)[1] == ("today", "2023-05-17")


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert ("Feb. 30, 2020", "2020-02-30") not in values("The letter is dated Feb. 30, 2020.")
    assert values("The letter is dated 2020-02-30.") == []


def test_an_interval_covers_what_the_value_names() -> None:
    found = only("The vote was held last week.")
    assert (found.type, found.start, found.end, found.precision) == ("DATE", "2023-05-08", "2023-05-14", "week")
    found = only("It rained in February 2020.")
    assert (found.start, found.end, found.anchor) == ("2020-02-01", "2020-02-29", "text")


def test_a_stretch_of_time_reaches_back_from_publication() -> None:
    found = only("Prices doubled in the past two years.")
    assert (found.type, found.value, found.start, found.end) == ("DURATION", "P2Y", "2021-05-17", WEDNESDAY)


@pytest.mark.parametrize(
    "text",
    [
        "You may go.",
        "They march on.",
        "It cost $1995.",
        "About 2000 people came.",
        "The 25-year-old man fled.",
        "Jan Novak spoke.",
        "It was Super Tuesday.",
        "Come as soon as possible.",
        "Minutes of a council meeting say so.",
        "The minutes say so.",
        "The board's minutes say so.",
        "The clerk read out minutes of the board.",
        "The opening hours are posted.",
    ],
)
def test_words_that_only_look_like_a_time_are_left_alone(text: str) -> None:
    assert values(text) == []


def test_only_the_given_prose_is_searched() -> None:
    text = "Monday\nHe left on Tuesday."
    found = times.find(text, WEDNESDAY, [Span(7, len(text))])
    assert [time.span.of(text) for time in found] == ["Tuesday"]


_PIECES = st.sampled_from(
    "the a last next this past early late mid - , . ' of and to in Monday Friday May March Nov. 30 31 1 2,000 1/2 0000 "
    "9999 1999 2024-02-30 25:61 12:30 p.m. 1990s '80s third quarter half fiscal year years ago earlier later day weeks "
    "century centuries decade million hundred thousand two every other daily now soon Easter Christmas spring night "
    "today tonight ended will said 99999999999999999999 \n said before GMT few several couple".split(" ")
)


@given(
    st.lists(_PIECES, max_size=30).map(" ".join), st.sampled_from([None, "0001-01-01", "9999-12-31", "2024-02-29", "x"])
)
@settings(deadline=None, max_examples=300)
def test_any_run_of_time_words_gives_spans_that_are_sorted_and_disjoint(text: str, published: str | None) -> None:
    found = times.find(text, published)
    assert found == times.find(text, published)
    assert all(0 <= time.span.start < time.span.end <= len(text) for time in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert all(time.value and (time.start is None) == (time.end is None) for time in found)


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_no_text_is_too_strange(text: str) -> None:
    times.find(text, WEDNESDAY)


def test_time_taken_grows_with_the_length_of_the_text_only() -> None:
    assert len(times.find("early late mid " * 20_000, WEDNESDAY)) == 0
    assert len(times.find("two three " * 20_000, WEDNESDAY)) == 0
