"""What a search asks for -> what the full-text index of statements understands, words and filters in one expression."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from whosays.errors import UsageError
from whosays.library import asking
from whosays.library.indexes import DAY_BITS
from whosays.library.store import Library

# Of the words that begin like one that was typed for a speaker; a name has no more of them.
_MOST_WORDS: Final = 50
_LAST: Final = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``since`` and ``until`` are ISO dates of publication, both within, ``month`` is "2025-03".

    An article without a date of publication counts as published when it was added. ``outlet`` is any part of its name,
    ``speaker`` any words of the name or of a description, or how they begin; ``in_outlet`` and ``said_by`` are whole
    names. ``story`` is its number.
    """

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    said_by: str | None = None
    in_outlet: str | None = None
    naming: str | None = None
    polarity: str | None = None
    month: str | None = None
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression of the index, ``None`` for all statements, and the numbers of the first and the last statement.

    ``hours`` are conditions on the moment of publication (with their values) where a day is too coarse.
    """

    match: str | None
    first: int = 0
    last: int = _LAST
    hours: tuple[tuple[str, str], ...] = ()


def of(library: Library, wanted: Wanted) -> Filter | None:
    """``None`` where nothing can meet it. Raises UsageError for what is no date."""
    parts: list[str | None] = []
    if wanted.words.strip():
        parts.append(asking.of_statements(wanted.words))
    if wanted.speaker is not None:
        parts.append(_speaker(library, wanted.speaker))
    if wanted.said_by is not None:
        parts.append(_ids(library, "xs", "SELECT id FROM speaker_names WHERE name = ?", wanted.said_by))
    if wanted.in_outlet is not None:
        parts.append(_ids(library, "xo", "SELECT id FROM outlets WHERE name = ?", wanted.in_outlet))
    if wanted.outlet is not None:
        parts.append(_ids(library, "xo", "SELECT id FROM outlets WHERE instr(lower(name), lower(?))", wanted.outlet))
    if wanted.story is not None:
        parts.append(_ids(library, "xa", "SELECT article FROM story_articles WHERE story = ?", wanted.story))
    for sign, value in (("xn", wanted.naming), ("xp", wanted.polarity)):
        if value is not None:
            parts.append(f'about : "{sign}{"".join(filter(str.isalpha, value))}"')
    if None in parts:
        return None
    first, last = _numbers(wanted)
    return Filter(" AND ".join(filter(None, parts)) or None, first, last, _hours(wanted))


def numbers_of(first: date, last: date) -> tuple[int, int]:
    """The numbers that statements published from one day to another may have."""
    return first.toordinal() << DAY_BITS, ((last.toordinal() + 1) << DAY_BITS) - 1


def month_of(number: int) -> str:
    """The month, such as "2025-03", in which a statement was published."""
    return date.fromordinal(number >> DAY_BITS).isoformat()[:7]


def numbers_of_month(month: str) -> tuple[int, int]:
    """The same for a month, such as "2025-03". Raises UsageError for what is none."""
    begun = _day(f"{month}-01")
    return numbers_of(begun, (begun + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def month_before(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year - 1:04}-12" if number == 1 else f"{year:04}-{number - 1:02}"


def _numbers(wanted: Wanted) -> tuple[int, int]:
    first, last = 0, _LAST
    if wanted.month is not None:
        first, last = numbers_of_month(wanted.month)
    if wanted.since is not None:
        first = max(first, numbers_of(day := _day(wanted.since), day)[0])
    if wanted.until is not None:
        last = min(last, numbers_of(day := _day(wanted.until), day)[1])
    return first, last


def _hours(wanted: Wanted) -> tuple[tuple[str, str], ...]:
    conditions = []
    if wanted.since is not None and len(wanted.since) > len("2025-03-14"):
        conditions.append(("coalesce(a.published, a.added) >= ?", wanted.since))
    if wanted.until is not None and len(wanted.until) > len("2025-03-14"):
        # a minute holds its seconds: "2025-03-14T18:20:05" comes behind "2025-03-14T18:20"
        conditions.append(("coalesce(a.published, a.added) < ?", f"{wanted.until}~"))
    return tuple(conditions)


def _day(typed: str) -> date:
    try:
        # the last years of the calendar have no room for what is counted from them
        return min(max(date.fromisoformat(typed[:10]), date(2, 1, 1)), date(9990, 1, 1))
    except ValueError:
        raise UsageError("", f'"{typed}" is no date', "Give it as 2025-03-14.") from None


def _speaker(library: Library, typed: str) -> str | None:
    """The index knows words without their endings, so a word that is only begun is completed first."""
    every = []
    for word in asking.words_of(typed):
        low = _plain(word)
        found = library.rows(
            "SELECT term FROM speaker_words WHERE term >= ? AND term < ? LIMIT ?",
            (low, f"{low}\U0010ffff", _MOST_WORDS),
        )
        every.append("(" + " OR ".join(f'"{term}"' for term in dict.fromkeys([word, *(t for (t,) in found)])) + ")")
    return f"speaker : ({' AND '.join(every)})" if every else None


def _plain(word: str) -> str:
    """A word as the vocabulary has it: small, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))


def _ids(library: Library, sign: str, query: str, value: Any) -> str | None:
    found = [f'"{sign}{id_}"' for (id_,) in library.rows(query, (value,))]
    return f"about : ({' OR '.join(found)})" if found else None
