"""The report on a story, made when it is first asked for and kept until the story changes."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from whosays.library import frozen, store
from whosays.library.analyses import Made
from whosays.library.errors import UnknownStory
from whosays.library.store import Library
from whosays.report import check, making
from whosays.report.report import Report
from whosays.text.article import Article


def of_story(library: Library, story: int, made: Made, progress: Callable[[int, int], None] | None = None) -> Report:
    """The report on all articles of a story as they stand; raises :class:`~whosays.errors.UnknownStory`."""
    row = library.one("SELECT version, merged_into FROM stories WHERE id = ?", (story,))
    given = articles_of(library, story)
    if row is None or not given:
        raise UnknownStory(str(library.path), story, row[1] if row else None)
    kept = _kept(library, story, row[0], made)
    if kept is not None:
        return kept
    report = making.report(given, made.program, False, progress)
    _keep(library, story, row[0], made, report)
    return report


def kept(library: Library, story: int, made: Made) -> Report | None:
    """The report on a story as it stands, if it was made before."""
    row = library.one("SELECT version FROM stories WHERE id = ?", (story,))
    return _kept(library, story, row[0], made) if row is not None else None


def articles_of(library: Library, story: int) -> list[Article]:
    """The articles of a story, in the order in which they were published."""
    found = library.rows(
        "SELECT a.key, t.text, a.outlet, a.published, a.title, a.url, a.byline, a.language "
        "FROM story_articles m JOIN articles a ON a.id = m.article JOIN versions v ON v.id = a.version "
        "JOIN texts t ON t.id = v.text WHERE m.story = ? ORDER BY a.published IS NULL, a.published, a.id",
        (story,),
    )
    return [Article(*row) for row in found]


def _kept(library: Library, story: int, version: int, made: Made) -> Report | None:
    row = library.one(
        "SELECT packed FROM reports WHERE story = ? AND story_version = ? AND model = ? AND program = ?",
        (story, version, made.model, made.program),
    )
    if row is None:
        return None
    try:
        report = frozen.loads(Report, zlib.decompress(row[0]))
    except (ValueError, zlib.error):
        return None  # kept in an older form: it is made again
    check.offsets(report)
    return report


def _keep(library: Library, story: int, version: int, made: Made, report: Report) -> None:
    compared = report.comparison
    claims = compared.claims if compared else ()
    values = (
        story, version, made.model, made.program, store.now(), len(report.statements), len(claims),
        len({
            (origin.speaker, origin.document, origin.outlet)
            for claim in claims for origin in claim.origins if origin.link != "unknown"
        }),
        len(compared.conflicts) if compared else 0, zlib.compress(frozen.dumps(report)),
    )  # fmt: skip
    with library.writing() as connection:
        connection.execute(f"INSERT OR REPLACE INTO reports VALUES ({', '.join('?' * len(values))})", values)
