"""The log of marks: everybody's, the latest first; undoing; and the log as a file."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from whosays.desk import shown
from whosays.desk.desk import Desk
from whosays.desk.pages import marking as signing
from whosays.library import marking, marks, saying
from whosays.library.marks import Mark, Wanted

router = APIRouter()
_PAGE: Final = 100
_CHUNK: Final = 500  # marks that are asked for at once for a file
_TYPES: Final = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8"}
Short = Annotated[str, Query(max_length=200)]


@router.get("/marks")
def marks_page(
    request: Request,
    action: Short = "",
    about: Short = "",
    who: Short = "",
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> Response:
    with shown.desk(request).library() as library:
        found = marks.find(library, Wanted(action, about, who), _PAGE + 1, before)
        undone, signers = marks.undone(library), marks.signers(library)
    return shown.page(
        request, "marks.html", found=found[:_PAGE], undone=undone, signers=signers, say=saying,
        wanted=Wanted(action, about, who), actions=marks.ACTIONS, kinds=marks.KINDS,
        older=found[_PAGE - 1].id if len(found) > _PAGE else None, headers={"Cache-Control": "private, no-cache"},
    )  # fmt: skip


@router.get("/marks.{form}")
def export(request: Request, form: Literal["jsonl", "csv"]) -> Response:
    """The whole log, the oldest first."""
    desk = shown.desk(request)

    with desk.library() as library:
        gone = marks.undone(library)

    def pieces() -> Iterator[str]:
        # many lines at once: each piece costs the server a change of threads
        made = saying.lines(_every(desk), gone, form)
        while piece := "".join(islice(made, _CHUNK)):
            yield piece

    kept = {"Content-Disposition": f'attachment; filename="marks.{form}"', "Cache-Control": "private, no-cache"}
    return StreamingResponse(pieces(), media_type=_TYPES[form], headers=kept)


def _every(desk: Desk) -> Iterator[Mark]:
    """The log, the oldest first; the library is held for each chunk anew, so that no slow reader keeps it."""
    last = 0
    while True:
        with desk.library() as library:
            chunk = marks.after(library, last, _CHUNK)
        if not chunk:
            return
        yield from chunk
        last = chunk[-1].id


@router.post("/marks/{key}/undo")
def undo(
    request: Request,
    key: Annotated[str, Path(max_length=100)],
    who: Annotated[str, Form(max_length=500)] = "",
    place: Annotated[Literal["story", "marks"], Form()] = "marks",
) -> Response:
    """Undo a mark; whoever has not signed before is asked for a name first."""
    by = who or signing.signed(request)
    with shown.desk(request).library() as library:
        mark = marks.of(library, key)
        if not by.strip():
            return shown.page(request, "marks_sign.html", mark=mark, place=place, say=saying)
        made = marking.undo(library, key, by)
    to = f"/stories/{made.story}#marks" if place == "story" and made.story is not None else "/marks"
    response = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    if who:
        signing.remember(request, response, who)
    return response
