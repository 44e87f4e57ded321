"""Quotations that part: one utterance in different words, and the same words from different mouths."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Final

from whosays.claims import kinship, lineage, wording
from whosays.claims.difference import Difference, Side, listed
from whosays.claims.lineage import key
from whosays.statements import nouns
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies

# Other sentences that each quoted sentence is laid beside, those that share the most pairs of words first: enough for
# every wording of an utterance, and it keeps the work in proportion to the text.
MOST_COMPARED: Final = 12
MOST_SHOWN: Final = 6  # statements of a side that one conflict lists
_OWNER: Final = re.compile(r"\b[A-Z][\w-]+['’]s\b|\b[A-Z][\w-]+(?= (?:spokes|aide|attorney|lawyer|adviser))")
_PLAIN: Final = 4  # letters; shorter words of a name are titles and initials


@dataclass(slots=True)
class _Utterance:
    """One quoted sentence and the statements, by article, that have it word for word."""

    words: wording.Words
    carriers: dict[int, Statement] = field(default_factory=dict)


def find(
    analyses: Sequence[Analysis],
    speakers: Mapping[str, Speaker],
    together: Mapping[frozenset[str], float],
    quoted: Sequence[Sequence[tuple[wording.Words, ...]]],
) -> Iterator[Difference]:
    """Quoted sentences of different articles that are one utterance and differ in wording or in who is credited.

    ``together``: how likely statements, by their two ids, are to put the same, where that is known. ``quoted``: by
    article and by statement, the sentences between quotation marks.
    """
    utterances = _utterances(analyses, quoted)
    outlets = [a.article.name for a in analyses]
    for one, other in _near(utterances):
        pairs = [(s, t) for s, t in product(one.carriers.items(), other.carriers.items()) if s[0] != t[0]]
        if not pairs:
            continue
        alike = any(_alike(s, t, speakers, together) for (_, s), (_, t) in pairs)
        between = (one, other, outlets, speakers)
        if alike:
            found = _wording(*between, alike) or _cut(*between)
        else:
            found = _crediting(*between) or _wording(*between, alike)
        if found:
            yield found
    for utterance in utterances:
        found = _crediting(utterance, utterance, outlets, speakers)
        if found:
            yield found


def _alike(
    one: Statement, other: Statement, speakers: Mapping[str, Speaker], together: Mapping[frozenset[str], float]
) -> bool:
    """Whether two statements are one speaker's, as far as one can tell."""
    if one.speaker is not None and one.speaker == other.speaker:
        return True
    left, right = (speakers.get(s.speaker) if s.speaker else None for s in (one, other))
    if left and right and kinship.related(left, right):
        return True
    return not one.naming == other.naming == "named" and frozenset((one.id, other.id)) in together


def _utterances(
    analyses: Sequence[Analysis], quoted: Sequence[Sequence[tuple[wording.Words, ...]]]
) -> list[_Utterance]:
    """The quoted sentences of a story, each with all who carry it, in text order."""
    found: dict[tuple[str, ...], _Utterance] = {}
    for place, analysis in enumerate(analyses):
        for statement, sentences in zip(analysis.statements, quoted[place], strict=True):
            for words in sentences:
                if len(words.all) >= wording.FEWEST_IN_FRAGMENT:
                    found.setdefault(words.all, _Utterance(words)).carriers.setdefault(place, statement)
    return list(found.values())


def _near(utterances: Sequence[_Utterance]) -> Iterator[tuple[_Utterance, _Utterance]]:
    """The pairs of sentences that share two telling words in a row, each once."""
    with_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, utterance in enumerate(utterances):
        for pair in set(pairwise(utterance.words.all)):
            if not wording.COMMON.issuperset(pair):
                with_pair[pair].append(place)
    shared: list[Counter[int]] = [Counter() for _ in utterances]
    for places in with_pair.values():
        for at, place in enumerate(places):
            shared[place].update(places[at + 1 : at + 1 + MOST_COMPARED])
    for place, others in enumerate(shared):
        for other, _ in sorted(others.items(), key=lambda counted: (-counted[1], counted[0]))[:MOST_COMPARED]:
            yield utterances[place], utterances[other]


def _wording(
    one: _Utterance, other: _Utterance, outlets: Sequence[str], speakers: Mapping[str, Speaker], alike: bool
) -> Difference | None:
    """One utterance in different words between quotation marks."""
    part = wording.compare(one.words, other.words, same_speaker=alike)
    if part is None:
        return None
    speaker = next((s.speaker for s in [*one.carriers.values(), *other.carriers.values()] if s.speaker), None)
    who = lineage.called(speaker, speakers) if speaker else "somebody"
    quotes = "quotes" if len(one.carriers) == 1 else "quote"
    why = (
        f"{_outlets(one, outlets)} {quotes} {who} with “{part.one}”, {_outlets(other, outlets)} with “{part.other}”; "
        f"{part.common} words around that are the same"
    )
    return Difference("quote", _sides(one, other), why, round(1 - 1 / (1 + part.common), 3))


def _cut(
    one: _Utterance, other: _Utterance, outlets: Sequence[str], speakers: Mapping[str, Speaker]
) -> Difference | None:
    """One utterance whose quotation is closed in the middle of a clause."""
    for short, whole in ((one, other), (other, one)):
        part = wording.cut(short.words, whole.words)
        if part:
            ends = "ends" if len(short.carriers) == 1 else "end"
            goes = "goes" if len(whole.carriers) == 1 else "go"
            why = (
                f"{_outlets(short, outlets)} {ends} the quotation with “{part.one}”, where {_outlets(whole, outlets)} "
                f"{goes} on: “{part.other}”"
            )
            return Difference("quote", _sides(short, whole), why, round(1 - 1 / (1 + part.common), 3))
    return None


def _crediting(
    one: _Utterance, other: _Utterance, outlets: Sequence[str], speakers: Mapping[str, Speaker]
) -> Difference | None:
    """The same quoted words credited to different speakers."""
    if not wording.have_run(one.words, other.words, wording.FEWEST_QUOTED):
        return None
    run = wording.run(one.words, other.words) if one is not other else wording.Run(len(one.words.all), "")
    words = run.text or one.words.verbatim(0, len(one.words.all))
    for (place, s), (other_place, t) in product(one.carriers.items(), other.carriers.items()):
        if place == other_place or (one is other and place > other_place) or not differ(s, t, speakers):
            continue
        names = [lineage.called(x.speaker, speakers) for x in (s, t) if x.speaker]
        why = f"{outlets[place]} credits it to {names[0]}, {outlets[other_place]} to {names[1]}; both quote “{words}”"
        sides = (Side(place, s.content[0], s), Side(other_place, t.content[0], t))
        return Difference("source", sides, why, round(1 - 1 / (1 + run.length), 3))
    return None


def differ(one: Statement, other: Statement, speakers: Mapping[str, Speaker]) -> bool:
    """Whether two statements are credited to speakers who cannot be one, nor hand on each other's words.

    Outlets mostly hand on what somebody else said; a person and the person's organisation, or letter, are not two; and
    two people without a name may be one.
    """
    pair = [speakers.get(s.speaker) if s.speaker else None for s in (one, other)]
    left, right = pair
    if left is None or right is None or left.id == right.id:
        return False
    kinds = {one.naming, other.naming}
    if "unattributed" in kinds or kinds == {"anonymous"} or any(agencies.is_outlet(s.name) for s in (left, right)):
        return False
    relays = {key(name) for s in (one, other) for name in s.via}
    if relays & {key(name) for s in (left, right) for name in (s.name, *s.described_as)}:
        return False
    return not kinship.related(left, right) and not _may_be_one(left, right)


def _may_be_one(one: Speaker, other: Speaker) -> bool:
    """Whether two speakers share a word of their names, or have none: one may be the other described differently."""
    left, right = (
        {w for name in (s.name, *s.described_as) for w in kinship.proper(_OWNER.sub("", name)) if len(w) >= _PLAIN}
        - nouns.ROLES
        for s in (one, other)
    )
    if not left or not right:
        # "two security sources" and Hezbollah are credited with it, not one of them
        return {one.naming, other.naming} != {"anonymous", "organisation"} or not any(
            map(kinship.unnamed, (one, other))
        )
    return any(a.startswith(b) or b.startswith(a) for a in left for b in right)


def _outlets(utterance: _Utterance, outlets: Sequence[str]) -> str:
    return listed(outlets[place] for place in utterance.carriers)


def _sides(one: _Utterance, other: _Utterance) -> tuple[Side, ...]:
    chosen = [*list(one.carriers.items())[:MOST_SHOWN], *list(other.carriers.items())[:MOST_SHOWN]]
    return tuple({s.id: Side(place, s.content[0], s) for place, s in chosen}.values())
