"""One block of sketches -> the stories in it, by the very grouping that the library has."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from whosays.archive import folder, tables
from whosays.stories import sketch as sketches
from whosays.stories.copies import Copy
from whosays.stories.grouping import Stories
from whosays.stories.sketch import Sketch

_GROWN: Final = 8  # a story is looked at for having become two each time it has grown by so many articles
_SHIFT: Final = 1 << 32

Json = dict[str, Any]


def work(unit: Json) -> Json:
    """Group one block; ``unit`` has ``into``, ``name``, ``number`` and the ``files`` with its sketches."""
    begun = time.monotonic()
    rows = {row["article"]: row for row in tables.read(map(Path, unit["files"]), ["article", "chunk", "sketch"])}
    given = [dataclasses.replace(sketches.from_bytes(row.pop("sketch")), id=name) for name, row in rows.items()]
    story_of, copies = group(given)
    with folder.partition(Path(unit["into"]), unit["name"]) as (path, manifest):
        out = tables.Writer(path, "grouped")
        base = unit["number"] * _SHIFT
        for sketch in given:
            out.add("members", [{
                "article": sketch.id, "node": base + story_of[sketch.id], "block": unit["number"],
                "order": _order(sketch), "chunk": rows[sketch.id]["chunk"],
            }])  # fmt: skip
        out.add("copies", ({"article": c.article, "of": c.other, "share": c.contained_share} for c in copies))
        out.close()
        manifest |= {"rows": {"articles": len(given)} | out.counts, "refused": {},
                     "seconds": round(time.monotonic() - begun, 3)}  # fmt: skip
    return {"name": unit["name"], "size": unit["size"], **manifest}


def group(given: Iterable[Sketch]) -> tuple[dict[str, int], list[Copy]]:
    """The story of each article by its id, and the near-copies; as the library puts a heap of articles into stories."""
    stories = Stories()
    members: dict[int, list[str]] = {}
    found: list[Copy] = []
    for sketch in sorted(given, key=sketches.order):
        placed = stories.add(sketch)
        own = members.setdefault(placed.story, [])
        own.append(sketch.id)
        for merged in placed.merged:
            own += members.pop(merged)
        found += placed.copies
        if not placed.begun and len(own) % _GROWN == 0:
            _part(stories, placed.story, members)
    return {article: story for story, articles in members.items() for article in articles}, found


def _part(stories: Stories, story: int, members: dict[int, list[str]]) -> None:
    try:
        parting = stories.part(story)
    except KeyError:
        return  # it sleeps: the article is older than the window
    if parting is not None:
        leaving = set(parting.articles)
        members[story] = [article for article in members[story] if article not in leaving]
        members[parting.begun] = [*parting.articles]


def _order(sketch: Sketch) -> str:
    """A key by which articles are in the order of :func:`whosays.stories.sketch.order`, and behind it the article."""
    at = sketches.order(sketch)[0]
    return f"{'9' * 16 if at == float('inf') else format(int(at * 1000) + 10**15, '016d')} {sketch.id}"
