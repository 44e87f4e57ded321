"""To whom a statement was made: "told **reporters**", "said in a letter to **Gov. Hale**", "**The panel** was told".

Read off the parse of the cue. Nothing is guessed: where the words name nobody who was spoken to, there is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spacy.tokens import Doc, Token

from whosays.statements.statement import Statement
from whosays.text.span import Span

# Verbs whose object hears what is said; of "said", "wrote" and the like the object is what is said.
_TELLING: Final = frozenset(
    "tell inform assure remind warn advise notify brief ask urge beg implore instruct order caution persuade convince "
    "promise lecture cable address question reassure exhort press petition thank alert counsel challenge".split()
)
# Verbs that name the hearer with "to".
_TO: Final = frozenset(
    "say write speak confirm admit explain testify complain describe reveal disclose suggest confide announce present "
    "report tweet declare insist indicate deny acknowledge convey express relay signal appeal propose point confess "
    "comment mention apologise apologize message".split()
)
_BEFORE: Final = frozenset({"testify", "speak", "appear", "argue", "tell", "say"})
_MESSAGE: Final = frozenset(
    "letter note message memo memorandum email mail statement address speech remark comment report text cable "
    "complaint warning appeal call request testimony response reply submission presentation briefing tweet plea".split()
)
_OBJECTS: Final = ("obj", "iobj")
# Who hears can be named by these alone; "it", "that" and "what" are what is said.
_PRONOUNS: Final = frozenset(
    "him her them us me you everyone everybody anyone anybody someone somebody some many most several others".split()
)
# What stands behind "to" and hears nothing: "said to date", "wrote to his surprise".
_NO_HEARER: Final = re.compile(
    r"(?:date|surprise|applause|cheers|laughter|effect|life|end|public view|account|own|air|vote|work|power|point"
    r"|question|questions|charge|charges|report|reports|fact|issue|decision|act|ruling|move|news|need|use|right|death)s?$",
    re.IGNORECASE,
)
_MONTHS: Final = frozenset(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jan. Feb. Mar. Apr. Aug. Sept. Oct. Nov. Dec.".split()
)
_TIME: Final = re.compile(
    r"(?:\b|^[A-Z][a-z]+)(?:day|week|month|year|morning|evening|night|today|yesterday|tomorrow|time|hour)s?\b", re.I
)


def of(doc: Doc, statement: Statement) -> Span | None:
    """The words for who was spoken to; ``None`` where nobody is named, or where the document has no parse."""
    if statement.cue is None or not doc.has_annotation("DEP"):
        return None
    cue = doc.char_span(*statement.cue, alignment_mode="expand")
    taken = [*statement.content, *([statement.source] if statement.source else [])]
    for word in cue or ():
        for hearer in _hearers(word):
            span = _phrase(hearer, taken)
            if span is not None:
                return span
    return None


def _hearers(word: Token) -> Iterator[Token]:
    passive = any(child.dep_ == "aux:pass" for child in word.children)
    for child in word.children:
        told = child.dep_ == "nsubj:pass" if passive else child.dep_ in _OBJECTS and child.i > word.i
        if told and word.lemma_ in _TELLING:
            yield child
        elif child.dep_.startswith("obl"):
            yield from _led_by(child, "to", word.lemma_ in _TO)
            yield from _led_by(child, "before", word.lemma_ in _BEFORE)
            yield from _addressed(child)
        elif child.dep_ in ("nmod", "acl") and word.lemma_ in _MESSAGE:
            yield from _led_by(child, "to", True)
    if word.dep_ in _OBJECTS or word.lemma_ in _MESSAGE:
        yield from _addressed(word)


def _addressed(word: Token) -> Iterator[Token]:
    """Whom a message is to: "in a letter to the governor"."""
    if word.lemma_ in _MESSAGE:
        for child in word.children:
            if child.dep_.startswith("nmod"):
                yield from _led_by(child, "to", True)


def _led_by(word: Token, preposition: str, fits: bool) -> Iterator[Token]:
    if fits and any(child.dep_ == "case" and child.lower_ == preposition for child in word.children):
        yield word


def _phrase(word: Token, taken: list[Span]) -> Span | None:
    """The noun phrase of a hearer, from its first word to where the statement's own spans begin."""
    if word.pos_ == "PRON" and word.lower_ not in _PRONOUNS:
        return None
    if word.pos_ not in ("NOUN", "PROPN", "PRON", "NUM") or _NO_HEARER.match(word.text) or _TIME.search(word.text):
        return None
    parts = [word, *(child for child in word.children if _belongs(child))]
    first = min(part.left_edge.i if part is not word else word.i for part in parts)
    last = max(part.right_edge.i if part is not word else word.i for part in parts)
    doc = word.doc
    while doc[first].is_punct or doc[first].dep_ == "case":
        first += 1
    while last + 2 < len(doc) and doc[last + 1].text == "-" and not doc[last].whitespace_:  # "African-Americans"
        last += 2
    while last + 1 < len(doc) and _goes_on(doc[last], doc[last + 1]):
        last += 1
    span = Span(doc[first].idx, doc[last].idx + len(doc[last]))
    return None if any(span.overlaps(other) for other in taken) else span


def _goes_on(word: Token, behind: Token) -> bool:
    """Whether a name that the parse has cut goes on: "told Channel | One", "told Radio | Ardal"."""
    named = word.pos_ == "PROPN" and word.text[:1].isupper() and behind.text[:1].isupper()
    return named and behind.pos_ in ("PROPN", "NUM") and not _TIME.search(behind.text) and behind.text not in _MONTHS


def _belongs(child: Token) -> bool:
    """What names the hearer, and not what more is told of him."""
    return child.dep_.split(":")[0] in ("det", "amod", "compound", "flat", "nummod", "conj", "nmod", "appos", "fixed")
