"""Archives against what bounds them, as ratios within one run.

    python -m benchmarks.archive --pages FOLDER --bare ENCODER --news NEWS --top 200000 --out archive.json

* analysis: `archive analyse`, one process, against a bare int8 pass of the same encoder over the same word pieces; on
  the texts of NEWS (JSON lines) where it is given, and on invented articles, in which every sentence is a statement.
* reading: pages of FOLDER (HTML, gzipped or not; invented pages where it is left out) against trafilatura's own time.
* processes: two against one, of `archive analyse`.
* scale: seconds for each article and peak memory from 1,000 articles up to --top, tenfold at each step, all steps.
  With --short the articles have three or four sentences: 200,000 take an hour, not five, and whatever grows with the
  archive, which the model's work does not, weighs the more.
* grouping: the same of `archive stories` without the comparison, on sketches made without the model.

The articles are invented (benchmarks/invented.py). Ratios of processor time where one thread does the work, so that
other programs on the machine count little; of wall time for two processes, which wants a quiet machine. ENCODER is
encoder.onnx of `python -m training.export --bare`. Prints JSON as it goes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import invented

TWO_PARTITIONS = 2_000  # articles; of fewer than a thousand there is one, and one process has it
PIECES = 200  # word pieces of a window of the bare pass, as in ours
SHORT = (2, 3)  # sentences of an article, beside its first
STEPS = ("read", "analyse", "stories")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=Path)
    ask.add_argument("--bare", type=Path)
    ask.add_argument("--news", type=Path)
    ask.add_argument("--top", type=int, default=200_000)
    ask.add_argument("--count", type=int, default=300, help="articles and pages of the paired measurements")
    ask.add_argument("--rounds", type=int, default=5)
    ask.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    ask.add_argument("--short", action="store_true", help="short articles for scale")
    ask.add_argument("--a-day", type=int, default=400, help="articles of a day, for grouping")
    ask.add_argument("--only", choices=["analysis", "reading", "processes", "scale", "grouping"])
    ask.add_argument("--out", type=Path)
    ask.add_argument("--placed", type=Path, help=argparse.SUPPRESS)
    args = ask.parse_args()
    if args.placed:
        placed(args.placed, args.processes)
        return
    parts: dict[str, Callable[[], Any]] = {
        "analysis": lambda: (
            analyses(args.bare, args.news, args.count, args.rounds) if args.bare else "left out: no --bare"
        ),
        "reading": lambda: reading(args.pages, args.count, args.rounds),
        "processes": lambda: processes(max(TWO_PARTITIONS, 4 * args.count), args.rounds),
        "scale": lambda: scale(args.top, args.processes, SHORT if args.short else invented.USUAL),
        "grouping": lambda: grouping(args.top, args.a_day, args.processes),
    }
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the engine's processes have it; numpy is imported later
    found: dict[str, Any] = {}
    for name, measured in parts.items():
        if args.only in (None, name):
            found[name] = measured()
            print(json.dumps({name: found[name]}), flush=True)
    if args.out:
        args.out.write_text(json.dumps(found, indent=1), encoding="utf-8")


def analyses(bare: Path, news: Path | None, count: int, rounds: int) -> dict[str, Any]:
    """:func:`analysis` of news, where they are given, and of invented articles."""
    given = {"news": _news(news, count)} if news else {}
    given["invented"] = [_row(article) for article in invented.articles(count)]
    return {name: analysis(bare, rows, rounds) for name, rows in given.items()}


def _news(path: Path, count: int) -> list[dict[str, Any]]:
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count)):
            given = json.loads(line)
            about = {"id": f"n{number}", "outlet": given.get("outlet"), "published": given.get("date")}
            found.append(_row(about | {"title": given.get("title"), "text": given["text"]}))
    return found


def analysis(bare: Path, rows: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    """Processor seconds of our batch function and of the bare pass, in turn; ``ratio``: ours to it, median."""
    import numpy as np
    import onnxruntime

    from whosays.archive import analysing, worker
    from whosays.language import tokenizing, words
    from whosays.language.session import FOLDER, SLOW

    worker.model_on("cpu")
    pieces, tokenize = words.Pieces(FOLDER / "vocabulary.txt"), tokenizing.blank()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    sessions = {
        name: onnxruntime.InferenceSession(
            str(bare), options, providers=["CPUExecutionProvider"], disabled_optimizers=disabled
        )
        for name, disabled in (("bare", None), ("bare, our setting", SLOW))
    }
    read = [text for row in rows for text in (row["title"], row["text"]) if text]

    def passed(session: Any) -> None:
        for text in read:
            own = [p for token in tokenize(text) if not token.is_space for p in pieces.of(token.text)]
            for at in range(0, len(own), PIECES):
                ids = np.array(own[at : at + PIECES], np.int64)
                session.run(None, {"ids": ids, "marks": np.zeros_like(ids)})

    work: dict[str, Callable[[], object]] = {"ours": lambda: list(analysing.batch(rows))}
    work |= {name: (lambda session=session: passed(session)) for name, session in sessions.items()}  # type: ignore[misc]
    return _paired(work, "ours", rounds)


def reading(folder: Path | None, count: int, rounds: int) -> dict[str, Any]:
    """Processor seconds of our reading, usual and fast, and of trafilatura's own extraction with metadata."""
    import trafilatura

    from whosays.errors import InputError
    from whosays.settings import Settings
    from whosays.text import reading as texts

    pages = list(islice(_pages(folder), count)) if folder else [invented.page(a) for a in invented.articles(count)]

    def read(fast: bool) -> None:
        for page in pages:
            for found in texts.of_bytes(page.encode(), where="page.html", settings=Settings(fast_pages=fast)):
                assert found is not None

    def theirs() -> None:
        for page in pages:
            try:
                trafilatura.extract(page, with_metadata=True, output_format="json")
            except (InputError, ValueError, AttributeError):
                continue

    work = {"ours": lambda: read(False), "fast": lambda: read(True), "trafilatura": theirs}
    return _paired(work, "trafilatura", rounds, inverse=True)


def processes(count: int, rounds: int) -> dict[str, Any]:
    """Wall seconds of `archive analyse` with one process and with two, start-up of the engine taken off."""
    with tempfile.TemporaryDirectory() as home:
        given = _given(Path(home), count, files=8)
        _timed(Path(home), ("read", given, "articles"), 2)
        _timed(Path(home), ("analyse", "articles", "warm"), 2)
        few = _given(Path(home), 2, files=2, name="few")
        _timed(Path(home), ("read", few, "few-articles"), 1)
        timed: dict[int, list[float]] = {1: [], 2: []}
        for turn in range(rounds):
            for number in (1, 2):
                start, _ = _timed(Path(home), ("analyse", "few-articles", f"few-{turn}-{number}"), number)
                whole, _ = _timed(Path(home), ("analyse", "articles", f"analysed-{turn}-{number}"), number)
                timed[number].append(whole - start)
    gains = [one / two for one, two in zip(timed[1], timed[2], strict=True)]
    return {"seconds": {k: [round(s, 2) for s in v] for k, v in timed.items()}, "gain": _spread(gains)}


def scale(top: int, processes: int, sentences: tuple[int, int]) -> dict[str, Any]:
    """Milliseconds of wall and processor time for each article, and peak megabytes of all processes together."""
    found: dict[str, Any] = {}
    for count in _counts(top):
        with tempfile.TemporaryDirectory() as home:
            own: dict[str, Any] = {}
            given = _given(Path(home), count, files=max(2, count // 2000), sentences=sentences)
            folders = [given, "articles", "analysed", "stories"]
            for step, into, out in zip(STEPS, folders, folders[1:], strict=False):
                before = os.times()
                wall, peak = _timed(Path(home), (step, into, out), processes)
                after = os.times()
                cpu = after.children_user + after.children_system - before.children_user - before.children_system
                each = {"wall ms": round(1000 * wall / count, 2), "processor ms": round(1000 * cpu / count, 2)}
                own[step] = each | {"peak MB": peak}
            head = json.loads((Path(home) / "stories" / "archive.json").read_text(encoding="utf-8"))
        found[str(count)] = own | {"stories found": head["rows"]["stories"]}
        print(json.dumps({str(count): found[str(count)]}), file=sys.stderr, flush=True)
    return found


def _counts(top: int) -> list[int]:
    """1,000 and ten times as many, and so on, and the top."""
    return [10**power for power in range(3, 10) if 2 * 10**power < top] + [top]


def grouping(top: int, a_day: int, processes: int) -> dict[str, Any]:
    """The same of what `archive stories` does before it compares; wall time and peak memory."""
    found: dict[str, Any] = {}
    for count in _counts(top):
        with tempfile.TemporaryDirectory() as home:
            _sketched(Path(home), count, a_day)
            command = [sys.executable, "-m", "benchmarks.archive", "--placed", home, "--processes", str(processes)]
            wall, peak = _run(command, Path.cwd())
            stories, events = json.loads((Path(home) / "placed.json").read_text(encoding="utf-8"))
        found[str(count)] = {"wall ms": round(1000 * wall / count, 2), "peak MB": peak, "stories": stories} | events
        print(json.dumps({str(count): found[str(count)]}), file=sys.stderr, flush=True)
    return found


def _sketched(home: Path, count: int, a_day: int) -> None:
    """An `analysed` folder of articles that no model has read: their names are the words with capitals."""
    from whosays.archive import folder, tables
    from whosays.stories import sketch
    from whosays.text import layout
    from whosays.text.article import Article

    into = folder.begin(home / "analysed", "analyse", {}, {})
    made = invented.articles(count, days=max(7.0, count / a_day))
    for number in range(-(-count // 1000)):
        with folder.partition(into.path, f"part-{number:06}") as (path, manifest):
            out = tables.Writer(path, "analyse")
            for given in islice(made, 1000):
                row = _row(given) | {"place": given["event"]}
                article = Article(row["article"], row["text"], row["outlet"], row["published"], row["title"])
                names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*", row["text"])
                sketched = sketch.made(article, layout.find(article), names)
                at = sketched.published.timestamp() if sketched.published else None
                out.add("articles", [row | {"published_at": at, "sketch": sketch.to_bytes(sketched)}])
            out.close()
            manifest |= {"rows": out.counts, "refused": {}}
    into.finish(-(-count // 1000))


def placed(home: Path, processes: int) -> None:
    """Group what :func:`_sketched` has made; how many stories, and how well they are the events."""
    from collections import Counter

    from whosays.archive import engine, folder, steps, tables
    from whosays.archive import stories as archive_stories

    on = engine.start("local", processes)
    into = folder.begin(home / "stories", "stories", {}, {})

    def make(path: Path, work: Any, units: Any) -> None:
        path.mkdir(exist_ok=True)
        steps.make(on, folder.Folder(path, {}), work, units, lambda _: None)

    given = folder.finished(home / "analysed", "analyse")
    archive_stories.plan(into, given, make, archive_stories.Sizes(), {})
    files = sorted((into.path / archive_stories.WORK / "sorted").glob("*/*/*.parquet"))
    pairs = Counter((row["story"], row["place"]) for row in tables.read(files, ["story", "place"]))
    by_story, by_event = Counter[str](), Counter[str]()
    for (story, event), count in pairs.items():
        by_story[story] += count
        by_event[event] += count
    right = sum(count * count for count in pairs.values())
    measure = {
        "pairs right": round(right / sum(n * n for n in by_story.values()), 4),
        "pairs found": round(right / sum(n * n for n in by_event.values()), 4),
    }
    (home / "placed.json").write_text(json.dumps([len(by_story), measure]), encoding="utf-8")


def _paired(work: dict[str, Callable[[], object]], ours: str, rounds: int, *, inverse: bool = False) -> dict[str, Any]:
    """Each in turn, round after round; ratios of the first named to the others, or of the others to it."""
    timed: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(rounds + 1):
        for name, run in work.items():
            begun = time.process_time()
            run()
            if turn:  # the first round only warms up
                timed[name].append(time.process_time() - begun)
    others = [name for name in work if name != ours]
    ratios = {
        name: _spread([b / a if inverse else a / b for a, b in zip(timed[ours], timed[name], strict=True)])
        for name in others
    }
    return {"seconds": {k: [round(s, 2) for s in v] for k, v in timed.items()}, "ratio": ratios}


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def _row(article: dict[str, Any]) -> dict[str, Any]:
    known = {"article": article["id"], "key": article["id"], "url": None, "byline": None, "language": "en", "place": ""}
    return known | {name: article[name] for name in ("outlet", "published", "title", "text")}


def _pages(folder: Path) -> Iterable[str]:
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        yield (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8", "replace")


def _given(home: Path, count: int, files: int, name: str = "given", sentences: tuple[int, int] = invented.USUAL) -> str:
    """Invented articles as JSON lines in so many files, in order of time."""
    (home / name).mkdir()
    each = -(-count // files)
    made = invented.articles(count, days=max(14.0, count / 400), sentences=sentences)
    for number in range(files):
        with (home / name / f"day-{number:05}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in islice(made, each))
    return name


def _timed(home: Path, step: tuple[str, str, str], processes: int) -> tuple[float, int]:
    """Wall seconds and peak megabytes of one command with all its processes."""
    return _run([sys.executable, "-m", "whosays", "archive", *step, "--processes", str(processes)], home)


def _run(command: Sequence[str], home: Path) -> tuple[float, int]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([os.getcwd(), os.environ.get("PYTHONPATH", "")])}
    begun = time.perf_counter()
    running = subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.DEVNULL)
    peak = [0]

    def watch() -> None:
        while running.poll() is None:
            peak[0] = max(peak[0], _memory(running.pid))
            time.sleep(0.2)

    thread = threading.Thread(target=watch)
    thread.start()
    code = running.wait()
    thread.join()
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return time.perf_counter() - begun, peak[0]


def _memory(pid: int) -> int:
    """Megabytes of a process and those below it that no other has (proportional set size)."""
    total = 0
    for process in (pid, *_below(pid)):
        try:
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total // 1024


def _below(pid: int) -> list[int]:
    try:
        children = [
            int(k) for task in Path(f"/proc/{pid}/task").iterdir() for k in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [each for child in children for each in (child, *_below(child))]


if __name__ == "__main__":
    main()
