"""Word of what changes while a page is open, as server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from whosays.desk import faults, shown
from whosays.desk.desk import Desk
from whosays.desk.live import Live
from whosays.library import looks
from whosays.report import phrases

router = APIRouter()


@router.get("/live")
async def live(
    request: Request,
    after: Annotated[int, Query(ge=0, le=2**62)],
    story: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    """``changed`` events with what a reader is told, once a story, or any, has changed ``after`` a place in the log."""
    return _Line(_events(shown.desk(request), request.app.state.live, after, story))


class _Line(StreamingResponse):
    """Is counted from the moment it is let in until its reader is gone, also one that never takes a word of it."""

    def __init__(self, events: AsyncIterator[str]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(events, media_type="text/event-stream", headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        listened: Live = request.app.state.live
        asker = request.state.asker
        if said := listened.refused(asker):
            refused = faults.answer(request, HTTPStatus.TOO_MANY_REQUESTS, said, {"Retry-After": "60"})
            await refused(scope, receive, send)
            return
        with listened.line(asker):
            await super().__call__(scope, receive, send)


async def _events(desk: Desk, listened: Live, after: int, story: int | None) -> AsyncIterator[str]:
    told = ""
    yield "retry: 5000\n\n"
    while not listened.closed:
        turn = listened.turn
        said = await run_in_threadpool(_said, desk, after, story)
        yield f"event: changed\ndata: {said}\n\n" if said != told else ": quiet\n\n"
        told = said
        await listened.change(turn)


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
