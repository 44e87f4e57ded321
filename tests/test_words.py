from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosays.language import tokenizing, words
from whosays.text.span import Span


@pytest.fixture
def pieces(tmp_path: Path) -> words.Pieces:
    vocabulary = tmp_path / "vocabulary.txt"
    vocabulary.write_text("\n".join(["[UNK]", "[CLS]", "[SEP]", "dam", "##s", "the", ".", "u", "s", "cafe"]), "utf-8")
    return words.Pieces(vocabulary)


def test_a_word_is_cut_into_the_longest_known_pieces(pieces: words.Pieces) -> None:
    assert pieces.of("Dams") == (3, 4)


def test_points_within_a_word_stand_alone(pieces: words.Pieces) -> None:
    assert pieces.of("U.S.") == (7, 6, 8, 6)


def test_accents_and_capitals_are_passed_over(pieces: words.Pieces) -> None:
    assert pieces.of("CAFÉ") == (9,)


@given(st.text(min_size=1, max_size=130))
def test_every_word_has_at_least_one_piece_and_never_many(word: str) -> None:
    own = words.Pieces.__new__(words.Pieces)
    own.ids, own.unknown, own._remembered = {"a": 1, "##a": 2}, 0, {}
    assert 1 <= len(own.of(word)) <= words.MOST_PIECES


def test_words_know_where_they_stand_with_regard_to_quotation_marks() -> None:
    text = "He said “we go” now"
    spans = [Span(token.idx, token.idx + len(token)) for token in tokenizing.blank()(text)]
    assert words.quote_states(text, spans) == [0, 0, 2, 1, 1, 3, 0]


def test_casing_is_told_apart() -> None:
    assert [words.case(w) for w in ("12", "dam", "Dam", "UN", "A", "iPad")] == [0, 1, 2, 3, 4, 5]


def test_a_line_begins_behind_a_line_break() -> None:
    assert words.breaks("a b\nc", [Span(0, 1), Span(2, 3), Span(4, 5)]) == [1, 0, 1]
