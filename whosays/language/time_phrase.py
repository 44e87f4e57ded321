"""What a phrase of time says, before it is known when the article appeared; and how to read its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from .time_words import Tokens

Kind = Literal[
    "date", "month", "year", "decade", "century", "quarter", "weekday", "today", "part", "clock", "season", "holiday",
    "shift", "stretch", "length", "set", "vague",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase says.

    ``start`` and ``end`` are characters, ``first`` and ``last`` the tokens ``[first, last)``. ``step`` counts units
    forward from the day that ``base`` names: the day of publication, or the date that was spoken of last.
    """

    start: int
    end: int
    first: int
    last: int
    kind: Kind
    unit: str = ""
    count: float | None = None
    step: int | None = None
    base: Literal["published", "spoken of"] = "published"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    clock: str = ""
    word: str = ""


Match = re.Match[str]
STEPS: Final = {"l": -1, "h": 0, "f": 1, "H": 0}
TOLD: Final = frozenset({"following", "previous", "preceding", "subsequent", "same", "that", "those"})
PARTS: Final = {
    "morning": "MO", "noon": "12:00", "midday": "12:00", "afternoon": "AF", "evening": "EV", "night": "NI",
    "overnight": "NI", "midnight": "24:00", "tonight": "NI",
}  # fmt: skip


def bare(tokens: Tokens, found: Match, kind: Kind) -> Phrase:
    """A phrase of a kind with the characters that a pattern matched."""
    first, last = found.span()
    return Phrase(tokens.starts[first], tokens.ends[last - 1], first, last, kind)


def letters_in(found: Match, group: str) -> str:
    """The letters that a group matched; empty for a group that the pattern lacks or that matched nothing."""
    return (found[group] or "") if group in found.re.groupindex else ""


def words_in(tokens: Tokens, found: Match, group: str) -> list[str]:
    if group not in found.re.groupindex:
        return []
    start, end = found.span(group)
    return tokens.words[start:end] if start >= 0 else []


def word_in(tokens: Tokens, found: Match, group: str) -> str:
    words = words_in(tokens, found, group)
    return words[0] if words else ""


def word_before(tokens: Tokens, position: int) -> str:
    """The word before a token; empty at the start of a sentence or after a mark."""
    return tokens.words[position - 1] if position else ""
