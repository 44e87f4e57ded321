"""The stories of the library, the latest first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import shown
from whosays.library import listing

router = APIRouter()


@router.get("/")
def stories(request: Request, about: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = listing.stories(library, about=about or None)
    return shown.page(request, "stories.html", stories=found, about=about)
