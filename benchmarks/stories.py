"""Grouping a stream of articles into stories: accuracy beside a plain baseline, and cost over 100,000 articles.

    python -m benchmarks.stories --shared ../shared             # accuracy
    python -m benchmarks.stories --shared ../shared --fit       # the weights of whosays/stories/likeness.py
    python -m benchmarks.stories --growth 100000                # seconds and memory as a stream goes on

Streams: **dated**, the 212 stories at their own dates; **crowded**, the same stories put into thirty days, so that many
of them share names; **crowded, long**, with the two-event topics of ECB+, half of them drawn out over three weeks, 36
more stories, and one of 46 articles over four weeks. The times of the last two are drawn by us. Weights and thresholds
are set on the stories whose hash is even ("fitted half"). The baseline is TF-IDF over all articles of the stream (which
no live system has) and the nearest article in the same window, its threshold set on the same half.

``--sketches`` keeps the sketches, so that the model reads the articles once. ``--growth`` makes its articles from
templates and their sketches without the model: names, places and a vector around that of the story are drawn.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import math
import random
import resource
import struct
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from whosays.statements import analyse
from whosays.stories import grouping, likeness
from whosays.stories import sketch as sketches
from whosays.stories.grouping import Stories
from whosays.stories.sketch import Sketch
from whosays.stories.window import Window
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

Row = dict[str, Any]
SETS = {
    "dated": "data/stories/stories_basil_seesaw.jsonl",
    "ecbplus": "data/same_event/ecbplus/articles.jsonl",
    "discord": "data/same_event/discord_story/articles.jsonl",
}
CROWD_DAYS = 30
BEGUN = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--sketches", type=Path, help="file of sketches, made if it is not there")
    ask.add_argument("--fit", action="store_true")
    ask.add_argument("--groups", type=Path, help="write the groups of the dated stream here, for eval/score.py")
    ask.add_argument("--growth", type=int, help="articles of a synthetic stream")
    ask.add_argument("--days", type=float, default=60, help="days that the synthetic stream lasts")
    args = ask.parse_args()
    if args.growth:
        found: Any = growth(args.growth, args.days)
    else:
        rows = read(args.shared)
        own = sketched(rows, args.sketches)
        found = fit(rows, own) if args.fit else accuracy(rows, own, scorer(args.shared), args.groups)
    print(json.dumps(found, indent=1))


# ------------------------------------------------------------------ articles
def read(shared: Path) -> list[Row]:
    rows = []
    for name, path in SETS.items():
        for line in (shared / path).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows.append({**row, "set": name, "story": str(row.get("story") or row["event"])})
    for path in sorted((shared / "samples-more").glob("*/gold.json")):
        for key, article in json.loads(path.read_text(encoding="utf-8"))["articles"].items():
            words = (path.parent / article["file"]).read_text(encoding="utf-8")
            row = {"id": f"{path.parent.name}/{key}", "story": path.parent.name, "text": words, "set": "more"}
            rows.append({**row, "title": article.get("title"), "date": (article.get("published") or "")[:10] or None})
    return rows


def sketched(rows: Sequence[Row], kept: Path | None) -> dict[str, Sketch]:
    if kept and kept.exists():
        stored, at, found = kept.read_bytes(), 0, {}
        while at < len(stored):
            [size] = struct.unpack_from("<I", stored, at)
            one = sketches.from_bytes(stored[at + 4 : at + 4 + size])
            found[one.id] = one
            at += 4 + size
        return found
    articles = (
        Article(id=r["id"], text=r["text"], outlet=r.get("outlet"), published=r.get("date"), title=r.get("title"))
        for r in rows
    )
    found = {analysis.article.id: sketches.of(analysis) for analysis in analyse.each(articles)}
    if kept:
        whole = [sketches.to_bytes(one) for one in found.values()]
        kept.write_bytes(b"".join(struct.pack("<I", len(one)) + one for one in whole))
    return found


def in_half(story: str) -> bool:
    """Whether a story is of the half on which weights and thresholds are set."""
    return hashlib.sha256(story.encode()).digest()[0] % 2 == 0


# ------------------------------------------------------------------ streams
def stream(rows: Sequence[Row], own: dict[str, Sketch], name: str) -> list[tuple[Row, Sketch]]:
    if name == "dated":
        found = [(row, own[row["id"]]) for row in rows if row["set"] == "dated"]
    else:
        times = crowded(rows)
        wanted = ("dated",) if name == "crowded" else ("dated", "ecbplus", "discord", "more")
        found = [(row, replace(own[row["id"]], published=times[row["id"]])) for row in rows if row["set"] in wanted]
    return sorted(found, key=lambda pair: sketches.order(pair[1]))


def crowded(rows: Sequence[Row], seed: int = 0) -> dict[str, datetime]:
    """Every story begins on a day of the same thirty; its own dates keep their distances, where it has any."""
    rng = random.Random(seed)
    first: dict[str, datetime] = {}
    for row in rows:
        if row.get("date"):
            day = datetime.fromisoformat(row["date"][:10])
            first[row["story"]] = min(first.get(row["story"], day), day)
    begins = {s: rng.uniform(0, CROWD_DAYS) for s in dict.fromkeys(r["story"] for r in rows)}
    long = {s: rng.random() < 0.5 for s in begins}
    times = {}
    for row in rows:
        story = row["story"]
        if row["set"] == "discord":
            at = rng.uniform(0, 28)
        elif row["set"] == "ecbplus":
            at = begins[story] + (rng.uniform(0, 21) if long[story] else min(4, rng.expovariate(1.2)))
        else:
            apart = datetime.fromisoformat(row["date"][:10]) - first[story] if row.get("date") else timedelta()
            at = begins[story] + apart.days + rng.uniform(0, 0.5)
        times[row["id"]] = BEGUN + timedelta(days=at)
    return times


def grouped(articles: Sequence[tuple[Row, Sketch]], parting: bool = False) -> tuple[list[Row], dict[str, int]]:
    """Groups as the scorer reads them; with ``parting``, each story is looked at whenever it has doubled."""
    stories, of, counts = Stories(), {}, Counter[str]()
    for _, sketch in articles:
        placed = stories.add(sketch)
        of = {a: placed.story if s in placed.merged else s for a, s in of.items()} if placed.merged else of
        of[sketch.id] = placed.story
        counts["merged"] += len(placed.merged)
        size = len(stories.live.get(placed.story, ())) if parting else 0
        if size >= 8 and size & (size - 1) == 0 and (parted := stories.part(placed.story)):
            of.update(dict.fromkeys(parted.articles, parted.begun))
            counts["parted"] += 1
    groups: dict[int, list[str]] = {}
    for article, story in of.items():
        groups.setdefault(story, []).append(article)
    return [{"articles": articles} for articles in groups.values()], dict(counts)


# ------------------------------------------------------------------ accuracy
def scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "eval/score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score_grouping


def accuracy(rows: Sequence[Row], own: dict[str, Sketch], score: Any, kept: Path | None) -> Row:
    """Each half of the stories alone as a stream of its own, then all of them."""
    found: Row = {}
    for name in ("dated", "crowded", "crowded, long"):
        whole = stream(rows, own, name)
        halves = {
            "fitted half": [pair for pair in whole if in_half(pair[0]["story"])],
            "other half": [pair for pair in whole if not in_half(pair[0]["story"])],
            "all": whole,
        }
        own_half = halves["fitted half"]
        likest = nearest(own_half)
        tried = [step / 100 for step in range(5, 60, 2)]
        threshold = max(tried, key=lambda t: _scored(score, plain(own_half, likest, t), own_half)["B-cubed F1"])
        found[name] = {}
        for half, articles in halves.items():
            groups, counts = grouped(articles)
            with_parting, parted = grouped(articles, parting=True)
            found[name][half] = {
                "whosays": {**_scored(score, groups, articles), **counts},
                "whosays, parting": {**_scored(score, with_parting, articles), **parted},
                f"TF-IDF and window, {threshold}": _scored(
                    score, plain(articles, nearest(articles), threshold), articles
                ),
            }
            if name == "dated" and half == "all" and kept:
                kept.write_text(json.dumps(groups), encoding="utf-8")
    return found


def _scored(score: Any, groups: list[Row], articles: Sequence[tuple[Row, Sketch]]) -> Row:
    found = score(groups, [row for row, _ in articles])
    return {"B-cubed F1": found["B-cubed F1"], "pairwise F1": found["pairwise"]["f1"], "groups": len(groups)}


def nearest(articles: Sequence[tuple[Row, Sketch]]) -> list[tuple[float, int]]:
    """For the baseline: of each article the likest of the 14 days before, by the cosine of their TF-IDF."""
    counts = Counter(number for _, sketch in articles for number in sketch.terms.tolist())
    column = {number: k for k, number in enumerate(counts)}
    table = np.zeros((len(articles), len(column)), np.float32)
    for k, (_, sketch) in enumerate(articles):
        rare = [math.log(len(articles) / counts[number]) for number in sketch.terms.tolist()]
        table[k, [column[number] for number in sketch.terms.tolist()]] = sketch.weights * np.array(rare)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    alike = table @ table.T
    at = np.array([sketches.days(sketch) or 0 for _, sketch in articles])
    found = []
    for k in range(len(articles)):
        near = np.flatnonzero(at[k] - at[:k] <= grouping.WINDOW)
        best = int(near[alike[k, near].argmax()]) if len(near) else 0
        found.append((float(alike[k, best]) if len(near) else 0.0, best))
    return found


def plain(articles: Sequence[tuple[Row, Sketch]], likest: Sequence[tuple[float, int]], threshold: float) -> list[Row]:
    """The baseline's groups: an article joins its nearest one."""
    story: list[int] = []
    groups: dict[int, list[str]] = {}
    for k, ((row, _), (cosine, other)) in enumerate(zip(articles, likest, strict=True)):
        story.append(story[other] if cosine >= threshold else k)
        groups.setdefault(story[k], []).append(row["id"])
    return [{"articles": ids} for ids in groups.values()]


# ------------------------------------------------------------------ weights
def fit(rows: Sequence[Row], own: dict[str, Sketch]) -> Row:
    """Logistic regression over all pairs of the fitted half that are no more than a window apart."""
    pairs = [(r, s) for r, s in stream(rows, own, "crowded, long") if in_half(r["story"]) and r["set"] != "discord"]
    window = Window(10_000)
    members = [window.enter(sketch, 1) for _, sketch in pairs]
    cosines = np.stack([likeness.cosines(window, member, members) for member in members])
    features, same = [], []
    for (k, one), (j, other) in combinations(enumerate(members), 2):
        days = abs(one.at - other.at)
        if days <= grouping.WINDOW:
            features.append([*cosines[k, j], math.log1p(days), 1.0])
            same.append(pairs[k][0]["story"] == pairs[j][0]["story"])
    weights = regression(np.array(features), np.array(same, float))
    names = ("WORDS", "NAMES", "LEAD", "DAYS", "BIAS")
    found: Row = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
    return {**found, "pairs": len(same), "of one story": int(sum(same))}


def regression(features: Any, same: Any, rounds: int = 30, ridge: float = 0.1) -> Any:
    """Newton's method."""
    weights = np.zeros(features.shape[1])
    for _ in range(rounds):
        probability = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (probability - same) + ridge * weights
        bend = (features * (probability * (1 - probability))[:, None]).T @ features + ridge * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


# ------------------------------------------------------------------ growth
FIRST = "Ana Boris Clara Dov Edda Farid Greta Hamid Ines Jonas Kira Lars Mona Nils Olga Pavel".split()
LAST = "Arden Brok Calder Dahl Elmar Fenn Gorin Hale Ibsen Jarrow Kell Lund Marsh Nord Orlo Pike Quist Rask".split()
TOWNS = "Karsholm Veldin Ostra Marhaven Tolk Brenna Sund Lasmar Eskil Norrby Halden Quaile Ferris Umbra".split()
DEEDS = "closed opened sold flooded raided searched blocked rebuilt inspected evacuated taxed leased".split()
THINGS = "bridge dam port clinic school mine ferry airfield refinery court library depot station stadium".split()
KINDS = "rail grain steel timber fuel cotton salmon water copper vaccine cable cement".split()
LINES = (
    "{who} said on {day} that the {kind} {thing} in {town} was {deed} after {n} hours of talks.",
    "Officials in {town} said {n} people had left the {thing}, {word} among them.",
    "The {kind} {thing}, {deed} last {day}, employs {n} people, according to {who}.",
    "“We were not told why the {thing} was {deed},” said {who}, who runs a {word} firm.",
    "A spokesman for {other} declined to comment on the {word} report about {town}.",
    "Traffic near the {kind} {thing} was {word}, and {n} lorries waited until {day}.",
)
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SYLLABLES = "ba de ki lo mu na pe ri so tu va we xi yo za chi dra fel gor hin".split()


def growth(count: int, days: float) -> Row:
    """Processor time of `add` for each article, and memory, tenth by tenth; making the sketches is not counted."""
    stories, tenths, seconds = Stories(), [], 0.0
    right = joined = 0
    of: dict[int, int] = {}
    for k, (event, sketch) in enumerate(synthetic(count, days), 1):
        begun = time.process_time()
        placed = stories.add(sketch)
        seconds += time.process_time() - begun
        joined += not placed.begun
        right += not placed.begun and of.get(placed.story) == event
        of.setdefault(placed.story, event)
        if k % (count // 10) == 0:
            live = sum(map(len, stories.live.values()))
            tenths.append({"milliseconds": round(seconds / (count // 10) * 1000, 3), "live": live, "MB": _megabytes()})
            seconds = 0.0
    cost = [tenth["milliseconds"] for tenth in tenths]
    return {
        "articles": count,
        "days": days,
        "tenths": tenths,
        "dearest tenth against cheapest": round(max(cost) / min(cost), 2),
        "last against first": round(cost[-1] / cost[0], 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "stories": len(of),
        "joined the story of their event": round(right / joined, 3),
    }


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20)


def synthetic(count: int, days: float) -> Iterator[tuple[int, Sketch]]:
    """Events of 1 to 40 articles over hours or weeks; a third of all name the same president, some copy others."""
    rng, noise = random.Random(1), np.random.default_rng(1)
    plan: list[tuple[float, int]] = []
    event = 0
    while len(plan) < 1.2 * count:
        size = min(40, int(rng.paretovariate(0.9)))
        begins, lasts = rng.uniform(-20, days), rng.choice([0.3, 1, 3, 20])
        times = [begins + rng.uniform(0, lasts) for _ in range(size)]
        plan += [(at, event) for at in times if 0 <= at < days]
        event += 1
    meanings: dict[int, Any] = {}
    last: dict[int, list[str]] = {}
    for k, (at, event) in enumerate(sorted(rng.sample(plan, count))):
        own = random.Random(event)
        facts = {key: own.choice(of) for key, of in (("thing", THINGS), ("kind", KINDS), ("deed", DEEDS))}
        people = [f"{own.choice(FIRST)} {own.choice(LAST)}" for _ in range(3)] + ["President Trump"] * (event % 3 == 0)
        town = own.choice(TOWNS) + own.choice(SYLLABLES)
        lines = [_line(rng, own, facts, people, town) for _ in range(rng.randint(8, 30))]
        if event in last and rng.random() < 0.2:
            lines = last[event][: rng.randint(4, 20)] + lines[:4]
        last[event] = lines
        if event not in meanings:
            meanings[event] = noise.standard_normal(sketches.WIDTH)
        vector = meanings[event] + 0.7 * noise.standard_normal(sketches.WIDTH)
        title = f"{facts['kind']} {facts['thing']} {facts['deed']} in {town}"
        published = (BEGUN + timedelta(days=at)).isoformat()
        article = Article(id=f"n{k}", text="\n".join(lines), outlet="Outlet", published=published, title=title)
        yield event, sketches.made(article, Layout((), (Span(0, len(article.text)),)), [*people, town], [town], vector)


def _line(rng: random.Random, own: random.Random, facts: dict[str, str], people: Sequence[str], town: str) -> str:
    word = "".join(rng.choices(SYLLABLES, k=3))
    shown = {"who": rng.choice(people), "other": rng.choice(people), "day": rng.choice(WEEK), "n": rng.randint(2, 900)}
    return rng.choice(LINES).format(**facts, **shown, town=town, word=word)


if __name__ == "__main__":
    main()
