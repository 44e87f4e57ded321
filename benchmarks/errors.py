"""What goes wrong, counted by kind: the figures of docs/accuracy.md, as JSON.

    python -m benchmarks.errors --shared ../shared

``--shared`` holds the public scorer, the annotated stories and the measuring sets, which are no part of this project.
``--show N`` prints up to N cases of each kind, to be read one by one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import whosays
from training import evaluate, treebank
from whosays.language import model as language_model
from whosays.language.model import Model
from whosays.report import document
from whosays.text.article import Article
from whosays.text.span import Span

FIELDS = ("kind", "naming", "polarity", "said_on")


class Kinds:
    """Cases by measure and kind of error."""

    def __init__(self) -> None:
        self.cases: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, measure: str, kind: str, case: str = "") -> None:
        self.cases[measure][kind].append(" ".join(case.split()))

    def counts(self) -> dict[str, dict[str, int]]:
        return {
            measure: dict(Counter({kind: len(own) for kind, own in kinds.items()}).most_common())
            for measure, kinds in self.cases.items()
        }


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--stories", default="samples", help="folder of annotated stories under --shared")
    ask.add_argument("--show", type=int, default=0, help="cases of each kind to print")
    args = ask.parse_args()
    score = _scorer(args.shared / "eval/score.py")
    kinds = Kinds()
    stories(kinds, score, args.shared / args.stories)
    attributions(kinds, score, args.shared / "data/attribution/dev.jsonl")
    dates(kinds, score, args.shared / "data/time/tbaq.jsonl")
    places(kinds, score, args.shared / "data/places/lgl.jsonl")
    model = language_model.load()
    spans(kinds, model, args.shared / "data/attribution/dev.jsonl")
    trees(kinds, model, args.shared / "data/syntax/en_ewt-test.conllu.gz")
    names(kinds, model, args.shared / "data/ner/uner_ewt.jsonl")
    chance = random.Random(1)
    for measure, own in kinds.cases.items() if args.show else ():
        for kind, cases in own.items():
            for case in chance.sample(cases, min(args.show, len(cases))):
                print(f"{measure} | {kind} | {case}")
    print(json.dumps(kinds.counts(), indent=1))


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _report(articles: list[Article], statements_only: bool = False) -> dict[str, Any]:
    made = whosays.report(articles, statements_only=statements_only)
    found: dict[str, Any] = json.loads(document.write(made, with_text=False))
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.open(encoding="utf-8"):
        yield json.loads(line)


def _words(text: str, characters: Iterable[int]) -> str:
    place = sorted(characters)
    return text[place[0] : place[-1] + 1] if place else ""


def stories(kinds: Kinds, score: Any, folder: Path) -> None:
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        articles = [
            Article(
                key,
                (path.parent / about["file"]).read_text(encoding="utf-8"),
                about.get("outlet"),
                about.get("published") or about.get("date"),
                about.get("title"),
            )
            for key, about in gold["articles"].items()
        ]
        texts = {article.id: article.text for article in articles}
        mine, theirs = score.statements(_report(articles)), score.statements(gold)
        matched = _statements(kinds, score, texts, mine, theirs, "statements")
        for i, j in matched.items():
            _fields(kinds, score, mine[i], theirs[j], _words(texts[mine[i]["article"]], mine[i]["cov"]))
        _speakers(kinds, [(mine[i].get("speaker"), theirs[j].get("speaker")) for i, j in matched.items()])


def _statements(kinds: Kinds, score: Any, texts: dict[str, str], mine: list, theirs: list, measure: str) -> dict:
    """Matches predicted to annotated statements, by number, as the scorer does, and counts the rest."""
    matched: dict[int, int] = score.match(mine, theirs)
    hit = set(matched.values())
    for j, one in enumerate(theirs):
        if j not in hit:
            touched = any(m["article"] == one["article"] and m["cov"] & one["cov"] for m in mine)
            kind = "missed: what was found agrees by less than half" if touched else "missed altogether"
            kinds.add(measure, kind, _words(texts[one["article"]], one["cov"] | one["src"] | one["cuecov"]))
    for i, one in enumerate(mine):
        if i not in matched:
            touched = any(t["article"] == one["article"] and t["cov"] & one["cov"] for t in theirs)
            kind = "extra: what is annotated agrees by less than half" if touched else "extra altogether"
            kinds.add(measure, kind, _words(texts[one["article"]], one["cov"] | one["src"] | one["cuecov"]))
    for i, j in matched.items():
        own, given = mine[i]["src"], theirs[j]["src"]
        right = (not own and not given) or score.overlap_f1(own, given) >= 0.5
        kind = "another source" if own and given else "source left out" if given else "source where none is"
        kinds.add(measure, "right" if right else kind, _words(texts[mine[i]["article"]], mine[i]["cov"] | own | given))
    return matched


def _fields(kinds: Kinds, score: Any, mine: dict, theirs: dict, words: str) -> None:
    for field in FIELDS:
        own, given = (row.get(field) or ("asserted" if field == "polarity" else None) for row in (mine, theirs))
        if given is None or (field == "polarity" and own == given == "asserted"):
            continue
        kind = "right" if str(own)[:10] == str(given)[:10] else f"{given} taken for {own}"
        kinds.add(field, "another day, or none" if field == "said_on" and kind != "right" else kind, words)
    relays = [{score.norm(name) for name in row.get("via") or ()} for row in (mine, theirs)]
    for name in relays[0] | relays[1]:
        kind = "right" if name in relays[0] & relays[1] else "missed" if name in relays[1] else "extra"
        kinds.add("via", kind, f"{name}: {words}")


def _speakers(kinds: Kinds, pairs: list[tuple[str | None, str | None]]) -> None:
    for (own, given), (other, also) in combinations(pairs, 2):
        if given == also:
            right = own == other and own is not None
            kinds.add("speakers, pairs of statements", "right" if right else "one taken for two", f"{given}")
        elif own == other and own is not None:
            kinds.add("speakers, pairs of statements", "two taken for one", f"{given}, {also}")


def attributions(kinds: Kinds, score: Any, path: Path) -> None:
    for row in _rows(path):
        mine = score.statements(_report([Article(row["id"], row["text"], row["outlet"])], statements_only=True))
        theirs = [
            {
                "article": row["id"],
                "cov": score.cover(one["content"]),
                "src": score.cover(one.get("source")),
                "cuecov": score.cover(one.get("cue")),
            }
            for one in row["attributions"]
        ]
        theirs = [one for one in theirs if one["cov"]]
        _statements(kinds, score, {row["id"]: row["text"]}, mine, theirs, "PolNeAR dev")


def dates(kinds: Kinds, score: Any, path: Path) -> None:
    for row in _rows(path):
        report = _report([Article(row["id"], row["text"], None, row["dct"])], statements_only=True)
        found = [(set(range(*time["span"])), time["value"]) for time in report["dates"]]
        used = set()
        for given in row["timex"]:
            words = _words(row["text"], range(*given["span"]))
            at = next((k for k, (span, _) in enumerate(found) if span & set(range(*given["span"]))), None)
            if at is None:
                kinds.add("dates, TimeBank and AQUAINT", f"missed: {given.get('type', 'of any type')}", words)
                continue
            used.add(at)
            right = score.same_value(found[at][1], given.get("value"))
            case = f"{words}: {given.get('value')}, not {found[at][1]}"
            kind = "right" if right else f"another value: {given.get('type', 'of any type')}"
            kinds.add("dates, TimeBank and AQUAINT", kind, case)
        for k, (span, value) in enumerate(found):
            if k not in used:
                kinds.add("dates, TimeBank and AQUAINT", "extra", f"{_words(row['text'], span)}: {value}")


def places(kinds: Kinds, score: Any, path: Path) -> None:
    for row in _rows(path):
        report = _report(
            [Article(row["id"], row["text"], row.get("outlet"), None, row.get("title"))], statements_only=True
        )
        found = [(set(range(*place["span"])), place) for place in report["places"]]
        for given in row["places"]:
            if given.get("lat") is None:
                continue
            spot = set(range(*given["span"]))
            best = max((f for f in found if f[0] & spot), key=lambda f: score.iou(f[0], spot), default=None)
            words = _words(row["text"], spot)
            if best is None:
                kinds.add("places, LGL", "missed", words)
                continue
            there = (best[1]["latitude"], best[1]["longitude"])
            far = score.kilometres(there, (given["lat"], given["lon"]))
            kind = "right" if far <= 161 else f"elsewhere: taken for a {best[1]['precision']}"
            kinds.add("places, LGL", kind, f"{words}: {best[1]['name']}, {best[1]['country']}, {far:.0f} km off")


def _compare(kinds: Kinds, measure: str, text: str, mine: dict[Span, str], theirs: dict[Span, str]) -> None:
    """Labelled spans against labelled spans: right, another label, another boundary, missed, extra."""
    for span, label in theirs.items():
        touched = [own for own in mine if own.overlaps(span)]
        if span in mine:
            kind = "right" if mine[span] == label else f"{label} taken for {mine[span]}"
        else:
            kind = f"another boundary: {label}" if touched else f"missed: {label}"
        shown = "; ".join(own.of(text) for own in touched if own != span)
        kinds.add(measure, kind, f"{span.of(text)}{f' | {shown}' if shown else ''}")
    for span, label in mine.items():
        if not any(span.overlaps(given) for given in theirs):
            kinds.add(measure, f"extra: {label}", span.of(text))


def spans(kinds: Kinds, model: Model, path: Path) -> None:
    rows = list(_rows(path))
    for row, marked in zip(rows, evaluate.read(model, (row["text"] for row in rows)), strict=True):
        mine: dict[str, dict[Span, str]] = {"source": {}, "cue": {}, "content": {}}
        theirs: dict[str, dict[Span, str]] = {"source": {}, "cue": {}, "content": {}}
        for found in marked.attributions:
            for stretch in (*found.content, *filter(None, (found.source, found.cue))):
                mine[stretch.role][marked.span(stretch.start, stretch.end)] = stretch.role
        for given in row["attributions"]:
            for role, own in theirs.items():
                own.update({Span(*piece): role for piece in given[role] or ()})
        for role in mine:
            _compare(kinds, "PolNeAR dev, exact spans", row["text"], mine[role], theirs[role])


def trees(kinds: Kinds, model: Model, path: Path) -> None:
    gold = list(treebank.trees(path))
    measure = "UD EWT test, words"
    for tree, marked in zip(gold, evaluate.read(model, (tree.text for tree in gold)), strict=True):
        spot = {Span(t.idx, t.idx + len(t)): t for t in (marked.doc[k] for k in marked.words)}
        for k, span in enumerate(tree.spans):
            token, relation = spot.get(span), tree.relation[k].split(":")[0]
            if token is None:
                kinds.add(measure, "word cut in another way", span.of(tree.text))
                continue
            head = tree.spans[tree.head[k]] if tree.head[k] != k else span
            own = "root" if token.dep_ == "ROOT" else token.dep_.split(":")[0]
            if Span(token.head.idx, token.head.idx + len(token.head)) != head:
                kinds.add(measure, f"another head: {relation}", span.of(tree.text))
            else:
                kinds.add(measure, "right" if own == relation else f"{relation} taken for {own}", span.of(tree.text))


def names(kinds: Kinds, model: Model, path: Path) -> None:
    rows = [row for row in _rows(path) if row["split"] == "test"]
    for row, marked in zip(rows, evaluate.read(model, (row["text"] for row in rows)), strict=True):
        theirs = {Span(start, end): kind for start, end, kind, *_ in row["entities"]}
        mine = {Span(e.start_char, e.end_char): e.label_ for e in marked.doc.ents if e.label_ != "MISC"}
        _compare(kinds, "names, UNER EWT test", row["text"], mine, theirs)


if __name__ == "__main__":
    main()
