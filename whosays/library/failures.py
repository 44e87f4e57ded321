"""What could not be added, with the reason, until it could."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from whosays.errors import WhosaysError
from whosays.library import store
from whosays.library.store import Library


@dataclass(frozen=True, slots=True)
class Failure:
    """One input that was left out, or one ``article`` (a row) that was taken in and could not be analysed.

    ``source`` is what was given, a full path or an address; ``place`` the record within it.
    """

    source: str
    place: str
    kind: str
    reason: str
    tries: int
    last_failed: str
    article: int | None = None


def all_of(library: Library) -> list[Failure]:
    """Every failure that was not mended yet, the latest first."""
    found = library.rows(
        "SELECT source, place, kind, reason, tries, last_failed, article FROM failures ORDER BY last_failed DESC, id"
    )
    return [Failure(*row) for row in found]


def record(
    connection: sqlite3.Connection, source: str, problem: WhosaysError | Exception, place: str, article: int | None
) -> None:
    """Keep a failure; the same one again counts as one more try."""
    when = store.now()
    connection.execute(
        "INSERT INTO failures (source, place, article, kind, reason, first_failed, last_failed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, place) DO UPDATE SET article = excluded.article, "
        "kind = excluded.kind, reason = excluded.reason, last_failed = excluded.last_failed, tries = tries + 1",
        (source, place, article, type(problem).__name__, str(problem), when, when),
    )


def settle(connection: sqlite3.Connection, source: str, still: Collection[str]) -> None:
    """Forget the failures of a source that was read through, but for the places that failed again.

    An address that was read is over as a place, too, whichever feed led to it.
    """
    old = connection.execute(
        "SELECT id, place FROM failures WHERE (source = ? OR place = ?) AND article IS NULL", (source, source)
    ).fetchall()
    connection.executemany("DELETE FROM failures WHERE id = ?", [(id_,) for id_, place in old if place not in still])


def forget(connection: sqlite3.Connection, article: int) -> None:
    """An article that could not be analysed has been."""
    connection.execute("DELETE FROM failures WHERE article = ?", (article,))
