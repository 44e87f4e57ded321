"""One speaker as one article knows him, before the articles are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whosays.statements import nouns
from whosays.statements.heads import Phrase
from whosays.statements.mentions import Person
from whosays.statements.statement import Statement


@dataclass(slots=True)
class Referent:
    """One speaker within one article; ``person`` where the article names him, ``members`` where it is several."""

    number: int
    phrase: Phrase
    article: str
    person: Person | None = None
    members: tuple[int, ...] = ()
    forms: dict[str, Phrase] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    detail: set[str] = field(default_factory=set)
    said: list[frozenset[str]] = field(default_factory=list)
    last: int = -1

    @property
    def kind(self) -> str:
        return self.phrase.kind

    @property
    def plural(self) -> bool:
        return self.phrase.plural

    @property
    def gender(self) -> str:
        return self.person.gender if self.person else self.phrase.gender


def telling_words(statement: Statement, text: str) -> frozenset[str]:
    """The words of a content that are long enough to tell something, and its numbers."""
    words = re.findall(r"[^\W\d_]{4,}|\d+", " ".join(span.of(text) for span in statement.content).lower())
    return frozenset(nouns.singular(word) for word in words)
