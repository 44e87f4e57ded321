"""Marks in words, for people and for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final, Literal

from whosays.library import marks
from whosays.library.marks import Mark
from whosays.report import phrases
from whosays.report.statements import cell

_DONE: Final = {
    "join": "joined",
    "part": "parted",
    "settle": "settled",
    "dismiss": "dismissed",
    "grade": "graded",
    "note": "noted",
    "undo": "undid",
}
_BETWEEN: Final = {"join": "with", "part": "from"}
# The Admiralty scale: how far a source is to be relied on, and how far what it says is to be believed.
RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY: Final = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
COLUMNS: Final = (
    "key", "at", "who", "action", "about", "subject", "other", "value", "stands", "undoes", "story", "articles",
)  # fmt: skip


def done(mark: Mark) -> str:
    """What somebody did: "joined", "graded"."""
    return _DONE[mark.action]


def sentence(mark: Mark) -> str:
    """The whole mark on one line: “X” joined with “Y”: why."""
    between = _BETWEEN.get(mark.action, "")
    things = [f"“{target.text}”" for target in mark.targets]
    if mark.action == "part":
        things.reverse()
    on = "on " if mark.action == "note" else ""
    said = f"{done(mark)} {on}{'' if mark.about == 'mark' else mark.about + ' '}{f' {between} '.join(things)}"
    return phrases.clean(said + (f": {mark.value}" if mark.value else ""))


def when(mark: Mark) -> str:
    """The day on which it was made: "21 November 2026"."""
    day = datetime.fromisoformat(mark.at)
    return f"{day.day} {day:%B %Y}"


def grade(value: str) -> str:
    """What a grade means, in the words of the scale."""
    return ", ".join((RELIABILITY | CREDIBILITY)[sign] for sign in value)


def lines(found: Iterable[Mark], undone: set[str], form: Literal["jsonl", "csv"] | str) -> Iterator[str]:
    """Marks as JSON, one a line, or as CSV with :data:`COLUMNS`; ``undone`` are the keys of those that do not stand."""
    if form == "csv":
        yield _line(COLUMNS)
        yield from (_line(_row(mark, stands=mark.key not in undone)) for mark in found)
        return
    for mark in found:
        yield json.dumps(marks.as_json(mark, stands=mark.key not in undone), ensure_ascii=False) + "\n"


def _row(mark: Mark, *, stands: bool) -> tuple[str, ...]:
    # of a part, the second target is what was taken out of the first
    other = mark.targets[1].text if len(mark.targets) == 2 else ""
    articles = dict.fromkeys(name for t in mark.targets for name in (*t.articles, *(p.article for p in t.passages)))
    words = (
        mark.key, mark.at, mark.who, mark.action, mark.about, mark.targets[0].text, other, mark.value,
        "yes" if stands else "no", mark.undoes or "", "" if mark.story is None else str(mark.story),
        "; ".join(articles),
    )  # fmt: skip
    return tuple(map(cell, words))


def _line(values: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()
