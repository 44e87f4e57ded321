"""Where two articles part: pairs that cannot both stand, or that an editor wants to see side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.claims import origins, wording
from whosays.claims.amounts import Amount
from whosays.claims.claim import Conflict, ConflictType
from whosays.claims.matching import Match
from whosays.claims.members import Member, Members, passage
from whosays.claims.phrases import ROLES
from whosays.statements.analysis import Analysis
from whosays.statements.statement import Speaker, Statement
from whosays.text import agencies

# How likely two members must be to put the same before a difference between them counts. Set on the 36 tuning
# stories, where what is found was read one by one: of 12 conflicts found among the statements as annotated 9 are
# annotated too, of 13 among the statements as the program finds them 8. Only 8 % of the annotated conflicts are found.
LEAST_SAME: Final[Mapping[ConflictType, float]] = {
    "quantity": 0.5, "time": 0.5, "source": 0.75, "polarity": 0.7,
}  # fmt: skip
SAME_AMOUNT: Final = 0.03  # relative difference up to which one number is the other, rounded
FEWEST_ROOTS: Final = 4  # content words of one member; two people often say so little alike
_DAY: Final = re.compile(
    r"\b(?:(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? (?P<day>\d{1,2}))\b"
)

_NAME: Final = re.compile(r"\b[A-Z][\w'’-]{3,}")


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two members of one claim, from different articles, with the articles' texts."""

    one: Member
    other: Member
    probability: float
    texts: tuple[str, str]
    outlets: tuple[str, str]

    @property
    def words(self) -> tuple[str, str]:
        return self.one.span.of(self.texts[0]), self.other.span.of(self.texts[1])


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
    articles = analyses[one.article].article, analyses[other.article].article
    return _Pair(one, other, probability, (articles[0].text, articles[1].text), (articles[0].name, articles[1].name))


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
        who = origins.called(one.speaker, speakers)
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
    names = origins.called(one.speaker, speakers), origins.called(other.speaker, speakers)
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
    """Different days for what seems to be the same event."""
    if pair.probability < LEAST_SAME["time"]:
        return
    left, right = ([m.groups() for m in _DAY.finditer(words)] for words in pair.words)
    if len(left) == len(right) == 1 and left != right and bool(left[0][0]) == bool(right[0][0]):
        days = [next(_DAY.finditer(words)).group() for words in pair.words]
        yield "time", f"{pair.outlets[0]} has {days[0]}, {pair.outlets[1]} {days[1]}", pair.probability


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
