"""What has changed since somebody last looked: places in the log of stories' changes, which only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from whosays.library.store import Library


@dataclass(frozen=True, slots=True)
class Came:
    """An article that came into a story, or ``changed`` in it, since a place in the log."""

    key: str
    what: Literal["new", "changed"]


def latest(library: Library, story: int | None = None) -> int:
    """The place of the last change of a story, or of any; 0 before the first."""
    where, values = ("WHERE story = ?", (story,)) if story is not None else ("", ())
    row = library.one(f"SELECT coalesce(max(id), 0) FROM story_changes {where}", values)
    return row[0] if row else 0


def came(library: Library, story: int, after: int) -> list[Came]:
    """The articles that came into a story after a place in the log, also those of stories that became part of it."""
    found = library.rows(
        "WITH RECURSIVE joined (story) AS ("
        "  SELECT other FROM story_changes WHERE story = ? AND change = 'merged' AND id > ?"
        "  UNION SELECT c.other FROM story_changes c JOIN joined j ON c.story = j.story WHERE c.change = 'merged'"
        ") SELECT a.key, min(c.change = 'changed') FROM story_changes c JOIN articles a ON a.id = c.article "
        "JOIN story_articles m ON m.article = a.id AND m.story = ? "
        "WHERE (c.story = ? AND c.id > ?) OR c.story IN (SELECT story FROM joined) "
        "GROUP BY a.id ORDER BY a.published IS NULL, a.published, a.id",
        (story, after, story, story, after),
    )
    return [Came(key, "changed" if changed else "new") for key, changed in found]


def counts(library: Library, stories: Sequence[int], after: int) -> dict[int, int]:
    """How many articles came into, or changed in, each of some stories after a place in the log, where any did."""
    marks = ", ".join("?" * len(stories))
    found = library.rows(
        f"SELECT story, count(DISTINCT article) FROM story_changes WHERE story IN ({marks}) AND id > ? GROUP BY story",
        [*stories, after],
    )
    return {story: count for story, count in found if count}


def changed(library: Library, after: int) -> set[int]:
    """The stories that changed after a place in the log."""
    return {story for (story,) in library.rows("SELECT DISTINCT story FROM story_changes WHERE id > ?", (after,))}
