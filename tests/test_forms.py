"""The terminal, Markdown and the page say the same of one report."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import story

from whosays.report import document, markdown, terminal
from whosays.report.page import page
from whosays.report.report import Report

UPDATED = replace(story.CONFLICTS[0], update="ledger")
REPORT = story.report(comparison=replace(story.COMPARISON, conflicts=(UPDATED, *story.CONFLICTS[1:])))


def laid_out(made: Report) -> str:
    """The words of the page."""
    text = re.sub(r"<(style|script).*?</\1>|<[^>]*>", "", page.render(document.make(made)), flags=re.S)
    return html.unescape(text).replace("\u2060", "")


FORMS = {
    "text": lambda made: terminal.render(made, 104).replace("│", " "),
    "markdown": lambda made: re.sub(r"[\\*>]", "", markdown.render(made)),
    "page": laid_out,
}


@pytest.fixture(params=FORMS)
def words(request: pytest.FixtureRequest) -> str:
    """A report in one form, on one line, without what lays it out."""
    return " ".join(FORMS[request.param](REPORT).split())


def test_every_claim_has_its_verdict(words: str) -> None:
    view = page.view(document.make(REPORT))
    assert len(view.rows) == len(story.CLAIMS)
    for row in view.rows:
        assert row.verdict in words


def test_every_conflict_has_its_reason_and_may_be_an_update(words: str) -> None:
    assert all(conflict.why in words for conflict in story.CONFLICTS)
    assert "may be an update: Daily Ledger is later" in words


def test_what_is_disputed_stands_in_one_order(words: str) -> None:
    answer = words[words.index("Disputed") : words.index("Missing")]
    places = [answer.index(dispute.why) for dispute in page.view(document.make(REPORT)).disputes]
    assert len(places) > 1
    assert places == sorted(places)


def test_the_origins_behind_several_outlets_stand_in_one_order(words: str) -> None:
    assert 0 < words.index("a senior Tarenese official (unnamed)") < words.index("Ilsa Dorn")


def test_a_speaker_has_one_name(words: str) -> None:
    assert "the government" in words
    assert "The government denied" in words  # the article's own words
    assert not re.search("The government (?!denied)", words)


def test_each_article_is_shown_with_its_hour_and_length(words: str) -> None:
    assert "2 May 2031" in words
