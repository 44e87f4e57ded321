"""A report as tables for spreadsheets and notebooks: statements, claims, conflicts and names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from whosays.errors import UsageError
from whosays.report import document, statements
from whosays.report.page import claims, conflicts, names, passages
from whosays.report.page.story import Json, Story, members_of
from whosays.report.report import Report

CLAIMS: Final = (
    "claim", "text", "article", "outlet", "published", "stance", "speaker", "naming", "via", "cue", "words",
    "statement", "start", "end", "origin", "link", "origins_known", "conflicts",
)  # fmt: skip
CONFLICTS: Final = (
    "conflict", "type", "why", "confidence", "article", "outlet", "speaker", "stance", "words", "statement", "start",
    "end",
)  # fmt: skip
NAMES: Final = ("entity", "name", "article", "outlet", "label", "count", "voice", "loaded", "start", "end")

Row = Sequence[str | int | float]


def write(report: Report) -> dict[str, str]:
    """The tables by their file names, each as CSV with a line of column names.

    ``claims.csv`` has a line for each passage of a claim, and one with the stance "silent" for each article without
    any; ``conflicts.csv`` one for each side; ``names.csv`` one for each way in which an article names somebody,
    with its first place. Claims, conflicts and names are left out where the articles were not compared.
    """
    tables = {"statements.csv": statements.write_csv(report)}
    if report.comparison is not None:
        story = Story(document.make(report))
        tables["claims.csv"] = _table(CLAIMS, _claims(story))
        tables["conflicts.csv"] = _table(CONFLICTS, _conflicts(story))
        tables["names.csv"] = _table(NAMES, _names(story))
    return tables


def folder(output: Path | None) -> Path:
    """The folder that tables are to be saved in. Raises UsageError for what cannot be one, before there is work."""
    named = "" if output is None else str(output)
    if output is None or named == "-" or output.suffix.lower() == ".csv":
        raise UsageError(named, "a report as csv is several tables", "Give a folder for them after -o.")
    if output.exists() and not output.is_dir():
        raise UsageError(named, "is no folder, and a report as csv is several tables", "Give a folder after -o.")
    if not output.parent.is_dir():
        raise UsageError(named, f"cannot be made (there is no folder {output.parent})", "Give another one after -o.")
    return output


def save(report: Report, into: Path) -> str:
    """Write the tables into a folder, which is made if need be; files of other names in it stay as they are.

    Nothing is left for standard output (""). Raises UsageError where they cannot be written.
    """
    tables = write(report)
    try:
        into.mkdir(exist_ok=True)
        for name, text in tables.items():
            (into / name).write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        why = (error.strerror or "it failed").lower()
        raise UsageError(str(into), f"cannot be written ({why})", "Give another folder after -o.") from None
    return ""


def _table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(columns)
    for row in rows:
        table.writerow([statements.cell(value) if isinstance(value, str) else value for value in row])
    return written.getvalue()


def _claims(story: Story) -> Iterable[Row]:
    published = {article["id"]: article["published"] or "" for article in story.document["articles"]}
    for claim, row in zip(story.claims, claims.find(story), strict=True):
        known = sum(origin.known for origin in row.origins)
        for member in story.in_order(members_of(claim)):
            origin = next((o for o in claim["origins"] if member in members_of(o)), None)
            shown = passages.show(story, member)
            article = story.article_of(member)
            clashes = " ".join(anchor[1:] for anchor in shown.conflicts)
            yield (
                claim["id"], row.text, article, shown.outlet.name, published[article], shown.stance,
                shown.voice.name, shown.voice.naming, "; ".join(shown.relays), shown.cue, shown.text,
                *_place(story, member), _origin(story, origin), origin["link"] if origin else "", known, clashes,
            )  # fmt: skip
        for outlet in row.silent:
            about = (claim["id"], row.text, outlet.id, outlet.name, published[outlet.id], "silent")
            yield (*about, *[""] * 10, known, "")


def _origin(story: Story, origin: Json | None) -> str:
    if origin is None or origin["link"] == "unknown":
        return ""
    if "speaker" in origin:
        return story.voices[origin["speaker"]].name
    return str(origin.get("document") or origin.get("outlet"))


def _conflicts(story: Story) -> Iterable[Row]:
    for number, (conflict, clash) in enumerate(zip(story.conflicts, conflicts.find(story), strict=True), start=1):
        about = (number, conflict["type"], clash.why, conflict["confidence"])
        for member in story.in_order(members_of(conflict)):
            side = passages.show(story, member)
            yield (
                *about, story.article_of(member), side.outlet.name, side.voice.name, side.stance, side.text,
                *_place(story, member),
            )  # fmt: skip


def _names(story: Story) -> Iterable[Row]:
    for name in story.document["names"]:
        for outlet in story.outlets:
            for label in name["labels"].get(outlet.id, ()):
                about = (name["entity"], names.who(story, name), outlet.id, outlet.name)
                loaded = "; ".join(label.get("loaded", ()))
                yield (*about, label["text"], label["count"], label["voice"], loaded, *label["spans"][0])


def _place(story: Story, member: Any) -> tuple[str, int, int]:
    """The statement's id ("" for an outlet's own words), the first character and the one behind the last."""
    if isinstance(member, str):
        content = story.statements[member]["content"]
        return member, content[0][0], content[-1][1]
    start, end = member[1]
    return "", start, end
