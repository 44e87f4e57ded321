"""Many readers of the desk at once, what a story's page costs the server, and how large the pages are.

    python -m benchmarks.load articles.jsonl --count 10 --readers 50 --seconds 20

The first ``--count`` articles are taken as one story. `whosays serve` runs as a process of its own, it and the readers
together on ``--cores`` processors. Each reader keeps a line open on which changes are told, and goes through the
stories, the story's page, the page again as a browser that has it, a filter, the form and a download without a pause.
Times are in milliseconds, sizes in bytes as sent; "anew" is a page that is made of its report rather than kept, for
readers whose last look was at each of the story's changes. Prints JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import httpx2

import whosays
from whosays.library import analysing, reporting
from whosays.library.adding import Adding
from whosays.library.store import Library

LINE = "/live?after=0"
LOADS = re.compile(r'<(?:link|script) [^>]*(?:href|src)="(/static/[^"]+)"')


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles", type=Path, help="JSONL, as `whosays add` takes it")
    ask.add_argument("--count", type=int, default=10, help="lines to take; some may be the same article")
    ask.add_argument("--readers", type=int, default=50)
    ask.add_argument("--seconds", type=float, default=20)
    ask.add_argument("--cores", type=int, default=2)
    args = ask.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: args.cores])
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "load.db"
        chosen = Path(folder) / "articles.jsonl"
        lines = args.articles.read_text("utf-8").splitlines()[: args.count]
        chosen.write_text("\n".join(lines) + "\n", encoding="utf-8")
        fill(library, chosen)
        server = subprocess.Popen(
            [sys.executable, "-m", "whosays", "serve", "--library", str(library), "--port", "0"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert server.stdout is not None
            url = next(word for word in server.stdout.readline().split() if word.startswith("http://")).rstrip("/")
            with Library.open(library) as filled:
                [articles] = filled.one("SELECT count(*) FROM articles") or [0]
            found = {
                "articles": articles,
                "one reader": alone(url, articles, server.pid),
                "many readers": asyncio.run(together(url, args)),
            }
        finally:
            server.terminate()
            server.wait()
    print(json.dumps(found, indent=1))


def fill(path: Path, articles: Path) -> None:
    """A library with the articles as one story, and its report."""
    made = analysing.made_by(whosays.__version__)
    with Library.open(path, create=True) as library:
        Adding(library, made, lambda event: None, _nothing).add([str(articles)])
        with library.writing() as connection:
            connection.execute("UPDATE story_articles SET story = 1")
            connection.execute("UPDATE story_changes SET story = 1")
        reporting.of_story(library, 1, made)


def _nothing(url: str) -> Any:
    raise AssertionError(url)


def alone(url: str, articles: int, server: int) -> dict[str, Any]:
    """What one reader waits for, and how large it is."""
    packed = {"Accept-Encoding": "gzip"}
    with httpx2.Client(base_url=url, timeout=60, headers=packed) as client:
        client.get("/stories/1")  # loads the model
        now = next(cookie.value for cookie in client.cookies.jar if cookie.path == "/stories/1").split(".")[1]

        def timed(path: str, cookie: str | None = None) -> float:
            client.cookies.clear()
            begun = time.perf_counter()
            client.get(path, headers={"Cookie": f"seen={cookie}"} if cookie else {}).raise_for_status()
            return (time.perf_counter() - begun) * 1000

        before = _worked(server)
        anew = [timed("/stories/1", f"{place}.{now}.{int(time.time())}") for place in range(1, articles)]
        worked = (_worked(server) - before) / len(anew)
        kept = [timed("/stories/1") for _ in range(50)]
        loads = LOADS.findall(client.get("/stories/1").text)
        sizes = {path: _size(client, path) for path in ("/stories/1", "/", "/add", *loads)}
    return {
        "story page anew": _spread(anew),
        "story page anew, the server's processor": round(worked),
        "story page kept": _spread(kept),
        "story page with all that it loads": sum(sizes[path] for path in ("/stories/1", *loads)),
        "sizes": sizes,
    }


def _worked(process: int) -> float:
    """Milliseconds that a process has had a processor; 0 where the system does not say so in /proc."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _size(client: httpx2.Client, path: str) -> int:
    with client.stream("GET", path) as answer:
        return sum(len(piece) for piece in answer.iter_raw())


async def together(url: str, args: argparse.Namespace) -> dict[str, Any]:
    """What many readers wait for at once, and what went wrong."""
    taken: dict[str, list[float]] = defaultdict(list)
    wrong: Counter[str] = Counter()
    until = time.perf_counter() + args.seconds
    await asyncio.gather(*(_reader(url, taken, wrong, until) for _ in range(args.readers)))
    everything = [ms for each in taken.values() for ms in each]
    return {
        "readers": args.readers,
        "requests": len(everything),
        "a second": round(len(everything) / args.seconds),
        "errors": dict(wrong),
        "all": _spread(everything),
        **{path: _spread(each) for path, each in sorted(taken.items())},
    }


async def _reader(url: str, taken: dict[str, list[float]], wrong: Counter[str], until: float) -> None:
    async with httpx2.AsyncClient(base_url=url, timeout=60) as client, client.stream("GET", LINE) as line:
        if line.status_code != 200:
            wrong[f"{LINE} {line.status_code}"] += 1
        tag = ""
        while time.perf_counter() < until:
            for path in ("/", "/stories/1", "/stories/1 again", "/?of=several", "/add", "/stories/1/report.json"):
                begun = time.perf_counter()
                headers = {"If-None-Match": tag} if path.endswith("again") else {}
                try:
                    answer = await client.get(path.removesuffix(" again"), headers=headers)
                except httpx2.HTTPError as error:
                    wrong[f"{path} {type(error).__name__}"] += 1
                    continue
                taken[path].append((time.perf_counter() - begun) * 1000)
                if answer.status_code != (304 if headers else 200):
                    wrong[f"{path} {answer.status_code}"] += 1
                tag = answer.headers.get("ETag", tag)


def _spread(taken: list[float]) -> dict[str, float]:
    ordered = sorted(taken)
    return {
        "median": round(statistics.median(ordered), 1),
        "95th": round(ordered[int(len(ordered) * 0.95)], 1),
        "slowest": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    main()
