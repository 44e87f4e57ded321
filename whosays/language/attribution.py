"""From the model's scores to attributions: spans of source, cue and content, and which belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whosays.language.chain import Chain
from whosays.language.model import Scores

Role = Literal["source", "cue", "content"]
REACH = 150  # words between a span and its cue; in PolNeAR's training part 99.8 % lie nearer
FAR = 0.02  # what each word of distance takes off a pair's score


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words [start, end) with one role; ``share`` is the mean probability of the tags that were chosen."""

    role: Role
    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Stretches that belong to one cue; one of ``cue`` and ``content`` is there, ``source`` may be missing."""

    content: tuple[Stretch, ...]
    source: Stretch | None
    cue: Stretch | None


def find(scores: Scores, chain: Chain) -> list[Attribution]:
    """The attributions of an article in text order."""
    return _paired(scores, stretches(scores.role, chain))


def stretches(role: NDArray[np.float32], chain: Chain) -> list[Stretch]:
    """The spans of the best sequence of tags; role: [words, tags]."""
    path = chain.path(role)
    raised = np.exp(role - role.max(1, keepdims=True))
    shares = raised[np.arange(len(path)), path] / raised.sum(1)
    return [
        Stretch(name, start, end, float(shares[start:end].mean()))  # type: ignore[arg-type]
        for name, start, end in chain.runs(path)
    ]


def _paired(scores: Scores, found: list[Stretch]) -> list[Attribution]:
    cues = [s for s in found if s.role == "cue"]
    others = [s for s in found if s.role != "cue"]
    chosen: dict[int | None, list[Stretch]] = defaultdict(list)
    value: dict[Stretch, float] = {}
    for stretch, (number, sure) in zip(others, _cues_of(scores, others, cues), strict=True):
        value[stretch] = sure
        chosen[number].append(stretch)
    made = []
    for number, cue in enumerate(cues):
        contents = tuple(s for s in chosen[number] if s.role == "content")
        sources = [s for s in chosen[number] if s.role == "source"]
        source = max(sources, key=lambda s: (value[s], -s.start), default=None)
        made.append(Attribution(contents, source, cue))
    # a content without a cue goes on from the one before it, or stands beside a source
    loose = sorted(chosen[None], key=lambda s: s.start)
    made += [Attribution((s,), None, None) for s in loose if s.role == "content"]
    return sorted(made, key=lambda a: min(s.start for s in (*a.content, *filter(None, (a.source, a.cue)))))


def _cues_of(scores: Scores, found: list[Stretch], cues: list[Stretch]) -> list[tuple[int | None, float]]:
    """The number of the cue that each stretch belongs to, or None, and how sure that is (a mean log probability)."""
    if not found:
        return []
    starts, ends = np.array([(s.start, s.end) for s in found]).T
    cue_starts, cue_ends = np.array([(s.start, s.end) for s in cues], np.int64).reshape(-1, 2).T
    away = np.maximum(0, np.maximum(cue_starts - ends[:, None], starts[:, None] - cue_ends))
    sizes = ends - starts
    first = np.cumsum(sizes) - sizes
    # the words of all stretches, one below the other
    words = np.arange(sizes.sum()) + np.repeat(starts - first, sizes)
    own = scores.pair_from[words]
    none = np.einsum("ij,ij->i", own, np.repeat(scores.no_cue[scores.window[starts]], sizes, 0))
    table = np.column_stack([none, own @ scores.pair_to[cue_starts].T])
    table[:, 1:][np.repeat(away > REACH, sizes, 0)] = -np.inf
    table -= table.max(1, keepdims=True)
    table -= np.log(np.exp(table).sum(1, keepdims=True))
    mean = np.add.reduceat(table, first) / sizes[:, None]
    mean[:, 1:] -= FAR * away
    best = mean.argmax(1)
    sure = mean[np.arange(len(best)), best]
    return [(k - 1 if k else None, value) for k, value in zip(best.tolist(), sure.tolist(), strict=True)]
