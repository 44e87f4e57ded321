"""From the model's scores to attributions: spans of source, cue and content, and which belong together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from whosays.language.model import Scores

Role = Literal["source", "cue", "content"]
REACH = 150  # words between a span and its cue; in PolNeAR's training part 99.8 % lie nearer
FAR = 0.02  # what each word of distance takes off a pair's score
IMPOSSIBLE = -1e4
# A word whose score for "none" stands this far above its others has no role: of the 60 % of words of PolNeAR's
# development part that are so clear, the full search gives none a role.
CLEARLY_NONE = 10.0


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


def find(scores: Scores, steps: NDArray[np.float32], tags: list[str]) -> list[Attribution]:
    """The attributions of an article in text order; steps: transitions of the tags, as learned."""
    return _paired(scores, stretches(scores.role, steps, tags))


def stretches(role: NDArray[np.float32], steps: NDArray[np.float32], tags: list[str]) -> list[Stretch]:
    """The best sequence of tags under the learned transitions (Viterbi, 1967), as stretches; role: [words, tags]."""
    path = _best_path(role, _allowed(steps, tags), [tag.startswith("I-") for tag in tags])
    shares = np.exp(role - role.max(1, keepdims=True))
    shares /= shares.sum(1, keepdims=True)
    found: list[Stretch] = []
    begin = 0
    for k in range(1, len(path) + 1):
        if k < len(path) and tags[path[k]].startswith("I-"):
            continue
        name = tags[path[begin]]
        if name != "O":
            rows = np.arange(begin, k)
            share = float(shares[rows, path[begin:k]].mean())
            found.append(Stretch(name[2:], begin, k, share))  # type: ignore[arg-type]
        begin = k
    return found


def _allowed(steps: NDArray[np.float32], tags: list[str]) -> NDArray[np.float32]:
    """The transitions, with those into the inside of a span barred but from that span."""
    allowed = steps.copy()
    for k, tag in enumerate(tags):
        if tag.startswith("I-"):
            for before, other in enumerate(tags):
                if other[2:] != tag[2:]:
                    allowed[before, k] = IMPOSSIBLE
    return allowed


def _best_path(role: NDArray[np.float32], steps: NDArray[np.float32], inside: list[bool]) -> list[int]:
    """Plain Python: on so few tags it is faster than arrays. Ties go to the lower tag."""
    tags = range(steps.shape[0])
    into = [
        [(before, float(steps[before, tag])) for before in tags if steps[before, tag] > IMPOSSIBLE / 2] for tag in tags
    ]
    rows = role.tolist()
    clear = (role[:, 0] - role[:, 1:].max(1) > CLEARLY_NONE).tolist()
    if not rows:
        return []
    best = [IMPOSSIBLE if inside[tag] else rows[0][tag] for tag in tags]
    barred = [-1e30] * (len(best) - 1)
    steps_out = [float(step) for step in steps[:, 0]]
    back: list[list[int]] = []
    for k, row in enumerate(rows[1:], 1):
        if clear[k]:
            top_from = max(tags, key=lambda tag: best[tag] + steps_out[tag])
            best = [best[top_from] + steps_out[top_from] + row[0], *barred]
            back.append([top_from] * len(best))
            continue
        now, came = [], []
        for tag in tags:
            top, top_from = -1e30, 0
            for before, step in into[tag]:
                value = best[before] + step
                if value > top:
                    top, top_from = value, before
            now.append(top + row[tag])
            came.append(top_from)
        best = now
        back.append(came)
    tag = max(tags, key=lambda t: best[t])
    path = [tag]
    for came in reversed(back):
        tag = came[tag]
        path.append(tag)
    return path[::-1]


def _paired(scores: Scores, found: list[Stretch]) -> list[Attribution]:
    cues = [s for s in found if s.role == "cue"]
    chosen: dict[int | None, list[Stretch]] = defaultdict(list)
    value: dict[Stretch, float] = {}
    for stretch in found:
        if stretch.role != "cue":
            number, value[stretch] = _cue_of(scores, stretch, cues)
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


def _cue_of(scores: Scores, stretch: Stretch, cues: list[Stretch]) -> tuple[int | None, float]:
    """The number of the cue that a stretch belongs to, or None, and how sure that is (a mean log probability)."""
    near = [k for k, cue in enumerate(cues) if _distance(stretch, cue) <= REACH]
    own = scores.pair_from[stretch.start : stretch.end]
    none = own @ scores.no_cue[scores.window[stretch.start]]
    to = scores.pair_to[[cues[k].start for k in near]]
    table = np.column_stack([none, own @ to.T]) if near else none[:, None]
    table = table - table.max(1, keepdims=True)
    table = table - np.log(np.exp(table).sum(1, keepdims=True))
    mean = table.mean(0)
    mean[1:] -= FAR * np.array([_distance(stretch, cues[k]) for k in near])
    best = int(mean.argmax())
    return (None if best == 0 else near[best - 1]), float(mean[best])


def _distance(a: Stretch, b: Stretch) -> int:
    return max(0, b.start - a.end, a.start - b.end)
