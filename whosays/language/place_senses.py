"""Which of the places that bear a name an article means.

Each name has one sense in an article. A place scores by how many people live there, by what contains it that is named
with it ("Paris, Texas"), by the states and countries that the rest of the article is about, and by how near it lies
to the other places of the article; the scores are worked out afresh from the senses of the round before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.language import gazetteer
from whosays.language.gazetteer import Gazetteer, fold
from whosays.language.place_mentions import Mention

Array = NDArray[np.float64]
ROUNDS: Final = 3
ELSEWHERE: Final = 161.0  # kilometres: 100 miles, as toponyms are scored
MOST_AROUND: Final = 256  # places that are asked about the others, the likeliest first, so that time stays linear


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ground adds to a place's score; a tenfold population adds ``people``.

    Set by trying each in turn on two thirds of LGL, TR-News and GeoVirus and on made-up lists of large cities; the
    optimum is broad (a point of accuracy). LGL alone, American local news, would have its towns weigh more, and turn
    Cairo into the one in New York.
    """

    people: float = 1.5
    country: float = 4.0  # a country's own name, over a place that is called like it
    state: float = 1.0
    namesake: float = -3.0  # a state, where its chief city bears the name: "Homs" is the city
    called: float = 5.0  # a state or county that the text calls one: "Homs province"
    capital: float = 2.0
    further: float = -2.0  # a city, by a name that is not its main one
    region: float = 3.0
    home: float = 0.6  # a city where English is spoken, for that is where most English news is from
    container: float = 8.0
    same_state: float = 2.2
    same_country: float = 2.0
    famed: float = 0.3  # what capitals and metropolises count here, of which the news everywhere tells
    near: float = 2.8
    near_km: float = 100.0
    doubt: float = 0.7  # how likely a place stays that scores less than another of its name
    most: float = 3.0  # names that can speak for a place
    margin: float = 0.6  # over the next place of the name; of those with less, three in ten were right


WEIGHTS: Final = Weights()
ENGLISH: Final = frozenset("US GB CA AU IE NZ".split())
CHIEF_CITY: Final = 0.7  # at most so much below its state in magnitude: a fifth of the state's people
CHIEF_CITY_ABROAD: Final = 1.5  # where divisions are called after their chief cities
SIZEABLE: Final = 5.0  # magnitude: a hundred thousand people; of such a city rather than of its county a bare name is
NEXT_TO: Final = 0.7  # degrees
LARGE: Final = 5.7  # half a million people; such cities have English names beside their own ("Cologne")
# Two hundred thousand people. Of 26 smaller cities abroad that stood alone in an article of LGL and TR-News none was
# the place meant: most were persons, firms, or words of a title.
KNOWN_ABROAD: Final = 5.3
NEIGHBOUR: Final = 500.0  # kilometres
METROPOLIS: Final = 6.3  # two million people
_CALLED: Final = re.compile(
    r" (?:[Pp]rovinces?|[Gg]overnorate|[Oo]blast|[Rr]egion|[Pp]refecture|[Ss]tate|[Dd]istrict)\b"
)
_INSIDE: Final = re.compile(r"(?:,| \(|,? in) ?")  # between a place and what holds it


def choose(mentions: Sequence[Mention], text: str, weights: Weights = WEIGHTS) -> list[int | None]:
    """For each mention the row of its place; ``None`` where no place of the name is good enough."""
    if not mentions:
        return []
    places = gazetteer.load()
    containers = _containers(mentions, text, places)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        groups[mention.folded].append(number)
    own: dict[str, dict[int, float]] = {}
    for folded, members in groups.items():
        first = mentions[members[0]]
        called = any(_CALLED.match(text, mentions[k].span.end) for k in members)
        own[folded] = _own_scores(first, [containers.get(k) for k in members], called, places, weights)
    field = _Field(list(own.values()), [len(members) for members in groups.values()], places, weights)
    kept = {folded: row for folded, (row, lead) in zip(own, field.best(), strict=True) if lead >= weights.margin}
    kept = {folded: row for folded, row in kept.items() if not _is_stray(row, folded, kept, places)}
    return [_of_mention(k, mention, containers, kept, own, places) for k, mention in enumerate(mentions)]


def _is_stray(row: int, folded: str, kept: Mapping[str, int], places: Gazetteer) -> bool:
    """Whether a place is a small one abroad, and no other place of the article is in its country or near it: the
    name is then more likely of a place that the table lacks."""
    country = places.country(row)
    if country in ENGLISH or places.precision(row) not in ("city", "county") or places.is_capital(row):
        return False
    if places.magnitude(row) > KNOWN_ABROAD:
        return False
    point = np.array(places.point(row))
    return not any(
        places.country(other) == country
        or (places.precision(other) != "region" and _apart(np.array(places.point(other)), point) < NEIGHBOUR)
        for name, other in kept.items()
        if name != folded
    )


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
    if inside and (row is None or not _lies_in(places.admin(row), inside)):
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
        if inner.kind != "name" or outer.kind == "people" or not _INSIDE.fullmatch(gap):
            continue
        wide = [row for row in outer.rows if places.precision(row) in ("state", "country")]
        admins = {places.admin(row) for row in wide}
        if number + 1 in found:
            admins |= found[number + 1]
        inside = frozenset(a for a in admins if a and any(_holds(a, row, places) for row in inner.rows))
        if inside:
            found[number] = inside
    return found


def _holds(admin: str, row: int, places: Gazetteer) -> bool:
    own = places.admin(row)
    return own.startswith(admin + ".") or (own == admin and places.precision(row) not in ("state", "country"))


def _own_scores(
    mention: Mention, containers: Sequence[frozenset[str] | None], called: bool, places: Gazetteer, weights: Weights
) -> dict[int, float]:
    """What each place scores by itself, by what is said to hold it and by what it is called."""
    scores: dict[int, float] = {}
    named = [inside for inside in containers if inside]
    cities = [row for row in mention.rows if places.precision(row) == "city"]
    for row in mention.rows:
        precision, admin = places.precision(row), places.admin(row)
        score = weights.people * places.magnitude(row)
        if precision == "city":
            score += weights.capital * places.is_capital(row) + weights.home * (admin[:2] in ENGLISH)
            if row in mention.further and not _goes_by_it(row, mention, places):
                score += weights.further / (2 if places.magnitude(row) > LARGE else 1)
        elif precision in ("state", "county"):
            chief = any(_is_chief(city, row, mention, places) for city in cities)
            score += weights.state if precision == "state" else 0.0
            score += weights.called if called else weights.namesake * chief
        else:
            score += weights.country if precision == "country" else weights.region
        if named:
            score += weights.container * sum(_lies_in(admin, inside) for inside in named) / len(named)
        scores[row] = score
    return scores


def _goes_by_it(city: int, mention: Mention, places: Gazetteer) -> bool:
    """Whether a metropolis is called so but for the word "city": New York."""
    return places.magnitude(city) > METROPOLIS and fold(places.names[city]) == f"{mention.folded} city"


def _is_chief(city: int, division: int, mention: Mention, places: Gazetteer) -> bool:
    """Whether a bare name means the city rather than the state or county that is called like it."""
    country, people = places.country(city), places.magnitude(city)
    if country != places.country(division):
        return False
    if places.is_capital(city):
        return True
    if places.precision(division) == "county":
        (north, east), (other_north, other_east) = places.point(city), places.point(division)
        return people > SIZEABLE and max(abs(north - other_north), abs(east - other_east)) < NEXT_TO
    if places.admin(city) != places.admin(division):
        return False
    if country in ENGLISH:
        own = city in mention.main or _goes_by_it(city, mention, places)
        return own and people > places.magnitude(division) - CHIEF_CITY
    return people > places.magnitude(division) - CHIEF_CITY_ABROAD


class _Field:
    """All places that the names of an article could be, side by side; of each group (name) one is meant."""

    def __init__(
        self, own: Sequence[Mapping[int, float]], counts: Sequence[int], places: Gazetteer, weights: Weights
    ) -> None:
        self._weights, self._size = weights, len(own)
        self._rows = [row for scores in own for row in scores]
        self._own = np.array([score for scores in own for score in scores.values()])
        self._group = np.repeat(np.arange(len(own)), [len(scores) for scores in own])
        famed = [
            places.precision(row) == "city" and (places.is_capital(row) or places.magnitude(row) > METROPOLIS)
            for row in self._rows
        ]
        self._mass = (1 + np.log(np.array(counts))[self._group]) * np.where(famed, weights.famed, 1.0)
        admins = [places.admin(row) for row in self._rows]
        self._country = _numbers([admin[:2] for admin in admins])
        self._state = _numbers([admin if "." in admin else "" for admin in admins])
        self._spot = np.array([places.precision(row) in ("city", "county", "point") for row in self._rows])
        self._point = np.array([places.point(row) for row in self._rows])

    def best(self) -> list[tuple[int, float]]:
        """The row of each group that scores highest, equals to the earlier row, and by how much it scores more than
        the best one that lies elsewhere."""
        scores = self._own
        for _ in range(ROUNDS):
            scores = self._own + self._support(self._shares(scores))
        order = np.lexsort((np.array(self._rows), -scores, self._group))
        firsts = order[np.searchsorted(self._group[order], np.arange(self._size))]
        elsewhere = _apart(self._point, self._point[firsts][self._group]) > ELSEWHERE
        rival = np.full(self._size, -np.inf)
        np.maximum.at(rival, self._group[elsewhere], scores[elsewhere])
        return [(self._rows[k], float(scores[k] - rival[group])) for group, k in enumerate(firsts)]

    def _shares(self, scores: Array) -> Array:
        """How likely each place is among those of its name."""
        top = np.full(self._size, -np.inf)
        np.maximum.at(top, self._group, scores)
        raised = np.exp((scores - top[self._group]) / self._weights.doubt)
        total = np.bincount(self._group, raised, self._size)
        return np.asarray(raised / total[self._group], np.float64)

    def _support(self, shares: Array) -> Array:
        """What the likely places of the other names say for each place."""
        weights = self._weights
        weight = shares * self._mass
        around = np.argsort(-weight, kind="stable")[:MOST_AROUND]
        heard = weight[around] * (self._group[:, None] != self._group[around])
        country, state = self._country[:, None], self._state[:, None]
        total = weights.same_country * self._said(heard * ((country == self._country[around]) & (country >= 0)))
        total += weights.same_state * self._said(heard * ((state == self._state[around]) & (state >= 0)))
        spots = np.flatnonzero(self._spot)
        close = np.exp(-_kilometres(self._point[spots], self._point[around]) / weights.near_km)
        total[spots] += weights.near * self._said(close * heard[spots] * self._spot[around])
        return total

    def _said(self, heard: Array) -> Array:
        """The first names that speak for a place say more than the later ones, and in the end no more."""
        return np.asarray(np.log1p(np.minimum(heard.sum(1), self._weights.most)), np.float64)


def _numbers(names: Sequence[str]) -> NDArray[np.int64]:
    """Equal numbers for equal names; -1 for none."""
    known = {name: number for number, name in enumerate(sorted(set(names) - {""}))}
    return np.array([known.get(name, -1) for name in names], np.int64)


def _kilometres(a: Array, b: Array) -> Array:
    """The distances of points [n, 2] from points [m, 2]: [n, m]."""
    return _apart(a[:, None], b[None])


def _apart(a: Array, b: Array) -> Array:
    """The distance in kilometres of points of degrees, near enough for what is near."""
    north = (a[..., 0] - b[..., 0]) * 111.2
    middle = np.radians((a[..., 0] + b[..., 0]) / 2)
    east = np.abs(a[..., 1] - b[..., 1])
    east = np.minimum(east, 360 - east) * 111.2 * np.cos(middle)
    return np.asarray(np.hypot(north, east), np.float64)
