"""The noun phrases of an article by which it may name somebody or something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Token

from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# Dependents that are no part of a name: Universal Dependencies, and the labels of spaCy's English pipelines. Clauses
# and appositions are left out as well: an apposition is a phrase of its own.
_OUTSIDE: Final = frozenset(
    "acl acl:relcl advcl advcl:relcl advmod:emph appos aux aux:pass case cc conj cop csubj dep discourse expl mark "
    "neg nsubj nsubj:pass nsubj:outer obl parataxis preconj relcl vocative list ccomp xcomp".split()
)
_BEHIND: Final = frozenset("nmod obl nmod:desc nmod:unmarked prep".split())
# Of 1,462 names annotated in the tuning stories 73 % are a phrase cut this way; with the phrases behind the head
# kept to this length fewer are lost than by leaving them all out or keeping them all.
MOST_WORDS: Final = 12
_NAMES: Final = frozenset({"PROPN"})
_HEADS: Final = frozenset({"NOUN", "PROPN"})
_JOINTS: Final = frozenset("-–’'.&")
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "'s", "’s"})
_BRACKET: Final = re.compile(r"\s?\([^()\n]{1,20}\)")  # "(R-Va.)", "(HTS)"
_TIMES: Final = re.compile(
    r"^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with title and loaded words, without clauses and appositions.

    ``name`` are the words of the proper name at its heart, "" for a common noun; ``head`` is the lemma of a common
    noun, or the last word of a name; ``before`` the words that stand before the heart, in small letters, without the
    article. ``of`` is the start of the phrase to which it is an apposition. ``kind`` is the label of the name.
    """

    span: Span
    name: tuple[str, ...]
    head: str
    before: tuple[str, ...]
    article: str  # "the", "a", "" or another determiner or possessor, in small letters
    kind: str
    of: int | None
    short: str  # what stands in brackets behind it: an acronym or a party

    @property
    def surname(self) -> str:
        return self.name[-1].lower() if self.name else ""


def find(analysis: Analysis) -> list[Phrase]:
    """The noun phrases of an article's prose, in text order; none where the document has no parse."""
    doc = analysis.doc
    if not doc.has_annotation("DEP"):
        return []
    text, prose = analysis.article.text, analysis.layout.prose
    starts = {head.i: span for head, span in _phrases(doc)}
    found = []
    for number, (first, last) in starts.items():
        head = doc[number]
        span = Span(doc[first].idx, doc[last].idx + len(doc[last]))
        if any(part.covers(span) for part in prose):
            parent = starts.get(head.head.i) if head.dep_ == "appos" else None
            found.append(_phrase(head, first, last, doc[parent[0]].idx if parent else None, text))
    return sorted((p for p in found if p), key=lambda p: (p.span.start, -p.span.end))


def _phrases(doc: Doc) -> Iterator[tuple[Token, tuple[int, int]]]:
    for token in doc:
        if token.pos_ not in _HEADS or token.dep_ in ("flat", "fixed", "goeswith", "compound", "nmod:desc"):
            continue
        if _TIMES.match(token.text):
            continue
        first, last = _edges(token, _OUTSIDE)
        if last - first >= MOST_WORDS:
            first, last = _edges(token, _OUTSIDE | _BEHIND)
        if last - first < MOST_WORDS:
            yield token, (first, last)


def _edges(head: Token, outside: frozenset[str]) -> tuple[int, int]:
    """The first and last token of the phrase: an unbroken run around its head."""
    inside = {head.i}
    waiting = [head]
    while waiting:
        for child in waiting.pop().children:
            if child.head.i == head.i and child.dep_ in outside and not (child.dep_ in _BEHIND and child.i < head.i):
                continue
            inside.add(child.i)
            waiting.append(child)
    doc, first, last = head.doc, head.i, head.i
    while first - 1 in inside and not doc[first - 1].is_sent_end:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ in ("case", "cc", "mark")):
        first += 1
    while last > head.i and (doc[last].is_space or (doc[last].is_punct and doc[last].text not in '.)”"’')):
        last -= 1
    return first, last


def _phrase(head: Token, first: int, last: int, of: int | None, text: str) -> Phrase | None:
    doc = head.doc
    begin, end = _heart(head, first, last)
    name = tuple(t.text for t in doc[begin:end] if t.pos_ in _NAMES and t.lower_ not in _SUFFIXES)
    span = Span(doc[first].idx, doc[last].idx + len(doc[last]))
    behind = _BRACKET.match(text, span.end) if name and last + 1 == end else None
    if behind:
        span = Span(span.start, behind.end())
    span = _tidy(span, text)
    if span.end <= span.start:
        return None
    opening = doc[first]
    article = opening.lower_ if opening.pos_ in ("DET", "PRON") or opening.dep_ == "det" else ""
    before = tuple(t.lower_ for t in doc[first + bool(article) : begin] if t.is_alpha)
    lemma = (head.lemma_ or head.lower_).lower()
    kind = next((t.ent_type_ for t in reversed(doc[begin:end]) if t.ent_type_), "")
    short = behind.group().strip(" ()") if behind else ""
    return Phrase(span, name, name[-1].lower() if name else lemma, before, article, kind, of, short)


def _tidy(span: Span, text: str) -> Span:
    """Without a genitive, and without marks that have no partner in the phrase."""
    words = span.of(text)
    for ending in ("'s", "’s", ",", '"', "”"):
        if words.endswith(ending) and not (ending in '"”' and words.count(ending) + words.count("“") > 1):
            words = words.removesuffix(ending)
    if words.endswith(".") and len(words.split()[-1]) > 5:
        words = words.removesuffix(".")
    return Span(span.start, span.start + len(words.rstrip()))


def _heart(head: Token, first: int, last: int) -> tuple[int, int]:
    """The tokens [start, end) of the proper name around the head, or the head alone."""
    doc = head.doc
    if head.pos_ not in _NAMES:
        return head.i, head.i + 1
    begin = end = head.i
    while end < last and _goes_on(doc[end + 1], doc[end]):
        end += 1
    while begin > first and _goes_on(doc[begin - 1], doc[begin]):
        begin -= 1
    while end > head.i and doc[end].pos_ not in _NAMES:
        end -= 1
    while begin < head.i and doc[begin].pos_ not in _NAMES:
        begin += 1
    return begin, end + 1


def _goes_on(token: Token, beside: Token) -> bool:
    return token.pos_ in _NAMES or (token.text in _JOINTS and beside.pos_ in _NAMES)
