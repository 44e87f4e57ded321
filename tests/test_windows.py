from hypothesis import given
from hypothesis import strategies as st

from whosays.language import windows

WORDS = st.lists(st.tuples(st.integers(1, 12), st.sampled_from([0, 0, 0, 0, 0, 1, 2])), max_size=900)


@given(WORDS)
def test_every_word_is_answered_for_once_and_no_window_is_too_long(words: list[tuple[int, int]]) -> None:
    counts = [count for count, _ in words]
    line = [int(k == 0 or kind == 1) for k, (_, kind) in enumerate(words)]
    stops = [k for k, (_, kind) in enumerate(words) if k == 0 or kind > 0]
    made = windows.cut(counts, line, stops)
    assert [k for window in made for k in range(window.kept, window.until)] == list(range(len(counts)))
    for window in made:
        assert window.start <= window.kept < window.until <= window.end
        assert sum(counts[window.start : window.end]) <= windows.LONGEST


def test_short_paragraphs_are_kept_whole() -> None:
    line = ([1] + [0] * 59) * 5
    made = windows.cut([1] * 300, line, [k for k, b in enumerate(line) if b])
    assert all(line[window.kept] for window in made)


def test_a_window_takes_the_sentence_before_it_along() -> None:
    line = ([1] + [0] * 59) * 5
    stops = [k for k in range(300) if k % 20 == 0]
    second = windows.cut([1] * 300, line, stops)[1]
    assert second.kept - second.start == 40
