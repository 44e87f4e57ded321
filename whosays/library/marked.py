"""Marks beside a report: which of its claims, conflicts, speakers and outlets each of them is about now.

The report stays as it is. A mark finds its claim by the passages that they share; it is not lost where they share none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from whosays.library import marks, passages, subjects
from whosays.library.marks import Kind, Mark, Target
from whosays.library.store import Library
from whosays.library.subjects import Place
from whosays.report.report import Report
from whosays.text.article import Article


@dataclass(frozen=True, slots=True)
class Subject:
    """One target of a mark in a report.

    ``id`` is what it is there: the number of a claim, conflict or speaker from 1, an outlet's name, a story's number;
    "" where nothing of the report is it. ``found`` are the passages that are still in the texts, ``gone`` counts those
    whose words are not.
    """

    target: Target
    id: str
    found: tuple[Place, ...] = ()
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Beside:
    """A mark beside a report, with a subject for each of its targets."""

    mark: Mark
    subjects: tuple[Subject, ...]

    @property
    def place(self) -> Subject:
        """Where it is shown."""
        return next((subject for subject in self.subjects if subject.id), self.subjects[0])

    def other(self, id_: str) -> Subject | None:
        """The second one of two, seen from the one with that id."""
        if len(self.subjects) == 1:
            return None
        first, second = self.subjects
        return first if second.id == id_ and first.id != id_ else second

    @property
    def settled_by_machine(self) -> bool:
        """Whether the report is as the mark has it: what was joined is one there, what was parted is two."""
        ids = {subject.id for subject in self.subjects}
        if "" in ids or self.mark.about == "story" or self.mark.action not in ("join", "part"):
            return False
        return (len(ids) == 1) == (self.mark.action == "join")


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks that stand beside one report, the oldest first."""

    every: tuple[Beside, ...]
    claims: int
    conflicts: int
    speakers: int

    def about(self, kind: Kind, id_: object) -> tuple[Beside, ...]:
        """Those about one claim, conflict or speaker (its number from 1), outlet (its name) or story."""
        return tuple(
            beside
            for beside in self.every
            if beside.mark.about == kind and any(subject.id == str(id_) for subject in beside.subjects)
        )

    def adrift(self) -> tuple[Beside, ...]:
        """Those whose subject the report does not have."""
        return tuple(beside for beside in self.every if not beside.place.id)

    def grade(self, kind: Kind, id_: object) -> str:
        """The grade that somebody gave last; "" before the first."""
        given = [beside.mark.value for beside in self.about(kind, id_) if beside.mark.action == "grade"]
        return given[-1] if given else ""

    @property
    def claims_with_marks(self) -> int:
        """How many claims there are if what was joined counts as one and what was parted as two."""
        return self.claims + _difference(self.every, "claim")

    @property
    def speakers_with_marks(self) -> int:
        return self.speakers + _difference(self.every, "speaker")

    @property
    def open_conflicts(self) -> int:
        """Those that nobody settled or dismissed."""
        closed = {b.place.id for b in self.every if b.mark.action in ("settle", "dismiss") and b.place.id}
        return self.conflicts - len(closed)


def find(library: Library, report: Report, story: int | None = None) -> Marked:
    """The marks that stand and are about a report, which is on the story with that number."""
    things = [("article", read.article.id) for read in report.articles]
    things += [("outlet", read.article.name) for read in report.articles]
    things += [("speaker", speaker.name) for speaker in report.speakers]
    found = marks.standing_about(library, things)
    return beside(report, found, story)


def beside(report: Report, found: Iterable[Mark], story: int | None = None) -> Marked:
    """The same of marks in hand."""
    finding = _Finding(report, story)
    compared = report.comparison
    return Marked(
        tuple(Beside(mark, tuple(map(finding.subject, mark.targets))) for mark in found),
        len(compared.claims) if compared else 0,
        len(compared.conflicts) if compared else 0,
        len(report.speakers),
    )


def as_json(library: Library, report: Report, story: int) -> list[dict[str, Any]]:
    """The marks as the report document has them: as they are exported, and under ``ids`` what each target is there.

    The id of a claim or speaker, the number of a conflict from 1, an outlet's name, a story's number as words; None for
    what the report does not have, and for a passage.
    """
    found = find(library, report, story)
    return [
        marks.as_json(one.mark, stands=True) | {"ids": [_in_document(report, subject) for subject in one.subjects]}
        for one in found.every
    ]


def _in_document(report: Report, subject: Subject) -> str | None:
    kind = subject.target.kind
    if not subject.id or kind == "passage":
        return None
    if kind == "claim" and report.comparison is not None:
        return report.comparison.claims[int(subject.id) - 1].id
    return report.speakers[int(subject.id) - 1].id if kind == "speaker" else subject.id


class _Finding:
    def __init__(self, report: Report, story: int | None) -> None:
        compared = report.comparison
        self.report, self.story = report, story
        self.articles: dict[str, Article] = {read.article.id: read.article for read in report.articles}
        self.claims = [subjects.members(report, claim) for claim in compared.claims] if compared else []
        self.conflicts = [subjects.members(report, one) for one in compared.conflicts] if compared else []
        self.types = [str(one.type) for one in compared.conflicts] if compared else []
        self.speakers = [subjects.spoken(report, speaker.id) for speaker in report.speakers]

    def subject(self, target: Target) -> Subject:
        here = [anchor for anchor in target.passages if anchor.article in self.articles]
        spans = [(anchor.article, passages.locate(anchor, self.articles[anchor.article])) for anchor in here]
        found = tuple((article, span) for article, span in spans if span is not None)
        return Subject(target, self._id(target, found), found, len(spans) - len(found))

    def _id(self, target: Target, found: Sequence[Place]) -> str:
        if target.kind == "claim":
            return _best(found, self.claims, least=0.5)
        if target.kind == "conflict":
            # both sides: one passage can be a side of several conflicts
            alike = [
                places if type_ == target.name else [] for places, type_ in zip(self.conflicts, self.types, strict=True)
            ]
            return _best(found, alike, least=1.0) or _best(found, self.conflicts, least=1.0)
        if target.kind == "speaker":
            return _best(found, self.speakers, least=0.5) or ("" if found else self._named(target))
        if target.kind == "outlet":
            return target.name if any(article.name == target.name for article in self.articles.values()) else ""
        if target.kind == "story":
            return str(self.story or "") if any(key in self.articles for key in target.articles) else ""
        return "passage" if found else ""

    def _named(self, target: Target) -> str:
        """The speaker of that name, which those who are only described do not have."""
        named = [s.name if s.naming in ("named", "organisation") else "" for s in self.report.speakers]
        return str(named.index(target.name) + 1) if target.name and target.name in named else ""


def _best(found: Sequence[Place], groups: Sequence[Sequence[Place]], least: float) -> str:
    """The number, from 1, of the group that holds most of the passages found, and at least such a share of them.

    Of several that hold as many it is the one with the fewest others.
    """
    ranked = []
    for number, places in enumerate(groups, start=1):
        held = sum(any(_same(place, other) for other in places) for place in found)
        if held and held >= least * len(found):
            ranked.append((-held, len(places), number))
    return str(min(ranked)[2]) if ranked else ""


def _same(one: Place, other: Place) -> bool:
    """Whether two passages share at least half of the shorter one: another model may draw them a little wider."""
    if one[0] != other[0]:
        return False
    shared = min(one[1].end, other[1].end) - max(one[1].start, other[1].start)
    return shared > 0 and 2 * shared >= min(one[1].end - one[1].start, other[1].end - other[1].start)


def _difference(every: Iterable[Beside], kind: Kind) -> int:
    """How many more there are with the marks than without."""
    joined: dict[str, str] = {}
    parted: set[tuple[str, tuple[Place, ...]]] = set()
    many = 0
    for one in every:
        if one.mark.about != kind or len(one.subjects) != 2:
            continue
        first, second = one.subjects
        if one.mark.action == "part" and first.id and second.found and first.id == second.id:
            parted.add((first.id, second.found))
        if one.mark.action == "join" and first.id and second.id:
            ends = {_end(joined, first.id), _end(joined, second.id)}
            if len(ends) == 2:
                joined[max(ends)] = min(ends)
                many -= 1
    return many + len(parted)


def _end(joined: dict[str, str], id_: str) -> str:
    while id_ in joined:
        id_ = joined[id_]
    return id_
