"""What an article attributes to somebody, and who that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from whosays.text.span import Span

Kind = Literal["direct", "indirect", "mixed"]
Naming = Literal["named", "anonymous", "organisation", "document", "unattributed"]
Polarity = Literal["asserted", "denied", "question", "call", "expected"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A passage that an article attributes to somebody other than its own outlet.

    ``content`` is what is said, in text order; ``cue`` the words that it was said; ``source`` the words that name who
    said it, ``recipient`` those that name to whom. ``speaker`` is the id of a Speaker, the same in every article of a
    story. ``via`` names the outlets through which it came, nearest the speaker first. ``said_on`` is an ISO date.
    ``confidence`` is 0 to 1.
    """

    id: str
    article: str
    content: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    speaker: str | None = None
    via: tuple[str, ...] = ()
    kind: Kind = "indirect"
    naming: Naming = "unattributed"
    polarity: Polarity = "asserted"
    said_on: str | None = None
    confidence: float = 1.0
    recipient: Span | None = None

    @property
    def start(self) -> int:
        return self.content[0].start

    def content_of(self, text: str) -> str:
        """The words of the content, verbatim; separate spans are joined by an ellipsis in brackets."""
        return " […] ".join(span.of(text) for span in self.content)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source span stands for, in every article of a story.

    ``described_as`` lists the verbatim words by which the articles call the speaker, most telling first; ``grounds``
    says in words why they were taken for one speaker; ``entity`` is the id of the entity, if it is among the names.
    """

    id: str
    name: str
    naming: Naming
    described_as: tuple[str, ...] = ()
    entity: str | None = None
    grounds: tuple[str, ...] = field(default=())
