"""Documents cut into windows, styled anew each epoch, and put together into batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.documents import NO_CUE, Document, Window, windows
from training.labels import UNKNOWN
from training.network import GUIDELINES, NAMINGS
from whosays.language.words import Pieces, case, mark

STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# how often an epoch shows a set: the stories and what readers marked are of the kind that reports are made on, UNER's
# marks names as reports do, and all are small
REPEATS = {"stories": 3, "marked": 2, "uner_ewt": 2}
SIZES = (96, 160, 224)  # word pieces of a window
BATCH = 1800  # word pieces of a batch


@dataclass
class Batch:
    ids: Tensor
    marks: Tensor
    mask: Tensor
    firsts: Tensor
    guideline: Tensor
    naming: Tensor
    labels: dict[str, Tensor]  # by head, [batch, words]; word 0 is the window's CLS
    stretches: list[tuple[int, int, int, np.ndarray]]  # row, words [start, end), embedding


class Batches:
    def __init__(self, made: list[Document], pieces: Pieces) -> None:
        self.documents, self.pieces = made, pieces
        self.counts = [[len(pieces.of(w)) for w in d.words] for d in made]

    def epoch(self, number: int, seed: int) -> Iterator[Batch]:
        """All windows once (or as often as REPEATS says), in an order and a style that depend on the seed alone."""
        chance = random.Random(seed * 1009 + number)
        cut: list[Window] = []
        for k, d in enumerate(self.documents):
            for _ in range(REPEATS.get(d.corpus.split("/")[0], 1)):
                cut += windows(k, d, self.counts[k], chance.choice(SIZES), chance)
        cut.sort(key=lambda w: (w.pieces + chance.random() * 24, w.document, w.start))
        groups: list[list[Window]] = [[]]
        for window in cut:
            if (len(groups[-1]) + 1) * (window.pieces + 2) > BATCH and groups[-1]:
                groups.append([])
            groups[-1].append(window)
        chance.shuffle(groups)
        for group in groups:
            yield self.batch(group, chance)

    def batch(self, group: list[Window], chance: random.Random) -> Batch:
        rows = [self._row(window, chance) for window in group]
        length, count = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
        ids, marks = torch.zeros(len(rows), length, dtype=torch.long), torch.zeros(len(rows), length, dtype=torch.long)
        mask, firsts = torch.zeros(len(rows), length), torch.zeros(len(rows), count, dtype=torch.long)
        guideline = torch.zeros(len(rows), GUIDELINES)
        corpora = [self.documents[window.document].corpus for window in group]
        naming = torch.tensor([NAMINGS.index(corpus) if corpus in NAMINGS else 0 for corpus in corpora])
        for k, (own, signs, starts) in enumerate(rows):
            ids[k, : len(own)], marks[k, : len(own)] = torch.tensor(own), torch.tensor(signs)
            mask[k, : len(own)], firsts[k, : len(starts)] = 1, torch.tensor(starts)
            chosen = self.documents[group[k].document].guideline
            guideline[k, chance.randrange(GUIDELINES) if chosen is None else chosen] = 1
        return Batch(ids, marks, mask, firsts, guideline, naming, self._labels(group, count), self._stretches(group))

    def _row(self, window: Window, chance: random.Random) -> tuple[list[int], list[int], list[int]]:
        document = self.documents[window.document]
        straight, flowing = chance.random() < 0.4, chance.random() < 0.15
        ids, marks, starts = [self.pieces.first], [0], [0]
        for k in range(window.start, window.end):
            word = document.words[k]
            own = self.pieces.of(word.translate(STRAIGHT) if straight else word)
            line = 0 if flowing else int(document.line[k])
            starts.append(len(ids))
            ids += own
            marks += [mark(case(word), int(document.quote[k]), line)] * len(own)
        return [*ids, self.pieces.last], [*marks, 0], starts

    def _labels(self, group: list[Window], count: int) -> dict[str, Tensor]:
        found: dict[str, Tensor] = {}
        for name in ("word_class", "head", "relation", "sentence", "name", "role", "cue"):
            table = np.full((len(group), count), UNKNOWN, np.int64)
            for k, w in enumerate(group):
                labels = getattr(self.documents[w.document], name)
                if labels is None:
                    continue
                own = labels[w.start : w.end].copy()
                if name in ("head", "cue"):
                    own = self._moved(own, w, name)
                table[k, 1 : 1 + len(own)] = own
            found[name] = torch.from_numpy(table)
        sentence = np.zeros((len(group), count), np.int64)
        for k, w in enumerate(group):
            starts = self.documents[w.document].sentence
            if starts is not None:
                sentence[k, 1 : 1 + w.end - w.start] = starts[w.start : w.end].cumsum() + 1
        found["sentence_number"] = torch.from_numpy(sentence)
        return found

    def _moved(self, own: np.ndarray, window: Window, name: str) -> np.ndarray:
        """Word numbers of the document as the window's: 0 for a root or for no cue, UNKNOWN beyond its edge."""
        inside = (own >= window.start) & (own < window.end)
        moved = np.where(inside, own - window.start + 1, UNKNOWN)
        if name == "head":
            return np.where(own == np.arange(window.start, window.end), 0, moved)
        return np.where(own == NO_CUE, 0, moved)

    def _stretches(self, group: list[Window]) -> list[tuple[int, int, int, np.ndarray]]:
        found = []
        for row, w in enumerate(group):
            d = self.documents[w.document]
            for (a, b), vector in zip(d.spans, d.vectors if d.vectors is not None else (), strict=False):
                if w.start <= a and b <= w.end:
                    found.append((row, a - w.start + 1, b - w.start + 1, vector))
        return found
