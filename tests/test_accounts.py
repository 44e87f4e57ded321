"""Accounts of one deed that part, in articles as the model reads them."""

from __future__ import annotations

import whosays
from whosays.claims.claim import Comparison
from whosays.text.article import Article

WEATHER = " Rain fell all week in the valley, and the ferries to the outer islands were cancelled."
BAKERY = " A bakery on the quay stayed open through the night for those who could not go home."


def _compare(*texts: str, published: tuple[str | None, ...] = (None, None)) -> Comparison:
    given = [
        Article(id_, text, outlet=id_.title(), published=when)
        for id_, text, when in zip(("post", "herald"), texts, published, strict=True)
    ]
    found = whosays.report(given).comparison
    assert found is not None
    return found


def _types(found: Comparison) -> list[str]:
    return [conflict.type for conflict in found.conflicts]


def test_a_deed_that_one_has_negated_is_a_conflict_of_polarity() -> None:
    found = _compare(
        f"The miners’ letters represent the bishops of the northern diocese.{WEATHER}",
        f"The miners’ letters do not represent the bishops of the northern diocese.{BAKERY}",
    )
    assert _types(found) == ["polarity"]
    assert "negated" in found.conflicts[0].why


def test_a_negation_in_both_is_no_conflict() -> None:
    found = _compare(
        f"The miners’ letters do not represent the bishops of the northern diocese.{WEATHER}",
        f"The miners’ letters never represented the bishops of the northern diocese.{BAKERY}",
    )
    assert "polarity" not in _types(found)


def test_a_hedge_that_one_leaves_out_is_a_conflict_of_certainty() -> None:
    found = _compare(
        f"The Orsk militia allegedly released the prisoners from the harbour camp.{WEATHER}",
        f"The Orsk militia released the prisoners from the harbour camp.{BAKERY}",
    )
    assert "certainty" in _types(found)
    assert any("allegedly" in conflict.why for conflict in found.conflicts)


def test_a_deed_that_is_itself_a_subject_is_not_told_as_certain() -> None:
    hedged = f"A navy may board a merchant ship of another flag on the high seas.{BAKERY}"
    told = f"The navy boarded a merchant ship of another flag on the high seas on Tuesday.{WEATHER}"
    spoken_of = "Boarding a merchant ship on the high seas without the consent of its flag state was a grave crime."
    assert "certainty" in _types(_compare(told, hedged))
    assert "certainty" not in _types(_compare(spoken_of + WEATHER, hedged))


COMING = f"The Orsk parliament will repeal the northern fishing law.{WEATHER}"
DONE = f"The Orsk parliament repealed the northern fishing law.{BAKERY}"


def test_a_deed_still_to_come_and_done_on_one_day_is_a_conflict_of_status() -> None:
    (conflict,) = _compare(COMING, DONE, published=("2031-05-02", "2031-05-02")).conflicts
    assert (conflict.type, conflict.update) == ("status", None)


def test_a_later_day_of_publication_makes_a_conflict_of_status_an_update() -> None:
    (conflict,) = _compare(COMING, DONE, published=("2031-05-02", "2031-05-03")).conflicts
    assert conflict.update == "herald"


def test_what_stands_under_an_if_is_no_account() -> None:
    found = _compare(
        f"If the Orsk parliament does not repeal the northern fishing law, boats will stay in port.{WEATHER}", DONE
    )
    assert "polarity" not in _types(found)


def test_different_counts_under_one_verb_are_a_conflict_of_quantity() -> None:
    found = _compare(
        f"The avalanche above Orsk killed 12 skiers on the northern slope, the rescue service said.{WEATHER}",
        f"Police said that the avalanche had killed 19 skiers near Orsk.{BAKERY}",
    )
    assert "quantity" in _types(found)
    assert any({"12", "19"} <= set(conflict.why.replace(",", "").split()) for conflict in found.conflicts)
