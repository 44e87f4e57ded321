"""Analysed articles -> stories, in five steps from folder to folder, each kept as soon as it is done.

1. sketches: each article's sketch goes to its blocks (blocking).
2. grouped: each block's articles become stories (grouping).
3. placed: the blocks' stories become those of the archive (joining).
4. sorted: each article's text goes to the bucket of its story.
5. the partitions: each bucket's stories are compared (comparing).

What goes from place to place is cut into chunks of articles, so that memory does not grow with the archive.
"""

from __future__ import annotations

import math
import shutil
import uuid
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from whosays.archive import blocking, engine, folder, grouping, joining, tables
from whosays.archive.blocking import Blocks
from whosays.archive.folder import Folder

CHUNK: Final = 50_000  # articles that are put in order at a time: 0.4 GB
_BUCKET: Final = 500  # articles whose stories are compared in one partition
_MOST_BUCKETS: Final = 2048
WORK: Final = "_work"

Json = dict[str, Any]
Make = Callable[[Path, Callable[[Json], Json], Sequence[Json]], None]


class Sizes:
    """How much goes at a time. Tests give smaller ones."""

    def __init__(self, chunk: int = CHUNK, block: int = blocking.MOST, bucket: int = _BUCKET) -> None:
        self.chunk, self.block, self.bucket = chunk, block, bucket


def plan(into: Folder, given: Folder, make: Make, sizes: Sizes, about: Json) -> list[Json]:
    """Everything but the comparison; the units of :func:`whosays.archive.comparing.work`.

    ``make`` makes partitions in a folder, as the main step does, so that these too are not made twice.
    """
    work = into.path / WORK
    work.mkdir(exist_ok=True)
    files = folder.parts(given, "articles")
    chunks = _chunks(files, sizes.chunk)
    count = sum(sum(tables.groups(file)) for file in files)
    blocks = _blocks(files, count, sizes)
    for number, chunk in enumerate(chunks):
        _sketches(work / "sketches" / f"{number:05}", chunk, number, blocks)
    grouped = work / "grouped"
    make(grouped, grouping.work, _grouped_units(work / "sketches", grouped))
    made = [path for path in sorted(grouped.iterdir()) if path.name.startswith("part-")]
    _placed(work / "placed", [path / "members.parquet" for path in made])
    buckets = max(1, min(_MOST_BUCKETS, math.ceil(count / sizes.bucket)))
    for number, chunk in enumerate(chunks):
        _sorted(work / "sorted" / f"{number:05}", chunk, _files(work / "placed", f"chunk={number}/*"), buckets)
    _copies(work / "copies", [path / "copies.parquet" for path in made], _files(work / "placed", "*/*"), buckets)
    return [
        {"name": f"part-{bucket:06}", "into": str(into.path), "size": sum(f.stat().st_size for f in found),
         "files": [str(file) for file in found], **about,
         "copies": [str(file) for file in _files(work / "copies", f"bucket={bucket}/*")]}
        for bucket in range(buckets) if (found := _files(work / "sorted", f"[0-9]*[0-9]/bucket={bucket}/*"))
    ]  # fmt: skip


def clear(into: Folder) -> None:
    """Remove what stood between the steps."""
    shutil.rmtree(into.path / WORK, ignore_errors=True)


def _chunks(files: Sequence[Path], most: int) -> list[list[Path]]:
    found: list[list[Path]] = []
    rows = most
    for file in files:
        own = sum(tables.groups(file))
        if rows + own > most:
            found.append([])
            rows = 0
        found[-1].append(file)
        rows += own
    return found


def _blocks(files: Sequence[Path], count: int, sizes: Sizes) -> Blocks:
    from daft import col

    if count <= sizes.block:
        return Blocks({}, {}, whole=True)

    slices = engine.mapped(blocking.slices, "texts")
    times = engine.table(files).select(slices(col("published_at")).alias("slice")).explode(col("slice"))
    counted = times.groupby("slice").agg(col("slice").count().alias("count")).to_pydict()
    counts = blocking.cut(dict(zip(counted["slice"], counted["count"], strict=True)), sizes.block)
    many = [name for name, blocks in counts.items() if blocks > 1]
    if not many:
        return Blocks(counts, {})

    keys = engine.mapped(blocking.keys_of, "numbers")
    words = engine.table(files).select(slices(col("published_at")).alias("slice"), keys(col("sketch")).alias("key"))
    words = words.explode(col("slice")).where(col("slice").is_in(many)).explode(col("key"))
    counted = words.groupby("slice", "key").agg(col("key").count().alias("count"))
    frequent = counted.where(col("count") > blocking.most_common(sizes.block)).to_pydict()
    common: dict[str, set[int]] = {name: set() for name in many}
    for name, key in zip(frequent["slice"], frequent["key"], strict=True):
        common[name].add(key)
    return Blocks(counts, {name: frozenset(found) for name, found in common.items()})


def _sketches(into: Path, files: Sequence[Path], chunk: int, blocks: Blocks) -> None:
    from daft import col, lit

    def blocks_of(published_at: float | None, sketch: bytes) -> list[str]:
        return blocking.of(published_at, sketch, blocks)

    frame = engine.table(files).select(
        "article",
        lit(chunk).alias("chunk"),
        "sketch",
        engine.mapped(blocks_of, "texts")(col("published_at"), col("sketch")).alias("block"),
    )
    _write(frame.explode(col("block")), into, "block")


def _grouped_units(sketches: Path, into: Path) -> list[Json]:
    by_block: dict[str, list[Path]] = {}
    for file in _files(sketches, "[0-9]*[0-9]/block=*/*"):
        by_block.setdefault(file.parent.name.removeprefix("block="), []).append(file)
    return [
        {"name": f"part-{number:06}", "number": number, "into": str(into), "files": [str(file) for file in found],
         "size": sum(file.stat().st_size for file in found)}
        for number, (_, found) in enumerate(sorted(by_block.items()))
    ]  # fmt: skip


def _placed(into: Path, members: Sequence[Path]) -> None:
    if not into.exists():
        _write(joining.stories_of(engine.table(members)), into, "chunk")


def _sorted(into: Path, files: Sequence[Path], placed: Sequence[Path], buckets: int) -> None:
    from daft import col

    if into.exists():
        return
    kept = list(tables.COLUMNS["read"]["articles"])
    stories = engine.table(placed).select("article", "story")
    frame = engine.table(files).select(*kept).join(stories, on="article")
    _write(frame.with_column("bucket", _bucket(buckets)(col("story"))), into, "bucket")


def _copies(into: Path, found: Sequence[Path], placed: Sequence[Path], buckets: int) -> None:
    from daft import col

    if into.exists():
        return
    stories = engine.table(placed).select("article", "story")
    frame = engine.table(found).distinct().join(stories, on="article")
    _write(frame.with_column("bucket", _bucket(buckets)(col("story"))), into, "bucket")


def _bucket(buckets: int) -> Any:
    def bucket(story: str) -> int:
        return zlib.crc32(story.encode()) % buckets

    return engine.mapped(bucket, "number")


def _write(frame: Any, into: Path, by: str) -> None:
    """A dataframe into a folder, a folder within it for each value of a column; there whole, or not at all."""
    if into.exists():
        return
    part = into.with_name(f"{into.name}.{uuid.uuid4().hex[:8]}.part")
    part.mkdir(parents=True)
    frame.write_parquet(str(part), partition_cols=[by])
    part.rename(into)


def _files(path: Path, pattern: str) -> list[Path]:
    return sorted(path.glob(f"{pattern}.parquet"))
