"""The part of a passage that puts what another article puts, where the sentence goes on to say more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from whosays.claims import members
from whosays.claims.closer import Closer
from whosays.claims.members import Members
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# Set on the tuning stories, where F1 of claims was .466 with whole passages and .469 to .474 with parts, for 1 to 30 of
# spare weight, .35, .45 or .5 and .7, .75 or .8.
UNLIKE, LIKE = 0.35, 0.8  # cosines of two words that have nothing, and all, in common
SPARE: Final = 4.0  # weight of words that both sides lack: of two parts that fit alike the longer is shown
FEWEST_WORDS: Final = 3
MOST_COMPARED: Final = 8  # members of a claim that parts are chosen among; those of the others fit what these share
ROUNDS: Final = 4  # at most, should choices that depend on one another go on changing

# More than what is a member by itself: subjects and complements that may be all that is shared.
_CLAUSES: Final = frozenset("acl acl:relcl advcl appos ccomp conj csubj parataxis relcl xcomp".split())
_OPENING: Final = '"“'

Range = tuple[int, int]  # words of an article, the last one excluded
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Parts:
    """A member's parts that read on their own, the whole one first, and which content words each has [parts, words]."""

    spans: tuple[Span, ...]
    has: NDArray[np.bool_]


class Tightening:
    """Finds the parts of ``found`` that are shared; ``closer`` must have looked at the members that are asked for."""

    def __init__(self, found: Members, analyses: Sequence[Analysis], closer: Closer) -> None:
        self._all = found.all
        self._docs = [analysis.doc for analysis in analyses]
        self._closer = closer
        self._parts: dict[int, _Parts] = {}

    def find(self, group: Sequence[int]) -> Mapping[int, Span]:
        """The spans of those members of a group of which only a part is shared; statements are always whole."""
        own = self._spread(group)
        fits = {
            (a, b): self._fit(own[a], own[b])
            for a, b in combinations(range(len(own)), 2)
            if self._all[own[a]].article != self._all[own[b]].article
        }
        chosen = [0] * len(own)
        if len(fits) == 1:  # both at once: what is best beside the other's whole may not be what is best for two parts
            ((a, b), fit) = next(iter(fits.items()))
            chosen[a], chosen[b] = (int(at) for at in np.unravel_index(fit.argmax(), fit.shape))
        for _ in range(ROUNDS if len(fits) > 1 else 0):
            before = list(chosen)
            for k in range(len(own)):
                sums = sum(
                    (fit[:, chosen[b]] if a == k else fit[chosen[a]] for (a, b), fit in fits.items() if k in (a, b)),
                    np.zeros(len(self._of(own[k]).spans)),
                )
                chosen[k] = int(sums.argmax())
            if chosen == before:
                break
        best = dict(zip(own, chosen, strict=True))
        further = {member: self._beside(member, best) for member in group if member not in best}
        return {member: self._of(member).spans[at] for member, at in sorted((best | further).items()) if at}

    def _spread(self, group: Sequence[int]) -> list[int]:
        """The members that the parts are chosen among, the first ones of each article first."""
        before: Counter[int] = Counter()
        turns = []
        for member in group:
            turns.append((before[self._all[member].article], member))
            before[self._all[member].article] += 1
        return sorted(member for _, member in sorted(turns)[:MOST_COMPARED])

    def _beside(self, member: int, chosen: Mapping[int, int]) -> int:
        """The part of one member that fits best what was chosen of others."""
        sums = np.zeros(len(self._of(member).spans))
        for other, at in chosen.items():
            if self._all[other].article != self._all[member].article:
                sums += self._fit(member, other)[:, at]
        return int(sums.argmax())

    def _fit(self, one: int, other: int) -> Values:
        """How well each part of one member and each of the other cover one another, 0 to 1: [parts, parts]."""
        left, ours, _ = self._closer.content(one)
        right, theirs, _ = self._closer.content(other)
        parts, others = self._of(one), self._of(other)
        like = np.clip((left @ right.T - UNLIKE) / (LIKE - UNLIKE), 0.0, 1.0).astype(np.float64)
        weights, their_weights = parts.has * ours, others.has * theirs
        # of each word its like among the words of each part of the other member
        found = np.stack([like[:, have].max(axis=1, initial=0.0) for have in others.has], axis=1)
        met = np.stack([like[has].max(axis=0, initial=0.0) for has in parts.has])
        both = weights.sum(axis=1)[:, None] + their_weights.sum(axis=1)
        return np.asarray((weights @ found + met @ their_weights.T) / (both + SPARE), np.float64)

    def _of(self, number: int) -> _Parts:
        if number not in self._parts:
            member = self._all[number]
            doc = self._docs[member.article]
            words = doc.char_span(*member.span, alignment_mode="expand") or doc[:0]
            inner = () if member.statement else sorted(_ranges(doc, words.start, words.end))
            ranges = dict.fromkeys([(words.start, words.end), *inner])
            places = self._closer.content(number)[2]
            has = np.array([(places >= first) & (places < last) for first, last in ranges])
            self._parts[number] = _Parts(tuple(_within(doc, part, member.span) for part in ranges), has)
        return self._parts[number]


def _within(doc: Doc, part: Range, span: Span) -> Span:
    """The characters of a range of words that lie within ``span``, which can begin or end within a word."""
    words = doc[slice(*part)]
    return Span(max(words.start_char, span.start), min(words.end_char, span.end))


def _ranges(doc: Doc, first: int, last: int) -> Iterator[Range]:
    """The clauses among words [first, last), and each without what hangs on it before or behind its predicate."""
    if not doc.has_annotation("DEP"):
        return
    for token in doc[first:last]:
        if not _heads_clause(token, first, last):
            continue
        left, right = max(token.left_edge.i, first), min(token.right_edge.i + 1, last)
        cuts = [below for below in doc[left:right] if below.i != token.i and below.dep_ in members.CUT]
        ends = {right, *(cut.left_edge.i for cut in cuts if cut.left_edge.i > token.i)}
        starts = {left, *(cut.right_edge.i + 1 for cut in cuts if cut.right_edge.i < token.i)}
        for start in starts:
            for end in ends:
                words = members.trimmed(doc, start, end, kept=_OPENING)
                if len(words) >= FEWEST_WORDS:
                    yield words.start, words.end


def _heads_clause(token: Token, first: int, last: int) -> bool:
    inside = token.head.i != token.i and first <= token.head.i < last
    if inside and token.dep_ not in _CLAUSES:
        return False
    return (
        token.pos_ in members.PREDICATES
        or token.dep_ == "appos"
        or any(below.dep_ == "cop" for below in token.children)
    )
