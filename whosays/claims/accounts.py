"""Accounts of one deed that part: so and not so, certain and perhaps, done and still to come."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from whosays.claims import lineage, utterances
from whosays.claims.claim import ConflictType
from whosays.claims.difference import Difference
from whosays.claims.predicates import Predicate
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker

# Things that both name as subject or object, set on the 36 tuning stories, where each was read: with one shared thing
# 3 of 5 differences in certainty are annotated conflicts, but 1 of 10 in polarity and status.
LEAST_SHARED: Final[Mapping[ConflictType, int]] = {"certainty": 1, "polarity": 2, "status": 2}
LEAST_SHARED_SHARE: Final = 0.4  # of what the one that has fewer names, by weight
LEAST_WEIGHT: Final = 5.0  # natural logarithms: rarer words of the story weigh more
LEAST_SHARED_CREDITED: Final = 3
LEAST_WEIGHT_CREDITED: Final = 8.0  # of shared things alone, for the same content from different mouths
MOST_COMPARED: Final = 40  # predicates with the same verb and a common argument that each is laid beside


def find(predicates: Sequence[Predicate], outlets: Sequence[str]) -> Iterator[Difference]:
    """Pairs of predicates of different articles, the same verb of the same things, that are put differently."""
    frequency = Counter(word for p in predicates for word in {p.verb, *p.arguments})
    weight = {word: math.log((len(predicates) + 1) / (count + 0.5)) for word, count in frequency.items()}
    for one, other in _pairs(predicates):
        shared = one.arguments & other.arguments
        weighs = _sum(shared, weight)
        less = min(_sum(one.arguments, weight), _sum(other.arguments, weight))
        if weighs + weight[one.verb] < LEAST_WEIGHT or weighs < LEAST_SHARED_SHARE * less:
            continue
        found = _difference(one, other, (outlets[one.side.article], outlets[other.side.article]))
        if found and len(shared) >= LEAST_SHARED[found[0]]:
            yield Difference(found[0], (one.side, other.side), found[1], round(weighs / (weighs + less), 3))


def crediting(
    predicates: Sequence[Predicate], analyses: Sequence[Analysis], speakers: Mapping[str, Speaker]
) -> Iterator[Difference]:
    """The same verb of the same things, asserted by statements of different articles and different speakers."""
    frequency = Counter(word for p in predicates for word in {p.verb, *p.arguments})
    weight = {word: math.log((len(predicates) + 1) / (count + 0.5)) for word, count in frequency.items()}
    statements = {s.id: s for analysis in analyses for s in analysis.statements}  # with their speakers
    by_verb: dict[str, list[Predicate]] = defaultdict(list)
    for predicate in predicates:
        statement = predicate.side.statement
        if statement and statement.polarity == "asserted" and len(predicate.arguments) >= LEAST_SHARED_CREDITED:
            by_verb[predicate.verb].append(predicate)
    for verb in sorted(by_verb):
        for one, other in combinations(by_verb[verb][:MOST_COMPARED], 2):
            shared = one.arguments & other.arguments
            if one.side.article == other.side.article or len(shared) < LEAST_SHARED_CREDITED:
                continue
            weighs = _sum(shared, weight)
            less = min(_sum(one.arguments, weight), _sum(other.arguments, weight))
            if weighs < max(LEAST_WEIGHT_CREDITED, LEAST_SHARED_SHARE * less):
                continue
            ours, theirs = (statements[p.side.statement.id] for p in (one, other) if p.side.statement)
            if utterances.differ(ours, theirs, speakers):
                why = " and ".join(
                    f"{analyses[s.article].article.name} credits it to {lineage.called(t.speaker or '', speakers)}"
                    for s, t in ((one.side, ours), (other.side, theirs))
                )
                yield Difference("source", (one.side, other.side), why, round(weighs / (weighs + less), 3))


def _sum(words: Iterable[str], weight: dict[str, float]) -> float:
    return math.fsum(weight[word] for word in words)


def _pairs(predicates: Sequence[Predicate]) -> Iterator[tuple[Predicate, Predicate]]:
    """Predicates of different articles with the same verb and a common argument, of which one is marked."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, predicate in enumerate(predicates):
        for word in predicate.arguments:
            places[predicate.verb, word].append(place)
    for one in predicates:
        if not (one.negated or one.hedge or one.ahead):
            continue
        beside = Counter(p for word in sorted(one.arguments) for p in places[one.verb, word])
        ranked = sorted(beside, key=lambda p: (-beside[p], p))[:MOST_COMPARED]
        for other in (predicates[p] for p in ranked):
            plain = not (other.negated or other.hedge or (other.ahead and not one.hedge))
            if other.side.article != one.side.article and plain:
                yield one, other


def _difference(one: Predicate, other: Predicate, outlets: tuple[str, str]) -> tuple[ConflictType, str] | None:
    """How a marked predicate parts from a plain one, and why in words."""
    if one.open or other.open:
        return None
    words = f"“{other.words}”"
    if one.negated:
        if one.hedge or one.ahead or other.crossed:
            return None
        return "polarity", f"{outlets[0]} has “{one.words}” negated, {outlets[1]} {words} without"
    if one.hedge:
        return "certainty", f"{outlets[0]} has “{one.words}” with “{one.hedge}”, {outlets[1]} {words} without"
    if other.done and one.ahead:
        return "status", f"{outlets[0]} has “{one.words}” as still to come, {outlets[1]} {words} as done"
    return None
