"""The bundle of STIX 2.1, against the schemas of OASIS."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import dated
import pytest
import story
from stix2validator import ValidationOptions, validate_instance

from whosays.report import formats
from whosays.report.report import Report

REPORTS: tuple[Callable[[], Report], ...] = (
    dated.report, dated.bare, dated.empty, dated.hostile, story.lone,
)  # fmt: skip


def bundle(report: Report) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(formats.BY_NAME["stix"].write(report))
    return made


def objects(report: Report, kind: str) -> list[dict[str, Any]]:
    return [made for made in bundle(report)["objects"] if made["type"] == kind]


def note(content: str, report: Report | None = None) -> dict[str, Any]:
    (found,) = [made for made in objects(report or dated.report(), "note") if made["content"].startswith(content)]
    return found


@pytest.mark.parametrize("report", REPORTS)
def test_the_schemas_find_no_fault(report: Callable[[], Report]) -> None:
    found = validate_instance(bundle(report()), ValidationOptions(version="2.1"))
    assert found.is_valid, found.errors


def test_the_schemas_would_find_one() -> None:
    made = bundle(dated.report())
    (first,) = [one for one in made["objects"] if one["type"] == "note"][:1]
    del first["object_refs"]
    assert not validate_instance(made, ValidationOptions(version="2.1")).is_valid


@pytest.mark.parametrize("report", REPORTS)
def test_every_reference_is_in_the_bundle(report: Callable[[], Report]) -> None:
    made = bundle(report())["objects"]
    ids = [one["id"] for one in made]
    assert len(ids) == len(set(ids))
    assert {ref for one in made for ref in one.get("object_refs", ())} <= set(ids)
    assert {one["created_by_ref"] for one in made} <= set(ids)


def test_a_statement_is_a_note_by_its_speaker() -> None:
    made = note("Gulf Star ← Channel Nine ← Ilsa Dorn: ")
    assert made["authors"] == ["Ilsa Dorn"]
    assert "“Six thousand of us have gone,” […]" in made["content"]
    (who,) = [one for one in objects(dated.report(), "identity") if one["id"] == made["object_refs"][0]]
    assert (who["name"], who["identity_class"]) == ("Ilsa Dorn", "individual")
    (where,) = made["external_references"]
    assert where["url"] == "https://star.example/amral"
    first, second = (story.at("star", words) for words in ("“Six thousand of us have gone,”", "“The bakery"))
    assert where["description"].startswith(f"Characters {first.start} to {first.end} and {second.start} to")


def test_a_denial_says_so() -> None:
    made = note("Northern Post ← The government (denied)")
    assert made["labels"] == ["statement", "indirect", "organisation", "denied"]


def test_words_of_an_outlet_are_a_note_by_the_outlet() -> None:
    assert note("Daily Ledger: “The rebels captured Amral the day before”")["authors"] == ["Daily Ledger"]


def test_a_claim_says_what_is_stated_and_what_inferred() -> None:
    made = note("“Taren will send pumps, rockets and more advisers to Kesh”")
    assert "\n- inferred: a senior Tarenese official in Northern Post and Daily Ledger" in made["content"]
    assert len(made["object_refs"]) == 2


def test_an_unnamed_speaker_is_of_no_known_class() -> None:
    classes = {one["name"]: one["identity_class"] for one in objects(dated.report(), "identity")}
    assert classes["a senior Tarenese official"] == "unknown"
    assert classes["Kesh Red Cross"] == "organization"


def test_an_article_without_a_date_is_a_grouping() -> None:
    assert len(objects(dated.report(), "report")) == 4  # three articles and the story
    assert (len(objects(dated.bare(), "report")), len(objects(dated.bare(), "grouping"))) == (0, 4)


def test_what_is_the_same_everywhere_is_never_a_new_version() -> None:
    """An object with the same id must be the same, or be later than the other."""
    one = {made["id"]: made for made in bundle(dated.report())["objects"]}
    later = dated.report()
    later = replace(later, articles=later.articles[:1], statements=(), comparison=None)
    other = {made["id"]: made for made in bundle(later)["objects"]}
    shared = [id_ for id_ in other if id_ in one]
    assert {id_.split("--")[0] for id_ in shared} == {"identity", "location"}
    assert all(one[id_] == other[id_] for id_ in shared)
