"""Which of a story's people a name stands for: by surname, and by first name where several bear it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from whosays.claims.phrases import Phrase
from whosays.statements import firstnames, nouns

TELLING: Final = 3  # bare surnames that are labelled otherwise weigh less than this many do


@dataclass(slots=True)
class _Bearer:
    """Somebody with a surname: first names, "jr" or "", how often each article names them in full.

    ``leads``: the articles in which they are the first to bear that surname.
    """

    given: list[str]
    suffix: str
    full: Counter[int] = field(default_factory=Counter)
    leads: Counter[int] = field(default_factory=Counter)

    @property
    def gender(self) -> str:
        return next((g for word in self.given if (g := firstnames.GENDER.get(word, ""))), "")


class People:
    """The people whom the phrases of a story name; ``named`` are pairs of an article's place and a phrase."""

    def __init__(self, named: Sequence[tuple[int, Phrase]]) -> None:
        self._surnames = _surnames(named)
        self._bearers: dict[str, list[_Bearer]] = defaultdict(list)
        self._by_first: dict[str, set[str]] = defaultdict(set)
        for place, phrase in sorted(named, key=lambda n: (-len(n[1].name), n[1].name, n[1].suffix, n[0])):
            if phrase.head in self._surnames and len(phrase.name) > 1:
                self._meet(place, phrase)
        self._lead(named)
        for surname, bearers in self._bearers.items():
            for number, bearer in enumerate(bearers):
                for first in bearer.given[:1]:
                    self._by_first[first].add(_key(surname, number, len(bearers)))

    def key(self, place: int, phrase: Phrase) -> str | None:
        """The key of the person; ``None`` for the name of something else."""
        if phrase.head not in self._surnames:
            first = len(phrase.name) == 1 and phrase.kind in ("PER", "PERSON", "")
            alike = self._by_first.get(phrase.head, set()) if first else set()
            return next(iter(alike)) if len(alike) == 1 and not phrase.before else None
        bearers = self._bearers.get(phrase.head, [])
        if len(bearers) < 2:
            return _key(phrase.head, 0, 1)
        able = [n for n, b in enumerate(bearers) if _may_bear(b, phrase)] or list(range(len(bearers)))

        def likely(n: int) -> tuple[bool, int, bool, int, int]:
            one = bearers[n]
            return not one.leads[place], -one.leads.total(), not one.full[place], -one.full.total(), n

        best = min(able, key=likely)
        return _key(phrase.head, best, len(bearers))

    def _lead(self, named: Sequence[tuple[int, Phrase]]) -> None:
        met: set[tuple[int, str]] = set()
        for place, phrase in named:
            if phrase.head not in self._bearers or (place, phrase.head) in met:
                continue
            met.add((place, phrase.head))
            if len(phrase.name) > 1:
                next(b for b in self._bearers[phrase.head] if _may_bear(b, phrase)).leads[place] += 1

    def _meet(self, place: int, phrase: Phrase) -> None:
        given = _given(phrase)
        bearers = self._bearers[phrase.head]
        for bearer in bearers:
            if bearer.suffix == phrase.suffix and firstnames.are_compatible(bearer.given[0], given[0]):
                bearer.full[place] += 1
                return
        bearers.append(_Bearer(given, phrase.suffix, Counter([place])))


def _key(surname: str, number: int, of: int) -> str:
    return f"person {surname}" if of < 2 else f"person {surname} {number}"


def _given(phrase: Phrase) -> list[str]:
    return [word.lower().rstrip(".") for word in phrase.name[:-1] if word.lower() not in nouns.PARTICLES] or [""]


def _may_bear(bearer: _Bearer, phrase: Phrase) -> bool:
    if len(phrase.name) > 1:
        return bearer.suffix == phrase.suffix and firstnames.are_compatible(bearer.given[0], _given(phrase)[0])
    gender = next((nouns.HONORIFICS[word] for word in phrase.before if word in nouns.HONORIFICS), "")
    return not gender or not bearer.gender or gender == bearer.gender


def _surnames(named: Sequence[tuple[int, Phrase]]) -> frozenset[str]:
    """Last words of names that mostly stand for people; a first name or "Mr." before one tells more than its label."""
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for _, phrase in named:
        if phrase.name[-1].isupper():
            continue
        person = phrase.kind in ("PER", "PERSON")
        known = person and len(phrase.name) > 1 and phrase.name[0].lower() in firstnames.GENDER
        titled = not nouns.HONORIFICS.keys().isdisjoint(phrase.before)
        votes[phrase.head][person or titled] += TELLING if known or titled else 1
    return frozenset(word for word, vote in votes.items() if vote[True] > vote[False])
