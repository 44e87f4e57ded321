"""Where a statement or an article stands in the page of its story."""

from __future__ import annotations

from collections.abc import Iterable

from whosays.library.searching import Hit
from whosays.library.store import Library


def of(library: Library, hits: Iterable[Hit]) -> dict[str, str]:
    """The address of each hit that belongs to a story, by the id of its statement, else by that of its article.

    Statements and articles are numbered through the whole story, as its report has them.
    """
    found: dict[str, str] = {}
    orders: dict[int, dict[str, tuple[int, int]]] = {}
    for hit in hits:
        if hit.story is None:
            continue
        if hit.story not in orders:
            orders[hit.story] = _order(library, hit.story)
        place, before = orders[hit.story][hit.article]
        if hit.statement is None:
            found[hit.article] = f"/stories/{hit.story}#a{place}"
        else:
            found[hit.statement] = f"/stories/{hit.story}#t{before + int(hit.statement.rpartition(':')[2])}"
    return found


def _order(library: Library, story: int) -> dict[str, tuple[int, int]]:
    """The number of each article in its story, and how many statements the articles before it have."""
    rows = library.rows(
        "SELECT a.key, coalesce(n.statements, 0) FROM story_articles m JOIN articles a ON a.id = m.article "
        "LEFT JOIN analyses n ON n.version = a.version WHERE m.story = ? "
        "ORDER BY a.published IS NULL, a.published, a.id",
        (story,),
    )
    order, before = {}, 0
    for place, (key, statements) in enumerate(rows, start=1):
        order[key] = (place, before)
        before += statements
    return order
