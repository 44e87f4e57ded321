"""Templates -> pages."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse

import whosays
from whosays.desk.desk import Desk
from whosays.report.page import page as report_page

TEMPLATES: Final = Path(__file__).parent / "templates"


def desk(request: Request) -> Desk:
    """What the application serves."""
    found: Desk = request.app.state.desk
    return found


def page(
    request: Request,
    template: str,
    *,
    status: int = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
    **shown: object,
) -> HTMLResponse:
    """A page, or with ``_`` before the template's name a part of one that htmx puts in its place."""
    environment = report_page.environment(TEMPLATES)
    text = environment.get_template(template).render(
        path=request.url.path, version=whosays.__version__, status=status, **shown
    )
    return HTMLResponse(text, status, headers)
