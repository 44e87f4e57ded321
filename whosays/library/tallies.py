"""Who is quoted, who publishes and which places are named in a library, each with how often, by name."""

from __future__ import annotations

from typing import Final

from whosays.library import asking
from whosays.library.bulk import Chosen, Page, Placed
from whosays.library.store import Library


def speakers(library: Library, chosen: Chosen, page: Page) -> Placed:
    """Speakers by name, as the articles stand now. Their place is their name."""
    conditions, values = ["p.name > ?"], list[object](page.after or ("",))
    if chosen.words is not None:
        name = asking.name(chosen.words)
        if name is None:
            return []
        conditions.append("p.id IN (SELECT rowid FROM speakers_search WHERE speakers_search MATCH ?)")
        values.append(name)
    if chosen.naming is not None:
        conditions.append("p.naming = ?")
        values.append(chosen.naming)
    # beside max() SQLite takes the other columns from the row that has the greatest: the latest article's
    found = library.rows(
        "SELECT p.name, p.naming, count(s.id), count(DISTINCT a.id), count(DISTINCT a.outlet), min(a.published), "
        "max(a.published), max(a.id) FROM speakers p JOIN articles a ON a.version = p.version "
        "LEFT JOIN statements s ON s.speaker = p.id "
        f"WHERE {' AND '.join(conditions)} GROUP BY p.name ORDER BY p.name LIMIT ?",
        [*values, page.most],
    ).fetchall()
    return [((row[0],), dict(zip(_SPEAKER, row[:-1], strict=True))) for row in found]


def outlets(library: Library, chosen: Chosen, page: Page) -> Placed:
    """Outlets by name. Their place is their name."""
    found = library.rows(
        "SELECT outlet, count(*), (SELECT statements FROM outlets WHERE name = outlet), min(published), max(published) "
        "FROM articles WHERE outlet > ? AND (? IS NULL OR instr(lower(outlet), lower(?))) "
        "GROUP BY outlet ORDER BY outlet LIMIT ?",
        [*(page.after or ("",)), chosen.words, chosen.words, page.most],
    ).fetchall()
    return [((row[0],), dict(zip(_OUTLET, row, strict=True))) for row in found]


def places(library: Library, chosen: Chosen, page: Page) -> Placed:
    """Places by name, those of one name apart. Their place is their name, country and number in GeoNames.

    First the names of a page, then what has them, so that only these are sorted.
    """
    after = page.after or ("", "", 0)
    found = library.rows(
        "SELECT p.name, p.country, avg(p.latitude), avg(p.longitude), min(p.precision), p.geonames, count(*), "
        "count(DISTINCT a.id) FROM places p JOIN articles a ON a.version = p.version WHERE p.name IN "
        "(SELECT DISTINCT q.name FROM places q CROSS JOIN articles b ON b.version = q.version WHERE q.name >= ? "
        "AND (? IS NULL OR instr(lower(q.name), lower(?))) ORDER BY q.name LIMIT ?) "
        "GROUP BY p.name, p.country, p.geonames",
        [after[0], chosen.words, chosen.words, page.most + 1],
    ).fetchall()
    placed: Placed = [((row[0], row[1] or "", row[5] or 0), dict(zip(_PLACE, row, strict=True))) for row in found]
    placed.sort(key=lambda one: one[0])
    return [one for one in placed if one[0] > after][: page.most]


_SPEAKER: Final = ("name", "naming", "statements", "articles", "outlets", "first", "last")
_OUTLET: Final = ("name", "articles", "statements", "first", "last")
_PLACE: Final = ("name", "country", "latitude", "longitude", "precision", "geonames", "mentions", "articles")
