"""What one unnamed speaker is told to have said in one outlet, set against what another outlet has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from whosays.claims import lineage
from whosays.claims.difference import Difference, Side
from whosays.claims.members import Members
from whosays.claims.predicates import NEGATIONS
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker

# Cosine of the embeddings from which two sentences of one speaker are on one subject. Named speakers speak on a subject
# at length and to many (of 44 such pairs in the tuning stories 2 are conflicts); an unnamed one mostly spoke once.
LEAST_COSINE: Final = 0.7


def find(
    found: Members, analyses: Sequence[Analysis], speakers: Mapping[str, Speaker], together: Collection[frozenset[str]]
) -> Iterator[Difference]:
    """The nearest sentences of one unnamed speaker in two articles of which one is negated, the other not.

    ``together``: pairs of statements that put the same; they are left out.
    """
    own: dict[str, list[int]] = defaultdict(list)
    for place, member in enumerate(found.all):
        statement = member.statement
        if statement and statement.speaker and statement.naming == "anonymous" and statement.polarity == "asserted":
            own[statement.speaker].append(place)
    for speaker, places in sorted(own.items()):
        best: dict[tuple[int, int], tuple[float, Difference]] = {}
        negated = {place: _negated(found, place, analyses) for place in places}
        for one, other in combinations(places, 2):
            ours, theirs = found.all[one], found.all[other]
            assert ours.statement
            assert theirs.statement
            if ours.article == theirs.article or bool(negated[one]) == bool(negated[other]):
                continue
            cosine = float(found.vectors[one] @ found.vectors[other])
            if cosine < LEAST_COSINE or frozenset((ours.statement.id, theirs.statement.id)) in together:
                continue
            no, yes = (ours, theirs) if negated[one] else (theirs, ours)
            outlets = [analyses[m.article].article.name for m in (no, yes)]
            why = (
                f"{lineage.called(speaker, speakers)}, unnamed, is credited by {outlets[0]} with "
                f"“{negated[one] or negated[other]}”, "
                f"by {outlets[1]} with words on the same subject that are not negated"
            )
            sides = tuple(Side(m.article, m.span, m.statement) for m in (ours, theirs))
            key = (ours.article, theirs.article)
            if key not in best or cosine > best[key][0]:
                best[key] = cosine, Difference("content", sides, why, round(cosine / 2, 3))
        yield from (difference for _, difference in best.values())


def _negated(found: Members, place: int, analyses: Sequence[Analysis]) -> str:
    """The first negation of a member with the words around it; "" without one."""
    member = found.all[place]
    doc = analyses[member.article].doc
    words = doc.char_span(member.span.start, member.span.end, alignment_mode="expand")
    if words is None:
        return ""
    for token in words:
        if token.lower_ in NEGATIONS:
            return str(doc[max(words.start, token.i - 2) : min(words.end, token.i + 4)].text)
    return ""
