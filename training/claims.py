"""Trains what tells whether two members put the same, and measures it, cross-validated by story.

    python -m training.claims --shared ../shared [--out whosays/claims]

Reads the tuning stories with their annotation (``samples-more``), the marks that readers made on these and on other
articles (``training/marks.jsonl``; the texts are in ``--shared``) and the invented stories in ``training/invented``,
whose shared passages are marked in the text. Fits the weights of first sight (``WEIGHTS`` in
whosays/claims/evidence.py; printed, to be copied there) and the boosted trees of the closer look, and writes these to
``--out``. Prints the figures of the trees on tuning stories that they were not trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from training import stories
from training.stories import Marks, Scorer, Told
from whosays.claims import comparison, entities, matching, members, reading, trees
from whosays.claims.cast import Casting
from whosays.claims.closer import SEEN, Closer
from whosays.claims.evidence import WEIGHTS, Evidence
from whosays.claims.members import Members
from whosays.claims.tightening import Tightening
from whosays.language import marking
from whosays.language import model as language_model
from whosays.statements import analyse
from whosays.text import layout

FOLDS: Final = 6
ROUNDS: Final = 30
DECAY: Final = 1.0  # of the squared weights, of evidence scaled to unit variance
MARKED: Final = 0.5  # weight of an example that readers marked, beside one of the annotation
THRESHOLDS: Final = (0.22, 0.25, 0.28, 0.31, 0.34, 0.37, 0.4)
# The trees are told whose example one is, since the annotation lists the claims that matter and readers all; at run
# time they answer as the annotation would.
NOTION: Final = "annotated"
COLUMNS: Final = (*(name for name in WEIGHTS if name != "bias"), *SEEN, NOTION)

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A story's members, its pairs with what is seen of them, and what annotation and readers say of each.

    ``annotated`` is 1 where a pair puts the same, ``marked`` the share of the readings that say so, ``sure`` is 0 where
    a reader could not tell; ``None`` where the story has none. ``docs`` and ``tightening`` are there in annotated
    stories alone.
    """

    told: Told
    members: Members
    statements: tuple[Any, ...]
    pairs: NDArray[np.int64]
    seen: Values
    annotated: Values | None
    marked: Values | None
    sure: Values
    first: tuple[Values, Values]
    docs: tuple[Doc, ...]
    tightening: Tightening | None


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, help="folder for the trees; without it they are only measured")
    args = ask.parse_args()
    told = list(stories.read(args.shared))
    annotated, others = [t for t in told if t.gold], [t for t in told if not t.gold]
    with ProcessPoolExecutor() as workers:
        seen = list(workers.map(seen_alone, others, [args.shared] * len(others), chunksize=8))
    seen = [*(_read(story, args.shared) for story in annotated), *seen]
    print(json.dumps({"first sight": fit_first([s.first for s in seen if s.marked is not None])}, indent=1))
    tuning, odds = [s for s in seen if s.annotated is not None], cross_validated(seen)
    print(json.dumps({"joined": fit_joined(tuning, odds)}, indent=1))
    print(json.dumps(figures(tuning, odds, Scorer(args.shared)), indent=1))
    if args.out:
        write(fit(seen), args.out / f"{matching.TREES}.npz")


def fit_first(given: Sequence[tuple[Values, Values]]) -> dict[str, float]:
    """Logistic regression by Newton's method, by the names of WEIGHTS."""
    seen = np.concatenate([evidence for evidence, _ in given])
    same = np.concatenate([label for _, label in given])
    scale = seen.std(axis=0)
    decay = np.where(scale > 0, DECAY, 0.0)
    scale[scale == 0] = 1.0
    rows = seen / scale
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - same) + decay * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(decay)
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weight), 2) for name, weight in zip(WEIGHTS, weights / scale, strict=True)}


def fit(seen: Iterable[Read]) -> HistGradientBoostingClassifier:
    """The trees, of examples that are annotated and of such as readers marked."""
    rows, same, weight = [], [], []
    for story in seen:
        for labels, each, notion in ((story.annotated, 1.0, 1.0), (story.marked, MARKED, 0.0)):
            if labels is None or not len(labels):
                continue
            sure = each * (story.sure if notion == 0.0 else np.ones(len(labels)))
            for label, share in ((1.0, labels), (0.0, 1.0 - labels)):
                held = share * sure > 0
                rows.append(with_notion(story.seen[held], notion))
                same.append(np.full(held.sum(), label))
                weight.append((share * sure)[held])
    grown = HistGradientBoostingClassifier(
        max_iter=600,
        learning_rate=0.03,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.3,  # of the columns at each split: less is learnt of any one, .01 of F1
        random_state=0,
    )
    return grown.fit(np.concatenate(rows), np.concatenate(same), np.concatenate(weight))


def cross_validated(seen: Sequence[Read]) -> dict[str, Values]:
    """The log odds of the pairs of each tuning story, by trees that were not trained on it."""
    tuning = [story for story in seen if story.annotated is not None]
    names = sorted(story.told.name for story in tuning)
    odds = {}
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        grown = fit([story for story in seen if story.told.name not in held])
        odds |= {s.told.name: grown.decision_function(with_notion(s.seen, 1.0)) for s in tuning if s.told.name in held}
    return odds


def fit_joined(tuning: Sequence[Read], odds: Mapping[str, Values]) -> dict[str, float]:
    """How the trees' log odds and those of reading a pair together are joined, by the names in reading.py."""
    rows, same = [], []
    for story in tuning:
        own = odds[story.told.name]
        near = reading.doubtful(own)
        rows.append(np.column_stack([own[near], reading.read(story.members, story.docs, story.pairs[near])]))
        same.append(_known(story)[near])
    joined = LogisticRegression(C=10.0).fit(np.concatenate(rows), np.concatenate(same))
    weights = (*joined.coef_[0], joined.intercept_[0])
    return {name: round(float(w), 2) for name, w in zip(("TREES", "READ", "BIAS"), weights, strict=True)}


def _known(story: Read) -> Values:
    assert story.annotated is not None
    return story.annotated


def figures(tuning: Sequence[Read], odds: Mapping[str, Values], score: Scorer) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in pairs, by threshold, with the pairs near the decision read together."""
    counts = {threshold: np.zeros(4) for threshold in THRESHOLDS}
    for story in tuning:
        for threshold in THRESHOLDS:
            joined = reading.weighed(story.members, story.docs, story.pairs, odds[story.told.name], threshold)
            counts[threshold] += _counted(story, 1 / (1 + np.exp(-joined)), threshold, score)
    return {str(threshold): _figures(*count) for threshold, count in counts.items()}


def write(grown: HistGradientBoostingClassifier, path: Path) -> None:
    """Writes the trees as whosays/claims/trees.py reads them, answering as the annotation would."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots, deepest = [], 0
    notion = COLUMNS.index(NOTION)

    def put(tree: Any, at: int, depth: int) -> int:
        nonlocal deepest
        node = tree[at]
        if not node["is_leaf"] and node["feature_idx"] == notion:
            return put(tree, int(node["right"]), depth)
        deepest = max(deepest, depth)
        own = len(nodes)
        nodes.append((0, 0.0, own, own, float(node["value"])))
        if not node["is_leaf"]:
            left, right = put(tree, int(node["left"]), depth + 1), put(tree, int(node["right"]), depth + 1)
            nodes[own] = (int(node["feature_idx"]), float(node["num_threshold"]), left, right, 0.0)
        return own

    for (predictor,) in grown._predictors:
        roots.append(put(predictor.nodes, 0, 0))
    column, limit, left, right, value = (np.array(part) for part in zip(*nodes, strict=True))
    kept = {"column": column, "left": left, "right": right, "roots": np.array(roots)}
    np.savez_compressed(
        path,
        names=np.array(COLUMNS[:-1]),
        start=np.float64(grown._baseline_prediction.ravel()[0]),
        limit=limit,
        value=value,
        deepest=np.int32(deepest),
        **{name: part.astype(np.int32) for name, part in kept.items()},
    )
    trees.load.cache_clear()


def with_notion(seen: Values, notion: float) -> Values:
    return np.column_stack([seen, np.full(len(seen), notion)])


def seen_alone(told: Told, shared: Path) -> Read:
    """What can be handed from one process to another: without the documents."""
    return replace(_read(told, shared), docs=(), tightening=None)


def _read(told: Told, shared: Path) -> Read:
    score = Scorer(shared)
    nlp = analyse.blank()
    pairs = [(nlp.make_doc(article.text), layout.find(article)) for article in told.articles]
    marked = marking.mark(pairs, language_model.load())
    read = [analyse.of(article, each) for article, each in zip(told.articles, marked, strict=True)]
    found, speakers = analyse.together(read)
    statements = {s.id: s for a in found for s in a.statements}
    parts = [comparison.part(place, a) for place, a in enumerate(found)]
    joined = members.join([p.members for p in parts], statements)
    met = entities.find(found, {s.id: s for s in speakers}, [p.phrases for p in parts])
    closer = Closer(joined, found, Casting(met, found, [p.words for p in parts]))
    looked, seen = matching.look(joined, closer)
    near, usual = matching.near(joined)
    enough, present = Evidence(joined, usual).present(near)
    first = np.stack([present[name] for name in WEIGHTS], axis=1)
    covers = score.covers(told, joined, tuple(statements.values()))
    tightening = Tightening(joined, found, closer)
    parted = {pair: shown for pair in map(tuple, looked.tolist()) if (shown := tightening.find(pair))}
    same = [score.marked(claims, joined, covers, parted) for claims in told.marks.readings] if told.marks else []
    if told.marks and same:
        same[0] |= stories.judged(told.marks, joined, "same")
    return Read(
        told=told,
        members=joined,
        statements=tuple(statements.values()),
        pairs=looked,
        seen=seen,
        annotated=_labels(looked, score.annotated(told.gold, covers, parted)) if told.gold else None,
        marked=np.mean([_labels(looked, said) for said in same], axis=0) if same else None,
        sure=_sure(looked, told.marks, joined),
        first=(first, _labels(near[enough], set().union(*same))),
        docs=tuple(a.doc for a in found),
        tightening=tightening,
    )


def _labels(pairs: NDArray[np.int64], same: set[tuple[int, int]]) -> Values:
    return np.array([pair in same for pair in map(tuple, pairs.tolist())], np.float64)


def _sure(pairs: NDArray[np.int64], marks: Marks | None, found: Members) -> Values:
    unclear = stories.judged(marks, found, "unclear") if marks else set()
    return 1.0 - _labels(pairs, unclear)


def _counted(story: Read, probabilities: Values, threshold: float, score: Scorer) -> Values:
    groups = matching.distinct(matching.group(story.members, story.pairs, probabilities, threshold), story.members)
    matches = [replace(g, parts=story.tightening.find(g.members)) for g in groups] if story.tightening else groups
    return np.array(score.counted(story.told, story.members, story.statements, matches), np.float64)


def _figures(right: float, found: float, met: float, annotated: float) -> dict[str, float]:
    precision, recall = right / max(found, 1), met / max(annotated, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


if __name__ == "__main__":
    main()
