"""The table of places: about 160,000 cities, divisions, countries and regions with their names and coordinates.

``places.npz`` is made by ``training/gazetteer.py``; README.md beside this file says from what. Rows are sorted by
their folded names, and a further list of names, sorted likewise, points into them. Both are kept as bytes and searched
by halving, so that the table takes some 6 MB and is there in a twentieth of a second.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Precision = Literal["point", "city", "county", "state", "country", "region"]
PRECISIONS: Final[tuple[Precision, ...]] = ("point", "city", "county", "state", "country", "region")

_WIDE: Final = frozenset(("country", "region", "point"))
_STEP: Final = 0.30103 / 8  # populations are kept as eighths of their binary logarithm

_PLAIN: Final = str.maketrans(dict.fromkeys(".'’‘`ʻʼ´", "") | dict.fromkeys("-‐‑–", " "))
_SHORTER: Final = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def fold(name: str) -> str:
    """A name without accents, letter case, stops and hyphens: "St. John's" and "Saint Johns" fold alike."""
    if not name.isascii():
        parts = unicodedata.normalize("NFKD", name)
        name = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join([_SHORTER.get(word, word) for word in name.casefold().translate(_PLAIN).split()])


class Lines:
    """Lines of text in one run of bytes."""

    def __init__(self, blob: NDArray[np.uint8]) -> None:
        self._bytes = blob.tobytes()
        self._ends = np.flatnonzero(blob == 10).astype(np.uint32)
        # every search begins at the same few middles: their forms are folded once
        self._folded = lru_cache(maxsize=1 << 15)(lambda number: fold(self[number]))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = int(self._ends[number - 1]) + 1 if number else 0
        return self._bytes[start : int(self._ends[number])].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes.decode().split("\n")[:-1])

    def folding_to(self, folded: str) -> range:
        """The numbers of the lines, sorted by their folded forms, that fold to this."""
        low = high = self._first_from(folded)
        while high < len(self) and self._folded(high) == folded:
            high += 1
        return range(low, high)

    def opens_with(self, words: str) -> bool:
        """Whether any folded line begins with these words."""
        number = self._first_from(words)
        return number < len(self) and f"{self._folded(number)} ".startswith(f"{words} ")

    def _first_from(self, folded: str) -> int:
        """The number of the first line whose folded form does not come before this one."""
        return bisect_left(range(len(self)), folded, key=self._folded)


class Gazetteer:
    """The table in memory; a place is the number of its row."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as table:
            self.names = Lines(table["names"])
            self._further = Lines(table["further"])
            self._owner = table["owner"]
            self._admins = tuple(Lines(table["admins"]))
            self._admin: NDArray[np.uint16] = table["admin"]
            self._latitude, self._longitude = table["latitude"], table["longitude"]
            self._precision, self._people = table["precision"], table["people"]
            self._geonames = table["geonames"]
            self._capitals = frozenset(table["capital"].tolist())
            homes = table["home"].tolist()
            self.peoples: dict[str, int] = dict(zip(Lines(table["peoples"]), homes, strict=True))
            self.short_forms: dict[str, int] = dict(zip(Lines(table["short"]), table["meant"].tolist(), strict=True))
        # with which letters any of those begins: most words need not be looked up
        self.people_openings = frozenset(form[:3] for form in self.peoples)
        self.short_openings = frozenset(form[:2] for form in self.short_forms)
        self.named = lru_cache(maxsize=1 << 14)(self._named)
        self.opens_with = lru_cache(maxsize=1 << 14)(self._opens_with)

    def _named(self, folded: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The places whose main name folds to this, and those of which a further name does; what is larger than a
        state goes by all its names alike ("Britain")."""
        main = tuple(self.names.folding_to(folded))
        further = {int(self._owner[k]) for k in self._further.folding_to(folded)}.difference(main)
        wide = {row for row in further if self.precision(row) in _WIDE}
        return (*main, *sorted(wide)), tuple(sorted(further - wide))

    def _opens_with(self, words: str) -> bool:
        """Whether a name of any place begins with these words, folded alike."""
        folded = fold(words)
        return self.names.opens_with(folded) or self._further.opens_with(folded)

    def admin(self, row: int) -> str:
        """GeoNames' "country.division", the country alone, or nothing for what no one country holds."""
        return self._admins[int(self._admin[row])]

    def country(self, row: int) -> str | None:
        """ISO 3166-1 alpha-2."""
        return self.admin(row)[:2] or None

    def point(self, row: int) -> tuple[float, float]:
        """Latitude and longitude in degrees, to a hundredth."""
        return int(self._latitude[row]) / 100, int(self._longitude[row]) / 100

    def precision(self, row: int) -> Precision:
        return PRECISIONS[int(self._precision[row])]

    def magnitude(self, row: int) -> float:
        """The decimal logarithm of the number of people who live there; 0 where it is unknown."""
        return int(self._people[row]) * _STEP

    def geonames(self, row: int) -> int | None:
        return int(self._geonames[row]) or None

    def is_capital(self, row: int) -> bool:
        return row in self._capitals


@cache
def load() -> Gazetteer:
    """The table that comes with the package; read once, at the first need of it."""
    return Gazetteer(Path(__file__).parent / "places.npz")
