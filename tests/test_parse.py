import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whosays.language import parse

TABLES = st.integers(1, 7).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-5, 5)))


def tree(table: np.ndarray) -> list[int]:
    table = table.copy()
    for k in range(len(table)):
        table[k, k + 1] = -np.inf
    return [int(head) for head in parse.best_tree(table)]


def value(table: np.ndarray, heads: list[int]) -> float:
    return float(sum(table[k, head] for k, head in enumerate(heads)))


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for k in range(1, len(heads) + 1):
        at, steps = k, 0
        while at:
            at, steps = heads[at - 1], steps + 1
            if steps > len(heads):
                return False
    return True


@given(TABLES)
def test_every_sentence_gets_a_tree_with_one_root(table: np.ndarray) -> None:
    assert is_tree(tree(table))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-5, 5))))
def test_no_other_tree_is_better(table: np.ndarray) -> None:
    count = len(table)
    every = [[int(d) for d in np.unravel_index(k, (count + 1,) * count)] for k in range((count + 1) ** count)]
    best = max(value(table, heads) for heads in every if is_tree(heads))
    assert value(table, tree(table)) >= best - 1e-6
