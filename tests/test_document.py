"""The report document: the contract in which programs read a report."""

from __future__ import annotations

import json
from typing import Any

import pytest
import story

from whosays.errors import OffsetMismatch
from whosays.report import document


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document.make(story.report())


def test_the_document_names_its_format_and_maker(made: dict[str, Any]) -> None:
    assert made["format"] == "whosays.report/1"
    assert made["made_by"] == {"version": "0.1.0", "model": "none"}


def test_every_offset_reads_the_words_beside_it(made: dict[str, Any]) -> None:
    texts = {article["id"]: article["text"] for article in made["articles"]}
    for statement in made["statements"]:
        text = texts[statement["article"]]
        assert statement["text"]["content"] == " […] ".join(text[s:e] for s, e in statement["content"])
        for part in ("source", "cue"):
            span = statement[part]
            assert statement["text"][part] == (text[slice(*span)] if span else None)


def test_an_article_keeps_what_is_known_of_it(made: dict[str, Any]) -> None:
    post = made["articles"][0]
    assert (post["id"], post["outlet"], post["published"]) == ("post", "Northern Post", "2031-05-02")
    assert post["characters"] == len(story.POST)
    assert [story.POST[s:e] for s, e in post["unread"]] == ["SEE ALSO: The road to Amral"]
    assert len(post["text_sha256"]) == 64


def test_the_text_is_left_out_where_the_reader_has_it() -> None:
    assert all("text" not in article for article in document.make(story.report(), with_text=False)["articles"])


def test_a_claim_lists_its_outlets_by_article(made: dict[str, Any]) -> None:
    claim = made["claims"][2]
    assert (claim["outlets"], claim["silent"]) == (["post", "ledger"], ["star"])
    (origin,) = claim["origins"]
    assert (origin["speaker"], origin["via"], origin["link"]) == ("s1", ["Northline"], "inferred")
    assert "outlet" not in origin


def test_passages_are_pairs_of_article_and_offsets(made: dict[str, Any]) -> None:
    article, (start, end) = made["claims"][0]["passages"][1]
    assert (article, story.LEDGER[start:end]) == ("ledger", "The rebels captured Amral the day before")


def test_a_label_is_counted(made: dict[str, Any]) -> None:
    (label,) = made["names"][0]["labels"]["ledger"]
    assert (label["text"], label["count"], label["voice"]) == ("The dictator Jorn Haske", 1, "outlet")


def test_without_comparison_its_fields_are_left_out() -> None:
    fields = document.make(story.report(comparison=None))
    assert not fields.keys() & {"claims", "conflicts", "only_in", "names"}
    assert len(fields["statements"]) == len(story.STATEMENTS)


def test_the_json_keeps_letters_and_can_be_read_back() -> None:
    written = document.write(story.report())
    assert "“We have taken steps" in written
    assert json.loads(written) == document.make(story.report())


def test_the_json_has_a_line_for_each_statement() -> None:
    lines = document.write(story.report()).splitlines()
    for statement in document.make(story.report())["statements"]:
        assert [json.loads(line.rstrip(",")) for line in lines if line.startswith(f' {{"id": "{statement["id"]}"')] == [
            statement
        ]


def test_the_same_report_gives_the_same_document() -> None:
    assert document.write(story.report()) == document.write(story.report())


def test_a_document_with_a_wrong_offset_is_not_made() -> None:
    beyond = story.said("post:9", "Rebels")
    broken = story.Statement(**{**_fields(beyond), "content": (story.Span(0, 10_000),)})
    with pytest.raises(OffsetMismatch, match="article post: characters 0 to 10000"):
        document.make(story.report(statements=(*story.STATEMENTS, broken)))


def _fields(statement: story.Statement) -> dict[str, Any]:
    return {name: getattr(statement, name) for name in statement.__slots__}
