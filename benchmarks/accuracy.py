"""Every accuracy figure of the README in one run, as JSON.

    python -m benchmarks.accuracy --shared ../shared

``--shared`` holds the public scorer (``eval/score.py``), the annotated stories and the measuring sets; none of them is
part of this project. Spans, trees and names are measured by ``python -m training.evaluate``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REPORT = f"{sys.executable} -m whosays report {{input}} --format json"
MEASURES = {
    "stories, samples": ("stories", "samples", REPORT),
    "stories, samples-more (trained on)": ("stories", "samples-more", REPORT),
    "attribution, PolNeAR dev": ("attribution", "data/attribution/dev.jsonl", f"{REPORT} --statements-only"),
    "dates, TimeBank and AQUAINT": ("dates", "data/time/tbaq.jsonl", f"{REPORT} --statements-only"),
    "dates, MEANTIME": ("dates", "data/time/meantime.jsonl", f"{REPORT} --statements-only"),
    "places, LGL": ("places", "data/places/lgl.jsonl", f"{REPORT} --statements-only"),
    "places, TR-News": ("places", "data/places/tr_news.jsonl", f"{REPORT} --statements-only"),
}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--only", choices=sorted(MEASURES), action="append", help="measure these alone")
    args = ask.parse_args()
    found = {name: measure(args.shared, *MEASURES[name]) for name in args.only or MEASURES}
    print(json.dumps(found, indent=1))


def measure(shared: Path, what: str, gold: str, command: str) -> dict[str, Any]:
    """The scorer's figures: F1 where it gives one, accuracy otherwise."""
    scorer = [sys.executable, str(shared / "eval/score.py"), what, str(shared / gold), "--run", command]
    done = subprocess.run(scorer, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout)
    return {name: _one(value) for name, value in figures.items()}


def _one(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("f1", value.get("accuracy"))
    return value


if __name__ == "__main__":
    main()
