"""The application: what stands at which path, what guards it, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

import whosays
from whosays.desk import faults, safety
from whosays.desk.access import Access
from whosays.desk.api import routes, wire
from whosays.desk.desk import Desk
from whosays.desk.limits import Buckets
from whosays.desk.live import Live
from whosays.desk.pages import (
    add,
    listening,
    login,
    marking,
    marks,
    outlets,
    places,
    reference,
    search,
    speakers,
    stories,
    story,
)
from whosays.report.page import page

STATIC: Final = Path(__file__).parent / "static"
# Requests at work at a time, each with a connection of its own; on two cores more would only wait for each other.
AT_ONCE: Final = 8
_PAGES: Final = (
    stories.router, story.router, search.router, speakers.router, outlets.router, places.router, add.router,
    marks.router, marking.router, listening.router, login.router, reference.router,
)  # fmt: skip


def make(desk: Desk, access: Access | None = None) -> FastAPI:
    """The application that serves ``desk``, to this machine alone unless ``access`` says otherwise."""
    access = access or Access()

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
        async with app.state.live.looking():
            yield
        desk.close()

    app = FastAPI(
        title="whosays",
        version=whosays.__version__,
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.desk, app.state.access, app.state.live = desk, access, Live(desk.path)
    faults.put_in_words(app)
    for router in _PAGES:
        app.include_router(router, include_in_schema=False)
    routes.add(app)
    app.mount("/static/report", StaticFiles(directory=page.STATIC))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(wire.Wire)
    app.state.tries = Buckets(*safety.TRIES)
    app.add_middleware(safety.Safety, access=access, tries=app.state.tries)
    return app
