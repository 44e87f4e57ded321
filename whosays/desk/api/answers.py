"""Answers: JSON or lines of it, with a validator, and what is declared of them in the OpenAPI document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from whosays.desk import faults
from whosays.desk.api import wire
from whosays.desk.api.resources import Problem

JSON: Final = "application/json"
LINES: Final = "application/x-ndjson"
# Kept by whoever asked, and asked about again each time: a library is private, and changes.
_CACHED: Final = {"Cache-Control": "private, no-cache"}
_STRING: Final = {"schema": {"type": "string"}}

Declared = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Declared:
    """Problem documents for statuses, in the form that FastAPI declares them."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {faults.PROBLEM: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}},
        }
        for status in statuses
    }


def declared(*statuses: int, more: Sequence[str] = ()) -> Declared:
    """What an answer to GET may be besides JSON: in ``more`` media types, unchanged, or a problem.

    Any may want a token or find the library busy; ``statuses`` are its own problems.
    """
    usual: Declared = {HTTPStatus.NOT_MODIFIED: {"description": "Not changed since the ETag that was sent"}}
    if more:
        usual[HTTPStatus.OK] = {"content": dict.fromkeys(more, _STRING)}
    return usual | problems(HTTPStatus.UNAUTHORIZED, *statuses, HTTPStatus.SERVICE_UNAVAILABLE)


def of_json(request: Request, made: object, *, next_page: str | None = None) -> Response:
    """``made`` as JSON, or the news that it has not changed."""
    body = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Vary": "Accept"} | ({"Link": f'<{next_page}>; rel="next"'} if next_page else {})
    return of_bytes(request, body, JSON, digest(body), headers)


def of_bytes(
    request: Request, body: bytes, media_type: str, validator: str, headers: dict[str, str] | None = None
) -> Response:
    headers = _CACHED | {"ETag": etag(validator)} | (headers or {})
    if unchanged(request, validator):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def of_lines(request: Request, rows: Iterator[object]) -> Response:
    """Each row as a line of JSON, made as they are taken."""
    headers = _CACHED | {"Vary": "Accept"}
    if wire.is_head(request):
        return Response(media_type=LINES, headers=headers)
    return StreamingResponse(_lines(rows), media_type=LINES, headers=headers)


def _lines(rows: Iterator[object], size: int = 65_536) -> Iterator[bytes]:
    """Lines in pieces of about ``size`` bytes: each piece costs the server a change of threads."""
    piece = bytearray()
    for row in rows:
        piece += json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        if len(piece) >= size:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]


def etag(validator: str) -> str:
    """Weak, since the same may be sent packed or not."""
    return f'W/"{validator}"'


def unchanged(request: Request, validator: str) -> bool:
    """Whether the asker has what ``validator`` stands for (If-None-Match, compared weakly)."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return given.strip() == "*" or f'"{validator}"' in tags


def preferred(request: Request, offered: Sequence[str]) -> str:
    """The media type that the asker likes best, the first of equals; the first of all where none is liked."""
    wishes = [_wish(part) for part in request.headers.get("accept", "*/*").split(",")]

    def liking(media_type: str) -> float:
        plain = media_type.split(";")[0]  # of its parameters nobody is asked
        for pattern in (plain, f"{plain.split('/')[0]}/*", "*/*"):
            found = [quality for wanted, quality in wishes if wanted == pattern]
            if found:
                return max(found)
        return 0.0

    return max(offered, key=liking)


def _wish(part: str) -> tuple[str, float]:
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return media_type, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return media_type, 0.0
    return media_type, 1.0
