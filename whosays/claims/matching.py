"""Which members of different articles put the same proposition."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from whosays.claims.members import Member, Members

# How many members of other articles are looked at for each member, nearest embedding first. In a story of three
# articles that is nearly all of them; in one of two hundred it keeps the work in proportion to the text.
MOST_NEIGHBOURS: Final = 40
LEAST_COSINE: Final = 0.15
BLOCK: Final = 1024  # rows of the similarity matrix held at a time

# Logistic regression on pairs of members of the 36 tuning stories (statements as annotated; 1,034 annotated pairs,
# for each of which the likeliest pair of sentences was taken as its example, in two rounds). Cross-validated by
# story, without grouping: precision .73, recall .35 at probability .4; .67 and .38 at .3. What the annotation does
# not list counts as false, although it does not list everything.
WEIGHTS: Final = {
    "cosine": 5.51,  # of the embeddings
    "shared": 3.74,  # weight of the common content words, as a share of the member that has less
    "jaccard": 1.97,  # ... as a share of both together
    "amounts": 1.77,  # a number that both give
    "speaker": 1.51,  # two statements of the same speaker
    "other speaker": -1.05,  # two statements of different speakers
    "voices": -0.27,  # both in the outlets' own voice
    "mixed": -1.24,  # a statement and an outlet's own voice
    "short": -3.88,  # 1 / content words of the shorter one
}
BIAS: Final = -6.20
# The same regression once more, on its own result and on the lead over the next best in the same article.
SCORE_WEIGHT, LEAD_WEIGHT, LEAD_BIAS, MOST_LEAD = 0.862, 0.315, 0.009, 3.0

# Probability from which two members are taken for the same proposition, set on the tuning stories: F1 is flat from
# .2 to .4 there, and a false "same" costs a reader more than a missed one.
LEAST_PROBABILITY: Final = 0.38
# Members on each side that are compared when two groups are joined; enough to keep a claim on its subject.
MOST_COMPARED: Final = 6

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Members, by their places in ``Members.all``, that put one proposition, and how likely each pair is to do so."""

    members: tuple[int, ...]
    probability: dict[Pair, float]


@dataclass(slots=True)
class _Evidence:
    """What speaks for two members putting the same, remembered from pair to pair."""

    members: Members
    roots: tuple[frozenset[str], ...]
    weights: tuple[float, ...]
    scores: dict[Pair, float] = field(default_factory=dict)
    rivals: dict[tuple[int, int], list[tuple[float, int]]] = field(default_factory=dict)

    def score(self, one: int, other: int) -> float:
        """The log-odds that two members put the same, before their rivals are looked at."""
        a, b = self.members.all[one], self.members.all[other]
        common = self.members.weigh(self.roots[one] & self.roots[other])
        less, more = sorted((self.weights[one], self.weights[other]))
        present = {
            "cosine": float(self.members.vectors[one] @ self.members.vectors[other]),
            "shared": common / less if less else 0.0,
            "jaccard": common / (less + more - common) if more else 0.0,
            "amounts": float(not a.values.isdisjoint(b.values)),
            "short": 1.0 / min(len(self.roots[one]), len(self.roots[other])),
            _credit(a, b): 1.0,
        }
        return BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in present.items())

    def probability(self, one: int, other: int) -> float:
        pair = (min(one, other), max(one, other))
        score = self.scores.get(pair)
        if score is None:
            score = self.scores[pair] = self.score(*pair)
        lead = min(self._lead(one, other, score), self._lead(other, one, score))
        odds = SCORE_WEIGHT * score + LEAD_WEIGHT * max(-MOST_LEAD, min(MOST_LEAD, lead)) + LEAD_BIAS
        return 1.0 / (1.0 + math.exp(-odds))

    def _lead(self, one: int, other: int, score: float) -> float:
        """By how much ``other`` is nearer to ``one`` than the next sentence of the same article."""
        target = self.members.all[other]
        for rival, place in self.rivals.get((one, target.article), ()):
            if self.members.all[place].whole != target.whole:
                return score - max(0.0, rival) if rival > 0 else score
        return score


def _credit(a: Member, b: Member) -> str:
    """How two members are credited, seen together: the name of a weight, or one that has none."""
    if a.statement is None and b.statement is None:
        return "voices"
    if a.statement is None or b.statement is None:
        return "mixed"
    if a.statement.speaker is None or b.statement.speaker is None:
        return "unknown"
    return "speaker" if a.statement.speaker == b.statement.speaker else "other speaker"


def find(members: Members) -> list[Match]:
    """Groups of members of two or more articles, each of which puts one proposition, in text order.

    Pairs are joined from the likeliest down, and two groups only if their members match on average (average
    linkage). A group never takes two members that overlap in the text.
    """
    evidence = _gather(members)
    likely = sorted(
        ((p, pair) for pair in evidence.scores if (p := evidence.probability(*pair)) >= LEAST_PROBABILITY),
        key=lambda scored: (-scored[0], scored[1]),
    )
    group_of: dict[int, list[int]] = {}
    for _, (one, other) in likely:
        left, right = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if left is right or not _may_join(left, right, evidence):
            continue
        left.extend(right)
        for member in right:
            group_of[member] = left
    groups = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return [Match(group, _probabilities(group, evidence)) for group in sorted(groups)]


def _gather(members: Members) -> _Evidence:
    roots = tuple(frozenset(m.roots) for m in members.all)
    evidence = _Evidence(members, roots, tuple(members.weigh(r) for r in roots))
    rivals = defaultdict(list)
    for one, other in _candidates(members):
        score = evidence.scores[one, other] = evidence.score(one, other)
        rivals[one, members.all[other].article].append((score, other))
        rivals[other, members.all[one].article].append((score, one))
    evidence.rivals = {key: sorted(found, key=lambda f: (-f[0], f[1])) for key, found in rivals.items()}
    return evidence


def _candidates(members: Members) -> list[Pair]:
    """Pairs of members of different articles that are near enough to be compared, in text order."""
    articles = np.array([m.article for m in members.all])
    pairs: set[Pair] = set()
    for start in range(0, len(articles), BLOCK):
        cosine = members.vectors[start : start + BLOCK] @ members.vectors.T
        cosine[articles[start : start + BLOCK, None] == articles[None, :]] = -1.0
        if cosine.shape[1] > MOST_NEIGHBOURS:
            least = -np.partition(-cosine, MOST_NEIGHBOURS, axis=1)[:, MOST_NEIGHBOURS, None]
            cosine[cosine < least] = -1.0
        for row, column in np.argwhere(cosine >= LEAST_COSINE).tolist():
            pairs.add((min(row + start, column), max(row + start, column)))
    return sorted(pairs)


def _may_join(left: Sequence[int], right: Sequence[int], evidence: _Evidence) -> bool:
    everyone = evidence.members.all
    for one in left:
        for other in right:
            if everyone[one].article == everyone[other].article and everyone[one].span.overlaps(everyone[other].span):
                return False
    across = [
        evidence.probability(one, other)
        for one in left[:MOST_COMPARED]
        for other in right[:MOST_COMPARED]
        if everyone[one].article != everyone[other].article
    ]
    return bool(across) and sum(across) / len(across) >= LEAST_PROBABILITY


def _probabilities(group: Sequence[int], evidence: _Evidence) -> dict[Pair, float]:
    everyone = evidence.members.all
    return {
        (one, other): evidence.probability(one, other)
        for place, one in enumerate(group[:MOST_COMPARED])
        for other in group[place + 1 :][:MOST_COMPARED]
        if everyone[one].article != everyone[other].article
    }
