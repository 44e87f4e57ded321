"""Search: statements and articles that hold some words, and by what they can be narrowed down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import quotes, shown
from whosays.errors import UsageError
from whosays.library import asking, facets, searching
from whosays.library.facets import Facets, Value
from whosays.library.filters import Wanted
from whosays.library.searching import Hits
from whosays.library.store import Library
from whosays.report import phrases
from whosays.report.view.passages import STANCES

router = APIRouter()

SIZE: Final = 20
_NAMED: Final = ("in_outlet", "said_by", "naming", "polarity", "month")
_LAST_PAGE: Final = searching.COUNTED // SIZE
# Facet by facet: the filter that a choice sets, what the facet is called, and what stands before a choice made.
_FACETS: Final = (
    ("in_outlet", "outlet", "Outlet", "in"),
    ("said_by", "speaker", "Speaker", "said by"),
    ("naming", "naming", "How the speaker is named", "speaker"),
    ("polarity", "polarity", "Stance", "speaker"),
    ("month", "month", "Month", "in"),
    ("story", "story", "Story", "in the story"),
)
_OF_STATEMENTS: Final = tuple(filter_ for filter_, *_ in _FACETS)
_OF_ARTICLES: Final = ("in_outlet", "month", "story")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: with it (or, where it was made, without it) the search is at ``href``."""

    label: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    title: str
    choices: tuple[Choice, ...]


@router.get("/search")
def search(request: Request) -> HTMLResponse:
    asked = {key: value.strip() for key, value in request.query_params.items() if value.strip()}
    number = _number(asked.pop("page", "1"), "page")
    in_articles = asked.get("within") == "articles"
    problem, found = "", Hits((), 0)
    with shown.desk(request).library() as library:
        wanted = Wanted(
            words=asked.get("words", ""),
            story=_number(asked["story"], "story") if "story" in asked else None,
            **{key: asked.get(key) for key in ("speaker", "outlet", "since", "until", *_NAMED)},
        )
        try:
            if not in_articles:
                found = searching.page(library, wanted, number, SIZE)
            else:
                found = searching.articles(library, wanted, SIZE, (number - 1) * SIZE)
        except UsageError as wrong:
            problem = f"{wrong}"
        return shown.page(
            request,
            "search.html",
            asked=defaultdict(str, asked),
            in_articles=in_articles,
            problem=problem,
            found=found,
            quotes=quotes.of(library, found.hits),
            facets=_facets(found.facets, asked),
            chosen=_chosen(library, asked, _OF_ARTICLES if in_articles else _OF_STATEMENTS),
            several=len(asking.parts(wanted.words)[0]) > 1,
            others=_with(asked, within="" if in_articles else "articles"),
            before=_with(asked, page=str(number - 1)) if number > 1 else "",
            after=_with(asked, page=str(number + 1)) if number * SIZE < found.count and number < _LAST_PAGE else "",
            first=(number - 1) * SIZE + 1,
        )


def _number(typed: str, what: str) -> int:
    """Raises UsageError."""
    if not typed.isdecimal() or not 1 <= int(typed[:19]) < 1 << 62:
        raise UsageError("", f'"{phrases.clean(typed[:40])}" is the number of no {what}')
    return int(typed)


def _facets(found: Facets, asked: Mapping[str, str]) -> list[Facet]:
    """Those that are not chosen yet, and can still tell statements apart."""
    made = []
    for filter_, name, title, _ in _FACETS:
        values: tuple[Value, ...] = getattr(found, name)
        if filter_ not in asked and len(values) > 1:
            choices = (Choice(_label(name, v), _with(asked, **{filter_: v.key}), v.count) for v in values)
            made.append(Facet(title, tuple(choices)))
    return made


def _label(facet: str, value: Value) -> str:
    if facet == "naming":
        return quotes.NAMINGS.get(value.key, value.key)
    if facet == "polarity":
        return STANCES.get(value.key, value.key)
    return phrases.clean(value.label)


def _chosen(library: Library, asked: Mapping[str, str], of: Collection[str]) -> list[Choice]:
    """The choices made, of those that apply."""
    made = []
    for filter_, name, _, before in _FACETS:
        if filter_ in asked and filter_ in of:
            key = asked[filter_]
            label = facets.headline(library, int(key)) if name == "story" else key
            made.append(Choice(f"{before} {_label(name, Value(key, label, 0))}", _with(asked, **{filter_: ""})))
    return made


def _with(asked: Mapping[str, str], **changed: str) -> str:
    return quotes.address("/search", **{**asked, **changed})
