"""Jobs: what became of articles that came in."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Annotated, Any, Final

import anyio
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.desk.api import answers
from whosays.desk.api.resources import Jobs, WholeJob
from whosays.desk.intake import Job
from whosays.library.adding import Event

router = APIRouter(tags=["jobs"])
Seconds = Annotated[int, Field(ge=0, le=60, description="Seconds to wait for the job to be done.")]
_LOOK: Final = 0.05  # seconds between two looks at a job that is waited for; a thread of its own would be dearer
_WHATS: Final = ("new", "changed", "known", "refused", "notice", "unanalysed")
_FRESH: Final = {"Cache-Control": "no-store"}  # a job changes by the moment


class Waiting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    wait: Seconds = 0


@router.get("/jobs", response_model=Jobs, responses=answers.problems(401, 503), summary="What was and is being added")
def jobs(request: Request) -> Response:
    """Jobs since the desk was started, without their events; old ones are forgotten once they are done."""
    found = shown.desk(request).intake.jobs()
    return JSONResponse({"jobs": [_brief(job) for job in found]}, headers=_FRESH)


@router.get(
    "/jobs/{number}", response_model=WholeJob, responses=answers.problems(401, 404, 422, 503), summary="One job"
)
async def job(
    request: Request, number: Annotated[int, Path(ge=1, le=2**53)], wanted: Annotated[Waiting, Query()]
) -> Response:
    """Where a job stands, or how it ended: what became of every article in it."""
    found = shown.desk(request).intake.job(number)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no job {number}.")
    return JSONResponse(await after(found, wanted.wait), headers=_FRESH)


async def after(job: Job, seconds: float) -> dict[str, Any]:
    """A job as it stands when it is done, or after so many seconds."""
    until = time.monotonic() + seconds
    while job.state != "done" and time.monotonic() < until:
        await anyio.sleep(_LOOK)
    # said first: events that come after it was looked at are missing rather than counted twice
    return _brief(job) | {"events": [_event(event) for event in list(job.events)]}


def _brief(job: Job) -> dict[str, Any]:
    whats = [event.what for event in list(job.events)]
    return {
        "id": job.id,
        "href": f"/api/v1/jobs/{job.id}",
        "state": job.state,
        "problem": str(job.problem) if job.problem else None,
        "counts": {what: whats.count(what) for what in _WHATS},
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "what": event.what,
        "article": event.key or None,
        "outlet": event.outlet,
        "title": event.title,
        "problem": str(event.problem) if event.problem else None,
    }
