from dataclasses import fields

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from whosays.language import parse
from whosays.language.model import Scores

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


@given(
    st.lists(st.sampled_from(["rain", "fell", ".", "”", "Boats", "Mr.", ",", "!"]), min_size=1, max_size=30), st.data()
)
def test_sentences_cover_all_words_once(forms: list[str], draw: st.DataObject) -> None:
    logits = draw.draw(arrays(np.float32, len(forms), elements=st.floats(-8, 8, width=32)))
    found = parse.sentences(_scored(logits), [1, *[0] * (len(forms) - 1)], forms)
    assert [k for start, end in found for k in range(start, end)] == list(range(len(forms)))


def test_a_sentence_begins_within_another_only_where_the_model_is_sure() -> None:
    forms = ["The", "threat", "posed", "by", "Islamic", "State", "grew", ".", "He", "left", "."]
    unsure = np.full(len(forms), -3, np.float32)
    unsure[[5, 8]] = 0.5, -0.5
    assert parse.sentences(_scored(unsure), [1, *[0] * 10], forms) == [(0, 8), (8, 11)]
    unsure[5] = 4.0
    assert parse.sentences(_scored(unsure), [1, *[0] * 10], forms) == [(0, 5), (5, 8), (8, 11)]


def _scored(sentence: np.ndarray) -> Scores:
    empty = np.zeros((len(sentence), 1), np.float32)
    return Scores(**{field.name: empty for field in fields(Scores)} | {"sentence": sentence})
