"""What a common noun names: people, a body, or a thing that a story speaks of under several nouns."""

from __future__ import annotations

import itertools
from typing import Final

from whosays.claims import runs
from whosays.claims.phrases import Phrase
from whosays.statements import nouns

_PEOPLE: Final = nouns.ACTORS | nouns.ROLES
# Nouns by which one story's articles call one thing. With them F1 on the tuning stories is .006 higher.
_ALIKE: Final = """
attack bombing blast explosion assault raid shooting killing massacre slaying rampage violence tragedy incident strike
airstrike | bill measure legislation law act resolution amendment | deal agreement compromise accord pact plan proposal
package | video clip film footage tape recording | break-in burglary intrusion robbery | ruling decision verdict
judgment | rule guidance guideline policy regulation | gunman shooter suspect attacker assailant | money cash fund
| newspaper paper | rebel opposition insurgent
"""
_FIRST: Final = {noun: alike.split()[0] for alike in _ALIKE.split("|") for noun in alike.split()}
# Bodies that "the" alone points back to: the organisation that was named last.
OF: Final = " of "  # stands in a key before the country of people: the forces of one are not those of another
BODIES: Final = frozenset(
    "organization organisation agency bureau newspaper paper company group department firm network association".split()
)
# Bodies that may be called by their name with such a noun behind it: "the Harbour Union group".
GROUPS: Final = BODIES | {"movement", "militia", "party"}
# What these open is not the thing spoken of before, but another one or all of its kind.
_INDEFINITE: Final = frozenset("a an any every some no another each this these that those".split())
_OTHERS: Final = frozenset("other such many more several most similar future previous".split())


def key(phrase: Phrase) -> str | None:
    """What a common noun names: nothing where somebody unknown owns it, or where it is an amount of things."""
    if phrase.name or not phrase.head.isalpha() or phrase.determiner in runs.POSSESSORS:
        return None
    if phrase.counted and not is_people(phrase.head):
        return None
    noun = f"noun {_FIRST.get(phrase.head, phrase.head)}"
    words = (*phrase.before, *map("-".join, itertools.pairwise(phrase.before)))
    country = next((nouns.COUNTRY[word] for word in reversed(words) if word in nouns.COUNTRY), "")
    return f"{noun}{OF}{country}" if country and is_people(phrase.head) else noun


def is_people(noun: str) -> bool:
    return not {noun, noun.removesuffix("s")}.isdisjoint(_PEOPLE) or noun.endswith(nouns.PEOPLE_ENDINGS)


def is_definite(phrase: Phrase) -> bool:
    """Whether a phrase points at something known: not "a board", "other boards" or "boards"."""
    if phrase.determiner in _INDEFINITE or (phrase.before and phrase.before[0] in _OTHERS):
        return False
    return bool(phrase.determiner or phrase.before)


def is_indefinite(phrase: Phrase) -> bool:
    return phrase.determiner in _INDEFINITE
