"""What the articles tell of a story: who did what to whom, and who holds and supports what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whosays.text.span import Span


@dataclass(frozen=True, slots=True)
class Participant:
    """Words that name who or what takes part, and the entity among the names that it is, if it is one."""

    span: Span
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class EventMention:
    """One passage that tells an event: ``what`` is the verb, ``span`` the passage from its first to its last part.

    ``time`` is an ISO date, or an interval of two with "/" between them; ``time_span`` the words that give it.
    ``statement`` is the statement that tells it, ``None`` where the outlet does.
    """

    article: str
    what: Span
    span: Span
    actor: Participant | None = None
    target: Participant | None = None
    place: Span | None = None
    time: str | None = None
    time_span: Span | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: the mention that tells most of it first, then the others in the order of the text."""

    mentions: tuple[EventMention, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """``who`` is said to hold the place ``what``, or to support ``what`` with ``means``.

    ``as_of`` is the ISO date or interval that the passage gives, else the day of the statement or of publication.
    ``statement`` is the statement that says so, ``None`` where the outlet does.
    """

    kind: Literal["holds", "supports"]
    who: Participant
    what: Participant
    means: Span | None
    as_of: str | None
    article: str
    span: Span
    statement: str | None = None
