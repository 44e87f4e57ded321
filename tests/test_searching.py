"""Search over a library: what is found, in which order, how it is counted and narrowed down, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.errors import UsageError
from whosays.library import analysing, anchors, reporting, searching
from whosays.library.adding import Adding
from whosays.library.filters import Wanted
from whosays.library.searching import CLOSE, OPEN
from whosays.library.store import Library
from whosays.report import document
from whosays.report.view.story import Story

EXAMPLES = sorted(map(str, (Path(__file__).resolve().parent.parent / "examples").iterdir()))
FILTER = {"outlet": "in_outlet", "speaker": "said_by"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("library") / "whosays.db", create=True) as opened:
        Adding(opened, analysing.made_by("test"), lambda event: None, fetch=pytest.fail).add(EXAMPLES)
        yield opened


def bare(words: str) -> str:
    return words.replace(OPEN, "").replace(CLOSE, "")


def marked(words: str) -> list[str]:
    return re.findall(f"{OPEN}(.*?){CLOSE}", words)


class TestWords:
    def test_every_statement_that_holds_the_word_is_found_and_no_other(self, library: Library) -> None:
        found = searching.statements(library, Wanted("drone"), -1)
        every = library.rows("SELECT content || ' ' || coalesce(source, '') FROM statements").fetchall()
        assert found.count == len(found.hits) == sum(bool(re.search(r"\bdrones?\b", text, re.I)) for (text,) in every)
        assert found.count > 5
        assert all({word.lower() for word in marked(hit.words)} <= {"drone", "drones"} for hit in found.hits)

    def test_one_word_gives_the_latest_first(self, library: Library) -> None:
        days = [(hit.published or "")[:10] for hit in searching.page(library, Wanted("minister"), size=100).hits]
        assert days == sorted(days, reverse=True)
        assert len(set(days)) > 2

    def test_of_several_words_those_close_together_come_first(self, library: Library) -> None:
        found = [bare(hit.words) for hit in searching.page(library, Wanted("drone engines"), size=100).hits]
        together = ["drone engines" in words.lower() for words in found]
        assert together == sorted(together, reverse=True)
        apart = searching.page(library, Wanted("the ship"), size=100).hits
        gaps = [min(map(len, re.findall(r"\bthe\b(.*?)\bship", bare(hit.words), re.I)), default=999) for hit in apart]
        assert gaps[0] == 1
        assert len(set(gaps)) > 1

    def test_words_that_the_index_keeps_for_itself_are_not_found(self, library: Library) -> None:
        for word in ("xnanonymous", "xo1", "xa1", "xs1", "anonymous"):
            assert searching.statements(library, Wanted(word), 5).count == 0

    @settings(deadline=None)
    @given(typed=st.text(max_size=20), speaker=st.text(max_size=12), outlet=st.text(max_size=5))
    def test_nothing_that_is_typed_is_an_error(self, library: Library, typed: str, speaker: str, outlet: str) -> None:
        searching.page(library, Wanted(typed, speaker=speaker, outlet=outlet, said_by=speaker, naming=typed))
        searching.articles(library, Wanted(typed, outlet=outlet), 5)


class TestSpeaker:
    @pytest.mark.parametrize(
        "typed", ["venn", "Venn", "minister ven", "interior minist", "dario venn interior", "vênn"]
    )
    def test_a_name_may_be_begun_and_its_words_in_any_order(self, library: Library, typed: str) -> None:
        found = searching.statements(library, Wanted(speaker=typed), 100)
        assert found.count > 5
        assert all("enn" in (hit.speaker or "") for hit in found.hits if "venn" in typed.lower())

    def test_half_a_long_word_finds_as_much_as_the_whole(self, library: Library) -> None:
        for half, whole in (("ministr", "ministry"), ("spokeswo", "spokeswoman"), ("organisatio", "organisation")):
            least = searching.statements(library, Wanted(speaker=whole), 0).count
            assert searching.statements(library, Wanted(speaker=half), 0).count >= least > 0

    def test_a_description_finds_its_speaker(self, library: Library) -> None:
        found = searching.statements(library, Wanted(speaker="kallas"), 100)
        assert {hit.speaker for hit in found.hits} > {"managing director Petros Kallas"}


class TestFacets:
    def test_each_choice_leaves_as_many_as_it_says(self, library: Library) -> None:
        wanted = Wanted("the")
        found = searching.page(library, wanted)
        chosen = 0
        for name in ("outlet", "speaker", "naming", "polarity", "month", "story"):
            for value in getattr(found.facets, name):
                key: Any = int(value.key) if name == "story" else value.key
                narrower = searching.page(library, replace(wanted, **{FILTER.get(name, name): key}))
                assert (name, value.key, narrower.count) == (name, value.key, value.count)
                chosen += 1
        assert chosen > 25

    def test_choices_add_up(self, library: Library) -> None:
        found = searching.page(library, Wanted(""))
        assert sum(value.count for value in found.facets.naming) == found.count
        assert sum(value.count for value in found.facets.story) == found.count
        assert found.count == library.one("SELECT count(*) FROM statements")[0]  # type: ignore[index]

    def test_choices_narrow_each_other_down(self, library: Library) -> None:
        wanted = Wanted("", in_outlet="The Harbour Post", naming="anonymous", polarity="denied", month="2026-05")
        hits = searching.page(library, replace(wanted, polarity=None), size=100).hits
        assert hits
        assert {(hit.outlet, hit.naming) for hit in hits} == {("The Harbour Post", "anonymous")}
        denied = sum(hit.polarity == "denied" for hit in hits)
        assert searching.page(library, wanted).count == denied


class TestMany:
    def test_not_more_than_so_many_are_counted_and_it_says_so(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        everything = searching.statements(library, Wanted("the"), -1)
        monkeypatch.setattr(searching, "COUNTED", 30)
        found = searching.page(library, Wanted("the"), size=30)
        assert (found.count, found.more) == (30, True)
        assert found.hits == everything.hits[:30]
        assert sum(value.count for value in found.facets.naming) == 30
        assert searching.statements(library, Wanted("the"), -1).count == everything.count > 30
        articles = searching.articles(library, Wanted("the"), 5)
        assert (articles.count, articles.more) == (13, False)

    def test_pages_are_the_whole_in_order(self, library: Library) -> None:
        everything = searching.statements(library, Wanted("the ship"), -1).hits
        pages = [searching.page(library, Wanted("the ship"), number, 7).hits for number in range(1, 5)]
        assert sum(pages, ()) == everything[:28]
        articles = searching.articles(library, Wanted("the ship"), -1).hits
        assert searching.articles(library, Wanted("the ship"), 2, 2).hits == articles[2:4]


class TestDays:
    def test_both_ends_are_within(self, library: Library) -> None:
        found = searching.statements(library, Wanted("", since="2025-09-02", until="2025-09-02"), -1)
        assert {(hit.published or "")[:10] for hit in found.hits} == {"2025-09-02"}
        assert {hit.outlet for hit in found.hits} == {"Gulf Herald", "Lasmar Today"}

    def test_hours_count_where_they_are_given(self, library: Library) -> None:
        found = searching.statements(library, Wanted("", since="2026-05-12T15:00", until="2026-05-12T20:00"), -1)
        assert {hit.outlet for hit in found.hits} == {"Meridian Daily"}

    @pytest.mark.parametrize("field", ["since", "until", "month"])
    @pytest.mark.parametrize("typed", ["yesterday", "2025-13", "0000-00-00", "9999-99"])
    def test_what_is_no_date_is_said(self, library: Library, field: str, typed: str) -> None:
        with pytest.raises(UsageError, match="is no date"):
            searching.page(library, Wanted("", **{field: typed}))

    @pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31"])
    def test_the_ends_of_the_calendar_are_dates(self, library: Library, typed: str) -> None:
        searching.page(library, Wanted("", since=typed, until=typed))
        searching.page(library, Wanted("", month=typed[:7]))


def test_a_hit_leads_to_its_sentence_in_the_report_of_its_story(library: Library) -> None:
    hits = searching.statements(library, Wanted("the"), -1).hits
    at = anchors.of(library, hits)
    assert len(at) == len(hits) > 100
    made = analysing.made_by("test")
    stories = {n: Story(document.make(reporting.of_story(library, n, made))) for n in {h.story for h in hits} if n}
    for hit in hits:
        story = stories[hit.story or 0]
        href = at[hit.statement or ""]
        assert href.startswith(f"/stories/{hit.story}#")
        [statement] = [s for s in story.statements.values() if f"#{story.at(s['id'])}" == href.partition("s/")[2][1:]
                       or href.endswith(f"#{story.at(s['id'])}")]  # fmt: skip
        assert statement["article"] == hit.article
        assert statement["content"][0][0] == hit.start
    for hit in searching.articles(library, Wanted("the"), -1).hits:
        story = stories[hit.story or 0]
        assert anchors.of(library, [hit])[hit.article].endswith(f"#{story.outlet[hit.article].anchor}")
