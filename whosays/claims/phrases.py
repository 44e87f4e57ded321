"""The noun phrases of an article by which it may name somebody or something.

They are read off the word classes, from a determiner or the first word before a noun to the noun, and not off the
parse: on the tuning stories 76 % of the annotated names are such a run of words (with what follows in brackets or
behind "of"), against 73 % for subtrees of the parse, and a wrong arc costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from spacy.tokens import Doc, Token

from whosays.statements.analysis import Analysis
from whosays.text.span import Span

# Nouns that say what somebody is: before a name a title, alone a way of naming whoever bears it.
ROLES: Final = frozenset(
    "president senator representative congressman congresswoman governor mayor secretary minister chancellor king "
    "queen prince princess leader speaker chairman chairwoman chair chief head director judge justice attorney lawyer "
    "general admiral colonel captain commander sergeant sheriff officer official spokesman spokeswoman spokesperson "
    "adviser advisor aide candidate nominee lawmaker legislator ambassador envoy commissioner professor doctor founder "
    "owner executive premier dictator democrat republican businessman billionaire veteran activist counsel manager "
    "coach author actor singer reverend rev bishop pope sen rep gov gen sgt lt col capt dr mr mrs ms miss sir lord "
    "lady sens reps prof hon ag vp ceo".split()
)
_BEFORE: Final = frozenset({"ADJ", "NUM", "NOUN", "PROPN", "SYM", "X"})
_HEADS: Final = frozenset({"NOUN", "PROPN", "X"})
POSSESSORS: Final = frozenset("his her their its our my your whose".split())
_POINTERS: Final = frozenset("this that these those".split())
_GENITIVES: Final = frozenset({"'s", "’s", "'", "’"})
_JOINTS: Final = _GENITIVES | {"-", "–", "&", "/"}
_OUTSIDE: Final = frozenset({"worth", "whose"})  # words that stand before a noun phrase and are no part of it
_HYPHENS: Final = frozenset("-–")
_QUOTES: Final = frozenset('"“‘')
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_BRACKET: Final = re.compile(r"\s?\([^()\n]{1,20}\)")  # "(R-Va.)", "(HTS)"
_TIMES: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)|last|yesterday|today|tomorrow|tonight)"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with title and loaded words, without clauses and appositions.

    ``name`` are the words of the proper name at its end, without title; none for a common noun. ``head`` is the lemma
    of a common noun, or the last word of a name, in small letters; ``before`` the words before it without the
    determiner, in small letters. ``determiner`` is "the", "his" and the like, or "". ``kind`` is the label of the
    name; ``short`` what stands in brackets behind it: an acronym or a party. ``apposed`` is the start of the phrase
    that it explains, or is explained by, as in "Fleury, the harbour master". ``counted`` tells that a number or a
    currency sign is part of it, ``named_after`` that a proper name stands before a common noun ("the Orsk dam").
    """

    span: Span
    name: tuple[str, ...]
    head: str
    before: tuple[str, ...] = ()
    determiner: str = ""
    kind: str = ""
    short: str = ""
    apposed: int | None = None
    counted: bool = False
    named_after: bool = False


@dataclass(slots=True)
class _Run:
    """Tokens [start, end) of a phrase, ``head`` among them the last noun."""

    start: int
    end: int
    head: int = field(init=False)

    def __post_init__(self) -> None:
        self.head = self.end - 1


@dataclass(frozen=True, slots=True)
class _Words:
    """A document in columns, each read once: asking spaCy word by word takes most of the time that all this takes.

    ``starts`` and ``ends`` are characters, ``head`` the place of the word above, ``spaced`` the space behind a word or
    "", ``opens`` tells whether it begins a sentence, ``counts`` whether it is a number or a currency sign.
    """

    tokens: list[Token]
    text: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    starts: list[int]
    ends: list[int]
    spaced: list[str]
    opens: list[bool]
    counts: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> _Words:
        tokens = list(doc)
        pos = [t.pos_ for t in tokens]
        columns = doc.to_array(["HEAD", "IDX", "LENGTH", "SENT_START", "LIKE_NUM", "IS_CURRENCY"]).astype(np.int64)
        above, starts, length, opens, like_num, currency = columns.reshape(-1, 6).T
        return cls(
            tokens=tokens,
            text=[t.text for t in tokens],
            lower=[t.lower_ for t in tokens],
            pos=pos,
            dep=[t.dep_ for t in tokens],
            head=(np.arange(len(tokens)) + above).tolist(),
            starts=starts.tolist(),
            ends=(starts + length).tolist(),
            spaced=[t.whitespace_ for t in tokens],
            opens=(opens == 1).tolist(),
            counts=((np.array(pos) == "NUM") | (like_num > 0) | (currency > 0)).tolist(),
        )


def find(analysis: Analysis) -> list[Phrase]:
    """The noun phrases of an article's prose, in text order; none where the document has no word classes."""
    if not analysis.doc.has_annotation("POS"):
        return []
    words, text = _Words.of(analysis.doc), analysis.article.text
    prose = iter(analysis.layout.prose)
    part = next(prose, None)
    runs = []
    for run in _runs(words):
        start, end = words.starts[run.start], words.ends[run.head]
        while part and part.end <= start:
            part = next(prose, None)
        if part and part.start <= start and end <= part.end:
            runs.append(run)
    apposed = _appositions(words, runs)
    found = [_phrase(words, run, text, apposed.get(k)) for k, run in enumerate(runs)]
    return sorted(found, key=lambda p: (p.span.start, -p.span.end))


def _runs(words: _Words) -> Iterator[_Run]:
    """Runs of words that end in a noun; the possessor of a longer run is a run as well."""
    at = 0
    while at < len(words.text):
        end = _end(words, at)
        if end is None:
            at += 1
            continue
        yield _Run(at, end)
        for place in range(at + 1, end - 1):
            if words.text[place] in _GENITIVES and words.pos[place - 1] in _HEADS and not _within_name(words, place):
                yield _Run(at, place)
        at = end


def _within_name(words: _Words, place: int) -> bool:
    """Whether a genitive is part of a name: "the Farmers' League" is no league of some farmers."""
    if words.tokens[place].ent_iob_ == "I":
        return True
    return words.text[place] in ("'", "’") and words.text[place - 1][0].isupper() and words.text[place + 1][0].isupper()


def _hyphened(words: _Words, at: int) -> bool:
    """Whether a word is joined to its neighbour by a hyphen: "brother-in-law" is one word, whatever "in" is."""
    before = at > 1 and words.text[at - 1] in _HYPHENS and not words.spaced[at - 1] and not words.spaced[at - 2]
    behind = at + 1 < len(words.text) and words.text[at + 1] in _HYPHENS and not words.spaced[at]
    return before or (behind and not words.spaced[at + 1])


def _end(words: _Words, start: int) -> int | None:
    """Where the run that begins at ``start`` ends: behind its last noun; ``None`` if it has none."""
    end = None
    for at in range(start, len(words.text)):
        pos, first = words.pos[at], at == start
        if not first and words.opens[at] and not words.text[at - 1].endswith("."):
            break
        if first and words.lower[at] in _OUTSIDE:
            break
        if pos == "DET" or words.lower[at] in POSSESSORS or (words.lower[at] in _POINTERS and words.dep[at] == "det"):
            if not first and words.pos[at - 1] != "DET":
                break
        elif pos in _BEFORE and not _TIMES.fullmatch(words.text[at]):
            end = at + 1 if pos in _HEADS else end
        elif words.tokens[at].is_alpha and _hyphened(words, at):
            continue
        elif first or not _joins(words, at):
            break
    return end


def _joins(words: _Words, at: int) -> bool:
    """Whether a word that is no noun and no adjective can stand inside a noun phrase."""
    if at + 1 == len(words.text):
        return False
    if words.text[at] in _JOINTS:
        return True
    if words.text[at] in _QUOTES:
        return words.pos[at + 1] in _BEFORE
    if words.pos[at] == "VERB":
        return words.dep[at] == "amod"
    return words.pos[at] == "ADV" and words.dep[words.head[at]] == "amod" and words.pos[at + 1] in ("ADJ", "VERB")


def _appositions(words: _Words, runs: Sequence[_Run]) -> dict[int, int]:
    """By place in ``runs``: the first character of the run that the parse makes it an apposition of."""
    holder = {at: k for k, run in reversed(list(enumerate(runs))) for at in range(run.start, run.end)}
    found = {}
    for k, run in enumerate(runs):
        for at in range(run.start, run.end):
            other = holder.get(words.head[at]) if words.dep[at] == "appos" else None
            if other is not None and runs[other].end <= run.start:
                found[k] = words.starts[runs[other].start]
    return found


def _phrase(words: _Words, run: _Run, text: str, apposed: int | None) -> Phrase:
    first, last = run.start, run.end - 1
    leads = words.pos[first] in ("DET", "PRON") or words.lower[first] in _POINTERS
    lead = words.lower[first] if leads and first < last else ""
    name = _proper(words, run)
    span = Span(words.starts[first], words.ends[last])
    behind = _BRACKET.match(text, span.end) if name else None
    rest = range(first + bool(lead), run.end - max(1, len(name)))
    return Phrase(
        span=Span(span.start, behind.end()) if behind else _with_of(words, run, span),
        name=name,
        head=name[-1].lower() if name else _plain(words.tokens[last].lemma_ or words.text[last]),
        before=tuple(_plain(words.text[at]) for at in rest if words.tokens[at].is_alpha or "." in words.text[at]),
        determiner="whose" if first and words.lower[first - 1] == "whose" else lead,
        kind=words.tokens[last].ent_type_,
        short=behind.group().strip(" ()") if behind else "",
        apposed=apposed,
        counted=any(words.counts[first : run.end]),
        named_after=not name and any(words.pos[at] == "PROPN" and words.text[at][0].isupper() for at in rest),
    )


def _with_of(words: _Words, run: _Run, span: Span) -> Span:
    """The phrase with what follows "of": "the president of the republic"."""
    if run.end + 1 >= len(words.text) or words.lower[run.end] != "of":
        return span
    end = _end(words, run.end + 1)
    return Span(span.start, words.ends[end - 1]) if end else span


def _proper(words: _Words, run: _Run) -> tuple[str, ...]:
    """The proper name at the end of a run, without the titles before it; empty for a common noun."""
    name: list[str] = []
    for at in reversed(range(run.start, run.end)):
        word = words.text[at]
        if word in ("-", "–", "'", "’", "&") and name:
            continue
        if words.pos[at] not in ("PROPN", "X") or not word[0].isupper() or _plain(word) in ROLES:
            break
        name.insert(0, word)
    while name and name[-1].lower() in _SUFFIXES:
        name.pop()
    return tuple(name)


def _plain(word: str) -> str:
    return word.lower().rstrip(".")
