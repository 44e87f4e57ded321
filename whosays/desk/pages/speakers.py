"""Speakers: who is credited most, and all that is credited to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import quotes, shown
from whosays.library import speakers_of
from whosays.library.counts import Count
from whosays.report import phrases

router = APIRouter()

_HEIGHT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A month as a bar of a picture 60 high and 10 wide for each month."""

    month: str
    count: int
    x: float
    y: float
    height: float


@router.get("/speakers")
def speakers(request: Request, words: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = speakers_of.listed(library, words)
    listed = [(quotes.speaker(one.name), one.count) for one in found]
    return shown.page(request, "speakers.html", words=words, listed=listed, most=speakers_of.LISTED)


@router.get("/speaker")
def speaker(request: Request, name: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = speakers_of.find(library, name)
        return shown.page(
            request,
            "speaker.html",
            speaker=found,
            plain=phrases.clean,
            quotes=quotes.of(library, found.hits),
            outlets=[(quotes.outlet(one.name), one.count) for one in found.outlets],
            relays=[(quotes.outlet(one.name), one.count) for one in found.relays],
            alike=[(quotes.speaker(one.name), one.count) for one in found.alike],
            bars=bars(found.months),
            everything=quotes.address("/search", said_by=found.name),
        )


def bars(months: Sequence[Count]) -> tuple[Bar, ...]:
    """The months as they are drawn."""
    most = max((month.count for month in months), default=0)
    made = []
    for place, month in enumerate(months):
        height = round(max(_HEIGHT * month.count / most, 1.5), 1) if month.count else 0.0
        made.append(Bar(month.name, month.count, place * 10.0, _HEIGHT - height, height))
    return tuple(made)
