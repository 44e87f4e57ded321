"""Trains the network on prepared documents; goes on from its last checkpoint when it is called again.

python -m training.train --prepared build/prepared.pt --out build/run1 --epochs 10
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

# waiting threads must not take the processor from the other one's work
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from safetensors.torch import load_file
from torch import Tensor

from training.batches import Batch, Batches
from training.labels import UNKNOWN
from training.network import Network, arcs, chain_loss, minilm_folder, pairs, relations
from whosays.language.words import Pieces

# each head's share of the loss: attribution is what the model is for
WEIGHTS = {
    "word_class": 0.3,
    "sentence": 0.3,
    "arc": 1.0,
    "relation": 0.6,
    "name": 1.0,
    "role": 3.0,
    "pair": 0.5,
    "embedding": 0.7,
}
ENCODER_RATE, HEAD_RATE, STEP_RATE = 2e-4, 1e-3, 1e-2
WARM_UP = 200  # steps
AVERAGE = 0.999  # of the moving average that is exported


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--prepared", type=Path, default=Path("build/prepared.pt"))
    ask.add_argument("--out", type=Path, default=Path("build/run"))
    ask.add_argument("--epochs", type=float, default=10)
    ask.add_argument("--begin-with", type=Path, help="folder of a finished run whose averaged weights to go on from")
    ask.add_argument("--rate", type=float, default=1.0, help="learning rates, as a multiple of the usual ones")
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--keep-every", type=int, default=400, help="steps between checkpoints")
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    prepared = torch.load(args.prepared, weights_only=False)
    folder = minilm_folder()
    batches = Batches(prepared["documents"], Pieces(folder / "vocab.txt"))
    run = Run(batches, prepared["relations"], args)
    run.start(folder)
    run.go()


class Run:
    def __init__(self, batches: Batches, relations: list[str], args: argparse.Namespace) -> None:
        self.batches, self.args = batches, args
        self.network = Network(len(relations))
        self.relations = relations
        self.step, self.epoch, self.within = 0, 0, 0
        encoder = [p for n, p in self.network.named_parameters() if n.startswith("encoder.") and p.requires_grad]
        steps = [self.network.role_steps, self.network.name_steps, self.network.mix]
        taken = {id(p) for p in [*encoder, *steps]}
        heads = [p for p in self.network.parameters() if id(p) not in taken and p.requires_grad]
        rates = [(encoder, ENCODER_RATE, 0.01), (heads, HEAD_RATE, 0.01), (steps, STEP_RATE, 0.0)]
        self.optimiser = torch.optim.AdamW(
            [{"params": p, "lr": r, "weight_decay": d} for p, r, d in rates], foreach=True
        )
        self.rates = [r for _, r, _ in rates]
        self.per_epoch = sum(1 for _ in self._count_batches())
        self.total = int(self.per_epoch * args.epochs)

    def _count_batches(self):
        batch = self.batches.batch
        self.batches.batch = lambda group, chance: group  # type: ignore[method-assign]
        yield from self.batches.epoch(0, self.args.seed)
        self.batches.batch = batch  # type: ignore[method-assign]

    def start(self, folder: Path) -> None:
        """From the last checkpoint if there is one, otherwise from the original encoder."""
        self.args.out.mkdir(parents=True, exist_ok=True)
        self.kept = self.args.out / "checkpoint.pt"
        if self.kept.exists():
            state = torch.load(self.kept, weights_only=False)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.epoch, self.within = state["step"], state["epoch"], state["within"]
            self.average = state["average"]
            return
        if self.args.begin_with:
            state = torch.load(self.args.begin_with / "checkpoint.pt", weights_only=False)
            self.network.load_state_dict(state["average"], strict=False)  # parts that it lacks begin afresh
        else:
            self.network.encoder.start_from(load_file(folder / "model.safetensors"))
        self.average = {k: v.detach().clone() for k, v in self.network.state_dict().items()}

    def go(self) -> None:
        begun, seen, sums = time.time(), 0, {name: [0.0, 0] for name in WEIGHTS}
        self.network.train()
        while self.step < self.total:
            for k, batch in enumerate(self.batches.epoch(self.epoch, self.args.seed)):
                if k < self.within:
                    continue
                self._rate()
                losses = self.losses(batch)
                self._learn(losses)
                seen += int(batch.mask.sum())
                self.step += 1
                self.within = k + 1
                for name, loss in losses.items():
                    sums[name][0] += float(loss.detach())
                    sums[name][1] += 1
                if self.step % 50 == 0:
                    means = {name: round(total / max(n, 1), 3) for name, (total, n) in sums.items()}
                    speed = round(seen / (time.time() - begun))
                    row = {"step": self.step, "of": self.total, "epoch": round(self.step / self.per_epoch, 2)}
                    print(json.dumps({**row, "pieces_a_second": speed, **means}), flush=True)
                    sums = {name: [0.0, 0] for name in WEIGHTS}
                if self.step % self.args.keep_every == 0 or self.step >= self.total:
                    self.keep()
                if self.step >= self.total:
                    break
            else:
                self.epoch, self.within = self.epoch + 1, 0

    def _rate(self) -> None:
        """Linear warm-up, then a linear way down to a fiftieth."""
        up = min(1.0, (self.step + 1) / WARM_UP)
        down = max(0.02, 1 - self.step / self.total)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = self.args.rate * rate * min(up, down)

    def _learn(self, losses: dict[str, Tensor]) -> None:
        total = sum(WEIGHTS[name] * loss for name, loss in losses.items())
        assert isinstance(total, Tensor)
        self.optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        if self.step % 10 == 0:
            keep = min(AVERAGE**10, self.step / (self.step + 100))
            with torch.no_grad():
                for name, value in self.network.named_parameters():
                    if value.requires_grad:
                        self.average[name].lerp_(value, 1 - keep)

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            guideline = batch.guideline @ self.network.encoder.guideline.weight
            out = self.network(batch.ids, batch.marks, batch.mask, batch.firsts, guideline, batch.naming)
            scores = {"arc": arcs(out).float(), "pair": pairs(out).float()}
            scores["relation"] = relations(self.network, out, batch.labels["head"].clamp(min=0)).float()
        for name in ("word_class", "sentence", "name", "role"):
            scores[name] = out[name].float()
        labels = batch.labels
        number = labels["sentence_number"]
        apart = (number[:, :, None] != number[:, None, :]) & (torch.arange(number.shape[1]) > 0)
        scores["arc"] = scores["arc"].masked_fill(apart, -1e4)
        beyond = batch.firsts == 0
        beyond[:, 0] = False
        scores["pair"] = scores["pair"].masked_fill(beyond[:, None], -1e4)
        losses = {}
        for name, given in (
            ("word_class", "word_class"),
            ("arc", "head"),
            ("relation", "relation"),
            ("pair", "cue"),
        ):
            target = labels[given]
            if given == "relation":
                target = target.masked_fill(labels["head"] == UNKNOWN, UNKNOWN)
            if (target != UNKNOWN).any():
                losses[name] = F.cross_entropy(scores[name].flatten(0, 1), target.flatten(), ignore_index=UNKNOWN)
        starts = labels["sentence"]
        if (starts != UNKNOWN).any():
            known = starts != UNKNOWN
            losses["sentence"] = F.binary_cross_entropy_with_logits(scores["sentence"][known], starts[known].float())
        for name, chain in (("role", self.network.role_steps), ("name", self.network.name_steps)):
            known = labels[name] != UNKNOWN
            if known.any():
                losses[name] = chain_loss(scores[name], chain, labels[name].clamp(min=0), known)
        if batch.stretches:
            losses["embedding"] = self._embedding_loss(out["embedding"].float(), batch)
        return losses

    def _embedding_loss(self, vectors: Tensor, batch: Batch) -> Tensor:
        sums = F.pad(vectors.cumsum(1), (0, 0, 1, 0))
        rows, starts, ends = (torch.tensor([s[k] for s in batch.stretches]) for k in range(3))
        given = torch.tensor([s[3].tolist() for s in batch.stretches])
        return (1 - F.cosine_similarity(sums[rows, ends] - sums[rows, starts], given)).mean()

    def keep(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "step": self.step,
            "epoch": self.epoch,
            "within": self.within,
            "relations": self.relations,
        }
        torch.save(state, self.kept.with_suffix(".new"))
        self.kept.with_suffix(".new").replace(self.kept)


if __name__ == "__main__":
    main()
