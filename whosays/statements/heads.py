"""The head of a noun phrase: a name with its title, or the noun that tells a person from a body from a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
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
DEFINITE: Final = frozenset("the this that these those his her its their our my".split())
INDEFINITE: Final = frozenset("a an another one some many several few most any other others multiple".split())
COMPLEMENT: Final = frozenset(
    "of in on for with from at by to against about among within near over under after before into between behind "
    "outside inside inside close familiar briefed who which that whose whom where when including like such as not "
    "alike speaking said told citing via during through across around along alongside without toward towards "
    "and or but now then also both is was are were has have had".split()
)
TIED: Final = re.compile(r"-(?:born|based|backed|led|aligned|run|owned|affiliated|controlled|elect)$", re.IGNORECASE)


def tokens(text: str) -> list[str]:
    """Words and the marks that part a noun phrase; possessive endings stand alone."""
    return list(_tokens(text))


@lru_cache(maxsize=1 << 14)  # the same few pronouns and names, time and again
def _tokens(text: str) -> tuple[str, ...]:
    found = []
    for word in _TOKEN.findall(text.replace("\xad", "")):
        if word.endswith(".") and word.lower() not in _ABBREVIATED and "." not in word[:-1] and len(word) > 2:
            word = word[:-1]
        found.append(word)
    return tuple(found)


def is_capital(word: str) -> bool:
    """Whether a word is written as a name is."""
    return word[:1].isupper() or bool(re.match(r"(?:al|el|ul|an|as|ad)-[A-Z]", word))


def headed(core: list[str], article: Article, is_person: IsPerson) -> Phrase:
    core = [w for w in core if not TIED.search(w)] or core
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
    if _is_body_of(run) and not (title and name and name[0].lower() in firstnames.GENDER):
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


_EMPTY: Final = DEFINITE | INDEFINITE | COMPLEMENT | frozenset("mr mrs ms miss the".split())


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
    if whole.lower() in nouns.BODIES:
        return False
    told = is_person(whole)
    if told or titled:
        return True
    if agencies.canonical(whole):
        return False
    if len(name) == 1 and (first.rstrip(".") in nouns.COUNTRY or (whole.isupper() and len(whole) > 1)):
        return False
    if len(name) > 1 and (first in firstnames.GENDER or any(re.fullmatch(r"[A-Z]\.", w) for w in name)):
        return True
    if told is False or definite or (len(name) == 1 and agencies.is_outlet(f"The {whole}")):
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
