"""The people whom an article names, and every place where it does.

A person is first met by a full name or with a title and then by surname; the title, what stands behind the first
mention between commas, and the first name tell which "the senator" and which "she" can mean them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from whosays.language import quotation
from whosays.statements import firstnames, heads, nouns
from whosays.text import agencies
from whosays.text.article import Article

_WORD: Final = (
    r"(?:(?:[A-Z]\.){1,3}|(?:Mr|Mrs|Ms|Dr|Sen|Sens|Rep|Reps|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Prof|Rev|Hon|St|Jr|Sr)\."
    r"|(?:[A-ZÀ-ÖØ-ÞĀ-Ž]|al-[A-Z]|el-[A-Z])[\w\xad]*(?:[’'](?!s\b)[A-Za-zÀ-ÿ]\w*)?(?:-[\w\xad]+)*)"
)
_RUN: Final = re.compile(
    rf"(?<![\w@#.]){_WORD}(?:,? [JS]r\.|[ \xa0](?:(?:{'|'.join(sorted(nouns.PARTICLES))}) ){{0,2}}{_WORD})*(?![\w@])"
)
_SUFFIX: Final = re.compile(r",? (Jr|Sr|II|III|IV)\.?$")
_NOT_NAMES: Final = frozenset(
    "the a an this that these those but and or if when while where after before since as in on at for from with by to "
    "of he she it they we i you his her its their our my your who what which why how there here not no yes so then now "
    "also still yet even both one two three four five some many most all more other another such last next "
    "according asked while although though because during under over between among despite once until unlike like "
    "meanwhile however instead monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december earlier later only just former today speaking".split()
)
# Words behind a name that make it the name of something else.
_OF_SOMETHING: Final = nouns.ORGANISATIONS | frozenset("era years presidency supporters aides ally allies".split())
_PRESS: Final = re.compile(r"\b(?:news agency|newspaper|broadcaster)\b")
_LONGEST_APPOSITION: Final = 140
# A surname that several bear is taken for the one in the article's title, as if met so many times more.
IN_TITLE: Final = 3


@dataclass(slots=True)
class Person:
    """Somebody an article names. ``words`` describe them in small letters: titles, party, state, apposition."""

    number: int
    surname: str
    given: tuple[str, ...] = ()
    suffix: str = ""
    gender: str = ""
    name: str = ""
    title: str = ""
    words: set[str] = field(default_factory=set)
    forms: Counter[str] = field(default_factory=Counter)
    count: int = 0
    full: int = 0
    start: int = 0

    @property
    def is_full(self) -> bool:
        """Whether a first name is known."""
        return bool(self.given)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where somebody is named; ``quoted``: in somebody's quoted words."""

    start: int
    end: int
    person: int
    subject: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    name: tuple[str, ...]
    title: tuple[str, ...]
    suffix: str


class People:
    """Everybody whom one article names, ``mentions`` in text order."""

    def __init__(self, article: Article, doc: Doc) -> None:
        self.text, title = article.text, article.title
        self._doc = doc
        self._labels = _labels(doc)
        self.persons: list[Person] = []
        self.mentions: list[Mention] = []
        self._press = [hit.span() for hit in _PRESS.finditer(self.text)]
        self._by_surname: dict[str, list[int]] = {}
        self._by_first: dict[str, list[int]] = {}
        found = list(self._runs())
        for one in found:
            if len(one.name) > 1 or one.suffix:
                self._meet(one)
        for person in self.persons:
            if (
                title
                and person.surname in title.lower()
                and any(g in title.lower() for g in person.given if len(g) > 2)
            ):
                person.full += IN_TITLE
        self._places = places = _Places(doc, article.text)
        for one in found:
            if (who := self._who(one)) is not None:
                self._note(one, who, places)

    # ------------------------------------------------------------ looking up
    def is_person(self, name: str) -> bool | None:
        """Whether the article shows that a name is a person's: ``None`` where it does not tell."""
        words = name.split()
        if not words:
            return None
        if self._is_press(name):
            return False
        if len(words) == 1 and (self._by_surname.get(key(words[0]))):
            return True
        if len(words) > 1 and any(
            self.persons[n].is_full and have_one_name(self.persons[n].given, _given(words))
            for n in self._by_surname.get(key(words[-1]), ())
        ):
            return True
        if is_common(words[-1]) or (len(words) == 1 and name.isupper() and len(name) > 1):
            return None
        label = self._labels.get(name)
        return None if label is None else label == "PER"

    def _is_press(self, name: str) -> bool:
        """Whether the article calls a name a news agency's or a newspaper's somewhere."""
        for start, end in self._press:
            at = start - len(name) - 1
            if at >= 0 and self.text.startswith(f"{name} ", at) and not self.text[at - 1 : at].isalnum():
                return True
            behind = self.text[end : end + len(name) + 6].removeprefix(" the").removeprefix(" The")
            if behind.startswith(f" {name}") and not behind[len(name) + 1 : len(name) + 2].isalnum():
                return True
        return False

    def find(self, name: str, title: str = "", at: int | None = None) -> Person | None:
        """The person of that name, if the article names one; ``at``: where, for surnames that several people bear."""
        words = tuple(name.replace("\xad", "").split())
        suffix = ""
        if len(words) > 1 and words[-1].rstrip(".") in ("Jr", "Sr", "II", "III"):
            words, suffix = words[:-1], words[-1].rstrip(".").lower()
        return self._who(_Found(at or 0, at or 0, words, tuple(title.split()), suffix)) if words else None

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies within quotation marks."""
        return self._places.is_quoted(at)

    # ------------------------------------------------------------ reading the text
    def _runs(self) -> Iterator[_Found]:
        for match in _RUN.finditer(self.text):
            run = match.group().replace("\xad", "")
            suffix = ""
            if cut := _SUFFIX.search(run):
                suffix, run = cut.group(1).lower(), run[: cut.start()]
            words = [w for w in re.split(r"[ \xa0]+", run) if w]
            skipped = 0
            while words and (words[0].lower() in _NOT_NAMES or _is_abbreviated_place(words[0])):
                skipped += len(words[0]) + 1
                words = words[1:]
            while len(words) > 1 and words[-1].lower() in _NOT_NAMES and (words[-1] != "May" or len(words) == 2):
                words = words[:-1]
            if not words or len(words) > 9:
                continue
            name, title = heads.split_title(words)
            if self._is_name(name, title, match.end()):
                yield _Found(match.start() + skipped, match.end(), tuple(name), tuple(title), suffix)

    def _is_name(self, name: Sequence[str], title: Sequence[str], end: int) -> bool:
        if (
            not name
            or len(name) > 4
            or re.match(r"[RDI]-", name[0])
            or any(w.lower() in nouns.ORGANISATIONS for w in name)
        ):
            return False
        last = name[-1].lower()
        if (nouns.singular(last) in nouns.TITLES or last in nouns.DOCUMENTS) and not _has_first_name(name):
            return False
        following = re.match(r"[ \xa0]([a-z]+)", self.text[end : end + 24])
        if following and following.group(1) in _OF_SOMETHING:
            return False
        whole = " ".join(name)
        label = self._labels.get(whole)
        if title:
            return not agencies.is_outlet(whole) or len(title[-1]) > 2
        if len(name) == 1 and (name[0].lower() in nouns.BODIES or (name[0].isupper() and len(name[0]) > 1)):
            return False
        if len(name) == 1 and agencies.is_outlet(whole) and label != "PER":
            return False
        if len(name) == 1 and is_common(name[0]) and key(name[0]) not in self._by_surname:
            return False
        if len(name) == 1:
            return (label == "PER" and name[0].lower() not in nouns.COUNTRY) or key(name[0]) in self._by_surname
        if agencies.is_outlet(whole) or name[0].lower() in nouns.COUNTRY or whole.isupper():
            return False
        return label == "PER" or _has_first_name(name)

    def _meet(self, one: _Found) -> None:
        surname, given = key(one.name[-1]), _given(one.name)
        for number in self._by_surname.get(surname, ()):
            person = self.persons[number]
            if have_one_name(person.given, given) and one.suffix == person.suffix:
                person.given += tuple(g for g in given if g not in person.given)
                person.full += 1
                return
        person = Person(len(self.persons), surname, given, one.suffix, full=1, start=one.start)
        self.persons.append(person)
        self._by_surname.setdefault(surname, []).append(person.number)
        for first in given[:1]:
            self._by_first.setdefault(first, []).append(person.number)

    def _who(self, one: _Found) -> Person | None:
        """The person for a name; a surname that several bear goes by title and then to the one met most."""
        surname = key(one.name[-1])
        bearers = [self.persons[n] for n in self._by_surname.get(surname, ())]
        if len(one.name) > 1:
            alike = [p for p in bearers if have_one_name(p.given, _given(one.name))]
            return _first_or_none([p for p in alike if p.suffix == one.suffix] or alike)
        gender = heads.gender_of(one.title)
        bearers = [p for p in bearers if not gender or not p.gender or p.gender == gender]
        titles = {nouns.singular(t.lower().rstrip(".")) for t in one.title}
        bearers = [p for p in bearers if titles & p.words] or bearers
        if bearers:
            return max(bearers, key=lambda p: (p.full, p.count, -p.start))
        if not one.title and (by_first := self._by_first.get(one.name[0].lower())):
            return max((self.persons[n] for n in by_first), key=lambda p: (p.count, -p.start))
        if one.title or self._labels.get(one.name[0]) == "PER":
            plain = " ".join(one.name)
            person = Person(len(self.persons), surname, suffix=one.suffix, name=plain, start=one.start)
            self.persons.append(person)
            self._by_surname.setdefault(surname, []).append(person.number)
            return person
        return None

    def _note(self, one: _Found, person: Person, places: _Places) -> None:
        text = " ".join([*one.title, *one.name])
        person.count += 1
        person.forms[text] += 1
        gender = heads.gender_of(one.title, one.name)
        person.gender = person.gender or gender
        plain = " ".join(one.name)
        if (len(one.name), len(plain)) > (len(person.name.split()), len(person.name)):
            person.name = plain
        if len(one.title) > len(person.title.split()):
            person.title = " ".join(one.title)
        person.words |= described(one.title) | self._behind(one.end) | self._before(one.start)
        self.mentions.append(
            Mention(one.start, one.end, person.number, places.is_subject(one.start, one.end),
                    places.is_quoted(one.start))
        )  # fmt: skip

    def _behind(self, end: int) -> set[str]:
        """The words of the apposition behind a name: ", the senior Democrat on the …," or "(R-Fla.)"."""
        tail = self.text[end : end + _LONGEST_APPOSITION]
        if party := re.match(r",? ?\(?([RDI])-([A-Z][\w.]*)", tail):
            side = {"R": "republican", "D": "democrat", "I": "independent"}[party.group(1)]
            state = nouns.STATE.get(party.group(2).lower().rstrip("."), party.group(2).lower())
            return {side, state}
        if not re.match(r", (?:an? |the |who (?:is|was) |former |[a-z]+ |[A-Z][a-z]+ (?:Democrat|Republican))", tail):
            return set()
        apposition = re.split(r"[,;:.()]| (?:who|which|said|says|told|and|whose|has|had)\b", tail[2:])[0]
        words = heads.tokens(apposition)
        tells = any(nouns.singular(word.lower()) in nouns.PEOPLE for word in words)
        return described(words) if tells else set()

    def _before(self, start: int) -> set[str]:
        """The small-letter titles before a name: "House press secretary", "the conservative writer"."""
        lead = self.text[max(0, start - 60) : start]
        found = re.search(r"((?:[A-Za-z.-]+ ){0,3}[a-z-]+) $", lead)
        if not found:
            return set()
        words = found.group(1).split()
        return described(words) if nouns.singular(words[-1]) in nouns.PEOPLE else set()


class _Places:
    """What the parse and the quotation marks say about a place in the text."""

    def __init__(self, doc: Doc, text: str) -> None:
        self._starts: list[int] = doc.to_array("IDX").tolist()
        self._doc = doc
        self._quotes = [q.span for q in quotation.find(text)]
        self._quote_starts = [span.start for span in self._quotes]

    def is_quoted(self, at: int) -> bool:
        number = bisect_right(self._quote_starts, at) - 1
        return number >= 0 and at < self._quotes[number].end

    def is_subject(self, start: int, end: int) -> bool:
        first = max(bisect_right(self._starts, start) - 1, 0)
        for number in range(first, min(first + 8, len(self._starts))):
            if self._starts[number] >= end:
                return False
            if self._doc[number].dep_.startswith("nsubj"):
                return True
        return False


@lru_cache(maxsize=1 << 16)
def key(name: str) -> str:
    """A surname for comparison: without an article, in small letters."""
    return re.sub(r"^(?:al|el|ul|an|as|ad)-", "", name.lower().replace("\xad", "").replace("’", "'"))


def have_one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether given names can be one person's: "C.A. Dutch" and "Dutch", "Mike" and "Michael R."; none fits all."""
    if not one or not other:
        return True
    pairs = [(a, b) for a in one for b in other if (len(a) > 1 or a == one[0]) and (len(b) > 1 or b == other[0])]
    return any(firstnames.are_compatible(a, b) for a, b in pairs)


def _given(name: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.lower().rstrip(".") for word in name[:-1] if word.lower() not in nouns.PARTICLES)


def described(words: Sequence[str]) -> set[str]:
    """Titles and descriptions as a set of small words, with what else the bearer of a title is called."""
    marks = set(heads.marks_of(words))
    for mark in list(marks):
        marks |= set(nouns.ALSO.get(mark, "").split())
    return marks


def is_common(word: str) -> bool:
    """Whether a word is a noun of people, bodies or documents before it can be a name."""
    bare = word.lower()
    return nouns.singular(bare) in nouns.PEOPLE or bare in nouns.ORGANISATIONS or bare in nouns.DOCUMENTS


def _is_abbreviated_place(word: str) -> bool:
    bare = word.lower().rstrip(".")
    return "." in word and (bare == "d.c" or bare in nouns.STATE or bare in nouns.COUNTRY or bare == "u.n")


def _first_or_none(people: Sequence[Person]) -> Person | None:
    return people[0] if people else None


def _has_first_name(name: Sequence[str]) -> bool:
    return len(name) > 1 and (
        name[0].lower() in firstnames.GENDER
        or (name[0] == "Abu" and name[1].lower() in firstnames.GENDER)
        or any(re.fullmatch(r"(?:[A-Z]\.)+", w) for w in name[:-1])
    )


def _labels(doc: Doc) -> dict[str, str]:
    """The label that the model gives most to each name, without title."""
    votes: dict[str, Counter[str]] = {}
    for entity in doc.ents:
        name, _ = heads.split_title([w for w in entity.text.replace("\xad", "").split() if w])
        for form in {" ".join(name), name[-1] if name and entity.label_ == "PER" and len(name) > 1 else ""}:
            if form:
                votes.setdefault(form, Counter())[entity.label_] += 1
    return {name: max(sorted(count), key=lambda label: count[label]) for name, count in votes.items()}
