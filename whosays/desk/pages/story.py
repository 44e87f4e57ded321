"""A story: the page of its report, what has changed since the reader's last look, and the report in every format."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from whosays.desk import looking, shown, things
from whosays.desk.desk import Desk
from whosays.library import looks, marked, marks, reporting, saying
from whosays.library.errors import UnknownStory
from whosays.library.looks import Came
from whosays.library.marked import Beside, Marked
from whosays.library.store import Library
from whosays.report import document, formats
from whosays.report.page import page as report_page
from whosays.report.page.page import View
from whosays.report.report import Report
from whosays.report.view import reader
from whosays.report.view.claims import Row

router = APIRouter()
StoryId = Annotated[int, Path(ge=1, le=2**62)]
_PATIENCE: Final = 3.0  # seconds that a reader waits for a report before being shown that it is being made


@router.get("/stories/{story}")
def story(request: Request, story: StoryId) -> Response:
    desk = shown.desk(request)
    with desk.library() as library:
        version, merged_into = _standing(library, story)
        if merged_into is not None:
            return RedirectResponse(f"/stories/{merged_into}", HTTPStatus.SEE_OTHER)
        look = looking.of(request, looks.latest(library, story))
        came = looks.came(library, story, look.before) if look.before is not None else []
        marked_at = marks.latest(library)
    tag = _tag(story, version, desk.made, look.now, came, marked_at)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        response = Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    elif (packed := desk.pages.get(tag) or _packed(request, desk, (story, version), look.now, came)) is None:
        # asked for again until it is there, also without a script
        return shown.page(request, "story_waiting.html", story=story, headers={"Refresh": "2"})
    else:
        desk.pages.keep(tag, packed)
        response = _sent(request, packed, headers, "text/html")
    looking.remember(response, look, request.url.path, secure=request.app.state.access.proxied)
    return response


@router.get("/stories/{story}/report.{form}")
def download(request: Request, story: StoryId, form: str) -> Response:
    """The report in one of the formats, to be kept."""
    if form not in formats.BY_NAME:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"There is no format {form}: {', '.join(formats.BY_NAME)}.")
    wanted = formats.BY_NAME[form]
    desk = shown.desk(request)
    with desk.library() as library:
        version, merged_into = _standing(library, story)
        if merged_into is not None:
            return RedirectResponse(f"/stories/{merged_into}/report.{form}", HTTPStatus.SEE_OTHER)
        marked_at = marks.latest(library)
    tag = _tag(story, version, desk.made, form, marked_at if form == "json" else 0)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    packed = desk.pages.get(tag)
    if packed is None:
        report = _report(desk, story)
        if report is None:
            said = "The report is being made. Try again in a moment."
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, said, {"Retry-After": "3"})
        packed = _pack(_with_marks(desk, story, report) if form == "json" else wanted.write(report))
        desk.pages.keep(tag, packed)
    headers["Content-Disposition"] = f'attachment; filename="story-{story}{wanted.ending}"'
    return _sent(request, packed, headers, wanted.media_type)


def _standing(library: Library, story: int) -> tuple[int, int | None]:
    """The version of a story and what it became part of; raises :class:`~whosays.errors.UnknownStory`."""
    row = library.one(
        "SELECT version, merged_into, EXISTS (SELECT 1 FROM story_articles WHERE story = s.id) FROM stories s "
        "WHERE id = ?",
        (story,),
    )
    if row is None or (row[1] is None and not row[2]):
        raise UnknownStory(str(library.path), story)
    return row[0], row[1]


def _report(desk: Desk, story: int) -> Report | None:
    """The report on a story as it stands, or None where it takes a while to make."""
    with desk.library() as library:
        kept = reporting.kept(library, story, desk.made)
    if kept is None:
        desk.reports.wait(story, _PATIENCE)
        with desk.library() as library:
            kept = reporting.kept(library, story, desk.made)
    return kept


def _with_marks(desk: Desk, story: int, report: Report) -> bytes:
    """The report document, and in it what people put beside the report."""
    with desk.library() as library:
        beside = marked.as_json(library, report, story)
    return document.write(report, marks=beside).encode("utf-8", "backslashreplace")


def _packed(request: Request, desk: Desk, at: tuple[int, int], now: int, came: list[Came]) -> bytes | None:
    """The page of a story at a version, which names the edition: a later report is never marked by mistake."""
    story, version = at
    report = _report(desk, story)
    if report is None:
        return None
    view = report_page.view(document.make(report))
    with desk.library() as library:
        beside = marked.find(library, report, story)
    fresh = {one.key: one.what for one in came}
    made = shown.page(
        request, "story_page.html", story=story, now=now, view=view, forms=formats.BY_NAME,
        articles=[(outlet, fresh[outlet.id]) for outlet in view.outlets if outlet.id in fresh],
        marks=beside, edition=things.edition(version, desk.made), marks_speakers=report.speakers, say=saying,
        speaker_numbers={view.story.voices[one.id].anchor: n for n, one in enumerate(report.speakers, start=1)},
        notes=_notes(view, beside), marks_outlets=list(dict.fromkeys(read.article.name for read in report.articles)),
        claims=_new_claims(view, {key for key, what in fresh.items() if what == "new"}),
    )  # fmt: skip
    return _pack(bytes(made.body))


@dataclass(frozen=True, slots=True)
class Note:
    """A mark on a passage, with its words as they stand in the article now."""

    quote: str
    beside: Beside


def _notes(view: View, beside: Marked) -> dict[str, list[Note]]:
    """The notes on passages by the anchor of the paragraph in which their passage begins, in the order of the texts."""
    notes = beside.about("passage", "passage")
    order = {outlet.id: place for place, outlet in enumerate(view.outlets)}
    found: dict[str, list[Note]] = {}
    for one in sorted(notes, key=lambda one: (order[one.place.found[0][0]], one.place.found[0][1], one.mark.id)):
        article, span = one.place.found[0]
        anchor = reader.paragraph_at(view.story, article, span.start)
        found.setdefault(anchor, []).append(Note(span.of(view.story.texts[article]), one))
    return found


def _new_claims(view: View, new: set[str]) -> list[Row]:
    """The claims that no two articles shared before the new ones came."""
    return [row for row in view.rows if new and sum(outlet.id not in new for outlet in row.carriers) < 2]


def _tag(*depends_on: object) -> str:
    """What tells a page from all others, of all that it depends on."""
    return f'"{hashlib.sha256(repr(depends_on).encode("utf-8", "backslashreplace")).hexdigest()[:32]}"'


def _pack(page: bytes) -> bytes:
    return gzip.compress(page, 6, mtime=0)


def _sent(request: Request, packed: bytes, headers: dict[str, str], media_type: str) -> Response:
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(gzip.decompress(packed), headers=headers, media_type=media_type)
