"""Pairs of members that are near the decision, read together by a model that has learned to tell such pairs apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from whosays.claims.members import Member, Members
from whosays.language import together
from whosays.text.span import Span

# A pair is read where the probability by the trees lies between these: F1 on the tuning stories, cross-validated, is
# .510, and .502 with .05 and .9, though twice as many pairs are read then.
LEAST, MOST = 0.1, 0.8
# Pairs of one story, those nearest the decision, to keep the work in bounds; a story of three articles has some 75 in
# doubt, one of two hundred 6,700, which would take as long as half of all the rest.
MOST_READ: Final = 1_000
# Logistic regression over the log odds of the trees, cross-validated, and of the reading, on the tuning stories.
TREES, READ, BIAS = 0.68, 0.18, 0.01
LONGEST_SOURCE: Final = 80  # characters of what credits a statement, which is read before its words

Values = NDArray[np.float64]
Numbers = NDArray[np.int64]


def weighed(found: Members, docs: Sequence[Doc], pairs: Numbers, odds: Values, decision: float) -> Values:
    """The log odds of pairs [pairs, 2], given those by the trees, with what reading the near ones together shows.

    ``docs`` are the articles, in their order; ``decision``: the probability from which a pair is taken for the same.
    """
    chosen = doubtful(odds)
    apart = np.abs(1.0 / (1.0 + np.exp(-TREES * odds[chosen] - BIAS)) - decision)
    chosen = np.sort(chosen[np.argsort(apart, kind="stable")[:MOST_READ]])
    joined = odds.copy()
    if len(chosen):
        joined[chosen] = TREES * odds[chosen] + READ * read(found, docs, pairs[chosen]) + BIAS
    return joined


def doubtful(odds: Values) -> Numbers:
    """Which pairs the trees leave in doubt, in their order."""
    likely = 1.0 / (1.0 + np.exp(-odds))
    return np.flatnonzero((likely >= LEAST) & (likely <= MOST))


def read(found: Members, docs: Sequence[Doc], pairs: Numbers) -> Values:
    """The log odds of pairs [pairs, 2] by what their words say when they are read together."""
    reader = together.load()
    pieces = {n: reader.pieces(words(found.all[n], docs)) for n in np.unique(pairs).tolist()}
    return reader.odds([(pieces[one], pieces[other]) for one, other in pairs.tolist()])


def words(member: Member, docs: Sequence[Doc]) -> list[str]:
    """A member's words, behind those that credit it where there are any, as they are read; ``docs``: by article."""
    doc = docs[member.article]
    source = member.statement.source if member.statement else None
    credit = [*_within(doc, Span(source.start, min(source.end, source.start + LONGEST_SOURCE))), ":"] if source else []
    return [*credit, *_within(doc, member.span)]


def _within(doc: Doc, span: Span) -> list[str]:
    return [token.text for token in doc.char_span(*span, alignment_mode="expand") or () if not token.is_space]
