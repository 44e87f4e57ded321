"""What a reader is told when something is wrong: a page, or under ``/api`` a problem document (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.desk.errors import TooMuchWaiting
from whosays.errors import InputError, UsageError, WhosaysError
from whosays.library.errors import LockedLibrary, UnknownArticle, UnknownMark, UnknownName, UnknownStory

PROBLEM: Final = "application/problem+json"


def put_in_words(app: FastAPI) -> None:
    """Have every error of the application answered in the form that the asker reads."""

    @app.exception_handler(WhosaysError)
    def ours(request: Request, error: WhosaysError) -> Response:
        return answer(request, status_of(error), str(error))

    @app.exception_handler(HTTPException)
    def of_http(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        # a parameter that may be absent is also "no None", which nobody can send
        told = [one for one in error.errors() if one["type"] != "none_required"]
        wrong = "; ".join(f"{'.'.join(map(str, one['loc'][:2]))}: {one['msg']}" for one in told)
        return answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, wrong)


def status_of(error: WhosaysError) -> int:
    """The HTTP status that says what kind of error it is."""
    if isinstance(error, UnknownStory | UnknownArticle | UnknownName | UnknownMark):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, InputError | UsageError):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    busy = isinstance(error, LockedLibrary | TooMuchWaiting)
    return HTTPStatus.SERVICE_UNAVAILABLE if busy else HTTPStatus.INTERNAL_SERVER_ERROR


def answer(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """The error as whoever asks can read it."""
    title = HTTPStatus(status).phrase
    if request.scope["path"].startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": int(status), "detail": detail}
        return JSONResponse(problem, status, headers, media_type=PROBLEM)
    made = shown.page(request, "fault.html", status=status, title=title, detail=detail)
    made.headers.update(headers or {})
    return made
