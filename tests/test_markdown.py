"""A report as Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
import story

from whosays.claims.claim import Comparison
from whosays.errors import OffsetMismatch
from whosays.report import markdown
from whosays.report.report import ReadArticle, Report
from whosays.report.view import method
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span


def of_text(text: str) -> Report:
    said = Statement("a:1", "a", (Span(0, len(text)),))
    return story.report(
        articles=(ReadArticle(Article("a", text)),), statements=(said,), speakers=(), comparison=Comparison()
    )


def quotation(text: str) -> str:
    """How a text stands in the report as a quotation."""
    (line,) = (line for line in markdown.render(of_text(text)).splitlines() if line.startswith("> "))
    return line.removeprefix("> ")


def test_it_says_first_what_hangs_on_one_origin() -> None:
    text = markdown.render(story.report())
    assert text.index("hangs on one origin") < text.index("## Several outlets, one origin") < text.index("## Conflicts")
    assert "*inferred*: a senior Tarenese official in Northern Post" in text


def test_the_sections_stand_in_the_order_of_the_terminal() -> None:
    headings = [line[3:] for line in markdown.render(story.report()).splitlines() if line.startswith("## ")]
    assert headings == [
        "Several outlets, one origin",
        "Conflicts",
        "Shared claims, one by one",
        "Silence",
        "What only one article has",
        "How each names whom",
        "Notes on the sourcing",
        "All statements, article by article",
        "How often this is right",
    ]


def test_it_tells_how_often_each_thing_is_right() -> None:
    ending = markdown.render(story.report()).partition("## How often this is right")[2]
    for rate in method.RATES:
        assert f"| {rate.what} | {rate.right} | {rate.meaning} |" in ending


def test_words_of_an_article_are_quotations() -> None:
    assert "\n> Kesh “has not asked for a single soldier”\n" in markdown.render(story.report())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a *star* and _score_", r"a \*star\* and \_score\_"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[here](https://bad.example)", r"\[here\](https://bad.example)"),
        ("AT&amp;T", "AT&amp;amp;T"),
        ("# not a heading", r"\# not a heading"),
        ("- not a list", r"\- not a list"),
        ("1. not a list", r"1\. not a list"),
        ("--- not a rule", r"\--- not a rule"),
        ("-40 degrees", "-40 degrees"),
        ("a line\n\nand another", "a line and another"),
    ],
)
def test_a_text_cannot_become_layout(text: str, written: str) -> None:
    assert quotation(text) == written


def test_an_id_cannot_end_its_code() -> None:
    report = of_text("Some words.")
    odd = replace(report, statements=(replace(report.statements[0], id="a`b"),))
    assert "`a'b`" in markdown.render(odd)


def test_one_article_is_said_to_have_nothing_to_compare_with() -> None:
    assert "One article: there is nothing to compare it with." in markdown.render(story.lone())


def test_a_report_that_does_not_reproduce_its_text_is_not_written() -> None:
    broken = replace(of_text("Some words."), statements=(Statement("a:1", "a", (Span(5, 99),)),))
    with pytest.raises(OffsetMismatch):
        markdown.render(broken)
