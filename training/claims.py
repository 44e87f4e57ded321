"""Fits the weights of the evidence that two members put the same, cross-validated by story.

    python -m training.claims --shared ../shared

``--shared`` holds ``samples-more`` (the tuning stories) and ``eval/score.py`` (what counts as the same passage, and the
figures). Every story is taken twice, with its statements as annotated and as the program finds them. Prints the
figures of the weights that are included (set on the same stories), of weights fitted without the stories that they are
measured on, and the weights fitted on all.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from whosays.claims import matching, members
from whosays.claims.evidence import WEIGHTS, Evidence
from whosays.claims.members import Member, Members
from whosays.language import marking
from whosays.language import model as language_model
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Statement
from whosays.text import layout
from whosays.text.article import Article
from whosays.text.span import Span

FOLDS: Final = 6
ROUNDS: Final = 30
DECAY: Final = 1.0  # of the squared weights, of evidence scaled to unit variance

Values = NDArray[np.float64]
Given = tuple[Values, Values]  # evidence [pairs, WEIGHTS] and whether the pair puts the same [pairs]


@dataclass(frozen=True, slots=True)
class Read:
    """A story's members, those of its pairs that are examples, and the annotation as the scorer reads it."""

    name: str
    annotated: bool
    members: Members
    articles: tuple[str, ...]
    statements: tuple[Statement, ...]
    given: Given
    gold: Mapping[str, Any]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    args = ask.parse_args()
    score = _scorer(args.shared / "eval/score.py")
    stories = [
        read for path in sorted((args.shared / "samples-more").glob("*/gold.json")) for read in _stories(path, score)
    ]
    found = {
        "included": measured(stories, WEIGHTS, score),
        "cross-validated": cross_validated(stories, score),
        "weights": {name: round(weight, 2) for name, weight in fit([story.given for story in stories]).items()},
    }
    print(json.dumps(found, indent=1))


def measured(stories: Sequence[Read], factors: Mapping[str, float], score: Any) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in pairs with the given weights."""
    return _all([(story, factors) for story in stories], score)


def cross_validated(stories: Sequence[Read], score: Any) -> dict[str, dict[str, float]]:
    """The same on stories that the weights were not fitted on."""
    names = sorted({story.name for story in stories})
    weighed = []
    for fold in range(FOLDS):
        held = set(names[fold::FOLDS])
        factors = fit([story.given for story in stories if story.name not in held])
        weighed += [(story, factors) for story in stories if story.name in held]
    return _all(weighed, score)


def _all(weighed: Sequence[tuple[Read, Mapping[str, float]]], score: Any) -> dict[str, dict[str, float]]:
    counts = {"annotated": np.zeros(4), "found": np.zeros(4)}
    for story, factors in weighed:
        counts["annotated" if story.annotated else "found"] += _counted(story, factors, score)
    return {kind: _figures(*count) for kind, count in counts.items()}


def fit(given: Sequence[Given]) -> dict[str, float]:
    """Logistic regression by Newton's method, by the names of WEIGHTS."""
    seen = np.concatenate([evidence for evidence, _ in given])
    same = np.concatenate([label for _, label in given])
    scale = seen.std(axis=0)
    scale[scale == 0] = 1.0
    rows = seen / scale
    decay = np.where(seen.std(axis=0) > 0, DECAY, 0.0)
    weights = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (likely - same) + decay * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(decay)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(WEIGHTS, (weights / scale).tolist(), strict=True))


def _stories(path: Path, score: Any) -> list[Read]:
    gold = json.loads(path.read_text(encoding="utf-8"))
    articles = [
        Article(key, (path.parent / a["file"]).read_text(encoding="utf-8"), a.get("outlet", key), a.get("published"))
        for key, a in gold["articles"].items()
    ]
    nlp = analyse.blank()
    pairs = [(nlp.make_doc(article.text), layout.find(article)) for article in articles]
    marked = list(marking.mark(pairs, language_model.load()))
    read = [analyse.of(article, each) for article, each in zip(articles, marked, strict=True)]
    found, _ = analyse.together(read)
    annotated = []
    for analysis, each in zip(read, marked, strict=True):
        own = [_statement(s) for s in gold["statements"] if s["article"] == analysis.article.id and s.get("content")]
        annotated.append(replace(analysis, statements=tuple(own), voice=tuple(analyse.voice(each, own))))
    name = path.parent.name
    return [_read(name, True, annotated, gold, score), _read(name, False, found, gold, score)]


def _statement(annotated: Mapping[str, Any]) -> Statement:
    known = {field: annotated[field] for field in ("kind", "naming", "polarity") if annotated.get(field)}
    content = annotated["content"]
    spans = [content] if isinstance(content[0], int) else content
    known |= {part: Span(*annotated[part]) for part in ("source", "cue") if annotated.get(part)}
    speaker = annotated.get("speaker")
    return Statement(annotated["id"], annotated["article"], tuple(Span(*s) for s in spans), speaker=speaker, **known)


def _read(name: str, annotated: bool, analyses: Sequence[Analysis], gold: Mapping[str, Any], score: Any) -> Read:
    statements = {s.id: s for a in analyses for s in a.statements}
    joined = members.join([members.of_article(place, a) for place, a in enumerate(analyses)], statements)
    story = Read(
        name,
        annotated,
        joined,
        tuple(a.article.id for a in analyses),
        tuple(statements.values()),
        (np.zeros((0, len(WEIGHTS))), np.zeros(0)),
        gold,
    )
    return replace(story, given=_examples(story, score))


def _examples(story: Read, score: Any) -> Given:
    """The pairs that are weighed at run time; of the sentences of two statements the nearest alone can be the same."""
    pairs, usual = matching.near(story.members)
    enough, present = Evidence(story.members, usual).present(pairs)
    seen = np.stack([present[name] for name in WEIGHTS], axis=1)
    pairs = pairs[enough]
    carriers = [_carrier(member, story) for member in story.members.all]
    covers = _covers(story, carriers, score)
    same = _same_pairs(story, covers, score)
    labels = np.array([pair in same for pair in map(tuple, pairs.tolist())], np.float64)
    nearest: dict[tuple[object, object], int] = {}
    order = np.argsort(-present["near"], kind="stable")
    for place in order[labels[order] > 0].tolist():
        one, other = pairs[place].tolist()
        nearest.setdefault((carriers[one], carriers[other]), place)
    used = (labels == 0) | np.isin(np.arange(len(pairs)), list(nearest.values()))
    return seen[used], labels[used]


def _carrier(member: Member, story: Read) -> object:
    return member.statement.id if member.statement else (story.articles[member.article], member.span)


def _covers(story: Read, carriers: Sequence[object], score: Any) -> list[tuple[str, set[int]]]:
    """By member, the article and the characters that the scorer compares: a statement's whole content."""
    rows = score.by_id(score.statements(_document(story, [])))
    return [
        (rows[carrier]["article"], rows[carrier]["cov"])
        if carrier in rows
        else (story.articles[member.article], score.cover([list(member.span)]))
        for carrier, member in zip(carriers, story.members.all, strict=True)
    ]


def _same_pairs(story: Read, covers: Sequence[tuple[str, set[int]]], score: Any) -> set[tuple[int, int]]:
    found = set()
    for one, other in score.cross_pairs(story.gold, score.statements(story.gold)):
        left, right = ([k for k, cover in enumerate(covers) if score.same(side, cover)] for side in (one, other))
        found |= {(min(a, b), max(a, b)) for a in left for b in right}
    return found


def _document(story: Read, matches: Sequence[matching.Match]) -> dict[str, Any]:
    """What of a report the scorer needs for claims."""
    claims: dict[tuple[object, ...], dict[str, Any]] = {}
    for match in matches:
        everyone = [story.members.all[n] for n in match.members]
        claims.setdefault(
            tuple(_carrier(m, story) for m in everyone),
            {
                "statements": list(dict.fromkeys(m.statement.id for m in everyone if m.statement)),
                "passages": [[story.articles[m.article], list(m.span)] for m in everyone if not m.statement],
            },
        )
    said = [
        {
            "id": s.id,
            "article": s.article,
            "content": [list(span) for span in s.content],
            "source": list(s.source) if s.source else None,
            "cue": list(s.cue) if s.cue else None,
            "speaker": s.speaker,
        }
        for s in story.statements
    ]
    return {"statements": said, "claims": list(claims.values())}


def _counted(story: Read, factors: Mapping[str, float], score: Any) -> Values:
    """Found pairs that are right, found pairs, annotated pairs that are found, annotated pairs."""
    document = _document(story, matching.find(story.members, factors))
    gold = score.cross_pairs(story.gold, score.statements(story.gold))
    found = score.cross_pairs(document, score.statements(document))
    right = sum(any(score.pair_hit(g, f) for g in gold) for f in found)
    met = sum(any(score.pair_hit(g, f) for f in found) for g in gold)
    return np.array([right, len(found), met, len(gold)], np.float64)


def _figures(right: float, found: float, met: float, annotated: float) -> dict[str, float]:
    precision, recall = right / max(found, 1), met / max(annotated, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return score


if __name__ == "__main__":
    main()
