"""The stories of a library, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from whosays.library import asking
from whosays.library.errors import UnknownStory
from whosays.library.store import Library
from whosays.stories import copies
from whosays.stories.copies import Copy


@dataclass(frozen=True, slots=True)
class Told:
    """One article of a story."""

    key: str
    outlet: str | None
    published: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A story. ``articles`` in order of publication; ``headline`` is the first one's that has one.

    ``voices`` are the keys of the articles, those that are near-copies of each other together.
    ``claims``, ``origins`` and ``conflicts`` count what its report holds, where one was made of the story as it stands.
    """

    id: int
    articles: tuple[Told, ...]
    voices: tuple[tuple[str, ...], ...] = ()
    claims: int | None = None
    origins: int | None = None
    conflicts: int | None = None

    @property
    def headline(self) -> str:
        return next((article.title for article in self.articles if article.title), self.articles[0].key)

    @property
    def outlets(self) -> tuple[str, ...]:
        """Those who tell it, the first one first; an article without an outlet stands for itself."""
        return tuple(dict.fromkeys(article.outlet or article.key for article in self.articles))

    @property
    def days(self) -> tuple[str, str] | None:
        """The days of the first and the last article, as ISO dates."""
        found = sorted(article.published[:10] for article in self.articles if article.published)
        return (found[0], found[-1]) if found else None


def stories(library: Library, after: str | None = None, about: str | None = None, most: int = 50) -> list[Listed]:
    """The stories with an article published (or, if it has no date, added) since ``after``, about some words.

    The latest first; ``most`` 0 is all of them.
    """
    conditions, values = ["1"], list[Any]()
    if after is not None:
        conditions.append("coalesce(a.published, a.added) >= ?")
        values.append(after)
    if about is not None:
        words = asking.expression(about)
        if words is None:
            return []
        conditions.append("a.version IN (SELECT rowid FROM articles_search WHERE articles_search MATCH ?)")
        values.append(words)
    found = library.rows(
        "SELECT m.story FROM story_articles m JOIN articles a ON a.id = m.article "
        f"WHERE {' AND '.join(conditions)} GROUP BY m.story "
        "ORDER BY max(coalesce(a.published, a.added)) DESC, m.story DESC LIMIT ?",
        [*values, most or -1],
    ).fetchall()
    return [listed(library, story) for (story,) in found]


def check(library: Library, story: int) -> None:
    """Raises :class:`~whosays.errors.UnknownStory` where there is none, or none any more."""
    row = library.one(
        "SELECT merged_into, EXISTS (SELECT 1 FROM story_articles WHERE story = id) FROM stories WHERE id = ?", (story,)
    )
    if row is None or not row[1]:
        raise UnknownStory(str(library.path), story, row[0] if row else None)


def listed(library: Library, story: int) -> Listed:
    """A story that there is."""
    told = library.rows(
        "SELECT a.key, a.outlet, a.published, a.title FROM story_articles m JOIN articles a ON a.id = m.article "
        "WHERE m.story = ? ORDER BY a.published IS NULL, a.published, a.id",
        (story,),
    )
    report = library.one(
        "SELECT r.claims, r.origins, r.conflicts FROM reports r JOIN stories s ON s.id = r.story "
        "WHERE r.story = ? AND r.story_version = s.version",
        (story,),
    )
    articles = tuple(Told(*row) for row in told)
    return Listed(story, articles, _voices(library, story, articles), *(report or (None, None, None)))


def _voices(library: Library, story: int, articles: Sequence[Told]) -> tuple[tuple[str, ...], ...]:
    found = library.rows(
        "SELECT a.key, b.key, c.share FROM story_articles m JOIN copies c ON c.article = m.article "
        "JOIN articles a ON a.id = c.article JOIN articles b ON b.id = c.of WHERE m.story = ? ORDER BY c.article, c.of",
        (story,),
    )
    return tuple(copies.voices((article.key for article in articles), (Copy(*row) for row in found)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a library stands: how much of what it holds, and when it was last added to."""

    articles: int
    changed: int
    outlets: int
    stories: int
    statements: int
    speakers: int
    unanalysed: int
    failures: int
    first: str | None
    last: str | None
    last_added: str | None
    added_today: int
    size: int


def standing(library: Library, now: datetime | None = None) -> Standing:
    """Counts over the articles as they stand; ``added_today`` are those of the last 24 hours."""
    yesterday = ((now or datetime.now(UTC)) - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    row = _row(library, _STANDING, (yesterday,))
    paths = [library.path, library.path.with_name(f"{library.path.name}-wal")]
    return Standing(*(*row, sum(path.stat().st_size for path in paths if path.exists())))


_STANDING: Final = """
SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM articles WHERE versions > 1),
       (SELECT count(DISTINCT outlet) FROM articles), (SELECT count(DISTINCT story) FROM story_articles),
       (SELECT count(*) FROM statements s JOIN articles a ON a.version = s.version),
       (SELECT count(*) FROM speakers s JOIN articles a ON a.version = s.version),
       (SELECT count(*) FROM articles a LEFT JOIN analyses n ON n.version = a.version WHERE n.version IS NULL),
       (SELECT count(*) FROM failures), (SELECT min(published) FROM articles), (SELECT max(published) FROM articles),
       (SELECT max(added) FROM articles), (SELECT count(*) FROM articles WHERE added >= ?)
"""


def _row(library: Library, query: str, values: Sequence[object]) -> tuple[Any, ...]:
    row = library.one(query, values)
    assert row is not None
    return row
