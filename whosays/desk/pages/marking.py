"""Making a mark on something of a story."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.library import listing, marking, reporting, saying, subjects
from whosays.library.analyses import Made
from whosays.library.errors import BadMark, UnknownStory
from whosays.library.marks import Action, Kind, Target, Unwritten
from whosays.library.store import Library
from whosays.report.report import Report

router = APIRouter()
COOKIE: Final = "signed"
_YEAR: Final = 366 * 24 * 3600
# What can be done to what, in the order in which it is offered.
_ACTIONS: Final[dict[Kind, tuple[Action, ...]]] = {
    "claim": ("note", "grade", "join", "part"),
    "conflict": ("settle", "dismiss", "note"),
    "speaker": ("grade", "note", "join", "part"),
    "outlet": ("grade", "note"),
    "story": ("note", "join", "part"),
}
_CHOICES: Final = 200  # stories to join with: the latest
StoryId = Annotated[int, Path(ge=1, le=2**62)]


@dataclass(frozen=True, slots=True)
class _On:
    """What a form is about: ``of`` is the number or name of it in the report of that edition."""

    story: int
    about: str
    kind: Kind
    of: str
    report: Report
    edition: str

    @property
    def anchor(self) -> str:
        return {"claim": f"c{self.of}", "conflict": f"x{self.of}"}.get(self.kind, "marks")


def edition(version: int, made: Made) -> str:
    """What tells a story's report from a later one, in which the same number may be another claim."""
    return hashlib.sha256(f"{version} {made}".encode()).hexdigest()[:12]


def signed(request: Request) -> str:
    """The name with which this browser signs; "" before it was given."""
    return unquote(request.cookies.get(COOKIE, ""))[: marking.LONGEST_NAME]


def remember(request: Request, response: Response, who: str) -> None:
    """Have the browser sign with a name from now on."""
    secure = request.app.state.access.proxied
    written = quote(" ".join(who.split())[: marking.LONGEST_NAME])
    response.set_cookie(COOKIE, written, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)


@router.get("/stories/{story}/mark")
def form(
    request: Request,
    story: StoryId,
    about: Annotated[str, Query(max_length=300)] = "story",
    seen: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The form for one thing: ``about`` is ``claim:3``, ``conflict:1``, ``speaker:2``, ``outlet:NAME`` or ``story``."""
    desk = shown.desk(request)
    with desk.library() as library:
        on = _at(library, story, desk.made, about)
        if seen and seen != on.edition:
            raise _changed()
        return _shown(request, library, on)


class Filled(BaseModel):
    """The form as it was sent."""

    about: str = Field(max_length=300)
    seen: str = Field(max_length=20)
    action: str = Field(max_length=20)
    who: str = Field(max_length=500)
    value: str = Field("", max_length=20_000)
    reliability: str = Field("", max_length=1)
    credibility: str = Field("", max_length=1)
    other: int = Field(0, ge=0, le=2**62)
    some: list[int] = Field([], max_length=2000)


@router.post("/stories/{story}/mark")
def make(request: Request, story: StoryId, filled: Annotated[Filled, Form()]) -> Response:
    """Make the mark, and show it where it belongs."""
    desk = shown.desk(request)
    with desk.library() as library:
        on = _at(library, story, desk.made, filled.about)
        if filled.seen != on.edition:
            raise _changed()
        try:
            marking.record(library, _filled_in(library, on, filled))
        except BadMark as problem:
            return _shown(request, library, on, filled, problem.wrong)
        row = library.one("SELECT merged_into FROM stories WHERE id = ?", (story,))
    where = row[0] if row and row[0] is not None else story
    response = RedirectResponse(f"/stories/{where}#{on.anchor}", HTTPStatus.SEE_OTHER)
    remember(request, response, filled.who)
    return response


def _filled_in(library: Library, on: _On, filled: Filled) -> Unwritten:
    action = next((one for one in _ACTIONS[on.kind] if one == filled.action), None)
    if action is None:
        raise BadMark("", f"{filled.action} is not for a {on.kind}")
    first = _target(library, on, on.of)
    targets: tuple[Target, ...] = (first,)
    if action == "join":
        if not filled.other:
            raise BadMark("", f"the {on.kind} to join it with is not chosen")
        targets = (first, _target(library, on, str(filled.other)))
    elif action == "part":
        targets = (first, subjects.some(first, filled.some))
    said = filled.reliability + filled.credibility if action == "grade" else filled.value
    return Unwritten(filled.who, action, targets, said, on.story)


def _shown(request: Request, library: Library, on: _On, given: Filled | None = None, problem: str = "") -> Response:
    target = _target(library, on, on.of)
    parts = target.articles if on.kind == "story" else [(p.article, p.quote) for p in target.passages]
    within = "HX-Request" in request.headers and not problem
    return shown.page(
        request, "_mark_form.html" if within else "mark.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        headers={"Cache-Control": "private, no-store", "Vary": "HX-Request"},
        on=on, target=target, actions=_ACTIONS[on.kind], problem=problem,
        others=_others(library, on), parts=parts if len(parts) > 1 else (), given=given,
        names={read.article.id: read.article.name for read in on.report.articles},
        who=given.who if given else signed(request),
        reliability=saying.RELIABILITY, credibility=saying.CREDIBILITY,
    )  # fmt: skip


def _at(library: Library, story: int, made: Made, about: str) -> _On:
    """Raises :class:`~whosays.errors.UnknownStory`, also for one that became part of another."""
    row = library.one("SELECT version, merged_into FROM stories WHERE id = ?", (story,))
    if row is None or row[1] is not None:
        raise UnknownStory(str(library.path), story, row[1] if row else None)
    kind, _, of = about.partition(":")
    known = next((one for one in _ACTIONS if one == kind), None)
    if known is None:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such thing to mark.")
    report = reporting.kept(library, story, made) or reporting.of_story(library, story, made)
    return _On(story, about, known, str(story) if known == "story" else of, report, edition(row[0], made))


def _changed() -> HTTPException:
    return HTTPException(HTTPStatus.CONFLICT, "The story has changed meanwhile. Open it again to mark it.")


def _target(library: Library, on: _On, of: str) -> Target:
    if on.kind == "outlet":
        return subjects.outlet(on.report, of)
    if not (of.isascii() and of.isdecimal() and len(of) < 19):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"The story has no such {on.kind}.")
    if on.kind == "story":
        return subjects.story(library, int(of))
    find = {"claim": subjects.claim, "conflict": subjects.conflict, "speaker": subjects.speaker}[on.kind]
    return find(on.report, int(of))


def _others(library: Library, on: _On) -> list[tuple[int, str]]:
    """What it can be joined with."""
    if on.kind == "story":
        return [(one.id, one.headline) for one in listing.stories(library, most=_CHOICES) if one.id != on.story]
    compared = on.report.comparison
    texts = [claim.text for claim in compared.claims] if compared and on.kind == "claim" else []
    if on.kind == "speaker":
        texts = [speaker.name for speaker in on.report.speakers]
    return [(number, text) for number, text in enumerate(texts, start=1) if str(number) != on.of]
