"""Passages that two texts share, wherever they stand."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.stories import copies, shingles, terms
from whosays.stories.copies import Copy

LEAD = "The gates of the Karsholm dam were opened on Sunday after two days of rain, the water board said."
MIDDLE = "Nobody was hurt when the road below the village was flooded, harbour master Ines Dahl told Northline."
END = "Engineers will look at the northern wall once the lake has fallen by another four metres."
OWN = "Our reporter walked along the shore this morning and found shops shut and cellars full of mud."


def _share(one: str, other: str) -> float:
    return shingles.contained(shingles.of(terms.words(one)), shingles.of(terms.words(other)))[0]


def test_a_brief_within_a_long_report_is_contained_in_it_whole() -> None:
    assert _share(MIDDLE, " ".join([LEAD, MIDDLE, END, OWN])) == 1.0


def test_reports_in_other_words_share_nothing() -> None:
    assert _share(LEAD, OWN) == 0.0


def test_case_punctuation_and_apostrophes_are_no_difference() -> None:
    assert _share("The dam's gates WERE opened, again", "the dam’s gates were opened again") == 1.0


def test_copied_passages_are_found_in_another_order_with_their_characters() -> None:
    text, other = f"{LEAD} {OWN} {MIDDLE}", f"{MIDDLE} {END} {LEAD}"
    found = copies.shared(text, other)
    assert [p.span.of(text) for p in found] == [LEAD[:-1], MIDDLE[:-1]]
    assert [p.other.of(other) for p in found] == [LEAD[:-1], MIDDLE[:-1]]


def test_a_changed_word_parts_a_passage() -> None:
    found = copies.shared(LEAD, LEAD.replace("Sunday", "Monday"))
    assert [p.span.of(LEAD) for p in found] == [LEAD.split(" Sunday")[0], LEAD.split("Sunday ")[1][:-1]]


def test_articles_that_are_mostly_one_text_are_one_voice() -> None:
    found = [Copy("c", "a", 0.9), Copy("d", "b", 0.2), Copy("e", "c", 0.6)]
    assert copies.voices(["a", "b", "c", "d", "e"], found) == [("a", "c", "e"), ("b",), ("d",)]


def test_a_very_long_text_keeps_a_part_of_its_shingles_and_still_shows_its_copy() -> None:
    long = [f"w{k}" for k in range(9000)]
    kept = shingles.of(long)
    assert len(kept.kept) <= shingles.MOST_KEPT < kept.count
    share, common = shingles.contained(shingles.of(long[3000:6000]), kept)
    assert share == 1.0
    assert common > 1000


WORDS = st.lists(st.sampled_from("dam gate rain said the of on Dahl".split()), max_size=40)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_every_shared_passage_reads_the_same_in_both_texts_and_none_overlap(one: list[str], other: list[str]) -> None:
    text, second = ", ".join(one), " ".join(other).upper()
    end = 0
    for passage in copies.shared(text, second):
        words = terms.words(passage.span.of(text))
        assert words == terms.words(passage.other.of(second))
        assert len(words) >= shingles.LENGTH
        assert passage.span.start >= end
        end = passage.span.end


@settings(deadline=None)
@given(WORDS, WORDS)
def test_containment_is_a_share_and_the_same_both_ways(one: list[str], other: list[str]) -> None:
    there = shingles.contained(shingles.of(one), shingles.of(other))
    assert there == shingles.contained(shingles.of(other), shingles.of(one))
    assert 0 <= there[0] <= 1
