"""Making a mark on something of a story."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from whosays.desk import shown
from whosays.library import marking, reporting, saying, subjects
from whosays.library.analyses import Made
from whosays.library.errors import BadMark, UnknownStory
from whosays.library.marks import Action, Kind, Target, Unwritten
from whosays.library.store import Library
from whosays.report.page.story import Json
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
Number = Annotated[int, Query(ge=0, le=2**31)]


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
        report, now = _report(library, story, desk.made)
        if seen and seen != now:
            raise HTTPException(HTTPStatus.CONFLICT, "The story has changed meanwhile. Open it again to mark it.")
        return _shown(request, library, report, story, about, now)


@router.post("/stories/{story}/mark")
def make(
    request: Request,
    story: StoryId,
    about: Annotated[str, Form(max_length=300)],
    seen: Annotated[str, Form(max_length=20)],
    action: Annotated[str, Form(max_length=20)],
    who: Annotated[str, Form(max_length=500)],
    value: Annotated[str, Form(max_length=20_000)] = "",
    reliability: Annotated[str, Form(max_length=1)] = "",
    credibility: Annotated[str, Form(max_length=1)] = "",
    other: Annotated[int, Form(ge=0, le=2**62)] = 0,
    some: Annotated[list[int] | None, Form(max_length=2000)] = None,
) -> Response:
    """Make the mark, and show it where it belongs."""
    desk = shown.desk(request)
    with desk.library() as library:
        report, now = _report(library, story, desk.made)
        if seen != now:
            raise HTTPException(HTTPStatus.CONFLICT, "The story has changed meanwhile. Open it again to mark it.")
        kind, of = _split(about)
        try:
            if action not in _ACTIONS[kind]:
                raise BadMark("", f"{action} is not for a {kind}")
            first = _target(library, report, story, kind, of)
            targets: tuple[Target, ...] = (first,)
            if action == "join":
                targets = (first, _other(library, report, kind, other))
            elif action == "part":
                targets = (first, subjects.some(first, some or ()))
            said = reliability + credibility if action == "grade" else value
            made = Unwritten(who, next(one for one in _ACTIONS[kind] if one == action), targets, said, story)
            marking.record(library, made)
        except BadMark as problem:
            given = {"action": action, "value": value, "who": who, "grade": (reliability, credibility)}
            return _shown(request, library, report, story, about, now, problem=problem.what, given=given)
        where = _merged(library, story)
    response = RedirectResponse(f"/stories/{where}#{_anchor(kind, of)}", HTTPStatus.SEE_OTHER)
    remember(request, response, who)
    return response


def _shown(
    request: Request,
    library: Library,
    report: Report,
    story: int,
    about: str,
    now: str,
    problem: str = "",
    given: Json | None = None,
) -> Response:
    kind, of = _split(about)
    target = _target(library, report, story, kind, of)
    parts = target.articles if kind == "story" else [(p.article, p.quote) for p in target.passages]
    names = {read.article.id: read.article.name for read in report.articles}
    within = "HX-Request" in request.headers and not problem
    return shown.page(
        request, "_mark_form.html" if within else "mark.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK,
        headers={"Cache-Control": "private, no-store", "Vary": "HX-Request"},
        story=story, about=about, kind=kind, target=target, seen=now, actions=_ACTIONS[kind], problem=problem,
        others=_others(library, report, story, kind, of), parts=parts if len(parts) > 1 else (), names=names,
        back=f"/stories/{story}#{_anchor(kind, of)}", who=(given or {}).get("who") or signed(request),
        given=given or {}, reliability=saying.RELIABILITY, credibility=saying.CREDIBILITY,
    )  # fmt: skip


def _report(library: Library, story: int, made: Made) -> tuple[Report, str]:
    """The report that the page shows, and its edition."""
    row = library.one("SELECT version, merged_into FROM stories WHERE id = ?", (story,))
    if row is None or row[1] is not None:
        raise UnknownStory(str(library.path), story, row[1] if row else None)
    kept = reporting.kept(library, story, made)
    return kept or reporting.of_story(library, story, made), edition(row[0], made)


def _split(about: str) -> tuple[Kind, str]:
    kind, _, of = about.partition(":")
    for known in _ACTIONS:
        if known == kind:
            return known, of
    raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such thing to mark.")


def _target(library: Library, report: Report, story: int, kind: Kind, of: str) -> Target:
    if kind == "outlet":
        return subjects.outlet(report, of)
    if kind == "story":
        return subjects.story(library, story)
    if not (of.isascii() and of.isdecimal() and len(of) < 10):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"The story has no such {kind}.")
    find = {"claim": subjects.claim, "conflict": subjects.conflict, "speaker": subjects.speaker}[kind]
    return find(report, int(of))


def _other(library: Library, report: Report, kind: Kind, number: int) -> Target:
    if number == 0:
        raise BadMark("", f"the {kind} to join it with is not chosen")
    if kind == "story":
        return subjects.story(library, number)
    return subjects.claim(report, number) if kind == "claim" else subjects.speaker(report, number)


def _others(library: Library, report: Report, story: int, kind: Kind, of: str) -> list[tuple[int, str]]:
    """What it can be joined with."""
    from whosays.library import listing

    if kind == "story":
        return [(one.id, one.headline) for one in listing.stories(library, most=_CHOICES) if one.id != story]
    compared = report.comparison
    texts = [claim.text for claim in compared.claims] if compared and kind == "claim" else []
    if kind == "speaker":
        texts = [speaker.name for speaker in report.speakers]
    return [(number, text) for number, text in enumerate(texts, start=1) if str(number) != of]


def _merged(library: Library, story: int) -> int:
    row = library.one("SELECT merged_into FROM stories WHERE id = ?", (story,))
    return int(row[0]) if row and row[0] is not None else story


def _anchor(kind: Kind, of: str) -> str:
    return {"claim": f"c{of}", "conflict": f"x{of}"}.get(kind, "marks")
