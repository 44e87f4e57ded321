"""What keeps a served library to its owner: article texts are hostile, and so are other pages in the same browser."""

from __future__ import annotations

import logging
import math
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whosays.desk import access, faults
from whosays.desk.access import Access
from whosays.desk.limits import Buckets

# Nothing is loaded from elsewhere, no script runs but ours, and no other page frames ours or is told where one went.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Bytes of a request. A day's export of an agency has some tens of millions; what is larger is added with `whosays add`.
LARGEST: Final = 64_000_000
TRIES: Final = (10, 1 / 6)  # wrong tokens at once, and in a second
_WRITES: Final = (200, 20)  # a program that hands in articles one by one is faster than the model that reads them
_log: Final = logging.getLogger("uvicorn.error")
_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_OPEN: Final = ("/login", "/static/")
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Safety:
    """Around the whole application."""

    def __init__(self, app: ASGIApp, access: Access, tries: Buckets) -> None:
        self.app, self.access, self.tries = app, access, tries
        self.writes = Buckets(*_WRITES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        request = Request(scope)
        scope["state"] = {**scope.get("state", {}), "asker": _asker(scope, request.headers, self.access)}
        if (refused := self._refused(request)) is not None:
            await refused(scope, receive, sending)
            return
        await _Bounded(self.app, scope, receive, sending).run()

    def _refused(self, request: Request) -> Response | None:
        """Why a request is not let in, as an answer; None for one that is."""
        headers, asker = request.headers, request.state.asker
        if self.access.hosts is not None and _host(headers.get("host", "")) not in self.access.hosts:
            # a page elsewhere whose name was made to lead to this machine
            return faults.answer(request, HTTPStatus.MISDIRECTED_REQUEST, "The desk is not known by this name.")
        if self.access.token is None and any(name in headers for name in _FORWARDED):
            said = "A proxy asks for somebody else. Start the desk with --name and the name that it has there."
            return faults.answer(request, HTTPStatus.FORBIDDEN, said)
        if request.method not in _SAFE:
            if not _same_site(headers):
                return faults.answer(request, HTTPStatus.FORBIDDEN, "The request comes from a page of another site.")
            if wait := self.writes.take(asker):
                return _too_often(request, wait)
            if headers.get("content-length", "0").isdecimal() and int(headers.get("content-length", "0")) > LARGEST:
                return too_large(request)
        if self.access.token is not None and not request.scope["path"].startswith(_OPEN):
            return self._unknown(request, self.access)
        return None

    def _unknown(self, request: Request, allowed: Access) -> Response | None:
        """What somebody without the token is told; None for somebody who has it."""
        given = token_of(request)
        if given is not None:
            if access.fits(allowed, given):
                return None
            if wait := self.tries.take(request.state.asker):
                return _too_often(request, wait)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?to={quote(here, safe='')}", HTTPStatus.SEE_OTHER)
        bearer = {"WWW-Authenticate": 'Bearer realm="whosays"'}
        return faults.answer(request, HTTPStatus.UNAUTHORIZED, "The token is missing, or it is another one.", bearer)


class _Bounded:
    """A request whose body ends at its limit, whatever it said of its length."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self.app, self.scope, self.receive, self.send = app, scope, receive, send
        self.taken, self.begun, self.over = 0, False, False

    async def run(self) -> None:
        try:
            await self.app(self.scope, self._receiving, self._sending)
        except Exception:
            if not self.over:
                # ours: whoever asked is told no more than that, whoever serves sees it all
                _log.exception("%s %s", self.scope["method"], self.scope["path"])
                if self.begun:
                    raise
                await self._say(HTTPStatus.INTERNAL_SERVER_ERROR, "It is our fault. The terminal says more.")
        if self.over and not self.begun:
            await too_large(Request(self.scope))(self.scope, self.receive, self.send)

    async def _say(self, status: int, said: str) -> None:
        await faults.answer(Request(self.scope), status, said)(self.scope, self.receive, self.send)

    async def _receiving(self) -> Message:
        if self.over:
            return {"type": "http.disconnect"}
        message = await self.receive()
        self.taken += len(message.get("body", b""))
        if self.taken > LARGEST:
            self.over = True
            return {"type": "http.disconnect"}
        return message

    async def _sending(self, message: Message) -> None:
        if self.over and not self.begun:
            return
        self.begun = True
        await self.send(message)


def too_large(request: Request) -> Response:
    said = f"More than {LARGEST // 1_000_000} MB at once. Give it in parts, or use `whosays add`."
    return faults.answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said, {"Connection": "close"})


def token_of(request: Request) -> str | None:
    """The token that a request brings: a program in its Authorization header, a browser in a cookie."""
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and given.strip():
        return given.strip()
    try:
        found = SimpleCookie(request.headers.get("cookie", "")).get(access.COOKIE)
    except CookieError:
        return None
    return found.value if found else None


def _too_often(request: Request, wait: float) -> Response:
    seconds = math.ceil(wait)
    said = f"Too often. Try again in {seconds} second{'s' * (seconds != 1)}."
    return faults.answer(request, HTTPStatus.TOO_MANY_REQUESTS, said, {"Retry-After": str(seconds)})


def _asker(scope: Scope, headers: Headers, allowed: Access) -> str:
    """Who asks, by address; behind a proxy, as it says last, what it has seen itself; "" where it says none."""
    if allowed.proxied:
        # some proxies write a line of their own below the one that the asker sent
        return (headers.getlist("x-forwarded-for") or [""])[-1].rpartition(",")[2].strip()
    client = scope.get("client")
    return client[0] if client else ""


def _host(named: str) -> str:
    """A Host header without its port; "" for one that is more than a name."""
    if set(named) & set("/?#@\\"):
        return ""
    try:
        return (urlsplit(f"//{named}").hostname or "").lower()
    except ValueError:
        return ""


def _same_site(headers: Headers) -> bool:
    """Whether a page of ours, or no page at all, sends it. Browsers say so, and no page can make them lie."""
    if (site := headers.get("sec-fetch-site")) is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
