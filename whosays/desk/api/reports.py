"""Reports: on a story of the library, or on articles that come in and are not kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any, Final, TypeVar

import anyio
import anyio.to_thread
from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

import whosays
from whosays.desk import shown
from whosays.desk.api import answers, bodies
from whosays.desk.api.documents import Report as ReportDocument
from whosays.desk.api.stories import StoryId
from whosays.desk.desk import Desk
from whosays.errors import InputError, MissingExtra
from whosays.library import listing, marked, marks, reporting
from whosays.report import document, formats, making
from whosays.report.formats import Format
from whosays.report.report import Report
from whosays.settings import Settings
from whosays.text import reading

router = APIRouter(tags=["reports"])
Form = Annotated[str, Path(json_schema_extra={"enum": [*formats.BY_NAME]})]
FORMS: Final = (answers.JSON, *bodies.LINES)
# About forty seconds of reading on one core; more belongs into a library, which reads each article once.
MOST_BYTES: Final = 2_000_000
MOST_ARTICLES: Final = 50
_AT_ONCE: Final = anyio.CapacityLimiter(2)  # reports being made: each takes a core
_PATIENCE: Final = 120.0  # seconds until a report is made here after all, should its maker be at others
_MOST_WAITING: Final = 16  # for their turn
# By media type, the document first: what is given where nobody says what is wanted. A zip archive or a second kind of
# JSON Lines has to be asked for by its name.
_BY_MEDIA_TYPE: Final[dict[str, Format]] = {
    one.media_type: one
    for one in (formats.BY_NAME["json"], *formats.BY_NAME.values())
    if one.media_type not in ("application/zip", answers.LINES)
}
_CONTENT: Final = {
    one.media_type: {"schema": {} if "json" in one.media_type else {"type": "string", "format": "binary"}}
    for one in formats.BY_NAME.values() if one.media_type != answers.JSON
}  # fmt: skip
_DOCUMENT: Final[answers.Declared] = {
    HTTPStatus.OK: {"description": "The report", "content": _CONTENT},
    **answers.problems(501),
}
Made = TypeVar("Made")


class Reporting(BaseModel):
    model_config = ConfigDict(extra="forbid")

    statements_only: bool = False


@router.get(
    "/stories/{id}/report", response_model=ReportDocument, responses=answers.declared(404, 422) | _DOCUMENT,
    summary="Its report",
)  # fmt: skip
async def of_story(request: Request, id: StoryId) -> Response:  # noqa: A002
    """The report on a story as it stands, in the form that the Accept header names; the report document without one.

    It is made when it is first asked for, and kept until the story changes.
    """
    return await _of_story(request, id, _wanted(request))


@router.get(
    "/stories/{id}/report.{form}", response_class=Response,
    responses=answers.declared(404, 422)
    | _DOCUMENT
    | {HTTPStatus.OK: {"content": _CONTENT | {answers.JSON: {"schema": {"$ref": "#/components/schemas/Report"}}}}},
    summary="Its report in one form",
)  # fmt: skip
async def in_form(request: Request, id: StoryId, form: Form) -> Response:  # noqa: A002
    """The same by the name of the form, as a file to be saved."""
    if form not in formats.BY_NAME:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"A report comes as: {', '.join(formats.BY_NAME)}.")
    # a page of the report holds its own styles and scripts, which this server's policy lets no browser run
    saved = f'attachment; filename="story-{id}{formats.BY_NAME[form].ending}"'
    return await _of_story(request, id, formats.BY_NAME[form], {"Content-Disposition": saved})


@router.post(
    "/report", response_model=ReportDocument, openapi_extra=bodies.declared(FORMS, MOST_ARTICLES),
    responses=answers.problems(400, 401, 403, 413, 415, 422, 429, 503) | _DOCUMENT,
    summary="Report on articles, and keep nothing",
)  # fmt: skip
async def report(request: Request, wanted: Annotated[Reporting, Query()]) -> Response:
    """The report on articles as one story. Nothing of them is kept.

    What cannot be read is left out, and `notes` say so.
    """
    raw, written = await bodies.read(request, FORMS, MOST_BYTES)
    bodies.check(raw, written, MOST_ARTICLES)
    form, settings = _wanted(request), shown.desk(request).settings

    def make() -> bytes:
        return _written(form, _of_articles(raw, written, wanted.statements_only, settings))

    body = await _in_turn(make)
    return Response(body, media_type=form.media_type, headers={"Cache-Control": "no-store", "Vary": "Accept"})


async def _of_story(
    request: Request, story: int, form: Format, more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    desk = shown.desk(request)
    validator = await anyio.to_thread.run_sync(_validator, desk, story, form)
    headers = {"Vary": "Accept", **more}
    if answers.unchanged(request, validator):
        return answers.of_bytes(request, b"", form.media_type, validator, headers)

    def make() -> bytes:
        # whoever asks for it at the same time, here or for its page, waits for the same making
        desk.reports.wait(story, _PATIENCE)
        with desk.library() as library:
            report = reporting.of_story(library, story, desk.made)
            if form.name == "json":
                beside = marked.as_json(library, report, story)
                return document.write(report, marks=beside).encode("utf-8", "backslashreplace")
            return _written(form, report)

    return answers.of_bytes(request, await _in_turn(make), form.media_type, validator, headers)


def _validator(desk: Desk, story: int, form: Format) -> str:
    """What tells one state of a report from another before it is made."""
    with desk.library() as library:
        listing.check(library, story)
        row = library.one("SELECT version FROM stories WHERE id = ?", (story,))
        marked_at = marks.latest(library) if form.name == "json" else 0
    return answers.digest(f"{row} {marked_at} {story} {desk.made.model} {desk.made.program} {form.name}".encode())


def _of_articles(raw: bytes, written: str, statements_only: bool, settings: Settings) -> Report:
    read = reading.read_bytes(raw, where="article", media_type=written, settings=settings)
    if len(read.articles) > MOST_ARTICLES:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, f"There are more than {MOST_ARTICLES} articles.")
    notes = tuple(f"Left out: {p.place}: {p.wrong}." for p in read.problems if isinstance(p, InputError))
    if not read.articles:
        from whosays.language import model

        return Report((), (), (), None, whosays.__version__, model.load().name, notes)
    made = making.report(read.articles, whosays.__version__, statements_only)
    return dataclasses.replace(made, notes=(*made.notes, *notes))


def _written(form: Format, made: Report) -> bytes:
    try:
        return form.write(made)
    except MissingExtra as missing:
        raise HTTPException(HTTPStatus.NOT_IMPLEMENTED, str(missing)) from None


def _wanted(request: Request) -> Format:
    return _BY_MEDIA_TYPE[answers.preferred(request, tuple(_BY_MEDIA_TYPE))]


async def _in_turn(make: Callable[[], Made]) -> Made:
    """Two reports at a time, on threads that no other request waits for; 503 where too many wait for their turn."""
    if _AT_ONCE.statistics().tasks_waiting >= _MOST_WAITING:
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "Too many reports are being made.", {"Retry-After": "10"})
    made: Any = await anyio.to_thread.run_sync(make, limiter=_AT_ONCE)
    return made  # type: ignore[no-any-return]
