"""Who says it, the same in every article: statements to speakers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc

from whosays.statements import firstnames, naming, nouns, organisations
from whosays.statements.referents import Reader, Referent
from whosays.statements.statement import Naming, Speaker, Statement
from whosays.text.article import Article

# Two unnamed speakers of different articles are taken for one if the shorter statement shares this much of its telling
# words, and at least so many of them, with one of the other's. Set on samples-more: see tests and the model card.
SHARED_WORDS, FEWEST_WORDS = 0.5, 4
_PARTIES: Final = frozenset(("democrat", "republican"))


@dataclass(slots=True)
class _Group:
    """The referents, in any article, of one speaker."""

    referents: list[Referent] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    members: frozenset[int] = frozenset()


def find(
    readings: Sequence[tuple[Article, Doc, Sequence[Statement]]],
) -> tuple[dict[str, str], tuple[Speaker, ...]]:
    """The speaker id of every statement whose speaker can be found, and the speakers, in the order they first speak.

    Statement ids must differ between articles. Named people are joined across articles by surname and first name or
    title, organisations and documents by name, unnamed people only by their description and what they say together.
    """
    readers = [Reader(article, doc, statements) for article, doc, statements in readings]
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


class _Joined:
    """Referents of all articles in groups; each is looked up only among those that share a key with it."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self.groups: list[_Group] = []
        self._of: dict[tuple[int, int], int] = {}
        self._buckets: dict[str, list[int]] = {}
        self._readers = readers
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
        forms = sorted({form: None for r in group.referents for form in r.forms}, key=lambda f: (-len(f), f))
        return Speaker(
            id=name,
            name=self._name(group, forms),
            naming=_naming(group),
            described_as=tuple(forms),
            grounds=tuple(group.grounds),
        )

    def _name(self, group: _Group, forms: Sequence[str]) -> str:
        if group.members:
            names = [self._name(self.groups[m], self._forms(m)) for m in sorted(group.members)]
            if not all(names):
                return forms[0]
            return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 2 else names)
        people = [r.person for r in group.referents if r.person is not None]
        if people:
            best = max(people, key=lambda p: (len(p.name.split()), len(p.name), p.count))
            title = max((p.title for p in people), key=lambda t: (len(t.split()), len(t), t))
            return f"{title} {best.name}".strip()
        named = [r.phrase for r in group.referents if r.phrase.name]
        if named:
            return max((p.name for p in named), key=lambda t: (len(t), t))
        return forms[0] if forms else group.referents[0].phrase.text

    def _forms(self, number: int) -> list[str]:
        return sorted({f for r in self.groups[number].referents for f in r.forms}, key=lambda f: (-len(f), f))


def _rank(referent: Referent) -> int:
    if referent.person is not None:
        return 0 if referent.person.is_full else 1
    return 2


def _naming(group: _Group) -> Naming:
    if any(r.person is not None for r in group.referents):
        return "named"
    return naming.of_phrase(group.referents[0].phrase)


def _keys(referent: Referent) -> Iterable[str]:
    if referent.person is not None:
        yield f"person {referent.person.surname}"
        return
    phrase = referent.phrase
    if phrase.kind == "organisation":
        words = sorted(organisations.key(phrase))
        for word in words:
            yield f"organisation {word}"
        if initials := organisations.acronym(phrase):
            yield f"organisation {initials}"
        return
    yield f"{phrase.kind} {phrase.head or phrase.name.lower()}"


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
        if a.gender and b.gender and a.gender != b.gender:
            return ""
        if not firstnames.are_compatible(a.first, b.first):
            return ""
        return "the same surname and first name" if a.first and b.first else "the same surname"
    if one.person is not None or other.person is not None or one.kind != other.kind:
        return ""
    if one.kind == "organisation":
        return "the same name" if organisations.is_one_organisation(one.phrase, other.phrase) else ""
    if one.article == other.article:
        return ""
    return _is_one_description(one, other)


def _is_one_description(one: Referent, other: Referent) -> str:
    """Unnamed people and documents: what they are called and what they say must both agree."""
    if one.plural != other.plural or one.phrase.head != other.phrase.head:
        return ""
    if one.phrase.head in _PARTIES and one.plural and one.detail == other.detail:
        return "the same party"
    countries = set(nouns.COUNTRY.values())
    if (one.marks & countries) and (other.marks & countries) and not (one.marks & other.marks & countries):
        return ""
    shared = (one.detail & other.detail) - {one.phrase.head}
    if not shared and one.kind != "document":
        return ""
    return "inferred: same description and the same words" if _say_the_same(one, other) else ""


def _say_the_same(one: Referent, other: Referent) -> bool:
    """Whether a statement of one shares enough of its telling words with a statement of the other."""
    for a in one.said:
        for b in other.said:
            both = len(a & b)
            if both >= FEWEST_WORDS and both >= SHARED_WORDS * min(len(a), len(b)):
                return True
    return False
