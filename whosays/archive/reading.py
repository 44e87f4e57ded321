"""Files -> Parquet of articles. A partition is one file, or many small ones."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from whosays.archive import engine, folder, pulse, tables
from whosays.archive.errors import NoFiles
from whosays.errors import InternalError, Notice, OnlyLinks, UnreadableFile, WhosaysError
from whosays.settings import Settings
from whosays.text import reading, sources
from whosays.text.entry import Entry, Link

_PARTITION: Final = 64_000_000  # bytes of input, where files are smaller than that
# Characters in one article: more than newspapers print (150,000), and so few that one in each process fits the memory.
LONGEST: Final = 200_000
PLAN: Final = "plan.json"

Json = dict[str, Any]


def plan(pattern: str, into: folder.Folder) -> list[Json]:
    """The partitions of the files that a pattern names, those of an earlier run first and as they were.

    Raises :class:`NoFiles`. Files that have come since then are planned behind the others.
    """
    found = engine.glob(pattern)
    if not found:
        raise NoFiles(pattern)
    kept: list[Json] = folder.load(into, PLAN, [])
    known = {path for unit in kept for path, _ in unit["files"]}
    names = Counter(map(_stem, known))
    batches: list[list[tuple[str, int]]] = []
    for path, size in found:
        if path in known:
            continue
        if not batches or sum(each for _, each in batches[-1]) + size > _PARTITION:
            batches.append([])
        batches[-1].append((path, size))
    for batch in batches:
        files = []
        for path, _ in batch:
            names[_stem(path)] += 1
            count = names[_stem(path)]
            files.append([path, _stem(path) if count == 1 else f"{_stem(path)}~{count}"])
        kept.append({"name": f"part-{len(kept):06}", "files": files, "size": sum(size for _, size in batch)})
    folder.save(into, PLAN, kept)
    return kept


def work(unit: Json) -> Json:
    """Read the files of one partition.

    ``unit`` has ``into``, ``name``, ``files``, each with what the ids of its articles begin with, and ``fast``.
    """
    settings = Settings(longest_text=LONGEST, fast_pages=unit["fast"])
    begun = time.monotonic()
    with folder.partition(Path(unit["into"]), unit["name"]) as (path, manifest):
        out = tables.Writer(path, "read")
        why: Counter[str] = Counter()
        with pulse.of(path) as beat:
            for address, stem in unit["files"]:
                for found in _rows(address, stem, settings):
                    if "reason" in found:
                        out.add("refused", [found])
                        why[found["kind"]] += 1
                    else:
                        out.add("articles", [found])
                    beat(out.counts["articles"])
        out.close()
        manifest |= {"files": [address for address, _ in unit["files"]], "rows": out.counts, "refused": dict(why),
                     "seconds": round(time.monotonic() - begun, 3)}  # fmt: skip
    return {"name": unit["name"], "size": unit["size"], **manifest}


def _rows(address: str, stem: str, settings: Settings) -> Iterator[Json]:
    """What a file holds: rows of articles and of what was refused, which have a reason."""
    number = 0
    links: Counter[str] = Counter()
    try:
        with _local(address) as path:
            for found in reading.entries(str(path), settings):
                if isinstance(found, Entry):
                    number += 1
                    yield _article(found, address, path, f"{stem}-{number}")
                elif isinstance(found, Link):
                    links[found.where] += 1
                elif not isinstance(found, Notice):
                    yield _refused(found, address, path)
            for where, count in links.items():
                yield _refused(OnlyLinks(where, count), address, path)
    except Exception as fault:  # of ours, or of the network: the other files still are read
        problem = fault if isinstance(fault, WhosaysError) else InternalError(address, f"could not be read ({fault!r})")
        yield _refused(problem, address, Path(address))


@contextmanager
def _local(address: str) -> Iterator[Path]:
    """A file of this machine, by itself or as a copy of what stands at an address."""
    if "://" not in address:
        yield Path(address)
        return
    with tempfile.TemporaryDirectory(prefix="whosays-") as kept:
        path = Path(kept) / address.rpartition("/")[2]
        try:
            engine.copy(address, path)
        except Exception as fault:
            raise UnreadableFile(address, " ".join(str(fault).split())[:200]) from None
        yield path


def _article(entry: Entry, address: str, path: Path, made: str) -> Json:
    article = entry.article
    row = {
        "article": made, "key": article.id, "outlet": article.outlet, "published": article.published,
        "title": article.title, "url": article.url, "byline": article.byline, "language": article.language,
        "text": article.text, "media_type": entry.media_type, "place": entry.where.replace(str(path), address),
        "line": entry.line,
    }  # fmt: skip
    try:
        for value in row.values():
            if isinstance(value, str):
                value.encode()
    except UnicodeEncodeError as fault:
        return _refused(UnreadableFile(entry.where, f"it holds what cannot be kept: {fault}"), address, path)
    return row


def _refused(problem: WhosaysError, address: str, path: Path) -> Json:
    return {
        "source": address,
        "place": problem.place.replace(str(path), address),
        "kind": type(problem).__name__,
        "reason": problem.wrong,
    }


def _stem(address: str) -> str:
    return sources.stem(address.rpartition("/")[2])
