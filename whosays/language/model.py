"""The language model: one small encoder with a head for each thing that is marked."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whosays.language import session, windows, words
from whosays.language.chain import Chain
from whosays.language.session import FOLDER
from whosays.language.windows import Window
from whosays.language.words import Pieces
from whosays.text.span import Span

Array = NDArray[np.float32]
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of each word of an article, [words, …] each.

    ``window`` is the number of each word's window; ``root``, ``root_relation`` and ``no_cue`` are the vectors that
    stand for "no head" and "no cue" in a window, [windows, …].
    """

    word_class: Array
    sentence: Array
    name: Array
    role: Array
    arc_dependent: Array
    arc_head: Array
    relation_dependent: Array
    relation_head: Array
    pair_from: Array
    pair_to: Array
    embedding: Array
    window: NDArray[np.int64]
    root: Array
    root_relation: Array
    no_cue: Array


class Model:
    """The graph, its small weights and its labels, as read from one folder.

    Each window is run by itself on one thread: answers depend on the article alone, not on what else is read or on the
    number of processors, and windows of several articles run side by side.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.session = session.opened(folder)
        self.labels: dict[str, Any] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.pieces = Pieces(folder / "vocabulary.txt")
        with np.load(folder / "heads.npz") as heads:
            self.heads: dict[str, Array] = {name: heads[name].astype(np.float32) for name in heads.files}
        self.outputs = list(self.labels["outputs"])
        self.roles = Chain(self.labels["roles"], self.heads["role_steps"])
        self.names = Chain(self.labels["names"], self.heads["name_steps"])

    @property
    def name(self) -> str:
        return _name(self.labels)

    @cached_property
    def workers(self) -> Executor:
        """What runs the windows; another can be put in its place before anything is read."""
        return ThreadPoolExecutor(min(MOST_WORKERS, os.cpu_count() or 1), thread_name_prefix="whosays")

    def start(self, text: str, spans: Sequence[Span]) -> Reading:
        """Begins to read the words of an article in the background; spans: their characters."""
        line = words.breaks(text, spans)
        quote = words.quote_states(text, spans)
        forms = [text[start:end] for start, end in spans]
        own = [self.pieces.of(form) for form in forms]
        counts = [len(p) for p in own]
        marks = [words.mark(words.case(f), q, b) for f, q, b in zip(forms, quote, line, strict=True)]
        cuts = windows.cut(counts, line, words.stops(forms, line))
        fed = _Fed(np.fromiter(chain.from_iterable(own), np.int64), np.repeat(marks, counts), np.cumsum([0, *counts]))
        runs = [self.workers.submit(self._run, fed, window) for window in cuts]
        return Reading(cuts, runs, self.outputs, forms, line)

    def meaning(self, means: Array) -> Array:
        """Sentence embeddings, of length 1, of mean ``embedding`` vectors; both [sentences, width]."""
        found = means @ self.heads["embedding_weight"].T + self.heads["embedding_bias"]
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), np.float32)

    def _run(self, fed: _Fed, window: Window) -> list[Array]:
        first, last = fed.firsts[window.start], fed.firsts[window.end]
        feed = {
            "ids": np.concatenate([[self.pieces.first], fed.ids[first:last], [self.pieces.last]]),
            "marks": np.concatenate([[0], fed.marks[first:last], [0]]),
            "firsts": np.concatenate([[0], fed.firsts[window.start : window.end] - first + 1]),
        }
        return [out[0] if out.ndim == 3 else out for out in self.session.run(self.outputs, feed)]


@dataclass(frozen=True, slots=True)
class _Fed:
    """An article's word pieces and their marks, [pieces] each, and where each word's begin, [words + 1]."""

    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    firsts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that is being read: its words, and 1 for each that begins a line."""

    windows: list[Window]
    runs: list[Future[list[Array]]]
    outputs: list[str]
    forms: list[str]
    line: list[int]

    def cancel(self) -> None:
        """Leaves out the windows that have not been begun."""
        for run in self.runs:
            run.cancel()

    def scores(self) -> Scores:
        """Waits for the windows and puts their answers together."""
        answers = [dict(zip(self.outputs, run.result(), strict=True)) for run in self.runs]
        kept = [slice(w.kept - w.start + 1, w.until - w.start + 1) for w in self.windows]
        joined = {
            name: np.concatenate([answer[name][own] for answer, own in zip(answers, kept, strict=True)])
            for name in self.outputs
        }
        joined["sentence"] = joined["sentence"][:, 0]
        whole = {"root": "arc_head", "root_relation": "relation_head", "no_cue": "pair_to"}
        number = np.repeat(np.arange(len(kept)), [w.until - w.kept for w in self.windows])
        return Scores(**joined, window=number, **{k: np.stack([a[of][0] for a in answers]) for k, of in whole.items()})


def name_of(folder: Path = FOLDER) -> str:
    """The name of the model in a folder, without reading all of it."""
    return _name(json.loads((folder / "labels.json").read_text(encoding="utf-8")))


def _name(labels: dict[str, Any]) -> str:
    return f"whosays-minilm-{labels['trained_steps']}"


@lru_cache(maxsize=2)
def load(folder: Path = FOLDER) -> Model:
    """The model, read once in each process."""
    return Model(folder)


if hasattr(os, "register_at_fork"):
    # threads do not live on in a forked process (spaCy's n_process): it reads the model anew
    os.register_at_fork(after_in_child=load.cache_clear)
