"""An article's words in columns: asking spaCy word by word takes most of the time that all this takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

_NUMBERS: Final = ("HEAD", "IDX", "LENGTH", "SENT_START", "LIKE_NUM", "IS_CURRENCY", "ENT_IOB", "SPACY", "IS_STOP")
_STRINGS: Final = ("DEP", "ENT_TYPE", "POS", "LEMMA")
# Classes that a capitalised word of a name is given by mistake: "Hillary Clinton" with a number for a surname.
_MISTAKEN: Final = frozenset({"NUM", "VERB", "ADV", "INTJ", "AUX"})


@dataclass(frozen=True, slots=True)
class Columns:
    """A document in columns, each read once.

    ``starts`` and ``ends`` are characters, ``head`` the place of the word above, ``spaced`` whether a space stands
    behind a word, ``opens`` whether it begins a sentence, ``counts`` whether it is a number or a currency sign.
    ``entity`` is the label of the name that a word belongs to, ``inside`` tells that it is not its first word.
    ``below`` are the places of the words that hang on a word, in text order. ``pos`` is set right for the words of
    names, ``given`` are the word classes as the document has them; ``stops`` tells of words like "the".
    """

    text: list[str]
    lower: list[str]
    pos: list[str]
    given: list[str]
    lemma: list[str]
    dep: list[str]
    head: list[int]
    starts: list[int]
    ends: list[int]
    spaced: list[bool]
    opens: list[bool]
    counts: list[bool]
    stops: list[bool]
    entity: list[str]
    inside: list[bool]
    below: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, doc: Doc, text: str) -> Columns:
        wanted: list[int | str] = [*_NUMBERS, *_STRINGS]
        read = doc.to_array(wanted).reshape(-1, len(wanted)).T
        above, first, length, opens, like_num, currency, iob, space, stop = read[: len(_NUMBERS)].astype(np.int64)
        dep, entity, given, lemma = (_strings(column, doc) for column in read[len(_NUMBERS) :])
        pos = given.copy()
        head = (np.arange(len(above)) + above).tolist()
        starts, ends = first.tolist(), (first + length).tolist()
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        for at, label in enumerate(entity):
            if label and pos[at] in _MISTAKEN and words[at][0].isupper():
                pos[at] = "PROPN"
        below: dict[int, list[int]] = defaultdict(list)
        for at, up in enumerate(head):
            if at != up:
                below[up].append(at)
        return cls(
            text=words,
            lower=[word.lower() for word in words],
            pos=pos,
            given=given,
            lemma=lemma,
            dep=dep,
            head=head,
            starts=starts,
            ends=ends,
            spaced=(space > 0).tolist(),
            opens=(opens == 1).tolist(),
            counts=((np.array(pos) == "NUM") | (like_num > 0) | (currency > 0)).tolist(),
            stops=(stop > 0).tolist(),
            entity=entity,
            inside=(iob == 1).tolist(),
            below=dict(below),
        )


def _strings(column: NDArray[np.uint64], doc: Doc) -> list[str]:
    """What the numbers of a column stand for; each number is looked up once."""
    numbers: list[int] = column.tolist()
    names = {number: doc.vocab.strings[number] if number else "" for number in set(numbers)}
    return [names[number] for number in numbers]
