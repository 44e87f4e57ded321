"""The answer in one sentence, what bears it out in a few lines, and what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from whosays.report import phrases
from whosays.report.view import claims
from whosays.report.view.claims import Row
from whosays.report.view.conflicts import Dispute
from whosays.report.view.silence import Silence
from whosays.report.view.story import Outlet, Story, shown

MOST: Final = 4  # lines of an answer; the sections below have them all


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer, which leads to the place that bears it out; ``tag`` is stated, inferred or ""."""

    text: str
    detail: str
    href: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three: how many origins, what is disputed, what is missing. ``more`` leads to all of it."""

    title: str
    figure: str
    lines: tuple[Line, ...]
    more: str
    href: str


@dataclass(frozen=True, slots=True)
class Published:
    """An article on the strip of hours: ``at`` is its place from 0 to 100; None where its date is not known."""

    outlet: Outlet
    at: float | None
    timed: bool


@dataclass(frozen=True, slots=True)
class Head:
    """``sentence`` is the answer and ``figures`` its numbers and more; ``notes`` tell what was not read.

    ``hours`` are the first and last moment of the strip.
    """

    sentence: str
    figures: tuple[str, ...]
    answers: tuple[Answer, ...]
    coverage: tuple[Published, ...]
    hours: tuple[str, str]
    notes: tuple[str, ...]


def make(story: Story, rows: Sequence[Row], disputes: Sequence[Dispute], silences: Sequence[Silence]) -> Head:
    answers = (_origins(rows), _disputed(story, disputes), _missing(silences, rows)) if story.compared else ()
    coverage = _coverage(story)
    known = [one.outlet.moment.text for one in coverage if one.at is not None]
    return Head(
        sentence=_sentence(story, rows),
        figures=_figures(story, rows),
        answers=answers,
        coverage=coverage,
        hours=(known[0], known[-1]) if known else ("", ""),
        notes=tuple(shown(note) for note in story.document.get("notes", ())),
    )


def _sentence(story: Story, rows: Sequence[Row]) -> str:
    figures = [*_read(story), phrases.counted(len(story.statements), "statement")]
    if not story.compared:
        return f"{', '.join(figures)}."
    if not rows:
        return f"{', '.join(figures)}; no claim was found that two articles share."
    origins = claims.known_origins(rows)
    figures.append(phrases.counted(len(origins), "origin"))
    return f"{', '.join(figures)}; {_dependence(rows, list(origins.values()))}."


def _read(story: Story) -> list[str]:
    """How many outlets, and articles where these are more."""
    outlets = len({outlet.house for outlet in story.outlets})
    articles = phrases.counted(len(story.outlets), "article")
    return [phrases.counted(outlets, "outlet"), *([articles] if len(story.outlets) != outlets else [])]


def _figures(story: Story, rows: Sequence[Row]) -> tuple[str, ...]:
    speaking = {s["speaker"] for s in story.statements.values() if s["speaker"] is not None}
    unnamed = sum(story.voices[id_].naming == "anonymous" for id_ in speaking)
    said = phrases.counted(len(story.statements), "statement")
    said += f" by {phrases.counted(len(speaking), 'speaker')}" if speaking else ""
    said += f" ({unnamed} unnamed)" if unnamed else ""
    if not story.compared:
        return (*_read(story), said)
    shared = phrases.counted(len(rows), "shared claim")
    shared += f" from {phrases.counted(len(claims.known_origins(rows)), 'known origin')}" if rows else ""
    return (*_read(story), said, shared, phrases.counted(len(story.conflicts), "conflict"))


def _dependence(rows: Sequence[Row], origins: Sequence[Sequence[tuple[Row, claims.Origin]]]) -> str:
    """How much of what several outlets carry hangs on the one origin behind most of it."""
    most = max((sum(len(origin.outlets) > 1 for _, origin in pairs) for pairs in origins), default=0)
    every = phrases.counted(len(rows), "shared claim")
    if not most:
        return f"no shared origin found for {every}" if len(rows) == 1 else f"no shared origin found for the {every}"
    (first, *_) = (pairs for pairs in origins if sum(len(origin.outlets) > 1 for _, origin in pairs) == most)
    who = first[0][1].description
    if most > 1 or len(rows) == 1:
        return f"{most} of {every} {'goes' if most == 1 else 'go'} back to {who}"
    hanging = sum(bool(row.common) for row in rows)
    return f"{hanging} of {every} {'has' if hanging == 1 else 'have'} one origin behind several outlets"


def _origins(rows: Sequence[Row]) -> Answer:
    found = claims.known_origins(rows)
    lines = [
        Line(
            each.origin.name,
            f"{phrases.counted(len(each.claims), 'claim')} in {phrases.counted(len(each.outlets), 'outlet')}",
            f"#{each.claims[0][0].anchor}",
            each.links[-1],
        )
        for each in claims.shared(rows)
    ]
    dark = sum(row.dark for row in rows)
    figure = f"{phrases.counted(len(found), 'origin')} behind {phrases.counted(len(rows), 'shared claim')}"
    more = f"{phrases.counted(dark, 'claim')} with an outlet that names no source" if dark else "all claims"
    return Answer("Origins", figure, tuple(lines[:MOST]), more, "#claims")


def _disputed(story: Story, disputes: Sequence[Dispute]) -> Answer:
    lines = [Line(dispute.kind, dispute.why, f"#{dispute.anchor}") for dispute in disputes]
    figure = phrases.counted(len(story.conflicts), "conflict") if story.conflicts else "no conflict found"
    more = f"{len(lines) - MOST} more" if len(lines) > MOST else ""
    return Answer("Disputed", figure, tuple(lines[:MOST]), more, "#conflicts" if story.conflicts else "#claims")


def _missing(silences: Sequence[Silence], rows: Sequence[Row]) -> Answer:
    lines = []
    for one in silences:
        if one.lacks:
            widest = max((lacking.row for lacking in one.lacks), key=_weight)
            lines.append(
                (
                    -len(one.lacks),
                    Line(
                        f"{one.outlet.name} is silent on {len(one.lacks)} of {one.claims}",
                        f"such as {phrases.quoted(phrases.shorten(widest.text, 64))}",
                        f"#silence-{one.outlet.anchor}",
                    ),
                )
            )
    lines.sort(key=lambda counted: counted[0])
    partial = sum(bool(row.silent) for row in rows)
    figure = f"{phrases.counted(partial, 'claim')} not in every outlet" if partial else "every claim is in every outlet"
    return Answer(
        "Missing",
        figure,
        tuple(line for _, line in lines[:MOST]),
        "all, with hours and lengths" if lines else "",
        "#silence",
    )


def _weight(row: Row) -> tuple[int, bool, bool, bool]:
    """What to name first of the claims that an article lacks: what most carry, then what is credited in all of them."""
    credited = all(one.voice.number for one in row.said)
    return len(row.carriers), credited, bool(row.common), bool(row.conflicts)


def _coverage(story: Story) -> tuple[Published, ...]:
    """The articles by the time of their publication, those without one last."""
    known = [outlet.moment.at for outlet in story.outlets if outlet.moment.at is not None]
    first, last = (min(known), max(known)) if known else (0.0, 0.0)
    width = (last - first) or 1.0
    made = [
        Published(
            outlet,
            None if outlet.moment.at is None else round(100 * (outlet.moment.at - first) / width, 1),
            bool(outlet.moment.hour),
        )
        for outlet in story.outlets
    ]
    return tuple(sorted(made, key=lambda one: (one.at is None, one.at or 0.0, one.outlet.anchor)))
