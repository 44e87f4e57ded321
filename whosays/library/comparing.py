"""Claims and conflicts of many stories, from the reports that the library keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from whosays.library import reporting
from whosays.library.analyses import Made
from whosays.library.bulk import Json, Page, Placed
from whosays.library.store import Library
from whosays.report import document
from whosays.report.report import Report

_AT_ONCE: Final = 20  # stories that are looked up together


def claims(library: Library, made: Made, page: Page, story: int | None = None) -> Placed:
    """Claims of one story, or of all whose report is kept and up to date, the latest first; their origins by name too.

    The report on one ``story`` is made if it is not kept. A place is the story and the number in its report.
    """
    return _found(_documents(library, made, page, story), "claims", page, lambda one: True)


def conflicts(library: Library, made: Made, page: Page, story: int | None = None, type_: str | None = None) -> Placed:
    """Conflicts likewise, perhaps of one type."""
    return _found(_documents(library, made, page, story), "conflicts", page, lambda one: type_ in (None, one["type"]))


def _found(documents: Iterator[tuple[int, Json]], what: str, page: Page, wanted: Callable[[Json], bool]) -> Placed:
    story, behind = page.after or (None, None)
    placed: Placed = []
    for id_, whole in documents:
        for place, one in enumerate(whole.get(what, ()), 1):
            if wanted(one) and (id_ != story or place > int(behind or 0)):
                placed.append(((id_, place), {"story": id_, **one}))
        if len(placed) >= page.most:
            break
    return placed[: page.most]


def _documents(library: Library, made: Made, page: Page, story: int | None) -> Iterator[tuple[int, Json]]:
    if story is not None:
        yield story, _document(reporting.of_story(library, story, made))
        return
    for id_ in _stories(library, page.after[0] if page.after else None):
        report = reporting.kept(library, id_, made)
        if report is not None:
            yield id_, _document(report)


def _stories(library: Library, first: object) -> Iterator[int]:
    """Stories whose report says how they stand, from a number down."""
    beyond, values = ("<=", first) if first is not None else (">", 0)
    while True:
        rows = library.rows(
            "SELECT r.story FROM reports r JOIN stories s ON s.id = r.story AND s.version = r.story_version "
            f"WHERE s.merged_into IS NULL AND r.story {beyond} ? ORDER BY r.story DESC LIMIT ?",
            (values, _AT_ONCE),
        ).fetchall()
        if not rows:
            return
        for (id_,) in rows:
            yield id_
        beyond, values = "<", rows[-1][0]


def _document(report: Report) -> Json:
    whole = document.make(report, with_text=False)
    names = {speaker["id"]: speaker["name"] for speaker in whole["speakers"]}
    for claim in whole.get("claims", ()):
        for origin in claim["origins"]:
            origin["name"] = origin.get("document") or origin.get("outlet") or names[origin["speaker"]]
    return whole
