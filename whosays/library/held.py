"""What analysts said of stories, as grouping must heed it while articles go on arriving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whosays.library import marks
from whosays.library.marks import Mark
from whosays.library.store import Library


def kept_apart(library: Library) -> frozenset[tuple[int, int]]:
    """Pairs of stories, the lower number first, that an analyst parted: grouping must not merge them."""
    found = set()
    for mark in _standing(library, "part"):
        for one in stories_of(library, mark.targets[0].articles):
            found |= {tuple(sorted((one, two))) for two in stories_of(library, mark.targets[1].articles) if one != two}
    return frozenset((one, two) for one, two in found)


def held_together(library: Library) -> frozenset[int]:
    """Stories that an analyst joined: grouping must not part them."""
    return frozenset(
        story
        for mark in _standing(library, "join")
        for story in stories_of(library, mark.targets[0].articles) & stories_of(library, mark.targets[1].articles)
    )


def _standing(library: Library, action: str) -> Iterator[Mark]:
    found = marks.find(library, marks.Wanted(action=action, about="story"))
    if found:
        gone = marks.undone(library)
        yield from (mark for mark in found if mark.key not in gone)


def stories_of(library: Library, articles: Sequence[str]) -> set[int]:
    """The stories that articles, by their keys, are in now."""
    found = set()
    for key in articles:
        row = library.one(
            "SELECT m.story FROM story_articles m JOIN articles a ON a.id = m.article WHERE a.key = ?", (key,)
        )
        if row is not None:
            found.add(int(row[0]))
    return found
