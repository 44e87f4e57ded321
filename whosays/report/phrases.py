"""The words in which a report speaks to a reader, the same in every format."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Final

from whosays.claims.claim import ConflictType

ARROW: Final = " ← "
LONGEST_NAME: Final = 60
LONGEST_HEAD: Final = 40  # characters of a label that stands for all the others
MOST_LISTED: Final = 8  # names in a sentence
SHORT: Final = 120  # characters of a quotation in an overview; where it belongs it stands whole

NAMING: Final = {
    "named": "",
    "anonymous": "unnamed",
    "organisation": "",
    "document": "document",
    "unattributed": "credited to nobody",
}
KIND: Final = {"direct": "quoted", "indirect": "paraphrased", "mixed": "partly quoted"}
POLARITY: Final = {
    "asserted": "",
    "denied": "denied",
    "question": "asked",
    "call": "called for",
    "expected": "expected",
}
CONFLICT: Final[dict[ConflictType, str]] = {
    "quantity": "Different numbers",
    "time": "Different times",
    "polarity": "One says it, one denies it",
    "status": "Different states of affairs",
    "source": "Credited to different speakers",
    "quote": "One utterance, quoted differently",
    "certainty": "Not equally certain",
    "scale": "Different in scale",
    "content": "Different accounts",
}

# What a text could do to a terminal or a reader's eye: control characters, and the marks that turn the direction of
# writing, with which words can be made to read as others.
_UNSHOWN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LEADING: Final = re.compile(r"^(?:An?|The|His|Her|Its|Their|One|Some|Two|Several) ")  # of a description
_DETERMINER: Final = re.compile(r"^(?:an?|the|one|this|that|these|those|some|any|its|their|his|her|our|my)\s+", re.I)
_OPENING, _CLOSING, _DOUBLE = '“"«„', '”"»“', '“”"„'


def clean(text: str) -> str:
    """A passage on one line: white space made even, characters that must not reach a screen replaced by "�"."""
    return _UNSHOWN.sub("�", " ".join(text.split()))


def is_name(label: str) -> bool:
    """Whether a label reads as a name, not as a description: "Omnia Tracks", not "The losing bidder"."""
    return _DETERMINER.sub("", clean(label))[:1].isupper()


def interval(time: str) -> str:
    """An ISO interval in as few characters as tell it: "2019" for the year, "2019-05" for the month."""
    first, _, last = time.partition("/")
    if first[:4] == last[:4] and first[4:] == "-01-01" and last[4:] == "-12-31":
        return first[:4]
    if first[:7] == last[:7] and first[7:] == "-01" and _ends_month(last):
        return first[:7]
    return f"{first} to {last}" if last else first


def _ends_month(day: str) -> bool:
    """Whether a day in ISO form is the last of its month."""
    try:
        return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).day == 1
    except (ValueError, OverflowError):
        return False


def heading(labels: Iterable[str]) -> str:
    """The label that can stand for all the others: a name before a description, the fullest of those that are short."""
    every = {clean(label) for label in labels}
    short = {label for label in every if len(label) <= LONGEST_HEAD and "," not in label}
    if not short:
        return min(every, key=lambda label: (len(label), label))
    return max(short, key=lambda label: (is_name(label), len(label), label))


def alike(label: str) -> str:
    """A label as it is compared with others: without capitals and the determiner before it."""
    return _DETERMINER.sub("", clean(label)).casefold()


def shorten(text: str, room: int = SHORT) -> str:
    """The text, or as many whole words of its beginning as fit into ``room`` characters with the mark of omission."""
    if len(text) <= room:
        return text
    cut = text[: room - 1]
    whole = cut.rsplit(" ", 1)[0].rstrip(" ,;:–—-") if " " in cut else cut
    return f"{whole}…"


def quoted(text: str) -> str:
    """The words in quotation marks: in their own where they bring a pair, in single ones where they hold others.

    Half a pair at their beginning or end, the other half of which stands outside the passage, is left out.
    """
    if text[:1] in _OPENING and not any(mark in text[1:] for mark in _CLOSING):
        text = text[1:]
    elif text[-1:] in _CLOSING and not any(mark in text[:-1] for mark in _OPENING):
        text = text[:-1]
    own = len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING
    if own and not any(mark in text[1:-1] for mark in _DOUBLE):
        return text
    return f"‘{text}’" if any(mark in text for mark in _DOUBLE) else f"“{text}”"


def unquoted(text: str) -> str:
    """The words without a pair of quotation marks around them, and without a half pair or comma at their ends."""
    text = text.strip(" ,")
    marks = [place for place, letter in enumerate(text) if letter in _DOUBLE]
    if len(marks) == 2 and marks == [0, len(text) - 1]:
        return text[1:-1].strip(" ,")
    if len(marks) % 2:
        text = text[1:] if marks[0] == 0 else text[:-1] if marks[-1] == len(text) - 1 else text
    return text.strip(" ,")


def listed(names: Iterable[str], most: int = MOST_LISTED) -> str:
    """Names in one phrase: "A, B and C"; of more than ``most``, the others are counted."""
    every = list(names)
    if len(every) > most:
        every = [*every[: most - 1], f"{len(every) - most + 1:,} others"]
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: "1 claim", "2 claims", "1,200 claims"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def called(name: str) -> str:
    """A speaker's or outlet's name as it is shown in passing: short, without the comma that may end it in its text."""
    return shorten(clean(name).strip(" ,;:–—-"), LONGEST_NAME)


def speaking(name: str) -> str:
    """A speaker's name within a sentence: "a senior official", as which its article may have begun one of its own."""
    return _LEADING.sub(lambda m: m[0].lower(), called(name))


def chained(names: Sequence[str]) -> str:
    """How a statement came to its article: "Daily Ledger ← Reuters ← the mayor"; a name never twice in a row."""
    links: list[str] = []
    for name in names:
        if not links or alike(links[-1]) != alike(name):
            links.append(name)
    return ARROW.join(links)


def credit(spans: Iterable[Sequence[int] | None], text: str) -> str:
    """The words with which the article credits it, in text order: “Mayor Ilsa Dorn said”; "" where there are none."""
    known = sorted(tuple(span) for span in spans if span is not None)
    if not known:
        return ""
    parts = [clean(text[start:end]) for start, end in known]
    if len(parts) == 1:
        return quoted(parts[0])
    (_, end), (start, _) = known
    near = end <= start and not text[end:start].strip()
    return f"“{parts[0]}{' ' if near else ' … '}{parts[1]}”"
