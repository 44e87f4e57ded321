"""A speaker across the library: all that is credited to one name, where, through whom and when.

Speakers are found anew in each article, so a name is what joins them here. For an unnamed speaker that is weak: two
articles may well mean two officials by "a senior official".
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final

from whosays.library import asking, counts, filters, searching
from whosays.library.counts import Count
from whosays.library.errors import UnknownName
from whosays.library.searching import Hit
from whosays.library.store import Library

LATEST: Final = 50  # statements that a page shows; search has the others
LISTED: Final = 100
MONTHS: Final = 120  # what is older stands in search
_MOST: Final = 15
_LOOKED_AT: Final = 500  # of the latest statements, for the words that describe the speaker
_ALIKE: Final = 2_000  # names with a word in common that are looked at
_SHORTEST: Final = 3  # letters of a word by which names are taken to be alike


@dataclass(frozen=True, slots=True)
class Speaker:
    """``unnamed`` is how many of the statements are credited to nobody by name; ``months`` are in order of time.

    ``described_as`` are other words for the speaker in the latest statements, the commonest first; ``alike`` other
    names with the same last word; ``hits`` the latest statements.
    """

    name: str
    statements: int
    unnamed: int
    outlets: tuple[Count, ...]
    all_outlets: int
    relays: tuple[Count, ...]
    polarities: tuple[Count, ...]
    months: tuple[Count, ...]
    described_as: tuple[str, ...]
    alike: tuple[Count, ...]
    hits: tuple[Hit, ...]


def listed(library: Library, words: str) -> tuple[Count, ...]:
    """Those most often credited, or of those whose name has all of some words (or such as begin like them)."""
    if not words.strip():
        found = library.rows(
            "SELECT name, statements FROM speaker_names WHERE statements > 0 ORDER BY statements DESC, id LIMIT ?",
            (LISTED,),
        )
        return tuple(Count(*row) for row in found)
    asked = asking.name(words)
    if asked is None:
        return ()
    found = library.rows(
        "SELECT n.name, n.statements FROM speaker_names_search f JOIN speaker_names n ON n.id = f.rowid "
        "WHERE speaker_names_search MATCH ? AND n.statements > 0 ORDER BY n.statements DESC, n.name LIMIT ?",
        (asked, LISTED),
    )
    return tuple(Count(*row) for row in found)


def find(library: Library, name: str) -> Speaker:
    """Raises UnknownName."""
    row = library.one("SELECT id, name, statements FROM speaker_names WHERE name = ? AND statements > 0", (name,))
    if row is None:
        raise UnknownName(str(library.path), "speaker", name)
    id_, name, statements = row
    outlets: Counter[str] = Counter()
    polarities: Counter[str] = Counter()
    unnamed = 0
    for outlet, naming, polarity, n in library.rows(
        "SELECT (SELECT name FROM outlets WHERE id = d.outlet), d.naming, d.polarity, count(*) FROM said d "
        "WHERE d.speaker = ? GROUP BY d.outlet, d.naming, d.polarity",
        (id_,),
    ):
        outlets[outlet or ""] += n
        polarities[polarity] += n
        unnamed += n if naming == "anonymous" else 0
    del outlets[""]
    latest = [number for (number,) in library.rows(
        "SELECT statement FROM said WHERE speaker = ? ORDER BY statement DESC LIMIT ?", (id_, _LOOKED_AT)
    )]  # fmt: skip
    return Speaker(
        name=name,
        statements=statements,
        unnamed=unnamed,
        outlets=counts.ordered(outlets.items(), _MOST),
        all_outlets=len(outlets),
        relays=_relays(library, id_),
        polarities=counts.ordered(polarities.items(), _MOST),
        months=_months(library, id_),
        described_as=_described(library, name, latest),
        alike=_alike(library, name),
        hits=searching.shown(library, latest[:LATEST]),
    )


def _relays(library: Library, speaker: int) -> tuple[Count, ...]:
    """Through whom the statements came, leaving out the outlets themselves, to which somebody spoke directly."""
    found = library.rows(
        "SELECT o.name, count(*) FROM relayed r JOIN outlets o ON o.id = r.relay "
        "WHERE r.speaker = ? AND r.relay IS NOT r.outlet GROUP BY r.relay",
        (speaker,),
    )
    return counts.ordered(found, _MOST)


def _months(library: Library, speaker: int) -> tuple[Count, ...]:
    """The months from the first with a statement to the last, at most :data:`MONTHS`, those with none among them."""
    first, last = library.one("SELECT min(statement), max(statement) FROM said WHERE speaker = ?", (speaker,)) or (0, 0)
    month, found = filters.month_of(last), list[Count]()
    while month >= filters.month_of(first) and len(found) < MONTHS:
        # a stretch of the index for each month, where grouping would sort them all
        row = library.one(
            "SELECT count(*) FROM said WHERE speaker = ? AND statement BETWEEN ? AND ?",
            (speaker, *filters.numbers_of_month(month)),
        )
        found.append(Count(month, row[0] if row else 0))
        month = filters.month_before(month)
    return tuple(reversed(found))


def _described(library: Library, name: str, statements: list[int]) -> tuple[str, ...]:
    used: Counter[str] = Counter()
    rows = library.rows(
        "SELECT DISTINCT p.id, p.described_as FROM json_each(?) j JOIN statements s ON s.id = j.value "
        "JOIN speakers p ON p.id = s.speaker",
        (json.dumps(statements),),
    )
    for _, described_as in rows:
        used.update(json.loads(described_as))
    used.pop(name, None)
    return tuple(found.name for found in counts.ordered(used.items(), _MOST))


def _alike(library: Library, name: str) -> tuple[Count, ...]:
    words = [word for word in asking.words_of(name) if len(word) >= _SHORTEST]
    if not words:
        return ()
    found = library.rows(
        "SELECT n.name, n.statements FROM (SELECT rowid FROM speaker_names_search WHERE speaker_names_search MATCH ? "
        "LIMIT ?) f JOIN speaker_names n ON n.id = f.rowid WHERE n.statements > 0 AND n.name <> ?",
        (f'"{words[-1]}"', _ALIKE, name),
    )
    return counts.ordered(found, _MOST)
