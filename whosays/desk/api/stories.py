"""Stories, what was claimed in them, and where their articles part."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from whosays.desk import shown
from whosays.desk.api import answers, collections
from whosays.desk.api.resources import Claims, Conflicts, Stories, Story
from whosays.desk.api.wanted import ClaimsWanted, ConflictsWanted, StoriesWanted
from whosays.library import bulk, comparing
from whosays.library.bulk import Json

router = APIRouter(tags=["stories"])
StoryId = Annotated[int, Path(ge=1, le=2**53, description="The story's number.")]


@router.get(
    "/stories", response_model=Stories, responses=answers.declared(422, more=[answers.LINES]), summary="Stories"
)
def stories(request: Request, wanted: Annotated[StoriesWanted, Query()]) -> Response:
    """Stories with at least one article that is as wanted: pages, or with `Accept: application/x-ndjson` one a line."""
    return collections.answer(
        request, "stories", wanted, lambda library, page: bulk.stories(library, wanted.chosen, page), shown_as
    )


@router.get("/stories/{id}", response_model=Story, responses=answers.declared(404, 422), summary="One story")
def story(request: Request, id: StoryId) -> Response:  # noqa: A002
    """A story as it stands. One that became part of another is gone, and the problem says of which."""
    with shown.desk(request).library() as library:
        found = bulk.story(library, id)
    return answers.of_json(request, shown_as(found))


@router.get(
    "/claims", response_model=Claims, responses=answers.declared(404, 422, more=[answers.LINES]),
    summary="Claims, with their origins",
)  # fmt: skip
def claims(request: Request, wanted: Annotated[ClaimsWanted, Query()]) -> Response:
    """Claims of one story, or of all stories whose report was made and is up to date, the latest story first."""
    made = shown.desk(request).made
    return collections.answer(
        request, "claims", wanted,
        lambda library, page: comparing.claims(library, made, page, wanted.story), shape=(int, int),
    )  # fmt: skip


@router.get(
    "/conflicts", response_model=Conflicts, responses=answers.declared(404, 422, more=[answers.LINES]),
    summary="Where articles part",
)  # fmt: skip
def conflicts(request: Request, wanted: Annotated[ConflictsWanted, Query()]) -> Response:
    """Conflicts of one story, or of all stories whose report was made and is up to date, the latest story first."""
    made = shown.desk(request).made
    return collections.answer(
        request, "conflicts", wanted,
        lambda library, page: comparing.conflicts(library, made, page, wanted.story, wanted.type), shape=(int, int),
    )  # fmt: skip


def shown_as(row: Json) -> Json:
    made: dict[str, Any] = {"href": f"/api/v1/stories/{row['id']}", **row}
    return made
