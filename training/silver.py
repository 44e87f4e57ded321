"""Names for a treebank that has none: the model's own, held to the treebank's proper nouns.

UNER marks the names of EWT's dev and test parts alone. Its training part has six times as many sentences, whose word
classes people have marked: what the model takes for a name there must be of proper nouns, and a proper noun is more
often in a name than the model believes. Both are put into its scores before the best sequence is looked for.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from training import treebank
from training.documents import TOKENIZE, Document, covered
from training.labels import NAME_TAGS, UNKNOWN, WORD_CLASSES
from whosays.language.chain import IMPOSSIBLE
from whosays.language.model import FOLDER, Model
from whosays.text.span import Span

PROPER = WORD_CLASSES.index("PROPN")
# word classes that stand within names beside proper nouns: "Bank of America", "1600 Pennsylvania Avenue", "Texas A & M"
WITHIN = [WORD_CLASSES.index(c) for c in ("ADP", "CCONJ", "DET", "PUNCT", "NUM", "PART", "SYM", "ADJ", "NOUN")]
UNSURE = 0.5  # a proper noun nearer than this to being the other thing is left out of the learning
STEPS = np.arange(0.0, 4.1, 0.25)


def mark(made: list[Document], texts: list[str], data: Path, folder: Path = FOLDER) -> None:
    """Fills in ``name``. The lift of proper nouns is the one that gives as many of them names as UNER does."""
    model = Model(folder)
    scores = [_scores(model, text) for text in texts]
    wanted = _share_in_names(data)
    shares = [(abs(_share(model, made, scores, lift) - wanted), lift) for lift in STEPS]
    lift = min(shares)[1]
    print(f"silver names: {wanted:.2f} of the proper nouns are in names, lift {lift}")
    for document, own in zip(made, scores, strict=True):
        held = _held(own, document, lift)
        name = np.array(model.names.path(held.astype(np.float32)), np.int64)
        proper = document.word_class == PROPER
        margin = np.abs(held[:, 0] - held[:, 1:].max(1))
        document.name = np.where(proper & (margin < UNSURE), UNKNOWN, name)


def _scores(model: Model, text: str) -> np.ndarray:
    tokens = [t for t in TOKENIZE(text) if not t.is_space]
    return model.start(text, [Span(t.idx, t.idx + len(t)) for t in tokens]).scores().name


def _held(scores: np.ndarray, document: Document, lift: float) -> np.ndarray:
    assert document.word_class is not None
    held = scores.astype(np.float64).copy()
    for tag, name in enumerate(NAME_TAGS):
        if name.endswith("MISC"):
            held[:, tag] = IMPOSSIBLE
    proper = document.word_class == PROPER
    within = np.isin(document.word_class, WITHIN)
    held[proper, 0] -= lift
    held[~proper & ~within, 1:] = IMPOSSIBLE
    return held


def _share(model: Model, made: list[Document], scores: list[np.ndarray], lift: float) -> float:
    named = count = 0
    for document, own in list(zip(made, scores, strict=True))[:150]:
        path = np.array(model.names.path(_held(own, document, lift).astype(np.float32)))
        proper = document.word_class == PROPER
        named, count = named + int((path[proper] > 0).sum()), count + int(proper.sum())
    return named / count


def _share_in_names(data: Path) -> float:
    """Of the proper nouns of EWT's dev part, how many UNER has in names."""
    count = sum(tree.word_class.count("PROPN") for tree in treebank.trees(data / "syntax/en_ewt-dev.conllu.gz"))
    named = 0
    for line in (data / "ner/uner_ewt.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        if row["split"] != "dev":
            continue
        spans = [Span(t.idx, t.idx + len(t)) for t in TOKENIZE(row["text"])]
        named += sum(len(covered(spans, start, end)) for start, end, *_ in row["entities"])
    return named / count
