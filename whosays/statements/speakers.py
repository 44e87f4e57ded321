"""Who says it, the same in every article: statements to speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc

from whosays.statements import mentions, naming, nouns, organisations, phrases
from whosays.statements.heads import Phrase
from whosays.statements.mentions import People, Person
from whosays.statements.referent import Referent
from whosays.statements.referents import Reader
from whosays.statements.statement import Naming, Speaker, Statement
from whosays.text.article import Article

# Two unnamed speakers of different articles are taken for one if their descriptions agree and the shorter of two
# statements shares this much of its telling words, and at least so many of them, with the other. Set on samples-more,
# where from .4 to .6 and from two words to six nothing changes.
SHARED_WORDS, FEWEST_WORDS = 0.5, 4
# For two documents of one kind, with nothing in their descriptions against it, this is enough (samples-more: .15 to .5
# differ by less than .001).
RELATED, FEWEST_RELATED = 0.25, 2
# A role is somebody's whom another article names if so many words of the description agree.
TELLING = 2
# Longer titles are descriptions and stay out of a speaker's name.
LONGEST_TITLE = 6
# Statements of one speaker in an article that are compared with another's.
MOST = 30


@dataclass(slots=True)
class _Group:
    """The referents, in any article, of one speaker."""

    referents: list[Referent] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    members: frozenset[int] = frozenset()


def find(
    readings: Sequence[tuple[Article, Doc, Sequence[Statement]]], people: Sequence[People] | None = None
) -> tuple[dict[str, str], tuple[Speaker, ...]]:
    """The speaker id of every statement whose speaker can be found, and the speakers, in the order they first speak.

    Statement ids must differ between articles. Named people are joined across articles by surname and first name or
    title, organisations and documents by name, unnamed people only by their description and what they say together.
    ``people``: whom each article names, if that is known; what the story tells of them is added.
    """
    people = [People(article, doc) for article, doc, _ in readings] if people is None else people
    _share_genders(people)
    readers = [Reader(*reading, known) for reading, known in zip(readings, people, strict=True)]
    joined = _Joined(readers)
    ids: dict[int, str] = {}
    speaker_of: dict[str, str] = {}
    for reader, (_, _, statements) in zip(readers, readings, strict=True):
        for statement in statements:
            local = reader.speaker.get(statement.id)
            if local is not None:
                group = joined.group(reader, local)
                speaker_of[statement.id] = ids.setdefault(group, f"s{len(ids) + 1}")
    return speaker_of, tuple(joined.speaker(group, name) for group, name in ids.items())


def _share_genders(people: Sequence[People]) -> None:
    """A surname alone gets the gender of those who bear it with a first name in the other articles, if they agree."""
    known: dict[str, set[str]] = {}
    for one in people:
        for person in one.persons:
            if person.is_full and person.gender:
                known.setdefault(person.surname, set()).add(person.gender)
    for one in people:
        for person in one.persons:
            if not person.gender and len(told := known.get(person.surname, set())) == 1:
                person.gender = next(iter(told))


class _Joined:
    """Referents of all articles in groups; each is looked up only among those that share a key with it."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self.groups: list[_Group] = []
        self._of: dict[tuple[int, int], int] = {}
        self._buckets: dict[str, list[int]] = {}
        self._number = {id(reader): n for n, reader in enumerate(readers)}
        single = [(n, r) for n, reader in enumerate(readers) for r in reader.referents if not r.members]
        # full names first, so that a surname alone finds whom it can mean
        for n, referent in sorted(single, key=lambda pair: (_rank(pair[1]), pair[0], pair[1].number)):
            self._place(n, referent)
        for n, reader in enumerate(readers):
            for referent in reader.referents:
                if referent.members:
                    self._place_several(n, referent)

    def group(self, reader: Reader, number: int) -> int:
        return self._of[self._number[id(reader)], number]

    def _place(self, n: int, referent: Referent) -> None:
        keys = list(_keys(referent))
        tried: set[int] = set()
        for key in keys:
            for number in self._buckets.get(key, ()):
                if number in tried:
                    continue
                tried.add(number)
                grounds = _same(referent, self.groups[number].referents)
                if grounds:
                    self._add(n, referent, number, grounds, keys)
                    return
        if organisations.is_bare(referent.phrase) and len(self._buckets.get(keys[-1], ())) == 1:
            only = self._buckets[keys[-1]][0]
            self._add(n, referent, only, f"inferred: the only {referent.phrase.head} that the articles tell of", keys)
            return
        self.groups.append(_Group())
        self._add(n, referent, len(self.groups) - 1, "", keys)

    def _add(self, n: int, referent: Referent, number: int, grounds: str, keys: Iterable[str]) -> None:
        group = self.groups[number]
        group.referents.append(referent)
        if grounds and grounds not in group.grounds:
            group.grounds.append(grounds)
        self._of[n, referent.number] = number
        for key in keys:
            bucket = self._buckets.setdefault(key, [])
            if number not in bucket:
                bucket.append(number)

    def _place_several(self, n: int, referent: Referent) -> None:
        members = frozenset(self._of[n, m] for m in referent.members if (n, m) in self._of)
        for number in self._buckets.get(f"all {sorted(members)}", ()):
            self._add(n, referent, number, "the same people together", ())
            return
        self.groups.append(_Group(members=members))
        self._add(n, referent, len(self.groups) - 1, "", [f"all {sorted(members)}"])

    def speaker(self, number: int, name: str) -> Speaker:
        group = self.groups[number]
        forms = _forms(group)
        return Speaker(
            id=name,
            name=self._name(group),
            naming=_naming(group),
            described_as=tuple(forms),
            grounds=tuple(group.grounds),
        )

    def _name(self, group: _Group) -> str:
        if group.members:
            names = [self._name(self.groups[m]) for m in sorted(group.members)]
            if not all(names):
                return next(iter(_forms(group)), "")
            return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)
        forms = _forms(group)
        people = [r.person for r in group.referents if r.person is not None]
        if people:
            return _full_name(people, forms.values())
        named = [p.name for p in forms.values() if p.name]
        if named:
            return max(named, key=lambda name: (len(name), name))
        shown = {f: _shown(f) for f in forms}
        return min(
            shown.values(),
            key=lambda f: (-len(organisations.detail(phrases.read(f))), f[:4].lower() == "the ", len(f), f),
            default="",
        )


def _forms(group: _Group) -> dict[str, Phrase]:
    """The words by which the articles call somebody, most telling first."""
    forms: dict[str, Phrase] = {}
    for referent in group.referents:
        forms |= referent.forms
        if not referent.forms:
            forms.setdefault(referent.phrase.text or referent.phrase.name, referent.phrase)
    return {f: forms[f] for f in sorted(forms, key=lambda f: (-len(organisations.detail(forms[f])), len(f), f)) if f}


def _shown(form: str) -> str:
    """A description without what follows it between commas: "The official, who spoke on condition of …"."""
    return re.split(r", (?:who|whose|which|including|(?:all|some|a copy) of wh\w+)\b", form)[0].rstrip(" ,") or form


def _full_name(people: Sequence[Person], forms: Iterable[Phrase]) -> str:
    """The fullest name with the fullest title that stands before it somewhere."""
    names = [p.name for p in people]
    names += [f.name for f in forms if f.kind == "person" and f.name.split()[-1:] == people[0].name.split()[-1:]]
    best = max(names, key=lambda name: (len(name.split()), len(name), name))
    titles = {_title(t) for t in (*(p.title for p in people), *(f.title for f in forms if f.kind == "person"))}
    title = max(titles, key=lambda t: (t.split(" ")[-1][:1].isupper(), len(t.split()), len(t), t), default="")
    return f"{title} {best}".strip()


def _title(title: str) -> str:
    """A title without "Mr." and without its article; nothing where it is a description of its own."""
    words = re.sub(r" (['’]s?)(?= |$)", r"\1", title).split()
    words = [w for w in words if w.lower().rstrip(".") not in nouns.HONORIFICS]
    if [w.lower() for w in words[1:2]] == ["of"] and words[0].lower() in nouns.QUANTIFIERS:
        return ""  # "one of them"
    if words and words[0].lower() in _BEFORE_A_TITLE:
        words = words[1:]
    return " ".join(words) if len(words) <= LONGEST_TITLE else ""


_BEFORE_A_TITLE: Final = frozenset("the a an his her their its our my your this that".split())


def _rank(referent: Referent) -> int:
    if referent.person is not None:
        return 0 if referent.person.is_full else 1
    return 3 if organisations.is_bare(referent.phrase) else 2


def _naming(group: _Group) -> Naming:
    if any(r.person is not None for r in group.referents):
        return "named"
    return naming.of_phrase(group.referents[0].phrase)


def _keys(referent: Referent) -> Iterable[str]:
    phrase = referent.phrase
    if referent.person is not None:
        yield f"person {referent.person.surname}"
        for word in sorted(referent.person.words & nouns.PEOPLE):
            yield f"role {word}"
        return
    if phrase.kind == "organisation":
        words = sorted(organisations.key(phrase))
        for word in words:
            yield f"organisation {word}"
        if initials := organisations.acronym(phrase):
            yield f"organisation {initials}"
        yield f"body {phrase.head}"
        return
    yield f"{phrase.kind} {phrase.head or phrase.name.lower()}"
    if phrase.kind == "role":
        for word in nouns.ALSO.get(phrase.head, "").split():
            yield f"role {word}"


def _same(one: Referent, others: Sequence[Referent]) -> str:
    """Why a referent is one with a group of them, in words; nothing where it is not."""
    for other in others:
        if one.article == other.article and not (one.person is None and other.person is None):
            continue
        if grounds := _is_one(one, other):
            return grounds
    return ""


def _is_one(one: Referent, other: Referent) -> str:
    if one.person is not None and other.person is not None:
        a, b = one.person, other.person
        if a.surname != b.surname or (a.gender and b.gender and a.gender != b.gender):
            return ""
        if not mentions.have_one_name(a.given, b.given):
            return ""
        return "the same surname and first name" if a.is_full and b.is_full else "the same surname"
    if one.person is not None or other.person is not None:
        named, described = (one, other) if one.person is not None else (other, one)
        return "the same description" if _describes(described, named) else ""
    if one.kind != other.kind:
        return ""
    if one.kind == "organisation":
        if any(r.phrase.owner in nouns.PRONOUNS for r in (one, other)):
            return ""  # "her office" is another's in another article
        return "the same name" if organisations.is_one_organisation(one.phrase, other.phrase) else ""
    if one.article == other.article:
        return ""
    return _is_one_description(one, other)


def _describes(role: Referent, named: Referent) -> bool:
    """Whether "the chairwoman of the Senate Intelligence Committee" can be somebody named elsewhere."""
    phrase, person = role.phrase, named.person
    if person is None or role.kind != "role" or role.plural or phrase.head in nouns.UNNAMED:
        return False
    if phrase.article != "definite" or (phrase.gender and person.gender not in ("", phrase.gender)):
        return False
    heads = {phrase.head, *nouns.ALSO.get(phrase.head, "").split()}
    told = role.detail - heads
    return bool(heads & person.words) and len(told & person.words) >= TELLING and len(told - person.words) <= 1


def _is_one_description(one: Referent, other: Referent) -> str:
    """Unnamed people and documents: what they are called and what they say must both agree."""
    if one.plural != other.plural or one.phrase.head != other.phrase.head:
        return ""
    if one.phrase.head in organisations.PARTIES and one.plural and one.detail == other.detail:
        return "the same party"
    countries = set(nouns.COUNTRY.values())
    if (one.marks & countries) and (other.marks & countries) and not (one.marks & other.marks & countries):
        return ""
    related = one.kind == "document" and organisations.agree(one.marks, other.marks)
    if related and _say_the_same(one, other, RELATED, FEWEST_RELATED):
        return "inferred: the same kind of document on the same matter"
    shared = (one.detail & other.detail) - {one.phrase.head}
    if not shared and one.kind != "document":
        return ""
    if _say_the_same(one, other, SHARED_WORDS, FEWEST_WORDS):
        return "inferred: same description and the same words"
    return "inferred: same description and the same relay" if shared and _have_one_relay(one, other) else ""


def _say_the_same(one: Referent, other: Referent, share: float, fewest: int) -> bool:
    """Whether a statement of one shares enough of its telling words with a statement of the other."""
    return any(
        len(a & b) >= max(fewest, share * min(len(a), len(b))) for a in one.said[:MOST] for b in other.said[:MOST]
    )


def _have_one_relay(one: Referent, other: Referent) -> bool:
    """Whether both spoke to the same outlet, and on no two different days that the texts give."""
    if one.plural or other.plural:
        return False
    return any(
        set(a.via) & set(b.via) and (a.said_on or b.said_on) == (b.said_on or a.said_on)
        for a in one.statements[:MOST]
        for b in other.statements[:MOST]
    )
