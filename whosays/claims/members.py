"""What is compared across articles: the sentences and clauses of statements and of the outlets' own voice."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from whosays.claims import amounts
from whosays.claims.claim import Passage
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Statement
from whosays.text.span import Span

FEWEST_ROOTS: Final = 2  # content words; less puts no proposition
FEWEST_CLAUSE_WORDS: Final = 4
CORE_SHARE: Final = 0.5  # of the words of its clause; what is longer is as good as the clause
OPENING: Final = 400  # characters: where an article says what its news is

# Clauses that an outlet hangs on a sentence and that put a proposition of their own; Universal Dependencies and
# the labels of spaCy's English pipelines.
_CLAUSES: Final = frozenset("acl acl:relcl advcl appos ccomp conj parataxis relcl".split())
# What can be cut off behind or before a predicate without which its clause still reads.
CUT: Final = frozenset("acl acl:relcl advcl appos conj dep list parataxis relcl".split())
PREDICATES: Final = frozenset({"VERB", "AUX"})
# Words that only say that something was said; cues stand outside the content of a statement but not of a passage.
_SAYING: Final = frozenset("say tell add ask call note write report accord statement comment mr. mrs. ms.".split())
_ENDING: Final = re.compile(r"(?:ations?|ments?|ness|ings?|edly|ies|ied|ers?|ors?|ions?|ity|ive|als?|ed|es|ly|s|e|y)$")


@dataclass(frozen=True, slots=True)
class Member:
    """A sentence or clause that can put the same proposition as one in another article.

    ``article`` is the article's place among those compared, ``statement`` the statement that it is part of (``None``
    where the outlet speaks), ``whole`` the sentence that a clause is part of, or its own span. ``roots`` are the
    content words without their endings, in text order; ``opens`` tells that it stands where the article opens.
    """

    article: int
    span: Span
    whole: Span
    statement: Statement | None
    roots: tuple[str, ...]
    opens: bool
    amounts: frozenset[amounts.Amount]

    @property
    def values(self) -> frozenset[float]:
        """The numbers alone, whatever they count."""
        return frozenset(amount.value for amount in self.amounts)

    @property
    def key(self) -> tuple[int, int, int, str]:
        """Where the member stands: a full key to sort by."""
        return self.article, self.span.start, self.span.end, self.statement.id if self.statement else ""


@dataclass(frozen=True, slots=True)
class Members:
    """All members of a story, in text order, with their ``vectors`` [members, width] and the ``weight`` of each root.

    The weight of a root is its inverse frequency among the sentences of the story: what every sentence names tells
    nothing about which of them say the same.
    """

    all: tuple[Member, ...]
    vectors: NDArray[np.float32]
    weight: Mapping[str, float]

    def weigh(self, roots: frozenset[str]) -> float:
        """The sum of the weights, in a fixed order, so that the last digit is the same every time."""
        return math.fsum(self.weight[root] for root in roots)


@dataclass(frozen=True, slots=True)
class Own:
    """The members of one article, in text order, with their vectors [members, width]."""

    all: tuple[Member, ...]
    vectors: NDArray[np.float32]


def of_article(place: int, analysis: Analysis) -> Own:
    """The members of the article at ``place``; a clause is listed beside the sentence that it is part of."""
    found = sorted(_of(place, analysis), key=lambda m: m.key)
    return Own(tuple(found), analysis.embed([m.span for m in found]))


def join(articles: Sequence[Own], statements: Mapping[str, Statement]) -> Members:
    """The members of all articles, given in their order; ``statements``: by id, as they stand now."""
    found = [
        replace(member, statement=statements[member.statement.id]) if member.statement else member
        for own in articles
        for member in own.all
    ]
    if not found:
        return Members((), np.zeros((0, 1), np.float32), {})
    vectors = np.concatenate([own.vectors for own in articles if own.all])
    sentences = [set(m.roots) for m in found if m.span == m.whole]
    frequency = Counter(root for roots in sentences for root in roots)
    every = {root for m in found for root in m.roots}
    weight = {root: math.log((len(sentences) + 1) / (frequency[root] + 0.5)) for root in sorted(every)}
    return Members(tuple(found), vectors, weight)


def passage(member: Member, analyses: Sequence[Analysis]) -> Passage:
    """The member as a passage of its article."""
    return Passage(analyses[member.article].article.id, member.span)


def _of(place: int, analysis: Analysis) -> Iterator[Member]:
    doc, prose = analysis.doc, analysis.layout.prose
    until = OPENING + (prose[0].start if prose else 0)
    for statement in analysis.statements:
        said = [(span, sentence) for span in statement.content for sentence in _sentences(doc, span)]
        for any_words in (False, True):  # a statement can be shared, however little it says
            found = [
                member
                for span, sentence in said
                for member in _member(_Where(place, until, span, statement), sentence, sentence, any_words)
            ]
            if found:
                yield from found
                break
    for voice in analysis.voice:
        for sentence in _sentences(doc, voice):
            if _asserts(sentence):
                for words in _with_cores((sentence, *_clauses(sentence))):
                    yield from _member(_Where(place, until, voice), words, sentence)
    for source in _sources(analysis):
        for sentence in _sentences(doc, source):
            for words in _with_cores(tuple(_clauses(sentence))):
                yield from _member(_Where(place, until, source), words, sentence)


def _sources(analysis: Analysis) -> list[Span]:
    """The outermost sources that stand in the outlet's own words, in text order."""
    told = analysis.told()
    found: list[Span] = []
    for source in sorted({s.source for s in analysis.statements if s.source}, key=lambda s: (s.start, -s.end)):
        within = found and source.end <= found[-1].end
        if not within and not any(told[slice(*source)]):
            found.append(source)
    return found


def _inner(span: Span, part: Span) -> Span:
    return Span(max(span.start, part.start), min(span.end, part.end))


def _asserts(words: Tokens) -> bool:
    """Whether what is left of a sentence beside its statements has a verb: "on the Senate floor" asserts nothing."""
    return not words.doc.has_annotation("POS") or any(token.pos_ in PREDICATES for token in words)


def _predicates(token: Token) -> bool:
    """Whether a word can say something of what is named; all can where the word classes are not known."""
    class_ = token.pos_
    return class_ not in ("PROPN", "NUM", "PUNCT", "DET", "ADP", "PRON", "X") and (bool(root_of(token)) or not class_)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a member stands: in which article, which opens ``until`` there, and within which part of its text.

    A part can begin or end within a word of the document.
    """

    place: int
    until: int
    part: Span
    statement: Statement | None = None


def _member(where: _Where, words: Tokens, whole: Tokens, any_words: bool = False) -> Iterator[Member]:
    """The member that words make, if they can put a proposition: several content words, one that says something.

    ``any_words``: one content word is enough.
    """
    roots = tuple(filter(None, map(root_of, words)))
    if not roots or not (any_words or (len(roots) >= FEWEST_ROOTS and any(map(_predicates, words)))):
        return
    yield Member(
        article=where.place,
        span=_inner(_span(words), where.part),
        whole=_inner(_span(whole), where.part),
        statement=where.statement,
        roots=roots,
        opens=words.start_char < where.until,
        amounts=amounts.find(words),
    )


def _sentences(doc: Doc, span: Span) -> Iterator[Tokens]:
    """The stretches of ``span`` that lie within one sentence, without punctuation at their ends."""
    words = doc.char_span(span.start, span.end, alignment_mode="expand")
    if words is None:
        return
    start = words.start
    for token in words[1:]:
        if token.is_sent_start:
            yield from _some(trimmed(doc, start, token.i))
            start = token.i
    yield from _some(trimmed(doc, start, words.end))


def _some(words: Tokens) -> tuple[Tokens, ...]:
    return (words,) if len(words) else ()


def trimmed(doc: Doc, start: int, end: int, kept: str = "") -> Tokens:
    """Words [start, end) without marks and conjunctions at their ends, but for a first mark that is in ``kept``."""
    while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "mark")):
        if doc[start].text in kept:
            break
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in ",;:-–—"):
        end -= 1
    return doc[start:end]


def _clauses(sentence: Tokens) -> Iterator[Tokens]:
    """The clauses within a sentence that read on their own: each a predicate with all that hangs on it."""
    if not sentence.doc.has_annotation("DEP"):
        return
    for token in sentence:
        if token.dep_ not in _CLAUSES or (token.pos_ not in PREDICATES and token.dep_ != "appos"):
            continue
        first, last = token.left_edge.i, token.right_edge.i + 1
        if first < sentence.start or last > sentence.end or last - first < FEWEST_CLAUSE_WORDS:
            continue
        if (first, last) == (sentence.start, sentence.end):
            continue
        yield from _some(trimmed(sentence.doc, first, last))


def _with_cores(clauses: Sequence[Tokens]) -> Iterator[Tokens]:
    """The clauses, and the core of each that is long beside it."""
    found = {(words.start, words.end): words for words in clauses}
    for words in clauses:
        for core in _core(words):
            if (core.start, core.end) not in found and core.end - core.start <= CORE_SHARE * (words.end - words.start):
                found[core.start, core.end] = core
    yield from found.values()


def _core(clause: Tokens) -> Iterator[Tokens]:
    """A clause without the clauses that stand before and behind its predicate."""
    doc = clause.doc
    if CORE_SHARE * len(clause) < FEWEST_CLAUSE_WORDS or not doc.has_annotation("DEP"):
        return
    root = clause.root
    first, last = clause.start, clause.end
    for token in clause:
        if token.dep_ not in CUT or token.i == root.i:
            continue
        left, right = token.left_edge.i, token.right_edge.i + 1
        if left > root.i and token.pos_ in PREDICATES:
            last = min(last, left)
        elif right <= root.i and token.head.i == root.i:
            first = max(first, right)
    if last - first >= FEWEST_CLAUSE_WORDS:
        yield from _some(trimmed(doc, first, last))


def _span(words: Tokens) -> Span:
    return Span(words.start_char, words.end_char)


def root_of(token: Token) -> str:
    """The root of a word that says what the sentence is about; "" for any other."""
    if token.is_stop and not token.like_num:
        return ""
    return _telling(token.text, token.lemma_ or token.lower_)


@lru_cache(maxsize=100_000)
def _telling(text: str, lemma: str) -> str:
    lemma = lemma.lower()
    return _root(lemma) if lemma not in _SAYING and any(c.isalnum() for c in text) else ""


def _root(word: str) -> str:
    """A word without what its class adds: "endorsed", "endorsing" and "endorsement" are one."""
    word = word.replace("’", "'").removesuffix("'s").replace(".", "") or word
    if len(word) <= 4 or not word.isalpha():
        return word
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= 4 else word[:5]
