"""A stream of articles, put into stories one by one; nothing is ever computed anew.

Single-pass clustering over a sliding window (as Miranda et al. 2018, "Multilingual clustering of streaming news"): an
article joins the story to whose newest articles it is most like, or begins one. A story is its articles in the window,
so that one that lasts for weeks moves on with its events, and one that is over is left out of memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.stories import copies, likeness, parting
from whosays.stories.copies import Copy
from whosays.stories.likeness import Likeness
from whosays.stories.parting import Parting
from whosays.stories.sketch import Sketch
from whosays.stories.window import Member, Window

WINDOW: Final = 14.0  # days without an article, after which a story sleeps
NEWEST: Final = 16  # articles that speak for their story
CANDIDATES: Final = 12  # stories that an article is compared with
# In log odds, set with the weights of :mod:`whosays.stories.likeness` on the same half of the stories.
JOINS: Final = 0.0
MERGES: Final = 0.5


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article went.

    ``likeness`` is the probability, 0 to 1, that it is of that story, or of the nearest one if it began its own
    (``begun``); ``merged`` are stories that it showed to be this one: their articles are now here.
    """

    story: int
    begun: bool
    likeness: float
    grounds: str
    copies: tuple[Copy, ...] = ()
    merged: tuple[int, ...] = ()


class Stories:
    """The live stories. Give articles in the order of :func:`whosays.stories.sketch.order`, or as they arrive.

    A story's number is given once and stays: of two that merge the older one's is kept, and of one that is parted the
    part with its oldest article keeps it.
    """

    def __init__(self, begun: int = 0, apart: Iterable[tuple[int, int]] = ()) -> None:
        """``begun`` is the highest number that any story ever had; ``apart`` are pairs that never merge."""
        self._begun = begun
        self._apart_for_good = {frozenset(pair) for pair in apart}
        self._window = Window(WINDOW)

    @classmethod
    def resume(
        cls, rows: Iterable[tuple[int, Sketch]], begun: int = 0, apart: Iterable[tuple[int, int]] = ()
    ) -> Stories:
        """Goes on from (story, sketch) of the window's articles in order of arrival, with the answers of a run that
        never ended; more rows than those do no harm."""
        stories = cls(begun, apart)
        for story, sketch in rows:
            stories._begun = max(stories._begun, story)
            stories._enter(sketch, story)
        return stories

    @property
    def live(self) -> dict[int, tuple[str, ...]]:
        """The ids of the articles in the window by their story, oldest first."""
        return {story: tuple(m.id for m in members) for story, members in sorted(self._window.stories.items())}

    def add(self, sketch: Sketch) -> Placement:
        """Finds the story of an article. One that is already there, by its id, is replaced and stays where it is."""
        window = self._window
        known = window.number_of.get(sketch.id)
        story = window.members[known].story if known is not None else 0
        member = self._enter(sketch, story)
        if member.number not in window.members:
            if not story:
                self._begun += 1
            return Placement(story or self._begun, not story, 0.0, f"older than the last {WINDOW:.0f} days")
        passages = window.copied(member, copies.FEWEST)
        found = [Copy(member.id, other.id, round(share, 3)) for other, share in passages]
        shown = tuple(copy for copy in found if copy.contained_share >= copies.LEAST_SHARE)
        if story:
            return Placement(story, False, 1.0, "the same article again", shown)
        ranked = self._ranked(member, passages)
        if not ranked or ranked[0][0].score < JOINS:
            self._begun += 1
            window.move([member], self._begun)
            nearest, grounds = (
                (ranked[0][0].share, self._apart(member, ranked[0])) if ranked else (0.0, "nothing alike")
            )
            return Placement(self._begun, True, round(nearest, 3), grounds, shown)
        best, story = ranked[0]
        grounds = likeness.grounds(best, window, member, window.stories[story][-NEWEST:])
        window.move([member], story)
        kept, merged = self._merge(story, [other for like, other in ranked[1:] if like.score >= JOINS])
        return Placement(kept, False, round(best.share, 3), grounds, shown, merged)

    def part(self, story: int) -> Parting | None:
        """Looks whether a live story has become two, and parts it if so; no other story is touched.

        Raises :class:`KeyError` if the story is not live. Call it now and then for stories that have grown.
        """
        members = self._window.stories[story]
        if (found := parting.find(self._window, members)) is None:
            return None
        leaving, grounds = found
        self._begun += 1
        self._window.move(leaving, self._begun)
        return Parting(story, self._begun, tuple(m.id for m in leaving), grounds)

    def _enter(self, sketch: Sketch, story: int) -> Member:
        known = self._window.number_of.get(sketch.id)
        if known is not None:
            self._window.leave(self._window.members[known])
        return self._window.enter(sketch, story)

    def _ranked(self, member: Member, passages: Sequence[tuple[Member, float]]) -> list[tuple[Likeness, int]]:
        """The stories that are most like an article, the likest first."""
        window = self._window
        copied: dict[int, tuple[str, float]] = {}
        for other, share in passages:
            copied.setdefault(other.story, (other.id, share))
        near = dict.fromkeys([*window.alike(member, CANDIDATES), *list(copied)[:CANDIDATES]])
        own = [(story, window.stories[story][-NEWEST:]) for story in near if story]
        if not own:
            return []
        cosines = likeness.cosines(window, member, [other for _, others in own for other in others])
        found, at = [], 0
        for story, others in own:
            days = min(abs(member.at - other.at) for other in others)
            like = likeness.of(cosines[at : at + len(others)], days, copied.get(story))
            found.append((like, story))
            at += len(others)
        return sorted(found, key=lambda pair: (-pair[0].score, pair[1]))

    def _merge(self, story: int, others: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        """Joins stories that an article belongs to alike, if they are alike themselves; the oldest's number stays."""
        merged: list[int] = []
        for other in others:
            if frozenset((story, other)) in self._apart_for_good:
                continue
            mine, theirs = self._window.stories[story][-NEWEST:], self._window.stories[other][-NEWEST:]
            cosines = sum(likeness.cosines(self._window, one, theirs).mean(0) for one in mine) / len(mine)
            days = min(abs(one.at - two.at) for one in mine for two in theirs)
            if likeness.of(cosines.reshape(1, 3), days, None).score >= MERGES:
                kept, gone = sorted((story, other))
                self._window.move(list(self._window.stories[gone]), kept)
                renamed = {frozenset(kept if one == gone else one for one in pair) for pair in self._apart_for_good}
                self._apart_for_good |= renamed
                merged.append(gone)
                story = kept
        return story, tuple(merged)

    def _apart(self, member: Member, nearest: tuple[Likeness, int]) -> str:
        like, story = nearest
        others = self._window.stories[story][-NEWEST:]
        return f"nearest is story {story}: {likeness.grounds(like, self._window, member, others)}"
