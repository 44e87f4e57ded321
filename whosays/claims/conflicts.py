"""Where two articles part: pairs that cannot both stand, or that an editor wants to see side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims import lineage, wording
from whosays.claims.amounts import Amount
from whosays.claims.claim import Conflict, ConflictType
from whosays.claims.matching import Match
from whosays.claims.members import Member, Members, passage
from whosays.claims.phrases import ROLES
from whosays.language.times import Time
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies

# How likely two members must be to put the same before a difference between them counts. Set on the 36 tuning
# stories, where what is found was read one by one: of 12 conflicts found among the statements as annotated 9 are
# annotated too, of 16 among the statements as the program finds them 9. Only 8 % of the annotated conflicts are found.
LEAST_SAME: Final[Mapping[ConflictType, float]] = {
    "quantity": 0.5, "time": 0.5, "source": 0.75, "polarity": 0.7,
}  # fmt: skip
SAME_AMOUNT: Final = 0.03  # relative difference up to which one number is the other, rounded
FEWEST_ROOTS: Final = 4  # content words of one member; two people often say so little alike
FEWEST_DAY: Final = len("2024-05-01")  # of a value that names a day: "2024-05" is a month
_WEEKDAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_NAME: Final = re.compile(r"\b[A-Z][\w'’-]{3,}")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two members of one claim, from different articles, with the articles' texts."""

    one: Member
    other: Member
    probability: float
    texts: tuple[str, str]
    outlets: tuple[str, str]
    days: tuple[tuple[Time, ...], tuple[Time, ...]]


def find(
    matches: Sequence[Match], found: Members, analyses: Sequence[Analysis], speakers: Mapping[str, Speaker]
) -> tuple[Conflict, ...]:
    """The conflicts among members that put the same proposition, likeliest first; one for each pair of members."""
    best: dict[tuple[object, ...], Conflict] = {}
    for match in matches:
        for (one, other), probability in sorted(match.probability.items()):
            pair = _pair(found.all[one], found.all[other], probability, analyses)
            for conflict in _between(pair, analyses, speakers):
                key = (conflict.statements, conflict.passages)
                if key not in best or best[key].confidence < conflict.confidence:
                    best[key] = conflict
    return tuple(sorted(best.values(), key=_order))


def _order(conflict: Conflict) -> tuple[object, ...]:
    places = tuple((passage.article, passage.span) for passage in conflict.passages)
    return -conflict.confidence, conflict.type, conflict.statements, places


def _pair(one: Member, other: Member, probability: float, analyses: Sequence[Analysis]) -> _Pair:
    read = analyses[one.article], analyses[other.article]
    return _Pair(
        one,
        other,
        probability,
        texts=(read[0].article.text, read[1].article.text),
        outlets=(read[0].article.name, read[1].article.name),
        days=(_named_days(one, read[0]), _named_days(other, read[1])),
    )


def _between(pair: _Pair, analyses: Sequence[Analysis], speakers: Mapping[str, Speaker]) -> Iterator[Conflict]:
    findings: list[tuple[ConflictType, str, float]] = [
        *_quotes(pair, speakers), *_sources(pair, speakers), *_quantities(pair), *_days(pair), *_polarities(pair),
    ]  # fmt: skip
    both = (pair.one, pair.other)
    statements = tuple(m.statement.id for m in both if m.statement)
    passages = tuple(passage(m, analyses) for m in both if not m.statement)
    for type_, why, confidence in findings:
        yield Conflict(type_, statements, passages, why, round(confidence, 3))


def _quotes(pair: _Pair, speakers: Mapping[str, Speaker]) -> Iterator[tuple[ConflictType, str, float]]:
    """One utterance in different words between quotation marks."""
    one, other = pair.one.statement, pair.other.statement
    if not one or not other or one.speaker is None or one.speaker != other.speaker:
        return
    difference = wording.compare(wording.quoted(one, pair.texts[0]), wording.quoted(other, pair.texts[1]))
    if difference:
        who = lineage.called(one.speaker, speakers)
        why = (
            f"{pair.outlets[0]} quotes {who} with “{difference.one}”, {pair.outlets[1]} with “{difference.other}”; "
            f"{difference.common} words around that are the same"
        )
        yield "quote", why, 1 - 1 / (1 + difference.common)


def _sources(pair: _Pair, speakers: Mapping[str, Speaker]) -> Iterator[tuple[ConflictType, str, float]]:
    """The same content credited to different speakers."""
    one, other = pair.one.statement, pair.other.statement
    if not one or not other or one.speaker is None or other.speaker is None or one.speaker == other.speaker:
        return
    if min(len(pair.one.roots), len(pair.other.roots)) < FEWEST_ROOTS or {one.polarity, other.polarity} != {"asserted"}:
        return
    if _may_be_one(speakers.get(one.speaker), speakers.get(other.speaker)):
        return
    run = wording.longest_run(wording.quoted(one, pair.texts[0]), wording.quoted(other, pair.texts[1]))
    names = lineage.called(one.speaker, speakers), lineage.called(other.speaker, speakers)
    credited = f"{pair.outlets[0]} credits it to {names[0]}, {pair.outlets[1]} to {names[1]}"
    if run.length >= wording.FEWEST_QUOTED:
        yield "source", f"{credited}; both quote “{run.text}”", 1 - 1 / (1 + run.length)
    elif pair.probability >= LEAST_SAME["source"] and all(map(_speaks, (one, other), names)):
        yield "source", credited, pair.probability / 2


def _speaks(statement: Statement, name: str) -> bool:
    """Whether a speaker is one to contradict another: papers and outlets mostly hand on what somebody else said."""
    return statement.naming in ("named", "anonymous", "organisation") and not agencies.is_outlet(name)


def _may_be_one(one: Speaker | None, other: Speaker | None) -> bool:
    """Whether two speakers share a word of their names, or have none: one may be the other described differently."""
    if one is None or other is None:
        return False
    left, right = (
        {w.lower() for name in (s.name, *s.described_as) for w in _NAME.findall(name)} - ROLES for s in (one, other)
    )
    if not left or not right:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in left for b in right)


def _quantities(pair: _Pair) -> Iterator[tuple[ConflictType, str, float]]:
    """Different numbers for what seems to be the same thing."""
    if pair.probability < LEAST_SAME["quantity"]:
        return
    left = [a for a in pair.one.amounts if a.of not in ("", "date")]
    right = [a for a in pair.other.amounts if a.of not in ("", "date")]
    for of in sorted({a.of for a in left} & {a.of for a in right}):
        ours, theirs = [a for a in left if a.of == of], [a for a in right if a.of == of]
        # Of several numbers for one kind of thing one cannot tell which belong together.
        # and of money or shares whether it is the same money: "earned $139 million" and "paid $44 million".
        alike = of not in "$€£¥%" or ours[0].verb == theirs[0].verb
        if len(ours) == len(theirs) == 1 and alike and not _same_amount(ours[0], theirs[0]):
            what = "" if of in "$€£¥%" else f" {of}"
            why = f"{pair.outlets[0]} gives {_figure(ours[0])}{what}, {pair.outlets[1]} {_figure(theirs[0])}{what}"
            yield "quantity", why, pair.probability


def _figure(amount: Amount) -> str:
    return f"{amount.of}{amount.digits}" if amount.of in "$€£¥" else amount.digits + ("%" if amount.of == "%" else "")


def _same_amount(one: Amount, other: Amount) -> bool:
    return abs(one.value - other.value) <= SAME_AMOUNT * max(abs(one.value), abs(other.value))


def _days(pair: _Pair) -> Iterator[tuple[ConflictType, str, float]]:
    """Different days for what seems to be the same event.

    Days are compared by the dates that they stand for: "Tuesday" in one article can be "Sept. 3" in another. Where
    the dates are not known, as without a day of publication, only weekdays are compared with weekdays. One weekday in
    both is no difference: that it is of another week is mostly misread.
    """
    if pair.probability < LEAST_SAME["time"] or min(map(len, pair.days)) != 1 or max(map(len, pair.days)) != 1:
        return
    (one,), (other,) = pair.days
    words = one.span.of(pair.texts[0]), other.span.of(pair.texts[1])
    weekdays = [_WEEKDAY.search(said) for said in words]
    named = {day.group() for day in weekdays if day}
    if one.start and other.start:
        differ = one.start[:10] != other.start[:10] and not (all(weekdays) and len(named) == 1)
    else:
        differ = len(named) == 2
    if differ:
        yield "time", f"{pair.outlets[0]} has {words[0]}, {pair.outlets[1]} {words[1]}", pair.probability


def _named_days(member: Member, analysis: Analysis) -> tuple[Time, ...]:
    """The times of a member that name one day, or a part of one, in the calendar or in the week."""
    inside = (
        time for time in analysis.times if member.span.start <= time.span.start and time.span.end <= member.span.end
    )
    return tuple(time for time in inside if time.type in ("DATE", "TIME") and _is_day(time, analysis.article.text))


def _is_day(time: Time, text: str) -> bool:
    if time.start and time.end:
        return time.start[:10] == time.end[:10] and len(time.value) >= FEWEST_DAY
    return _WEEKDAY.search(time.span.of(text)) is not None


def _polarities(pair: _Pair) -> Iterator[tuple[ConflictType, str, float]]:
    """One has it denied, the other asserted.

    Only what a statement's cue says counts ("denied that …"): a "not" somewhere in one of two matching sentences
    mostly belongs to other words (on the tuning stories 3 of 24 such pairs were conflicts).
    """
    one, other = pair.one.statement, pair.other.statement
    denied = [statement is not None and statement.polarity == "denied" for statement in (one, other)]
    if denied[0] == denied[1] or pair.probability < LEAST_SAME["polarity"]:
        return
    if one and other and one.speaker is not None and one.speaker == other.speaker:
        return
    no, yes = (0, 1) if denied[0] else (1, 0)
    yield "polarity", f"{pair.outlets[no]} has it denied, {pair.outlets[yes]} asserted", pair.probability
