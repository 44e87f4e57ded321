"""Every figure in one run, written as docs/benchmarks.md.

    make bench SHARED=../shared
    python -m benchmarks.suite --shared ../shared -o docs/benchmarks.md

Each part is a command of its own that prints JSON, so that it can be run alone, and so that the memory of one is no
burden to the next; a part that cannot be run, because a program or a set is not there, is said to be missing. What the
runs gave is kept as JSON in ``--keep``, a file for each, and ``--again`` writes the page from it without a run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks import tables

PROGRAMS = (
    "numpy", "onnxruntime", "spacy", "trafilatura", "readability-lxml", "newspaper4k", "resiliparse", "textacy",
    "datasketch", "rensa", "dateparser", "daft", "ray",
)  # fmt: skip

HEAD = """# Benchmarks

`make bench` measures all of this and writes this page; each part names the command that measures it alone. Figures of
accuracy are F1 unless something else is said, on sets that are no part of this project ([how](accuracy.md)). Times are
of one machine, and mean something beside each other only.
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A command of this folder. ``name`` is what it is kept as, and what :mod:`benchmarks.tables` calls it."""

    name: str
    command: tuple[str, ...]


def parts(shared: Path, articles: Path, bare: Path | None, keep: Path, top: int) -> list[Part]:
    score = str(shared / "eval/score.py")
    pages = str(shared / "data/extraction/article_benchmark_html")
    dates = str(shared / "data/time/tbaq.jsonl")
    given = ("--bare", str(bare)) if bare else ()
    own = ("--shared", str(shared))
    speed = ("-m", "benchmarks.speed", str(articles), *given)
    archive = ("-m", "benchmarks.archive", *given)
    return [
        Part("processor", ("-m", "benchmarks.processor")),
        Part("accuracy", ("-m", "benchmarks.accuracy", *own)),
        Part("language", ("-m", "training.evaluate", "--data", str(shared))),
        Part("quotations", ("-m", "benchmarks.quotations", *own)),
        Part("dateparser", (score, "dates", dates, "--run", f"{sys.executable} -m benchmarks.dates {{input}}")),
        Part("pages", ("-m", "benchmarks.pages", *own)),
        Part("copies", ("-m", "benchmarks.copies", *own)),
        Part("stories", ("-m", "benchmarks.stories", *own)),
        Part("speed", speed),
        Part("speed-statements", (*speed, "--statements-only")),
        Part("archive", (*archive, "--pages", pages, "--news", str(articles), "--top", str(top), "--short")),
        Part("desk", ("-m", "benchmarks.desk", "--library", str(keep / "large.db"))),
        Part("load", ("-m", "benchmarks.load", str(articles))),
    ]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument(
        "--articles", type=Path, help='JSONL with "text" for the speed; PolNeAR\'s training part if left out'
    )
    ask.add_argument("--bare", type=Path, help="encoder.onnx of `python -m training.export --bare` (made if left out)")
    ask.add_argument("-o", "--output", type=Path, default=Path("docs/benchmarks.md"))
    ask.add_argument("--keep", type=Path, default=Path(".benchmarks"))
    ask.add_argument("--top", type=int, default=20_000, help="articles of the largest archive")
    ask.add_argument("--only", action="append", help="run this part alone; the others are as they were kept")
    ask.add_argument("--again", action="store_true", help="run nothing")
    args = ask.parse_args()
    args.keep.mkdir(exist_ok=True)
    articles = args.articles or args.shared / "data/attribution/train.jsonl"
    known = parts(args.shared, articles, args.bare, args.keep, args.top)
    if unknown := set(args.only or ()) - {part.name for part in known}:
        ask.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(part.name for part in known)}")
    for part in known if not args.again else ():
        if not args.only or part.name in args.only:
            print(f"{datetime.now(UTC):%H:%M} {part.name}", file=sys.stderr, flush=True)
            (args.keep / f"{part.name}.json").write_text(json.dumps(run(part), indent=1), encoding="utf-8")
    found = {
        part.name: json.loads(path.read_text(encoding="utf-8"))
        for part in known
        if (path := args.keep / f"{part.name}.json").exists()
    }
    args.output.write_text(page(found), encoding="utf-8")


def run(part: Part) -> dict[str, Any]:
    """What the part printed, or ``{"missing": why}``; some print several objects, one a line."""
    done = subprocess.run([sys.executable, *part.command], capture_output=True, text=True, check=False)
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        print(f"      missing: {last[0]}", file=sys.stderr)
        return {"missing": last[0]}
    return {"when": f"{datetime.now(UTC):%Y-%m-%d}", "found": read(done.stdout)}


def read(printed: str) -> Any:
    """One JSON document, or one a line, which together are one."""
    try:
        return json.loads(printed)
    except json.JSONDecodeError:
        return {key: value for line in printed.splitlines() for key, value in json.loads(line).items()}


def page(found: Mapping[str, Mapping[str, Any]]) -> str:
    """docs/benchmarks.md."""
    given = {name: own["found"] for name, own in found.items() if "found" in own}
    missing = {name: own["missing"] for name, own in found.items() if "missing" in own}
    days = sorted({own["when"] for own in found.values() if "when" in own})
    lines = [HEAD, f"{machine()}, {', '.join(days)}. {', '.join(versions())}."]
    for section in tables.sections(given):
        lines += ["", f"## {section.title}", "", f"`{section.command}`", ""]
        if section.lead:
            lines += [section.lead, ""]
        lines += table(section.header, section.rows)
    if missing:
        lines += ["", "## Not measured in this run", ""]
        lines += [f"- {name}: {why}" for name, why in sorted(missing.items())]
    return "\n".join(lines) + "\n"


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    cells = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join('–' if cell is None else str(cell) for cell in row)} |" for row in cells]


def machine() -> str:
    """The processor by its own name, how many of it, and the memory."""
    model = platform.processor() or platform.machine()
    with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{names[0] if names else model}, {os.cpu_count()} processors, {memory:.0f} GB, {platform.system()}"


def versions() -> list[str]:
    found = [f"Python {platform.python_version()}"]
    for name in ("whosays", *PROGRAMS):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found


if __name__ == "__main__":
    main()
