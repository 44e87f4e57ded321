"""The events that a story is about: who did what to whom, where and when, the same event of several articles as one."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims.claim import Claim, Name
from whosays.claims.deeds import Deed, Party
from whosays.claims.event import Event, EventMention, Participant
from whosays.language.times import Time
from whosays.statements.analysis import Analysis

MOST: Final = 10  # in one report: the annotators of the samples give five to ten
LEAST_WEIGHT: Final = 2.0  # a single mention needs two of: the opening, a named actor, a named target, a date
# Verbs by which several articles tell one event.
_SAME_VERBS: Final = """
hit strike slam
kill murder slay
seize capture take storm overrun
retake recapture regain reclaim
attack assault raid bomb shell
shoot gun
resign quit
fire sack dismiss oust remove
arrest detain
charge indict
sue file
find discover spot
publish release issue unveil
sign approve pass adopt endorse
veto block reject
warn caution
accuse blame
condemn denounce criticise criticize slam
win beat defeat
"""
_ALIKE: Final = {verb: line.split()[0] for line in reversed(_SAME_VERBS.strip().splitlines()) for verb in line.split()}
# What statements of these kinds tell has not been done, as far as they go.
_NOT_TOLD: Final = frozenset({"denied", "question", "call", "expected"})


@dataclass(frozen=True, slots=True)
class Told:
    """A deed in its article, with what tells it from others."""

    place: int
    deed: Deed
    actor: str | None
    target: str | None

    @property
    def order(self) -> tuple[int, int, int]:
        return self.place, self.deed.verb.start, self.deed.span.start


def find(
    analyses: Sequence[Analysis],
    deeds: Sequence[Sequence[Deed]],
    names: Sequence[Name],
    claims: Sequence[Claim],
) -> tuple[Event, ...]:
    """The main events, in the order of time; those that no date is known of stand last, the weightiest first.

    Deeds are one event if they have the same verb, actor and target, or stand in one claim and share their actor or
    target. ``deeds``: of each article.
    """
    called = Called(analyses, names)
    polarity = {s.id: s.polarity for analysis in analyses for s in analysis.statements}
    told = [
        called.told(place, deed)
        for place, own in enumerate(deeds)
        for deed in own
        if deed.is_event and not deed.to_come and polarity.get(deed.statement or "") not in _NOT_TOLD
    ]
    groups = [group for group in _together(told, _by_claim(told, claims, analyses)) if any(map(_is_known, group))]
    weighed = sorted(((-_weight(group), group[0].order, group) for group in groups), key=lambda w: w[:2])
    chosen = [(weight, group) for weight, _, group in weighed if -weight >= LEAST_WEIGHT][:MOST]
    events = [(weight, Event(tuple(called.mention(t) for t in _fullest_first(group)))) for weight, group in chosen]
    return tuple(event for _, event in sorted(events, key=_when))


class Called:
    """Which entity the phrases of a story's articles name."""

    def __init__(self, analyses: Sequence[Analysis], names: Iterable[Name]) -> None:
        self.analyses = analyses
        self._entity: dict[tuple[str, int], str] = {}
        for name in names:
            for article, labels in name.labels.items():
                for span in (span for label in labels for span in label.spans):
                    self._entity.setdefault((article, span.start), name.entity)

    def told(self, place: int, deed: Deed) -> Told:
        actor = self.key(place, deed.actor) if deed.actor else None
        return Told(place, deed, actor, self.key(place, deed.target) if deed.target else None)

    def entity(self, place: int, party: Party) -> str | None:
        return self._entity.get((self.analyses[place].article.id, party.span.start))

    def key(self, place: int, party: Party) -> str:
        """What tells a party from others: the entity that it is, or else its noun."""
        return self.entity(place, party) or f"noun {party.phrase.head}"

    def participant(self, place: int, party: Party) -> Participant:
        return Participant(party.span, self.entity(place, party))

    def mention(self, told: Told) -> EventMention:
        deed = told.deed
        return EventMention(
            article=self.analyses[told.place].article.id,
            what=deed.verb,
            span=deed.span,
            actor=self.participant(told.place, deed.actor) if deed.actor else None,
            target=self.participant(told.place, deed.target) if deed.target else None,
            place=deed.place,
            time=day(deed.time),
            time_span=deed.time.span if day(deed.time) and deed.time else None,
            statement=deed.statement,
        )


def day(time: Time | None) -> str | None:
    """The ISO date of a time, or its first and last day with "/" between them; ``None`` where it names no days."""
    if time is None or time.start is None or time.end is None or time.type not in ("DATE", "TIME"):
        return None
    first, last = time.start[:10], time.end[:10]
    return first if first == last else f"{first}/{last}"


def _by_claim(told: Sequence[Told], claims: Sequence[Claim], analyses: Sequence[Analysis]) -> list[list[int]]:
    """For each claim: the numbers of the deeds that its members tell."""
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    by_statement: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(told):
        starts[analyses[one.place].article.id].append((one.deed.verb.start, number))
        if one.deed.statement:
            by_statement[one.deed.statement].append(number)
    found = []
    for claim in claims:
        numbers = [n for id_ in claim.statements for n in by_statement[id_]]
        for passage in claim.passages:
            own = starts[passage.article]
            numbers += [n for at, n in own if passage.span.start <= at < passage.span.end and n not in numbers]
        found.append(sorted(set(numbers)))
    return found


def _together(told: Sequence[Told], alike: Iterable[Sequence[int]]) -> list[list[Told]]:
    """The deeds grouped by event, in text order."""
    above = list(range(len(told)))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def join(one: int, other: int) -> None:
        first, second = sorted((top(one), top(other)))
        above[second] = first

    same: dict[tuple[str, str | None, str | None], int] = {}
    for number, one in enumerate(told):
        if one.actor or one.target:
            join(same.setdefault((_verb(one), one.actor, one.target), number), number)
    for key, number in _short(same).items():
        join(same[key], number)
    for numbers in alike:
        for first, second in itertools.combinations(numbers, 2):
            if told[first].place != told[second].place and _share(told[first], told[second]):
                join(first, second)
    groups: dict[int, list[Told]] = defaultdict(list)
    for number, one in enumerate(told):
        groups[top(number)].append(one)
    return list(groups.values())


def _short(
    same: Mapping[tuple[str, str | None, str | None], int],
) -> dict[tuple[str, str | None, str | None], int]:
    """Deeds told without their actor or their target, with the one fuller deed of the same verb that they can be."""
    fuller: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for (lemma, actor, target), number in same.items():
        if actor and target:
            fuller[lemma, "actor", actor].add(number)
            fuller[lemma, "target", target].add(number)
    found = {}
    for lemma, actor, target in same:
        able = fuller.get((lemma, "actor", actor) if actor else (lemma, "target", target or ""), set())
        if (actor is None or target is None) and len(able) == 1:
            found[lemma, actor, target] = next(iter(able))
    return found


def _share(one: Told, other: Told) -> bool:
    """Whether deeds in one claim are one event: both parties are the same, or one is and the verb is."""
    actor = one.actor is not None and one.actor == other.actor
    target = one.target is not None and one.target == other.target
    return (actor and target) or ((actor or target) and _verb(one) == _verb(other))


def _is_known(told: Told) -> bool:
    """Whether it is told who did it, or in the passive, which does without: not where "he" stands for somebody."""
    deed = told.deed
    return deed.actor is not None or (deed.target is not None and deed.target.span.start < deed.verb.start)


def _verb(told: Told) -> str:
    return _ALIKE.get(told.deed.lemma, told.deed.lemma)


def _weight(group: Sequence[Told]) -> float:
    """How much an event matters: the articles that tell it, where they do, and whether it has names and a day."""
    return (
        2.0 * (len({t.place for t in group}) - 1)
        + 0.25 * min(len(group), 4)
        + 1.0 * any(t.deed.opens for t in group)
        + 0.75 * any(_is_entity(t.actor) for t in group)
        + 0.75 * any(_is_entity(t.target) for t in group)
        + 0.5 * any(t.deed.actor and t.deed.target for t in group)
        + 0.5 * any(day(t.deed.time) for t in group)
        + 0.25 * any(t.deed.place for t in group)
    )


def _is_entity(key: str | None) -> bool:
    return key is not None and not key.startswith("noun ")


def _fullest_first(group: Sequence[Told]) -> list[Told]:
    def missing(one: Told) -> tuple[int, bool, tuple[int, int, int]]:
        deed = one.deed
        parts = (deed.actor, deed.target, day(deed.time), deed.place)
        return sum(part is None for part in parts), deed.statement is not None, one.order

    best = min(group, key=missing)
    return [best, *(one for one in sorted(group, key=lambda t: t.order) if one is not best)]


def _when(weighed: tuple[float, Event]) -> tuple[bool, str, float, str, int]:
    weight, event = weighed
    time = next((mention.time for mention in event.mentions if mention.time), None)
    first = event.mentions[0]
    return time is None, time or "", weight, first.article, first.what.start
