"""Which words of an article name places, and which places each could be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spacy.tokens import Doc

from whosays.language import gazetteer, place_evidence, place_words
from whosays.language.gazetteer import Gazetteer, fold
from whosays.language.place_evidence import Words
from whosays.text.span import Span

Kind = Literal["name", "people", "short"]
LONGEST: Final = 6  # words of a name

_PLURALS: Final = {"counties": "county", "parishes": "parish"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name a place. ``main`` are the rows that have the name as their main one, ``further`` those that
    go by it too; ``sure`` where the words around it alone show that a place is meant."""

    span: Span
    folded: str
    kind: Kind
    main: tuple[int, ...]
    further: tuple[int, ...]
    label: str
    sure: bool

    @property
    def rows(self) -> tuple[int, ...]:
        return self.main + self.further


def find(doc: Doc, text: str, prose: Sequence[Span] | None = None) -> list[Mention]:
    """The mentions of an article, in text order and disjoint; outside the prose, where no names are marked, only
    what is well known or named in the prose too."""
    words, places = Words(doc, text, prose), gazetteer.load()
    offered: list[tuple[Mention, float]] = []
    number = 0
    while number < len(words.of):
        if not words.of[number][0].isupper():
            number += 1
            continue
        found = _at(words, number, places, offered[-1][0] if offered else None)
        if found is None:
            number += 1
            continue
        mention, taken, need = found
        offered.append((mention, need))
        number += taken
    names = _grounded([mention for mention, _ in offered])
    rows = {row for mention, _ in offered if mention.kind != "name" for row in mention.main}
    return [
        mention
        for mention, need in offered
        if mention.sure
        or mention.folded in names
        or not rows.isdisjoint(mention.main)
        or need <= _renown(mention, places)
    ]


def _grounded(mentions: Sequence[Mention]) -> frozenset[str]:
    """Names that are surely places somewhere in the article, and not more often a person's."""
    balance: dict[str, int] = defaultdict(int)
    sure = {mention.folded for mention in mentions if mention.sure}
    for mention in mentions:
        balance[mention.folded] += mention.sure - (mention.label == "PER" and not mention.sure)
    return frozenset(folded for folded in sure if balance[folded] >= 0)


_Found = tuple[Mention, int, float]


def _renown(mention: Mention, places: Gazetteer) -> float:
    """How well known the best known place of the name is: its magnitude; countries, states and peoples are above."""
    if mention.kind != "name":
        return 9.0
    best = 0.0
    for row in mention.rows:
        precision = places.precision(row)
        if precision in ("country", "state", "region", "point") and (row in mention.main or len(mention.folded) > 3):
            best = max(best, 9.0 if precision != "state" or places.country(row) in ("US", "CA", "GB", "AU") else 5.5)
        elif row in mention.main or places.is_capital(row):
            best = max(best, places.magnitude(row))
        else:
            best = max(best, places.magnitude(row) - 1)
    return best


def _at(words: Words, number: int, places: Gazetteer, last: Mention | None) -> _Found | None:
    """The mention that begins with a capitalised word, how many words it takes, and the renown it needs."""
    short = _short_form(words, number, places, last)
    if short is not None:
        return short
    people, name = _people(words, number, places), _name(words, number, places)
    return name if people is None or (name is not None and name[1] > people[1]) else people


def _short_form(words: Words, number: int, places: Gazetteer, last: Mention | None) -> _Found | None:
    """ "Calif.", "N.J.", "W. Va."; "CA" and forms that are words ("Miss.") only behind a place or party letter."""
    start = words.starts[number]
    if words.text[start : start + 2] not in places.short_openings:
        return None
    for taken in (2, 1):
        if number + taken > len(words.of) or (taken == 2 and words.gap(number) != ". "):
            continue
        end = words.ends[number + taken - 1]
        for stop in (1, 0):
            form = words.text[start : end + stop]
            row = places.short_forms.get(form)
            if row is None and not stop and place_evidence.follows_party(words, start):
                row = places.short_forms.get(form + ".")
            if row is None or (stop and not form.endswith(".")):
                continue
            behind = words.text[max(0, start - 2) : start]
            follows = last is not None and behind == ", " and last.span.end == start - 2
            party = place_evidence.follows_party(words, start)
            if form in _ALONE or follows or party or (behind == ", " and "." in form):
                return Mention(Span(start, end + stop), form, "short", (row,), (), "", True), taken, 0.0
    return None


_ALONE: Final = frozenset(
    "D.C. DC B.C. N.J. N.H. N.M. N.Y. N.C. N.D. S.C. S.D. W.Va. R.I. Calif. Ariz. Colo. Conn. Fla. Okla. Minn. Mich. "
    "Tenn. Ky. Va. Kan. Neb. Nev. Ont. Alta. Sask. Que. N.S. N.B. P.E.I. NSW N.S.W. Qld Wis. Ala. Md. Ga.".split()
) | {"W. Va."}


def _people(words: Words, number: int, places: Gazetteer) -> _Found | None:
    """ "Syrian", "South Koreans": whose country it is."""
    if words.of[number][:3] not in places.people_openings:
        return None
    for taken in (2, 1):
        if taken == 2 and not (number + 1 < len(words.of) and words.joined(number)):
            continue
        span = words.span(number, number + taken - 1)
        form = span.of(words.text)
        row = places.peoples.get(form)
        if row is None and form.endswith("s"):
            row = places.peoples.get(form[:-1])
        if row is None:
            continue
        entity = words.entity(span)
        label = entity.label if entity else ""
        if label == "PER" and entity is not None and (entity.span == span or entity.span.start != span.start):
            return None
        if words.after(number + taken - 1) in place_words.OUTLETS and label == "ORG":
            return None
        return Mention(span, form, "people", (row,), (), label, True), taken, 0.0
    return None


def _name(words: Words, number: int, places: Gazetteer) -> _Found | None:
    """The longest name of the table that begins here and may be one in this place of the text."""
    for end in range(_last_of_name(words, number, places), number - 1, -1):
        if not words.of[end][0].isupper():
            continue
        span = words.span(number, end)
        form = span.of(words.text)
        if words.low[end] in _PLURALS:
            form = form[: -len(words.of[end])] + _PLURALS[words.low[end]]
        folded = fold(form)
        if len(folded) < 2 or (len(folded) < 4 and end == number and not form.replace(".", "").isupper()):
            continue
        main, further = places.named(folded)
        if number == end or not main:
            main, folded = _with_county(words, span, folded, main, places)
        if not main and not further:
            continue
        need, sure, label = place_evidence.judge(words, number, end, places, main + further)
        if need is None:
            continue
        if words.text[span.end : span.end + 1] == "." and "." in form and form.replace(".", "").isupper():
            span = Span(span.start, span.end + 1)
        return Mention(span, folded, "name", main, further, label, sure), end - number + 1, need
    return None


def _last_of_name(words: Words, number: int, places: Gazetteer) -> int:
    """The word with which the longest name of the table that may begin here ends; the one before where none begins.

    Most words of a text begin no name, and most that do are followed by none of its further words.
    """
    for last in range(number, min(number + LONGEST, len(words.of))):
        if last > number and not words.joined(last - 1):
            return last - 1
        if words.low[last] not in _PLURALS and not places.opens_with(words.span(number, last).of(words.text)):
            return last - 1
    return min(number + LONGEST, len(words.of)) - 1


_COUNTIES: Final = re.compile(
    r"(?:, [A-Z][\w'’.-]+){0,9},? (?:and|or) [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)? [cC]ounties\b"
)


def _with_county(
    words: Words, span: Span, folded: str, main: tuple[int, ...], places: Gazetteer
) -> tuple[tuple[int, ...], str]:
    """ "Barrow" of "Barrow and Madison counties" is Barrow County, and that of "D-Barrow" may be."""
    party = place_evidence.follows_party(words, span.start)
    if not party and not words.lists_counties:
        return main, folded
    listed = _COUNTIES.match(words.text, span.end) if words.text[span.end : span.end + 60].count(" and ") else None
    if not party and not listed and not words.text.startswith(" counties", span.end):
        return main, folded
    counties, _ = places.named(f"{folded} county")
    if not counties:
        return main, folded
    return (main + counties, folded) if party else (counties, f"{folded} county")
