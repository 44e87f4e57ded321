"""Outlets and agencies that a text names: by the table, by the form of the name, or because the story has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from whosays.text import agencies
from whosays.text.span import Span


class Named(NamedTuple):
    """An outlet's name in the text, with its usual form."""

    span: Span
    name: str


SHORTEST_NAME: Final = 3  # letters of an outlet's name that the story tells
_SPELT: Final = sorted(
    {form for known in agencies.forms() for form in (known, known.upper() if len(known) > 4 else known)},
    key=lambda form: (-len(form), form),
)


def _one_of(forms: Sequence[str]) -> str:
    """A pattern of any of these forms, the earlier before the later: by first letters, so that a place in a text is
    compared with the few that begin as it does."""
    by_letter: dict[str, list[str]] = {}
    for form in forms:
        by_letter.setdefault(form[0], []).append(re.escape(form[1:]).replace("'", "['’]"))
    return "|".join(rf"{letter}(?<![\w-].)(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


_FORMS: Final = re.compile(rf"(?:{_one_of(_SPELT)})(?![\w-])")
PROPER: Final = r"(?!The\b|An?\b|In\b|On\b|But\b|And\b)[A-Z][\w&’'-]*"
_KIND: Final = (
    r"Times|Post|Journal|Tribune|Herald|Gazette|Chronicle|Observer|Inquirer|Enquirer|Examiner|Dispatch|Courier"
    r"|Register|Telegraph|Mirror|Daily News|Evening News|News Agency|Broadcasting Network|Broadcasting Corporation"
    r"|Broadcasting|Newspapers|Magazine|Radio|Television|TV|Morning News|Free Press|Globe|Sentinel|Bulletin|Monitor"
)
_BY_FORM: Final = re.compile(rf"(?<![\w-])(?:{PROPER}\s+){{1,4}}?(?:{_KIND})(?![\w-])(?! (?:Office|Service|City)\b)")
_BESIDE_KIND: Final = re.compile(
    rf"\b(?:newspaper|daily|broadcaster|magazine|radio station|(?:TV|television) (?:station|channel|network)"
    rf"|news (?:agency|site|website|outlet|channel)|affiliate)\s+(?:the\s+|The\s+)?({PROPER}(?:\s+{PROPER}){{0,2}})"
    rf"|({PROPER}(?:\s+{PROPER}){{0,2}})\s+(?:newspaper|magazine|television|radio|TV|news agency)\b"
)
_STATE: Final = re.compile(
    rf"\b(?:{PROPER}(?:['’]s)?\s+)?(?:state|official|state-run|state-owned)\s+(?:television|TV|radio|media|broadcaster"
    r"|news agency|newspaper)\b(?! [A-Z])"
)
_CALL_LETTERS: Final = re.compile(r"[KW](?<![\w-].)[A-Z]{2,3}(?:-(?:TV|FM|AM))?(?![\w-])")
_SHORT: Final = re.compile(rf"[Tt](?<!\w.)he ({_KIND})(?! [A-Z])(?![\w-])")
_COMMON: Final = re.compile(
    r"[Tt](?<!\w.)he (?:news)?(?:paper|network|outlet|broadcaster|magazine| agency)(?! [A-Z])(?![\w-])"
)
# What a name may leave out at its end ("Northline" for "Northline News Agency"), and what begins it.
_GENERIC: Final = re.compile(r"(?: (?:[Nn]ews|[Pp]ress|[Aa]gency|[Ss]ervice|Media|Online|Network))+$")
_LEADING: Final = re.compile(r"^[Tt]he ")
_PROGRAMME: Final = re.compile(
    r"\b(?:on|told)(?: the)? [“\"]([A-Z][\w’']*(?: (?:[A-Z][\w’']*|the|of|with|and|&)){1,5})[,.]?[”\"]"
)
# A form that is also a word ("The National", "Slate") is none where the name goes on ("The National Guard").
_GOES_ON: Final = re.compile(r" (?!(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b)[A-Z][a-z]")


@lru_cache(maxsize=8)
def find(text: str, own: str | None, told: frozenset[str] = frozenset()) -> tuple[Named, ...]:
    """The outlets named in a text, in order; the table's reading comes before one by form.

    "The Post" and "the paper" are the outlet named last before them that they fit, or the article's ``own``. ``told``
    are outlets and agencies that the story shows by itself, whatever their names look like; the shortest of their names
    stands for all.
    """
    found = [Named(span, name) for span, name in _in_table(text)]
    for name, form in _forms_of(told):
        for hit in form.finditer(text):
            span = Span(*hit.span(1))
            if not any(span.overlaps(other.span) for other in found):
                found.append(Named(span, name))
    for pattern in (_BY_FORM, _BESIDE_KIND, _STATE, _CALL_LETTERS):
        for hit in pattern.finditer(text):
            group = next((k for k in range(1, pattern.groups + 1) if hit[k]), 0)
            span = Span(*hit.span(group))
            if not any(span.overlaps(other.span) for other in found):
                found.append(Named(span, _tidy(span.of(text))))
    found.sort()
    for pattern in (_SHORT, _COMMON):
        for hit in pattern.finditer(text):
            span = Span(*hit.span())
            if any(span.overlaps(other.span) for other in found):
                continue
            names = [own] if own else []
            names += [n.name for n in sorted(found) if n.span.end <= span.start]
            fitting = [name for name in names if pattern is _COMMON or name.endswith(hit[1])]
            if fitting:
                found.append(Named(span, fitting[-1]))
    for hit in _PROGRAMME.finditer(text):
        span = Span(*hit.span(1))
        if not any(span.overlaps(other.span) or 0 <= span.start - other.span.end <= 4 for other in found):
            found.append(Named(span, hit[1]))
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _forms_of(told: frozenset[str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each outlet's name and how a text may write it: whole, without "News Agency", "the Ledger" for its last word."""
    forms: dict[str, str] = {}
    for whole in sorted(told, key=lambda name: (len(name), name)):
        name = _LEADING.sub("", " ".join(whole.split()))
        short = _GENERIC.sub("", name)
        if len(short) < SHORTEST_NAME or agencies.canonical(whole) or agencies.canonical(name):
            continue
        known = forms.get(short, whole)
        forms |= dict.fromkeys((short, name), known)
        last = short.split()[-1]
        if " " in short and last[:1].isupper():
            forms.setdefault(f"the {last}", known)
    patterns = []
    for form, name in sorted(forms.items(), key=lambda pair: (pair[0].startswith("the "), -len(pair[0]), pair[0])):
        bare = form.removeprefix("the ")
        lead = "" if bare == form else "[Tt]he "
        rest = "(?: [Nn]ews [Aa]gency)?" if bare == form else ""
        patterns.append((name, re.compile(rf"(?<![\w-]){lead}({re.escape(bare)}{rest})(?![\w-])(?! [A-Z][a-z])")))
    return tuple(patterns)


def _in_table(text: str) -> Iterator[tuple[Span, str]]:
    for hit in _FORMS.finditer(text):
        name = agencies.canonical(hit.group())
        wordlike = not hit.group().isupper() and (hit.group().startswith("The ") or " " not in hit.group())
        if name and not (wordlike and _GOES_ON.match(text, hit.end())):
            yield Span(*hit.span()), name


def _tidy(name: str) -> str:
    tidy = " ".join(name.removeprefix("The ").split())
    return agencies.canonical(tidy) or re.sub(r"['’]s?$", "", tidy)
