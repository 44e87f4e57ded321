"""Measures a model on raw text, with the tokeniser and the decoding that whosays uses.

python -m training.evaluate --model whosays/language/model --data ../shared
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training import statements, treebank
from whosays.language import marking, tokenizing
from whosays.language.model import FOLDER, Model
from whosays.text.layout import Layout
from whosays.text.span import Span


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--model", type=Path, default=FOLDER)
    ask.add_argument("--data", type=Path, default=Path("../shared"), help="folder that holds data/")
    ask.add_argument("--limit", type=int, help="documents of each set, for a quick look")
    args = ask.parse_args()
    model = Model(args.model)
    data = args.data / "data"
    found = {
        "PolNeAR dev, exact spans": spans(model, _rows(data / "attribution/dev.jsonl")[: args.limit]),
        "marked by readers, part kept apart, exact spans": spans(model, [*statements.read(data, "dev")][: args.limit]),
        "EWT test, raw text": trees(model, data / "syntax/en_ewt-test.conllu.gz", args.limit),
        "GUM test, raw text": trees(model, data / "syntax/en_gum-test.conllu.gz", args.limit),
        "UNER EWT test, raw sentences": names(model, data / "ner/uner_ewt.jsonl", args.limit),
    }
    print(json.dumps(found, indent=1))


def read(model: Model, texts: Iterable[str]) -> Iterator[marking.Marked]:
    """Marks texts with every line taken for prose."""
    tokenize = tokenizing.blank()
    tokenize.max_length = 10_000_000
    pairs = ((tokenize(text), Layout(unread=(), prose=(Span(0, len(text)),))) for text in texts)
    return marking.mark(pairs, model)


def f1(hit: int, predicted: int, gold: int) -> float:
    return round(200 * hit / max(predicted + gold, 1), 1)


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def spans(model: Model, rows: list[dict]) -> dict[str, float]:
    """F1 of spans that agree to the character, by role; and of characters in contents."""
    hit: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for row, marked in zip(rows, read(model, (row["text"] for row in rows)), strict=True):
        wanted: dict[str, set[tuple[int, ...]]] = {"source": set(), "cue": set(), "content": set()}
        for attribution in row["attributions"]:
            for role, own in wanted.items():
                own.update(tuple(piece) for piece in attribution[role] or [])
        mine: dict[str, set[tuple[int, ...]]] = {"source": set(), "cue": set(), "content": set()}
        for found in marked.attributions:
            for stretch in (*found.content, *filter(None, (found.source, found.cue))):
                mine[stretch.role].add(tuple(marked.span(stretch.start, stretch.end)))
        for role in wanted:
            hit[role] += len(wanted[role] & mine[role])
            predicted[role] += len(mine[role])
            gold[role] += len(wanted[role])
        inside = [{p for s, e in own["content"] for p in range(s, e)} for own in (mine, wanted)]
        hit["content characters"] += len(inside[0] & inside[1])
        predicted["content characters"] += len(inside[0])
        gold["content characters"] += len(inside[1])
    return {role: f1(hit[role], predicted[role], gold[role]) for role in gold}


def trees(model: Model, path: Path, limit: int | None = None) -> dict[str, float]:
    """F1 over words, as in the CoNLL 2018 shared task: a word counts when its characters agree, and then its class, its
    head (LAS: and the universal part of its relation)."""
    gold = list(treebank.trees(path))[:limit]
    count: Counter[str] = Counter()
    for tree, marked in zip(gold, read(model, (tree.text for tree in gold)), strict=True):
        doc = marked.doc
        tokens = [doc[k] for k in marked.words]
        spot = {Span(t.idx, t.idx + len(t)): t for t in tokens}
        count["gold"] += len(tree.spans)
        count["predicted"] += len(tokens)
        starts = {tree.spans[k].start for k in tree.starts}
        mine = {t.idx for t in tokens if t.is_sent_start}
        count["sentences hit"] += len(starts & mine)
        count["sentences"] += len(starts) + len(mine)
        for k, span in enumerate(tree.spans):
            token = spot.get(span)
            if token is None:
                continue
            count["words"] += 1
            count["class"] += token.pos_ == tree.word_class[k]
            head = tree.spans[tree.head[k]] if tree.head[k] != k else span
            if Span(token.head.idx, token.head.idx + len(token.head)) == head:
                count["head"] += 1
                relation = "root" if token.dep_ == "ROOT" else token.dep_
                count["relation"] += relation.split(":")[0] == tree.relation[k].split(":")[0]
    both = count["predicted"], count["gold"]
    return {
        "words": f1(count["words"], *both),
        "sentence starts": round(200 * count["sentences hit"] / max(count["sentences"], 1), 1),
        "UPOS": f1(count["class"], *both),
        "UAS": f1(count["head"], *both),
        "LAS": f1(count["relation"], *both),
    }


def names(model: Model, path: Path, limit: int | None = None) -> dict[str, float]:
    """F1 of names that agree in characters and type; types that the set does not mark are left out."""
    rows = [row for row in _rows(path) if row["split"] == "test"][:limit]
    hit = predicted = gold = 0
    for row, marked in zip(rows, read(model, (row["text"] for row in rows)), strict=True):
        wanted = {(s, e, kind) for s, e, kind, *_ in row["entities"]}
        mine = {(e.start_char, e.end_char, e.label_) for e in marked.doc.ents if e.label_ != "MISC"}
        hit, predicted, gold = hit + len(wanted & mine), predicted + len(mine), gold + len(wanted)
    return {"F1": f1(hit, predicted, gold)}


if __name__ == "__main__":
    main()
