"""How well who did what to whom is read, on PLOVER's gold records (one annotated event to a sentence).

    python -m benchmarks.events plover_gsr.jsonl

A record counts as found where a deed of ours has one of the words of its event for a verb; its actor is right where
ours overlaps one of the annotated sources, its target where our target, or a phrase behind a preposition, overlaps one
of the annotated targets. Sentences hold further events that nobody annotated, so there is no precision. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from whosays.claims import deeds, phrases
from whosays.claims.deeds import Deed
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.text.article import Article
from whosays.text.span import Span


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("records", type=Path, help='JSONL with "text", "event_text", "source", "target"')
    rows = [json.loads(line) for line in ask.parse_args().records.read_text(encoding="utf-8").splitlines()]
    read = analyse.each([Article(row["id"], row["text"]) for row in rows])
    judged = [_judged(row, analysis) for row, analysis in zip(rows, read, strict=True)]
    print(json.dumps({name: _share([one[name] for one in judged]) for name in judged[0]}, indent=1))


def _judged(row: dict[str, Any], analysis: Analysis) -> dict[str, bool | None]:
    """Whether verb, actor, target and all of them are right; ``None`` where nothing is annotated."""
    reading = phrases.read(analysis)
    named = set(re.findall(r"\w+", (row["event_text"] or "").lower()))
    found = deeds.find(analysis, reading) if reading else []
    alike = [d for d in found if d.is_event and named & set(re.findall(r"\w+", d.verb.of(row["text"]).lower()))]
    sources, targets = ([Span(*one["span"]) for one in row[of] if one["span"]] for of in ("source", "target"))
    by = [not sources or _meets([d.actor.span] if d.actor else [], sources) for d in alike]
    to = [not targets or _meets(_behind(d), targets) for d in alike]
    return {
        "verb": bool(alike),
        "actor": any(by) if sources else None,
        "target": any(to) if targets else None,
        "all": any(a and b for a, b in zip(by, to, strict=True)),
    }


def _behind(deed: Deed) -> list[Span]:
    return [*([deed.target.span] if deed.target else []), *(party.span for _, party in deed.obliques)]


def _meets(ours: list[Span], theirs: list[Span]) -> bool:
    return any(one.overlaps(other) for one in ours for other in theirs)


def _share(judged: list[bool | None]) -> dict[str, float | int]:
    known = [one for one in judged if one is not None]
    return {"right": sum(known), "of": len(known), "share": round(sum(known) / len(known), 3)}


if __name__ == "__main__":
    main()
