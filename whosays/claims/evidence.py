"""How likely two members of different articles are to put the same proposition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from whosays.claims.members import Member, Members

# Logistic regression (`python -m training.claims`, see training/README.md) on pairs of members of 416 stories, with the
# statements and the embeddings of the model that was included before, against what readers marked there (fitted
# anew, no weight moves by more than .2). It only says which pairs are worth a closer look.
WEIGHTS: Final = {
    "near": 4.48,  # cosine of the embeddings, above what is usual for the two members
    "shared": 2.93,  # weight of the common content words, as a share of the member that has less
    "jaccard": 1.43,  # ... as a share of both together
    "common": 0.63,  # log(1 + number of common content words)
    "rarest": 0.50,  # weight of the rarest of them
    "amounts": 1.38,  # a number that both give
    "openings": 0.99,  # both stand where their articles open
    "speaker": 1.25,  # two statements of the same speaker
    "other speaker": -0.25,  # two statements of different speakers
    "voices": 0.43,  # both in the outlets' own voice
    "mixed": -0.10,  # a statement and an outlet's own voice
    "clauses": 0.08,  # how many of the two are clauses of a sentence
    "short": -4.30,  # 1 / content words of the shorter one
    "bias": -3.97,
}
MOST_WEIGHED: Final = 65536  # pairs that are weighed at a time, to bound the memory
VOICE, UNKNOWN = -1, -2  # stand for the speaker where the outlet speaks, and where it is not known who does

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


class Evidence:
    """What speaks for two members putting the same, weighed for many pairs at a time.

    ``usual`` is each member's nearness to its nearest, on average. The content words of all members stand in one list
    of numbers, member after member, and in order within each, so that the weights of common words are added up in one
    order whichever two members share them.
    """

    def __init__(self, members: Members, usual: NDArray[np.float32]) -> None:
        everyone = members.all
        number = {root: k for k, root in enumerate(members.weight)}
        roots = [frozenset(m.roots) for m in everyone]
        self._vectors, self._usual = members.vectors, usual
        self._roots = np.array([k for own in roots for k in sorted(number[root] for root in own)], np.int64)
        self._root_weights = np.array(list(members.weight.values()))
        self._counts = np.array([len(own) for own in roots], np.int64)
        self._starts = np.cumsum(self._counts) - self._counts
        self._keys = np.repeat(np.arange(len(everyone)), self._counts) * len(number) + self._roots
        self._weights = np.array([members.weigh(own) for own in roots])
        self._values = [m.values for m in everyone]
        self._counted = np.array([bool(values) for values in self._values])
        self._opens = np.array([m.opens for m in everyone])
        self._clauses = np.array([m.span != m.whole for m in everyone], np.int64)
        self._speakers = _speakers(everyone)

    def weighed(self, pairs: Numbers) -> tuple[Numbers, Values, Values]:
        """Of pairs [pairs, 2] those that share a content word, their log odds, and what is seen of them [pairs, 13]."""
        odds, seen, kept = [np.zeros(0)], [np.zeros((0, len(WEIGHTS) - 1))], [np.zeros((0, 2), np.int64)]
        for at in range(0, len(pairs), MOST_WEIGHED):
            part = pairs[at : at + MOST_WEIGHED]
            enough, present = self.present(part)
            odds.append(sum((weight * present[name] for name, weight in WEIGHTS.items()), np.zeros(len(enough))))
            seen.append(np.column_stack([present[name] for name in WEIGHTS if name != "bias"]))
            kept.append(part[enough])
        return np.concatenate(kept), np.concatenate(odds), np.concatenate(seen)

    def present(self, pairs: Numbers) -> tuple[Numbers, dict[str, Values]]:
        """Which of the pairs share enough to be weighed, and what is seen of them, by the names of WEIGHTS."""
        count, weight, rarest = self._common(pairs)
        enough = np.flatnonzero(count > 0)
        return enough, self._present(pairs[enough], count[enough], weight[enough], rarest[enough])

    def _common(self, pairs: Numbers) -> tuple[Numbers, Values, Values]:
        """Of the content words common to each pair: how many, their weights together, and the weight of the rarest."""
        swapped = self._counts[pairs[:, 0]] > self._counts[pairs[:, 1]]
        fewer, more = np.where(swapped, pairs.T[::-1], pairs.T)
        counts = self._counts[fewer]
        starts = np.cumsum(counts) - counts
        pair = np.repeat(np.arange(len(pairs)), counts)
        roots = self._roots[np.arange(len(pair)) + (self._starts[fewer] - starts)[pair]]
        keys = more[pair] * len(self._root_weights) + roots
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        common = self._keys[places] == keys
        weights = np.where(common, self._root_weights[roots], 0.0)
        count: Numbers = np.bincount(pair[common], minlength=len(pairs))
        together = np.bincount(pair, weights, len(pairs)).astype(np.float64)
        return count, together, np.maximum.reduceat(weights, starts)

    def _present(self, pairs: Numbers, count: Numbers, weight: Values, rarest: Values) -> dict[str, Values]:
        one, other = pairs.T
        cosine = (self._vectors[one][:, None, :] @ self._vectors[other][:, :, None])[:, 0, 0].astype(np.float64)
        speakers = self._speakers[pairs]
        voices, known = (speakers == VOICE).sum(axis=1), (speakers >= 0).all(axis=1)
        alike = speakers[:, 0] == speakers[:, 1]
        present = {
            "near": 2 * cosine - self._usual[pairs].sum(axis=1),
            "shared": weight / self._weights[pairs].min(axis=1),
            "jaccard": weight / (self._weights[pairs].sum(axis=1) - weight),
            "common": np.log1p(count),
            "rarest": rarest,
            "amounts": self._same_amounts(pairs),
            "openings": self._opens[pairs].all(axis=1),
            "speaker": known & alike,
            "other speaker": known & ~alike,
            "voices": voices == 2,
            "mixed": voices == 1,
            "clauses": self._clauses[pairs].sum(axis=1),
            "short": 1.0 / self._counts[pairs].min(axis=1),
            "bias": np.ones(len(pairs)),
        }
        return {name: values.astype(np.float64) for name, values in present.items()}

    def _same_amounts(self, pairs: Numbers) -> NDArray[np.bool_]:
        """Whether a number stands in both; few members have any."""
        same: NDArray[np.bool_] = np.zeros(len(pairs), np.bool_)
        for place in np.flatnonzero(self._counted[pairs].all(axis=1)):
            one, other = pairs[place]
            same[place] = not self._values[one].isdisjoint(self._values[other])
        return same


def _speakers(everyone: Sequence[Member]) -> Numbers:
    """By member, a number for its speaker; VOICE and UNKNOWN where there is none."""
    numbers: dict[str, int] = {}
    found = np.full(len(everyone), VOICE, np.int64)
    for place, member in enumerate(everyone):
        if member.statement:
            speaker = member.statement.speaker
            found[place] = UNKNOWN if speaker is None else numbers.setdefault(speaker, len(numbers))
    return found
