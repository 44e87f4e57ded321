"""A collection as pages with cursors, or all of it as lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response

from whosays.desk import shown
from whosays.desk.api import answers
from whosays.desk.api.wanted import Ordered, Wanted
from whosays.library.bulk import Json, Page, Place, Placed
from whosays.library.store import Library

Ask = Callable[[Library, Page], Placed]
Shape = tuple[type[int] | type[str], ...]  # of the places in a collection
_CHUNK: Final = 500  # rows that are asked for at once for lines: neither many questions nor much memory
_LARGEST: Final = (1 << 63) - 1  # of SQLite


def answer(
    request: Request, name: str, wanted: Wanted, ask: Ask, show: Callable[[Json], Json] = lambda row: row,
    shape: Shape = (int,),
) -> Response:  # fmt: skip
    """A page of what ``ask`` gives, under ``name``; or, for whoever takes lines, everything from the cursor on."""
    start = _place(wanted.cursor, shape) if wanted.cursor else None
    latest = isinstance(wanted, Ordered) and wanted.order == "latest"
    if answers.preferred(request, (answers.JSON, answers.LINES)) == answers.LINES:
        most = wanted.limit if "limit" in wanted.model_fields_set else None
        return answers.of_lines(request, map(show, _all(request, ask, start, latest, most)))
    with shown.desk(request).library() as library:
        # one more than fits says that there is another page
        found = ask(library, Page(wanted.limit + 1, start, latest))
    page = found[: wanted.limit]
    further = _address(request, _cursor(page[-1][0])) if len(found) > wanted.limit else None
    return answers.of_json(request, {name: [show(row) for _, row in page], "next": further}, next_page=further)


def _all(request: Request, ask: Ask, start: Place | None, latest: bool, most: int | None) -> Iterator[Json]:
    """Every row. What is wrong with the question is raised at once, not when the answer has begun."""
    first = _chunk(request, ask, start, latest, most)
    return (row for chunk in _chunks(request, ask, first, latest, most) for _, row in chunk)


def _chunks(request: Request, ask: Ask, chunk: Placed, latest: bool, most: int | None) -> Iterator[Placed]:
    taken = 0
    while chunk:
        yield chunk
        taken += len(chunk)
        left = None if most is None else most - taken
        chunk = _chunk(request, ask, chunk[-1][0], latest, left)


def _chunk(request: Request, ask: Ask, start: Place | None, latest: bool, most: int | None) -> Placed:
    """Some rows. The library is held for each chunk anew, so that a slow reader keeps nobody waiting."""
    size = _CHUNK if most is None else min(_CHUNK, most)
    if size == 0:
        return []
    with shown.desk(request).library() as library:
        return ask(library, Page(size, start, latest))


def _address(request: Request, cursor: str) -> str:
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"


# A cursor is a place: its numbers, and in hexadecimal its names, with dots between. Every cursor that is well formed
# stands for some place, if only one behind which there is nothing.


def _cursor(place: Place) -> str:
    return ".".join(str(part) if isinstance(part, int) else str(part).encode().hex() for part in place)


def _place(cursor: str, shape: Shape) -> Place:
    given = [*cursor.split("."), *[""] * len(shape)]
    return tuple(_number(part) if kind is int else _name(part) for kind, part in zip(shape, given, strict=False))


def _number(part: str) -> int:
    return min(int(part), _LARGEST) if part.isdecimal() else 0


def _name(part: str) -> str:
    return bytes.fromhex(part[: len(part) // 2 * 2]).decode("utf-8", "replace")
