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
_LONGEST: Final = 120  # months; what is older stands in search


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
    """The months from the first to the last, those without a statement among them."""
    if not months:
        return ()
    counts = {one.name: one.count for one in months}
    names = [months[-1].name]
    while names[-1] > months[0].name and len(names) < _LONGEST:
        year, month = map(int, names[-1].split("-"))
        names.append(f"{year - (month == 1):04}-{(month - 2) % 12 + 1:02}")
    most = max(counts.get(name, 0) for name in names)
    made = []
    for place, name in enumerate(reversed(names)):
        count = counts.get(name, 0)
        height = round(max(_HEIGHT * count / most, 1.5), 1) if count else 0.0
        made.append(Bar(name, count, place * 10.0, _HEIGHT - height, height))
    return tuple(made)
