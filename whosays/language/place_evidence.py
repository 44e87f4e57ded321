"""What the words around a name tell of whether it is a place's.

The marked names of the document decide first. Where they say "organisation", a place that the organisation is of may
stand within ("London Police"); a person's name is a place's only where the words before it say so; and outside the
prose, where no names are marked, a place must be well known or named in the prose as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from whosays.language import place_words
from whosays.language.gazetteer import Gazetteer, fold
from whosays.text.span import Span

_WORD: Final = re.compile(r"[^\W_]+(?:['’‘ʻ`](?!s\b)[^\W_]+|\.(?=[^\W\d_])[^\W_]+)*")
_CUES: Final = frozenset(
    "in at near from to around outside across throughout toward towards into of inside via between through".split()
)
_WHERE: Final = frozenset("in near outside across throughout inside via".split())  # behind which no person is named
_HYPHENS: Final = "-‑–"
_PARTY: Final = re.compile(rf"\b(?:D|R|I|DFL)[{_HYPHENS}]$")
_DATELINE: Final = re.compile(r"(?:, [^\n—–-]{1,25}?)?(?: ?\([^)\n]{1,30}\))? ?(?:[—–]|--|- )")


@dataclass(frozen=True, slots=True)
class _Entity:
    span: Span
    label: str


class Words:
    """An article's words with the names that the document has marked."""

    def __init__(self, doc: Doc, text: str, prose: Sequence[Span] | None) -> None:
        self.text = text
        found = list(_WORD.finditer(text))
        self.starts = [word.start() for word in found]
        self.ends = [word.end() for word in found]
        self.of = [word.group() for word in found]
        self.low = [word.casefold() for word in self.of]
        self.entities = [_Entity(Span(e.start_char, e.end_char), e.label_) for e in doc.ents]
        self._starts = [entity.span.start for entity in self.entities]
        multiple = [entity.span.of(text).casefold().split() for entity in self.entities if entity.label == "PER"]
        named = {parts[-1].strip(".") for parts in multiple if len(parts) > 1}
        self.surnames = frozenset(named.union(self._titled()))
        self.lists_counties = "ounties" in text
        self._prose = None if prose is None else [tuple(span) for span in prose]
        self._prose_starts = [] if prose is None else [span.start for span in prose]

    def _titled(self) -> Iterator[str]:
        """The surnames behind titles, of one or two words: "Mr. Harrow", "Governor Maren Oldqvist"."""
        for number, word in enumerate(self.low[:-1]):
            if word not in place_words.PERSONAL or not self.of[number][0].isupper():
                continue
            last = number
            while last < min(number + 2, len(self.of) - 1) and self.of[last + 1][0].isupper():
                if self.gap(last) != " " and not (last == number and self.gap(last) == ". "):
                    break
                last += 1
            if last > number:
                yield self.low[last]

    def span(self, first: int, last: int) -> Span:
        """From the first character of one word to the last of another."""
        return Span(self.starts[first], self.ends[last])

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
        if number + 1 >= len(self.of):
            return "\n"
        return self.text[self.ends[number] : self.starts[number + 1]]

    def joined(self, number: int) -> bool:
        """Whether a name can go on from a word to the next one."""
        gap = self.gap(number)
        return gap in (" ", "-", "\u00a0", "‑", "–") or (gap == ". " and self.low[number] in place_words.STOPPED)

    def before(self, number: int) -> str:
        """The word before, where nothing but a blank or hyphen stands between; else nothing."""
        return self.low[number - 1] if number and self.gap(number - 1) in (" ", "-", ". ", "\u00a0") else ""

    def after(self, number: int) -> str:
        return (
            self.low[number + 1]
            if self.gap(number) in (" ", "-", "\u00a0", "'s ", "’s ") and number + 1 < len(self.low)
            else ""
        )


ONLY_GROUNDED: Final = 99.0  # more renown than any place has: the name must stand for a place elsewhere in the text


Verdict = tuple[float | None, bool, str]
REFUSED: Final[Verdict] = (None, False, "")


def judge(words: Words, first: int, last: int, places: Gazetteer, rows: Sequence[int]) -> Verdict:
    """The renown that a name needs here to be believed (``None``: it is no place), whether it is sure to be a place,
    and the label of the marked name that it lies in. ``first`` and ``last`` are its words, ``rows`` what it may be."""
    before, after = words.before(first), words.after(last)
    span = words.span(first, last)
    tail = after if after and words.of[last + 1][0].isupper() else ""
    if first == last and words.low[first] in place_words.NO_NAMES:
        return REFUSED
    wide = any(places.precision(row) in ("country", "state") for row in rows)
    if tail in place_words.ROADS and words.gap(last) == " " and not (wide and tail in ("highway", "turnpike")):
        return REFUSED
    if words.low[first] in ("st", "saint") and words.text.startswith(("'s", "’s"), span.end):
        return REFUSED  # "St. Michael's" is a church or what is called after it
    if before in place_words.PREFIXES and words.of[first - 1][0].isupper():
        return REFUSED
    entity = words.entity(span)
    label = entity.label if entity else ""
    if follows_party(words, span.start) or _is_dateline(words, first, span):
        return 0.0, True, label
    if _followed_by_state(words, last, places) and (entity is None or label != "PER" or entity.span == span):
        return 0.0, True, label
    if first == last and words.low[first] in words.surnames and _is_bearer(words, first, last, wide):
        return ONLY_GROUNDED, False, "PER"
    if entity is None:
        return _judge_unmarked(words, first, span, before, tail)
    begins, ends = entity.span.start >= span.start, entity.span.end <= span.end
    tail = "" if ends else tail
    if label in ("PER", "") and after in place_words.LOCALS and begins and ends:
        return 3.0, True, label
    if label == "LOC":
        return _judge_place(words, (first, last), begins, before, tail)
    if label == "ORG":
        wide = wide and not (before == "of" and words.before(first - 1) in place_words.OUTLETS)
        return _judge_organisation(begins, ends, before, tail, wide)
    if label == "PER":
        return _judge_person(begins, ends, before, tail, wide)
    return (9.0 if begins else ONLY_GROUNDED), False, label


def _is_bearer(words: Words, first: int, last: int, wide: bool) -> bool:
    """Whether a word that is the surname of somebody in the article means that person: it does, unless it stands
    behind "in" or before what belongs to a place, or is a country's or state's name that is marked as a place."""
    if words.before(first) in _WHERE or words.after(last) in place_words.CIVIC | place_words.LOCALS:
        return False
    entity = words.entity(words.span(first, first))
    if entity is None:
        return True
    return not (wide and entity.label == "LOC") and (entity.label != "PER" or entity.span == words.span(first, first))


def _judge_place(words: Words, at: tuple[int, int], begins: bool, before: str, tail: str) -> Verdict:
    first, last = at
    if first == last and words.low[first] in words.surnames and before not in _CUES:
        return 5.0, False, "LOC"
    if not begins and before not in place_words.COMPASS and words.of[first - 1][0].isupper():
        return ONLY_GROUNDED, False, "LOC"
    if tail and tail not in place_words.CIVIC - place_words.NAMESAKES:
        return ONLY_GROUNDED, False, "LOC"
    return 0.0, True, "LOC"


def _judge_person(begins: bool, ends: bool, before: str, tail: str, wide: bool) -> Verdict:
    """ "French" of "French Minister …" and "Egypt" behind "to" are places; a name alone may be a surname."""
    if begins and ends:
        return (0.0 if before in _CUES - {"from", "to", "of", "around"} else ONLY_GROUNDED), False, "PER"
    if begins and (tail in place_words.TITLES or (wide and before in _CUES)):
        return 4.0, False, "PER"
    return REFUSED


def follows_party(words: Words, start: int) -> bool:
    """Whether a party's letter stands right before: "D-Marion"."""
    hyphen = words.text[start - 1 : start] in _HYPHENS
    return hyphen and _PARTY.search(words.text, max(0, start - 5), start) is not None


def _is_dateline(words: Words, first: int, span: Span) -> bool:
    """Whether the words are capitals before a dash, at the beginning of a line or sentence."""
    if not span.of(words.text).isupper() or len(span.of(words.text)) < 4:
        return False
    gap = words.text[words.ends[first - 1] : span.start] if first else "\n"
    return bool(gap.strip(" ") and _DATELINE.match(words.text, span.end))


def _judge_organisation(begins: bool, ends: bool, before: str, tail: str, wide: bool) -> Verdict:
    if begins and ends:
        return 4.5, False, "ORG"
    if tail in place_words.OUTLETS:
        return REFUSED
    if begins:
        return (
            (0.0 if tail in place_words.CIVIC - place_words.NAMESAKES else 9.0 if wide else ONLY_GROUNDED),
            False,
            "ORG",
        )
    if before == "of" and wide:
        return 9.0, False, "ORG"
    return ONLY_GROUNDED, False, "ORG"


def _judge_unmarked(words: Words, first: int, span: Span, before: str, tail: str) -> Verdict:
    """A name that no one marked: outside the prose nothing is; within it, it may be a word ("Nice", "Reading")."""
    if tail in place_words.OUTLETS:
        return REFUSED
    if words.low[first] in words.surnames and span == words.span(first, first):
        return ONLY_GROUNDED, False, ""
    if not words.in_prose(span):
        return 5.7, False, ""
    if before in _CUES:
        return 3.5, False, ""
    opens = first == 0 or words.text[words.ends[first - 1] : span.start].strip(" \u00a0") != ""
    return (9.0 if opens else 5.3), False, ""


def _followed_by_state(words: Words, last: int, places: Gazetteer) -> bool:
    """Whether ", Calif." or ", Ontario" comes right after."""
    if not words.gap(last).startswith(", ") or len(words.gap(last)) > 2 or last + 1 >= len(words.of):
        return False
    start, end = words.span(last + 1, last + 1)
    if any(words.text[start : end + stop] in places.short_forms for stop in (1, 0)):
        return True
    for further in (2, 1):
        if last + further < len(words.of) and (further == 1 or words.joined(last + 1)):
            folded = fold(words.text[start : words.ends[last + further]])
            main, _ = places.named(folded)
            if any(places.precision(row) in ("country", "state") and words.of[last + 1][0].isupper() for row in main):
                return True
    return False
