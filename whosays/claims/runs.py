"""Where the noun phrases of an article begin and end, and how far each reaches.

They are read off the word classes, from a determiner or the first word before a noun to the noun, and not off the
parse: on the tuning stories 76 % of the annotated names begin and end so (with what follows in brackets or behind
"of"), against 73 % for subtrees of the parse, and a wrong arc costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from whosays.claims.columns import Columns
from whosays.statements import nouns

SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_BEFORE: Final = frozenset({"ADJ", "NUM", "NOUN", "PROPN", "SYM", "X"})
HEADS: Final = frozenset({"NOUN", "PROPN", "X"})
POSSESSORS: Final = frozenset("his her their its our my your whose".split())
POINTERS: Final = frozenset("this that these those".split())
_GENITIVES: Final = frozenset({"'s", "’s", "'", "’"})
_JOINTS: Final = _GENITIVES | {"-", "–", "&", "/"}
_OUTSIDE: Final = frozenset({"worth", "whose", "least"})  # words that stand before a noun phrase and are no part of it
_HYPHENS: Final = frozenset("-–")
_QUOTES: Final = frozenset('"“‘')
_CURRENCIES: Final = frozenset("$€£¥")
_TIMES: Final = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|June|July|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)|last|yesterday|today|tomorrow|tonight)"
)

# What the parse hangs on a noun and a label takes in. Of the annotated names 224 have a prepositional phrase or an
# apposition of theirs inside and 23 leave one out; with clauses (49 inside, 68 out) F1 falls by .007.
_REACHED: Final = frozenset({"nmod", "appos"})
# What these are made of in turn.
_PARTS: Final = frozenset(
    "nmod appos case det amod compound flat nmod:poss nmod:desc nmod:unmarked nummod conj cc punct fixed advmod "
    "goeswith acl acl:relcl nsubj obj obl aux cop mark xcomp".split()
)
_ANOTHER: Final = frozenset({"conj", "acl", "acl:relcl"})  # behind a comma these tell of something else
_STOPS: Final = frozenset(';:!?"”“')
_TRAILING: Final = frozenset({"PUNCT", "ADP", "DET", "SPACE", "CCONJ"})
# Nouns that may stand before a person's name and belong to it: "committee Chairman Brandt", "tycoon Arno Weiss".
_DESCRIBING: Final = (nouns.ROLES | nouns.PEOPLE | nouns.BODIES | nouns.ORGANISATIONS) | {"tycoon", "pundit"}
_PERSONAL: Final = (*nouns.PEOPLE_ENDINGS, "er", "or", "ian")
LONGEST_REACH: Final = 30  # words; longer is a clause that the parse has put in the wrong place


@dataclass(slots=True)
class Run:
    """Tokens [start, end) of a phrase, ``head`` among them the last noun."""

    start: int
    end: int
    head: int = field(init=False)

    def __post_init__(self) -> None:
        self.head = self.end - 1


def find(words: Columns) -> Iterator[Run]:
    """Runs of words that end in a noun; the possessor of a longer run is a run as well."""
    at = 0
    while at < len(words.text):
        end = end_of(words, at)
        if end is None:
            at += 1
            continue
        end = _titled(words, at, _suffixed(words, end))
        at = _own_start(words, at, end)
        yield Run(at, end)
        for place in range(at + 1, end - 1):
            if words.text[place] in _GENITIVES and words.pos[place - 1] in HEADS and not _within_name(words, place):
                yield Run(at, place)
        at = end


def _suffixed(words: Columns, end: int) -> int:
    """The end of a name with "Jr." or "III" behind it."""
    at = end + 1 if end < len(words.text) and words.text[end] == "," else end
    named = words.pos[end - 1] == "PROPN" and at < len(words.text)
    return at + 1 if named and words.lower[at] in SUFFIXES else end


def _titled(words: Columns, start: int, end: int) -> int:
    """The end of a name behind a title with "of": "the chief of staff Ada Brandt"."""
    if end + 1 >= len(words.text) or words.lower[end] != "of" or plain(words.text[end - 1]) not in nouns.ROLES:
        return end
    behind = end_of(words, end + 1)
    if behind is None or words.entity[behind - 1] != "PER" or words.entity[end + 1] == "PER":
        return end
    return behind


def _own_start(words: Columns, start: int, end: int) -> int:
    """Where a person's name with its titles begins, if what stands before it is no description of a person.

    "The emergency Trump declared" is a noun and its clause; in "some argued President Obama knew" a verb stands before.
    """
    first = end - 1
    if words.entity[first] != "PER":
        return start
    while first > start and words.entity[first - 1] == "PER":
        first -= 1
    while first > start and words.text[first - 1][0].isupper() and plain(words.text[first - 1]) in nouns.ROLES:
        first -= 1
    before = first - 1
    if before < start or not words.text[before].islower() or _hyphened(words, before):
        return start
    if before > start and words.lower[before - 1] == "of":
        return start
    noun = plain(words.lemma[before] or words.text[before])
    if words.pos[before] == "VERB":
        return start if words.lower[before].endswith("ing") else first
    if words.pos[before] != "NOUN" or noun in _DESCRIBING or noun.endswith(_PERSONAL):
        return start
    return first


def _within_name(words: Columns, place: int) -> bool:
    """Whether a genitive is part of a name: "the Farmers' League" is no league of some farmers."""
    if words.inside[place]:
        return True
    return words.text[place] in ("'", "’") and words.text[place - 1][0].isupper() and words.text[place + 1][0].isupper()


def _hyphened(words: Columns, at: int) -> bool:
    """Whether a word is joined to its neighbour by a hyphen: "brother-in-law" is one word, whatever "in" is."""
    before = at > 1 and words.text[at - 1] in _HYPHENS and not words.spaced[at - 1] and not words.spaced[at - 2]
    behind = at + 1 < len(words.text) and words.text[at + 1] in _HYPHENS and not words.spaced[at]
    return before or (behind and not words.spaced[at + 1])


def end_of(words: Columns, start: int) -> int | None:
    """Where the run that begins at ``start`` ends: behind its last noun; ``None`` if it has none."""
    end = None
    for at in range(start, len(words.text)):
        pos, first = words.pos[at], at == start
        if not first and words.opens[at] and words.pos[at - 1] == "PUNCT":
            break
        if end and words.text[at] in _CURRENCIES:
            break
        if first and words.lower[at] in _OUTSIDE:
            break
        if pos == "DET" or words.lower[at] in POSSESSORS or (words.lower[at] in POINTERS and words.dep[at] == "det"):
            if not first and words.pos[at - 1] != "DET" and not _inside_body(words, start, at):
                break
        elif pos in _BEFORE and not _is_dash(words, at) and not _TIMES.fullmatch(words.text[at]):
            end = at + 1 if pos in HEADS else end
        elif words.text[at].isalpha() and _hyphened(words, at):
            continue
        elif first or not (_joins(words, at) or _inside_body(words, start, at)):
            break
    return _compounded(words, end) if end else None


def _compounded(words: Columns, end: int) -> int:
    """The end of a noun with what a hyphen joins to it: "the attempted break-in"."""
    while end + 1 < len(words.text) and words.text[end] in _HYPHENS and words.text[end + 1].isalpha():
        if words.spaced[end - 1] or words.spaced[end]:
            break
        end += 2
    return end


def _is_dash(words: Columns, at: int) -> bool:
    """Whether a word of no class is the dash behind a dateline."""
    return words.pos[at] == "X" and not words.text[at][0].isalnum()


def _inside_body(words: Columns, start: int, at: int) -> bool:
    """Whether a word stands inside an organisation's name that began in the run: "Office of Management and Budget"."""
    return words.inside[at] and words.entity[at] == "ORG" and at > start and words.pos[at] != "PUNCT"


def _joins(words: Columns, at: int) -> bool:
    """Whether a word that is no noun and no adjective can stand inside a noun phrase."""
    if at + 1 == len(words.text):
        return False
    if words.text[at] in _JOINTS:
        return not (words.text[at] in _HYPHENS and words.spaced[at - 1] and words.spaced[at])
    if words.text[at] in _QUOTES:
        return words.pos[at + 1] in _BEFORE
    if words.pos[at] == "VERB":
        return words.dep[at] == "amod" or (words.pos[at - 1] == "DET" and words.pos[at + 1] in _BEFORE)
    return words.pos[at] == "ADV" and words.dep[words.head[at]] == "amod" and words.pos[at + 1] in ("ADJ", "VERB")


def appositions(words: Columns, runs: Sequence[Run]) -> dict[int, int]:
    """By place in ``runs``: the first character of the run that the parse makes it an apposition of."""
    holder = {at: k for k, run in reversed(list(enumerate(runs))) for at in range(run.start, run.end)}
    found = {}
    for k, run in enumerate(runs):
        for at in range(run.start, run.end):
            other = holder.get(_explained(words, at)) if words.dep[at] == "appos" else None
            if other is not None and runs[other].end <= run.start:
                found[k] = words.starts[runs[other].start]
    return found


def _explained(words: Columns, at: int) -> int:
    """What an apposition explains: in "the foreign minister of Ostria, Clara Weiss" the minister, not the country."""
    of = words.head[at]
    above = words.head[of]
    office = words.dep[of] == "nmod" and plain(words.lemma[above] or words.text[above]) in nouns.PEOPLE
    return above if office and words.entity[at] == "PER" else of


def reach(words: Columns, run: Run) -> int:
    """The character behind the run with the prepositional phrases and the appositions that the parse hangs on it."""
    edge = max(_edges(words, run), default=run.end - 1)
    edge = min(edge, run.end + LONGEST_REACH)
    while edge >= run.end and words.pos[edge] in _TRAILING:
        edge -= 1
    for at in range(run.end, edge + 1):
        ends_sentence = words.text[at] == "." and (at + 1 == len(words.text) or words.opens[at + 1])
        if words.text[at] in _STOPS or words.pos[at] == "SPACE" or ends_sentence:
            return words.ends[run.end - 1]
    return words.ends[edge]


def _edges(words: Columns, run: Run) -> Iterator[int]:
    """The words behind a run that belong to it."""
    waiting = [
        below
        for at in range(run.start, run.end)
        for below in words.below.get(at, ())
        if below >= run.end and words.dep[below] in _REACHED and _belongs(words, run, below)
    ]
    while waiting:
        at = waiting.pop()
        yield at
        waiting += [b for b in words.below.get(at, ()) if words.dep[b] in _PARTS and not _is_another(words, b)]


def _belongs(words: Columns, run: Run, at: int) -> bool:
    """Whether what hangs on a run tells of it: not "Brandt and the mayor", nor "Brandt through the harbour"."""
    first = [words.lower[b] for b in words.below.get(at, ()) if words.dep[b] in ("cc", "case") and b < at]
    if words.dep[at] == "appos":
        return not first and run.start <= _explained(words, at) < run.end
    return words.entity[run.end - 1] != "PER" or first[:1] == ["of"]


def _is_another(words: Columns, at: int) -> bool:
    if words.dep[at] not in _ANOTHER:
        return False
    first = min((at, *words.below.get(at, ())))
    return words.text[first] == "," or (first > 0 and words.text[first - 1] == ",")


def plain(word: str) -> str:
    """A word in small letters without a full stop."""
    return word.lower().rstrip(".")
