"""The noun phrases of an article by which it may name somebody or something.

A phrase is a run of words that ends in a noun (see runs.py), with what belongs to it behind: the party in brackets, the
prepositional phrase, the apposition.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from whosays.claims import runs
from whosays.claims.columns import Columns
from whosays.claims.runs import Run
from whosays.statements import nouns
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

_BRACKET: Final = re.compile(  # "(R-Va.)", "(HTS)", ", D-N.Y."
    r"\s?\([^()\n]{1,20}\)|,\s[A-Z]{1,3}-[A-Z][\w.]*(?:\s[A-Z]\w+)?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with title and loaded words: ``core`` alone, ``span`` with what belongs to it behind.

    ``name`` are the words of the proper name at its end, without title; none for a common noun. ``head`` is the lemma
    of a common noun, or the last word of a name, in small letters; ``before`` the words before it without the
    determiner, in small letters. ``determiner`` is "the", "his" and the like, or "". ``kind`` is the label of the
    name; ``short`` what stands in brackets behind it: an acronym or a party. ``apposed`` is the start of the phrase
    that it explains, or is explained by, as in "Fleury, the harbour master". ``counted`` tells that a number or a
    currency sign is part of it. ``suffix`` is the "jr" of a name, ``initials`` are those of an organisation's name.
    """

    span: Span
    core: Span
    name: tuple[str, ...]
    head: str
    before: tuple[str, ...] = ()
    determiner: str = ""
    kind: str = ""
    short: str = ""
    apposed: int | None = None
    counted: bool = False
    suffix: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's words and noun phrases, the phrases in text order; ``holder``: by word, the phrase it stands in.

    Of several phrases around one word ``holder`` has the one that ends with it, or else the longest.
    """

    words: Columns
    phrases: list[Phrase]
    holder: Mapping[int, Phrase]


def read(analysis: Analysis) -> Reading | None:
    """The noun phrases of an article's prose that are no dates; ``None`` where the document has no word classes."""
    if not analysis.doc.has_annotation("POS"):
        return None
    words, text = Columns.of(analysis.doc, analysis.article.text), analysis.article.text
    dates = {time.span.end for time in analysis.times}
    dates |= {at for time in analysis.times for at in range(time.span.start + 1, time.span.end)}
    prose = iter(analysis.layout.prose)
    part = next(prose, None)
    inside = []
    for run in runs.find(words):
        start, end = words.starts[run.start], words.ends[run.head]
        while part and part.end <= start:
            part = next(prose, None)
        if part and part.start <= start and end <= part.end and end not in dates:
            inside.append(run)
    apposed = runs.appositions(words, inside)
    found = [_phrase(words, run, text, apposed.get(k)) for k, run in enumerate(inside)]
    _explained(found, text)
    holder: dict[int, Phrase] = {}
    for run, phrase in zip(inside, found, strict=True):
        for at in range(run.start, run.end):
            holder.setdefault(at, phrase)
        holder[run.head] = phrase
    return Reading(words, sorted(found, key=lambda p: (p.span.start, -p.span.end)), holder)


def _explained(found: list[Phrase], text: str) -> None:
    """People with what stands between commas behind them, where the parse has not seen that it explains them."""
    for k, (one, behind) in enumerate(itertools.pairwise(found)):
        if one.kind != "PER" or not one.name or behind.name or behind.apposed is not None:
            continue
        between = text[one.span.end : behind.core.start] == ", " and text[behind.span.end : behind.span.end + 1]
        if between and between in ",.;" and (behind.head in nouns.ROLES or behind.determiner in ("a", "an")):
            found[k] = replace(one, span=Span(one.span.start, behind.span.end))
            found[k + 1] = replace(behind, apposed=one.span.start)


def _phrase(words: Columns, run: Run, text: str, apposed: int | None) -> Phrase:
    first, last = run.start, run.end - 1
    leads = words.pos[first] in ("DET", "PRON") or words.lower[first] in runs.POINTERS
    lead = words.lower[first] if leads and first < last else ""
    name = _proper(words, run)
    span = Span(words.starts[first], words.ends[last])
    behind = _BRACKET.match(text, span.end) if name else None
    end = max(runs.reach(words, run), behind.end() if behind else _with_of(words, run, span))
    rest = range(first + bool(lead), run.end - max(1, len(name)))
    return Phrase(
        span=Span(span.start, end),
        core=Span(span.start, behind.end()) if behind else span,
        initials=_initials(words, text, run, end) if name else "",
        name=name,
        head=name[-1].lower() if name else runs.plain(words.lemma[last] or words.text[last]),
        before=tuple(runs.plain(words.text[at]) for at in rest if words.text[at].isalpha() or "." in words.text[at]),
        determiner="whose" if first and words.lower[first - 1] == "whose" else lead,
        kind=words.entity[last],
        short=behind.group().strip(" ()") if behind else "",
        apposed=apposed,
        counted=any(words.counts[first : run.end]),
        suffix=words.lower[last].rstrip(".") if name and words.lower[last] in runs.SUFFIXES else "",
    )


def _with_of(words: Columns, run: Run, span: Span) -> int:
    """The character behind the phrase with what follows "of": "the president of the republic"."""
    if run.end + 1 >= len(words.text) or words.lower[run.end] != "of":
        return span.end
    end = runs.end_of(words, run.end + 1)
    return words.ends[end - 1] if end else span.end


def _proper(words: Columns, run: Run) -> tuple[str, ...]:
    """The proper name at the end of a run, without the titles before it; empty for a common noun."""
    name: list[str] = []
    end = run.end
    while end > run.start + 1 and (words.lower[end - 1] in runs.SUFFIXES or words.text[end - 1] == ","):
        end -= 1
    kind = words.entity[end - 1]
    for at in reversed(range(run.start, end)):
        word = words.text[at]
        if word in ("-", "–", "'", "’", "&") and name:
            continue
        if name and kind == "PER" != words.entity[at]:
            break  # "Chief of Staff John Kelly"
        body = kind == words.entity[at] == "ORG" and (word[0].isupper() or words.inside[at])
        if not (body and name) and (words.pos[at] not in ("PROPN", "X") or not word[0].isupper()):
            break
        if runs.plain(word) in nouns.ROLES:
            break
        name.insert(0, word)
    while name and not name[0][0].isupper():
        name.pop(0)
    return tuple(name)


def _initials(words: Columns, text: str, run: Run, reach: int) -> str:
    """The first letters of the capitalised words of an organisation's name, "of ..." included, in small letters."""
    if words.entity[run.end - 1] == "PER" or words.entity[run.end - 1] == "":
        return ""
    whole = re.split(r"[,;(—–]| -", text[words.starts[run.start] : reach], maxsplit=1)[0]
    letters = [word[0] for word in whole.split() if word[0].isupper() and word.lower() not in ("the", "a", "an")]
    return "".join(letters).lower() if len(letters) > 1 else ""
