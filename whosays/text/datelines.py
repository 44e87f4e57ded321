"""Datelines ("KYIV, Ukraine (AP) —"): the place and the agency before an article's first words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from . import agencies
from .span import Span

_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE: Final = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_CAPITAL_WORD: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
# "JAKARTA", "NEW YORK", "ST. PETERSBURG", "GENEVA/LONDON", "PORT-AU-PRINCE"
_CAPITALS: Final = rf"{_CAPITAL_WORD}(?:[ /]{_CAPITAL_WORD}){{0,3}}"
_TITLE_WORD: Final = r"[A-ZÀ-Þ](?:[\w'’-]*[a-zß-ÿ][\w.'’-]*|\.(?:[A-Z]\.)+)"  # "Ukraine", "N.H."
_TITLED: Final = rf"{_TITLE_WORD}(?:[ /]{_TITLE_WORD}){{0,3}}"
_REGION: Final = rf"(?:,\s+(?:{_TITLED}|[A-Z]{{2}}))"
_DASH: Final = r"(?:--+|__?|[-—–―])"
_AGENCY: Final = r"\(\s*(?P<agency>[A-ZÀ-Þ][^()\n]{1,40}?)\s*\)"
# "Washington CNN —": the agency is the last of the words, however many are the place's.
_BARE_AGENCY: Final = r"(?P<agency>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,4})"

# From the surest to the least sure. A place in capitals needs only a dash; any other needs an agency or a date, for
# "London - where it rained - ..." is prose, and so is "TRUMP: I never said that".
_FORMS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?P<place>{_CAPITALS}){_REGION}?(?:,?\s+{_DATE})?,?\s*{_AGENCY}\s*(?:{_DASH}|:|(?=[A-Z“\"]))\s*",
        rf"(?P<place>{_CAPITALS}){_REGION}?,?\s+{_DATE}\s*(?:{_DASH}|:)\s*",
        rf"(?P<place>{_CAPITALS}){_REGION}?\s*(?:—|―|\s{_DASH}\s|--)\s*",
        rf"(?P<place>{_TITLED}){_REGION}?(?:,?\s+{_DATE})?\s*{_AGENCY}\s*(?:{_DASH}\s*|(?=[A-Z“\"])|$)",
        rf"(?P<place>{_TITLED}){_REGION}?,\s+{_DATE}\s*(?:{_DASH})\s+",
        rf"(?:{_DATE}\s*)?{_AGENCY}\s*(?:{_DASH}|:|(?=[A-Z“\"])|$)\s*",
        rf"{_BARE_AGENCY}\s*[—–―]\s*",
    )
)
_OWN_AGENCY_ONLY: Final = frozenset({3, 5, 6})  # the forms that stand or fall with an agency that is known as one
_NO_PLACE: Final = frozenset(
    "BREAKING EXCLUSIVE UPDATE UPDATED UPDATES ANALYSIS OPINION VIDEO WATCH READ ALSO RELATED LIVE NOTE CORRECTION "
    "PHOTOS COMMENTARY EDITORIAL REVIEW POLL".split()
)
_LONGEST: Final = 90


@dataclass(frozen=True, slots=True)
class Dateline:
    """Its characters in the text, its dash included, and the agency it names."""

    span: Span
    agency: str | None


def find(text: str, paragraph: Span) -> Dateline | None:
    """The dateline at the start of a paragraph, if there is one."""
    head = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST)]
    for number, form in enumerate(_FORMS):
        found = form.match(head)
        if found is None or found.end() == 0:
            continue
        groups = found.groupdict()
        place, written = groups.get("place") or "", groups.get("agency")
        known = _agency(written) or agencies.canonical(place)  # "CNN —"
        if place.split(" ")[0].strip(".,:") in _NO_PLACE or (number in _OWN_AGENCY_ONLY and known is None):
            continue
        return Dateline(Span(paragraph.start, paragraph.start + len(found.group().rstrip())), known or written)
    return None


def _agency(written: str | None) -> str | None:
    """The usual name of the first agency in "AP", "Reuters/AFP" or "Washington CNN"."""
    if written is None:
        return None
    for part in re.split(r"\s*/\s*", written):
        words = part.split(" ")
        for first in range(len(words)):
            if known := agencies.canonical(" ".join(words[first:])):
                return known
    return None
