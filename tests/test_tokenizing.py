"""Words as the model was taught them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.language import tokenizing

NLP = tokenizing.blank()


def words(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No!!! Never?!", ["No", "!!!", "Never", "?!"]),
        ("*** advertisement ***", ["***", "advertisement", "***"]),
        ("Call 713-853-3989 today", ["Call", "713-853-3989", "today"]),
        ("due 01-Feb-02.", ["due", "01-Feb-02", "."]),
        ("an anti-government e-mail", ["an", "anti-government", "e-mail"]),
        ("food, water, etc.", ["food", ",", "water", ",", "etc."]),
    ],
)
def test_what_treebanks_keep_in_one_word_is_one(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a state-run agency", ["a", "state", "-", "run", "agency"]),
        ("10-15 people", ["10", "-", "15", "people"]),
        ("the Paris-Berlin train", ["the", "Paris", "-", "Berlin", "train"]),
        ("the U.S.-led force", ["the", "U.S.-led", "force"]),
    ],
)
def test_other_words_are_parted_as_by_spacy(text: str, wanted: list[str]) -> None:
    assert words(text) == wanted


@given(st.text(alphabet="ab-!?*. 1_=<>é\n", max_size=40))
def test_no_character_is_lost(text: str) -> None:
    assert NLP.make_doc(text).text == text
