"""Whether a source is a named person, an unnamed one, an organisation, a document, or nobody."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Doc

from whosays.statements import nouns, organisations, phrases
from whosays.statements.heads import Phrase
from whosays.statements.statement import Naming
from whosays.text.span import Span

_NAMINGS: Final[dict[str, Naming]] = {
    "person": "named",
    "role": "anonymous",
    "organisation": "organisation",
    "document": "document",
    "nobody": "unattributed",
}


def of(source: Span | None, doc: Doc, text: str) -> Naming:
    """The naming of a source by its own words; ``text`` is the document's.

    Who a pronoun or "the senator" stands for is settled by :func:`whosays.statements.speakers.find`, whose speaker's
    naming goes before this one.
    """
    if source is None:
        return "unattributed"
    labels = _labels(doc, source)

    def is_person(name: str) -> bool | None:
        label = labels.get(name)
        return None if label is None else label == "PER"

    return of_phrase(phrases.read(source.of(text), is_person))


def of_phrase(phrase: Phrase) -> Naming:
    """The naming of a phrase as it has been read."""
    if phrase.kind == "pronoun":
        if phrase.head in ("it", "its"):
            return "organisation"
        return "anonymous" if phrase.plural else "named"
    if organisations.is_hearsay(phrase):
        return "unattributed"
    if phrase.kind == "role" and not phrase.plural and phrase.article == "definite" and not phrase.owner:
        return "named" if phrase.head in nouns.PUBLIC_OFFICE else "anonymous"
    return _NAMINGS[phrase.kind]


def _labels(doc: Doc, source: Span) -> dict[str, str]:
    """The labels of the names within a source."""
    words = doc.char_span(source.start, source.end, alignment_mode="expand")
    labels: dict[str, str] = {}
    for token in words if words is not None else ():
        if token.ent_iob_ == "B":
            end = token.i + 1
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            labels[doc[token.i : end].text] = token.ent_type_
    return labels
