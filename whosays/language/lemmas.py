"""Dictionary forms of words (the only home of lemminflect)."""

from __future__ import annotations

from functools import lru_cache

from lemminflect import getAllLemmas, getAllLemmasOOV

_CLASSES = {"NOUN": "NOUN", "VERB": "VERB", "AUX": "AUX", "ADJ": "ADJ", "ADV": "ADV"}


@lru_cache(maxsize=100_000)
def of(word: str, word_class: str) -> str:
    """The lemma of a word of a universal word class; other classes keep the word, in small letters but for names."""
    if word_class == "PROPN":
        return word
    lower = word.lower()
    wanted = _CLASSES.get(word_class)
    if wanted is None or not lower.isalpha():
        return lower
    found = getAllLemmas(lower, upos=wanted) or getAllLemmasOOV(lower, upos=wanted)
    return str(min(found[wanted], key=len)) if found.get(wanted) else lower
