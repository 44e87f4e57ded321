"""Places: which are named most, and what is said of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import quotes, shown
from whosays.errors import UsageError
from whosays.library import places_of
from whosays.library.places_of import Listed
from whosays.report import phrases
from whosays.report.view import places as atlas

router = APIRouter()

_ON_THE_MAP: Final = 60


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map, in the map's units."""

    name: str
    href: str
    area: bool
    here: bool
    spot: atlas.Spot


@dataclass(frozen=True, slots=True)
class Map:
    land: str
    borders: str
    source: str
    dots: tuple[Dot, ...]
    width: float = atlas.WIDTH
    height: float = atlas.HEIGHT


@router.get("/places")
def places(request: Request, words: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = places_of.listed(library, words)
    return shown.page(
        request, "places.html", words=words, listed=[(_link(one), one) for one in found], map=_map(found),
        most=places_of.LISTED,
    )  # fmt: skip


@router.get("/places/{place}")
def place(request: Request, place: str) -> HTMLResponse:
    if not place.isascii() or not place.isdecimal() or len(place) > 18:
        raise UsageError("", "the address is that of no place", "The list of places can be searched.")
    with shown.desk(request).library() as library:
        found = places_of.find(library, int(place))
        return shown.page(
            request,
            "place.html",
            found=found,
            name=phrases.clean(found.place.name),
            map=_map([found.place, *found.along_with], found.place.id),
            naming=quotes.of(library, found.naming),
            beside=quotes.of(library, found.beside),
            speakers=[(quotes.speaker(one.name), one.count) for one in found.speakers],
            outlets=[(quotes.outlet(one.name), one.count) for one in found.outlets],
            along_with=[(_link(one), one) for one in found.along_with],
            window=places_of.LATEST,
        )


def _link(one: Listed) -> quotes.Link:
    return quotes.Link(phrases.clean(one.name), f"/places/{one.id}")


def _map(found: Sequence[Listed], here: int = 0) -> Map | None:
    """None where there is nothing to draw."""
    drawn_ones = found[:_ON_THE_MAP]
    if not drawn_ones:
        return None
    drawn = atlas.draw([(phrases.clean(one.name), one.longitude, one.latitude) for one in drawn_ones])
    dots = tuple(
        Dot(phrases.clean(one.name), f"/places/{one.id}", one.precision in atlas.AREAS, one.id == here, spot)
        for one, spot in zip(drawn_ones, drawn.spots, strict=True)
    )
    return Map(drawn.land, drawn.borders, drawn.source, dots)
