"""Articles -> what each of them says: statements, speakers, names, dates and places, and a sketch for grouping.

A partition is a row group of an articles table. It runs through the very functions that fill the library.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whosays.archive import folder, pulse, tables, worker
from whosays.errors import WhosaysError
from whosays.library import analyses, analysing
from whosays.library.analyses import Rows
from whosays.statements.analysis import Analysis
from whosays.text.article import Article

Json = dict[str, Any]
Found = tuple[Rows, list[Json]]

_STATEMENT = (
    "number", "content", "source", "cue", "via", "kind", "naming", "polarity", "said_on", "confidence", "start", "end",
    "spans", "source_start", "source_end", "cue_start", "cue_end",
)  # fmt: skip
_DATE = ("start", "end", "text", "type", "value", "first", "last", "precision", "anchor")
_PLACE = ("start", "end", "text", "name", "country", "latitude", "longitude", "precision", "geonames")


def plan(articles: folder.Folder) -> list[Json]:
    """A partition for each row group of the articles, which keeps its name when more articles are read."""
    units = []
    for file in folder.parts(articles, "articles"):
        for group, rows in enumerate(tables.groups(file)):
            units.append({"name": f"{file.parent.name}-{group:04}", "file": str(file), "group": group, "size": rows})
    return units


def work(unit: Json) -> Json:
    """Analyse one partition; ``unit`` has ``into``, ``name``, ``file``, ``group``, ``device``."""
    begun = time.monotonic()
    worker.model_on(unit["device"])
    rows = tables.read_group(Path(unit["file"]), unit["group"])
    with folder.partition(Path(unit["into"]), unit["name"]) as (path, manifest):
        out = tables.Writer(path, "analyse")
        why: Counter[str] = Counter()
        with pulse.of(path) as beat:
            for row, found in batch(rows):
                if isinstance(found, WhosaysError):
                    why[type(found).__name__] += 1
                    out.add("refused", [_refused(row, found)])
                else:
                    _add(out, row, *found)
                beat(out.counts["articles"])
        out.close()
        manifest |= {"rows": out.counts, "refused": dict(why), "batches": [len(rows)],
                     "seconds": round(time.monotonic() - begun, 3)}  # fmt: skip
    return {"name": unit["name"], "size": unit["size"], **manifest}


def batch(rows: Sequence[Json]) -> Iterator[tuple[Json, Found | WhosaysError]]:
    """Each row of an articles table with what was found in its article, or the fault that kept it from being found.

    Longest last: articles of like length wait for the model together.
    """
    in_order = sorted(rows, key=lambda row: (len(row["text"]), row["article"]))
    return analysing.each(in_order, article_of, _found)


def article_of(row: Json) -> Article:
    """The article of a row, by the id that it has in the archive."""
    return Article(
        row["article"], row["text"], row["outlet"], row["published"], row["title"], row["url"], row["byline"],
        row["language"],
    )  # fmt: skip


def _found(batch: Sequence[Analysis]) -> Iterator[Found]:
    for analysis, rows in zip(batch, analyses.rows(batch), strict=True):
        yield (
            rows,
            [
                {"start": name.start_char, "end": name.end_char, "text": name.text, "type": name.label_}
                for name in analysis.doc.ents
            ],
        )


def _add(out: tables.Writer, row: Json, found: Rows, names: list[Json]) -> None:
    about = {name: row[name] for name in ("article", "outlet", "published")}
    speakers = [speaker[0] for speaker in found.speakers]
    out.add("articles", [row | {
        "characters": len(row["text"]), "statements": len(found.statements), "published_at": found.published_at,
        "embedding": found.embedding, "sketch": found.sketch,
    }])  # fmt: skip
    out.add("statements", [_statement(values, about, speakers[k] if k is not None else None)
                           for k, values in found.statements])  # fmt: skip
    for name, naming, described_as, grounds in found.speakers:
        out.add("speakers", [about | {"name": name, "naming": naming, "described_as": json.loads(described_as),
                                      "grounds": json.loads(grounds)}])  # fmt: skip
    out.add("names", [about | name for name in names])
    out.add("dates", [about | dict(zip(_DATE, values, strict=True)) for values in found.dates])
    out.add("places", [about | dict(zip(_PLACE, values, strict=True)) for values in found.places])


def _statement(values: Sequence[Any], about: Json, speaker: str | None) -> Json:
    row = dict(zip(_STATEMENT, values, strict=True))
    row["id"] = f"{about['article']}:{row.pop('number')}"
    row["via"] = json.loads(row["via"])
    row["spans"] = [{"start": start, "end": end} for start, end in json.loads(row["spans"])]
    return row | about | {"speaker": speaker}


def _refused(row: Json, problem: WhosaysError) -> Json:
    return {
        "source": row["place"], "place": row["place"], "article": row["article"], "kind": type(problem).__name__,
        "reason": problem.wrong,
    }  # fmt: skip
