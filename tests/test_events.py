"""Who did what to whom, and who holds and supports what: verbatim, with the day, the same event as one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import whosays
from whosays.claims.event import Event, Standing
from whosays.report import check, document
from whosays.report.report import Report
from whosays.text.article import Article

ECHO = (
    "Rebels seized the town of Amral on Thursday. The mayor fled.\n\n"
    "Taren supplied the rebels with rockets, an official said. Interior Minister Ada Brandt resigned on Friday."
)
POST = (
    "Rebels captured the town of Amral on Thursday, the army said. Ms. Brandt resigned on Friday.\n\n"
    "The army would attack the town if it could. It did not shell the harbour."
)


def report(*texts: str) -> Report:
    articles = [
        Article(f"a{number}", text, f"Outlet {number}", "2031-05-02") for number, text in enumerate(texts, start=1)
    ]
    return whosays.report(articles)


@pytest.fixture(scope="module")
def made() -> Report:
    return report(ECHO, POST)


def events(made: Report) -> tuple[Event, ...]:
    assert made.comparison is not None
    return made.comparison.events


def standing(made: Report) -> tuple[Standing, ...]:
    assert made.comparison is not None
    return made.comparison.standing


def words(made: Report, event: Event) -> tuple[str | None, str, str | None]:
    first = event.mentions[0]
    text = next(read.article.text for read in made.articles if read.article.id == first.article)
    actor, target = (party.span.of(text) if party else None for party in (first.actor, first.target))
    return actor, first.what.of(text), target


def test_an_event_of_two_articles_is_one_with_its_day(made: Report) -> None:
    (seized,) = [event for event in events(made) if words(made, event)[0] == "Rebels"]
    assert words(made, seized)[1] in ("seized", "captured")
    assert {mention.article for mention in seized.mentions} == {"a1", "a2"}
    assert {mention.time for mention in seized.mentions} == {"2031-05-01"}


def test_an_actor_is_the_entity_that_it_is_among_the_names(made: Report) -> None:
    (resigned,) = [event for event in events(made) if words(made, event)[1] == "resigned"]
    assert len(resigned.mentions) == 2
    entities = {mention.actor.entity for mention in resigned.mentions if mention.actor}
    assert len(entities) == 1
    assert None not in entities


def test_what_would_be_and_what_was_not_are_no_events(made: Report) -> None:
    assert {"attack", "shell"}.isdisjoint(words(made, event)[1] for event in events(made))


def test_events_are_in_the_order_of_time(made: Report) -> None:
    days = [event.mentions[0].time for event in events(made) if event.mentions[0].time]
    assert days == sorted(days)


def test_a_statement_that_tells_an_event_is_named(made: Report) -> None:
    told = [mention for event in events(made) for mention in event.mentions if mention.statement]
    assert told
    assert {m.statement for m in told} <= {s.id for s in made.statements}


def test_who_holds_a_place_is_said_as_of_a_day(made: Report) -> None:
    held = [row for row in document.make(made)["standing"] if row["kind"] == "holds"]
    assert {(row["who"], row["article"], row["as_of"]) for row in held} == {
        ("Rebels", "a1", "2031-05-01"),
        ("Rebels", "a2", "2031-05-01"),
    }


def test_who_supports_whom_with_what(made: Report) -> None:
    (row,) = [row for row in document.make(made)["standing"] if row["kind"] == "supports"]
    assert (row["who"], row["what"], row["with"]) == ("Taren", "the rebels", "rockets")


def test_a_joined_adjective_tells_who_holds() -> None:
    made = report("Shells hit rebel-held Aleppo on Monday, and the foreign-backed militia withdrew on Tuesday.")
    rows = [(row["kind"], row["who"], row["what"]) for row in document.make(made)["standing"]]
    assert ("holds", "rebel", "Aleppo") in rows
    assert ("supports", "foreign", "militia") in rows


def test_a_bill_that_is_backed_is_no_standing() -> None:
    assert standing(report("The party backed the bill on Monday. Senators supported a tax cut.")) == ()


def test_the_order_of_the_articles_changes_no_event(made: Report) -> None:
    articles = [read.article for read in made.articles]
    turned = whosays.report(list(reversed(articles)))

    def told(of: Report) -> set[frozenset[tuple[str, int]]]:
        return {frozenset((m.article, m.what.start) for m in event.mentions) for event in events(of)}

    assert told(turned) == told(made)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from([*ECHO.split(), *POST.split(), "who", "and", "killing", "\n\n", ",", "“"]), max_size=40)
)
def test_every_span_reproduces_whatever_the_text(tokens: list[str]) -> None:
    check.offsets(report(" ".join(tokens) or "x", ECHO))
