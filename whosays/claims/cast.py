"""Whom and what a member speaks of, the same in every article; pronouns are taken for whom they seem to stand for."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Span as Tokens

from whosays.claims import entities
from whosays.claims.columns import Columns
from whosays.claims.entities import Entities
from whosays.claims.members import Member
from whosays.statements.analysis import Analysis

_HE: Final = frozenset("he him his himself she her hers herself".split())
_I: Final = frozenset("i me my mine we our us".split())
_SUBJECTS: Final = ("nsubj", "csubj")
_HUNG: Final = frozenset("obj iobj obl dobj pobj obl:agent nmod".split())
_EXPLAINS: Final = frozenset("acl acl:relcl relcl appos".split())
_RELATIVE: Final = frozenset("that which who whom".split())
_SHARES: Final = frozenset("advcl conj xcomp".split())


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of a member by their keys, and how they stand to its ``predicate``, a word's place in its article.

    ``lemma`` is that of the predicate; ``subject`` is an entity, or else the lemma of the word, or "" where there is
    none; ``others`` are what else hangs on the predicate.
    """

    everyone: frozenset[str] = frozenset()
    subject: str = ""
    others: frozenset[str] = frozenset()
    predicate: int | None = None
    lemma: str = ""

    @property
    def named(self) -> frozenset[str]:
        """The people and organisations, without things that have no name."""
        return frozenset(key for key in self.everyone if not key.startswith(entities.NOUN))


@dataclass(slots=True)
class _Meant:
    """One article: by word, what it is part of a mention of; ``ends`` have the last words of mentions alone."""

    words: Columns
    within: dict[int, str] = field(default_factory=dict)
    ends: dict[int, str] = field(default_factory=dict)


class Casting:
    """The casts of a story's members. ``words``: by article, where its document has word classes."""

    def __init__(self, met: Entities, analyses: Sequence[Analysis], words: Sequence[Columns | None]) -> None:
        self._analyses = analyses
        spans: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for number, key in met.keys.items():
            mention = met.mentions[number]
            spans[mention.place].append((*mention.phrase.core, key))
        self._meant = [_meant(own, spans[place]) if own else None for place, own in enumerate(words)]
        count = Counter(met.keys.values())
        self._weight = {key: math.log((len(met.keys) + 1) / (often + 0.5)) for key, often in count.items()}
        self._speakers = met.of_speaker

    def weigh(self, keys: Iterable[str]) -> float:
        """What is named seldom weighs more; the sum is exact, so that the order does not matter."""
        return math.fsum(self._weight[key] for key in keys)

    def of(self, member: Member) -> Cast:
        meant = self._meant[member.article]
        words = self._analyses[member.article].doc.char_span(*member.span, alignment_mode="expand")
        if meant is None or words is None:
            return Cast()
        speaker = member.statement.speaker if member.statement else None
        quoted = member.statement is not None and member.statement.kind == "direct"
        told = _Told(meant, self._speakers.get(speaker or "", ""), quoted)
        root = words.root.i
        everyone = {told.entity(at) for at in range(words.start, words.end)}
        below = [at for at in meant.words.below.get(root, ()) if words.start <= at < words.end]
        return Cast(
            everyone=frozenset(everyone - {""}),
            subject=told.subject(root, below),
            others=frozenset({told.entity(at) for at in below if meant.words.dep[at] in _HUNG} - {""}),
            predicate=root,
            lemma=meant.words.lemma[root].lower(),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What words stand for in the mouth of a speaker, whose key is ``speaker``, or "" in the outlet's own voice.

    Where the speaker is ``quoted``, "he" is somebody else.
    """

    meant: _Meant
    speaker: str
    quoted: bool

    def entity(self, at: int) -> str:
        """The entity that a word stands for, or is part of a mention of; "" for any other."""
        lower = self.meant.words.lower[at]
        found = self.meant.ends.get(at) or self.meant.within.get(at, "")
        if self.speaker and lower in _I:
            return self.speaker
        if self.speaker and lower in _HE:
            if self.quoted:
                return "" if found == self.speaker else found
            return self.speaker if self.speaker.startswith(entities.PERSON) else found
        return found

    def subject(self, root: int, below: Sequence[int]) -> str:
        """Of what a predicate is said: its own subject, the noun that its clause explains, or one that it shares."""
        words, above = self.meant.words, self.meant.words.head[root]
        own = [at for at in below if words.dep[at].startswith(_SUBJECTS)]
        if own and words.lower[own[-1]] not in _RELATIVE:
            return self.entity(own[-1]) or words.lemma[own[-1]].lower()
        if words.dep[root] in _EXPLAINS and above != root:
            return self.entity(above)
        if words.dep[root] in _SHARES and above != root:
            return self.subject(above, words.below.get(above, ()))
        return ""


def _meant(words: Columns, spans: Sequence[tuple[int, int, str]]) -> _Meant:
    """``spans``: the mentions' characters and keys. A pronoun stands for the person named last."""
    found = _Meant(words)
    for start, end, key in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        first, last = bisect_right(words.starts, start) - 1, bisect_left(words.ends, end)
        found.within.update(dict.fromkeys(range(first, last + 1), key))
        found.ends[last] = key
    person = ""
    for at, lower in enumerate(words.lower):
        if lower in _HE and at not in found.within:
            if person:
                found.within[at] = found.ends[at] = person
        elif found.ends.get(at, "").startswith(entities.PERSON):
            person = found.ends[at]
    return found


def leaning(words: Tokens) -> int:
    """0 where words name of whom they speak, 1 where a pronoun stands for it, 2 where it stands before them."""
    for token in words.root.children:
        if token.dep_.startswith(_SUBJECTS) and words.start <= token.i < words.end:
            return 2 if token.lower_ in _RELATIVE else int(token.pos_ == "PRON")
    return 2 if words.doc.has_annotation("DEP") else 0
