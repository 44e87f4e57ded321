"""What an editor sees in the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
import story
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from whosays.claims.claim import Comparison, Origin
from whosays.errors import OffsetMismatch
from whosays.report import phrases, terminal
from whosays.report.report import ReadArticle, Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span


def flat(text: str) -> str:
    """The words without line breaks, indents and bars."""
    return " ".join(text.replace("│", " ").split())


def shown(report: Report, width: int = 80) -> str:
    return terminal.render(report, width)


def first_screen(report: Report, lines: int = 24) -> str:
    return flat("\n".join(shown(report).splitlines()[:lines]))


def below_the_answers(report: Report) -> str:
    return flat(shown(report).partition("Several outlets, one origin")[2])


def with_claim(**changed: Any) -> Report:
    """The story with one claim, the third, changed."""
    claims = (replace(story.CLAIMS[2], **changed),)
    return story.report(comparison=replace(story.COMPARISON, claims=claims))


def of_text(text: str, **known: Any) -> Report:
    """A report on one article that holds one statement, which is all of the text."""
    said = Statement("a:1", "a", (Span(0, len(text)),), **known)
    return story.report(
        articles=(ReadArticle(Article("a", text)),), statements=(said,), speakers=(), comparison=Comparison()
    )


class TestFirstScreen:
    def test_it_opens_with_the_figures(self) -> None:
        assert first_screen(story.report()).startswith(
            "3 outlets · 9 statements by 5 speakers (1 unnamed) · 3 shared claims from 3 known origins · 3 conflicts"
        )

    def test_it_tells_how_many_claims_hang_on_one_origin(self) -> None:
        screen = first_screen(story.report())
        assert "1 hangs on one origin (inferred)" in screen
        assert "1 has one origin behind several of the outlets (stated)" in screen
        assert "1 has outlets that name no source; no shared origin found" in screen

    def test_it_names_who_is_behind_several_outlets(self) -> None:
        screen = first_screen(story.report())
        assert "Northern Post and Daily Ledger go back to a senior Tarenese official (unnamed): 1 claim" in screen
        assert "Daily Ledger and Gulf Star go back to Ilsa Dorn" in screen

    def test_it_shows_what_is_disputed_with_both_sides(self) -> None:
        screen = first_screen(story.report())
        reason, _, sides = screen.partition("Different numbers: 4,000 people in one, more than 6,000 in the other")
        assert reason.endswith("Disputed ")
        assert re.match(r" Northern Post: “[^”]*4,000[^”]*” Daily Ledger: “[^”]*6,000", sides)

    def test_it_tells_what_an_outlet_lacks(self) -> None:
        screen = first_screen(story.report(), 40)
        assert "Gulf Star has 1 statement that no other has, and lacks 1 of 3 shared claims: c3 “Taren" in screen
        assert "Daily Ledger has every shared claim" in screen

    def test_a_story_without_conflicts_says_so(self) -> None:
        quiet = story.report(comparison=replace(story.COMPARISON, conflicts=()))
        assert "Disputed No conflict was found." in first_screen(quiet)

    def test_it_shows_through_whom_an_origin_came_to_each_outlet(self) -> None:
        screen = below_the_answers(story.report())
        assert "Daily Ledger ← Northline ← a senior Tarenese official" in screen
        assert "Northern Post ← a senior Tarenese official" in screen
        assert "Gulf Star ← Channel Nine ← Ilsa Dorn" in screen

    def test_stated_and_inferred_stand_apart_with_their_grounds(self) -> None:
        screen = below_the_answers(story.report())
        assert "stated: Daily Ledger and Gulf Star each credit it to Ilsa Dorn" in screen
        assert "inferred: a senior Tarenese official in Northern Post and Daily Ledger; a relay is named by" in screen

    def test_an_unnamed_origin_stands_before_a_named_one(self) -> None:
        text = shown(story.report())
        assert text.index("1. a senior Tarenese official (unnamed)") < text.index("2. Ilsa Dorn")

    def test_unknown_is_said_not_to_be_independent(self) -> None:
        assert "Unknown is not independent" in first_screen(story.report(), 40)

    def test_nothing_is_ever_confirmed(self) -> None:
        text = flat(shown(story.report()).lower()).replace("unknown is not independent", "")
        assert not re.search("confirm|verified|true|independent", text)


class TestClaims:
    def test_every_member_is_shown_whole_with_its_outlet(self) -> None:
        claims = flat(shown(story.report(), 60)).split("Shared claims, one by one")[1]
        for statement in story.STATEMENTS[:1] + story.STATEMENTS[4:5]:
            assert flat(statement.content_of(story.TEXTS[statement.article])) in claims

    def test_a_long_quotation_is_wrapped_not_cut(self) -> None:
        words = " ".join(f"word{number}" for number in range(200))
        assert words in flat(shown(of_text(words), 60))

    def test_a_claim_names_the_outlets_that_are_silent(self) -> None:
        assert "Silent: Gulf Star" in shown(story.report())

    def test_own_voices_leave_the_origin_unknown(self) -> None:
        text = flat(shown(story.report()))
        assert "no shared origin found: 3 outlets name none" in text
        assert "Northern Post, Daily Ledger and Gulf Star: no origin named" in text

    def test_different_known_origins_are_not_called_independent(self) -> None:
        apart = (
            Origin(speaker="s1", statements=("post:1",), link="stated", grounds="one"),
            Origin(speaker="s3", statements=("ledger:1",), link="stated", grounds="other"),
        )
        text = flat(shown(with_claim(origins=apart)))
        assert "no shared origin found: 2 origins named" in text
        assert "Several outlets, one origin" not in text

    def test_one_outlet_of_unknown_lineage_keeps_a_claim_from_hanging_on_one_origin(self) -> None:
        mixed = (
            Origin(speaker="s1", statements=("post:1",), link="stated", grounds="one"),
            Origin(outlet="Daily Ledger", statements=("ledger:1",), grounds="Daily Ledger credits it to nobody"),
        )
        text = flat(shown(with_claim(origins=mixed)))
        assert "no shared origin found: 1 origin named, 1 outlet names none" in text

    def test_an_agencys_text_that_an_outlet_prints_leads_to_the_agency(self) -> None:
        printed = Origin(outlet="Northline", passages=story.TAKEN[:1], link="stated", grounds="its dateline says so")
        text = flat(
            shown(with_claim(text="Rebels took the town", statements=(), passages=story.TAKEN[:1], origins=(printed,)))
        )
        assert "Northern Post ← Northline · in its own voice Rebels took the town of Amral" in text

    def test_a_denial_is_marked_as_one(self) -> None:
        text = flat(shown(story.report()))
        assert "the government (denied): “its army had left the capital”" in text
        assert "the government · denied" in text


class TestConflicts:
    def test_both_sides_stand_below_each_other_with_the_reason(self) -> None:
        text = flat(shown(story.report(), 60))
        start = text.index("1. Different numbers: 4,000 people in one, more than 6,000 in the other")
        assert text.index("Some 4,000 people fled", start) < text.index("More than 6,000 people", start)

    def test_a_side_that_may_only_know_more_is_said_to_be_later(self) -> None:
        conflicts = (replace(story.CONFLICTS[0], update="ledger"),)
        text = flat(shown(story.report(comparison=replace(story.COMPARISON, conflicts=conflicts))))
        assert "more than 6,000 in the other; may be an update: Daily Ledger is later (confidence 0.81)" in text

    def test_passages_are_marked_as_the_outlets_own_words(self) -> None:
        assert "Daily Ledger · in its own voice" in shown(story.report())


class TestNames:
    def test_each_article_keeps_its_own_words(self) -> None:
        text = flat(shown(story.report()))
        assert "Daily Ledger: “The dictator Jorn Haske” - Gulf Star: “President Jorn Haske”" in text


class TestLoneAndEmpty:
    def test_one_article_is_said_to_have_nothing_to_compare_with(self) -> None:
        text = flat(shown(story.lone()))
        assert "One article: there is nothing to compare it with." in text
        assert "shared claim" not in text
        assert "We have taken steps to deploy troops" in text

    def test_statements_only_says_that_nothing_was_compared(self) -> None:
        assert "Statements only: the articles were not compared." in shown(story.report(comparison=None))

    def test_articles_without_common_claims_say_so(self) -> None:
        assert "No claim was found that two articles share." in shown(story.report(comparison=Comparison()))

    def test_an_article_without_statements_says_so(self) -> None:
        empty = story.report(statements=(), speakers=(), comparison=Comparison())
        assert shown(empty).count("No statement was found in this article.") == 3


class TestLayout:
    @pytest.mark.parametrize("width", [40, 60, 80, 120])
    def test_no_line_is_wider_than_the_terminal(self, width: int) -> None:
        assert all(cell_len(line) <= width for line in shown(story.report(), width).splitlines())

    def test_lines_stay_short_enough_to_read_on_a_wide_screen(self) -> None:
        assert max(cell_len(line) for line in shown(story.report(), 300).splitlines()) <= terminal.WIDEST

    def test_no_line_ends_in_a_blank(self) -> None:
        assert all(line == line.rstrip() for line in shown(story.report()).splitlines())

    def test_without_colour_there_is_no_escape(self) -> None:
        assert "\x1b" not in shown(story.report())

    def test_colour_changes_nothing_but_the_colour(self) -> None:
        coloured = terminal.render(story.report(), 80, colour=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(story.report())

    def test_a_pipe_gets_no_colour(self) -> None:
        assert terminal.screen(io.StringIO())[1] is False

    def test_no_color_is_heeded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        assert terminal.screen(io.StringIO())[1] is True
        monkeypatch.setenv("NO_COLOR", "1")
        assert terminal.screen(io.StringIO())[1] is False

    def test_two_articles_of_one_outlet_are_told_apart(self) -> None:
        articles = [ReadArticle(replace(read.article, outlet="Northern Post")) for read in story.report().articles]
        text = shown(story.report(articles=tuple(articles)))
        assert text.startswith("1 outlet · 3 articles · 9 statements")
        assert "Northern Post [ledger] ← Northline" in text


class TestHostileText:
    def test_a_text_cannot_send_commands_to_the_terminal(self) -> None:
        text = shown(of_text("before \x1b[2J\x1b]0;owned\x07 after \u202egnp.exe"))
        assert not re.search("[\x1b\x07\u202e]", text)
        assert "before �[2J�]0;owned� after �gnp.exe" in flat(text)

    def test_markup_in_a_text_stays_text(self) -> None:
        assert "[bold]not bold[/bold] :smile:" in shown(of_text("[bold]not bold[/bold] :smile:"))

    @settings(max_examples=60, deadline=None)
    @given(st.text(min_size=1, max_size=200), st.integers(20, 130))
    def test_any_text_is_shown(self, text: str, width: int) -> None:
        speaker = Speaker("s1", text, "named")
        report = replace(of_text(text, speaker="s1", via=(text,), source=Span(0, 1)), speakers=(speaker,))
        assert terminal.render(report, width)

    def test_a_report_that_does_not_reproduce_its_text_is_not_shown(self) -> None:
        broken = replace(of_text("Some words."), statements=(Statement("a:1", "a", (Span(0, 99),)),))
        with pytest.raises(OffsetMismatch):
            terminal.render(broken)


class TestPhrases:
    @pytest.mark.parametrize(
        ("words", "quoted"),
        [
            ("it rained", "“it rained”"),
            ("“It rained,”", "“It rained,”"),
            ('it was "no rain"', '‘it was "no rain"’'),
            ("“One,” […] “two.”", "‘“One,” […] “two.”’"),
            ('We will find out who,"', "“We will find out who,”"),
        ],
    )
    def test_quotation_marks_never_clash(self, words: str, quoted: str) -> None:
        assert phrases.quoted(words) == quoted

    def test_a_list_of_many_names_is_counted(self) -> None:
        assert phrases.listed(["A", "B"]) == "A and B"
        assert phrases.listed([f"outlet {n}" for n in range(200)]).endswith("outlet 6 and 193 others")

    @given(st.text(max_size=300), st.integers(2, 200))
    def test_a_shortened_text_fits_its_room(self, text: str, room: int) -> None:
        assert len(phrases.shorten(text, room)) <= room

    def test_an_outlet_that_quotes_itself_stands_once_in_the_chain(self) -> None:
        assert phrases.chained(["Daily Ledger", "daily ledger", "a clerk"]) == "Daily Ledger ← a clerk"

    def test_credit_reads_in_text_order(self) -> None:
        statement = story.STATEMENTS[2]
        assert phrases.credit((statement.source, statement.cue), story.POST) == "“the Kesh Red Cross said”"

    def test_a_report_is_shown_the_same_every_time(self) -> None:
        assert shown(story.report()) == shown(story.report())
