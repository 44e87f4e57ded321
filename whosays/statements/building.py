"""From the attributions of a marked document to statements, as far as one article tells by itself.

The model says which words have which role; what is decided here is what an editor would call one statement: quotation
marks are hard evidence for where a content begins and ends, a further paragraph of a quotation is a statement of its
own, and a second cue ("… and added") has the source of the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from whosays.language import quotation
from whosays.language.attribution import Attribution, Stretch
from whosays.language.marking import Marked
from whosays.language.quotation import Quotation
from whosays.statements import cited, fitting, hearsay, nested
from whosays.statements.draft import Draft
from whosays.text.span import Span

# How a verb can lean on another one that its subject belongs to ("said … and added", "spoke, adding").
JOINED = ("conj", "advcl", "xcomp", "parataxis")
FARTHEST_VERB = 4
RELATIVE = ("who", "which", "that", "what", "it", "there", "this")


LEAD = 16  # characters before a cue where its "not" may stand
_ASKS = re.compile(r"\b(?:ask|request|insist|declin|refus|condition|agree|spoke|speak)", re.IGNORECASE)
_UNNAMED = re.compile(
    r"(?:(?:that )?(?:he|she|they|it|(?:his|her|their) names?) )?(?:(?:not )?(?:to )?(?:not )?(?:be|remain|stay) )?"
    r"(?:further |publicly )?"
    r"(?:(?:not )?(?:be )?(?:named|identified|quoted by name)|anonymous|unnamed|(?:for )?anonymity)\b",
    re.IGNORECASE,
)
_SILENT = re.compile(
    r"\b(?:(?:not|never)|\w+n[’']t|declined to|refused to) (?:yet |immediately |publicly )?"
    r"(?:say|said|comment|tell|disclose|specify|reveal)$",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"nothing(?: (?:in public|publicly|yet|so far|further|more|else|new|at all))*(?: (?:about|on|of|to|regarding)\b.*)?"
)
_SAID = re.compile(r"\b(?:say|says|said|saying)$")
_OPEN = re.compile(r"(?:who|whom|whose|whether|if|why|when|where|how|which|what|on|about|further)\b", re.IGNORECASE)


def drafts(marked: Marked) -> list[Draft]:
    """The statements of one article, in text order."""
    text = marked.text
    quotations = quotation.find(text)
    found: list[Draft] = []
    for attribution in marked.attributions:
        made = _from(attribution, marked, quotations) if attribution.content else []
        # without a cue only quotation marks show that anybody is quoted
        found += [draft for draft in made if draft.cue or _is_quoted(draft, quotations)]
    found = [draft for draft in found if not _says_nothing(draft, text, quotations)]
    found = _apart(sorted(found, key=_place))
    found = cited.credit([_with_source(draft, found, marked.doc) for draft in found], marked.doc, text)
    found += [draft for find in (nested.find, hearsay.find) for draft in find(marked.doc, text, found, quotations)]
    return sorted(found, key=_place)


def _place(draft: Draft) -> tuple[tuple[Span, ...], Span]:
    return draft.content, draft.cue or Span(0, 0)


def _from(attribution: Attribution, marked: Marked, quotations: Sequence[Quotation]) -> list[Draft]:
    """One draft for the paragraph of the cue, and one for each further paragraph that the content runs through."""
    text = marked.text
    cue = _span(attribution.cue, marked)
    # "reportedly" says that others say it, whoever stands near
    nobody = cue and hearsay.ADVERB.fullmatch(cue.of(text))
    source = None if nobody else _span(attribution.source, marked)
    # what holds the cue too is a quotation whose marks were paired wrongly, or one that tells of what others say
    quotations = [quote for quote in quotations if not (cue and quote.span.covers(cue))]
    pieces: list[Span] = []
    for stretch in attribution.content:
        for piece in fitting.lines(marked.span(stretch.start, stretch.end), text):
            pieces += [_with_that(own, marked) for own in fitting.fitted(piece, text, quotations)]
    pieces = fitting.joined(sorted(set(pieces)), text)
    share = min(s.share for s in (*attribution.content, *filter(None, (attribution.source, attribution.cue))))
    by_paragraph: dict[int, list[Span]] = {}
    for piece in pieces:
        by_paragraph.setdefault(text.count("\n", 0, piece.start), []).append(piece)
    home = text.count("\n", 0, cue.start) if cue else None
    if by_paragraph and home not in by_paragraph:
        home = min(by_paragraph)
    return [
        Draft(tuple(own), *((source, cue) if line == home else (None, None)), share)
        for line, own in sorted(by_paragraph.items())
    ]


def _with_that(piece: Span, marked: Marked) -> Span:
    """ "rejected that account": the word belongs to what is said where it points at something."""
    before = Span(piece.start - len("that "), piece.start)
    if before.start < 0 or before.of(marked.text).lower() != "that ":
        return piece
    word = marked.doc.char_span(before.start, before.end - 1)
    return Span(before.start, piece.end) if word is not None and word[0].dep_ == "det" else piece


def _is_quoted(draft: Draft, quotations: Sequence[Quotation]) -> bool:
    return any(quote.span.overlaps(span) for span in draft.content for quote in quotations)


def _says_nothing(draft: Draft, text: str, quotations: Sequence[Quotation]) -> bool:
    """Whether a draft tells only that somebody asks to stay unnamed, will not say, or said nothing."""
    if draft.cue is None or any(quote.span.overlaps(span) for quote in quotations for span in draft.content):
        return False
    before = text[max(draft.cue.start - LEAD, 0) : draft.cue.start]
    cue, content = draft.cue.of(text), draft.content[0].of(text)
    if (_UNNAMED.match(content) and _ASKS.search(cue)) or (_NOTHING.fullmatch(content) and _SAID.search(cue)):
        return True
    will_not = _SILENT.search(f"{before}{cue}")
    return bool(will_not and will_not.end() > len(before) and _OPEN.match(content))


def _span(stretch: Stretch | None, marked: Marked) -> Span | None:
    return marked.span(stretch.start, stretch.end) if stretch else None


def _apart(found: Sequence[Draft]) -> list[Draft]:
    """Where fitting made two contents overlap, the surer one keeps the words."""
    kept: list[Draft] = []
    for draft in sorted(found, key=lambda d: (-d.confidence, d.content)):
        taken = [span for other in kept for span in other.content]
        free = tuple(span for span in draft.content if not any(span.overlaps(t) for t in taken))
        if free:
            kept.append(Draft(free, draft.source, draft.cue, draft.confidence))
    return sorted(kept, key=lambda d: d.content)


def _with_source(draft: Draft, drafts: Sequence[Draft], doc: Doc) -> Draft:
    """A cue without a source of its own has its verb's subject, or that of the verb that it is joined to."""
    if draft.source or not draft.cue:
        return draft
    verb = _root(doc, draft.cue)
    for _ in range(FARTHEST_VERB):
        if verb is None or verb.pos_ not in ("VERB", "AUX"):
            break
        subject = _subject(verb, drafts)
        if subject and not any(subject.overlaps(span) for span in (*draft.content, draft.cue)):
            return replace(draft, source=subject)
        if verb.dep_ not in JOINED or any(child.dep_ == "nsubj:pass" for child in verb.children):
            break
        verb = verb.head
    return draft


def _subject(verb: Token, drafts: Sequence[Draft]) -> Span | None:
    """The source that another draft has for this verb, or the verb's subject with all that hangs on it."""
    for other in drafts:
        if other.source and other.cue and other.cue.start <= verb.idx < other.cue.end:
            return other.source
    for child in verb.children:
        if child.dep_ == "nsubj" and child.pos_ in ("NOUN", "PROPN", "PRON") and child.lower_ not in RELATIVE:
            first, last = child.doc[child.left_edge.i], child.doc[child.right_edge.i]
            own = Span(first.idx, last.idx + len(last))
            return next((d.source for d in drafts if d.source and d.source.overlaps(own)), own)
    return None


def _root(doc: Doc, span: Span) -> Token | None:
    """The word of a span that the others hang on."""
    own = doc.char_span(span.start, span.end, alignment_mode="expand")
    return own.root if own is not None else None
