"""The page on which somebody from elsewhere gives the token."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from whosays.desk import access, shown
from whosays.desk.access import Access
from whosays.desk.limits import Buckets

router = APIRouter()
_MONTH = 30 * 24 * 3600


@router.get("/login")
def ask(request: Request, to: str = "/") -> Response:
    return shown.page(request, "login.html", to=_local(to), problem="")


@router.post("/login")
def enter(request: Request, token: Annotated[str, Form(max_length=500)], to: Annotated[str, Form()] = "/") -> Response:
    """Let in whoever has the token, for a month."""
    allowed: Access = request.app.state.access
    tries: Buckets = request.app.state.tries
    if wait := tries.take(request.state.asker):
        said = f"Too many tries. Wait {int(wait) + 1} seconds."
        headers = {"Retry-After": str(int(wait) + 1)}
        status = HTTPStatus.TOO_MANY_REQUESTS
        return shown.page(request, "login.html", to=_local(to), problem=said, status=status, headers=headers)
    if not access.fits(allowed, token.strip()):
        said = "That is not the token."
        return shown.page(request, "login.html", to=_local(to), problem=said, status=HTTPStatus.UNAUTHORIZED)
    response = RedirectResponse(_local(to), HTTPStatus.SEE_OTHER)
    response.set_cookie(
        access.COOKIE, token.strip(), max_age=_MONTH, httponly=True, samesite="lax", secure=allowed.proxied
    )
    return response


@router.post("/logout")
def leave(request: Request) -> Response:
    response = RedirectResponse("/login", HTTPStatus.SEE_OTHER)
    response.delete_cookie(access.COOKIE)
    return response


def _local(to: str) -> str:
    """A path of the desk; anything else is its first page."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else "/"
