"""Dictionary forms of words (the only home of lemminflect)."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from lemminflect import config, getAllLemmasOOV

# How an inflected form of a class ends that lemminflect's table does not know.
_ENDINGS: Final = {"NOUN": ("s",), "VERB": ("s", "d", "g"), "AUX": (), "ADJ": ("er", "est"), "ADV": ("er", "est")}


@lru_cache(maxsize=100_000)
def of(word: str, word_class: str) -> str:
    """The lemma of a word of a universal word class; other classes keep the word, in small letters but for names."""
    if word_class == "PROPN":
        return word
    lower = word.lower()
    if word_class not in _ENDINGS or not lower.isalpha():
        return lower
    known = _table().get(f"{lower},{word_class.lower()}")
    if known:
        return min(known.split("/"), key=len).lower()
    if not lower.endswith(_ENDINGS[word_class]):
        return lower
    guessed = getAllLemmasOOV(lower, upos=word_class).get(word_class)
    return str(guessed[0]) if guessed else lower


@cache
def _table() -> dict[str, str]:
    """From "held,verb" to "hold", or to several forms with "/" between them.

    Read here because lemminflect's own look-up copies an entry with all its parts each time, a twentieth of the whole.
    """
    lines = gzip.decompress(Path(config.lemma_lu_fn).read_bytes()).decode().splitlines()
    lines += Path(config.lemma_overrides_fn).read_text(encoding="utf-8").lower().splitlines()
    cells = [line.rpartition(",") for line in lines if line and line[0] != "#"]
    return {word: lemma for word, _, lemma in cells}
