"""The stories of the library, the latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from whosays.desk import looking, shown
from whosays.library import listing, looks
from whosays.library.listing import Listed, Wanted
from whosays.report.view import story as view_of_story

router = APIRouter()
A_PAGE: Final = 50
_BARS: Final = 24
_HEIGHT: Final = 20
Words = Annotated[str, Query(max_length=300)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a sparkline: how many articles of a story were published in one part of its time."""

    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A story as it stands in the list; ``came`` counts the articles that are new since the reader's last look."""

    story: Listed
    days: str
    bars: tuple[Bar, ...]
    came: int


@router.get("/")
def stories(
    request: Request,
    about: Words = "",
    outlet: Words = "",
    speaker: Words = "",
    place: Words = "",
    since: Day = "",
    until: Day = "",
    of: Literal["", "several", "one-origin", "conflict", "new"] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    typed = {"about": about, "outlet": outlet, "speaker": speaker, "place": place, "since": since, "until": until}
    desk = shown.desk(request)
    with desk.library() as library:
        now = looks.latest(library)
        look = looking.of(request, now, looking.OF_ALL)
        new = look.now if look.before is None else look.before
        wanted = Wanted(**typed, of="" if of == "new" else of, new=new if of == "new" else None)
        found = listing.page(library, wanted, A_PAGE, (page - 1) * A_PAGE)
        ids = [story.id for story in found.stories]
        came = looks.counts(library, ids, new)
        empty = not found.stories and library.one("SELECT 1 FROM articles LIMIT 1") is None
    desk.reports.want(story.id for story in found.stories if story.claims is None and len(story.articles) > 1)
    asked = {name: value for name, value in (typed | {"of": of}).items() if value}
    response = shown.page(
        request, "stories.html",
        lines=[Line(story, days(story), bars(story), came.get(story.id, 0)) for story in found.stories],
        typed=typed, of=of, narrowed=bool(asked), empty=empty, first_look=look.before is None, now=now,
        newer=_address(asked, page - 1) if page > 1 else "", older=_address(asked, page + 1) if found.more else "",
    )  # fmt: skip
    looking.remember(response, look, "/", secure=request.app.state.access.proxied)
    return response


def _address(asked: dict[str, str], page: int) -> str:
    return f"/?{urlencode(asked | {'page': str(page)})}"


def days(story: Listed) -> str:
    """From its first day to its last: "12 to 13 May 2026"."""
    if not story.days:
        return ""
    try:
        first, last = (date.fromisoformat(day) for day in story.days)
    except ValueError:  # a year or a month alone
        return " to ".join(dict.fromkeys(story.days))
    whole = view_of_story.day(last)
    if first == last:
        return whole
    if first.year != last.year:
        return f"{view_of_story.day(first)} to {whole}"
    return f"{first.day} to {whole}" if first.month == last.month else f"{first.day} {first:%B} to {whole}"


def bars(story: Listed) -> tuple[Bar, ...]:
    """When the articles of a story were published, from its first to its last; nothing for a single moment."""
    moments = [moment for article in story.articles if (moment := _moment(article.published)) is not None]
    if len(moments) < 2 or min(moments) == max(moments):
        return ()
    first, span = min(moments), max(moments) - min(moments)
    counts = [0] * _BARS
    for moment in moments:
        counts[min(_BARS - 1, int((moment - first) / span * _BARS))] += 1
    highest = max(counts)
    return tuple(Bar(4 * at, max(3, round(_HEIGHT * count / highest))) for at, count in enumerate(counts) if count)


def _moment(published: str | None) -> float | None:
    """Seconds since 1970; a time without a zone as in UTC, a day as its beginning."""
    try:
        read = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
