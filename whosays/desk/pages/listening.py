"""Word of what changes while a page is open, as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from whosays.desk import faults, shown
from whosays.desk.desk import Desk
from whosays.desk.live import Live
from whosays.library import looks
from whosays.report import phrases

router = APIRouter()
_MOST: Final = 500  # pages that listen


@router.get("/live")
async def live(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**62)],
    story: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """``changed`` events with what a reader is told, once a story, or any, has changed ``after`` a place in the log."""
    listened: Live = request.app.state.live
    if listened.listeners >= _MOST:
        return faults.answer(request, 503, "Too many pages are open.", {"Retry-After": "60"})
    return StreamingResponse(
        _events(shown.desk(request), listened, after, story),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(desk: Desk, listened: Live, after: int, story: int | None) -> AsyncIterator[str]:
    listened.listeners += 1
    told = ""
    try:
        yield "retry: 5000\n\n"
        while not listened.closed:
            turn = listened.turn
            said = await run_in_threadpool(_said, desk, after, story)
            yield f"event: changed\ndata: {said}\n\n" if said != told else ": quiet\n\n"
            told = said
            await listened.change(turn)
    finally:
        listened.listeners -= 1


def _said(desk: Desk, after: int, story: int | None) -> str:
    """What has changed, on one line; "" where nothing has."""
    with desk.library() as library:
        if story is None:
            count = len(looks.changed(library, after))
            return f"{phrases.counted(count, 'story', 'stories')} new or changed" if count else ""
        row = library.one("SELECT merged_into FROM stories WHERE id = ?", (story,))
        if row and row[0] is not None:
            return "The story has become part of another"
        came = looks.came(library, story, after)
        new = sum(one.what == "new" for one in came)
        parts = [phrases.counted(new, "new article")] if new else []
        parts += [phrases.counted(len(came) - new, "changed article")] if len(came) > new else []
        return ", ".join(parts)
