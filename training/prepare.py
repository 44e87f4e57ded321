"""Reads the training sets into one file of documents: words, marks and labels.

python -m training.prepare --data ../shared --out build/prepared.pt
"""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch

from training import documents, statements, teacher, treebank
from training.documents import Document
from training.labels import UNKNOWN

Text = tuple[str, str, list[dict], list]  # its set, its characters, attributions, doubtful stretches

POLNEAR, STORIES = 0, 1  # guidelines, as the network numbers them
RE3D = {"Organisation": "ORG", "Person": "PER", "Location": "LOC", "MilitaryPlatform": "MISC", "Weapon": "MISC"}
# GUM's genres whose texts are non-commercial
LEFT_OUT_GENRES = ("fiction", "whow")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds data/ and samples-more/")
    ask.add_argument("--out", type=Path, default=Path("build/prepared.pt"))
    ask.add_argument("--no-vectors", action="store_true", help="leave the sentence embeddings out")
    args = ask.parse_args()
    data = args.data / "data"
    made: list[Document] = []
    made += treebank.read(data / "syntax/en_ewt-train.conllu.gz", "ewt")
    made += treebank.read(data / "syntax/en_gum-train.conllu.gz", "gum", _allowed(data / "syntax/gum_docs.tsv"))
    relations = treebank.number_relations(made)
    made += names(data / "ner")
    made += attributed(polnear(data / "attribution/train.jsonl"), POLNEAR, not args.no_vectors)
    made += attributed(stories(args.data / "samples-more"), STORIES, not args.no_vectors)
    made += attributed(by_readers(data), STORIES, not args.no_vectors)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"documents": made, "relations": relations}, args.out)
    for corpus, words in sorted(collections.Counter({d.corpus: 0 for d in made}).items()):
        words = sum(len(d.words) for d in made if d.corpus == corpus)
        print(f"{corpus:10} {sum(d.corpus == corpus for d in made):6} documents {words:9,} words")


def _allowed(table: Path) -> set[str]:
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return {row[0] for row in rows if row[2] not in LEFT_OUT_GENRES}


def names(folder: Path) -> list[Document]:
    """Sentences with names, packed into documents of forty so that windows fill; UNER's test part stays out."""
    made = []
    used = {"uner_ewt": {"dev"}, "wikigold": {"all"}, "re3d": {"train", "test"}, "wnut17": {"dev", "test"}}
    for corpus, splits in used.items():
        rows = [json.loads(line) for line in (folder / f"{corpus}.jsonl").open(encoding="utf-8")]
        rows = [row for row in rows if row["split"] in splits]
        made += [_packed(corpus, rows[at : at + 40]) for at in range(0, len(rows), 40)]
    return made


def _packed(corpus: str, rows: list[dict]) -> Document:
    text = ""
    entities, others = [], []
    for row in rows:
        for start, end, kind, *_ in row["entities"]:
            known = RE3D.get(kind) if corpus == "re3d" else kind
            place = (len(text) + start, len(text) + end)
            if known and (corpus != "re3d" or _is_name(row["text"][start:end])):
                entities.append((*place, known))
            elif known:
                others.append(place)
        text += row["text"] + "\n"
    made, spans = documents.read(corpus, text)
    documents.tag_names(made, spans, entities)
    assert made.name is not None
    # RE3D marks every mention, "a senior official" too: nothing is to be learned of those, nor of names of other types
    for start, end in others:
        for k in documents.covered(spans, start, end):
            made.name[k] = UNKNOWN
    if corpus == "re3d":
        for k, word in enumerate(made.words):
            if made.name[k] == 0 and word[0].isupper() and not made.line[k]:
                made.name[k] = UNKNOWN
    return made


def _is_name(mention: str) -> bool:
    """Whether every word of a mention but small ones in its middle has a capital."""
    words = mention.split()
    capital = [w[0].isupper() or (k not in (0, len(words) - 1) and len(w) < 4) for k, w in enumerate(words)]
    return all(capital) and mention not in ("He", "She", "It", "They", "We", "I", "His", "Their", "The")


def polnear(path: Path) -> Iterator[Text]:
    for row in map(json.loads, path.open(encoding="utf-8")):
        yield "polnear", row["text"], row["attributions"], []


def stories(folder: Path) -> Iterator[Text]:
    """The annotated stories of ``samples-more``."""
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for key, about in gold["articles"].items():
            rows = [
                {
                    "content": s["content"],
                    "source": [s["source"]] if s.get("source") else None,
                    "cue": [s["cue"]] if s.get("cue") else None,
                }
                for s in gold["statements"]
                if s["article"] == key
            ]
            yield f"stories/{path.parent.name}", (path.parent / about["file"]).read_text(encoding="utf-8"), rows, []


def by_readers(data: Path) -> Iterator[Text]:
    """Articles whose statements readers marked as the stories' guideline has them; doubtful ones teach nothing."""
    for row in statements.read(data, "train"):
        yield "marked", row["text"], row["attributions"], row["doubtful"]


def attributed(texts: Iterable[Text], guideline: int, vectors: bool) -> list[Document]:
    """Documents whose attributions follow a guideline."""
    made = []
    lost = 0
    for corpus, text, attributions, doubtful in texts:
        document, spans = documents.read(corpus, text, guideline)
        lost += documents.tag_attributions(document, spans, attributions)
        documents.leave_out(document, spans, doubtful)
        _mark_stretches(document, spans, [piece for a in attributions for piece in a["content"]])
        made.append(document)
    print(f"{corpus.split('/')[0]}: {lost} spans gave way to another")
    if vectors:
        teacher.embed(made)
    return made


def _mark_stretches(document: Document, spans: list, contents: list) -> None:
    """Contents of four words and more, and paragraphs of at most sixty: what sentence embeddings are learned from."""
    for start, end in contents:
        reach = documents.covered(spans, start, end)
        if len(reach) >= 4:
            document.spans.append((reach[0], reach[-1] + 1))
    starts = [*np.flatnonzero(document.line).tolist(), len(document.words)]
    document.spans += [(a, b) for a, b in pairwise(starts) if 5 <= b - a <= 60]


if __name__ == "__main__":
    main()
