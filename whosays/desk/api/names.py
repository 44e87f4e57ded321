"""Speakers, outlets and places by name, with how often."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from whosays.desk.api import answers, collections
from whosays.desk.api.resources import Outlets, Places, Speakers
from whosays.desk.api.wanted import NamesWanted, SpeakersWanted
from whosays.library import tallies

router = APIRouter(tags=["names"])
_DECLARED = answers.declared(422, more=[answers.LINES])


@router.get("/speakers", response_model=Speakers, responses=_DECLARED, summary="Who is quoted")
def speakers(request: Request, wanted: Annotated[SpeakersWanted, Query()]) -> Response:
    """Speakers by name. Who is the same under two names is found within a story: see its report."""
    return collections.answer(
        request, "speakers", wanted, lambda library, page: tallies.speakers(library, wanted.chosen, page), shape=(str,)
    )


@router.get("/outlets", response_model=Outlets, responses=_DECLARED, summary="Who publishes")
def outlets(request: Request, wanted: Annotated[NamesWanted, Query()]) -> Response:
    """Outlets by name."""
    return collections.answer(
        request, "outlets", wanted, lambda library, page: tallies.outlets(library, wanted.chosen, page), shape=(str,)
    )


@router.get("/places", response_model=Places, responses=_DECLARED, summary="Which places are named")
def places(request: Request, wanted: Annotated[NamesWanted, Query()]) -> Response:
    """Places by name; the same name may stand for several."""
    return collections.answer(
        request, "places", wanted, lambda library, page: tallies.places(library, wanted.chosen, page),
        shape=(str, str, int),
    )  # fmt: skip
