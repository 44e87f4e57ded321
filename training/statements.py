"""Articles whose statements readers marked as the stories' guideline has them (statements.jsonl, without the texts)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_WHERE: Final = {
    "basil": "same_event/basil/articles.jsonl",
    "ecbplus": "same_event/ecbplus/articles.jsonl",
    "polnear": "attribution/train.jsonl",
}


def read(data: Path, part: str) -> Iterator[dict[str, Any]]:
    """The articles of ``part`` ("train" or "dev") with "text", "attributions" as PolNeAR writes them, and "doubtful".

    Doubtful are characters of what a reader marked and the guideline may not count.
    """
    texts = {
        kind: {row["id"]: row["text"] for row in map(json.loads, (data / path).open(encoding="utf-8"))}
        for kind, path in _WHERE.items()
    }
    for row in map(json.loads, (Path(__file__).parent / "statements.jsonl").open(encoding="utf-8")):
        if row["part"] == part:
            found = [
                {"content": content, "source": [source] if source else None, "cue": [cue] if cue else None}
                for content, source, cue in row["statements"]
            ]
            yield {"text": texts[row["set"]][row["article"]], "attributions": found, "doubtful": row["doubtful"]}
