"""Statements of the whole library."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from whosays.desk.api import answers, collections
from whosays.desk.api.resources import Statements
from whosays.desk.api.wanted import StatementsWanted
from whosays.library import bulk

router = APIRouter(tags=["statements"])


@router.get(
    "/statements", response_model=Statements, responses=answers.declared(422, more=[answers.LINES]),
    summary="Statements of all articles",
)  # fmt: skip
def statements(request: Request, wanted: Annotated[StatementsWanted, Query()]) -> Response:
    """Who said what, in articles as they stand now: pages, or with `Accept: application/x-ndjson` one a line."""
    # found by words they come in the order of the index, else by article
    return collections.answer(
        request, "statements", wanted, lambda library, page: bulk.statements(library, wanted.chosen, page),
        shape=(int,) if wanted.q is not None else (int, int),
    )  # fmt: skip
