"""Which members of different articles put the same proposition."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.claims.members import Member, Members

# How many members of other articles are looked at for each member, nearest embedding first. In a story of three
# articles that is nearly all of them; in one of two hundred it keeps the work in proportion to the text.
MOST_NEIGHBOURS: Final = 40
# What a pair needs to be weighed at all, in its cosine and in its nearness (see WEIGHTS): 99 % of the pairs that are
# taken for the same in the tuning stories have more, and six pairs of seven have less.
LEAST_COSINE, LEAST_NEAR = 0.4, -0.3
BLOCK: Final = 1024  # rows of the similarity matrix held at a time

# Logistic regression on pairs of members of the 36 tuning stories, with the embeddings of the model that is included,
# with the statements as annotated and as the program finds them, against their 1,034 annotated pairs; of the sentences
# of two statements the likeliest pair was taken as the example. Cross-validated by story, in pairs, at a probability of
# .3: precision .69, recall .38 with the statements as annotated, .64 and .34 as found. The annotation does not list
# everything that is the same.
WEIGHTS: Final = {
    "near": 4.39,  # cosine of the embeddings, above what is usual for the two members
    "shared": 1.89,  # weight of the common content words, as a share of the member that has less
    "jaccard": 1.55,  # ... as a share of both together
    "common": 0.40,  # log(1 + number of common content words)
    "rarest": 0.60,  # weight of the rarest of them
    "amounts": 1.23,  # a number that both give
    "openings": 1.07,  # both stand where their articles open
    "speaker": 1.08,  # two statements of the same speaker
    "other speaker": -0.61,  # two statements of different speakers
    "voices": -0.78,  # both in the outlets' own voice
    "mixed": -1.18,  # a statement and an outlet's own voice
    "clauses": -1.12,  # how many of the two are clauses of a sentence
    "short": -1.08,  # 1 / content words of the shorter one
}
BIAS: Final = -4.53
# Members of other articles whose nearness is what is usual for a member: some members are near to everything
# (cross-domain similarity local scaling, Conneau et al., 2018).
USUAL: Final = 5
USUAL_COSINE: Final = 0.58  # stands in where a story is too short to have as many; the mean over the tuning stories

# Probability from which two members are taken for the same proposition, set on the tuning stories: there F1 changes
# by less than .02 between .2 and .36, and a false "same" costs a reader more than a missed one.
LEAST_PROBABILITY: Final = 0.3
# The weight of the common content words, as a share of the member that has less, without which two members are not the
# same, however near: on the pairs as above that lifts precision from .64 to .67 (.71 to .73 as annotated) and takes
# .01 of the recall.
LEAST_SHARED: Final = 0.25
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
    """What speaks for two members putting the same. ``usual``: each member's nearness to its nearest, on average."""

    members: Members
    roots: tuple[frozenset[str], ...]
    weights: tuple[float, ...]
    usual: NDArray[np.float32]
    known: dict[Pair, float] = field(default_factory=dict)

    def probability(self, one: int, other: int) -> float:
        """How likely two members are to put the same proposition."""
        pair = (min(one, other), max(one, other))
        if pair not in self.known:
            self.known[pair] = self._weighed(*pair) if self._share_enough(*pair) else 0.0
        return self.known[pair]

    def _share_enough(self, one: int, other: int) -> bool:
        """Looked at first, for it settles nine pairs of ten."""
        common = self.roots[one] & self.roots[other]
        less = min(self.weights[one], self.weights[other])
        return bool(common) and less > 0 and self.members.weigh(common) / less >= LEAST_SHARED

    def _weighed(self, one: int, other: int) -> float:
        odds = BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in self.present(one, other).items())
        return 1.0 / (1.0 + math.exp(-odds))

    def present(self, one: int, other: int) -> dict[str, float]:
        """What speaks for and against, by the names of WEIGHTS."""
        a, b = self.members.all[one], self.members.all[other]
        common = self.roots[one] & self.roots[other]
        weight = self.members.weigh(common)
        less, more = sorted((self.weights[one], self.weights[other]))
        cosine = float(self.members.vectors[one] @ self.members.vectors[other])
        return {
            "near": 2 * cosine - float(self.usual[one] + self.usual[other]),
            "shared": weight / less if less else 0.0,
            "jaccard": weight / (less + more - weight) if more else 0.0,
            "common": math.log1p(len(common)),
            "rarest": max((self.members.weight[root] for root in common), default=0.0),
            "amounts": float(not a.values.isdisjoint(b.values)),
            "openings": float(a.opens and b.opens),
            "clauses": float((a.span != a.whole) + (b.span != b.whole)),
            "short": 1.0 / min(len(self.roots[one]), len(self.roots[other])),
            _credit(a, b): 1.0,
        }


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
    evidence, near = _gather(members)
    likely = sorted(
        ((p, pair) for pair in near if (p := evidence.probability(*pair)) >= LEAST_PROBABILITY),
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


def _gather(members: Members) -> tuple[_Evidence, list[Pair]]:
    """The evidence, and the pairs of members of different articles that are near enough to be weighed."""
    articles = np.array([m.article for m in members.all])
    usual = np.full(len(articles), USUAL_COSINE, np.float32)
    found: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []
    for start in range(0, len(articles), BLOCK):
        rows = slice(start, start + BLOCK)
        cosine = members.vectors[rows] @ members.vectors.T
        cosine[articles[rows, None] == articles[None, :]] = -1.0
        most = min(MOST_NEIGHBOURS, len(articles) - 1)
        nearest = -np.sort(np.partition(-cosine, most, axis=1)[:, : most + 1], axis=1)
        padded = np.pad(nearest, ((0, 0), (0, USUAL)), constant_values=-1.0)[:, :USUAL]
        usual[rows] = np.where(padded > 0, padded, USUAL_COSINE).mean(axis=1)
        places = np.argwhere((cosine >= nearest[:, -1:]) & (cosine >= LEAST_COSINE))
        found.append((places + np.array([start, 0]), cosine[places[:, 0], places[:, 1]]))
    roots = tuple(frozenset(m.roots) for m in members.all)
    evidence = _Evidence(members, roots, tuple(members.weigh(r) for r in roots), usual)
    if not found:
        return evidence, []
    places, cosines = np.concatenate([p for p, _ in found]), np.concatenate([c for _, c in found])
    places = places[2 * cosines - usual[places].sum(axis=1) >= LEAST_NEAR]
    return evidence, sorted({(min(one, other), max(one, other)) for one, other in places.tolist()})


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
