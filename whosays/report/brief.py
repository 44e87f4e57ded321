"""What an editor wants within ten seconds: whose word several outlets carry, what is disputed, what each one lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.report import phrases
from whosays.report.view import claims
from whosays.report.view.claims import Shared
from whosays.report.view.conflicts import Dispute
from whosays.report.view.view import View

MOST: Final = 4  # lines of an answer; the sections below have them all
MOST_BENEATH: Final = 2
LEGEND: Final = (
    "Stated: the texts say so. Inferred: we conclude it, for the reason given. Unknown is not independent: "
    "an outlet that names no source may have the same one."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer; ``beneath`` are the passages that bear it out, each behind its article or claim."""

    text: str
    beneath: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the three that a reader comes for: whose word several outlets carry, what is disputed, what is missing."""

    title: str
    lines: tuple[Line, ...]


def opening(view: View) -> str:
    """Why there is nothing to compare; "" where there is."""
    if "claims" not in view.story.document:
        return "Statements only: the articles were not compared."
    if not view.compared:
        return "One article: there is nothing to compare it with. These are its statements."
    return ""


def make(view: View) -> tuple[Answer, ...]:
    """The three answers, where several articles were compared."""
    if not view.compared:
        return ()
    lineages = "; ".join(claims.lineages(view.rows))
    shared = f"Of {phrases.counted(len(view.rows), 'shared claim')}: {lineages}"
    shared = shared if view.rows else "No claim was found that two articles share."
    origins = _cut([_origin(each, len(view.outlets)) for each in view.shared], "origin")
    disputed = _cut([_dispute(each) for each in view.disputes], "dispute")
    return (
        Answer("Origins", (Line(shared), *origins)),
        Answer("Disputed", disputed or (Line("No conflict was found."),)),
        Answer("Missing", tuple(_missing(view))),
    )


def _cut(lines: Sequence[Line], noun: str) -> tuple[Line, ...]:
    left = len(lines) - MOST
    return (*lines[:MOST], Line(f"… and {phrases.counted(left, f'more {noun}')}, below")) if left > 0 else tuple(lines)


def _origin(each: Shared, every: int) -> Line:
    whole = len(each.outlets) == every > 2
    outlets = f"all {every} outlets" if whole else phrases.listed(outlet.name for outlet in each.outlets)
    links = phrases.listed(each.links)
    return Line(f"{outlets} go back to {each.origin.name}: {phrases.counted(len(each.claims), 'claim')}, {links}")


def _dispute(dispute: Dispute) -> Line:
    """A dispute with two of its sides, of different articles where it has such."""
    first, *others = dispute.sides
    across = [side for side in others if side.outlet is not first.outlet] or others
    sides = ((f"{side.outlet.name}:", phrases.unquoted(side.text)) for side in (first, *across[:1]))
    return Line(dispute.sentence, tuple(sides))


def _missing(view: View) -> Iterator[Line]:
    for one in view.silence:
        alone = f"{phrases.counted(len(one.only), 'statement')} that no other has"
        if not one.lacks:
            yield Line(f"{one.outlet.name} has {f'every shared claim, and {alone}' if view.rows else alone}")
            continue
        beneath = tuple((lacking.row.anchor, lacking.row.text) for lacking in one.lacks[:MOST_BENEATH])
        more = ", among them" if len(one.lacks) > MOST_BENEATH else ":"
        yield Line(f"{one.outlet.name} has {alone}, and lacks {one.share}{more}", beneath)
