"""Which of the places that bear a name an article means.

Each name has one sense in an article. A place scores by how many people live there, by what contains it that is named
with it ("Paris, Texas"), by the states and countries that the rest of the article is about, and by how near it lies
to the other places of the article; the scores are worked out afresh from the senses of the round before.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.language import gazetteer
from whosays.language.gazetteer import Gazetteer
from whosays.language.place_mentions import Mention

ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ground adds to a place's score; a tenfold population adds ``people``."""

    people: float = 1.0
    country: float = 2.0  # a country's own name, over a place that is called like it
    state: float = -1.0
    county: float = 0.0
    capital: float = 1.0
    further: float = -1.0
    container: float = 8.0
    same_state: float = 1.5
    same_country: float = 1.0
    near: float = 1.5
    near_km: float = 100.0
    least: float = 2.0


WEIGHTS: Final = Weights()
_INSIDE: Final = re.compile(r"(?:,| in| \(|, in| of)? ?$")


def choose(mentions: Sequence[Mention], text: str, weights: Weights = WEIGHTS) -> list[int | None]:
    """For each mention the row of its place; ``None`` where no place of the name is good enough."""
    places = gazetteer.load()
    containers = _containers(mentions, text, places)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[mention.folded].append(number)
    own: dict[str, dict[int, float]] = {}
    for folded, members in groups.items():
        own[folded] = _own_scores(mentions[members[0]], [containers.get(k) for k in members], places, weights)
    senses = {folded: _best(scores) for folded, scores in own.items()}
    for _ in range(ROUNDS):
        around = _Surroundings(senses, groups, places, weights)
        senses = {
            folded: _best({row: score + around.support(folded, row) for row, score in scores.items()})
            for folded, scores in own.items()
        }
    kept = {folded: row for folded, (row, score) in senses.items() if score >= weights.least}
    return [_of_mention(k, mention, containers, kept, own, places) for k, mention in enumerate(mentions)]


def _best(scores: Mapping[int, float]) -> tuple[int, float]:
    row = max(scores, key=lambda row: (scores[row], -row))
    return row, scores[row]


def _of_mention(
    number: int,
    mention: Mention,
    containers: Mapping[int, frozenset[str]],
    kept: Mapping[str, int],
    own: Mapping[str, Mapping[int, float]],
    places: Gazetteer,
) -> int | None:
    """The article's sense of the name, unless this mention says itself that it is another place."""
    row = kept.get(mention.folded)
    inside = containers.get(number)
    if inside and row is not None and not _lies_in(places.admin(row), inside):
        others = [other for other in mention.rows if _lies_in(places.admin(other), inside)]
        if others:
            return max(others, key=lambda other: (own[mention.folded][other], -other))
    return row


def _lies_in(admin: str, containers: frozenset[str]) -> bool:
    return any(admin == container or admin.startswith(container + ".") for container in containers)


def _containers(mentions: Sequence[Mention], text: str, places: Gazetteer) -> dict[int, frozenset[str]]:
    """By mention, the divisions and countries of which the text says that they hold it: "Paris, Texas"."""
    found: dict[int, frozenset[str]] = {}
    for number in range(len(mentions) - 2, -1, -1):
        inner, outer = mentions[number], mentions[number + 1]
        gap = text[inner.span.end : outer.span.start]
        if len(gap) > 5 or inner.kind != "name" or outer.kind == "people" or not _INSIDE.match(gap) or not gap.strip():
            continue
        wide = [row for row in outer.rows if places.precision(row) in ("state", "country")]
        admins = {places.admin(row) for row in wide}
        if number + 1 in found:
            admins |= found[number + 1]
        inside = frozenset(a for a in admins if a and any(_holds(a, row, places) for row in inner.rows))
        if inside and gap.strip() in (",", "(", "in", ", in", ""):
            found[number] = inside
    return found


def _holds(admin: str, row: int, places: Gazetteer) -> bool:
    own = places.admin(row)
    return own.startswith(admin + ".") or (own == admin and places.precision(row) not in ("state", "country"))


def _own_scores(
    mention: Mention, containers: Sequence[frozenset[str] | None], places: Gazetteer, weights: Weights
) -> dict[int, float]:
    """What each place scores by itself and by what is said to hold it."""
    scores: dict[int, float] = {}
    named = [inside for inside in containers if inside]
    for row in mention.rows:
        precision = places.precision(row)
        score = weights.people * places.magnitude(row)
        score += {"country": weights.country, "state": weights.state, "county": weights.county}.get(precision, 0.0)
        if precision in ("region", "point"):
            score += 1.0
        if places.is_capital(row):
            score += weights.capital
        if row in mention.further and precision == "city":
            score += weights.further
        if named:
            score += weights.container * sum(_lies_in(places.admin(row), inside) for inside in named) / len(named)
        scores[row] = score
    return scores


class _Surroundings:
    """What the article's other places say for one of them."""

    def __init__(
        self,
        senses: Mapping[str, tuple[int, float]],
        groups: Mapping[str, Sequence[int]],
        places: Gazetteer,
        weights: Weights,
    ) -> None:
        self._places, self._weights = places, weights
        self._senses = senses
        self._states: dict[str, dict[str, float]] = defaultdict(dict)
        self._countries: dict[str, dict[str, float]] = defaultdict(dict)
        self._spots: list[tuple[str, float, float]] = []
        for folded, (row, _) in senses.items():
            admin, mass = places.admin(row), 1 + math.log(len(groups[folded]))
            self._countries[admin[:2]][folded] = mass
            if "." in admin:
                self._states[admin][folded] = mass
                if places.precision(row) in ("city", "county", "point"):
                    self._spots.append((folded, *places.point(row)))

    def support(self, folded: str, row: int) -> float:
        places, weights = self._places, self._weights
        admin, precision = places.admin(row), places.precision(row)
        total = weights.same_country * _mass(self._countries, admin[:2], folded)
        if "." in admin:
            total += weights.same_state * _mass(self._states, admin, folded)
        if precision in ("city", "county", "point"):
            here = places.point(row)
            close = sum(
                math.exp(-kilometres(here, (latitude, longitude)) / weights.near_km)
                for other, latitude, longitude in self._spots
                if other != folded
            )
            total += weights.near * math.log1p(close)
        return total


def _mass(by_place: Mapping[str, Mapping[str, float]], key: str, folded: str) -> float:
    masses = by_place.get(key)
    if not key or not masses:
        return 0.0
    return math.log1p(sum(mass for other, mass in masses.items() if other != folded))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two points on the earth, near enough for what is near."""
    north = (a[0] - b[0]) * 111.2
    east = (a[1] - b[1]) * 111.2 * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(north, east)
