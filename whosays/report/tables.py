"""A report as tables for spreadsheets and notebooks: statements, claims, conflicts and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from whosays.report import document, statements
from whosays.report.report import Report
from whosays.report.statements import Row
from whosays.report.view import claims, conflicts, names, passages
from whosays.report.view.story import Json, Story, members_of

CLAIMS: Final = (
    "claim", "text", "article", "outlet", "published", "stance", "speaker", "naming", "via", "cue", "words",
    "statement", "start", "end", "origin", "link", "origins_known", "conflicts",
)  # fmt: skip
CONFLICTS: Final = (
    "conflict", "type", "why", "confidence", "article", "outlet", "speaker", "stance", "words", "statement", "start",
    "end",
)  # fmt: skip
NAMES: Final = ("entity", "name", "article", "outlet", "label", "count", "voice", "loaded", "start", "end")


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[str]
    rows: Sequence[Row]


def make(report: Report) -> dict[str, Table]:
    """The tables by name, in the order in which they are described.

    ``claims`` has a row for each passage of a claim, and one with the stance "silent" for each article without any;
    ``conflicts`` one for each side; ``names`` one for each way in which an article names somebody, with its first
    place. Claims, conflicts and names are left out where the articles were not compared.
    """
    tables = {"statements": Table(statements.COLUMNS, list(statements.rows(report)))}
    if report.comparison is not None:
        story = Story(document.make(report))
        tables["claims"] = Table(CLAIMS, list(_claims(story)))
        tables["conflicts"] = Table(CONFLICTS, list(_conflicts(story)))
        tables["names"] = Table(NAMES, list(_names(story)))
    return tables


def write(report: Report) -> dict[str, str]:
    """The tables by their file names, each as CSV with a line of column names."""
    return {f"{name}.csv": statements.as_csv(table.columns, table.rows) for name, table in make(report).items()}


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
