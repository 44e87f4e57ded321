"""The articles of the last days, and what finds those that are like a new one without reading all of them."""

from __future__ import annotations

import heapq
import math
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.stories import shingles, terms
from whosays.stories import sketch as sketches
from whosays.stories.postings import Postings
from whosays.stories.shingles import Shingles
from whosays.stories.sketch import Sketch

# Articles of English at large whose word counts the stream's own are added to: a name that fills the news of these days
# soon weighs little, and the first articles of a stream have sensible weights.
PRIOR: Final = 1000
KEY_TERMS: Final = 24  # by which an article is looked up: those that say most about it
NEWEST: Final = 64  # articles of a term that are looked at: the cost of an article must not grow with the stream
SAMPLE: Final = 4  # one shingle in 2^4 is looked up: near-copies share several of those
MOST_COPIES: Final = 16  # articles whose passages are compared with a new one's in full
CONFIRMING: Final = 3  # publication times; a single wrong date in the future must not put every story to sleep


@dataclass(slots=True, eq=False)
class Member:
    """An article in the window. ``slots`` are the places of its terms in the window's tables; ``at`` counts days."""

    id: str
    number: int
    at: float
    story: int
    slots: NDArray[np.int32]
    weights: NDArray[np.uint8]
    named: NDArray[np.uint8]
    keys: NDArray[np.int32]
    names: tuple[str, ...]
    vector: NDArray[np.float32]
    shingles: Shingles

    @property
    def order(self) -> tuple[float, str]:
        return self.at, self.id


@dataclass(slots=True)
class Terms:
    """The words of the live articles: how many articles each is in, [slots], and its share of articles at large."""

    slot_of: dict[int, int] = field(default_factory=dict)
    counts: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1024, np.int32))
    shares: NDArray[np.float64] = field(default_factory=lambda: np.ones(1024))
    numbers: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(1024, np.uint32))
    free: list[int] = field(default_factory=list)

    def take(self, numbers: NDArray[np.uint32]) -> NDArray[np.int32]:
        """The slots of an article's terms, each counted once more."""
        slots = [self.slot_of.get(number, -1) for number in numbers.tolist()]
        new = [k for k, slot in enumerate(slots) if slot < 0]
        shares = terms.article_shares(numbers[new].tolist())
        for k, share in zip(new, shares.tolist(), strict=True):
            slots[k] = self._open(int(numbers[k]), share)
        found = np.array(slots, np.int32)
        self.counts[found] += 1
        return found

    def drop(self, slots: NDArray[np.int32]) -> list[int]:
        """Counts an article's terms once less; the slots that became free."""
        self.counts[slots] -= 1
        gone: list[int] = slots[self.counts[slots] == 0].tolist()
        for slot in gone:
            del self.slot_of[int(self.numbers[slot])]
        self.free += gone
        return gone

    def _open(self, number: int, share: float) -> int:
        slot = self.free.pop() if self.free else len(self.slot_of)
        if slot >= len(self.counts):
            self.counts = np.concatenate([self.counts, np.zeros_like(self.counts)])
            self.shares = np.concatenate([self.shares, np.ones_like(self.shares)])
            self.numbers = np.concatenate([self.numbers, np.zeros_like(self.numbers)])
        self.slot_of[number], self.numbers[slot], self.shares[slot] = slot, number, share
        return slot


class Window:
    """The live articles. What it holds depends on them alone and on their order of arrival, not on those that left."""

    def __init__(self, days: float) -> None:
        self.days = days
        self.members: dict[int, Member] = {}
        self.number_of: dict[str, int] = {}
        self.stories: dict[int, list[Member]] = {}
        self.terms = Terms()
        self.name_counts: Counter[str] = Counter()
        self._by_key: dict[int, list[int]] = {}
        self._copied = Postings(self.members.__contains__)
        self._leaving: list[tuple[float, int]] = []
        self._newest: list[float] = []
        self._arrived = 0

    @property
    def clock(self) -> float | None:
        """The newest time that others confirm, in days; ``None`` while there are too few."""
        return self._newest[0] if len(self._newest) == CONFIRMING else None

    def enter(self, sketch: Sketch, story: int) -> Member:
        """Takes an article in, and puts to sleep what is now too old, which may be the article itself."""
        at = self._time(sketch)
        slots = self.terms.take(sketch.terms)
        member = Member(
            sketch.id, self._arrived, at, story, slots, sketch.weights, sketch.named, self._keys(sketch, slots),
            sketch.names, sketch.vector, sketch.shingles,
        )  # fmt: skip
        self._arrived += 1
        self.members[member.number] = member
        self.number_of[member.id] = member.number
        insort(self.stories.setdefault(story, []), member, key=lambda m: m.order)
        for slot in member.keys.tolist():
            self._by_key.setdefault(slot, []).append(member.number)
        self.name_counts.update(name.casefold() for name in member.names)
        self._copied.add(_sampled(member.shingles), member.number)
        heapq.heappush(self._leaving, (at, member.number))
        while self.clock is not None and self._leaving and self._leaving[0][0] < self.clock - self.days:
            _, number = heapq.heappop(self._leaving)
            if number in self.members:
                self.leave(self.members[number])
        return member

    def leave(self, member: Member) -> None:
        del self.members[member.number], self.number_of[member.id]
        story = self.stories[member.story]
        story.remove(member)
        if not story:
            del self.stories[member.story]
        for slot in member.keys.tolist():
            self._by_key[slot].remove(member.number)
            if not self._by_key[slot]:
                del self._by_key[slot]
        self.terms.drop(member.slots)
        self.name_counts.subtract(name.casefold() for name in member.names)
        for name in member.names:
            if not self.name_counts[name.casefold()]:
                del self.name_counts[name.casefold()]

    def move(self, members: Sequence[Member], story: int) -> None:
        """Gives articles to another story."""
        for member in members:
            self.stories[member.story].remove(member)
            if not self.stories[member.story]:
                del self.stories[member.story]
            member.story = story
            insort(self.stories.setdefault(story, []), member, key=lambda m: m.order)

    def rarity(self, slots: NDArray[np.int32]) -> NDArray[np.float64]:
        """What each word tells: minus the logarithm of the share of articles that have it."""
        terms = self.terms
        shares = (PRIOR * terms.shares[slots] + terms.counts[slots]) / (PRIOR + len(self.members))
        return -np.log(np.minimum(shares, 1.0))

    def alike(self, member: Member, most: int) -> Iterator[int]:
        """The stories with an article that shares most of what is rare, in the order of how much it is."""
        told = self.rarity(member.keys).tolist()
        shared: dict[int, float] = {}
        for slot, rarity in zip(member.keys.tolist(), told, strict=True):
            for number in self._by_key[slot][-NEWEST:]:
                shared[number] = shared.get(number, 0.0) + rarity
        best: dict[int, float] = {}
        for number, sum_ in shared.items():
            story = self.members[number].story
            if number != member.number and sum_ > best.get(story, 0.0):
                best[story] = sum_
        yield from heapq.nsmallest(most, best, key=lambda story: (-best[story], story))

    def copied(self, member: Member, fewest: int) -> list[tuple[Member, float]]:
        """The articles that share passages with one, and the share, 0 to 1, of the shorter in the longer."""
        counts = self._copied.counts(_sampled(member.shingles))
        counts.pop(member.number, None)
        near = heapq.nsmallest(MOST_COPIES, counts, key=lambda number: (-counts[number], self.members[number].id))
        found = []
        for other in (self.members[number] for number in near):
            share, count = shingles.contained(member.shingles, other.shingles)
            if count >= fewest:
                found.append((other, share))
        return sorted(found, key=lambda pair: (-pair[1], pair[0].id))

    def _keys(self, sketch: Sketch, slots: NDArray[np.int32]) -> NDArray[np.int32]:
        """The slots of the terms by which an article is looked up; they depend on the article alone."""
        told = sketch.weights * -np.log(self.terms.shares[slots])
        order = np.lexsort((sketch.terms, -told))
        return slots[order[:KEY_TERMS]]

    def _time(self, sketch: Sketch) -> float:
        """An article without a date is taken to be as old as the newest before it."""
        at = sketches.days(sketch)
        if at is None or not math.isfinite(at):
            return self.clock if self.clock is not None else max(self._newest, default=0.0)
        if len(self._newest) < CONFIRMING:
            heapq.heappush(self._newest, at)
        elif at > self._newest[0]:
            heapq.heapreplace(self._newest, at)
        return at


def _sampled(own: Shingles) -> NDArray[np.uint32]:
    """Of a text that keeps fewer shingles than are looked up, all that it keeps."""
    return own.sample(max(SAMPLE, own.scale))
