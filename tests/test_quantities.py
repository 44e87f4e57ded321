"""What an amount leaves room for."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from whosays.claims import amounts, quantities
from whosays.claims.quantities import Quantity

NLP = spacy.blank("en")


def _read(words: str) -> Quantity:
    (amount,) = amounts.find(NLP(words)[:])
    quantity = quantities.read(amount, words)
    assert quantity is not None
    return quantity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("43,885,310 dollars", "44 million dollars"),
        ("more than 4,000 people", "6,000 people"),
        ("at least 12 miners", "14 miners"),
        ("nearly 500 houses", "478 houses"),
        ("about 150 boats", "160 boats"),
        ("up to 300 soldiers", "200 soldiers"),
        ("35.7 percent", "35.72 percent"),
    ],
)
def test_amounts_that_can_be_one_number_meet(one: str, other: str) -> None:
    assert _read(one).meets(_read(other))
    assert _read(other).meets(_read(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,687 boats", "5,587 boats"),
        ("more than 6,000 people", "4,000 people"),
        ("12 miners", "14 miners"),
        ("up to 200 soldiers", "300 soldiers"),
        ("140,937,785 dollars", "139 million dollars"),
    ],
)
def test_amounts_that_cannot_be_one_number_do_not(one: str, other: str) -> None:
    assert not _read(one).meets(_read(other))
    assert not _read(other).meets(_read(one))


def test_the_bound_is_shown_with_the_number() -> None:
    assert _read("at least 12 miners").shown == "at least 12 miners"


def test_the_noun_is_shown_as_the_text_has_it() -> None:
    assert _read("780 jobs").shown == "780 jobs"


def test_a_part_of_a_whole_is_one_amount() -> None:
    quantity = _read("780 of 2,900 jobs")
    assert (quantity.shown, quantity.of) == ("780 jobs", "jobs")
    assert quantity.meets(_read("780 jobs"))


@pytest.mark.parametrize("words", ["between 1.2 and 1.8 billion euros", "between €1.2 billion and €1.8 billion"])
def test_a_range_is_one_amount_that_meets_what_lies_in_it(words: str) -> None:
    assert _read(words).meets(_read("1.4 billion euros"))
    assert not _read(words).meets(_read("2.4 billion euros"))


def test_so_much_a_day_is_another_amount_than_so_much() -> None:
    assert _read("40 million crowns a day").per == "day"
    assert _read("40 million crowns a day").shown == "40 million crowns a day"
    assert _read("360 million crowns").per == ""


def test_dozens_are_no_number() -> None:
    (amount,) = amounts.find(NLP("dozens of houses")[:])
    assert quantities.read(amount, "dozens of houses") is None


@given(st.integers(min_value=2, max_value=10**9))
def test_a_number_meets_itself_and_its_rounding(number: int) -> None:
    exact, rounded = f"{number} houses", f"{round(number, -1) or 10} houses"
    assert _read(exact).meets(_read(exact))
    if number > 20 and not 1800 <= number <= 2110:
        assert _read(exact).meets(_read(rounded))
