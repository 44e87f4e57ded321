"""What nobody in particular says, where the model leaves it to the outlet: "reportedly", "there are reports that".

The model finds nearly all of it; what is added here is what the words themselves leave no doubt about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from spacy.tokens import Doc, Token

from whosays.language.quotation import Quotation
from whosays.statements import fitting
from whosays.statements.draft import Draft
from whosays.text.span import Span

ADVERB: Final = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly)\b", re.IGNORECASE)
_RUMOUR: Final = re.compile(
    r"\bthere (?:is|are|was|were|ha(?:s|ve|d) been) (?:\w+ ){0,2}?"
    r"(?P<noun>speculation|rumou?rs?|reports?|allegations?) that\b",
    re.IGNORECASE,
)
# The model took it for the outlet's own words.
CONFIDENCE: Final = 0.2


def find(doc: Doc, text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """Hearsay in sentences of which no draft given, and no quotation, takes anything up."""
    places = [Span(*hit.span()) for hit in ADVERB.finditer(text)]
    places += [Span(*hit.span("noun")) for hit in _RUMOUR.finditer(text)]
    taken = [quote.span for quote in quotations]
    taken += [span for d in drafts for span in (*d.content, d.source, d.cue) if span is not None] if places else []
    for cue in sorted(places):
        words = doc.char_span(*cue)
        pieces = [piece for part in _parts(words[0]) for piece in fitting.fitted(part, text, ())] if words else []
        if not words or not pieces:
            continue
        sentence = _span(words.sent.start, words.sent.end, doc)
        if not any(span.overlaps(sentence) for span in taken):
            yield Draft(tuple(pieces), None, cue, CONFIDENCE)


def _parts(word: Token) -> list[Span]:
    """The sentence around an adverb of its main verb; the clause of a noun."""
    doc = word.doc
    if word.pos_ == "NOUN":
        clause = next((child for child in word.children if child.dep_ == "acl" and child.i > word.i), None)
        return [_span(clause.left_edge.i, clause.right_edge.i + 1, doc)] if clause is not None else []
    if word.dep_ != "advmod" or word.head.dep_ != "ROOT" or word.head.pos_ != "VERB":
        return []
    sentence = word.sent
    return [_span(a, b, doc) for a, b in ((sentence.start, word.i), (word.i + 1, sentence.end)) if a < b]


def _span(start: int, end: int, doc: Doc) -> Span:
    return Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
