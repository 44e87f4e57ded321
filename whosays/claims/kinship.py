"""Speakers who belong together by what they are called: an organisation and who speaks for it, a document and its
authors."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from whosays.statements import nouns
from whosays.statements.statement import Speaker

# "Lebanese" tells where somebody is from, not who it is.
_FROM: Final = re.compile(
    r".*(?:ese|[ai]ans?|ish)|iraqis?|israelis?|saudis?|yemenis?|french|german|greek|dutch|turkish"
)
_PROPER: Final = re.compile(r"\b[A-Z][\w-]+")
_WORD: Final = re.compile(r"[\w-]+")
_UNNAMED: Final = re.compile(r"\b(official|officer|source|adviser|diplomat|lawmaker|aide|staffer|people|person)s?\b")
# Words with capitals that tell nothing of who it is.
_GENERAL: Final = frozenset(
    "the an mr mrs ms dr his her its their our united states national department ministry office committee federal "
    "monday tuesday wednesday thursday friday saturday sunday news post times".split()
)


def related(one: Speaker, other: Speaker) -> bool:
    """Whether what the two are called goes together: all telling words of one stand in a description of the other.

    Two people never do, named or described ("Vale’s wife"): what their names share does not make them one.
    """
    if {one.naming, other.naming}.isdisjoint(("organisation", "document")):
        return False
    ours, theirs = owners(one), owners(other)
    return len(ours & theirs) > 1 or _within(ours, other) or _within(theirs, one)


def owners(speaker: Speaker) -> frozenset[str]:
    """The words with a capital in a speaker's name that tell who it is."""
    return _owners(speaker.name.strip(" ,"))


def proper(name: str) -> frozenset[str]:
    """The words with a capital in a name, in small letters, but for where somebody is from."""
    words = (word.casefold() for word in _PROPER.findall(name))
    return frozenset(word for word in words if not _FROM.fullmatch(word))


def unnamed(speaker: Speaker) -> frozenset[str]:
    """The words for what somebody unnamed is, singular: "official"."""
    return frozenset(_UNNAMED.findall(speaker.name.casefold()))


@lru_cache(maxsize=10_000)
def _owners(name: str) -> frozenset[str]:
    first = name.split(" ")[0]
    words = (word.casefold() for word in _PROPER.findall(name) if word != first or first.casefold() not in _GENERAL)
    return frozenset(word for word in words if not _FROM.fullmatch(word)) - _GENERAL - nouns.ROLES


def _within(words: frozenset[str], speaker: Speaker) -> bool:
    names = (speaker.name, *speaker.described_as)
    return bool(words) and any(words <= set(_WORD.findall(name.casefold())) for name in names)
