"""Speed and memory of `whosays report` over many articles against a bare encoder pass over the same text.

    python -m benchmarks.speed articles.jsonl --count 200 --rounds 3

The bare pass is the original all-MiniLM-L6-v2 in int8, windows side by side, one thread each, and nothing but word
pieces around it: the least that a program built on that encoder spends. It is timed twice, as ONNX Runtime runs it with
its own settings, and with the setting of ours that makes it a quarter faster (see whosays/language/model.py). spaCy's
tokeniser alone is timed beside them. All are whole processes, run in turn, so that a drift of the machine's speed meets
each; start-up is part of each. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PIECES = 200  # word pieces of a window of the bare pass, as in ours


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles", type=Path, help='JSONL with "text"')
    ask.add_argument("--count", type=int, default=200)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--statements-only", action="store_true")
    ask.add_argument("--bare", type=Path, help="encoder.onnx of `python -m training.export --bare` (made if left out)")
    ask.add_argument("--bare-pass", type=Path, help=argparse.SUPPRESS)
    ask.add_argument("--as-ours", action="store_true", help=argparse.SUPPRESS)
    ask.add_argument("--floor", action="store_true", help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.bare_pass:
        bare_pass(args.articles, args.bare_pass, args.as_ours)
        return
    if args.floor:
        tokenised(args.articles)
        return
    rows = [json.loads(row) for row in args.articles.read_text(encoding="utf-8").splitlines()[: args.count]]
    slim = [{k: v for k, v in row.items() if k in ("id", "outlet", "title", "text")} for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "articles.jsonl"
        texts.write_text("".join(json.dumps(row) + "\n" for row in slim), encoding="utf-8")
        bare = args.bare or _export_bare(Path(folder))
        ours = [sys.executable, *f"-m whosays report {texts} --format json -o {folder}/report.json".split()]
        ours += ["--statements-only"] * args.statements_only
        theirs = [sys.executable, *f"-m benchmarks.speed {texts} --bare-pass {bare}".split()]
        floor = [sys.executable, *f"-m benchmarks.speed {texts} --floor".split()]
        runs = {
            "whosays report": ours,
            "bare encoder": theirs,
            "bare encoder, our setting": [*theirs, "--as-ours"],
            "spaCy's tokeniser": floor,
        }
        timed = [{name: _timed(command) for name, command in runs.items()} for _ in range(args.rounds)]
    found = {
        "articles": len(slim),
        "characters": sum(len(row["text"]) for row in slim),
        "processors": os.cpu_count(),
        "seconds": {name: [round(each[name][0], 2) for each in timed] for name in runs},
        "ratio, median": {name: _ratio(timed, name) for name in runs if name != "whosays report"},
        "peak memory, MB": round(max(each["whosays report"][1] for each in timed) / 1024),
    }
    print(json.dumps(found, indent=1))


def _ratio(timed: Sequence[dict[str, tuple[float, int]]], name: str) -> float:
    return round(statistics.median(each["whosays report"][0] / each[name][0] for each in timed), 2)


def _export_bare(folder: Path) -> Path:
    subprocess.run([sys.executable, "-m", "training.export", "--bare", "--out", str(folder)], check=True)
    return folder / "encoder.onnx"


def _timed(command: Sequence[str]) -> tuple[float, int]:
    """Seconds and peak kilobytes of one finished process."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, int(usage.ru_maxrss)


def tokenised(articles: Path) -> None:
    """spaCy's English tokeniser alone: the floor of whatever is built on it."""
    import spacy

    tokenize = spacy.blank("en").tokenizer
    for line in articles.open(encoding="utf-8"):
        tokenize(json.loads(line)["text"])


def bare_pass(articles: Path, encoder: Path, as_ours: bool) -> None:
    """Nothing but word pieces and the encoder: full windows, one thread each, side by side."""
    import numpy as np
    import onnxruntime

    from whosays.language import tokenizing, words
    from whosays.language.session import FOLDER, SLOW

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(encoder), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW if as_ours else None
    )
    pieces = words.Pieces(FOLDER / "vocabulary.txt")
    tokenize = tokenizing.blank()

    def run(window: list[int]) -> None:
        ids = np.array(window, np.int64)
        session.run(None, {"ids": ids, "marks": np.zeros_like(ids)})

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        waiting = []
        for line in articles.open(encoding="utf-8"):
            own = [
                p for token in tokenize(json.loads(line)["text"]) if not token.is_space for p in pieces.of(token.text)
            ]
            waiting += [workers.submit(run, own[at : at + PIECES]) for at in range(0, len(own), PIECES)]
        for each in waiting:
            each.result()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)


if __name__ == "__main__":
    main()
