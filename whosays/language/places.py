"""The places that an article names, with coordinates, country and precision.

The names come from the document's marked names and from a table of places (:mod:`whosays.language.gazetteer`);
adjectives and names of peoples ("Syrian") stand for their country. A name that cannot be told to be a place, or for
which no known place is good enough, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from whosays.language import gazetteer, place_mentions, place_senses
from whosays.language.gazetteer import Precision
from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A place as an article names it. ``text`` are its words, ``name`` what the table calls it.

    ``country`` is ISO 3166-1 alpha-2, ``None`` for what no one country holds; ``latitude`` and ``longitude`` are
    degrees, a point within the place or its middle; ``precision`` says of what extent it is; ``geonames`` is the
    number in GeoNames where that has it.
    """

    span: Span
    text: str
    name: str
    country: str | None
    latitude: float
    longitude: float
    precision: Precision
    geonames: int | None


def find(doc: Doc, text: str, prose: Sequence[Span] | None = None) -> tuple[Place, ...]:
    """The places that a marked document names, in text order; they never overlap.

    ``text`` is the document's; ``prose`` are the spans in which its names were marked (``None``: everywhere).
    Headlines and datelines, where no names are, are read too, for places that are well known or in the prose as well.
    """
    table = gazetteer.load()
    mentions = place_mentions.find(doc, text, prose)
    found: list[Place] = []
    for mention, row in zip(mentions, place_senses.choose(mentions, text), strict=True):
        if row is None:
            continue
        latitude, longitude = table.point(row)
        found.append(
            Place(
                mention.span,
                mention.span.of(text),
                table.names[row],
                table.country(row),
                latitude,
                longitude,
                table.precision(row),
                table.geonames(row),
            )
        )
    return tuple(found)
