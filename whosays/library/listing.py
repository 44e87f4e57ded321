"""The stories of a library, and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from whosays.library import asking
from whosays.library.errors import UnknownStory
from whosays.library.store import Library
from whosays.stories import copies
from whosays.stories.copies import Copy

_AT_ONCE: Final = 500  # stories in one question: SQLite takes at least 999 values


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which stories: those with an article that all of it fits. ``since`` and ``until`` are ISO dates, both within.

    An article without a date counts by when it was added. ``speaker`` and ``place`` are any words of a name.
    ``of`` are further conditions on the story as a whole; ``new`` those that changed after a place in the log.
    """

    about: str = ""
    outlet: str = ""
    speaker: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    of: Literal["", "several", "one-origin", "conflict"] = ""
    new: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the stories, the latest first, and whether there are ``more`` behind them."""

    stories: tuple[Listed, ...]
    more: bool


def stories(library: Library, after: str | None = None, about: str | None = None, most: int = 50) -> list[Listed]:
    """The stories with an article published (or, if it has no date, added) since ``after``, about some words.

    The latest first; ``most`` 0 is all of them.
    """
    if about is not None and asking.expression(about) is None:
        return []
    return list(page(library, Wanted(about=about or "", since=after or ""), most).stories)


def page(library: Library, wanted: Wanted, most: int = 50, skip: int = 0) -> Page:
    """``most`` of the stories that are wanted (0: all), behind the first ``skip`` of them.

    Articles are gone through from the latest on, by an index, until there are enough: a first page costs the same in a
    library of any size.
    """
    conditions, values = _conditions(wanted)
    if conditions is None:
        return Page((), False)
    walk = library.rows(
        "SELECT m.story FROM articles a JOIN story_articles m ON m.article = a.id "
        f"WHERE {' AND '.join(conditions)} ORDER BY coalesce(a.published, a.added) DESC, m.story DESC",
        values,
    )
    found: dict[int, None] = {}
    for (story,) in walk:
        found[story] = None
        if most and len(found) > skip + most:
            break
    walk.close()
    stop = skip + most if most else None
    return Page(tuple(each(library, list(found)[skip:stop])), stop is not None and len(found) > stop)


def _conditions(wanted: Wanted) -> tuple[list[str] | None, list[Any]]:
    """The conditions on an article and what they are filled with; None where nothing can fit."""
    conditions, values = ["1"], list[Any]()
    for typed, condition, understood in (
        (wanted.since, "coalesce(a.published, a.added) >= ?", wanted.since),
        # a day holds its hours: "2025-03-14T18:20" comes behind "2025-03-14"
        (wanted.until, "coalesce(a.published, a.added) < ?", f"{wanted.until}~"),
        (wanted.outlet, "instr(lower(a.outlet), lower(?))", wanted.outlet),
        (wanted.about, _ABOUT, asking.expression(wanted.about)),
        (wanted.speaker, _SPEAKER, asking.name(wanted.speaker)),
        (wanted.place, "a.version IN (SELECT version FROM places WHERE name = ? COLLATE NOCASE)", wanted.place.strip()),
    ):
        if typed.strip():
            if understood is None:
                return None, []
            conditions.append(condition)
            values.append(understood)
    if wanted.of:
        conditions.append(_OF[wanted.of])
    if wanted.new is not None:
        conditions.append("m.story IN (SELECT story FROM story_changes WHERE id > ?)")
        values.append(wanted.new)
    return conditions, values


_ABOUT: Final = "a.version IN (SELECT rowid FROM articles_search WHERE articles_search MATCH ?)"
_SPEAKER: Final = (
    "a.version IN (SELECT version FROM speakers WHERE id IN "
    "(SELECT rowid FROM speakers_search WHERE speakers_search MATCH ?))"
)
_REPORTED: Final = (
    "m.story IN (SELECT r.story FROM reports r JOIN stories s ON s.id = r.story AND s.version = r.story_version"
)
_OF: Final = {
    "several": "EXISTS (SELECT 1 FROM story_articles n JOIN articles b ON b.id = n.article WHERE n.story = m.story "
    "AND coalesce(b.outlet, b.key) <> coalesce(a.outlet, a.key))",
    "one-origin": f"{_REPORTED} WHERE r.origins = 1 AND r.claims > 0)",
    "conflict": f"{_REPORTED} WHERE r.conflicts > 0)",
}


def stories_of(library: Library, keys: Sequence[str]) -> dict[str, int]:
    """The story of each of some articles that has one, by the articles' keys."""
    found: dict[str, int] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        found |= dict(
            library.rows(
                "SELECT a.key, m.story FROM articles a JOIN story_articles m ON m.article = a.id "
                f"WHERE a.key IN ({', '.join('?' * len(some))}) ORDER BY a.id",
                some,
            )
        )
    return found


def listed(library: Library, story: int) -> Listed:
    """A story that there is."""
    [one] = each(library, [story])
    return one


def check(library: Library, story: int) -> None:
    """Raises :class:`~whosays.errors.UnknownStory` where there is none, or none any more."""
    row = library.one(
        "SELECT merged_into, EXISTS (SELECT 1 FROM story_articles WHERE story = id) FROM stories WHERE id = ?", (story,)
    )
    if row is None or not row[1]:
        raise UnknownStory(str(library.path), story, row[0] if row else None)


def each(library: Library, wanted: Sequence[int]) -> list[Listed]:
    """Stories that there are, by their ids and in that order."""
    told: dict[int, list[Told]] = {story: [] for story in wanted}
    counted: dict[int, tuple[int, int, int]] = {}
    alike: dict[int, list[Copy]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        for story, *article in library.rows(
            "SELECT m.story, a.key, a.outlet, a.published, a.title FROM story_articles m "
            f"JOIN articles a ON a.id = m.article WHERE m.story IN ({marks}) "
            "ORDER BY a.published IS NULL, a.published, a.id",
            some,
        ):
            told[story].append(Told(*article))
        for story, claims, origins, conflicts in library.rows(
            "SELECT r.story, r.claims, r.origins, r.conflicts FROM reports r JOIN stories s ON s.id = r.story "
            f"WHERE r.story IN ({marks}) AND r.story_version = s.version",
            some,
        ):
            counted[story] = (claims, origins, conflicts)
        for story, *copy in library.rows(
            "SELECT m.story, a.key, b.key, c.share FROM story_articles m JOIN copies c ON c.article = m.article "
            f"JOIN articles a ON a.id = c.article JOIN articles b ON b.id = c.of WHERE m.story IN ({marks}) "
            "ORDER BY c.article, c.of",
            some,
        ):
            alike.setdefault(story, []).append(Copy(*copy))
    return [
        Listed(
            story,
            tuple(told[story]),
            tuple(copies.voices((article.key for article in told[story]), alike.get(story, ()))),
            *counted.get(story, (None, None, None)),
        )
        for story in wanted
    ]


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
