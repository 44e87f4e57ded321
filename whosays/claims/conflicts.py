"""Where articles part: pairs that cannot both stand, or that an editor wants to see side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims import accounts, figures, lineage, predicates, utterances, versions, wording
from whosays.claims.claim import Conflict, ConflictType, Passage
from whosays.claims.columns import Columns
from whosays.claims.difference import Difference
from whosays.claims.matching import Match
from whosays.claims.members import Member, Members
from whosays.claims.predicates import Predicate
from whosays.claims.wording import Words
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker

# How likely two members must be to put the same before a difference between them counts. Set on the 36 tuning stories,
# where what is found was read one by one.
LEAST_SAME_SOURCE: Final = 0.75
LEAST_SAME_POLARITY: Final = 0.8
FEWEST_ROOTS: Final = 4  # content words of one member; two people often say so little alike
# What may change between two hours of publication, so that the later account brings the earlier one up to date.
_CHANGING: Final[frozenset[ConflictType]] = frozenset({"quantity", "status", "certainty"})
_DAY: Final = len("2024-05-01")

Speakers = Mapping[str, Speaker]


@dataclass(frozen=True, slots=True)
class Told:
    """What one article quotes, by statement, and its predicates: all that can be read before speakers are known."""

    quoted: list[tuple[Words, ...]]
    predicates: list[Predicate]


def read(place: int, analysis: Analysis, words: Columns | None) -> Told:
    """``words`` are those of the document, if it has word classes."""
    text = analysis.article.text
    quoted = [wording.sentences(wording.quoted(statement, text)) for statement in analysis.statements]
    return Told(quoted, predicates.find(place, analysis, words) if words else [])


def find(
    matches: Sequence[Match], found: Members, analyses: Sequence[Analysis], speakers: Speakers, told: Sequence[Told]
) -> tuple[Conflict, ...]:
    """The conflicts of a story, likeliest first; one for each set of statements and passages.

    Quotations and accounts of one deed are compared wherever they stand; numbers, days, sources and denials only
    where two members put the same proposition otherwise. ``told``: of each article, as ``read`` gives it.
    """
    best: dict[tuple[object, ...], Conflict] = {}
    for difference in _differences(matches, found, analyses, speakers, told):
        conflict = _conflict(difference, analyses)
        key = (conflict.statements, conflict.passages)
        if key not in best or _order(conflict) < _order(best[key]):
            best[key] = conflict
    return tuple(sorted(best.values(), key=_order))


def _differences(
    matches: Sequence[Match], found: Members, analyses: Sequence[Analysis], speakers: Speakers, told: Sequence[Told]
) -> Iterator[Difference]:
    together: dict[frozenset[str], float] = {}
    for match in matches:
        for pair, probability in sorted(match.probability.items()):
            one, other = (found.all[n] for n in pair)
            yield from figures.find(one, other, probability, analyses)
            yield from _sources(one, other, probability, analyses, speakers)
            yield from _polarities(one, other, probability, analyses)
            if one.statement and other.statement:
                ids = frozenset((one.statement.id, other.statement.id))
                together[ids] = max(probability, together.get(ids, 0.0))
    yield from utterances.find(analyses, speakers, together, [t.quoted for t in told])
    yield from figures.apart(found, analyses)
    yield from versions.find(found, analyses, speakers, together)
    marked = [predicate for t in told for predicate in t.predicates]
    yield from accounts.find(marked, [a.article.name for a in analyses])
    yield from accounts.crediting(marked, analyses, speakers)


def _conflict(difference: Difference, analyses: Sequence[Analysis]) -> Conflict:
    sides = sorted(difference.sides, key=lambda side: (side.article, side.span))
    return Conflict(
        type=difference.type,
        statements=tuple(dict.fromkeys(side.statement.id for side in sides if side.statement)),
        passages=tuple(Passage(analyses[s.article].article.id, s.span) for s in sides if not s.statement),
        why=difference.why,
        confidence=difference.confidence,
        update=_update(difference, analyses),
    )


def _update(difference: Difference, analyses: Sequence[Analysis]) -> str | None:
    """The id of the article that was published later, where its account may bring the other one up to date."""
    articles = {side.article: analyses[side.article].article for side in difference.sides}
    dates = {article.id: article.published for article in articles.values() if article.published}
    if difference.type not in _CHANGING or len(articles) != 2 or len(dates) != 2:
        return None
    length = None if all(len(date) > _DAY for date in dates.values()) else _DAY
    (first, earlier), (last, later) = sorted(dates.items(), key=lambda dated: (dated[1], dated[0]))
    return last if earlier[:length] < later[:length] and first != last else None


def _order(conflict: Conflict) -> tuple[object, ...]:
    places = tuple((passage.article, passage.span) for passage in conflict.passages)
    return -conflict.confidence, conflict.type, conflict.statements, places, conflict.why


def _sources(
    one: Member, other: Member, probability: float, analyses: Sequence[Analysis], speakers: Speakers
) -> Iterator[Difference]:
    """The same content credited to different speakers, in words of the outlets."""
    ours, theirs = one.statement, other.statement
    if not ours or not theirs or probability < LEAST_SAME_SOURCE or {ours.polarity, theirs.polarity} != {"asserted"}:
        return
    if min(len(one.roots), len(other.roots)) >= FEWEST_ROOTS and utterances.differ(ours, theirs, speakers):
        credited = " and ".join(
            f"{analyses[m.article].article.name} credits it to {lineage.called(s.speaker or '', speakers)}"
            for m, s in ((one, ours), (other, theirs))
        )
        yield Difference("source", (figures.side(one), figures.side(other)), credited, round(probability / 2, 3))


def _polarities(one: Member, other: Member, probability: float, analyses: Sequence[Analysis]) -> Iterator[Difference]:
    """One has it denied by a statement's cue ("denied that …"), the other asserted."""
    denied = [m.statement is not None and m.statement.polarity == "denied" for m in (one, other)]
    if denied[0] == denied[1] or probability < LEAST_SAME_POLARITY:
        return
    if one.statement and other.statement and one.statement.speaker == other.statement.speaker is not None:
        return
    no, yes = (one, other) if denied[0] else (other, one)
    names = [analyses[m.article].article.name for m in (no, yes)]
    why = f"{names[0]} has it denied, {names[1]} asserted"
    yield Difference("polarity", (figures.side(no), figures.side(yes)), why, round(probability, 3))
