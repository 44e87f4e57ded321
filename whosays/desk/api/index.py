"""Where to begin, and how the library stands."""

from __future__ import annotations

import dataclasses

from fastapi import APIRouter, Request, Response

import whosays
from whosays.desk import shown
from whosays.desk.api import answers
from whosays.desk.api.resources import Index, Library
from whosays.library import listing

router = APIRouter(tags=["library"])
_PARTS = (
    "library", "articles", "statements", "stories", "claims", "conflicts", "speakers", "outlets", "places", "jobs",
    "report", "marks",
)  # fmt: skip


@router.get("", response_model=Index, responses=answers.declared(), summary="Where things are")
def index(request: Request) -> Response:
    """The addresses of the collections."""
    made = {"name": "whosays", "version": whosays.__version__, "openapi": "/api/v1/openapi.json"}
    return answers.of_json(request, made | {part: f"/api/v1/{part}" for part in _PARTS})


@router.get("/library", response_model=Library, responses=answers.declared(), summary="How the library stands")
def library(request: Request) -> Response:
    """How much of what it holds, and when it was last added to."""
    with shown.desk(request).library() as opened:
        found = listing.standing(opened)
    return answers.of_json(request, dataclasses.asdict(found))
