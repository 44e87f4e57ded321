"""Outlets: how many articles each has, and whom one of them relies on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from whosays.desk import quotes, shown
from whosays.library import counts, outlets_of
from whosays.report import phrases
from whosays.report.view.story import moment

router = APIRouter()


@router.get("/outlets")
def outlets(request: Request, words: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = outlets_of.listed(library, words)
        relays = [] if words.strip() else [(quotes.outlet(r.name), r.count) for r in outlets_of.relays(library)]
    listed = [(quotes.outlet(one.name), one) for one in found]
    return shown.page(
        request, "outlets.html", words=words, listed=listed, relays=relays, most=outlets_of.LISTED
    )  # fmt: skip


@router.get("/outlet")
def outlet(request: Request, name: str = "") -> HTMLResponse:
    with shown.desk(request).library() as library:
        found = outlets_of.find(library, name)
    statements = found.outlet.statements
    return shown.page(
        request,
        "outlet.html",
        name=phrases.clean(name),
        found=found,
        groups=[
            ("Relies on", "Agencies and outlets through which its statements came.", found.relies_on, quotes.outlet),
            ("Relied on by", "Outlets that name it as where they have a statement from.", found.relied_on_by,
             quotes.outlet),
            ("Quotes most", "", found.speakers, quotes.speaker),
            ("Shares long passages with", "Articles that are near-copies, by the other's outlet.", found.copies,
             quotes.outlet),
            ("Was behind", "Outlets that were surely first where it was not.", found.firsts.before, quotes.outlet),
        ],
        namings=[
            (quotes.NAMINGS.get(one.name, one.name), one.count, counts.share(one.count, statements),
             quotes.address("/search", in_outlet=name, naming=one.name))
            for one in found.namings
        ],
        articles=[
            (phrases.clean(told.title or told.key), moment(told.published).text,
             f"/stories/{told.story}" if told.story else "")
            for told in found.latest
        ],
        everything=quotes.address("/search", in_outlet=name),
        window=outlets_of.LATEST,
    )  # fmt: skip
