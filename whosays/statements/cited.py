"""Whom an outlet cites: "Northline reported, citing two officials" credits the officials, and Northline is the relay.

The model mostly leaves those behind "citing" to the outlet, or takes them for something that is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from whosays.statements import nouns, outlet_names, phrases
from whosays.statements.draft import Draft
from whosays.statements.referent import trimmed
from whosays.text.span import Span

_CITING: Final = re.compile(r"\b(?:citing|quoting)(?=\s)", re.IGNORECASE)
_QUOTED: Final = re.compile(r"[\"“”]")
# What may stand between the verb of saying and "citing", in one sentence: "reported on Friday,".
_NEAR: Final = re.compile(r"[^.;:!?\n\"“”]{0,40}")


def credit(drafts: Sequence[Draft], doc: Doc, text: str) -> list[Draft]:
    """The drafts with those who are cited as sources where the source was an outlet, and nowhere as what is said."""
    found = list(drafts)
    for hit in _CITING.finditer(text) if doc.has_annotation("DEP") else ():
        citing = Span(*hit.span())
        carrier = next((draft for draft in found if _is_near(draft, citing, text)), None)
        cited = _cited(citing, doc, text)
        if carrier is None or cited is None:
            continue
        own = tuple(span for span in carrier.content if not span.overlaps(cited))
        if own:
            found = [d for d in found if d is carrier or d.cue != citing or not _is_within(d, cited)]
            outlet = outlet_names.find(carrier.source.of(text), None) if carrier.source else ()
            source = cited if outlet else carrier.source
            found[found.index(carrier)] = replace(carrier, content=own, source=source, cue=_cut(carrier, citing))
    return found


def _is_near(draft: Draft, citing: Span, text: str) -> bool:
    """Whether "citing" goes on from what a draft is said with, or stands between its source and that."""
    if draft.cue is None or draft.source is None or draft.cue == citing:
        return False
    if draft.cue.end <= citing.start:
        return bool(_NEAR.fullmatch(text, draft.cue.end, citing.start))
    return draft.source.start < citing.start < draft.cue.end and "\n" not in text[draft.source.start : draft.cue.end]


def _cited(citing: Span, doc: Doc, text: str) -> Span | None:
    """The words for people, a body or a document behind "citing"; ``None`` for a reason: "citing his health"."""
    words = doc.char_span(*citing)
    verb = words[0] if words is not None else None
    cited = next((w for w in verb.children if w.dep_ == "obj" and w.i > verb.i), None) if verb is not None else None
    if cited is None:
        return None
    first, last = doc[cited.left_edge.i], doc[cited.right_edge.i]
    span = trimmed(Span(first.idx, last.idx + len(last)), text)
    phrase = phrases.read(span.of(text))
    if _QUOTED.search(span.of(text)) or phrase.kind in ("pronoun", "nobody"):
        return None
    known = phrase.head in nouns.PEOPLE | nouns.ORGANISATIONS | nouns.DOCUMENTS
    return span if known or phrase.name or phrase.parts else None


def _is_within(draft: Draft, cited: Span) -> bool:
    return all(span.overlaps(cited) for span in draft.content)


def _cut(draft: Draft, citing: Span) -> Span | None:
    """The cue without "citing" and what stands behind it: no words by which the carrier speaks."""
    cue = draft.cue
    return Span(cue.start, citing.start) if cue and cue.start < citing.start < cue.end else cue
