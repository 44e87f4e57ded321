"""The articles of a story -> claims, origins, conflicts and names, as the report on them has these.

A story is compared as `whosays report` compares it. One of very many articles is compared in parts, each with the
articles of neighbouring days: every article costs the same, whatever the story has grown to.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from whosays.archive import analysing, folder, pulse, tables, worker
from whosays.errors import InternalError
from whosays.report import document, making
from whosays.stories import copies
from whosays.stories.copies import Copy
from whosays.text.article import Article

MOST: Final = 60  # articles that are compared with one another
_MOST_CHARACTERS: Final = 400_000  # 2.3 MB of memory for each thousand

Json = dict[str, Any]


def work(unit: Json) -> Json:
    """Compare the stories of one bucket.

    ``unit`` has ``into``, ``name``, ``files``, ``copies``, ``device`` and ``program``, our version.
    """
    begun = time.monotonic()
    worker.model_on(unit["device"])
    rows = sorted(tables.read(map(Path, unit["files"])), key=lambda row: (row["story"], *order(row)))
    pairs: dict[str, dict[tuple[str, str], float]] = {}
    for pair in tables.read(map(Path, unit["copies"])):
        pairs.setdefault(pair["story"], {})[pair["article"], pair["of"]] = pair["share"]
    why: dict[str, int] = {}
    with folder.partition(Path(unit["into"]), unit["name"]) as (path, manifest):
        out = tables.Writer(path, "stories")
        with pulse.of(path) as beat:
            for story, members in groupby(rows, key=lambda row: str(row["story"])):
                for problem in _story(out, story, list(members), pairs.get(story, {}), unit["program"]):
                    why[type(problem).__name__] = why.get(type(problem).__name__, 0) + 1
                beat(out.counts["articles"])
        out.close()
        manifest |= {"rows": out.counts, "refused": why, "seconds": round(time.monotonic() - begun, 3)}
    return {"name": unit["name"], "size": unit["size"], **manifest}


def order(row: Json) -> tuple[bool, str, str]:
    """The order of a story's articles in its report: as they were published, those without a date last."""
    return row["published"] is None, row["published"] or "", row["article"]


def parts(rows: Sequence[Json]) -> list[list[Json]]:
    """The articles of a story, in order, as they are compared with one another."""
    found: list[list[Json]] = [[]]
    characters = 0
    for row in rows:
        characters += len(row["text"])
        if found[-1] and (len(found[-1]) >= MOST or characters > _MOST_CHARACTERS):
            found.append([])
            characters = len(row["text"])
        found[-1].append(row)
    return found


def _story(
    out: tables.Writer, story: str, rows: list[Json], shares: dict[tuple[str, str], float], program: str
) -> Iterator[InternalError]:
    cut = parts(rows)
    counts = {"claims": 0, "origins": 0, "conflicts": 0} if len(rows) > 1 else dict.fromkeys(
        ("claims", "origins", "conflicts")
    )  # fmt: skip
    for number, part in enumerate(cut, 1):
        about = {"story": story, "part": number}
        out.add("articles", (about | row for row in part))
        if len(part) < 2:
            continue
        try:
            made = document.make(making.report([*map(analysing.article_of, part)], program, False), with_text=False)
        except Exception as fault:
            problem = InternalError(story, f"could not be compared ({type(fault).__name__}: {fault})")
            out.add("refused", [{"source": story, "place": story, "kind": "InternalError", "reason": problem.wrong}])
            yield problem
            continue
        for table, found in _tables(made, {row["article"]: row for row in part}).items():
            out.add(table, (about | row for row in found))
        counts["claims"] = (counts["claims"] or 0) + len(made["claims"])
        counts["conflicts"] = (counts["conflicts"] or 0) + len(made["conflicts"])
        counts["origins"] = (counts["origins"] or 0) + _origins(made)
    near = [Copy(one, other, share) for (one, other), share in sorted(shares.items())]
    out.add("copies", ({"story": story, "article": c.article, "of": c.other, "share": c.contained_share} for c in near))
    days = sorted(row["published"][:10] for row in rows if row["published"])
    out.add("stories", [{
        "story": story, "articles": len(rows), "outlets": len({row["outlet"] for row in rows if row["outlet"]}),
        "voices": len(copies.voices([row["article"] for row in rows], near)), "parts": len(cut),
        "headline": next((row["title"] for row in rows if row["title"]), None),
        "first": days[0] if days else None, "last": days[-1] if days else None, **counts,
    }])  # fmt: skip


def _origins(made: Json) -> int:
    """The known origins, each once however many claims go back to it."""
    known = (o for claim in made["claims"] for o in claim["origins"] if o["link"] != "unknown")
    return len({(o.get("speaker"), o.get("document"), o.get("outlet")) for o in known})


def _tables(made: Json, rows: dict[str, Json]) -> dict[str, Iterable[Json]]:
    """The lists of a report document as tables."""
    names = {speaker["id"]: speaker["name"] for speaker in made["speakers"]}
    return {
        "statements": (_statement(s, rows[s["article"]], names) for s in made["statements"]),
        "speakers": made["speakers"],
        "claims": (claim | {"passages": _passages(claim["passages"])} for claim in made["claims"]),
        "origins": _origin_rows(made["claims"], names),
        "conflicts": (conflict | {"passages": _passages(conflict["passages"])} for conflict in made["conflicts"]),
        "names": _name_rows(made["names"], rows),
    }


def _statement(found: Json, article: Json, names: dict[str, str]) -> Json:
    content = found["content"]
    source, cue = found["source"] or (None, None), found["cue"] or (None, None)
    row: Json = found | found["text"] | {
        "outlet": article["outlet"], "published": article["published"], "speaker": names.get(found["speaker"] or ""),
        "speaker_id": found["speaker"], "start": content[0][0], "end": content[-1][1], "spans": _spans(content),
        "source_start": source[0], "source_end": source[1], "cue_start": cue[0], "cue_end": cue[1],
    }  # fmt: skip
    return row


def _origin_rows(claims: Iterable[Json], names: dict[str, str]) -> Iterator[Json]:
    for claim in claims:
        for number, origin in enumerate(claim["origins"], 1):
            yield origin | {
                "claim": claim["id"], "number": number, "speaker": names.get(origin.get("speaker", "")),
                "speaker_id": origin.get("speaker"), "passages": _passages(origin["passages"]),
            }  # fmt: skip


def _name_rows(found: Iterable[Json], rows: dict[str, Json]) -> Iterator[Json]:
    for name in found:
        for article, labels in name["labels"].items():
            about = {key: rows[article][key] for key in ("article", "outlet", "published")}
            for label in labels:
                yield about | label | {
                    "entity": name["entity"], "loaded": label.get("loaded", []), "spans": _spans(label["spans"]),
                    "speakers": name.get("speakers", []),
                }  # fmt: skip


def _spans(found: Iterable[Sequence[int]]) -> list[Json]:
    return [{"start": start, "end": end} for start, end in found]


def _passages(found: Iterable[Any]) -> list[Json]:
    return [{"article": article, "start": start, "end": end} for article, (start, end) in found]


def as_reported(rows: Iterable[Json]) -> list[Article]:
    """The articles of a story as `whosays report` has them: by the ids of their own, told apart where two are equal."""
    taken: set[str] = set()
    found = []
    for row in sorted(rows, key=order):
        wanted, number = row["key"], 1
        while wanted in taken:
            number += 1
            wanted = f"{row['key']}-{number}"
        taken.add(wanted)
        found.append(replace(analysing.article_of(row), id=wanted))
    return found
