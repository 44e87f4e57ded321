"""One speaker as one article knows him, before the articles are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from whosays.statements import nouns
from whosays.statements.heads import Phrase
from whosays.statements.mentions import Person
from whosays.statements.statement import Statement
from whosays.text.span import Span


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
    def is_bare_name(self) -> bool:
        """Whether nothing shows that its name is a person's, as a company's may be: "Cellion said"."""
        phrase = self.phrase
        return phrase.kind == "person" and not (self.person or phrase.head or phrase.gender or " " in phrase.name)

    @property
    def gender(self) -> str:
        return self.person.gender if self.person else self.phrase.gender


def telling_words(statement: Statement, text: str) -> frozenset[str]:
    """The words of a content that are long enough to tell something, and its numbers."""
    words = re.findall(r"[^\W\d_]{4,}|\d+", " ".join(span.of(text) for span in statement.content).lower())
    return frozenset(nouns.singular(word) for word in words)


def trimmed(span: Span, text: str) -> Span:
    """A subject without its relative clause and apposition."""
    cut = re.search(r"[,(]| (?:who|which|that)\b", span.of(text))
    return Span(span.start, span.start + cut.start()) if cut and cut.start() else span


def beginning(noun: Token) -> int:
    """Where the noun phrase of a noun before "who" begins, without the "by" or "according to" that hangs on it."""
    noun = _dressed(noun)
    words = noun.doc[noun.left_edge.i : noun.i + 1].text
    cue = re.match(r"[,;:\s]*according to\s+", words, re.IGNORECASE)
    if cue is None and noun.left_edge.dep_ == "case" and noun.left_edge.head.i == noun.i != noun.left_edge.i:
        return int(noun.doc[noun.left_edge.i + 1].idx)
    return int(noun.left_edge.idx) + (cue.end() if cue else 0)


def sentence_starts(doc: Doc, text: str) -> list[int]:
    """Where each sentence begins; by the marks where the document has no sentences."""
    if doc.has_annotation("SENT_START"):
        starts: list[int] = doc.to_array("IDX")[doc.to_array("SENT_START") == 1].tolist()
        return starts
    return [m.end() for m in re.finditer(r"[.!?][\"”’)]*\s+|\n+", text)]


def _dressed(noun: Token) -> Token:
    """The "man" of "a man in uniform who said": no uniform speaks."""
    word, head = nouns.singular(noun.lower_), noun.head
    speaks = word in nouns.PEOPLE or noun.ent_type_ or not nouns.ORGANISATIONS.isdisjoint((word, noun.lower_))
    return head if noun.dep_.startswith("nmod") and not speaks and nouns.singular(head.lower_) in nouns.PEOPLE else noun
