"""Near-copies: containment of shingles as whosays counts it, beside MinHash.

    pip install datasketch rensa
    python -m benchmarks.copies --shared ../shared

Two sets, scored as pairs of articles found: the pairs of reports on one event that share a tenth of their runs of eight
words (``shared_text_pairs.jsonl``, among all pairs of an event), and copies that the script below makes of the same
articles: cut, reordered, reworded by rules, all of these, or put within another article; each against all articles of
its event. The threshold of each is set on the shared pairs of the events whose hash is even ("fitted half"); ours is
the constant of :mod:`whosays.stories.copies`, and ``best`` is what would be best on that half. MinHash estimates
Jaccard's index of the same runs of five words with 256 permutations.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.stories import in_half
from whosays.stories import copies, shingles, terms

Texts = dict[str, dict[str, str]]
OTHER_WORDS = dict(
    pair.split(":")
    for pair in "said:stated told:informed people:persons killed:slain announced:declared government:administration "
    "officials:authorities also:too after:following about:roughly but:yet because:since during:amid police:officers "
    "big:large new:fresh last:previous many:numerous show:display help:aid end:close start:begin get:obtain "
    "make:produce report:account plan:scheme attack:assault group:band several:some while:as however:still law:statute "
    "company:firm money:funds want:seek called:named".split()
)
FILLERS = ("reportedly", "meanwhile", "in fact", "indeed")
EDITS = ("cut", "reordered", "reworded", "all three", "within another")


@dataclass(frozen=True)
class Pair:
    event: str
    one: str
    other: str
    same: bool
    edit: str = ""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = ask.parse_args().shared / "data/same_event"
    events = read(folder)
    rows = (folder / "shared_text_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    known = {frozenset((row["a"], row["b"])) for row in map(json.loads, rows)}
    natural = [
        Pair(event, texts[a], texts[b], frozenset((a, b)) in known)
        for event, texts in events.items()
        for a, b in combinations(texts, 2)
    ]
    made = list(edited(events, known))
    print(json.dumps({name: scored(like, natural, made, own) for name, like, own in methods()}, indent=1))


def read(folder: Path) -> Texts:
    events: Texts = defaultdict(dict)
    for name in ("basil", "seesaw", "ecbplus"):
        for line in (folder / name / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            events[f"{name} {row['event']}"][row["id"]] = row["text"]
    return events


# ------------------------------------------------------------------ copies of our making
def edited(events: Texts, known: set[frozenset[str]]) -> Iterator[Pair]:
    names = sorted(events)
    for event, texts in events.items():
        rng = random.Random(event)
        for id_, text in list(texts.items())[:6]:
            sentences = [s for s in re.split(r"(?<=[.!?”\"])\s+", text) if s]
            if len(sentences) < 6:
                continue
            edit = rng.choice(EDITS)
            if edit == "within another":
                other = events[rng.choice(names)]
                whole = re.split(r"(?<=[.!?”\"])\s+", other[rng.choice(sorted(other))])
                copy = " ".join([*whole[:12], *sentences[: int(len(sentences) * 0.4)]])
            else:
                copy = _edit(sentences, edit, rng)
            for other_id, other_text in texts.items():
                if other_id == id_ or frozenset((id_, other_id)) not in known:
                    yield Pair(event, copy, other_text, other_id == id_, edit)


def _edit(sentences: Sequence[str], edit: str, rng: random.Random) -> str:
    kept = list(sentences)
    if edit in ("cut", "all three"):
        kept = kept[: max(3, int(len(kept) * rng.uniform(0.3, 0.7)))]
    if edit in ("reordered", "all three"):
        rng.shuffle(kept)
    if edit in ("reworded", "all three"):
        kept = [_reworded(sentence, rng) for sentence in kept]
    return " ".join(kept)


def _reworded(sentence: str, rng: random.Random) -> str:
    found = []
    for word in sentence.split():
        core = word.strip('.,"“”').lower()
        chance = rng.random()
        if core in OTHER_WORDS and chance < 0.8:
            found.append(word.lower().replace(core, OTHER_WORDS[core]))
        elif (core.endswith("ly") and chance < 0.5) or (core in ("the", "a", "that") and chance < 0.25):
            continue
        elif chance < 0.04:
            found += [word, rng.choice(FILLERS)]
        elif chance >= 0.08:
            found.append(word)
    return " ".join(found)


# ------------------------------------------------------------------ methods
Like = Callable[[Sequence[Pair]], list[float]]


def methods() -> Iterator[tuple[str, Like, float | None]]:
    yield "whosays", contained, copies.LEAST_SHARE
    with suppress(ImportError):
        import datasketch

        yield "MinHash, datasketch", lambda pairs: minhash(pairs, lambda: datasketch.MinHash(num_perm=256)), None
    with suppress(ImportError):
        import rensa

        yield "MinHash, rensa", lambda pairs: minhash(pairs, lambda: _Rensa(rensa.RMinHash(256, 1))), None


def contained(pairs: Sequence[Pair]) -> list[float]:
    """As a stream finds them: shares below twelve shingles count as none."""
    of = {text: shingles.of(terms.words(text)) for pair in pairs for text in (pair.one, pair.other)}
    found = [shingles.contained(of[pair.one], of[pair.other]) for pair in pairs]
    return [share if count >= copies.FEWEST else 0.0 for share, count in found]


class _Rensa:
    """rensa under the names of datasketch."""

    def __init__(self, own: Any) -> None:
        self.own = own

    def update_batch(self, runs: Sequence[bytes]) -> None:
        self.own.update([run.decode() for run in runs])

    def jaccard(self, other: _Rensa) -> float:
        return float(self.own.jaccard(other.own))


def minhash(pairs: Sequence[Pair], made: Callable[[], Any]) -> list[float]:
    def sketch(text: str) -> Any:
        words, found = terms.words(text), made()
        runs = {" ".join(words[k : k + shingles.LENGTH]) for k in range(len(words) - shingles.LENGTH + 1)}
        found.update_batch([run.encode() for run in sorted(runs)])
        return found

    of = {text: sketch(text) for text in dict.fromkeys(t for pair in pairs for t in (pair.one, pair.other))}
    return [float(of[pair.one].jaccard(of[pair.other])) for pair in pairs]


def scored(like: Like, natural: Sequence[Pair], made: Sequence[Pair], own: float | None) -> dict[str, Any]:
    begun = time.perf_counter()
    shares = like(natural)
    seconds = time.perf_counter() - begun
    edits = like(made)
    half = [(share, pair.same) for share, pair in zip(shares, natural, strict=True) if in_half(pair.event)]
    best = max((step / 200 for step in range(1, 100)), key=lambda least: f1(half, least))
    least = own or best
    other = [(share, pair.same) for share, pair in zip(shares, natural, strict=True) if not in_half(pair.event)]
    copied = list(zip(edits, made, strict=True))
    return {
        "seconds, shared pairs": round(seconds, 2),
        "threshold": least,
        "best": best,
        "shared pairs, fitted half": f1(half, least),
        "shared pairs, other half": f1(other, least),
        "shared pairs, all": f1([*half, *other], least),
        "edited copies": f1([(share, pair.same) for share, pair in copied], least),
        "edited copies, other half": f1([(s, p.same) for s, p in copied if not in_half(p.event)], least),
        "found of the edited": {
            edit: round(sum(s >= least for s, p in copied if p.same and p.edit == edit)
                        / sum(p.same and p.edit == edit for _, p in copied), 3)
            for edit in EDITS
        },
        "pairs": {"shared": sum(p.same for p in natural), "of": len(natural), "edited": sum(p.same for p in made)},
    }  # fmt: skip


def f1(pairs: Sequence[tuple[float, bool]], least: float) -> float:
    right = sum(same for share, same in pairs if share >= least)
    found, there = sum(share >= least for share, _ in pairs), sum(same for _, same in pairs)
    return round(2 * right / (found + there), 3)


if __name__ == "__main__":
    main()
