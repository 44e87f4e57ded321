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
from whosays.report import document
from whosays.text.article import Article

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


if __name__ == "__main__":
    main()
