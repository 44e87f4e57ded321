"""Which members of different articles put the same proposition."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.claims import reading, trees
from whosays.claims.cast import Casting
from whosays.claims.closer import Closer
from whosays.claims.evidence import Evidence
from whosays.claims.members import Members
from whosays.claims.tightening import Tightening
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# How many members of other articles are looked at for each member, nearest embedding first. In a story of three
# articles that is nearly all of them; in one of two hundred it keeps the work in proportion to the text.
MOST_NEIGHBOURS: Final = 40
# What a pair needs to be weighed at all, in its cosine and in its nearness (see WEIGHTS in evidence).
LEAST_COSINE, LEAST_NEAR = 0.3, -0.6
# Log odds at first sight from which a pair is looked at closer: 54 % of the pairs that are weighed, and 93 % of
# those that put the same in the tuning stories. In large stories the likeliest alone, to keep the work in bounds.
LEAST_ODDS: Final = -4.0
MOST_CLOSER: Final = 10_000
BLOCK: Final = 1024  # rows of the similarity matrix held at a time

# Members of other articles whose nearness is what is usual for a member: some members are near to everything
# (cross-domain similarity local scaling, Conneau et al., 2018).
USUAL: Final = 5
USUAL_COSINE: Final = 0.58  # stands in where a story is too short to have as many; the mean over the tuning stories

# Probability from which two members are taken for the same proposition. On the tuning stories, cross-validated, F1 is
# .51 anywhere from .25 to .28, while precision rises from .60 to .63.
LEAST_PROBABILITY: Final = 0.26
# Members on each side that are compared when two groups are joined; enough to keep a claim on its subject.
MOST_COMPARED: Final = 6

TREES: Final = "same"

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Members, by their places in ``Members.all``, that put one proposition, and how likely each pair is to do so.

    ``parts`` are the spans of the passages of which only a part is shared.
    """

    members: tuple[int, ...]
    probability: dict[Pair, float]
    parts: Mapping[int, Span] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        return sum(self.probability.values()) / max(len(self.probability), 1)


@dataclass(frozen=True, slots=True)
class Matching:
    """Groups that put one proposition each, in text order, and likely pairs that no group holds together.

    What a group's other members speak against can still be the same fact told otherwise: "nine dead" and "eleven".
    """

    groups: list[Match]
    apart: list[Match]


def find(members: Members, analyses: Sequence[Analysis], casting: Casting) -> Matching:
    """What the members of two or more articles put alike; ``analyses`` are the articles, in their order."""
    if not members.all:
        return Matching([], [])
    closer = Closer(members, analyses, casting)
    pairs, seen = look(members, closer)
    docs = [analysis.doc for analysis in analyses]
    odds = reading.weighed(members, docs, pairs, trees.load(TREES).odds(seen), LEAST_PROBABILITY)
    probabilities = 1.0 / (1.0 + np.exp(-odds))
    groups = distinct(group(members, pairs, probabilities, LEAST_PROBABILITY), members)
    tightening = Tightening(members, analyses, closer)
    groups = [replace(match, parts=tightening.find(match.members)) for match in groups]
    within = {pair for match in groups for pair in match.probability}
    likely = zip(map(tuple, pairs.tolist()), probabilities.tolist(), strict=True)
    apart = [Match(pair, {pair: p}) for pair, p in likely if p >= LEAST_PROBABILITY and pair not in within]
    return Matching(groups, apart)


def look(members: Members, closer: Closer) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pairs of members that may put the same, [pairs, 2], and what is seen of each, [pairs, columns].

    The columns are those of WEIGHTS in evidence.py without the bias, then those of SEEN in closer.py.
    """
    pairs, usual = near(members)
    pairs, odds, present = Evidence(members, usual).weighed(pairs)
    likely = np.sort(np.argsort(-odds, kind="stable")[:MOST_CLOSER])
    likely = likely[odds[likely] >= LEAST_ODDS]
    pairs, odds, present = pairs[likely], odds[likely], present[likely]
    return pairs, np.hstack([present, closer.look(pairs, odds)])


def distinct(groups: Sequence[Match], members: Members) -> list[Match]:
    """The groups without those whose every member overlaps one of a single likelier group, in text order."""
    kept: list[Match] = []
    carried: dict[int, list[tuple[Span, int]]] = defaultdict(list)  # by article: spans, and which group has them
    for match in sorted(groups, key=lambda m: (-m.confidence, m.members)):
        around = [
            {number for span, number in carried[member.article] if span.overlaps(member.span)}
            for member in (members.all[n] for n in match.members)
        ]
        if set.intersection(*around):
            continue
        for member in (members.all[n] for n in match.members):
            carried[member.article].append((member.span, len(kept)))
        kept.append(match)
    return sorted(kept, key=lambda match: match.members)


def group(
    members: Members,
    pairs: NDArray[np.int64],
    probabilities: NDArray[np.float64],
    least: float,
) -> list[Match]:
    """The groups that pairs of at least this probability make; a pair that is not given is not the same.

    Pairs are joined from the likeliest down, and two groups only if their members match on average (average
    linkage). A group never takes two members that overlap in the text.
    """
    known = dict(zip(map(tuple, pairs.tolist()), probabilities.tolist(), strict=True))
    grouping = _Grouping(members, known, least)
    likely = sorted(
        ((p, pair) for pair, p in known.items() if p >= least),
        key=lambda scored: (-scored[0], scored[1]),
    )
    group_of: dict[int, list[int]] = {}
    for _, (one, other) in likely:
        left, right = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if left is right or not grouping.may_join(left, right):
            continue
        left.extend(right)
        for member in right:
            group_of[member] = left
    groups = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return [Match(group, grouping.within(group)) for group in sorted(groups)]


class _Grouping:
    """The pairs of members with their probabilities."""

    def __init__(self, members: Members, known: dict[Pair, float], least: float) -> None:
        self.everyone = members.all
        self.known = known
        self.least = least

    def of(self, pairs: Sequence[Pair]) -> list[float]:
        """The probabilities of pairs, each with its lower member first."""
        return [self.known.get(pair, 0.0) for pair in pairs]

    def may_join(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether two groups match on average and overlap nowhere."""
        everyone = self.everyone
        for one in left:
            for other in right:
                if everyone[one].article == everyone[other].article and everyone[one].span.overlaps(
                    everyone[other].span
                ):
                    return False
        across = self.of(
            [
                (min(one, other), max(one, other))
                for one in left[:MOST_COMPARED]
                for other in right[:MOST_COMPARED]
                if everyone[one].article != everyone[other].article
            ]
        )
        return bool(across) and sum(across) / len(across) >= self.least

    def within(self, group: Sequence[int]) -> dict[Pair, float]:
        """The probabilities of the pairs of a group, in text order."""
        pairs = [
            (one, other)
            for place, one in enumerate(group[:MOST_COMPARED])
            for other in group[place + 1 :][:MOST_COMPARED]
            if self.everyone[one].article != self.everyone[other].article
        ]
        return dict(zip(pairs, self.of(pairs), strict=True))


def near(members: Members) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The pairs of members of different articles that are near enough to be weighed, [pairs, 2], the lower one first.

    And each member's nearness to its nearest, on average.
    """
    total = len(members.all)
    # members stand in text order, so that those of one article are neighbours
    articles = np.array([m.article for m in members.all])
    first, behind = np.searchsorted(articles, articles, "left"), np.searchsorted(articles, articles, "right")
    most = min(MOST_NEIGHBOURS + 1, total)
    usual = np.empty(total, np.float32)

    def block(start: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The places of near pairs in a block of rows of the matrix, and their cosines."""
        cosine = members.vectors[start : start + BLOCK] @ members.vectors.T
        for row, (own, end) in enumerate(zip(first[start : start + BLOCK], behind[start : start + BLOCK], strict=True)):
            cosine[row, own:end] = -1.0
        nearest = np.sort(np.partition(cosine, total - most, axis=1)[:, total - most :], axis=1)[:, ::-1]
        padded = np.pad(nearest, ((0, 0), (0, USUAL)), constant_values=-1.0)[:, :USUAL]
        usual[start : start + BLOCK] = np.where(padded > 0, padded, USUAL_COSINE).mean(axis=1)
        places = np.flatnonzero(cosine >= np.maximum(nearest[:, -1:], np.float32(LEAST_COSINE)))
        return places + start * total, cosine.ravel()[places]

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        found = list(workers.map(block, range(0, total, BLOCK)))
    places, cosines = (np.concatenate(parts) for parts in zip(*found, strict=True))
    pairs = np.stack(np.divmod(places, total), axis=1)
    pairs = np.sort(pairs[2 * cosines - usual[pairs].sum(axis=1) >= LEAST_NEAR], axis=1)
    return np.stack(np.divmod(np.unique(pairs @ np.array([total, 1])), total), axis=1), usual
