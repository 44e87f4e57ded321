"""What a user types into a search -> what the full-text index understands. Nothing typed is an error."""

from __future__ import annotations

import re
from typing import Final

# A phrase in straight or curly quotation marks, perhaps never closed, or a word; both may be taken out with a minus.
_PART: Final = re.compile(r'(?P<minus>-)?(?:["“”„](?P<phrase>[^"“”„]*)["“”]?|(?P<word>[^\s"“”„]+))')
_TOKEN: Final = re.compile(r"[^\W_]")


def expression(typed: str) -> str | None:
    """The words and phrases that must all be there, ``-`` before those that must not, ``*`` behind a beginning.

    ``None`` where there is nothing to look for.
    """
    wanted, unwanted = parts(typed)
    if not wanted:
        return None
    whole = " AND ".join(wanted)
    return f"({whole}) NOT ({' OR '.join(unwanted)})" if unwanted else whole


def of_statements(typed: str) -> str | None:
    """The same for the index of statements, which also holds their speakers and what they are filtered by."""
    words = expression(typed)
    return f"{{content source}} : ({words})" if words else None


def parts(typed: str) -> tuple[list[str], list[str]]:
    """The words and phrases that must be there, and those that must not, each as the index understands it."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for part in _PART.finditer(typed.replace("\0", " ")):
        words = part["phrase"] if part["phrase"] is not None else part["word"]
        if not _TOKEN.search(words):
            continue
        star = "*" if part["phrase"] is None and words.endswith("*") else ""
        (unwanted if part["minus"] else wanted).append(f'"{words}"{star}')
    return wanted, unwanted


def name(typed: str) -> str | None:
    """The same for somebody's name: every word of it, or how it begins."""
    return " AND ".join(f'"{word}"*' for word in words_of(typed)) or None


def words_of(typed: str) -> list[str]:
    """The single words of a name, without what stands between them."""
    return re.findall(r"\w+", typed.replace("\0", " "))
