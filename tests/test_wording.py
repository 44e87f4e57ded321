"""Utterances laid side by side: what is told apart at a glance is what a full comparison would tell apart."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from whosays.claims import wording

WORDS = st.sampled_from("the of harbour dam board fire held gates water was not we rising fast".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=24).map(" ".join)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 23), WORDS), max_size=6), st.booleans())
def test_a_first_look_passes_over_no_difference(one, changes, same_speaker):
    words = one.split()
    for place, word in changes:
        words[place % len(words)] = word
    (left,), (right,) = wording.sentences(one), wording.sentences(" ".join(words))
    found = wording.compare(left, right, same_speaker)
    with patch.object(wording, "_may_be_one", return_value=True):
        assert found == wording.compare(left, right, same_speaker)


@given(TEXTS, TEXTS, st.integers(1, 8))
def test_a_run_counts_from_the_fewest_words_asked_for(one, other, fewest):
    longest = wording.longest_run(one, other)
    expected = longest if longest.length >= fewest else wording.Run(0, "")
    assert wording.longest_run(one, other, fewest) == expected


def test_an_utterance_in_other_words_is_shown_with_the_words_around_them():
    (one,), (other,) = (
        wording.sentences(f"we opened every gate of the dam before the water {verb} over it")
        for verb in ("ran", "came")
    )
    assert wording.compare(one, other) == wording.Difference("the water ran over it", "the water came over it", 12)


def test_a_quotation_that_is_closed_in_the_middle_of_a_clause_is_shown_with_what_follows():
    (short,) = wording.sentences("We offered the harbour board a way out of this lease.")
    (whole,) = wording.sentences("We offered the harbour board a way out of this lease with a public hearing first.")
    assert wording.cut(short, whole) == wording.Difference(
        "out of this lease", "this lease with a public hearing first", 11
    )
    assert wording.cut(whole, short) is None


def test_a_quotation_may_end_where_the_speaker_drew_breath():
    (whole,) = wording.sentences("The dam is safe, and it was safe last year.")
    for text in ("The dam is safe.", "The dam is", "The dam is safe …", "The dam is, … safe"):
        assert wording.cut(wording.sentences(text)[0], whole) is None
    (whole,) = wording.sentences("They said they don't want any of it.")
    assert wording.cut(wording.sentences("They said they do.")[0], whole) is None
