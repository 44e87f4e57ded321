"""Quotation and attribution beside what a user of Python would take instead, on PolNeAR's development part.

    pip install textacy
    python -m benchmarks.quotations --shared ../shared

* whosays: its statements.
* textacy: `direct_quotations` on the parse of whosays, which is no worse for it than another: EWT is what both know. It
  refuses a text with an odd number of quotation marks; such a text counts as one without quotations, and is counted.
* quotation marks: every stretch between two of them, nobody credited.

Contents are scored by their tokens (words and marks), over all attributions and over those whose content holds a
quotation mark (``quotes/polnear_quoted_dev.jsonl``); quotations also one by one: right where four fifths of the tokens
of two agree (intersection over union), and its source right where the two sources share a word. Seconds are of the
finding alone, after the pass that makes the parse, which is given beside them. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

import whosays

ALIKE = 0.8  # intersection over union from which two contents are the same quotation
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = re.compile(r'["“][^"“”]*["”]')
Places = frozenset[int]  # the tokens of a passage, by the characters where they begin


@dataclass(frozen=True, slots=True)
class Quotation:
    content: Places
    source: Places


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--limit", type=int)
    args = ask.parse_args()
    data = args.shared / "data"
    rows = _rows(data / "attribution/dev.jsonl")[: args.limit]
    quoted = {row["id"]: row for row in _rows(data / "quotes/polnear_quoted_dev.jsonl")}
    begun = time.perf_counter()
    docs = list(whosays.load().pipe(row["text"] for row in rows))
    passed = time.perf_counter() - begun
    gold = [gold_of(row) for row in rows]
    marked = [gold_of(quoted[row["id"]]) if row["id"] in quoted else [] for row in rows]
    found: dict[str, Any] = {"articles": len(rows), "seconds of the pass": round(passed, 2)}
    for name, find in methods():
        begun = time.perf_counter()
        own = [find(doc) for doc in docs]
        seconds = time.perf_counter() - begun
        among = [[q for q in qs if quotes(doc.text, q)] for doc, qs in zip(docs, own, strict=True)]
        found[name] = {
            "content tokens, all (F1)": tokens(gold, own),
            "content tokens, quoted (F1)": tokens(marked, among),
            **one_by_one(marked, among),
            "seconds": round(seconds, 3),
        }
    found["texts that textacy refuses"] = sum(_refused(doc) for doc in docs)
    print(json.dumps(found, indent=1))


def methods() -> list[tuple[str, Callable[[Doc], list[Quotation]]]]:
    known: list[tuple[str, Callable[[Doc], list[Quotation]]]] = [("whosays", ours), ("quotation marks", between_marks)]
    try:
        import textacy.extract  # noqa: F401
    except ImportError:
        return known
    return [*known, ("textacy", textacys)]


def ours(doc: Doc) -> list[Quotation]:
    return [
        Quotation(
            frozenset().union(*(places(doc.text, span.start, span.end) for span in statement.content)),
            places(doc.text, statement.source.start, statement.source.end) if statement.source else frozenset(),
        )
        for statement in doc._.statements
    ]


def between_marks(doc: Doc) -> list[Quotation]:
    return [Quotation(places(doc.text, *match.span()), frozenset()) for match in _MARKS.finditer(doc.text)]


def textacys(doc: Doc) -> list[Quotation]:
    from textacy.extract import triples

    try:
        return [
            Quotation(
                places(doc.text, found.content.start_char, found.content.end_char),
                frozenset().union(*(places(doc.text, token.idx, token.idx + len(token)) for token in found.speaker)),
            )
            for found in triples.direct_quotations(doc)
        ]
    except ValueError:
        return []


def _refused(doc: Doc) -> bool:
    return sum(token.is_quote for token in doc) % 2 == 1


def gold_of(row: dict[str, Any]) -> list[Quotation]:
    text = row["text"]
    return [
        Quotation(
            frozenset().union(*(places(text, start, end) for start, end in one["content"] or [])),
            frozenset().union(*(places(text, start, end) for start, end in one["source"] or [])),
        )
        for one in row["attributions"]
    ]


def places(text: str, start: int, end: int) -> Places:
    return frozenset(match.start() for match in _TOKEN.finditer(text, start, end))


def quotes(text: str, quotation: Quotation) -> bool:
    return any(text[place] in '"“”' for place in quotation.content)


def tokens(gold: Sequence[Iterable[Quotation]], found: Sequence[Iterable[Quotation]]) -> float:
    """F1 of the tokens that stand in any content."""
    right = there = given = 0
    for wanted, own in zip(gold, found, strict=True):
        one, other = (frozenset().union(*(q.content for q in each)) for each in (wanted, own))
        right, there, given = right + len(one & other), there + len(one), given + len(other)
    return round(2 * right / ((there + given) or 1), 3)


def one_by_one(gold: Sequence[Sequence[Quotation]], found: Sequence[Sequence[Quotation]]) -> dict[str, float]:
    """F1 of quotations, each matched once, the most alike first; and the share of those whose source is right."""
    right = credited = 0
    for wanted, own in zip(gold, found, strict=True):
        pairs = sorted(
            ((len(g.content & f.content) / (len(g.content | f.content) or 1), i, j)
             for i, g in enumerate(wanted) for j, f in enumerate(own)),
            key=lambda pair: (-pair[0], pair[1], pair[2]),
        )  # fmt: skip
        taken: set[tuple[str, int]] = set()
        for alike, i, j in pairs:
            if alike >= ALIKE and not {("gold", i), ("found", j)} & taken:
                taken |= {("gold", i), ("found", j)}
                right += 1
                credited += bool(wanted[i].source & own[j].source) or not (wanted[i].source or own[j].source)
    both = sum(map(len, gold)) + sum(map(len, found))
    return {
        "quotations (F1)": round(2 * right / (both or 1), 3),
        "quotations with their source (F1)": round(2 * credited / (both or 1), 3),
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


if __name__ == "__main__":
    main()
