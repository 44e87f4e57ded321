"""The application: what stands at which path, what guards it, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import anyio.to_thread
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

import whosays
from whosays.desk import faults, safety
from whosays.desk.desk import Desk
from whosays.desk.pages import outlets, places, search, speakers, stories
from whosays.report.page import page

STATIC: Final = Path(__file__).parent / "static"
# Requests at work at a time, each with a connection of its own; on two cores more would only wait for each other.
AT_ONCE: Final = 8
_PAGES: Final = (stories.router, search.router, speakers.router, outlets.router, places.router)


def make(desk: Desk) -> FastAPI:
    """The application that serves ``desk``."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
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
    app.state.desk = desk
    faults.put_in_words(app)
    for router in _PAGES:
        app.include_router(router, include_in_schema=False)
    app.mount("/static/report", StaticFiles(directory=page.STATIC))
    app.mount("/static", StaticFiles(directory=STATIC))
    app.add_middleware(safety.Safety)
    return app
