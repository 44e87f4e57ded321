"""What is settled about a request to the interface before it is known which part of it answers."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Final
from urllib.parse import quote, unquote

from fastapi import Path, Request
from pydantic import AfterValidator
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INTERFACE: Final = "/api/"
_HEAD: Final = "whosays.head"
# For a slash within an id, which servers decode before they look for a path; no id holds a separator of units, since
# ids are kept with plain spaces.
_SLASH: Final = "\x1f"

ArticleKey = Annotated[
    str,
    Path(description="The article's id, percent-encoded, slashes too.", min_length=1, max_length=400),
    AfterValidator(lambda given: given.replace(_SLASH, "/")),
]


class Wire:
    """Around the application: HEAD as GET without a body, encoded slashes as parts of an id, all methods in Allow."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_INTERFACE):
            await self.app(scope, receive, send)
            return
        raw: bytes = scope.get("raw_path") or b""
        if b"%2f" in raw.lower():
            parts = raw.decode("ascii", "replace").split("/")
            scope = {**scope, "path": "/".join(unquote(part).replace("/", _SLASH) for part in parts)}
        send = _with_methods(scope, send)
        if scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET", _HEAD: True}, receive, _headers_of(send))
            return
        await self.app(scope, receive, send)


def is_head(request: Request) -> bool:
    """Whether only the headers were asked for."""
    return bool(request.scope.get(_HEAD))


def segment(id_: str) -> str:
    """An id as one part of a path."""
    return quote(id_, safe="")


def _with_methods(scope: Scope, send: Send) -> Send:
    """The router names the methods of the first route that stands at a path; a client wants those of all."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == HTTPStatus.METHOD_NOT_ALLOWED:
            MutableHeaders(scope=message)["Allow"] = ", ".join(_methods(scope))
        await send(message)

    return sending


def _methods(scope: Scope) -> list[str]:
    described: dict[str, dict[str, Any]] = scope["app"].openapi()["paths"]
    found = {
        method.upper()
        for path, methods in described.items() if compile_path(path)[0].match(scope["path"])
        for method in methods
    }  # fmt: skip
    return sorted(found | {"HEAD"} if "GET" in found else found)


def _headers_of(send: Send) -> Send:
    done = False

    async def sending(message: Message) -> None:
        nonlocal done
        if message["type"] == "http.response.start":
            await send(message)
        elif not done:
            done = True
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return sending
