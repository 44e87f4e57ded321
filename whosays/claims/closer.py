"""What a closer look at two members shows: how their words run, of whom they speak, which words mean the same.

Taken at the pairs that are likely enough at first sight (see evidence.py), for it costs a hundred times as much.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from whosays.claims import members
from whosays.claims.cast import Cast, Casting
from whosays.claims.members import Member, Members
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

NEVER: Final = -7.0  # log odds that stand for a pair that was not near enough to be weighed
ALIKE: Final = 0.6  # cosine from which two words count as saying the same
LEAST_WEIGHT: Final = 0.5  # of entities, so that what is named everywhere makes no share of its own
_QUOTES: Final = frozenset('"“”')

# What is seen of a pair beside the evidence of first sight, in this order; lesser and greater: of the two members.
SEEN: Final = (
    *("odds", "lead lesser", "lead greater", "around", "of the sentences"),
    *("earlier", "later", "apart", "part lesser", "part greater"),
    *("names", "names share", "fewer names", "speaker named", "speakers' names"),
    *("runs of two", "runs of two share", "runs of three", "runs of three share", "content runs", "content runs share"),
    *("shorter", "longer", "lengths", "quoted", "amounts differ", "one amount"),
    *("aligned lesser", "aligned greater", "aligned others", "aligned share", "least aligned", "missing"),
    *("entities", "entities share", "entities of both", "people", "people share", "people apart", "fewer people"),
    *("subject", "subject as other", "others", "predicates", "same predicate"),
)

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]
Vectors = NDArray[np.float32]
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A member's words in small letters: all in order, runs of two and three, names, content words and their runs.

    ``source`` are the names in the words that credit it; ``rows`` and ``weights`` those of its content words in the
    article's vectors and in the story, ``others`` which of them are no names, ``places`` their words in the article.
    ``predicate`` is the row of the word that ``cast`` hangs on.
    """

    count: int
    words: frozenset[str]
    twos: frozenset[Run]
    threes: frozenset[Run]
    content: frozenset[Run]
    names: frozenset[str]
    source: frozenset[str]
    quoted: bool
    rows: Numbers
    weights: Values
    others: NDArray[np.bool_]
    places: Numbers
    cast: Cast
    predicate: int | None


class Closer:
    """Looks closer at pairs of ``found``; ``analyses`` are the articles that they stand in, in their order."""

    def __init__(self, found: Members, analyses: Sequence[Analysis], casting: Casting) -> None:
        self._all = found.all
        self._casting = casting
        self._weight = found.weight
        self._analyses = analyses
        self._wordings: dict[int, _Wording] = {}
        self._vectors: list[Vectors] = [np.zeros((0, 1), np.float32)] * len(analyses)
        ends = [1] * len(analyses)
        for member in self._all:
            ends[member.article] = max(ends[member.article], member.span.end)
        self._place = np.array([m.span.start / ends[m.article] for m in self._all])
        self._part = np.array([_share_of_statement(m) for m in self._all])
        self._sentence, self._next = _sentences(self._all)

    def look(self, pairs: Numbers, odds: Values) -> Values:
        """What is seen of each of the pairs [pairs, 2], whose log odds at first sight are given: [pairs, SEEN]."""
        if not len(pairs):
            return np.zeros((0, len(SEEN)))
        self._read(np.unique(pairs).tolist())
        known = dict(zip(map(tuple, pairs.tolist()), odds.tolist(), strict=True))
        lead = np.sort(_leads(self._all, pairs, odds), axis=1)
        around = np.array([self._around(known, pair) for pair in pairs.tolist()])
        place, part = np.sort(self._place[pairs], axis=1), np.sort(self._part[pairs], axis=1)
        between = np.array([self._between(one, other) for one, other in pairs.tolist()])
        return np.column_stack([odds, lead, around, place, place[:, 1] - place[:, 0], part, between])

    def _around(self, known: Mapping[tuple[int, int], float], pair: Sequence[int]) -> tuple[float, float]:
        """The best odds of the sentences beside the two members, and those of the sentences that they are part of."""
        one, other = (self._sentence[member] for member in pair)
        beside = [
            known.get((min(a, b), max(a, b)), NEVER)
            for a, b in zip(self._next[one], self._next[other], strict=True)
            if a >= 0 and b >= 0
        ]
        return max(beside, default=NEVER), known.get((min(one, other), max(one, other)), NEVER)

    def _between(self, one: int, other: int) -> tuple[float, ...]:
        a, b = self._wordings[one], self._wordings[other]
        names = len(a.names & b.names)
        fewer = min(len(a.names), len(b.names))
        shorter, longer = sorted((a.count, b.count))
        twos, threes, content = len(a.twos & b.twos), len(a.threes & b.threes), len(a.content & b.content)
        values, others = self._all[one].values, self._all[other].values
        return (
            names,
            names / max(fewer, 1),
            fewer,
            len(a.source & b.words) + len(b.source & a.words),
            len(a.source & b.source),
            twos,
            twos / shorter,
            threes,
            threes / shorter,
            content,
            content / shorter,
            np.log1p(shorter),
            np.log1p(longer),
            shorter / longer,
            a.quoted + b.quoted,
            bool(values and others and values.isdisjoint(others)),
            bool(values) != bool(others),
            *self._aligned(one, other),
            *self._cast(one, other),
        )

    def content(self, member: int) -> tuple[Vectors, Values, Numbers]:
        """Of a member that was looked at: the vectors, weights and places of its content words."""
        own = self._wordings[member]
        return self._vectors[self._all[member].article][own.rows], own.weights, own.places

    def _cast(self, one: int, other: int) -> tuple[float, ...]:
        """Whom both speak of, whether they say it of the same, and how near their predicates are."""
        a, b = self._wordings[one], self._wordings[other]
        ours, theirs, weigh = a.cast, b.cast, self._casting.weigh
        common = ours.everyone & theirs.everyone
        weight, both = weigh(common), weigh(ours.everyone | theirs.everyone)
        fewer = min(weigh(ours.everyone), weigh(theirs.everyone))
        people = len(ours.named & theirs.named)
        fewer_people = min(len(ours.named), len(theirs.named))
        known = ours.subject and theirs.subject
        alike = 0.0
        if a.predicate is not None and b.predicate is not None:
            left = self._vectors[self._all[one].article][a.predicate]
            alike = float(left @ self._vectors[self._all[other].article][b.predicate])
        return (
            len(common),
            weight / max(fewer, LEAST_WEIGHT),
            weight / max(both, LEAST_WEIGHT),
            people,
            people / max(fewer_people, 1),
            len(ours.named ^ theirs.named),
            fewer_people,
            (1.0 if ours.subject == theirs.subject else -1.0) if known else 0.0,
            (ours.subject in theirs.others) + (theirs.subject in ours.others),
            len(ours.others & theirs.others),
            alike,
            bool(ours.lemma) and ours.lemma == theirs.lemma,
        )

    def _aligned(self, one: int, other: int) -> tuple[float, ...]:
        """How well the content words of each member find their like in the other (Zhang et al., 2020), by weight."""
        a, b = self._wordings[one], self._wordings[other]
        if not len(a.rows) or not len(b.rows):
            return (0.0,) * 6
        left = self._vectors[self._all[one].article][a.rows]
        right = self._vectors[self._all[other].article][b.rows]
        cosine = left @ right.T
        sides = [(cosine.max(axis=1), a), (cosine.max(axis=0), b)]
        means = [float(like @ side.weights / side.weights.sum()) for like, side in sides]
        others = [
            float(like[side.others] @ side.weights[side.others] / side.weights[side.others].sum())
            if side.others.any()
            else mean
            for (like, side), mean in zip(sides, means, strict=True)
        ]
        shares = [float((like > ALIKE) @ side.weights / side.weights.sum()) for like, side in sides]
        like, less = sides[0] if a.weights.sum() <= b.weights.sum() else sides[1]
        lost = (1.0 - like) * less.weights
        return min(means), max(means), min(others), max(shares), float(like[lost.argmax()]), float(lost.max())

    def _read(self, wanted: Sequence[int]) -> None:
        """Takes in the words of the members; those of one article together, since their vectors are made together."""
        by_article: dict[int, list[int]] = defaultdict(list)
        for number in wanted:
            by_article[self._all[number].article].append(number)
        for place, own in by_article.items():
            analysis = self._analyses[place]
            row: dict[int, int] = {}
            for number in own:
                self._wordings[number] = self._wording(self._all[number], analysis, row)
            spans = [Span(analysis.doc[at].idx, analysis.doc[at].idx + len(analysis.doc[at])) for at in row]
            self._vectors[place] = analysis.embed(spans)

    def _wording(self, member: Member, analysis: Analysis, row: dict[int, int]) -> _Wording:
        doc = analysis.doc
        tokens = doc.char_span(member.span.start, member.span.end, alignment_mode="expand") or ()
        said = [token for token in tokens if token.text[0].isalnum()]
        lower = [token.lower_ for token in said]
        kept = [(token, root) for token in said if (root := members.root_of(token))]
        rows = [row.setdefault(token.i, len(row)) for token, _ in kept]
        roots = [root for _, root in kept]
        cast = self._casting.of(member)
        source = member.statement.source if member.statement else None
        credited = doc.char_span(source.start, source.end, alignment_mode="expand") if source else None
        return _Wording(
            count=max(len(lower), 1),
            words=frozenset(lower),
            twos=frozenset(itertools.pairwise(lower)),
            threes=frozenset(zip(lower, lower[1:], lower[2:], strict=False)),
            content=frozenset(itertools.pairwise(roots)),
            names=_names(said),
            source=_names(credited or ()),
            quoted=any(token.text in _QUOTES for token in tokens),
            rows=np.array(rows, np.int64),
            weights=np.array([self._weight.get(root, 1.0) + 0.1 for root in roots]),
            others=np.array([not token.text[0].isupper() for token, _ in kept], np.bool_),
            places=np.array([token.i for token, _ in kept], np.int64),
            cast=cast,
            predicate=None if cast.predicate is None else row.setdefault(cast.predicate, len(row)),
        )


def _names(tokens: Iterable[Token]) -> frozenset[str]:
    """The capitalised words that are no function words."""
    return frozenset(token.lower_ for token in tokens if token.text[0].isupper() and not token.is_stop)


def _share_of_statement(member: Member) -> float:
    if member.statement is None:
        return (member.span.end - member.span.start) / max(member.whole.end - member.whole.start, 1)
    return (member.span.end - member.span.start) / max(sum(e - s for s, e in member.statement.content), 1)


def _sentences(everyone: Sequence[Member]) -> tuple[list[int], list[tuple[int, int]]]:
    """By member, the one that is the whole sentence it is part of, and the sentences before and behind that, or -1."""
    whole = {(m.article, m.span, m.statement.id if m.statement else ""): k for k, m in enumerate(everyone)}
    sentence = [
        whole.get((m.article, m.whole, m.statement.id if m.statement else ""), k) for k, m in enumerate(everyone)
    ]
    beside = [(-1, -1)] * len(everyone)
    own = [k for k, m in enumerate(everyone) if m.span == m.whole]

    def neighbour(k: int, at: int) -> int:
        there = 0 <= at < len(own) and everyone[own[at]].article == everyone[k].article
        return own[at] if there else -1

    for at, k in enumerate(own):
        beside[k] = neighbour(k, at - 1), neighbour(k, at + 1)
    return sentence, beside


def _leads(everyone: Sequence[Member], pairs: Numbers, odds: Values) -> Values:
    """By how much each pair is likelier than the best other one of either member with the other's article."""
    best: dict[tuple[int, int], list[float]] = defaultdict(lambda: [NEVER, NEVER])
    keys = [((one, everyone[other].article), (other, everyone[one].article)) for one, other in pairs.tolist()]
    for two, own in zip(keys, odds.tolist(), strict=True):
        for key in two:
            top = best[key]
            if own > top[0]:
                best[key] = [own, top[0]]
            elif own > top[1]:
                top[1] = own
    return np.array(
        [
            [own - (best[key][1] if own >= best[key][0] else best[key][0]) for key in two]
            for two, own in zip(keys, odds.tolist(), strict=True)
        ]
    )
