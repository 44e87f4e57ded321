"""Trains the cross-encoder that reads two members together, on what readers marked and on the invented stories.

    python -m training.together --shared ../shared --out build/together [--export whosays/language/model]

It learns from pairs that trees grown on other stories take neither for the same nor for different: the rest the trees
tell by themselves. The annotated stories are not among its examples, so that what it adds can be measured on them; the
weights that join both answers (whosays/claims/reading.py) are fitted there, with trees that are cross-validated.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from safetensors.torch import load_file
from torch import Tensor, nn

from training import claims, export, stories
from training.network import Pair, minilm_folder
from whosays.claims import reading
from whosays.language import together
from whosays.statements import analyse

FOLDS: Final = 6
RUNS: Final = 2
LEAST: Final = 0.05  # probability by the trees from which a pair is learned; below it one in forty is the same
EPOCHS, RATE, HEAD_RATE, DECAY, WARM_UP, BATCH = 1.5, 8e-5, 4e-4, 0.01, 0.06, 32
SORTED: Final = 40  # batches whose pairs are sorted by length, so that few pieces are padding

Pieces = Sequence[int]


@dataclass(frozen=True, slots=True)
class Example:
    """Two passages as word pieces, and the share of readings that take them for the same."""

    one: Pieces
    other: Pieces
    same: float


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--out", type=Path, default=Path("build/together"))
    ask.add_argument("--export", type=Path, help="folder of the package's model, to write the graph to")
    args = ask.parse_args()
    told = list(stories.read(args.shared))
    with ProcessPoolExecutor() as workers:
        seen = list(workers.map(claims.seen_alone, told, [args.shared] * len(told), chunksize=8))
    learned = list(_examples([s for s in seen if s.annotated is None], [s for s in seen if s.annotated is not None]))
    pair = train(learned)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(pair.state_dict(), args.out / "weights.pt")
    if args.export:
        export.write_pair(pair, args.export)


def _examples(marked: Sequence[claims.Read], annotated: Sequence[claims.Read]) -> Iterator[Example]:
    """The pairs of marked stories that trees grown on the others, and on the annotated ones, do not settle."""
    reader, nlp = together.load(), analyse.blank()
    for fold in range(FOLDS):
        grown = claims.fit([*annotated, *(s for k, s in enumerate(marked) if k % FOLDS != fold)])
        for story in marked[fold::FOLDS]:
            odds = grown.decision_function(claims.with_notion(story.seen, 0.0))
            docs = [nlp.make_doc(article.text) for article in story.told.articles]
            pieces = [reader.pieces(reading.words(m, docs)) for m in story.members.all]
            held = (odds > np.log(LEAST / (1 - LEAST))) & (story.sure > 0)
            for (one, other), same in zip(story.pairs[held].tolist(), story.marked[held].tolist(), strict=True):
                yield Example(pieces[one], pieces[other], same)


def train(learned: list[Example]) -> Pair:
    """The mean of several runs, which begin with the same weights and see the pairs in another order each."""
    runs = [_run(list(learned), random.Random(seed)).state_dict() for seed in range(RUNS)]
    pair = Pair()
    pair.load_state_dict({name: torch.stack([run[name] for run in runs]).mean(0) for name in runs[0]})
    return pair.eval()


def _run(learned: list[Example], rng: random.Random) -> Pair:
    torch.manual_seed(0)
    pair = Pair()
    pair.start_from(load_file(minilm_folder() / "model.safetensors"))
    steps = torch.optim.AdamW(_rated(pair))
    rates = [group["lr"] for group in steps.param_groups]
    total, step = int(len(learned) * EPOCHS / BATCH), 0
    while step < total:
        rng.shuffle(learned)
        for at in range(0, len(learned), BATCH * SORTED):
            part = sorted(learned[at : at + BATCH * SORTED], key=lambda e: len(e.one) + len(e.other))
            batches = [part[k : k + BATCH] for k in range(0, len(part), BATCH)]
            rng.shuffle(batches)
            for batch in batches[: total - step]:
                share = min(1.0, (step + 1) / (total * WARM_UP)) * max(0.02, 1 - step / total)
                for group, rate in zip(steps.param_groups, rates, strict=True):
                    group["lr"] = rate * share
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    odds = pair(*_tensors(batch, rng))
                loss = F.binary_cross_entropy_with_logits(odds.float(), torch.tensor([e.same for e in batch]))
                loss.backward()
                nn.utils.clip_grad_norm_(pair.parameters(), 1.0)
                steps.step()
                steps.zero_grad()
                step += 1
                if step % 100 == 0:
                    print(json.dumps({"step": step, "of": total, "loss": round(float(loss), 3)}), flush=True)
    return pair


def _rated(pair: Pair) -> list[dict[str, Any]]:
    """The weights that learn, with their rates; decay is for matrices alone."""
    found = []
    for name, weight in pair.named_parameters():
        rate = RATE if name.startswith("encoder.") else HEAD_RATE
        if weight.requires_grad:
            found.append({"params": [weight], "lr": rate, "weight_decay": DECAY if weight.ndim > 1 else 0.0})
    return found


def _tensors(batch: Sequence[Example], rng: random.Random) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, marks and mask, [batch, pieces] each; which passage comes first is left to chance."""
    reader = together.load()
    fed = [reader.fed(*rng.sample([example.one, example.other], 2)) for example in batch]
    rows, marks = ([torch.from_numpy(one[name]) for one in fed] for name in ("ids", "marks"))
    ids = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    mask = nn.utils.rnn.pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
    return ids, nn.utils.rnn.pad_sequence(marks, batch_first=True), mask


if __name__ == "__main__":
    main()
