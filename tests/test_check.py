"""No report leaves that quotes words which are not where it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import story
from hypothesis import given
from hypothesis import strategies as st

from whosays.claims.claim import Label, Name, Passage
from whosays.errors import InternalError, OffsetMismatch
from whosays.report import check
from whosays.report.report import ReadArticle, Report
from whosays.text.span import Span

LENGTH = len(story.POST)


def with_statement(**changed: Any) -> Report:
    """The story with its first statement changed."""
    return story.report(statements=(replace(story.STATEMENTS[0], **changed), *story.STATEMENTS[1:]))


def with_comparison(**changed: Any) -> Report:
    return story.report(comparison=replace(story.COMPARISON, **changed))


def with_claim(number: int, **changed: Any) -> Report:
    claims = list(story.CLAIMS)
    claims[number] = replace(claims[number], **changed)
    return with_comparison(claims=tuple(claims))


def test_a_whole_report_passes() -> None:
    check.offsets(story.report())
    check.offsets(story.lone())
    check.offsets(story.report(comparison=None))


outside = st.one_of(
    st.tuples(st.integers(max_value=-1), st.integers(1, LENGTH)),
    st.tuples(st.integers(0, LENGTH), st.integers(min_value=LENGTH + 1)),
    st.integers(0, LENGTH).flatmap(lambda end: st.tuples(st.integers(min_value=end), st.just(end))),
).map(lambda pair: Span(*pair))


@given(outside, st.sampled_from(["content", "source", "cue"]))
def test_a_span_of_a_statement_outside_the_text_or_empty_is_caught(span: Span, part: str) -> None:
    with pytest.raises(OffsetMismatch, match="article post"):
        check.offsets(with_statement(**{part: (span,) if part == "content" else span}))


@given(outside)
def test_an_unread_part_outside_the_text_or_empty_is_caught(span: Span) -> None:
    articles = (ReadArticle(story.article("post"), (span,)), *story.report().articles[1:])
    with pytest.raises(OffsetMismatch, match="article post"):
        check.offsets(story.report(articles=articles))


@given(outside)
def test_a_passage_outside_the_text_or_empty_is_caught(span: Span) -> None:
    with pytest.raises(OffsetMismatch, match="article post"):
        check.offsets(with_claim(0, passages=(Passage("post", span), *story.TAKEN[1:])))


@given(st.integers(-40, 40).filter(bool))
def test_a_label_whose_span_is_shifted_is_caught(by: int) -> None:
    label = story.NAMES[0].labels["star"][0]
    span = Span(label.spans[0].start + by, label.spans[0].end + by)
    shifted = Name("jorn-haske", {"star": (replace(label, spans=(span,)),)})
    with pytest.raises(OffsetMismatch, match="article star"):
        check.offsets(with_comparison(names=(shifted,)))


@given(st.integers(-60, 60).filter(bool))
def test_a_claim_whose_only_member_is_shifted_no_longer_holds_its_words(by: int) -> None:
    at = story.TAKEN[2].span
    start, end = max(0, at.start + by), min(len(story.STAR), at.end + by)
    shifted = Passage("star", Span(start, end))
    with pytest.raises(OffsetMismatch, match="article star"):
        check.offsets(with_claim(0, text=at.of(story.STAR), passages=(shifted,), origins=()))


@given(st.data())
def test_content_out_of_order_or_overlapping_is_caught(draw: st.DataObject) -> None:
    first = draw.draw(st.integers(0, LENGTH - 2))
    end = draw.draw(st.integers(first + 1, LENGTH))
    second = draw.draw(st.integers(0, end - 1))
    with pytest.raises(OffsetMismatch):
        check.offsets(with_statement(content=(Span(first, end), Span(second, second + 1))))


def test_a_statement_without_content_is_caught() -> None:
    with pytest.raises(OffsetMismatch, match="the content of statement post:1"):
        check.offsets(with_statement(content=()))


def test_the_message_says_which_article_and_characters() -> None:
    with pytest.raises(OffsetMismatch, match=r"article post: characters 300 to 999 are not .* withheld"):
        check.offsets(with_statement(cue=Span(300, 999)))


def test_a_claim_in_words_of_our_own_is_caught() -> None:
    with pytest.raises(OffsetMismatch, match="Taren will arm Kesh"):
        check.offsets(with_claim(2, text="Taren will arm Kesh"))


def test_a_label_may_differ_in_capitals_and_its_article() -> None:
    label = Label("a senior Tarenese OFFICIAL", (story.at("post", "senior Tarenese official"),), "outlet")
    check.offsets(with_comparison(names=(Name("official", {"post": (label,)}),)))


@pytest.mark.parametrize(
    "broken",
    [
        with_statement(article="nowhere"),
        with_statement(speaker="s99"),
        with_claim(2, statements=("post:1", "post:99")),
        with_claim(2, articles=("post", "nowhere")),
        with_claim(2, silent=("nowhere",)),
        with_claim(2, origins=(replace(story.CLAIMS[2].origins[0], speaker="s99"),)),
        with_claim(2, origins=(replace(story.CLAIMS[2].origins[0], statements=("post:99",)),)),
        with_claim(2, statements=(), origins=()),
        with_comparison(conflicts=(replace(story.CONFLICTS[0], statements=("post:99",)),)),
        with_comparison(conflicts=(replace(story.CONFLICTS[0], passages=(Passage("nowhere", Span(0, 1)),)),)),
        with_comparison(only_in={"post": ("post:99",)}),
        with_comparison(only_in={"nowhere": ()}),
        with_comparison(names=(Name("nobody", {"nowhere": ()}),)),
        story.report(statements=(*story.STATEMENTS, story.STATEMENTS[0])),
        story.report(speakers=(story.OFFICIAL, *story.report().speakers)),
        story.report(articles=(*story.report().articles, story.report().articles[0])),
    ],
)
def test_a_reference_that_leads_nowhere_is_caught(broken: Report) -> None:
    with pytest.raises(InternalError, match="Please report"):
        check.offsets(broken)
