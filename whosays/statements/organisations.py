"""When two descriptions can stand for one organisation, document or unnamed person."""

from __future__ import annotations

import re
from typing import Final

from whosays.statements import heads, nouns
from whosays.statements.heads import Phrase
from whosays.text import agencies

_GENERIC: Final = frozenset(
    "the a an of for and on in u.s us department ministry news agency inc corp co ltd group company federal office "
    "government administration organization organisation new york's service services".split()
)
_STOP: Final = frozenset(
    "the a an of for and on in at to with from by who which that was were is are has have had his her its their he she "
    "it they one some many several few other others another not be been speaking condition anonymity because 's ’s as "
    "this these those , ( ) ; : — – ' ’".split()
)
_CAMP: Final = frozenset("campaign camp team".split())
_STATELY: Final = frozenset("government regime state authority".split())
_EMPHATIC: Final = frozenset("top leading senior prominent several many numerous dozen hundred least nine".split())
_SOME: Final = frozenset("some any".split())
PARTIES: Final = frozenset(("democrat", "republican", "conservative", "liberal"))
# What no "company" is, and no "agency".
_PUBLIC: Final = frozenset(
    "ministry department government parliament senate court police army prosecutor authority hospital university union "
    "federation association confederation "
    "party council commission committee embassy office administration".split()
)
_NO_AGENCY: Final = frozenset("hospital clinic university college school church party union company firm bank".split())
_OTHER: Final = frozenset("another other others".split())


def is_hearsay(phrase: Phrase) -> bool:
    """ "reports", "media reports", "rumours": nobody in particular."""
    bare = phrase.article == "none" and phrase.kind == "document" and not phrase.owner and not phrase.name
    return (
        bare and phrase.plural and phrase.head in nouns.HEARSAY and phrase.marks <= {"media", "news", "some", "press"}
    )


def is_bare(phrase: Phrase) -> bool:
    """ "the administration": a body without a word on whose it is."""
    plain = phrase.kind == "organisation" and phrase.article == "definite" and not phrase.plural
    return plain and not phrase.name and not phrase.marks and not phrase.owner


def detail(phrase: Phrase) -> set[str]:
    """Every telling word of a description, complements included."""
    found = set()
    for word in heads.tokens(phrase.text or phrase.name or phrase.head):
        bare = word.lower().rstrip(".")
        if bare not in _STOP:
            found.add(nouns.COUNTRY.get(bare) or nouns.singular(bare))
    return found | ({phrase.owner.lower()} if phrase.owner and phrase.owner not in nouns.PRONOUNS else set())


def key(phrase: Phrase) -> frozenset[str]:
    """An organisation's telling words: its name, or what it is and whose."""
    if phrase.name:
        outlet = agencies.canonical(phrase.name)
        whole = (outlet or phrase.name).lower().replace(".", "").replace("’", "'").replace("united states", "us")
        words = re.split(r"[\s-]+", whole)
        owner = phrase.owner.lower().split()[-1:] if phrase.owner else []
        return _reduced({*words, *(owner if phrase.owner and not outlet else [])})
    described = {phrase.head, *phrase.marks}
    if phrase.owner and phrase.owner not in nouns.PRONOUNS:
        described |= {w.lower().rstrip(".") for w in heads.tokens(phrase.owner)[-1:]}
    return _reduced(described)


def _reduced(words: set[str]) -> frozenset[str]:
    plain = {nouns.COUNTRY.get(w, w) for w in words}
    if plain & _CAMP:
        plain = (plain - _CAMP - {"presidential", "political"}) | {"campaign"}
    countries = plain & set(nouns.COUNTRY.values())
    if countries and plain - countries <= _STATELY | {"the"}:
        return frozenset(countries)
    return frozenset(plain - _GENERIC or plain)


def acronym(phrase: Phrase) -> str:
    """The initials of a name, or the name itself where it is written as initials."""
    words = [
        w for w in re.split(r"[\s-]+", phrase.name) if w and w.lower() not in ("the", "of", "for", "and", "on", "in")
    ]
    if len(words) == 1:
        bare = words[0].replace(".", "")
        return bare if bare.isupper() and 2 <= len(bare) <= 7 else ""
    initials = (w.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.)+", w) else w[0] for w in words if w[0].isupper())
    return "".join(initials) if len(words) > 1 else ""


def is_one_organisation(one: Phrase, other: Phrase) -> bool:
    """Whether two names or descriptions of organisations mean the same one, whoever writes."""
    a, b = key(one), key(other)
    if a == b:
        return True
    if one.name and other.name:
        x, y = acronym(one), acronym(other)
        if x and x == y and (one.name.replace(".", "") == x or other.name.replace(".", "") == x):
            return True
        return _is_short_form(one.name, other.name)
    named, bare = (one, other) if one.name else (other, one)
    return bool(named.name) and not bare.name and bool(bare.marks) and key(bare) <= key(named) and len(key(bare)) > 1


def _is_short_form(one: str, other: str) -> bool:
    short, long = sorted(([w.lower() for w in n.replace("’", "'").split()] for n in (one, other)), key=len)
    if len(short) == 1 and short[0] in nouns.PRESS_NAMES and long[-1] == short[0]:
        return True
    if short == long or (len(short) == 1 and (short[0] in nouns.COUNTRY or short[0] in nouns.STATE)):
        return False
    if agencies.canonical(" ".join(short)) or agencies.canonical(" ".join(long)):
        return False
    return long[: len(short)] == short and short[-1] not in nouns.TITLES


def fits(phrase: Phrase, earlier: Phrase, known: set[str]) -> bool:
    """Whether a description in an article means what an earlier one in the same article did."""
    if phrase.kind == "organisation" and earlier.kind == "organisation":
        if is_one_organisation(phrase, earlier):
            return True
        return phrase.article == "definite" and not phrase.name and _is_called(phrase, earlier, known)
    if phrase.kind == "role" and phrase.plural and phrase.article == "definite" and earlier.kind == "organisation":
        return not phrase.marks and bool(earlier.name) and phrase.head in known
    if phrase.kind != earlier.kind or phrase.plural != earlier.plural or phrase.name or earlier.parts:
        return bool(phrase.name and earlier.name and phrase.kind == earlier.kind and phrase.name == earlier.name)
    if phrase.article == "definite" and not (phrase.marks & _OTHER):
        return _is_called(phrase, earlier, known)
    if phrase.kind == "role" and phrase.plural and _is_one_group(phrase, earlier):
        return True
    same = detail(phrase)
    return same == known and not (phrase.marks & _OTHER) and phrase.head == earlier.head


def agree(one: set[str] | frozenset[str], other: set[str] | frozenset[str]) -> bool:
    """Whether the words before one head noun allow another's: one of them says no more than the other."""
    a, b = one - _EMPHATIC - {"new"}, other - _EMPHATIC - {"new"}
    return a <= b or b <= a


def _is_one_group(phrase: Phrase, earlier: Phrase) -> bool:
    """ "Leading Democrats" and then "Democrats": one group, more or less closely described."""
    a, b = phrase.marks - _EMPHATIC, earlier.marks - _EMPHATIC
    if phrase.head != earlier.head or (a | b) & (_OTHER | _SOME) or phrase.owner != earlier.owner:
        return False
    return bool(a or b or phrase.head in PARTIES) and (a <= b or b <= a)


def _is_called(phrase: Phrase, earlier: Phrase, known: set[str]) -> bool:
    """Whether "the group", "the Iranian official" can take up an earlier description."""
    heads = {earlier.head, *nouns.ALSO.get(earlier.head, "").split()} | known
    if phrase.kind == "organisation" and phrase.head in ("group", "organization", "organisation", "newspaper", "paper",
                                                         "outlet", "agency", "company", "party", "firm"):  # fmt: skip
        outlet = bool(earlier.name and agencies.is_outlet(earlier.name))
        if phrase.head == "agency":
            return (outlet or not known & _NO_AGENCY) and phrase.marks - {"news"} <= known
        if phrase.head in ("company", "firm") and known & _PUBLIC:
            return False
        wants_outlet = phrase.head in ("newspaper", "paper", "outlet")
        return outlet == wants_outlet and phrase.marks - {"news"} <= known
    if phrase.head not in heads:
        return False
    told = set(phrase.marks) - {"senior", "top", "same", "former"}
    owner = phrase.owner.lower() if phrase.owner and phrase.owner not in nouns.PRONOUNS else ""
    return told <= known and (not owner or owner in known)
