"""Words as numbers, and how common each is.

How common a word is in English is read from the vocabulary of our encoder, which lists words by falling frequency: by
Zipf's law a word's share of all words is one over its rank. No table of its own is needed, and a stream has sensible
weights from its first article on; what the stream itself shows is added to it (:mod:`whosays.stories.window`).
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.language.session import FOLDER

Shares = NDArray[np.float64]
WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# An article of 400 words, of which .07 are "the": the expected number of times that the word of a rank occurs in it.
_EXPECTED: Final = 400 * 0.07
_UNLISTED_RANK: Final = 50_000  # of a word that is no piece of the vocabulary: behind its 30,000 pieces


def normal(word: str) -> str:
    """A word as it is compared: in small letters, without an ending of the genitive."""
    return word.casefold().replace("’", "'").removesuffix("'s")


def words(text: str) -> list[str]:
    """The words of a text, each as :func:`normal` has it; written out here, for it is asked of every word."""
    plain = text.replace("’", "'")
    return [found.casefold().removesuffix("'s") for found in WORD.findall(plain)]


def number(word: str) -> int:
    """A word's number, 32 bits, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def article_shares(numbers: Iterable[int]) -> Shares:
    """The share of English articles, 0 to 1, in which each word occurs."""
    listed = _listed()
    return np.array([listed.get(number, _share(_UNLISTED_RANK)) for number in numbers], np.float64)


@lru_cache(maxsize=1)
def _listed() -> dict[int, float]:
    pieces = (FOLDER / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    first = pieces.index("the")  # before it stand signs and single letters
    whole = [(rank, piece) for rank, piece in enumerate(pieces[first:]) if not piece.startswith("##")]
    return {number(piece): _share(rank) for rank, piece in reversed(whole)}


def _share(rank: int) -> float:
    return 1 - math.exp(-_EXPECTED / (rank + 3))
