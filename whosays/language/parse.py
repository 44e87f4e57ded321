"""From the model's scores to sentences and dependency trees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from whosays.language import words
from whosays.language.model import Scores

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]
LONGEST = 250  # words of one sentence; a longer run of words (a table, a list) is cut there
# Log odds from which a word begins a sentence, behind a mark that can end one and elsewhere. With 0 for both, a
# seventh of the sentences of the tuning stories, which run on without line breaks, began within another one; on EWT's
# and GUM's development parts these cost .1 of LAS and nothing.
LEAST_ENDED, LEAST_WITHIN = -1.0, 2.0


def sentences(scores: Scores, line: Sequence[int], forms: Sequence[str]) -> list[tuple[int, int]]:
    """Words [start, end) of each sentence, of the words ``forms``: a line always begins one."""
    ended: list[bool] = (scores.sentence > LEAST_ENDED).tolist()
    within: list[bool] = (scores.sentence > LEAST_WITHIN).tolist()
    begins = [
        k for k in range(len(line)) if k == 0 or line[k] or within[k] or (ended[k] and words.follows_end(forms, k))
    ]
    found = []
    for start, end in zip(begins, [*begins[1:], len(line)], strict=True):
        found += [(at, min(at + LONGEST, end)) for at in range(start, end, LONGEST)]
    return found


def heads(scores: Scores, start: int, end: int) -> Numbers:
    """The head of each word of a sentence, counted within it; a root is its own head, and there is one."""
    arcs = scores.arc_dependent[start:end] @ scores.arc_head[start:end].T
    root = scores.arc_dependent[start:end] @ scores.root[scores.window[start]]
    np.fill_diagonal(arcs, -np.inf)
    table = np.column_stack([root, arcs]).astype(np.float64)
    chosen = best_tree(table)
    return np.asarray(np.where(chosen == 0, np.arange(end - start), chosen - 1), np.int64)


def best_tree(table: NDArray[np.float64]) -> Numbers:
    """The best tree with one root; table: [word, head], head 0 is the root. The heads, counted from 1, 0 the root."""
    rows = np.arange(len(table))
    best: Numbers = table[:, 1:].argmax(1) + 1
    gain = table[:, 0] - table[rows, best]
    root = int(gain.argmax())
    best[root] = 0
    # every word has its best head, but for the one word that is worth most as the root: nothing can be better
    if not _cycle(best):
        return best
    return _with_root(table, root, gain)


def _with_root(table: NDArray[np.float64], root: int, gain: NDArray[np.float64]) -> Numbers:
    """The best tree under the likeliest root, or under any, where that could be better."""
    square = np.full((len(table) + 1, len(table) + 1), -np.inf)
    square[1:, 1:] = table[:, 1:]
    square[root + 1] = -np.inf
    square[root + 1, 0] = table[root, 0]
    found = _arborescence(square)[1:]
    value = table[np.arange(len(table)), found].sum()
    # what a tree under another root could reach, were it free of cycles
    others = table[:, 1:].max(1).sum() + np.delete(gain, root).max(initial=-np.inf)
    if value >= others:
        return found
    square[1:] = table
    # every further root costs more than any arc can bring, so that one is left
    square[1:, 0] -= 1e4
    return _arborescence(square)[1:]


def _cycle(head: Numbers) -> list[int]:
    """Words (counted from 1) of a cycle, if there is one; head: that of word 1, 2, …, 0 for the root."""
    heads: list[int] = [0, *head.tolist()]
    state = [2, *[0] * len(head)]
    for begin in range(1, len(heads)):
        path = []
        at = begin
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def _arborescence(square: NDArray[np.float64]) -> Numbers:
    """Chu and Liu (1965), Edmonds (1967): the best tree from node 0; square: [dependent, head]."""
    np.fill_diagonal(square, -np.inf)
    head: Numbers = square.argmax(1)
    head[0] = 0
    cycle = _cycle(head[1:])
    if not cycle:
        return head
    count = len(square)
    rest = [k for k in range(count) if k not in cycle]
    ring = np.array(cycle)
    within = square[ring, head[ring]]
    # the cycle becomes one node, last in the smaller table
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = square[np.ix_(rest, rest)]
    entering = square[np.ix_(cycle, rest)] - within[:, None]
    enter_at = entering.argmax(0)
    small[-1, :-1] = entering.max(0)
    leaving = square[np.ix_(rest, cycle)]
    leave_at = leaving.argmax(1)
    small[:-1, -1] = leaving.max(1)
    inner = _arborescence(small)
    result = head.copy()
    for k, node in enumerate(rest):
        if node:
            result[node] = ring[leave_at[k]] if inner[k] == len(rest) else rest[inner[k]]
    broken = ring[enter_at[inner[-1]]]
    result[broken] = rest[inner[-1]]
    return result


def relations(scores: Scores, head: Numbers, weights: dict[str, Array]) -> Numbers:
    """The number of each word's relation to its head; head: of every word of the article, a root's is its own."""
    beside = scores.relation_head[head]
    roots = np.flatnonzero(head == np.arange(len(head)))
    beside[roots] = scores.root_relation[scores.window[roots]]
    hidden = _gelu(scores.relation_dependent + beside)
    return np.asarray((hidden @ weights["relation_weight"].T + weights["relation_bias"]).argmax(1), np.int64)


def _gelu(x: Array) -> Array:
    """The exact unit's tanh form, which agrees to the third decimal (Hendrycks and Gimpel, 2016)."""
    inner = 0.7978845608 * (x + 0.044715 * x * x * x)
    return (0.5 * x * (1.0 + np.tanh(inner))).astype(np.float32)
