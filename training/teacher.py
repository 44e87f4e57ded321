"""Sentence embeddings of the original all-MiniLM-L6-v2, which the network learns to give from its one pass."""

from __future__ import annotations

import numpy as np
import torch
from safetensors.torch import load_file

from training.documents import Document
from training.network import Encoder, minilm_folder
from whosays.language.words import Pieces

LONGEST = 160  # word pieces of one stretch


@torch.no_grad()
def embed(made: list[Document]) -> None:
    """Fills in ``vectors``: [stretches, 384], of length 1, in half precision."""
    folder = minilm_folder()
    encoder = Encoder().eval()
    encoder.start_from(load_file(folder / "model.safetensors"))
    pieces = Pieces(folder / "vocab.txt")
    stretches = [(k, n, _ids(d.words[a:b], pieces)) for k, d in enumerate(made) for n, (a, b) in enumerate(d.spans)]
    stretches.sort(key=lambda s: len(s[2]))
    for d in made:
        d.vectors = np.zeros((len(d.spans), 384), np.float16)
    for at in range(0, len(stretches), 64):
        batch = stretches[at : at + 64]
        length = max(len(s[2]) for s in batch)
        ids = torch.zeros(len(batch), length, dtype=torch.long)
        mask = torch.zeros(len(batch), length)
        for row, (_, _, own) in enumerate(batch):
            ids[row, : len(own)], mask[row, : len(own)] = torch.tensor(own), 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = encoder(ids, torch.zeros_like(ids), mask, torch.zeros(len(batch), 384))[-1].float()
        mean = (out * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        mean = torch.nn.functional.normalize(mean, dim=-1).numpy()
        for row, (k, n, _) in enumerate(batch):
            vectors = made[k].vectors
            assert vectors is not None
            vectors[n] = mean[row]


def _ids(words: list[str], pieces: Pieces) -> list[int]:
    inner = [piece for word in words for piece in pieces.of(word)]
    return [pieces.first, *inner[: LONGEST - 2], pieces.last]
