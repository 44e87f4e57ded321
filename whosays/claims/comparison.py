"""The comparison of a story's articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from whosays.claims import (
    cast,
    conflicts,
    copied,
    deeds,
    entities,
    events,
    lineage,
    matching,
    members,
    names,
    only,
    origins,
    phrases,
    standing,
)
from whosays.claims.cast import Casting
from whosays.claims.claim import Claim, Comparison, Passage
from whosays.claims.columns import Columns
from whosays.claims.conflicts import Told
from whosays.claims.copied import Sentence
from whosays.claims.deeds import Deed
from whosays.claims.matching import Match
from whosays.claims.members import Members, Own
from whosays.claims.phrases import Phrase
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker


@dataclass(frozen=True, slots=True)
class Part:
    """What one article brings to the comparison, whatever its speakers turn out to be in the others."""

    members: Own
    phrases: list[Phrase]
    deeds: list[Deed]
    told: Told
    sentences: list[Sentence]
    words: Columns | None


def part(place: int, analysis: Analysis) -> Part:
    """What the article at ``place`` brings; to be found out while the model still reads the next ones."""
    read = phrases.read(analysis)
    own = members.of_article(place, analysis)
    told = conflicts.read(place, analysis, read.words if read else None)
    sentences = copied.sentences(place, analysis)
    acts = deeds.find(analysis, read) if read else []
    return Part(own, read.phrases if read else [], acts, told, sentences, read.words if read else None)


def find(
    analyses: Sequence[Analysis], speakers: Mapping[str, Speaker], parts: Sequence[Part] | None = None
) -> Comparison:
    """What the articles share, where it comes from, where they part, and how they name whom.

    The articles may be given in any order; claims come the most widely carried first. A story of one article has
    names and statements of its own, but no claims and no conflicts. ``parts``: one for each article, if they are known.
    """
    parts = [part(place, analysis) for place, analysis in enumerate(analyses)] if parts is None else parts
    found = members.join([p.members for p in parts], {s.id: s for a in analyses for s in a.statements})
    found_phrases, found_deeds = [p.phrases for p in parts], [p.deeds for p in parts]
    met = entities.find(analyses, speakers, found_phrases)
    matched = matching.find(found, analyses, Casting(met, analyses, [p.words for p in parts]))
    shared = copied.find(analyses, [p.sentences for p in parts])
    claims = _claims(
        matched.groups, found, analyses, lineage.Story({a.article.id: a for a in analyses}, speakers, shared)
    )
    named = names.find(analyses, met)
    parted = conflicts.find([*matched.groups, *matched.apart], found, analyses, speakers, [p.told for p in parts])
    return Comparison(
        claims=claims,
        conflicts=parted,
        only_in=only.find(analyses, claims, parted),
        names=named,
        shared_text=shared,
        events=events.find(analyses, found_deeds, named, claims),
        standing=standing.find(analyses, found_deeds, found_phrases, named),
        entities={speaker: name.entity for name in named for speaker in name.speakers},
    )


def _claims(
    matches: Sequence[Match], found: Members, analyses: Sequence[Analysis], story: lineage.Story
) -> tuple[Claim, ...]:
    """One claim for each match; matches within the same statements are one claim."""
    best: dict[tuple[object, ...], Match] = {}
    for match in sorted(matches, key=lambda m: (-m.confidence, m.members)):
        best.setdefault(_carriers(match, found, analyses), match)
    ordered = sorted(best.values(), key=lambda m: (-len({found.all[n].article for n in m.members}), m.members))
    return tuple(_claim(f"c{k}", match, found, analyses, story) for k, match in enumerate(ordered, 1))


def _carriers(match: Match, found: Members, analyses: Sequence[Analysis]) -> tuple[object, ...]:
    everyone = [found.all[n] for n in match.members]
    return tuple(m.statement.id if m.statement else members.passage(m, analyses) for m in everyone)


def _claim(id_: str, match: Match, found: Members, analyses: Sequence[Analysis], story: lineage.Story) -> Claim:
    everyone = [found.all[n] for n in match.members]
    statements = tuple({m.statement.id: m.statement for m in everyone if m.statement}.values())
    passages = tuple(
        Passage(analyses[m.article].article.id, match.parts.get(n, m.span))
        for n, m in zip(match.members, everyone, strict=True)
        if not m.statement
    )
    places = {m.article for m in everyone}
    central = _central(match, found, analyses)
    text_of = found.all[central]
    return Claim(
        id=id_,
        text=match.parts.get(central, text_of.span).of(analyses[text_of.article].article.text),
        statements=tuple(s.id for s in statements),
        passages=passages,
        articles=tuple(a.article.id for place, a in enumerate(analyses) if place in places),
        silent=tuple(a.article.id for place, a in enumerate(analyses) if place not in places),
        origins=origins.find(statements, passages, story),
    )


def _central(match: Match, found: Members, analyses: Sequence[Analysis]) -> int:
    """The member whose words to show for the claim: of those that read best on their own the one that agrees best."""

    def leaning(member: int) -> int:
        own = found.all[member]
        words = analyses[own.article].doc.char_span(*match.parts.get(member, own.span), alignment_mode="expand")
        return 0 if words is None else cast.leaning(words)

    def agreement(member: int) -> float:
        return sum(p for pair, p in match.probability.items() if member in pair)

    return min(match.members, key=lambda member: (leaning(member), -agreement(member), member))
