"""What several articles put, where it comes from, where they part, and how they name whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from whosays.claims.event import Event, Standing
from whosays.text.span import Span

Link = Literal["stated", "inferred", "unknown"]
ConflictType = Literal["quantity", "time", "polarity", "status", "source", "quote", "certainty", "scale", "content"]
Voice = Literal["outlet", "quoted"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article in its own voice."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class SharedText:
    """Passages of two articles that share most of their words outside quotation marks, in whatever order.

    ``one`` was published first, where that is known; ``share`` is of the words of the shorter one, 0 to 1.
    """

    one: Passage
    other: Passage
    share: float


@dataclass(frozen=True, slots=True)
class Step:
    """How what one article carries leads to an origin: through whom, and whether the texts say so.

    ``via`` lists the outlets and agencies between, nearest the origin first; ``link`` and ``grounds`` are as in Origin.
    """

    article: str
    via: tuple[str, ...] = ()
    link: Link = "unknown"
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The furthest upstream that the texts show: exactly one of ``speaker`` (an id), ``document`` and ``outlet``.

    ``link`` tells whether the texts state that the members go back to it, whether we infer it, or whether nothing is
    known (an outlet's own words): unknown lineage is never called independent. ``grounds`` says why, in words.
    ``chain`` has a step for each article that carries it.
    """

    speaker: str | None = None
    document: str | None = None
    outlet: str | None = None
    via: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    link: Link = "unknown"
    grounds: str = ""
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition across articles: ``text`` is the member that puts it best, verbatim.

    ``articles`` are the ids of those that put it, ``silent`` of those that do not.
    """

    id: str
    text: str
    statements: tuple[str, ...]
    passages: tuple[Passage, ...]
    articles: tuple[str, ...]
    silent: tuple[str, ...]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members that cannot all stand, or that differ in a way an editor wants to know.

    ``update``: the id of the article that was published later, where its account may bring the other up to date.
    """

    type: ConflictType
    statements: tuple[str, ...]
    passages: tuple[Passage, ...]
    why: str
    confidence: float
    update: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One way in which an article names an entity: all ``spans`` read ``text``, articles and case aside.

    ``loaded`` are the words of ``text`` that judge what they name, verbatim.
    """

    text: str
    spans: tuple[Span, ...]
    voice: Voice
    loaded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """How each article names one person, group or thing: ``labels`` by article id.

    ``speakers`` are the ids of the speakers that are this person or group.
    """

    entity: str
    labels: Mapping[str, tuple[Label, ...]]
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison of a story's articles finds.

    ``only_in``: by article id, statements that no other one has. ``entities``: by speaker id, the entity among
    ``names`` that the speaker is; speakers that have no names, or are described only, are left out.
    """

    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    only_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[Name, ...] = ()
    shared_text: tuple[SharedText, ...] = ()
    events: tuple[Event, ...] = ()
    standing: tuple[Standing, ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
