"""The parts of an outline: what a report says to a reader, in words, before any format lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from whosays.claims.claim import Link
from whosays.report import phrases

Lineage = Literal["one", "some", "unknown", "apart"]

LEGEND: Final = (
    "Stated: the texts say so. Inferred: we conclude it, for the reason given. Unknown is not independent: "
    "an outlet that names no source may have the same one."
)


@dataclass(frozen=True, slots=True)
class Member:
    """A statement or passage as it is shown. ``id`` is the statement's, "" for a passage in the outlet's own voice.

    ``chain`` says how it came to its article, the outlet first and the speaker last; ``words`` are the passage, all
    of it; ``facts`` what to know beside it, ``details`` what else there is to know, among it the words that credit it;
    ``line`` is the whole in an overview, and ``relayed`` true where an outlet or agency stands between.
    """

    id: str
    article: str
    chain: str
    words: str
    facts: tuple[str, ...]
    details: tuple[str, ...]
    line: str
    relayed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One origin of a claim: ``who`` it is, behind which ``outlets``, and how and why we know.

    ``key`` is the same wherever the same origin stands behind another claim.
    """

    key: tuple[str, str]
    who: str
    outlets: tuple[str, ...]
    via: tuple[str, ...]
    link: Link
    grounds: str
    members: tuple[Member, ...]

    @property
    def sentence(self) -> str:
        """Which outlets have it from whom."""
        if self.link == "unknown":
            return f"{phrases.listed(self.outlets)}: no origin named"
        through = f", through {phrases.listed(self.via)}" if self.via else ""
        return f"{phrases.listed(self.outlets)}: {self.who}{through}"


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim of several articles, with what its origins amount to."""

    id: str
    words: str
    outlets: tuple[str, ...]
    silent: tuple[str, ...]
    sources: tuple[Source, ...]
    members: tuple[Member, ...]

    @property
    def common(self) -> tuple[Source, ...]:
        """The known origins behind two or more of its outlets."""
        return tuple(s for s in self.sources if s.link != "unknown" and len(s.outlets) > 1)

    @property
    def lineage(self) -> Lineage:
        if len(self.sources) == 1 and self.sources[0].link != "unknown":
            return "one"
        if self.common:
            return "some"
        return "unknown" if self.dark or not self.sources else "apart"

    @property
    def dark(self) -> tuple[str, ...]:
        """The outlets that give no origin."""
        return tuple(sorted({outlet for s in self.sources if s.link == "unknown" for outlet in s.outlets}))

    @property
    def verdict(self) -> str:
        outlets = phrases.counted(len(self.outlets), "outlet")
        if self.lineage == "one":
            return f"Hangs on one origin ({self.sources[0].link})"
        if self.lineage == "some":
            most = max(self.common, key=lambda source: (len(source.outlets), source.link == "stated"))
            return f"One origin behind {len(most.outlets)} of {outlets} ({most.link})"
        if self.lineage == "apart":
            return f"{phrases.counted(len(self.sources), 'known origin')}, no shared origin found"
        return f"Origin unknown in {len(self.dark) or 'each'} of {outlets}; no shared origin found"


@dataclass(frozen=True, slots=True)
class Hanging:
    """Claims that hang on an origin in the same way: ``link`` and ``grounds`` hold for all of them.

    ``claims`` are pairs of a claim's id and its words, shortened.
    """

    link: Link
    grounds: str
    claims: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Common:
    """An origin behind several outlets, the ways in which it came to them, and all that hangs on it."""

    who: str
    about: str
    outlets: tuple[str, ...]
    chains: tuple[str, ...]
    hanging: tuple[Hanging, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A conflict in words; its sides are statements and passages, mostly of different articles."""

    kind: str
    why: str
    confidence: float
    sides: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """How each article names one person, group or thing: by article, its labels in words, commonest first."""

    who: str
    labels: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: ``when`` in ISO dates, "" where no date is known, the ``words`` that tell it and by whose word."""

    when: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """Who ``does`` "holds" or "supports" ``what``, with which ``means`` if any, ``as_of`` when, by whose word."""

    who: str
    does: str
    what: str
    means: str
    as_of: str
    sources: tuple[str, ...]


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


@dataclass(frozen=True, slots=True)
class Section:
    """One article, what is known ``about`` it, its statements in text order, and those that ``only`` it has."""

    article: str
    about: tuple[str, ...]
    statements: tuple[Member, ...]
    only: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report in reading order.

    ``headline`` are its figures; ``answers`` come first of all, where several articles were compared; ``lineages`` tell
    how many of the claims have which lineage, in words. ``compared`` is false where only statements were asked for,
    ``lone`` true for a story of one article. Of the names, ``namings`` has those that articles name differently.
    """

    headline: tuple[str, ...]
    lineages: tuple[tuple[int, str], ...]
    compared: bool
    lone: bool
    common: tuple[Common, ...]
    clashes: tuple[Clash, ...]
    claims: tuple[Shared, ...]
    sections: tuple[Section, ...]
    namings: tuple[Naming, ...]
    events: tuple[Happening, ...]
    standing: tuple[Stance, ...]
    notes: tuple[str, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def opening(self) -> str:
        """The sentence that says what the first screen shows, or why there is nothing to compare."""
        if not self.compared:
            return "Statements only: the articles were not compared."
        if self.lone:
            return "One article: there is nothing to compare it with. These are its statements."
        return ""
