"""Marks: the log of what analysts put beside what was found; making one, and undoing one."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

import anyio.to_thread
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.desk.api import answers, bodies, collections
from whosays.desk.api.documents import Mark
from whosays.desk.api.resources import GivenMark, Marks, Signed
from whosays.desk.api.wanted import MarksWanted
from whosays.desk.desk import Desk
from whosays.library import listing, marking, marks, reporting, subjects
from whosays.library.bulk import Page, Placed
from whosays.library.errors import BadMark
from whosays.library.marks import Target, Unwritten, Wanted
from whosays.library.store import Library
from whosays.report.report import Report
from whosays.text.span import Span

router = APIRouter(tags=["marks"])
MOST_BYTES: Final = 250_000  # words at their longest, each letter as two escapes of JSON, fit twice
_PATIENCE: Final = 120.0  # seconds until a report is made here after all
_REFUSED: Final = answers.problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503)
Key = Annotated[str, Path(min_length=1, max_length=100, description="The mark's key.")]
Given = TypeVar("Given", bound=BaseModel)


@router.get("/marks", response_model=Marks, responses=answers.declared(422, more=[answers.LINES]), summary="The log")
def log(request: Request, wanted: Annotated[MarksWanted, Query()]) -> Response:
    """All marks, those that were undone too: pages, or with `Accept: application/x-ndjson` one a line."""
    chosen = Wanted(wanted.action or "", wanted.about or "", wanted.who or "", wanted.story)

    def ask(library: Library, page: Page) -> Placed:
        place = page.after[0] if page.after else None
        at = place if isinstance(place, int) else None
        if page.latest:
            found = marks.find(library, chosen, page.most, at)
        else:
            found = marks.after(library, at or 0, page.most, chosen)
        gone = marks.undone(library)
        return [((mark.id,), marks.as_json(mark, stands=mark.key not in gone)) for mark in found]

    return collections.answer(request, "marks", wanted, ask)


@router.get("/marks/{key}", response_model=Mark, responses=answers.declared(404, 422), summary="One mark")
def one(request: Request, key: Key) -> Response:
    with shown.desk(request).library() as library:
        return answers.of_json(request, _shown(library, marks.of(library, key)))


def _body(kind: type[BaseModel]) -> dict[str, Any]:
    schema = {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}
    return {"requestBody": {"required": True, "content": {answers.JSON: schema}}}


@router.post(
    "/marks", status_code=HTTPStatus.CREATED, response_model=Mark, openapi_extra=_body(GivenMark), responses=_REFUSED,
    summary="Make a mark",
)  # fmt: skip
async def make(request: Request) -> Response:
    """Put a mark beside something of a story's report, which stays as it is."""
    given = await _given(request, GivenMark)
    return await _fitting(lambda: _recorded(shown.desk(request), given))


@router.post(
    "/marks/{key}/undo", status_code=HTTPStatus.CREATED, response_model=Mark, openapi_extra=_body(Signed),
    responses=_REFUSED, summary="Undo a mark",
)  # fmt: skip
async def undo(request: Request, key: Key) -> Response:
    """Undo a mark, or an undoing. That is a mark too, and the answer."""
    given = await _given(request, Signed)

    def undone() -> Response:
        with shown.desk(request).library() as library:
            return _created(library, marking.undo(library, key, given.who, given.value))

    return await _fitting(undone)


async def _fitting(make: Callable[[], Response]) -> Response:
    """409 for what is well formed and does not fit what there is: no such claim, joined or undone already."""
    try:
        return await anyio.to_thread.run_sync(make)
    except BadMark as problem:
        raise HTTPException(HTTPStatus.CONFLICT, f"{problem.wrong[:1].upper()}{problem.wrong[1:]}.") from None


def _recorded(desk: Desk, given: GivenMark) -> Response:
    with desk.library() as library:
        listing.check(library, given.story)
    desk.reports.wait(given.story, _PATIENCE)
    with desk.library() as library:
        report = reporting.of_story(library, given.story, desk.made)
        targets = _targets(library, report, given)
        if given.called is not None and given.called != targets[0].text:
            raise BadMark("", f"the story has changed, and the {given.about} is “{targets[0].text}” by now")
        mark = Unwritten(given.who, given.action, targets, given.value, given.story)
        return _created(library, marking.record(library, mark))


def _targets(library: Library, report: Report, given: GivenMark) -> tuple[Target, ...]:
    first = _target(library, report, given, given.story if given.about == "story" else given.number)
    if given.action == "join":
        if given.other is None:
            raise BadMark("", f"what the {given.about} is joined with is not said: other")
        return first, _target(library, report, given, given.other)
    if given.action == "part":
        return first, subjects.some(first, given.some or ())
    return (first,)


def _target(library: Library, report: Report, given: GivenMark, number: int | None) -> Target:
    if given.about == "outlet":
        return subjects.outlet(report, given.name or "")
    if given.about == "passage":
        return subjects.passage(report, given.article or "", Span(*(given.span or (0, 0))))
    if number is None:
        raise BadMark("", f"which {given.about} is not said: number")
    if given.about == "story":
        return subjects.story(library, number)
    find = {"claim": subjects.claim, "conflict": subjects.conflict, "speaker": subjects.speaker}[given.about]
    return find(report, number)


def _shown(library: Library, mark: marks.Mark) -> dict[str, Any]:
    return marks.as_json(mark, stands=mark.key not in marks.undone(library))


def _created(library: Library, mark: marks.Mark) -> Response:
    headers = {"Location": f"/api/v1/marks/{mark.key}", "Cache-Control": "no-store"}
    return JSONResponse(_shown(library, mark), HTTPStatus.CREATED, headers)


async def _given(request: Request, kind: type[Given]) -> Given:
    raw, _ = await bodies.read(request, (answers.JSON,), MOST_BYTES)
    try:
        return kind.model_validate_json(raw, strict=True)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "json_invalid":
            raise HTTPException(HTTPStatus.BAD_REQUEST, first["msg"]) from None
        where = ".".join(str(part) for part in first["loc"] if part in kind.model_fields)
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"{where or 'a mark'}: {first['msg']}") from None
