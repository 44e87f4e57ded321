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


def test_whole_paragraphs_need_no_company() -> None:
    line = ([1] + [0] * 59) * 10
    made = windows.cut([1] * 600, line, [k for k, b in enumerate(line) if b])
    assert all(window.start == window.kept and window.until == window.end for window in made)


def test_both_windows_see_what_stands_beside_a_cut_within_a_paragraph() -> None:
    line = [1] + [0] * 599
    first, second, *_ = windows.cut([1] * 600, line, list(range(0, 600, 20)))
    assert first.end - first.until == windows.CONTEXT
    assert second.kept - second.start == windows.CONTEXT
