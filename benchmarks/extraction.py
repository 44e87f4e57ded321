"""How well the article is taken out of a page, on two public sets, each by its own measure.

    python -m benchmarks.extraction FOLDER [--worst 20] [--texts FILE]

FOLDER holds `article_benchmark_gold.jsonl` with its pages, gzipped (the article extraction benchmark: 181 pages with
their whole bodies), and `trafilatura_gold.jsonl` with `trafilatura_pages.tar.xz` (990 pages with segments that belong
to the text and segments that do not). A page on which nothing is found counts as an empty text.

* article benchmark: shingles of four words, counted; precision and recall of each page, their means over the pages
  that have any, and F1 of the two means.
* trafilatura: over all pages a segment to keep counts as right where it is in the text, a segment to leave as wrong
  where it is; precision, recall and F1 of the sums.

Prints JSON. `--worst` lists the pages with most mistakes, `--texts` keeps what was extracted as JSONL.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from whosays.errors import InputError
from whosays.text import decoding, html

SHINGLE = 4  # words
Extract = Callable[[bytes], str]  # a page -> the text of its article


@dataclass(frozen=True, slots=True)
class Scored:
    """One page: how much of its gold was found (``right``), was not (``missed``), and what was found beside it."""

    page: str
    right: float
    wrong: float
    missed: float
    text: str

    @property
    def mistakes(self) -> float:
        return self.wrong + self.missed


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--worst", type=int, default=0)
    ask.add_argument("--texts", type=Path)
    ask.add_argument("--set", choices=["article benchmark", "trafilatura"], dest="only")
    args = ask.parse_args()
    sets = {"article benchmark": (article_benchmark, of_pages), "trafilatura": (trafilatura_set, of_sums)}
    kept: list[dict[str, object]] = []
    for name, (scored_in, figures) in sets.items():
        if args.only not in (None, name):
            continue
        scored = list(scored_in(args.folder))
        print(json.dumps({"set": name, "pages": len(scored), **figures(scored)}))
        for page in sorted(scored, key=lambda each: (-each.mistakes, each.page))[: args.worst]:
            print(f"  {page.right:.2f} right {page.wrong:.2f} wrong {page.missed:.2f} missed  {page.page}")
        kept += [{"set": name, "page": each.page, "mistakes": each.mistakes, "text": each.text} for each in scored]
    if args.texts:
        args.texts.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")


def extracted(content: bytes) -> str:
    try:
        return html.read(decoding.decode(content), "page").text
    except InputError:
        return ""


def article_benchmark(folder: Path, extracted: Extract = extracted) -> Iterator[Scored]:
    for gold in _rows(folder / "article_benchmark_gold.jsonl"):
        text = extracted(gzip.decompress((folder / str(gold["page"])).read_bytes()))
        true, found = _shingles(str(gold["articleBody"])), _shingles(text)
        counts = [sum(each.values()) for each in (true & found, found - true, true - found)]
        whole = sum(counts) or 1
        right, wrong, missed = (count / whole for count in counts)
        yield Scored(str(gold["id"]), right, wrong, missed, text)


def trafilatura_set(folder: Path, extracted: Extract = extracted) -> Iterator[Scored]:
    gold = {str(row["page"]): row for row in _rows(folder / "trafilatura_gold.jsonl")}
    with tarfile.open(folder / "trafilatura_pages.tar.xz") as pages:
        for member in pages:
            row, page = gold.get(member.name), pages.extractfile(member)
            if row is None or page is None:
                continue
            text = extracted(page.read())
            keep, leave = row["with"], row["without"]
            assert isinstance(keep, list)
            assert isinstance(leave, list)
            right = sum(segment in text for segment in keep)
            yield Scored(str(row["id"]), right, sum(s in text for s in leave), len(keep) - right, text)


def of_pages(scored: Sequence[Scored]) -> dict[str, float]:
    precision = statistics.mean(p.right / (p.right + p.wrong) for p in scored if p.right + p.wrong)
    recall = statistics.mean(p.right / (p.right + p.missed) for p in scored if p.right + p.missed)
    return _figures(precision, recall)


def of_sums(scored: Sequence[Scored]) -> dict[str, float]:
    right, wrong, missed = (sum(getattr(p, name) for p in scored) for name in ("right", "wrong", "missed"))
    return _figures(right / (right + wrong), right / (right + missed))


def _figures(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "F1": round(f1, 4)}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)))


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


if __name__ == "__main__":
    main()
