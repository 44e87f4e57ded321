"""Stories that an analyst joins or parts: done, undone, and done again, by the same means as grouping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whosays.library import held, marks, placing, store
from whosays.library.errors import BadMark
from whosays.library.marks import Mark, Target, Unwritten
from whosays.library.store import Library

_WORDS: Final = {"join": "joined", "part": "parted"}


def act(library: Library, mark: Unwritten) -> tuple[Target, ...]:
    """Join two stories, or take articles out of one into a story of their own, within a change to the library.

    The targets as they are to be kept: a part's second is the story that it began.
    """
    first, second = mark.targets
    for target in mark.targets:
        if len(held.stories_of(library, target.articles)) != 1:
            raise BadMark(str(library.path), f"these are not the articles of one story: {target.text}")
    here, there = _story(library, first), _story(library, second)
    grounds = _grounds(mark)
    if mark.action == "join":
        if here == there:
            raise BadMark(str(library.path), "they are one story already")
        _join(library, here, there, grounds)
        return replace(first, story=here), replace(second, story=there)
    inside = set(_articles(library, here))
    if here != there or not set(second.articles) < inside:
        raise BadMark(str(library.path), "only some of a story's articles can be taken out of it")
    [begun] = library.one("SELECT max(id) + 1 FROM stories") or (1,)
    _begin(library, begun)
    _move(library, second.articles, here, begun, grounds)
    stay = tuple(key for key in first.articles if key not in second.articles)
    return replace(first, story=here, articles=stay), replace(second, story=begun)


def follow(library: Library, mark: Mark, who: str) -> None:
    """After a mark about stories was undone, or its undoing was: have them as the mark, standing or not, says."""
    if mark.about != "story" or mark.action not in _WORDS:
        return
    stands = mark.key not in marks.undone(library)
    grounds = f"{who} {'did again' if stands else 'undid'} what {mark.who} had {_WORDS[mark.action]}"
    first, second = mark.targets
    here, there = _current(library, first), _current(library, second)
    if here is None or there is None:
        return
    if (mark.action == "join") == stands:
        if here != there:
            _join(library, here, there, grounds)
        return
    if here == there:
        leaving = _leaving(library, mark, here)
        arrived = set(_articles(library, here))
        articles = [key for key in leaving.articles if key in arrived]
        if leaving.story is not None and articles:
            _begin(library, leaving.story)
            _move(library, articles, here, leaving.story, grounds)


def _grounds(mark: Unwritten) -> str:
    return f"{mark.who} {_WORDS[mark.action]} them" + (f": {mark.value}" if mark.value else "")


def _join(library: Library, one: int, two: int, grounds: str) -> None:
    """The lower number stays, as where grouping finds that two stories are one."""
    kept, gone = sorted((one, two))
    connection = library.connection
    connection.execute("UPDATE story_articles SET story = ? WHERE story = ?", (kept, gone))
    connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (kept, gone))
    connection.execute("DELETE FROM reports WHERE story = ?", (gone,))
    placing.log(connection, kept, "merged", grounds, other=gone)
    placing.touch(connection, kept)


def _move(library: Library, articles: Sequence[str], old: int, new: int, grounds: str) -> None:
    connection = library.connection
    connection.executemany(
        "UPDATE story_articles SET story = ? WHERE article = (SELECT id FROM articles WHERE key = ?)",
        [(new, key) for key in articles],
    )
    placing.log(connection, old, "parted", grounds, other=new)
    placing.touch(connection, old)
    placing.touch(connection, new)


def _begin(library: Library, story: int) -> None:
    """A story by its number, which may have been one before."""
    when = store.now()
    library.connection.execute(
        "INSERT INTO stories (id, begun, changed) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET merged_into = NULL",
        (story, when, when),
    )


def _leaving(library: Library, mark: Mark, here: int) -> Target:
    """Which of two stories goes back to a number of its own: the one that lost it."""
    first, second = mark.targets
    return first if second.story == here else second


def _current(library: Library, target: Target) -> int | None:
    """The story that most of a target's articles are in now."""
    found = [story for key in target.articles for story in held.stories_of(library, (key,))]
    return min(found, key=lambda story: (-found.count(story), story)) if found else None


def _story(library: Library, target: Target) -> int:
    [story] = held.stories_of(library, target.articles)
    return story


def _articles(library: Library, story: int) -> list[str]:
    query = (
        "SELECT a.key FROM story_articles m JOIN articles a ON a.id = m.article WHERE m.story = ? "
        "ORDER BY a.published IS NULL, a.published, a.id"
    )
    return [key for (key,) in library.rows(query, (story,))]
