"""Whether the words around a day speak of what has been or of what is to come."""

from __future__ import annotations

from typing import Final

from .time_words import Tokens

_TO_COME: Final = frozenset(
    "will would shall should ll plan plans planned scheduled expected expects due going upcoming next tomorrow must "
    "can may payable intends hopes soon expire expires begin begins start starts open opens meet meets arrive arrives "
    "visits travels returns heads convenes departs".split()
)
_BEEN: Final = frozenset(
    "said says was were had did told has have went took made came met won lost rose fell began gave left held found "
    "saw got sent became brought spoke wrote led since follows following".split()
)
# An infinitive tells only behind one of these: "agreed to sell", but not "was ordered to leave".
_INTENT: Final = frozenset(
    "agreement agreed agrees plan plans planned expected expects ready due set hopes hope wants likely scheduled "
    "intends promised promises vowed prepares preparing continues about able".split()
)
# Behind "by Monday" and "as early as Monday" these do not tell: they say when the words were said, or that it is so.
_SAYING: Final = frozenset("said says told have has asked announced added wrote spoke were was".split())
_OPEN: Final = frozenset("could might may can would will should must shall ll cannot".split())
_KNOWN: Final = frozenset("had knew known".split())
# What follows the "to" of a direction rather than of an infinitive.
_WHOSE: Final = frozenset("his her their its our my your him them us me it you which whom what each all both".split())
_BACK: Final = 14
_AHEAD: Final = 6


def direction(tokens: Tokens, first: int, last: int) -> int:
    """-1 where what happened then is told as past, 1 where it is to come, 0 where nothing near tells.

    The nearest verb before the phrase in its sentence decides, or else the nearest one behind it.
    """
    if _words_before(tokens, first) == ["as", "early", "as"]:
        return _bounded(tokens, first) or 1
    if _is_limit(tokens, first):
        return 1
    if first > 0 and tokens.words[first - 1] == "by" and (told := _bounded(tokens, first - 1)):
        return told
    for place in range(first - 1, max(first - 1 - _BACK, -1), -1):
        if tokens.letters[place] == "|":
            break
        if told := _tells(tokens, place):
            return told
    for place in range(last, min(last + _AHEAD, len(tokens.letters))):
        if tokens.letters[place] == "|":
            break
        if told := _tells(tokens, place):
            return told
    return int(first > 0 and tokens.words[first - 1] in ("by", "till"))


def _bounded(tokens: Tokens, first: int) -> int:
    """What is told before a bound ("… by Monday", "… as early as May"): a modal or an infinitive leaves it open, and
    a past behind which nothing is open has been; 1 where only what is said or is so comes before, 0 where nothing."""
    seen = 0
    for place in range(first - 1, max(first - 1 - _BACK, -1), -1):
        word, letter = tokens.words[place], tokens.letters[place]
        if letter == "|":
            break
        seen += letter == "x"
        if word in _OPEN or (word == "to" and _is_infinitive(tokens, place)):
            return 1
        if word in _KNOWN:
            return -1
        if word not in _SAYING and (told := _tells(tokens, place)):
            return told
    return int(seen > 1)


def _is_infinitive(tokens: Tokens, place: int) -> bool:
    """Whether a lower-case word that may be a verb stands behind "to"."""
    if place + 1 >= len(tokens.letters) or tokens.letters[place + 1] != "x":
        return False
    return tokens.text[tokens.starts[place + 1]].islower() and tokens.words[place + 1] not in _WHOSE


def ended(tokens: Tokens, first: int) -> bool:
    """Whether "ended" stands right before a phrase: a span of time is over then."""
    return first > 0 and tokens.words[first - 1] == "ended"


def _is_limit(tokens: Tokens, first: int) -> bool:
    """Whether "as soon as", "ahead of" or "until" stands right before a phrase."""
    before = _words_before(tokens, first)
    return before == ["as", "soon", "as"] or before[-2:] == ["ahead", "of"] or before[-1:] == ["until"]


def _words_before(tokens: Tokens, first: int) -> list[str]:
    """The three words before a phrase."""
    return tokens.words[max(first - 3, 0) : first]


def _tells(tokens: Tokens, place: int) -> int:
    word = tokens.words[place]
    before = tokens.words[place - 1] if place else ""
    if word == "to":
        return int(before in _INTENT)
    if word in _TO_COME:
        return int(word != "next" or tokens.words[min(place + 1, len(tokens.letters) - 1)] != "to")
    if word.endswith("ing") and before in ("is", "are", "am", "m", "re", "be"):
        return 1
    if before == "be":
        return 0  # "would be held": the word before that tells
    return -1 if word in _BEEN or (word.endswith("ed") and len(word) > 4) else 0
