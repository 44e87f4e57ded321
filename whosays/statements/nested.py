"""Speech within speech: "Lund said the harbour office had told her that nobody was hurt".

The model gives each word one role, so that what is said within a content goes unmarked. It is found by the parse: a
word of saying within a content, somebody else who says it, and the clause for what was said. Inside quotation marks it
counts only where it is shown to be another's words, by marks of its own or by "As Lund said, …": of what a quoted
speaker tells that others say, the gold files count next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc, Token

from whosays.language.quotation import Quotation
from whosays.statements import fitting
from whosays.statements.draft import Draft
from whosays.text.span import Span

# Verbs behind which a clause is what was said, of those that most often are a cue in PolNeAR's training part and
# samples-more; verbs of thinking ("he believed") tell of no speech.
SAYING: Final = frozenset(
    "acknowledge add admit advise allege announce argue assert caution charge claim complain conclude confirm "
    "contend declare deny determine disclose estimate explain find indicate inform insist maintain mention note "
    "observe predict promise recall remark repeat reply report respond reveal rule say state stress suggest swear "
    "tell testify tweet urge vow warn write".split()
)
# Verbs behind which "to …" is what was said: "told her to wait".
ASKING: Final = frozenset("advise ask instruct offer order promise tell threaten urge vow warn".split())
# Nouns that stand for what somebody said: "the ministry's claim that …".
SAID: Final = frozenset(
    "accusation admission allegation announcement argument assertion assurance charge claim complaint conclusion "
    "contention declaration statement suggestion warning".split()
)
# Where nobody may be named: "he had been told that …".
_TOLD: Final = frozenset({"tell", "inform"})
_OPENING: Final = frozenset({"say", "tell", "note", "put", "write"})  # "As Lund put it, …"
# What hangs on a verb that tells of no speech that took place.
_UNSAID: Final = frozenset(
    "would will could can should may might must to if whether not n't n’t never from for by of in without".split()
)
_LEANING: Final = ("conj", "advcl", "xcomp", "parataxis")
_SUBJECTS: Final = ("NOUN", "PROPN")
_RELATIVE: Final = ("who", "that", "which")
_NO_BEGINNING: Final = ("ADP", "SCONJ", "CCONJ", "PUNCT", "SPACE")
_SINGLE: Final = "‘’'"
FARTHEST: Final = 3  # verbs to the one that the subject belongs to
LONGEST_OPENING: Final = 12  # words of "As … said,"
FEWEST_WORDS: Final = 3


def find(doc: Doc, text: str, drafts: Sequence[Draft], quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """The statements within the contents of the drafts given; ``text`` is the document's."""
    cues = [draft.cue for draft in drafts if draft.cue]
    for draft in drafts:
        for content in draft.content:
            words = doc.char_span(*content, alignment_mode="contract")
            for word in words if words is not None else ():
                if _says(word) and not any(_span(word).overlaps(cue) for cue in cues):
                    found = _said(word, text, content, quotations)
                    if found and not _is_same(found.source, draft.source, text):
                        yield replace(found, confidence=draft.confidence)


def _says(word: Token) -> bool:
    if word.pos_ == "VERB":
        return word.lemma_ in SAYING or word.lemma_ in ASKING or word.lemma_ in _OPENING
    return word.pos_ == "NOUN" and word.lemma_ in SAID


def _said(word: Token, text: str, content: Span, quotations: Sequence[Quotation]) -> Draft | None:
    """What is said by ``word`` within ``content``, if that can be told."""
    cue = _span(word)
    source = _opener(word)
    opens = source is not None
    if opens:
        said: Span | None = Span(text.index(",", cue.end), _span(word.doc[word.sent.end - 1]).end)
    else:
        said = _clause(word)
        source = _source(word)
        if source is None and not _is_passive(word):
            return None
    around = [quote for quote in quotations if quote.span.covers(cue)]
    others = [quote for quote in quotations if quote not in around]
    for quote in around:
        said = said and _within(said, quote.inner)
    fitted = fitting.fitted(_within(said, content), text, others) if said else []
    if not fitted or len(fitted[0].of(text).split()) < FEWEST_WORDS or "\n" in text[cue.start : fitted[0].end]:
        return None
    if around and not opens and text[fitted[0].start] not in _SINGLE:
        return None
    named = fitting.fitted(source, text, ()) if source else [None]
    if not named or (named[0] and (not content.covers(named[0]) or named[0].overlaps(fitted[0]))):
        return None
    return Draft((_within(fitted[0], content),), named[0], cue, 0.0)


def _opener(verb: Token) -> Span | None:
    """Who "As Lund told me, …" names, where ``verb`` is its verb."""
    doc = verb.doc
    behind = verb.i + 1 + (verb.i + 1 < len(doc) and doc[verb.i + 1].lower_ in ("me", "us"))
    if verb.lemma_ not in _OPENING or behind >= len(doc) or doc[behind].text != ",":
        return None
    for k in range(verb.i - 1, max(verb.i - LONGEST_OPENING, -1), -1):
        if doc[k].text == "As":
            named = doc[k + 1 : verb.i]
            return _whole(named[0], named[-1]) if any(word.pos_ in _SUBJECTS for word in named) else None
        if doc[k].pos_ == "VERB" or doc[k].is_punct:
            return None
    return None


def _clause(word: Token) -> Span | None:
    """The clause for what was said, as far as the parse or, behind a verb of saying, the sentence goes."""
    if any(child.lower_ in _UNSAID for child in word.children):
        return None
    behind = [child for child in word.children if child.i > word.i and child.left_edge.i > word.i]
    if word.pos_ == "NOUN":
        clauses = [c for c in behind if c.dep_ in ("acl", "ccomp") and any(w.lower_ == "that" for w in c.children)]
        return _whole(clauses[0].left_edge, clauses[0].right_edge) if clauses else None
    if word.lemma_ in SAYING:
        for clause in behind:
            if clause.dep_ == "ccomp":
                last = clause.right_edge
                rest = word.doc[last.i + 1 : word.sent.end]
                goes_on = any(other.dep_ == "conj" and other.head.i <= word.i for other in rest)
                return _whole(clause.left_edge, last if goes_on or not len(rest) else rest[-1])
    if word.lemma_ in ASKING:
        for clause in behind:
            if clause.dep_ in ("xcomp", "ccomp") and clause.left_edge.lower_ == "to":
                return _whole(clause.left_edge, clause.right_edge)
    return None


def _source(word: Token) -> Span | None:
    """Who said it: the owner of a noun, the subject of a verb."""
    if word.pos_ == "NOUN":
        owner = next((c for c in word.children if c.dep_ == "nmod:poss" and c.pos_ in _SUBJECTS), None)
        return _whole(owner.left_edge, owner) if owner is not None else None
    subject = _subject(word)
    if subject is None or subject.i > word.i or subject.pos_ not in _SUBJECTS:
        return None
    if any(child.lower_ in ("no", "any") for child in subject.children):
        return None
    # a relative clause that the verb itself stands in is no part of it
    own = [c.left_edge.i for c in subject.children if c.i > subject.i and c.left_edge.i <= word.i <= c.right_edge.i]
    last = min([subject.right_edge.i, word.i - 1, *(k - 1 for k in own)])
    first = next(left for left in word.doc[subject.left_edge.i : subject.i + 1] if left.pos_ not in _NO_BEGINNING)
    return _whole(first, word.doc[max(last, subject.i)])


def _subject(verb: Token) -> Token | None:
    """The verb's subject, or that of the verb that it leans on; for a clause behind a noun, the noun."""
    doc, near = verb.doc, verb.i - 1
    while near > 0 and doc[near].pos_ in ("AUX", "ADV"):
        near -= 1
    for _ in range(FARTHEST):
        if any(child.dep_ == "nsubj:pass" for child in verb.children):
            return None
        subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if verb.dep_ in ("acl", "acl:relcl") and (subject is None or subject.lower_ in _RELATIVE):
            return verb.head
        if subject is not None or verb.dep_ not in _LEANING:
            return subject
        if verb.dep_ == "advcl" and not verb.lower_.endswith("ing"):
            # a finite clause has a subject of its own, though the parse may give it to another verb
            return doc[near] if doc[near].dep_ == "nsubj" else None
        verb = verb.head
    return None


def _is_passive(verb: Token) -> bool:
    return verb.lemma_ in _TOLD and any(child.dep_ == "nsubj:pass" for child in verb.children)


def _is_same(inner: Span | None, outer: Span | None, text: str) -> bool:
    """Whether both sources end in one name: who tells what they said themselves passes nothing on."""
    return bool(inner and outer and inner.of(text).split()[-1] == outer.of(text).split()[-1])


def _span(word: Token) -> Span:
    return Span(word.idx, word.idx + len(word))


def _within(span: Span, content: Span) -> Span:
    start = max(span.start, content.start)
    return Span(start, max(start, min(span.end, content.end)))


def _whole(first: Token, last: Token) -> Span:
    """The words from ``first`` to ``last``, with the whole of the names that they begin and end in."""
    doc, start, end = first.doc, first.i, last.i
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I":
        end += 1
    return Span(doc[start].idx, _span(doc[end]).end)
