"""The places of a report as GeoJSON (RFC 7946), for maps: each once, with who mentions it, where and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from whosays.language.places import Place
from whosays.report import layout
from whosays.report.formats import identifiers
from whosays.report.formats.sources import Sources
from whosays.report.report import Report

_CREDIT: Final = "Places: GeoNames (geonames.org), CC BY 4.0"

Json = dict[str, Any]


def write(report: Report) -> str:
    """A FeatureCollection with a point for each place, in the order in which the articles first name them.

    The point of a country or region is the middle of it: ``precision`` says of what extent the place is.
    """
    found: dict[tuple[Any, ...], list[tuple[str, Place]]] = {}
    for read in report.articles:
        for place in read.places:
            found.setdefault(_key(place), []).append((read.article.id, place))
    sources = Sources(report)
    features = [_feature(named, sources) for named in found.values()]
    return layout.write({"type": "FeatureCollection", "credit": _CREDIT, "features": features})


def identifier(place: Place) -> str:
    """Its address in GeoNames where it has a number there."""
    if place.geonames is not None:
        return f"https://sws.geonames.org/{place.geonames}/"
    return f"urn:uuid:{identifiers.everywhere('place', *_key(place))}"


def _key(place: Place) -> tuple[Any, ...]:
    if place.geonames is not None:
        return (place.geonames,)
    return (place.name, place.country, float(place.latitude), float(place.longitude))


def _feature(named: Sequence[tuple[str, Place]], sources: Sources) -> Json:
    place = named[0][1]
    articles = list(dict.fromkeys(article for article, _ in named))
    return {
        "type": "Feature",
        "id": identifier(place),
        "geometry": {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]},
        "properties": {
            "name": place.name,
            "country": place.country,
            "precision": place.precision,
            "geonames": place.geonames,
            "outlets": [sources.outlets[article] for article in articles],
            "mentions": [_mention(article, place, sources) for article, place in named],
        },
    }


def _mention(article: str, place: Place, sources: Sources) -> Json:
    """``statement`` and ``speaker`` are those within whose words the place is named, else null: the outlet names it."""
    statement = sources.statement_at(article, place.span)
    return {
        "article": article,
        "outlet": sources.outlets[article],
        "text": place.text,
        "start": int(place.span.start),
        "end": int(place.span.end),
        "statement": statement.id if statement else None,
        "speaker": (sources.speaker(statement) or None) if statement else None,
    }
