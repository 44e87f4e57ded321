"""Which words of an article name places, and which places each could be."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spacy.tokens import Doc

from whosays.language import gazetteer
from whosays.language.gazetteer import Gazetteer, fold
from whosays.text.span import Span

Kind = Literal["name", "people", "short"]
LONGEST: Final = 6  # words of a name

_WORD: Final = re.compile(r"[^\W_]+(?:['’‘ʻ`](?!s\b)[^\W_]+|\.(?=[^\W\d_])[^\W_]+)*")
_STOPPED: Final = frozenset("st ste mt ft w n s e".split())  # after which a full stop does not end a name
_COMPASS: Final = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern greater downtown uptown inner mainland metro metropolitan "
    "nearby upstate rural suburban occupied historic old coastal".split()
)
# Before a place's name they make another name of it: "Lake Victoria", "San Jordan", "Fort Houston".
_PREFIXES: Final = frozenset(
    "lake mount mt mountain fort ft port cape camp san santa st saint new los las el la glen bay point upper lower "
    "little big great rio villa van von de di al bin abu mr mrs ms dr sir lord lady".split()
)
# After a place's name they make an address or a person's or firm's name of it, which says little of where it is.
_ROADS: Final = frozenset(
    "road rd street st avenue ave lane ln drive dr boulevard blvd highway hwy parkway pkwy way court ct circle place "
    "pike trail terrace crescent close route turnpike freeway expressway".split()
)
_OUTLETS: Final = frozenset(
    "times post herald tribune journal news gazette chronicle globe mail observer telegraph daily press review sun "
    "star magazine bank airlines airways group inc corp corporation ltd llc company co records pictures motors "
    "energy".split()
)
# Bodies that belong to the place they are named after.
_CIVIC: Final = frozenset(
    "police department dept county city town township village borough parish council councillors commission board "
    "government governor gov mayor sheriff sheriffs fire rescue ems court courthouse school schools district high "
    "elementary middle university college hospital airport library parliament ministry minister president army "
    "military navy coast guard air force forces state national international regional general public health "
    "medical center centre chamber community municipal prime foreign interior defence defense secretary senate "
    "assembly legislature house supreme embassy ambassador opp rcmp authority division area metropolitan province "
    "provincial federal officials troopers jail prison museum church cathedral stadium park".split()
)
_TITLES: Final = frozenset(
    "mayor president minister prime foreign interior defence defense secretary gov governor sheriff police sen senator "
    "rep attorney ambassador king queen chancellor premier superintendent first chief district judge councillor "
    "councilman councilwoman alderman commissioner county city".split()
)
_CUES: Final = frozenset(
    "in at near from to around outside across throughout toward towards into of inside via between through".split()
)
_PLURALS: Final = {"counties": "county", "parishes": "parish"}
_NAMESAKES: Final = re.compile(r"(?:, |-)$")


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


@dataclass(frozen=True, slots=True)
class _Entity:
    span: Span
    label: str


class _Words:
    """An article's words with the names that the document has marked."""

    def __init__(self, doc: Doc, text: str, prose: Sequence[Span] | None) -> None:
        self.text = text
        self.spans = [Span(*found.span()) for found in _WORD.finditer(text)]
        self.of = [span.of(text) for span in self.spans]
        self.low = [word.casefold() for word in self.of]
        self.entities = [_Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents]
        self._starts = [entity.span.start for entity in self.entities]
        self._prose = None if prose is None else [tuple(span) for span in prose]
        self._prose_starts = [] if prose is None else [span.start for span in prose]

    def entity(self, span: Span) -> _Entity | None:
        """The marked name that holds the span's first character, or else the first one within it."""
        k = bisect_right(self._starts, span.start) - 1
        if k >= 0 and self.entities[k].span.end > span.start:
            return self.entities[k]
        if k + 1 < len(self.entities) and self.entities[k + 1].span.start < span.end:
            return self.entities[k + 1]
        return None

    def in_prose(self, span: Span) -> bool:
        if self._prose is None:
            return True
        k = bisect_right(self._prose_starts, span.start) - 1
        return k >= 0 and self._prose[k][1] > span.start

    def gap(self, number: int) -> str:
        """What stands between a word and the next one."""
        if number + 1 >= len(self.spans):
            return "\n"
        return self.text[self.spans[number].end : self.spans[number + 1].start]

    def joined(self, number: int) -> bool:
        """Whether a name can go on from a word to the next one."""
        gap = self.gap(number)
        return gap in (" ", "-", "\u00a0", "‑", "–") or (gap == ". " and self.low[number] in _STOPPED)

    def before(self, number: int) -> str:
        """The word before, where nothing but a blank or hyphen stands between; else nothing."""
        return self.low[number - 1] if number and self.gap(number - 1) in (" ", "-", ". ", "\u00a0") else ""

    def after(self, number: int) -> str:
        return (
            self.low[number + 1]
            if self.gap(number) in (" ", "-", "\u00a0", "'s ", "’s ") and number + 1 < len(self.low)
            else ""
        )


def find(doc: Doc, text: str, prose: Sequence[Span] | None = None) -> list[Mention]:
    """The mentions of an article, in text order and disjoint; outside the prose, where no names are marked, only
    what is well known or named in the prose too."""
    words, places = _Words(doc, text, prose), gazetteer.load()
    offered: list[tuple[Mention, float]] = []
    number = 0
    while number < len(words.of):
        found = _at(words, number, places, offered[-1][0] if offered else None)
        if found is None:
            number += 1
            continue
        mention, taken, need = found
        offered.append((mention, need))
        number += taken
    grounded = {mention.folded for mention, _ in offered if mention.sure}
    return [
        mention
        for mention, need in offered
        if mention.sure or mention.folded in grounded or need <= _renown(mention, places)
    ]


_Found = tuple[Mention, int, float]
ONLY_GROUNDED: Final = 99.0  # more renown than any place has: the name must stand for a place elsewhere in the text


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


def _at(words: _Words, number: int, places: Gazetteer, last: Mention | None) -> _Found | None:
    """The mention that begins with a word, how many words it takes, and the renown it needs to be believed."""
    if not words.of[number][0].isupper():
        return None
    return _short_form(words, number, places, last) or _people(words, number, places) or _name(words, number, places)


def _short_form(words: _Words, number: int, places: Gazetteer, last: Mention | None) -> _Found | None:
    """ "Calif.", "N.J.", "W. Va."; "CA" and forms that are words ("Miss.") only behind a place or party letter."""
    start = words.spans[number].start
    for taken in (2, 1):
        if number + taken > len(words.of) or (taken == 2 and words.gap(number) != ". "):
            continue
        end = words.spans[number + taken - 1].end
        for stop in (1, 0):
            form = words.text[start : end + stop]
            row = places.short_forms.get(form)
            if row is None or (stop and not form.endswith(".")):
                continue
            behind = words.text[max(0, start - 2) : start]
            follows = last is not None and behind == ", " and last.span.end == start - 2
            party = behind in ("D-", "R-")
            if form in _ALONE or follows or party or (behind == ", " and "." in form):
                return Mention(Span(start, end + stop), form, "short", (row,), (), "", True), taken, 0.0
    return None


_ALONE: Final = frozenset(
    "D.C. DC B.C. N.J. N.H. N.M. N.Y. N.C. N.D. S.C. S.D. W.Va. R.I. Calif. Ariz. Colo. Conn. Fla. Okla. Minn. Mich. "
    "Tenn. Ky. Va. Kan. Neb. Nev. Ont. Alta. Sask. Que. N.S. N.B. P.E.I. NSW N.S.W. Qld Wis. Ala. Md. Ga.".split()
) | {"W. Va."}


def _people(words: _Words, number: int, places: Gazetteer) -> _Found | None:
    """ "Syrian", "South Koreans": whose country it is."""
    for taken in (2, 1):
        if taken == 2 and not (number + 1 < len(words.of) and words.joined(number)):
            continue
        span = Span(words.spans[number].start, words.spans[number + taken - 1].end)
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
        if words.after(number + taken - 1) in _OUTLETS and label == "ORG":
            return None
        return Mention(span, form, "people", (row,), (), label, True), taken, 0.0
    return None


def _name(words: _Words, number: int, places: Gazetteer) -> _Found | None:
    """The longest name of the table that begins here and may be one in this place of the text."""
    last = number
    while last + 1 < len(words.of) and last + 1 < number + LONGEST and words.joined(last):
        last += 1
    for end in range(last, number - 1, -1):
        if not words.of[end][0].isupper():
            continue
        span = Span(words.spans[number].start, words.spans[end].end)
        form = span.of(words.text)
        if words.low[end] in _PLURALS:
            form = form[: -len(words.of[end])] + _PLURALS[words.low[end]]
        folded = fold(_of_county(words, span, form))
        if len(folded) < 2 or (len(folded) < 4 and end == number and not form.replace(".", "").isupper()):
            continue
        main, further = places.named(folded)
        if not main and not further:
            continue
        need, sure, label = _judge(words, number, end, span, places, main + further)
        if need is None:
            continue
        if words.text[span.end : span.end + 1] == "." and "." in form and form.replace(".", "").isupper():
            span = Span(span.start, span.end + 1)
        return Mention(span, folded, "name", main, further, label, sure), end - number + 1, need
    return None


_COUNTIES: Final = re.compile(
    r"(?:, [A-Z][\w'’.-]+){0,9},? (?:and|or) [A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+)? [cC]ounties\b"
)


def _of_county(words: _Words, span: Span, form: str) -> str:
    """ "Barrow" of "Barrow and Madison counties" is Barrow County."""
    if " and " in words.text[span.end : span.end + 60] and _COUNTIES.match(words.text, span.end):
        return f"{form} county"
    if re.match(r" counties\b", words.text[span.end : span.end + 10]):
        return f"{form} county"
    return form


_Verdict = tuple[float | None, bool, str]
_REFUSED: Final[_Verdict] = (None, False, "")


def _judge(words: _Words, first: int, last: int, span: Span, places: Gazetteer, rows: Sequence[int]) -> _Verdict:
    """The renown that a name needs here to be believed (``None``: it is no place), and whether it is sure to be one."""
    before, after = words.before(first), words.after(last)
    wide = any(places.precision(row) in ("country", "state") for row in rows)
    after_capital = last + 1 < len(words.of) and bool(after) and words.of[last + 1][0].isupper()
    if after_capital and after in _ROADS and words.gap(last) == " ":
        return _REFUSED
    if before in _PREFIXES and first and words.of[first - 1][0].isupper():
        return _REFUSED
    entity = words.entity(span)
    if _followed_by_state(words, last, places) and (entity is None or entity.label != "PER" or entity.span == span):
        return 0.0, True, entity.label if entity else ""
    if entity is None:
        return _judge_unmarked(words, first, span, before, after if after_capital else "")
    begins = entity.span.start >= span.start
    ends = entity.span.end <= span.end
    tail = after if after_capital and not ends else ""
    if entity.label == "LOC":
        if not begins and before not in _COMPASS and words.of[first - 1][0].isupper():
            return ONLY_GROUNDED, False, "LOC"
        return 0.0, not tail or tail in _CIVIC, "LOC"
    if entity.label == "ORG":
        wide = wide and not (before == "of" and words.before(first - 1) in _OUTLETS)
        return _judge_organisation(begins, ends, before, tail, wide)
    if entity.label == "PER":
        if begins and ends:
            return (0.0 if before in _CUES - {"from", "to", "of", "around"} else ONLY_GROUNDED), False, "PER"
        if begins and tail in _TITLES:
            return 4.0, False, "PER"
        return _REFUSED
    return (9.0 if begins else ONLY_GROUNDED), False, entity.label


def _judge_organisation(begins: bool, ends: bool, before: str, tail: str, wide: bool) -> _Verdict:
    if begins and ends:
        return 4.5, False, "ORG"
    if tail in _OUTLETS:
        return _REFUSED
    if begins:
        return (0.0 if tail in _CIVIC else 9.0 if wide else ONLY_GROUNDED), False, "ORG"
    if before == "of" and wide:
        return 9.0, False, "ORG"
    return ONLY_GROUNDED, False, "ORG"


def _judge_unmarked(words: _Words, first: int, span: Span, before: str, tail: str) -> _Verdict:
    """A name that no one marked: outside the prose nothing is; within it, it may be a word ("Nice", "Reading")."""
    if tail in _OUTLETS:
        return _REFUSED
    if not words.in_prose(span):
        return 5.7, False, ""
    if before in _CUES:
        return 3.5, False, ""
    opens = first == 0 or words.text[words.spans[first - 1].end : span.start].strip(" \u00a0") != ""
    return (9.0 if opens else 5.3), False, ""


def _followed_by_state(words: _Words, last: int, places: Gazetteer) -> bool:
    """Whether ", Calif." or ", Ontario" comes right after."""
    if not words.gap(last).startswith(", ") or len(words.gap(last)) > 2 or last + 1 >= len(words.of):
        return False
    start, end = words.spans[last + 1]
    if any(words.text[start : end + stop] in places.short_forms for stop in (1, 0)):
        return True
    for further in (2, 1):
        if last + further < len(words.of) and (further == 1 or words.joined(last + 1)):
            folded = fold(words.text[start : words.spans[last + further].end])
            main, _ = places.named(folded)
            if any(places.precision(row) in ("country", "state") and words.of[last + 1][0].isupper() for row in main):
                return True
    return False
