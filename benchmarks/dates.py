"""dateparser in the form of a report document, so that the scorer measures it as it measures whosays.

pip install dateparser
score.py dates ../shared/data/time/tbaq.jsonl --run 'python -m benchmarks.dates {input}'

`dateparser.search.search_dates` in English, from the day of publication. Prints a report document with dates alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from dateparser.search import search_dates


def main() -> None:
    articles, dates = [], []
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        articles.append({"id": row["id"], "characters": len(row["text"])})
        dates += [{"article": row["id"], **found} for found in found_in(row["text"], row.get("published"))]
    print(json.dumps({"format": "whosays.report/1", "articles": articles, "statements": [], "dates": dates}))


def found_in(text: str, published: str | None) -> Iterator[dict[str, Any]]:
    settings = {"RELATIVE_BASE": datetime.fromisoformat(published[:10])} if published else {}
    place = 0
    for words, moment in search_dates(text, languages=["en"], settings=settings) or ():
        at = text.find(words, place)
        if at >= 0:
            place = at + len(words)
            yield {"span": [at, place], "text": words, "type": "DATE", "value": moment.strftime("%Y-%m-%d")}


if __name__ == "__main__":
    main()
