"""Whom an outlet cites is the source, and the outlet the relay."""

from __future__ import annotations

import pytest

import whosays
from whosays.statements.statement import Statement
from whosays.text.article import Article

CITED = [
    ("The army has fled, Reuters reported, citing two officials.", "two officials", ("Reuters",)),
    ("The rebels left, AFP reported on Monday citing a government spokesman.", "a government spokesman", ("AFP",)),
    ("The Northline news agency, quoting a police source, reported that two men were held at the port.",
     "a police source", ("Northline",)),
    pytest.param(
        "The Northline news agency, quoting a police source, reported that two men were held.",
        "a police source", ("Northline",), marks=pytest.mark.xfail(reason="the model marks nothing here", strict=True),
    ),
    ("The New York Times, citing internal emails, said that nine cars had burned.", "internal emails",
     ("New York Times",)),
]  # fmt: skip


def _statements(text: str) -> tuple[Statement, ...]:
    return whosays.report([Article("a", text)], statements_only=True).statements


@pytest.mark.parametrize(("text", "source", "via"), CITED)
def test_those_cited_are_the_source_and_the_outlet_the_relay(text: str, source: str, via: tuple[str, ...]) -> None:
    [statement] = _statements(text)
    assert statement.source
    assert statement.source.of(text) == source
    assert statement.via == via
    assert all(source not in span.of(text) for span in statement.content)


def test_a_ministry_that_cites_a_survey_speaks_itself() -> None:
    text = "The ministry said the bridge was safe, citing a new survey."
    [statement] = _statements(text)
    assert statement.source
    assert statement.source.of(text) == "The ministry"


def test_a_reason_is_nobody_who_is_cited() -> None:
    text = "The mayor said he would resign, citing his health."
    assert all(s.source and s.source.of(text) != "his health" for s in _statements(text))
