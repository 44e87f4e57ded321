"""What a source span says by itself: a name with its title, a role, an organisation, a document, a pronoun.

Reading goes by the words and not by the parse, so that it holds for any pipeline's documents: the noun phrase up to
its first complement, its possessor, the run of capitals at its end, and lists of nouns (:mod:`.nouns`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from whosays.statements import firstnames, nouns
from whosays.statements.heads import (
    COMPLEMENT,
    DEFINITE,
    INDEFINITE,
    NOBODY,
    Article,
    IsPerson,
    Kind,
    Phrase,
    headed,
    is_capital,
    tokens,
)
from whosays.text import agencies

_BREAKS: Final = frozenset(",;:()—–") | {" - "}
_OWNERS: Final = frozenset("his her its their our my".split())
_NUMBERS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds thousands at nearly about almost more "
    "fewer fourteen fifteen twenty thirty forty fifty numerous various".split()
)
_PERSONAL: Final = frozenset("he him his she her hers they them their it its i me we us who himself herself".split())
_PARTY: Final = re.compile(r"^([RDI])-([A-Z][\w.]*)$")


def no_evidence(name: str) -> bool | None:
    """What an article tells about names where there is none at hand."""
    return None


def read(text: str, is_person: IsPerson = no_evidence) -> Phrase:
    """Reads one source span."""
    words = _trimmed(tokens(text))
    if not words:
        return NOBODY
    sides = _coordinated(words, is_person)
    if len(sides) == 1 and len(sides[0]) < len(words):
        return replace(_single(sides[0], is_person), text=text)
    if len(sides) > 1:
        parts = tuple(_single(side, is_person) for side in sides)
        return Phrase(parts[0].kind, text, head=parts[0].head, plural=True, parts=parts)
    phrase = replace(_single(words, is_person), text=text)
    return _spelt_out(phrase, words, is_person) if phrase.plural and phrase.kind == "role" else phrase


def _spelt_out(phrase: Phrase, words: list[str], is_person: IsPerson) -> Phrase:
    """The people named behind a plural: "his rivals, Ann Lee and Bob Ray"."""
    at = next((i for i, word in enumerate(words) if word in _BREAKS), len(words))
    rest = _trimmed(words[at:])
    sides = _coordinated(rest, is_person) if rest else []
    parts = tuple(_single(side, is_person) for side in sides)
    if len(parts) > 1 and all(part.kind == "person" for part in parts):
        return Phrase("person", phrase.text, head=phrase.head, plural=True, parts=parts)
    return phrase


def _trimmed(words: Sequence[str]) -> list[str]:
    start, end = 0, len(words)
    while end > 1 and words[end - 1].lower() in ("himself", "herself", "themselves", "itself", "alone", "too", "also"):
        end -= 1
    if end > 1 and words[end - 1] in ("'s", "’s", "'", "’"):
        end -= 1
    while start < end and words[start] in _BREAKS:
        start += 1
    while end > start and words[end - 1] in _BREAKS - {")"}:
        end -= 1
    return list(words[start:end])


# ---------------------------------------------------------------- coordination
def _coordinated(words: list[str], is_person: IsPerson) -> list[list[str]]:
    """The sides of "A and B" where each side can stand alone; else the words as they are."""
    if words[0].lower() in ("both", "either") and len(words) > 3:
        words = words[1:]
    if (listed := _listed(words, is_person)) is not None:
        return listed
    depth = 0
    for at, word in enumerate(words):
        depth += (word == "(") - (word == ")")
        if word not in ("and", "&") or depth or not 0 < at < len(words) - 1:
            continue
        left, right = _trimmed(words[:at]), _trimmed(words[at + 1 :])
        if left and right and _stands_alone(left, right, is_person):
            return [*_commas(left, is_person), right]
    return [words]


def _listed(words: list[str], is_person: IsPerson) -> list[list[str]] | None:
    """The people named after "others, like …" or "a handful — including …"."""
    for at, word in enumerate(words):
        if (
            word in ("including", "like")
            and at
            and all(w.lower() not in nouns.PEOPLE or _is_vague(w) for w in words[:at])
        ):
            rest = words[at + 1 :]
            pieces = [_trimmed(p[1:] if p[:1] == ["and"] else p) for p in _split(rest, ";")]
            if pieces and all(p and _single(p, is_person).kind == "person" for p in pieces):
                return pieces
    return None


def _is_vague(word: str) -> bool:
    return word.lower() in nouns.QUANTIFIERS | {"others", "other", "a"}


def _split(words: Sequence[str], mark: str) -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return pieces


def _opens(words: Sequence[str]) -> bool:
    first = words[0].lower()
    return first in DEFINITE | INDEFINITE | _NUMBERS or first[:1].isdigit()


def _stands_alone(left: list[str], right: list[str], is_person: IsPerson) -> bool:
    if any(w in ("who", "which", "that", "whose") for w in left):
        return False
    if _opens(right) and (_opens(left) or is_capital(left[0])):
        return not any(w in ("of", "for", "with", "from", "between", "in") for w in left[-4:] if w.islower())
    one, other = _single(left, is_person), _single(right, is_person)
    firm = one.title or one.gender or is_person(one.name)
    if one.kind == other.kind == "person" and firm:
        return True
    if {one.kind, other.kind} != {"organisation"} or not one.name or not other.name:
        return False
    return any(p.name.isupper() or p.name.lower() in nouns.COUNTRY for p in (one, other))


def _commas(left: list[str], is_person: IsPerson) -> list[list[str]]:
    """ "A, B" before "and C": pieces that are people of their own."""
    pieces = [p for p in (_trimmed(piece) for piece in _split(left, ",")) if p]
    if len(pieces) < 2 or any(_PARTY.match(piece[0]) or not is_capital(piece[0]) for piece in pieces):
        return [left]
    return pieces if all(_single(piece, is_person).kind == "person" for piece in pieces) else [left]


# ---------------------------------------------------------------- one noun phrase
def _single(words: list[str], is_person: IsPerson) -> Phrase:
    pronoun = words[-1].lower() if len(words) > 1 and words[-1].islower() else words[0].lower()
    if pronoun in ("who", "which", "whom") and len(words) == 1:
        return Phrase("pronoun", head="who")
    # at the end of more only what must be a subject; not "Northline, the first to report it"
    if pronoun in _PERSONAL and (len(words) == 1 or pronoun in ("he", "she", "they", "i", "we")):
        gender = nouns.PRONOUNS[pronoun]
        return Phrase("pronoun", head=pronoun, plural=gender in "pw", gender=gender if gender in "mf" else "")
    if len(words) == 3 and words[0].lower() in ("both", "all") and words[2].lower() == "them":
        return Phrase("pronoun", head="they", plural=True)
    segments = _segments(words)
    phrase = _noun(segments[0], is_person)
    if phrase.kind in ("role", "organisation", "document") and not phrase.name and not phrase.plural:
        for segment in segments[1:3]:
            named = _noun(segment, is_person) if is_capital(_undetermined(segment)[0]) else NOBODY
            body = named.kind == "organisation" and (named.name.lower() in nouns.BODIES or named.name.isupper())
            # "her party, the Civic League"
            bare = named.article == "none" or named.kind == phrase.kind == "organisation"
            if named.name and bare and (body or named.kind == _kind_of_name(phrase.kind)):
                title = " ".join(segments[0]) if not named.title else named.title
                return replace(named, title=title, head=phrase.head, marks=phrase.marks | named.marks)
    if phrase.kind == "organisation" and len(segments) > 1 and _is_office(segments[0]) and is_capital(segments[1][0]):
        named = _noun(segments[1], is_person)
        if named.kind == "person" and named.article == "none":
            return replace(named, title=" ".join(segments[0]), head=nouns.singular(_office(segments[0])))
    return phrase


def _undetermined(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if words[0] == "the" and len(words) > 1 else words


def _is_office(words: Sequence[str]) -> bool:
    """ "The Secretary-General of the United Nations": an office of a body, held by whoever is named next."""
    return "of" in words[1:-1] and nouns.singular(_office(words)) in nouns.PEOPLE


def _office(words: Sequence[str]) -> str:
    return words[words.index("of") - 1].lower()


def _kind_of_name(kind: Kind) -> Kind:
    return "person" if kind == "role" else kind


def _segments(words: Sequence[str]) -> list[list[str]]:
    pieces: list[list[str]] = [[]]
    for word in words:
        if word in _BREAKS:
            pieces.append([])
        else:
            pieces[-1].append(word)
    return [p for p in pieces if p and not _PARTY.match(p[0])] or [list(words)]


def _noun(words: list[str], is_person: IsPerson) -> Phrase:
    article, owner, rest = _determined(words)
    quantified = _quantified(words) or _quantified(rest)
    if quantified:
        inner = _noun(quantified, is_person)
        one = words[0].lower() in ("one", "each", "either", "neither")
        return replace(inner, article="indefinite", plural=not one, name="" if one else inner.name)
    core, after = _core(rest)
    if not core:
        core = rest or words
    possessor, core = _possessed(core)
    if (possessor or owner) and nouns.singular(core[-1].lower()) in nouns.SPEECH:
        return _single(tokens(possessor or owner), is_person)
    phrase = headed(core, article, is_person)
    owner = possessor or owner or _press_owner(phrase, after)
    if possessor and phrase.article == "none" and phrase.kind != "person" and not phrase.plural:
        phrase = replace(phrase, article="definite")
    if phrase.kind == "document" and phrase.head in nouns.PRESS_PIECES:
        outlet = agencies.canonical(owner) or agencies.canonical(" ".join(core[:-1]))
        if outlet:
            return Phrase("organisation", name=outlet, article=article)
    if phrase.kind == "person" and owner and " " not in phrase.name and phrase.title.lower() in _KIN:
        phrase = replace(phrase, name=f"{phrase.name} {owner.split()[-1]}")
    return replace(phrase, owner=owner)


_KIN: Final = frozenset("brother sister son daughter wife husband father mother".split())


def _determined(words: list[str]) -> tuple[Article, str, list[str]]:
    first = words[0].lower()
    if first in DEFINITE:
        return "definite", first if first in _OWNERS else "", words[1:]
    if first in ("a", "an", "another", "one") and len(words) > 1:
        return "indefinite", "", words[1:]
    if (first in INDEFINITE | _NUMBERS or first[:1].isdigit()) and len(words) > 1:
        return "indefinite", "", words
    return "none", "", words


def _quantified(words: Sequence[str]) -> list[str]:
    """What stands after "several of", "a group of": the noun that counts."""
    for at in (1, 2):
        if at < len(words) - 1 and words[at] == "of":
            counted = words[at - 1].lower()
            people = any(nouns.singular(w.lower()) in nouns.PEOPLE for w in words[at + 1 :])
            if counted in nouns.QUANTIFIERS or (counted in ("group", "groups", "coalition") and people):
                rest = list(words[at + 1 :])
                return rest[1:] if rest[0].lower() in DEFINITE - _OWNERS and len(rest) > 1 else rest
    for at, word in enumerate(words[:-1]):
        if word == "of" and 2 < at < 6 and words[at - 1] in _AMOUNTS:
            return list(words[at + 1 :])
    return []


_AMOUNTS: Final = frozenset("years pages rounds series batch set trove".split())


def _core(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words up to the first complement, and the rest."""
    at = 0
    while at < len(words):
        word = words[at]
        if at and word in COMPLEMENT:
            if not _goes_on(words, at):
                break
        elif at and word.islower() and _ends_phrase(words, at):
            break
        at += 1
    return list(words[:at]), list(words[at:])


def _ends_phrase(words: Sequence[str], at: int) -> bool:
    """Whether a participle or adverb follows the noun: "guidelines issued by", "Mr. Lee urged"."""
    if _is_known(words[at - 1]):
        return words[at].endswith(("ed", "ing", "ly")) or (words[at] in _PARTICIPLES and at + 1 < len(words))
    return at + 1 == len(words) and words[at].endswith("ed") and is_capital(words[at - 1])


# Participles without "-ed" that go on a noun: "a log seen by", "a report written in May".
_PARTICIPLES: Final = frozenset("seen written sent shown drawn taken made given held kept found read won".split())


def _is_known(word: str) -> bool:
    head = nouns.singular(word.lower())
    return head in nouns.PEOPLE or word.lower() in nouns.ORGANISATIONS or word.lower() in nouns.DOCUMENTS


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a name runs on over "of", "for", "and": "the Department of the Treasury", "Secretary of State John"."""
    before, after = words[at - 1], at + 1
    if words[at] in ("of", "and") and before.islower() and nouns.singular(before) in nouns.PEOPLE:
        return _names_somebody(words[after:])
    if after < len(words) and words[after] == "the":
        after += 1
    if after >= len(words) or not is_capital(before) or not is_capital(words[after]):
        return False
    if words[at] == "and":
        return _later_organisation(words[after:])
    if words[at] not in ("of", "for", "on", "in", "against", "to"):
        return False
    if nouns.singular(before.lower()) in nouns.ORGANISATIONS:
        return words[at] != "in"
    return words[at] == "of" and before.lower() in nouns.TITLES and len(words) > after + 1 and is_capital(words[-1])


def _names_somebody(words: Sequence[str]) -> bool:
    """Whether a title goes on to a name: "director of National Intelligence Dan Coats"."""
    for at, word in enumerate(words[:-1]):
        if word in COMPLEMENT and word not in ("of", "and", "for"):
            return False
        if word.lower() in firstnames.GENDER and is_capital(word) and at + 3 >= len(words):
            return is_capital(words[-1])
    return False


def _later_organisation(words: Sequence[str]) -> bool:
    for word in words:
        if not is_capital(word) and word not in ("and", "of", "the"):
            return False
        if word.lower() in nouns.ORGANISATIONS:
            return True
    return False


def _possessed(words: list[str]) -> tuple[str, list[str]]:
    for at in range(len(words) - 1, 0, -1):
        if words[at] in ("'s", "’s", "'", "’"):
            if at == len(words) - 1:
                return "", words[:at]
            return " ".join(words[:at]), words[at + 1 :]
    return "", words


def _press_owner(phrase: Phrase, after: Sequence[str]) -> str:
    """The outlet that "a report in the Post" names."""
    if phrase.kind != "document" or len(after) < 2 or after[0] not in ("in", "by", "from", "on"):
        return ""
    _, named = _possessed(list(after[1:]))
    return " ".join(w for w in named if w not in ("the", "a", "an"))
