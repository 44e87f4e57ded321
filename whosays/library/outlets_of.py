"""An outlet across the library: whom it relies on, how often on unnamed sources, how often it was first, who copies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from whosays.library import counts
from whosays.library.counts import Count
from whosays.library.errors import UnknownName
from whosays.library.store import Library
from whosays.report.view.story import Moment, moment

LISTED: Final = 200
_MOST: Final = 15
_ARTICLES: Final = 10  # that a page shows
# Of an outlet's latest articles, those in which it is looked at who was first and who copied whom; with a million
# statements in the library that takes 20 ms.
LATEST: Final = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """``unnamed`` of its ``statements`` are credited to nobody by name."""

    name: str
    articles: int
    statements: int
    unnamed: int

    @property
    def unnamed_share(self) -> int:
        """Per cent."""
        return counts.share(self.unnamed, self.statements)


@dataclass(frozen=True, slots=True)
class Told:
    key: str
    title: str | None
    published: str | None
    story: int | None


@dataclass(frozen=True, slots=True)
class Firsts:
    """Of ``stories`` that others told too, the outlet was surely first with ``first``; of ``unknown`` none can say.

    ``before`` are the outlets that were first where it was not.
    """

    stories: int
    first: int
    unknown: int
    before: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Outlet:
    """``relies_on`` are relays that its statements came through, ``relied_on_by`` outlets that credit it as one.

    ``copies`` are outlets with near-copies of its latest articles, or of which these are near-copies.
    """

    outlet: Listed
    speakers: tuple[Count, ...]
    namings: tuple[Count, ...]
    relies_on: tuple[Count, ...]
    relied_on_by: tuple[Count, ...]
    firsts: Firsts
    copies: tuple[Count, ...]
    latest: tuple[Told, ...]


def listed(library: Library, words: str) -> tuple[Listed, ...]:
    """Those with most articles whose name holds ``words``."""
    found = library.rows(
        "SELECT o.name, count(*) AS articles, o.statements, o.unnamed FROM outlets o "
        "CROSS JOIN articles a ON a.outlet = o.name WHERE instr(lower(o.name), lower(?)) "
        "GROUP BY o.id ORDER BY articles DESC, o.name LIMIT ?",
        (words.strip(), LISTED),
    )
    return tuple(Listed(*row) for row in found)


def relays(library: Library) -> tuple[Count, ...]:
    """Outlets and agencies through which most statements came to others."""
    found = library.rows(
        "SELECT o.name, count(*) FROM relayed r JOIN outlets o ON o.id = r.relay WHERE r.relay IS NOT r.outlet "
        "GROUP BY r.relay"
    )
    return counts.ordered(found, 2 * _MOST)


def find(library: Library, name: str) -> Outlet:
    """An outlet of the library, or one of which it only has what others took from it; raises UnknownName."""
    row = library.one("SELECT id, statements, unnamed FROM outlets WHERE name = ?", (name,))
    if row is None:
        raise UnknownName(str(library.path), "outlet", name)
    id_, statements, unnamed = row
    [articles] = library.one("SELECT count(*) FROM articles WHERE outlet = ?", (name,)) or (0,)
    latest = [article for (article,) in library.rows(
        "SELECT id FROM articles WHERE outlet = ? ORDER BY published DESC, id DESC LIMIT ?",
        (name, LATEST),
    )]  # fmt: skip
    return Outlet(
        outlet=Listed(name, articles, statements, unnamed),
        speakers=counts.ordered(
            library.rows(
                "SELECT n.name, count(*) FROM said d JOIN speaker_names n ON n.id = d.speaker WHERE d.outlet = ? "
                "GROUP BY d.speaker ORDER BY count(*) DESC, n.name LIMIT ?",
                (id_, _MOST),
            ),
            _MOST,
        ),
        namings=counts.ordered(
            library.rows(
                "SELECT naming, sum(n) FROM (SELECT naming, count(*) AS n FROM said WHERE outlet = ? "
                "GROUP BY speaker, naming) GROUP BY naming",
                (id_,),
            ),
            _MOST,
        ),
        relies_on=_relays(library, "relay", "outlet", id_),
        relied_on_by=_relays(library, "outlet", "relay", id_),
        firsts=_firsts(library, name, latest),
        copies=_copies(library, latest),
        latest=tuple(_told(library, article) for article in latest[:_ARTICLES]),
    )


def _relays(library: Library, shown: str, given: str, outlet: int) -> tuple[Count, ...]:
    found = library.rows(
        f"SELECT o.name, count(*) FROM relayed r JOIN outlets o ON o.id = r.{shown} "
        f"WHERE r.{given} = ? AND r.relay IS NOT r.outlet GROUP BY r.{shown}",
        (outlet,),
    )
    return counts.ordered(found, _MOST)


def _firsts(library: Library, name: str, articles: list[int]) -> Firsts:
    """Who was first with the stories of some articles. A day without an hour may be before any hour of that day."""
    begun: dict[int, dict[str, Moment]] = {}
    for story, outlet, published in library.rows(
        "SELECT m.story, coalesce(a.outlet, a.key), a.published FROM "
        f"(SELECT DISTINCT story FROM story_articles WHERE article IN ({_marks(articles)})) s "
        "CROSS JOIN story_articles m ON m.story = s.story CROSS JOIN articles a ON a.id = m.article",
        articles,
    ):
        told, when = begun.setdefault(story, {}), moment(published)
        if outlet not in told or _sort(when) < _sort(told[outlet]):
            told[outlet] = when
    shared = [told for told in begun.values() if len(told) > 1]
    leaders = Counter(_leader(told) for told in shared)
    first, unknown = leaders.pop(name, 0), leaders.pop("", 0)
    return Firsts(len(shared), first, unknown, counts.ordered(leaders.items(), _MOST))


def _leader(told: dict[str, Moment]) -> str:
    """The outlet that was surely before all others; "" where that is not known."""
    outlet = min(sorted(told), key=lambda name: _sort(told[name]))
    surely = all(told[outlet].before(when) for other, when in told.items() if other != outlet)
    return outlet if surely else ""


def _sort(when: Moment) -> float:
    return float("inf") if when.at is None else when.at


def _copies(library: Library, articles: list[int]) -> tuple[Count, ...]:
    copied: Counter[str] = Counter()
    for own, other in (("article", "of"), ("of", "article")):
        copied.update(dict(library.rows(
            f"SELECT b.outlet, count(*) FROM copies c JOIN articles a ON a.id = c.{own} "
            f"JOIN articles b ON b.id = c.{other} WHERE c.{own} IN ({_marks(articles)}) AND b.outlet <> a.outlet "
            "GROUP BY 1",
            articles,
        ).fetchall()))  # fmt: skip
    return counts.ordered(copied.items(), _MOST)


def _marks(values: list[int]) -> str:
    return ", ".join("?" * len(values))


def _told(library: Library, article: int) -> Told:
    row = library.one(
        "SELECT a.key, a.title, a.published, m.story FROM articles a LEFT JOIN story_articles m ON m.article = a.id "
        "WHERE a.id = ?",
        (article,),
    )
    assert row is not None
    return Told(*row)
