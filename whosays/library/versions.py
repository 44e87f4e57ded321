"""How an article changed at its address: its versions, and the difference between two of them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final, Literal

from whosays.library.errors import UnknownArticle
from whosays.library.store import Library

_PIECE: Final = re.compile(r"\s+|[\w’']+|[^\w\s]")
_Change = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it was read at one time; ``number`` counts from 1."""

    number: int
    added: str
    title: str | None
    published: str | None
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both versions, only in the older (``gone``), or only in the ``new`` one."""

    change: _Change
    words: str


def of(library: Library, key: str) -> list[Version]:
    """The versions of an article, the oldest first; raises :class:`~whosays.errors.UnknownArticle`."""
    found = library.rows(
        "SELECT v.number, v.added, v.title, v.published, t.text, v.place FROM articles a "
        "JOIN versions v ON v.article = a.id JOIN texts t ON t.id = v.text WHERE a.key = ? ORDER BY v.number",
        (key,),
    ).fetchall()
    if not found:
        raise UnknownArticle(str(library.path), key)
    return [Version(*row) for row in found]


def difference(older: str, newer: str) -> list[Piece]:
    """Word by word; the pieces that are the same or new, put together, are the newer text."""
    before, after = _PIECE.findall(older), _PIECE.findall(newer)
    pieces: list[Piece] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(after[k:m])))
            continue
        if i < j:
            pieces.append(Piece("gone", "".join(before[i:j])))
        if k < m:
            pieces.append(Piece("new", "".join(after[k:m])))
    return pieces
