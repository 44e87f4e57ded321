"""Adding without a terminal: files, addresses or text in, and where they went."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, File, Form, Path, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from whosays.desk import safety, shown
from whosays.desk.intake import Given, Job
from whosays.errors import BadAddress
from whosays.library import addresses, listing
from whosays.library.adding import Delivery, Event
from whosays.library.listing import Listed

router = APIRouter()
_SHOWN: Final = 20  # jobs in the list
_EVENTS: Final = 500  # the latest of a job that are shown; the counts are of all
_LONGEST_NAME: Final = 200
_FIELDS: Final = ("addresses", "text", "outlet", "title", "published", "url")
Line = Annotated[str, Form(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a job so far: how many of what, its latest events, and the stories that the articles are in."""

    job: Job
    counts: dict[str, int]
    problems: tuple[str, ...]
    events: tuple[Event, ...]
    stories: tuple[Listed, ...]

    @property
    def done(self) -> int:
        return sum(self.counts.values())


@router.get("/add")
def add(request: Request) -> HTMLResponse:
    return _form(request)


@router.post("/add")
def take(
    request: Request,
    files: Annotated[list[UploadFile] | None, File()] = None,
    addresses: Annotated[str, Form(max_length=200_000)] = "",
    text: Annotated[str, Form()] = "",
    outlet: Line = "",
    title: Line = "",
    published: Line = "",
    url: Line = "",
) -> Response:
    """Begin to add what was given, and show how it goes."""
    about = {"outlet": outlet, "title": title, "published": published, "url": url}
    given: list[Given] = [_delivery(file) for file in files or () if file.filename]
    found, problems = _addresses(addresses)
    given += found
    if text.strip():
        record = {"text": text} | {name: value.strip() for name, value in about.items() if value.strip()}
        given.append(Delivery("pasted text", json.dumps(record).encode("ascii"), "application/json"))
    if not given and not problems:
        said = "Nothing was given: choose files, or paste addresses or the text of an article."
        typed = about | {"addresses": addresses, "text": text}
        return _form(request, typed, said, HTTPStatus.UNPROCESSABLE_ENTITY)
    job = shown.desk(request).intake.take(given, problems)
    return RedirectResponse(f"/add/{job.id}", HTTPStatus.SEE_OTHER)


@router.get("/add/{number}")
def job(request: Request, number: Annotated[int, Path(ge=1, le=2**62)]) -> HTMLResponse:
    """How a job stands; as a part of the page where htmx asks for it again."""
    found = shown.desk(request).intake.job(number)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no job {number}: jobs are forgotten with the desk.")
    part = request.headers.get("hx-request") == "true"
    headers = {"Cache-Control": "no-store", "Vary": "HX-Request"}
    return shown.page(request, "_job.html" if part else "job.html", account=_account(request, found), headers=headers)


def _form(
    request: Request, typed: dict[str, str] | None = None, problem: str = "", status: int = HTTPStatus.OK
) -> HTMLResponse:
    jobs = shown.desk(request).intake.jobs()[:_SHOWN]
    return shown.page(
        request,
        "add.html",
        status=status,
        typed=dict.fromkeys(_FIELDS, "") | (typed or {}),
        problem=problem,
        jobs=jobs,
        largest=safety.LARGEST,
    )


def _delivery(file: UploadFile) -> Delivery:
    """A file that was dropped, by its name alone: a browser may give the folders that it lay in."""
    name = (file.filename or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return Delivery(name[-_LONGEST_NAME:] or "file", file.file.read(), file.content_type)


def _addresses(typed: str) -> tuple[list[Given], list[BadAddress]]:
    """The addresses in some lines, and what is wrong with the others."""
    found: list[Given] = []
    problems: list[BadAddress] = []
    for line in dict.fromkeys(typed.split()):
        try:
            found.append(addresses.parse(line))
        except BadAddress as problem:
            problems.append(problem)
    return found, problems


def _account(request: Request, job: Job) -> Account:
    events = list(job.events)
    counts: dict[str, int] = {}
    for event in events:
        if event.what != "notice":
            counts[event.what] = counts.get(event.what, 0) + 1
    keys = [event.key for event in events if event.key]
    with shown.desk(request).library() as library:
        stories = dict.fromkeys(listing.stories_of(library, keys).values())
        listed = listing.each(library, list(stories)[: _SHOWN + 1])
    problems = [str(event.problem) for event in events if event.problem is not None]
    problems += [str(job.problem)] if job.problem is not None else []
    return Account(job, counts, tuple(problems[:_EVENTS]), tuple(events[-_EVENTS:]), tuple(listed))
