"""The map: the places that the articles name, on the outlines of Natural Earth, cropped to the story.

The projection is equirectangular, true to scale at the middle of the crop: enough to see what lies where, without a
map library and without a tile server.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from whosays.report.view import reader
from whosays.report.view.story import Json, Outlet, Story, shown

WIDTH, HEIGHT = 960.0, 480.0
MARGIN: Final = 0.14  # of the crop, on each side
FEWEST_SHARED: Final = 3  # places of several articles, which tell where the story is
NARROWEST: Final = 6.0  # degrees of longitude: the outlines have no more detail than that can bear
_LETTER: Final = 7.0  # width of a letter of a label, in units of the map
_LINE: Final = 16.0
# How far the words reach, in degrees; a place of this extent is drawn as an area of no certain edge.
AREAS: Final = ("country", "state", "region")
_OUTLINES: Final = Path(__file__).parent / "world.json"

_Box = tuple[float, float, float, float]  # left, top, right and bottom of what is already drawn


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map: ``x`` and ``y`` in its units, ``label`` beside it unless there is no room ("")."""

    number: int
    name: str
    country: str
    precision: str
    area: bool
    x: float
    y: float
    label: str
    to_the_left: bool
    mentions: tuple[tuple[Outlet, tuple[str, ...], str], ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Map:
    """Outlines as SVG paths of a picture ``width`` by ``height``, and the places on it, the most named first.

    ``beyond`` are places too far away for the crop, which are only listed.
    """

    land: str
    borders: str
    places: tuple[Place, ...]
    beyond: tuple[Place, ...]
    width: float
    height: float
    source: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a place lies on a picture, and its name beside it unless there is no room ("")."""

    x: float
    y: float
    label: str
    to_the_left: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """Outlines as SVG paths of a picture :data:`WIDTH` by :data:`HEIGHT`, and where the places lie on it."""

    land: str
    borders: str
    spots: tuple[Spot, ...]
    source: str


@dataclass(frozen=True, slots=True)
class _Crop:
    west: float
    north: float
    scale_x: float
    scale_y: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        return round((longitude - self.west) * self.scale_x, 1), round((self.north - latitude) * self.scale_y, 1)


def find(story: Story) -> Map | None:
    """None where no article names a known place."""
    grouped: dict[tuple[Any, ...], list[Json]] = {}
    for place in story.document.get("places", ()):
        grouped.setdefault((place["name"], place["country"], place["latitude"], place["longitude"]), []).append(place)
    if not grouped:
        return None
    ranked = sorted(
        grouped.values(), key=lambda of_it: (-len({p["article"] for p in of_it}), -len(of_it), str(of_it[0]["name"]))
    )
    ranked, beyond = _inside(ranked)
    drawn = draw([(shown(of_it[0]["name"]), *_at(of_it)) for of_it in ranked])
    placed = [_place(story, of_it, n, drawn.spots[n - 1]) for n, of_it in enumerate(ranked, start=1)]
    return Map(
        land=drawn.land,
        borders=drawn.borders,
        places=tuple(placed),
        beyond=tuple(_place(story, of_it, 0, Spot(0.0, 0.0, "", False)) for of_it in beyond),
        width=WIDTH,
        height=HEIGHT,
        source=drawn.source,
    )


def draw(named: Sequence[tuple[str, float, float]]) -> Drawn:
    """The part of the world that holds some places: each a name, a longitude and a latitude in degrees.

    The first ones are named first where there is no room for all names.
    """
    crop = _crop([(longitude, latitude) for _, longitude, latitude in named])
    points = [crop.point(longitude, latitude) for _, longitude, latitude in named]
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in points]
    outlines = _world()
    return Drawn(
        land=" ".join(_path(line, crop, closed=True) for line in outlines["land"] if _near(line, crop)),
        borders=" ".join(_path(line, crop, closed=False) for line in outlines["borders"] if _near(line, crop)),
        spots=tuple(_spot(name, at, taken) for (name, _, _), at in zip(named, points, strict=True)),
        source=outlines["source"],
    )


def _spot(name: str, at: tuple[float, float], taken: list[_Box]) -> Spot:
    side = _free_side(name, at, taken)
    return Spot(*at, name if side else "", side == "left")


def _at(of_it: Sequence[Json]) -> tuple[float, float]:
    return of_it[0]["longitude"], of_it[0]["latitude"]


def _inside(ranked: list[list[Json]]) -> tuple[list[list[Json]], list[list[Json]]]:
    """The places of the map, and those beyond it: named by one article only, and far from where the others lie."""
    core = [_at(of_it) for of_it in ranked if len({place["article"] for place in of_it}) > 1]
    if len(core) < FEWEST_SHARED:
        return ranked, []
    bounds = []
    for axis in (0, 1):
        low, high = min(point[axis] for point in core), max(point[axis] for point in core)
        bounds.append((low - max(high - low, NARROWEST), high + max(high - low, NARROWEST)))
    near = [all(low <= _at(of_it)[axis] <= high for axis, (low, high) in enumerate(bounds)) for of_it in ranked]
    inside = [of_it for of_it, is_near in zip(ranked, near, strict=True) if is_near]
    return inside, [of_it for of_it, is_near in zip(ranked, near, strict=True) if not is_near]


def _crop(points: Sequence[tuple[float, float]]) -> _Crop:
    """The part of the world that holds all places, with a margin, in the picture's proportions."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    shrink = max(math.cos(math.radians(middle_y)), 0.2)
    wide = max((east - west) * (1 + 2 * MARGIN), NARROWEST)
    high = (north - south) * (1 + 2 * MARGIN)
    wide = min(max(wide, high * (WIDTH / HEIGHT) / shrink), 360.0)
    high = wide * shrink * HEIGHT / WIDTH
    return _Crop(middle_x - wide / 2, middle_y + high / 2, WIDTH / wide, HEIGHT / high)


def _place(story: Story, of_it: Sequence[Json], number: int, spot: Spot) -> Place:
    first = of_it[0]
    return Place(
        number=number,
        name=shown(first["name"]),
        country=shown(first["country"] or ""),
        precision=shown(first["precision"]),
        area=first["precision"] in AREAS,
        x=spot.x,
        y=spot.y,
        label=spot.label,
        to_the_left=spot.to_the_left,
        mentions=tuple(_mentions(story, of_it)),
        keys=" ".join(dict.fromkeys(story.outlet[place["article"]].anchor for place in of_it)),
    )


def _free_side(name: str, at: tuple[float, float], taken: list[_Box]) -> str:
    """The side of a place where its name hides nothing, which is then taken; "" where there is none."""
    x, y = at
    long = len(name) * _LETTER
    for side, left in (("right", x + 9), ("left", x - 9 - long)):
        box = (left, y - _LINE / 2, left + long, y + _LINE / 2)
        inside = left >= 0 and box[2] <= WIDTH
        if inside and not any(_overlap(box, other) for other in taken if other[:2] != (x - 8, y - 8)):
            taken.append(box)
            return side
    return ""


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _mentions(story: Story, of_it: Sequence[Json]) -> Iterable[tuple[Outlet, tuple[str, ...], str]]:
    for outlet in story.outlets:
        here = [place for place in of_it if place["article"] == outlet.id]
        if here:
            words = tuple(dict.fromkeys(shown(place["text"]) for place in here))
            yield outlet, words, f"#{reader.paragraph_at(story, outlet.id, here[0]['span'][0])}"


@cache
def _world() -> Any:
    """Lines of longitudes and latitudes in degrees: ``land`` outlines and ``borders``."""
    packed = json.loads(_OUTLINES.read_text(encoding="utf-8"))
    return {
        "source": packed["source"],
        "land": [_points(line) for line in packed["land"]],
        "borders": [_points(line) for line in packed["borders"]],
    }


def _points(line: Sequence[int]) -> list[tuple[float, float]]:
    x = y = 0
    points = []
    for step_x, step_y in zip(line[::2], line[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x / 10, y / 10))
    return points


def _near(line: Sequence[tuple[float, float]], crop: _Crop) -> bool:
    east, south = crop.west + WIDTH / crop.scale_x, crop.north - HEIGHT / crop.scale_y
    return (
        max(x for x, _ in line) >= crop.west
        and min(x for x, _ in line) <= east
        and max(y for _, y in line) >= south
        and min(y for _, y in line) <= crop.north
    )


def _path(line: Sequence[tuple[float, float]], crop: _Crop, *, closed: bool) -> str:
    """A line in whole units, each step counted from the one before: half as much to send as places are."""
    points = [(round(x), round(y)) for x, y in (crop.point(*place) for place in line)]
    steps = [(there[0] - here[0], there[1] - here[1]) for here, there in pairwise(points)]
    drawn = " ".join(f"{x} {y}" for x, y in steps if x or y).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{drawn or '0 0'}{'Z' if closed else ''}"
