from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whosays.language.chain import Chain

TAGS = ["O", "B-x", "I-x", "B-y", "I-y"]
STEPS = arrays(np.float32, (5, 5), elements=st.integers(-3, 3).map(float))
SCORES = st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, 5), elements=st.integers(-3, 3).map(float)))


def is_allowed(path: tuple[int, ...]) -> bool:
    names = [TAGS[tag] for tag in path]
    return all(name[0] != "I" or before[2:] == name[2:] for before, name in zip(["O", *names], names, strict=False))


def value(path: tuple[int, ...], scores: np.ndarray, steps: np.ndarray) -> float:
    own = sum(float(scores[k, tag]) for k, tag in enumerate(path))
    return own + sum(float(steps[a, b]) for a, b in pairwise(path))


@given(SCORES, STEPS)
def test_no_other_sequence_of_tags_is_better(scores: np.ndarray, steps: np.ndarray) -> None:
    found = tuple(Chain(TAGS, steps).path(scores))
    assert is_allowed(found)
    allowed = [path for path in product(range(5), repeat=len(scores)) if is_allowed(path)]
    assert value(found, scores, steps) == max(value(path, scores, steps) for path in allowed)


def test_a_path_is_read_as_spans() -> None:
    chain = Chain(TAGS, np.zeros((5, 5), np.float32))
    assert list(chain.runs([0, 1, 2, 1, 3, 4, 0])) == [("x", 1, 3), ("x", 3, 4), ("y", 4, 6)]
    assert list(chain.runs([1, 2, 2], [True, False, True])) == [("x", 0, 2), ("x", 2, 3)]


def test_no_words_have_no_tags() -> None:
    chain = Chain(TAGS, np.zeros((5, 5), np.float32))
    assert chain.path(np.zeros((0, 5), np.float32)) == []
    assert list(chain.runs([])) == []
