"""Numbers and days that part, where two members put the same otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from whosays.claims import quantities
from whosays.claims.difference import Difference, Side
from whosays.claims.members import Member, Members
from whosays.claims.quantities import Quantity
from whosays.language.times import Time
from whosays.statements.analysis import Analysis

# How likely two members must be to put the same before a difference between them counts. Set on the 36 tuning stories.
LEAST_SAME_QUANTITY: Final = 0.45
LEAST_SAME_TIME: Final = 0.5
FEWEST_ABOUT: Final = 2  # words behind an amount that two amounts share where there are several of a kind
FEWEST_DAY: Final = len("2024-05-01")  # of a value that names a day: "2024-05" is a month
# Where two members were not taken for the same: the share, by weight, of the words of the one that has fewer that stand
# in both. On the tuning stories nothing is found so; with money, shares and years, which are left out, it would be 2
# conflicts of 14 pairs.
LEAST_SHARED: Final = 0.35
FEWEST_SHARED: Final = 3
MOST_COMPARED: Final = 40  # amounts of one kind under one verb
_NO_COUNT: Final = frozenset("$ € £ ¥ % year month week day hour minute time age".split())
_WEEKDAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


def find(one: Member, other: Member, probability: float, analyses: Sequence[Analysis]) -> Iterator[Difference]:
    """Different numbers, or days, for what seems to be the same thing."""
    outlets = analyses[one.article].article.name, analyses[other.article].article.name
    sides = side(one), side(other)
    if probability >= LEAST_SAME_QUANTITY and one.amounts and other.amounts:
        for ours, theirs in _beside(_quantities(one, analyses), _quantities(other, analyses)):
            why = f"{outlets[0]} gives {ours.shown}, {outlets[1]} {theirs.shown}"
            yield Difference("quantity", sides, why, round(probability, 3))
    if probability >= LEAST_SAME_TIME:
        words = _days(one, other, analyses)
        if words:
            why = f"{outlets[0]} has {words[0]}, {outlets[1]} {words[1]}"
            yield Difference("time", sides, why, round(probability, 3))


def apart(found: Members, analyses: Sequence[Analysis]) -> Iterator[Difference]:
    """Different counts of the same things under the same verb, where two members were not taken for the same."""
    counted: dict[tuple[str, str, str], list[tuple[Member, Quantity]]] = defaultdict(list)
    for member in found.all:
        if member.amounts and member.span == member.whole:
            for quantity in _quantities(member, analyses):
                if quantity.of not in _NO_COUNT and quantity.verb:
                    counted[quantity.of, quantity.per, quantity.verb].append((member, quantity))
    for _, carriers in sorted(counted.items()):
        for (one, ours), (other, theirs) in combinations(carriers[:MOST_COMPARED], 2):
            if one.article == other.article or ours.meets(theirs):
                continue
            common = frozenset(one.roots) & frozenset(other.roots)
            less = min(found.weigh(frozenset(one.roots)), found.weigh(frozenset(other.roots)))
            share = found.weigh(common) / less if less else 0.0
            if share >= LEAST_SHARED and len(common) >= FEWEST_SHARED:
                outlets = analyses[one.article].article.name, analyses[other.article].article.name
                why = f"{outlets[0]} gives {ours.shown}, {outlets[1]} {theirs.shown}"
                yield Difference("quantity", (side(one), side(other)), why, round(share / 2, 3))


def side(member: Member) -> Side:
    return Side(member.article, member.span, member.statement)


def _quantities(member: Member, analyses: Sequence[Analysis]) -> list[Quantity]:
    words = member.span.of(analyses[member.article].article.text)
    amounts = sorted(member.amounts, key=lambda a: (a.value, a.of, a.digits))
    found = (quantities.read(amount, words) for amount in amounts if amount.of not in ("", "date"))
    return [quantity for quantity in found if quantity is not None]


def _beside(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    """Amounts of one kind that cannot be one number: the only ones of their kind, or followed by the same words."""
    for kind, per in sorted({(q.of, q.per) for q in ours} & {(q.of, q.per) for q in theirs}):
        left, right = ([q for q in side if (q.of, q.per) == (kind, per)] for side in (ours, theirs))
        if len(left) == len(right) == 1:
            # of money or shares one cannot tell by the kind that it is the same: "earned $139 million", "paid $44"
            pairs = [(left[0], right[0])] if kind not in "$€£¥%" or left[0].verb == right[0].verb else []
        else:
            pairs = [(one, max(right, key=lambda q: (len(one.about & q.about), q.low))) for one in left]
            pairs = [(one, other) for one, other in pairs if len(one.about & other.about) >= FEWEST_ABOUT]
        yield from ((one, other) for one, other in pairs if not one.meets(other))


def _days(one: Member, other: Member, analyses: Sequence[Analysis]) -> tuple[str, str] | None:
    """The words for different days of what seems to be the same event.

    Days are compared by the dates that they stand for: "Tuesday" in one article can be "Sept. 3" in another. Where
    the dates are not known, as without a day of publication, only weekdays are compared with weekdays. One weekday in
    both is no difference: that it is of another week is mostly misread.
    """
    days = []
    for member in (one, other):
        days.append(_named_days(member, analyses[member.article]))
        if len(days[-1]) != 1:
            return None
    ours, theirs = days[0][0], days[1][0]
    words = (
        ours.span.of(analyses[one.article].article.text),
        theirs.span.of(analyses[other.article].article.text),
    )
    weekdays = [_WEEKDAY.search(said) for said in words]
    named = {day.group() for day in weekdays if day}
    if ours.start and theirs.start:
        differ = ours.start[:10] != theirs.start[:10] and not (all(weekdays) and len(named) == 1)
    else:
        differ = len(named) == 2
    return words if differ else None


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
