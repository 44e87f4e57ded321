"""What a source span says by itself: a name with its title, a role, an organisation, a document, a pronoun.

Reading goes by the words and not by the parse, so that it holds for any pipeline's documents: the noun phrase up to
its first complement, its possessor, the run of capitals at its end, and lists of nouns (:mod:`.nouns`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from whosays.statements import firstnames, nouns
from whosays.text import agencies

Kind = Literal["person", "role", "organisation", "document", "pronoun", "nobody"]
Article = Literal["definite", "indefinite", "none"]
# Whether a name stands for a person; ``None`` where the article does not tell.
IsPerson = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One noun phrase. ``name`` is the proper name without ``title``; ``head`` the head noun in the singular.

    ``marks`` are the words before the head in small letters, countries in one form; ``owner`` is the possessor as it
    stands ("Clinton" of "Clinton's campaign", "his"). A coordination has ``parts``. ``gender`` is m, f or nothing.
    """

    kind: Kind
    text: str = ""
    name: str = ""
    title: str = ""
    head: str = ""
    marks: frozenset[str] = frozenset()
    owner: str = ""
    article: Article = "none"
    plural: bool = False
    gender: str = ""
    parts: tuple[Phrase, ...] = ()


NOBODY: Final = Phrase("nobody")
_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.)+|\d[\w,.]*%?|[^\W\d_][\w\xad]*(?:[’'](?!s\b)\w+)*(?:[-.&][\w\xad]+(?:[’'](?!s\b)\w+)*)*\.?"
    r"|[’']s\b|[’'](?=[\s,]|$)|[(),;:—–]| - "
)
_ABBREVIATED: Final = frozenset(
    "mr. mrs. ms. dr. prof. rev. fr. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm. sgt. cpl. "
    "hon. st. jr. sr. inc. corp. co. ltd. amb. del. pres.".split()
)
_BREAKS: Final = frozenset(",;:()—–") | {" - "}
_DEFINITE: Final = frozenset("the this that these those his her its their our my".split())
_OWNERS: Final = frozenset("his her its their our my".split())
_INDEFINITE: Final = frozenset("a an another one some many several few most any other others multiple".split())
_NUMBERS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozens hundreds thousands at nearly about almost more "
    "fewer fourteen fifteen twenty thirty forty fifty numerous various".split()
)
_COMPLEMENT: Final = frozenset(
    "of in on for with from at by to against about among within near over under after before into between behind "
    "outside inside inside close familiar briefed who which that whose whom where when including like such as not "
    "alike speaking said told citing via during through across around along alongside without toward towards "
    "and or but now then also both is was are were has have had".split()
)
_TIED: Final = re.compile(r"-(?:born|based|backed|led|aligned|run|owned|affiliated|controlled|elect)$", re.IGNORECASE)
_PERSONAL: Final = frozenset("he him his she her hers they them their it its i me we us who himself herself".split())
_PARTY: Final = re.compile(r"^([RDI])-([A-Z][\w.]*)$")


def tokens(text: str) -> list[str]:
    """Words and the marks that part a noun phrase; possessive endings stand alone."""
    found = []
    for word in _TOKEN.findall(text.replace("\xad", "")):
        if word.endswith(".") and word.lower() not in _ABBREVIATED and "." not in word[:-1] and len(word) > 2:
            word = word[:-1]
        found.append(word)
    return found


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
    while start < end and words[start] in _BREAKS:
        start += 1
    while end > start and words[end - 1] in _BREAKS - {")"}:
        end -= 1
    return list(words[start:end])


def is_capital(word: str) -> bool:
    """Whether a word is written as a name is."""
    return word[:1].isupper() or bool(re.match(r"(?:al|el|ul|an|as|ad)-[A-Z]", word))


# ---------------------------------------------------------------- coordination
def _coordinated(words: list[str], is_person: IsPerson) -> list[list[str]]:
    """The sides of "A and B" where each side can stand alone; else the words as they are."""
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
    return first in _DEFINITE | _INDEFINITE | _NUMBERS or first[:1].isdigit()


def _stands_alone(left: list[str], right: list[str], is_person: IsPerson) -> bool:
    if any(w in ("who", "which", "that", "whose") for w in left):
        return False
    if _opens(right) and (_opens(left) or is_capital(left[0])):
        return not any(w in ("of", "for", "with", "from", "between", "in") for w in left[-4:] if w.islower())
    one, other = _single(left, is_person), _single(right, is_person)
    firm = one.title or one.gender or is_person(one.name)
    if one.kind == other.kind == "person" and firm and is_capital(left[0]) >= is_capital(right[0]):
        return True
    both = {one.kind, other.kind} == {"organisation"}
    return both and bool(one.name and other.name) and (one.name.isupper() or other.name.isupper())


def _commas(left: list[str], is_person: IsPerson) -> list[list[str]]:
    """ "A, B" before "and C": pieces that are people of their own."""
    pieces = [p for p in (_trimmed(piece) for piece in _split(left, ",")) if p]
    if len(pieces) > 1 and all(is_capital(p[0]) and _single(p, is_person).kind == "person" for p in pieces):
        if not any(_PARTY.match(p[0]) for p in pieces):
            return pieces
    return [left]


# ---------------------------------------------------------------- one noun phrase
def _single(words: list[str], is_person: IsPerson) -> Phrase:
    pronoun = words[-1].lower() if len(words) > 1 and words[-1].islower() else words[0].lower()
    if pronoun in _PERSONAL and (len(words) == 1 or pronoun in ("he", "she", "they", "it", "i", "we")):
        gender = nouns.PRONOUNS[pronoun]
        return Phrase("pronoun", head=pronoun, plural=gender in "pw", gender=gender if gender in "mf" else "")
    segments = _segments(words)
    phrase = _noun(segments[0], is_person)
    if phrase.kind in ("role", "organisation", "document") and not phrase.name and not phrase.plural:
        for segment in segments[1:3]:
            named = _noun(segment, is_person) if segment and is_capital(segment[0]) else NOBODY
            if named.name and named.article == "none" and named.kind == _kind_of_name(phrase.kind):
                title = " ".join(segments[0]) if not named.title else named.title
                return replace(named, title=title, head=phrase.head, marks=phrase.marks | named.marks)
    return phrase


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
    phrase = _headed(core, article, is_person)
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
    if first in _DEFINITE:
        return "definite", first if first in _OWNERS else "", words[1:]
    if first in ("a", "an", "another", "one") and len(words) > 1:
        return "indefinite", "", words[1:]
    if (first in _INDEFINITE | _NUMBERS or first[:1].isdigit()) and len(words) > 1:
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
                return rest[1:] if rest[0].lower() in _DEFINITE - _OWNERS and len(rest) > 1 else rest
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
        if at and word in _COMPLEMENT:
            if not _goes_on(words, at):
                break
        elif at and at + 1 == len(words) and word.islower() and word.endswith("ed") and is_capital(words[at - 1]):
            break
        elif at and word.islower() and _is_known(words[at - 1]) and word.endswith(("ed", "ing", "ly")):
            break
        at += 1
    return list(words[:at]), list(words[at:])


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
        if word in _COMPLEMENT and word not in ("of", "and", "for"):
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
    named = [w for w in _possessed(list(after[1:]))[1]]
    if after and "’s" in after or "'s" in after:
        mark = max(i for i, w in enumerate(after) if w in ("'s", "’s"))
        return " ".join(after[mark + 1 :])
    return " ".join(w for w in named if w not in ("the", "a", "an"))


# ---------------------------------------------------------------- the head
def _headed(core: list[str], article: Article, is_person: IsPerson) -> Phrase:
    core = [w for w in core if not _TIED.search(w)] or core
    start = len(core)
    while start and (is_capital(core[start - 1]) or (start < len(core) and _links(core, start - 1))):
        start -= 1
    run, before = core[start:], core[:start]
    if not run or (len(run) == 1 and run[0][:1].isdigit()):
        return _common(core, article)
    name, title = split_title(run)
    whole = " ".join(run)
    if not title and not is_person(whole) and _outlet(whole, article):
        return Phrase("organisation", name=_outlet(whole, article), article=article)
    if run[0].isupper() and len(run) == 1 and len(run[0]) > 1 and not is_person(whole):
        return _organisation(core, run, article)
    if len(run) == 1 and not before and _is_common_word(run[0], article, is_person):
        return _common(core, article)
    last = run[-1].lower()
    if _is_body_of(run) and not (title and name[0].lower() in firstnames.GENDER):
        return _organisation(core, run, article)
    if _is_role(run, is_person):
        return _common(core, article)
    if last in nouns.ORGANISATIONS:
        return _organisation(core, run, article)
    role = before and nouns.singular(before[-1].lower()) in nouns.PEOPLE
    if article == "definite" and not before and last in nouns.PRESS_NAMES:
        return _organisation(core, run, article)
    if (last in nouns.DOCUMENTS and not title and not role) and is_person(whole) is not True:
        return replace(_common(core, article), name=whole)
    person = looks_like_person(name, is_person, titled=bool(title or role), definite=article == "definite")
    if not person:
        return _organisation(core, run, article)
    words = [*before, *title]
    titles = " ".join(words)
    return Phrase("person", name=" ".join(name), title=titles, head=_title_head(words), marks=marks_of(words),
                  article=article, gender=gender_of(words, name))  # fmt: skip


def _outlet(name: str, article: Article) -> str:
    """The outlet that capitals name: "the Post" is one where "Post" alone may be anything."""
    return agencies.canonical(name) or (article == "definite" and agencies.canonical(f"The {name}")) or ""


def _is_body_of(run: Sequence[str]) -> bool:
    """ "Conference of Catholic Bishops": what stands before "of" is the organisation."""
    return any(w in ("of", "for") and run[at - 1].lower() in nouns.ORGANISATIONS for at, w in enumerate(run) if at)


def _links(core: Sequence[str], at: int) -> bool:
    """Small words within a name: particles, and what ties an organisation's name together."""
    return (
        at > 0
        and core[at].lower() in nouns.PARTICLES | {"of", "the", "for", "and", "on", "&"}
        and is_capital(core[at - 1])
    )


def split_title(run: Sequence[str]) -> tuple[list[str], list[str]]:
    """A run of capitals as name and title: the title ends with its last title word, or before a known first name."""
    cut = 0
    for at, word in enumerate(run[:-1]):
        bare = word.lower().rstrip(".")
        if bare in nouns.TITLES or (bare in ("of", "the") and cut == at):
            cut = at + 1
            if bare == "of" or run[at + 1] == "of":
                cut = min(at + 2, len(run) - 1)
    if not cut and len(run) > 3 and run[0].lower() not in firstnames.GENDER:
        cut = next((i for i in range(1, len(run) - 1) if run[i].lower() in firstnames.GENDER), 0)
    if cut and cut < len(run) and run[cut - 1] in ("of", "the"):
        cut = next((i for i in range(cut, len(run) - 1) if run[i].lower() in firstnames.GENDER), cut + 1)
    return list(run[cut:]), list(run[:cut])


def _is_common_word(word: str, article: Article, is_person: IsPerson) -> bool:
    """Whether a capital only begins a sentence ("Aides") or a title stands for a person ("the President")."""
    if article == "none" and is_person(word):
        return False
    head = nouns.singular(word.lower())
    if article == "definite" and word.lower() in nouns.PRESS_NAMES:
        return False
    known = head in nouns.PEOPLE or word.lower() in nouns.DOCUMENTS or word.lower() in nouns.ORGANISATIONS
    return known and not word.isupper()


def _is_role(run: Sequence[str], is_person: IsPerson) -> bool:
    """Whether capitals end in a noun of people: "the Attorney General", "a Kentucky Republican"."""
    head = nouns.singular(run[-1].lower())
    if head not in nouns.PEOPLE or run[-1].lower() in nouns.ORGANISATIONS or is_person(" ".join(run)):
        return False
    if len(run) == 1:
        return True
    first_names = firstnames.GENDER.keys() - nouns.STATE.keys()
    return not any(w.lower() in first_names or re.fullmatch(r"[A-Z]\.", w) for w in run[:-1])


def _title_head(words: Sequence[str]) -> str:
    for word in reversed(words):
        bare = word.lower().rstrip(".")
        if bare in nouns.PEOPLE:
            return nouns.singular(bare)
    return ""


def marks_of(words: Sequence[str]) -> frozenset[str]:
    """Modifiers in small letters, with countries and states in one form and without what modifies nothing."""
    found = set()
    for word in words:
        bare = word.lower().rstrip(".").replace("’", "'")
        if bare in _EMPTY or bare in ("'s", "'"):
            continue
        found.add(nouns.COUNTRY.get(bare) or nouns.STATE.get(bare) or nouns.singular(bare))
    return frozenset(found)


_EMPTY: Final = _DEFINITE | _INDEFINITE | _COMPLEMENT | frozenset("mr mrs ms miss the".split())


def gender_of(title: Sequence[str], name: Sequence[str] = ()) -> str:
    """What a title, or else a first name, tells."""
    for word in reversed(title):
        bare = nouns.singular(word.lower().rstrip("."))
        if bare in nouns.HONORIFICS or bare in nouns.GENDER:
            return nouns.HONORIFICS.get(bare) or nouns.GENDER[bare]
    return firstnames.GENDER.get(name[0].lower(), "") if len(name) > 1 else ""


def looks_like_person(name: Sequence[str], is_person: IsPerson, titled: bool, definite: bool = False) -> bool:
    """Whether capitals that no list of nouns explains are a person's name."""
    if not name or name[-1].lower() in nouns.ORGANISATIONS:
        return False
    whole, first = " ".join(name), name[0].lower()
    told = is_person(whole)
    if told or titled:
        return True
    if agencies.canonical(whole):
        return False
    if len(name) == 1 and (first.rstrip(".") in nouns.COUNTRY or (whole.isupper() and len(whole) > 1)):
        return False
    if len(name) > 1 and (first in firstnames.GENDER or any(re.fullmatch(r"[A-Z]\.", w) for w in name)):
        return True
    if told is False or definite:
        return False
    return not any(w.lower() in nouns.ORGANISATIONS | nouns.COUNTRY.keys() for w in name)


def _organisation(core: Sequence[str], run: Sequence[str], article: Article) -> Phrase:
    head = nouns.singular(run[-1].lower())
    return Phrase("organisation", name=" ".join(run), head=head, marks=marks_of(core[:-1]), article=article)


def _common(core: Sequence[str], article: Article) -> Phrase:
    """A phrase whose head is a common noun."""
    word = core[-1].lower()
    head = nouns.singular(word)
    kind: Kind = "role"
    if word in _CORPORATE or (word in nouns.ORGANISATIONS and head not in ("leadership", "people")):
        kind = "organisation"
    elif word in nouns.DOCUMENTS or head in nouns.DOCUMENTS:
        kind = "document"
    elif head in nouns.PEOPLE:
        kind = "role" if not _is_chamber_party(core, article) else "organisation"
    elif head in nouns.ORGANISATIONS or word.endswith(("tion", "ment", "ship", "cy")):
        kind = "organisation"
    plural = nouns.is_plural(word)
    return Phrase(kind, head=head, marks=marks_of(core[:-1]), article=article, plural=plural, gender=gender_of([word]))


_CORPORATE: Final = frozenset("prosecutors authorities police".split())


def _is_chamber_party(core: Sequence[str], article: Article) -> bool:
    """ "Senate Democrats": the party's members in a chamber, as a body."""
    return (
        len(core) == 2
        and article != "indefinite"
        and core[0].lower() in ("senate", "house", "congressional")
        and core[1].lower() in ("democrats", "republicans")
    )
