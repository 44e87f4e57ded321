"""Articles that carry each other's text: agency copy cut, reordered or reworded here and there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.stories import terms
from whosays.stories.shingles import LENGTH
from whosays.text.span import Span

# Set on the pairs with shared text of one half of the events (`python -m benchmarks.copies`).
LEAST_SHARE: Final = 0.155
FEWEST: Final = 12  # shingles in common: a quotation that two outlets carry has fewer, mostly
WHOLE: Final = 0.5  # from here on, more of the shorter text is the other's than is its own: one voice
_MOST_SPOTS: Final = 8  # of one run of words in the other text; a refrain is no more of a copy


@dataclass(frozen=True, slots=True)
class Copy:
    """Two articles that share passages. ``contained_share``: 0 to 1, of the shorter text in the longer."""

    article: str
    other: str
    contained_share: float

    @property
    def one_voice(self) -> bool:
        return self.contained_share >= WHOLE


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in two texts: characters of the one and of the other."""

    span: Span
    other: Span


def voices(articles: Iterable[str], found: Iterable[Copy]) -> list[tuple[str, ...]]:
    """The articles, those that are one text together; in their order."""
    voice_of: dict[str, tuple[str, ...]] = {article: (article,) for article in articles}
    rank = {article: k for k, article in enumerate(voice_of)}
    for copy in found:
        if copy.one_voice and copy.article in voice_of and copy.other in voice_of:
            joined = tuple(sorted({*voice_of[copy.article], *voice_of[copy.other]}, key=rank.__getitem__))
            voice_of.update(dict.fromkeys(joined, joined))
    return list(dict.fromkeys(voice_of.values()))


def shared(text: str, other: str) -> list[Passage]:
    """The passages of five words or more that two texts have in common, in the first one's order.

    The other may have them in another order. Each word of the first text is in one passage at most: the longest that
    begins with it or before it. Case, punctuation and the genitive's ending are no difference.
    """
    mine, theirs = _spots(text), _spots(other)
    ours = [word for word, _ in mine]
    others = [word for word, _ in theirs]
    starts: dict[tuple[str, ...], list[int]] = {}
    for k in range(len(others) - LENGTH + 1):
        spots = starts.setdefault(tuple(others[k : k + LENGTH]), [])
        if len(spots) < _MOST_SPOTS:
            spots.append(k)
    found: list[Passage] = []
    k = 0
    while k <= len(ours) - LENGTH:
        spots = starts.get(tuple(ours[k : k + LENGTH]), [])
        if not spots:
            k += 1
            continue
        length, at = max((_run(ours, k, others, spot), -spot) for spot in spots)
        found.append(Passage(_span(mine, k, length), _span(theirs, -at, length)))
        k += length
    return found


def _spots(text: str) -> list[tuple[str, Span]]:
    return [(terms.normal(found.group()), Span(*found.span())) for found in terms.WORD.finditer(text)]


def _run(ours: Sequence[str], k: int, others: Sequence[str], spot: int) -> int:
    length = LENGTH
    while k + length < len(ours) and spot + length < len(others) and ours[k + length] == others[spot + length]:
        length += 1
    return length


def _span(words: Sequence[tuple[str, Span]], first: int, length: int) -> Span:
    return Span(words[first][1].start, words[first + length - 1][1].end)
