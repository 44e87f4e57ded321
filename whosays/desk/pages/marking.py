"""Making a mark on something of a story."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from whosays.desk import shown, things
from whosays.desk.things import Thing
from whosays.library import marking, saying, subjects
from whosays.library.errors import BadMark
from whosays.library.marks import Action, Kind, Target, Unwritten
from whosays.library.store import Library

router = APIRouter()
COOKIE: Final = "signed"
WITHIN: Final = "X-Within"  # a header of our script, which puts the form into the page
_YEAR: Final = 366 * 24 * 3600
# What can be done to what, in the order in which it is offered.
_ACTIONS: Final[dict[Kind, tuple[Action, ...]]] = {
    "claim": ("note", "grade", "join", "part"),
    "conflict": ("settle", "dismiss", "note"),
    "speaker": ("grade", "note", "join", "part"),
    "outlet": ("grade", "note"),
    "story": ("note", "join", "part"),
    "passage": ("note",),
}
_CHANGED: Final = "the story has changed since you opened it; nothing is marked yet: look at it as it is now, and mark"
StoryId = Annotated[int, Path(ge=1, le=2**62)]


def signed(request: Request) -> str:
    """The name with which this browser signs; "" before it was given."""
    return unquote(request.cookies.get(COOKIE, ""))[: marking.LONGEST_NAME]


def remember(request: Request, response: Response, who: str) -> None:
    """Have the browser sign with a name from now on."""
    secure = request.app.state.access.proxied
    written = quote(" ".join(who.split())[: marking.LONGEST_NAME])
    response.set_cookie(COOKIE, written, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)


class Filled(BaseModel):
    """The form as it was sent. ``was`` is the sign of the thing as it was seen, in the report of the edition ``seen``.

    ``passage`` is one of the choices of a paragraph; ``words`` are some of it, which begin ``near`` a character of it.
    """

    about: str = Field(max_length=300)
    seen: str = Field(max_length=20)
    action: str = Field(max_length=20)
    who: str = Field(max_length=500)
    was: str = Field(default="", max_length=20)
    value: str = Field(default="", max_length=20_000)
    reliability: str = Field(default="", max_length=1)
    credibility: str = Field(default="", max_length=1)
    other: int = Field(default=0, ge=0, le=2**62)
    some: list[int] = Field(default=[], max_length=2000)
    passage: str = Field(default="", max_length=40)
    words: str = Field(default="", max_length=20_000)
    near: int = Field(default=0, ge=0, le=2**31)


@router.get("/stories/{story}/mark")
def form(
    request: Request,
    story: StoryId,
    about: Annotated[str, Query(max_length=300)] = "story",
    seen: Annotated[str, Query(max_length=20)] = "",
    words: Annotated[str, Query(max_length=5000)] = "",
    near: Annotated[int, Query(ge=0, le=2**31)] = 0,
) -> Response:
    """The form for one thing: ``about`` is ``claim:3``, ``conflict:1``, ``speaker:2``, ``outlet:NAME``, ``story``, or
    the paragraph that holds a passage, ``passage:a3-7``, of which ``words`` may be chosen already."""
    desk = shown.desk(request)
    with desk.library() as library:
        thing = things.at(library, story, desk.made, about)
        if seen and seen != thing.edition:
            said = "The story has changed since you opened it. Open it again to mark it."
            raise HTTPException(HTTPStatus.CONFLICT, said)
        given = Filled(about=about, seen=seen, action="", who=signed(request), words=words, near=near)
        return _shown(request, library, thing, given)


@router.post("/stories/{story}/mark")
def make(request: Request, story: StoryId, filled: Annotated[Filled, Form()]) -> Response:
    """Make the mark, and show it where it belongs; the form again where it cannot be made."""
    desk = shown.desk(request)
    with desk.library() as library:
        thing = things.at(library, story, desk.made, filled.about)
        if filled.seen != thing.edition:
            # the same number may be another claim by now: what was seen is looked for, and marked by nobody but them
            found = things.again(library, thing, filled.was)
            if found is None:
                return _gone(request, thing, filled)
            return _shown(request, library, found, filled, _CHANGED, HTTPStatus.CONFLICT)
        try:
            marking.record(library, _filled_in(library, thing, filled))
        except BadMark as problem:
            return _shown(request, library, thing, filled, problem.wrong, HTTPStatus.UNPROCESSABLE_ENTITY)
        row = library.one("SELECT merged_into FROM stories WHERE id = ?", (thing.story,))
    where = row[0] if row and row[0] is not None else thing.story
    response = RedirectResponse(f"/stories/{where}#{thing.anchor}", HTTPStatus.SEE_OTHER)
    remember(request, response, filled.who)
    return response


def _filled_in(library: Library, thing: Thing, filled: Filled) -> Unwritten:
    action = next((one for one in _ACTIONS[thing.kind] if one == filled.action), None)
    if action is None:
        raise BadMark("", f"{filled.action or 'nothing'} is not for a {thing.kind}")
    if thing.kind == "passage":
        first = things.chosen(thing, filled.passage, filled.words, filled.near)
    else:
        first = things.target(library, thing)
    targets: tuple[Target, ...] = (first,)
    if action == "join":
        if not filled.other:
            raise BadMark("", f"the {thing.kind} to join it with is not chosen")
        targets = (first, things.target(library, thing.like(str(filled.other))))
    elif action == "part":
        targets = (first, subjects.some(first, filled.some))
    said = filled.reliability + filled.credibility if action == "grade" else filled.value
    return Unwritten(filled.who, action, targets, said, thing.story)


def _shown(
    request: Request, library: Library, thing: Thing, given: Filled, problem: str = "", status: int = HTTPStatus.OK
) -> Response:
    target = things.target(library, thing)
    parts = target.articles if thing.kind == "story" else [(p.article, p.quote) for p in target.passages]
    within = WITHIN in request.headers and not problem
    return shown.page(
        request, "_mark_form.html" if within else "mark.html", status=status,
        headers={"Cache-Control": "private, no-store", "Vary": WITHIN},
        on=thing, target=target, was=things.sign(target), actions=_ACTIONS[thing.kind], problem=problem, given=given,
        others=things.others(library, thing), parts=parts if len(parts) > 1 else (), choices=things.choices(thing),
        names={read.article.id: read.article.name for read in thing.report.articles},
        reliability=saying.RELIABILITY, credibility=saying.CREDIBILITY,
    )  # fmt: skip


def _gone(request: Request, thing: Thing, given: Filled) -> Response:
    """What was written stays in sight where there is nothing left to put it to."""
    return shown.page(request, "mark_gone.html", status=HTTPStatus.CONFLICT, on=thing, given=given)
