"""Where two articles part, and where they only seem to."""

from __future__ import annotations

import pytest
from test_claims import FILLER, article, compare

from whosays.claims import matching
from whosays.claims.claim import Conflict


def _one(*marked: str) -> Conflict:
    found = compare(*(article(f"paper{k}", text) for k, text in enumerate(marked)))
    assert len(found.conflicts) == 1, found.conflicts
    return found.conflicts[0]


def _none(*marked: str) -> None:
    assert compare(*(article(f"paper{k}", text) for k, text in enumerate(marked))).conflicts == ()


def test_one_utterance_quoted_in_different_words() -> None:
    conflict = _one(
        f"{{jon vale|“We will rebuild the old harbour wall before the storms of the winter arrive”}}.{FILLER}",
        "{jon vale|“We might rebuild the old harbour wall before the storms of the winter arrive”}. Rain fell.",
    )
    assert conflict.type == "quote"
    assert "We will rebuild the" in conflict.why
    assert "We might rebuild the" in conflict.why


def test_a_shorter_quotation_is_no_other_wording() -> None:
    _none(
        f"{{jon vale|“We will rebuild the old harbour wall before the storms of the winter arrive”}}.{FILLER}",
        "{jon vale|“rebuild the old harbour wall before the storms”}. Rain fell all week in the valley.",
    )


def test_marked_omissions_and_contractions_are_no_other_wording() -> None:
    _none(
        f"{{jon vale|“We’ll rebuild the old harbour wall, stone by stone, before the storms arrive”}}.{FILLER}",
        "{jon vale|“We will rebuild the old harbour wall … before the storms arrive”}. Rain fell all week.",
    )


def test_one_more_word_in_a_short_quotation_is_another_wording() -> None:
    conflict = _one(
        f"{{jon vale|the plan was “a dangerous thing”}}.{FILLER}",
        "{jon vale|“This plan is a very dangerous thing for the old harbour”}. Rain fell all week.",
    )
    assert conflict.type == "quote"
    assert "very" in conflict.why


def test_two_people_who_say_nearly_the_same_are_not_misquoted() -> None:
    _none(
        f"{{jon vale|“the council must release the full report now”}}.{FILLER}",
        "{ada brandt|“the council must release the report now”}. Rain fell all week in the valley.",
    )


def test_all_who_carry_a_wording_are_listed() -> None:
    other = "“We might rebuild the old harbour wall before the storms of the winter arrive”"
    conflict = _one(
        f"{{jon vale|“We will rebuild the old harbour wall before the storms of the winter arrive”}}.{FILLER}",
        f"{{jon vale|{other}}}. Rain fell.",
        f"{{jon vale|{other}}}. A bakery burned.",
    )
    assert conflict.statements == ("paper0:1", "paper1:1", "paper2:1")


def test_at_least_leaves_room_for_more() -> None:
    _none(
        f"The landslide at Orsk buried at least 42 houses on the northern slope.{FILLER}",
        "The landslide at Orsk buried 67 houses on the northern slope. Potato prices doubled in the market.",
    )


def test_the_same_quoted_words_credited_to_two_people() -> None:
    conflict = _one(
        f"{{jon vale|“this council has lied to every family on the waterfront”}}.{FILLER}",
        "{ada brandt|“this council has lied to every family on the waterfront”}. Rain fell all week.",
    )
    assert conflict.type == "source"
    assert "Jon Vale" in conflict.why
    assert "Ada Brandt" in conflict.why


def test_two_descriptions_of_one_speaker_are_no_conflict_of_sources() -> None:
    _none(
        f"{{jon vale|“this council has lied to every family on the waterfront”}}.{FILLER}",
        "{mayor vale|“this council has lied to every family on the waterfront”}. Rain fell all week.",
    )


def test_different_numbers_for_the_same_thing() -> None:
    conflict = _one(
        f"The landslide at Orsk buried 42 houses on the northern slope.{FILLER}",
        "The landslide at Orsk buried 67 houses on the northern slope. Potato prices doubled in the market.",
    )
    assert conflict.type == "quantity"
    assert "42" in conflict.why
    assert "67" in conflict.why


def test_a_rounded_number_is_no_conflict() -> None:
    _none(
        f"The landslide at Orsk cost the province $43,885,310 in repairs.{FILLER}",
        "The landslide at Orsk cost the province $44 million in repairs. Potato prices doubled in the market.",
    )


def test_different_days_for_the_same_event() -> None:
    conflict = _one(
        f"The landslide at Orsk buried the northern road on Tuesday.{FILLER}",
        "The landslide at Orsk buried the northern road on Thursday. Potato prices doubled in the market.",
    )
    assert conflict.type == "time"


def test_a_denial_is_not_an_assertion() -> None:
    conflict = _one(
        f"The ministry sold the old reactor to a foreign company last spring.{FILLER}",
        "Asked about it, he denied that {ada brandt, denied|the ministry sold the old reactor to a foreign company}.",
    )
    assert conflict.type == "polarity"


MUD = "The landslide at Orsk buried the northern road on "
POTATOES = " Potato prices doubled in the market."


def test_a_weekday_and_a_date_are_compared_by_the_day_they_stand_for() -> None:
    one = article("post", f"{MUD}Tuesday.{FILLER}", published="2024-05-02")
    same, other = (article("herald", f"{MUD}{day}.{POTATOES}", published="2024-05-05") for day in ("April 30", "May 1"))
    assert compare(one, same).conflicts == ()
    (conflict,) = compare(one, other).conflicts
    assert conflict.type == "time"
    assert "Tuesday" in conflict.why
    assert "May 1" in conflict.why


def test_one_weekday_in_both_is_no_conflict() -> None:
    one, other = (
        article("post", f"{MUD}Tuesday.{FILLER}", published="2024-05-02"),
        article("herald", f"{MUD}Tuesday.{POTATOES}", published="2024-05-09"),
    )
    assert compare(one, other).conflicts == ()


def test_an_unnamed_speakers_versions_in_two_outlets_are_set_against_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # members that the matcher takes for the same are compared elsewhere
    monkeypatch.setattr(matching, "LEAST_PROBABILITY", 1.0)
    conflict = _one(
        f"{{a senior official|the province has taken every step to send soldiers to the harbour}}.{FILLER}",
        "{a senior official|the province has not taken a step to send soldiers to the harbour}. Rain fell all week.",
    )
    assert conflict.type == "content"
    assert "has not taken a step" in conflict.why


def test_versions_of_a_named_speaker_are_left_to_the_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "LEAST_PROBABILITY", 1.0)
    _none(
        f"{{jon vale|the province has taken every step to send soldiers to the harbour}}.{FILLER}",
        "{jon vale|the province has not taken a step to send soldiers to the harbour}. Rain fell all week.",
    )


def test_of_what_two_articles_tell_differently_neither_is_silent() -> None:
    found = compare(
        article(
            "post",
            f"{{jon vale|“We will rebuild the old harbour wall before the storms of the winter arrive”}}.{FILLER}",
        ),
        article(
            "herald",
            "{jon vale|“We might rebuild the old harbour wall before the storms of the winter arrive”}. Rain fell.",
        ),
    )
    assert [conflict.type for conflict in found.conflicts] == ["quote"]
    assert found.only_in == {"post": (), "herald": ()}
