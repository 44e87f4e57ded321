"""Articles: those that the library has, and those that come in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final

import anyio.to_thread
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.desk.api import answers, bodies, collections, jobs, wire
from whosays.desk.api.documents import Unset
from whosays.desk.api.resources import Articles, Statements, Versions, WholeArticle, WholeJob
from whosays.desk.api.wanted import ArticlesWanted, Wanted
from whosays.library import bulk, versions
from whosays.library.adding import Delivery
from whosays.library.bulk import Chosen, Json

router = APIRouter(tags=["articles"])
FORMS: Final = (answers.JSON, *bodies.LINES, *bodies.PAGES)
# As much as an article in JSON may take in every form that is read, and a hundred ordinary pages.
MOST_BYTES: Final = 16_000_000
MOST_WAITING: Final = 500  # jobs; a body of each is in memory


class Adding(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str | Unset,
        Field(min_length=1, max_length=200, description="What messages call the body, such as the name of its file."),
    ] = None
    wait: jobs.Seconds = 0


@router.get(
    "/articles", response_model=Articles, responses=answers.declared(422, more=[answers.LINES]),
    summary="Articles as they stand now",
)  # fmt: skip
def articles(request: Request, wanted: Annotated[ArticlesWanted, Query()]) -> Response:
    """Pages of articles; with `Accept: application/x-ndjson` all of them, one a line."""
    return collections.answer(
        request, "articles", wanted,
        lambda library, page: bulk.articles(library, wanted.chosen, page, with_text=wanted.text), shown_as,
    )  # fmt: skip


@router.post(
    "/articles", status_code=HTTPStatus.ACCEPTED, response_model=WholeJob, openapi_extra=bodies.declared(FORMS),
    responses={
        HTTPStatus.OK: {"model": WholeJob, "description": "Done; there was nothing new"},
        HTTPStatus.CREATED: {"model": WholeJob, "description": "Done; some are new or have changed"},
        **answers.problems(400, 401, 403, 413, 415, 422, 429, 503),
    },
    summary="Add articles",
)  # fmt: skip
async def add(request: Request, wanted: Annotated[Adding, Query()]) -> Response:
    """Add an article or several, as JSON or JSON Lines, or a page, a feed or an archive as it is.

    The answer is a job, and where it stands after `wait` seconds. What the library has already is known, and not
    added again, however often it is sent. What cannot be read is among the job's events, as `refused`.
    """
    raw, written = await bodies.read(request, FORMS, MOST_BYTES)
    await anyio.to_thread.run_sync(bodies.check, raw, written)
    intake = shown.desk(request).intake
    if sum(job.state == "waiting" for job in intake.jobs()) >= MOST_WAITING:
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, "Too much is waiting to be added.", {"Retry-After": "10"})
    job = intake.take([Delivery(wanted.name or "article", raw, written)])
    made = await jobs.after(job, wanted.wait)
    status = HTTPStatus.ACCEPTED
    if made["state"] == "done":
        fresh = made["counts"]["new"] + made["counts"]["changed"]
        status = HTTPStatus.CREATED if fresh else HTTPStatus.OK
    return JSONResponse(made, status, {"Location": made["href"], "Cache-Control": "no-store"})


@router.get("/articles/{key}", response_model=WholeArticle, responses=answers.declared(404, 422), summary="One article")
def article(request: Request, key: wire.ArticleKey) -> Response:
    """An article as it stands now, with its text and the dates and places that it names."""
    with shown.desk(request).library() as library:
        found = bulk.article(library, key)
    return answers.of_json(request, shown_as(found))


@router.get(
    "/articles/{key}/text", response_class=Response, summary="Its text",
    responses={HTTPStatus.OK: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
    | answers.declared(404, 422),
)  # fmt: skip
def text(request: Request, key: wire.ArticleKey) -> Response:
    """The text that all offsets count, in UTF-8; its SHA-256 is the article's `text_sha256`."""
    with shown.desk(request).library() as library:
        found = bulk.article(library, key)
    body = found["text"].encode()
    return answers.of_bytes(request, body, "text/plain; charset=utf-8", found["text_sha256"])


@router.get(
    "/articles/{key}/statements", response_model=Statements,
    responses=answers.declared(404, 422, more=[answers.LINES]), summary="Its statements",
)  # fmt: skip
def statements(request: Request, key: wire.ArticleKey, wanted: Annotated[Wanted, Query()]) -> Response:
    """What the article attributes to somebody, in the order of its text."""
    with shown.desk(request).library() as library:
        bulk.article(library, key)
    chosen = Chosen(article=key)
    return collections.answer(
        request, "statements", wanted, lambda library, page: bulk.statements(library, chosen, page), shape=(int, int)
    )


@router.get(
    "/articles/{key}/versions", response_model=Versions, responses=answers.declared(404, 422), summary="Its versions"
)
def all_versions(request: Request, key: wire.ArticleKey) -> Response:
    """The article each time that it was read with other words than before, the oldest first."""
    with shown.desk(request).library() as library:
        found = versions.of(library, key)
    names = ("number", "added", "title", "published", "text", "place")
    return answers.of_json(request, {"versions": [{name: getattr(one, name) for name in names} for one in found]})


def shown_as(row: Json) -> Json:
    made: dict[str, Any] = {"href": f"/api/v1/articles/{wire.segment(row['id'])}", **row}
    return made
