"""An article's words in columns: asking spaCy word by word takes most of the time that all this takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.tokens import Doc, Token

# Classes that a capitalised word of a name is given by mistake: "Hillary Clinton" with a number for a surname.
_MISTAKEN: Final = frozenset({"NUM", "VERB", "ADV", "INTJ", "AUX"})


@dataclass(frozen=True, slots=True)
class Columns:
    """A document in columns, each read once.

    ``starts`` and ``ends`` are characters, ``head`` the place of the word above, ``spaced`` the space behind a word or
    "", ``opens`` tells whether it begins a sentence, ``counts`` whether it is a number or a currency sign. ``entity``
    is the label of the name that a word belongs to, ``inside`` tells that it is not its first word. ``below`` are the
    places of the words that hang on a word, in text order.
    """

    tokens: list[Token]
    text: list[str]
    lower: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    starts: list[int]
    ends: list[int]
    spaced: list[str]
    opens: list[bool]
    counts: list[bool]
    entity: list[str]
    inside: list[bool]
    below: Mapping[int, Sequence[int]]

    @classmethod
    def of(cls, doc: Doc) -> Columns:
        tokens = list(doc)
        text = [t.text for t in tokens]
        wanted: list[int | str] = [
            "HEAD",
            "IDX",
            "LENGTH",
            "SENT_START",
            "LIKE_NUM",
            "IS_CURRENCY",
            "ENT_TYPE",
            "ENT_IOB",
        ]
        read = doc.to_array(wanted).astype(np.int64).reshape(-1, len(wanted)).T
        above, starts, length, opens, like_num, currency, entity, iob = read
        head = (np.arange(len(tokens)) + above).tolist()
        labels = {number: doc.vocab.strings[number] if number else "" for number in set(entity.tolist())}
        entities = [labels[number] for number in entity.tolist()]
        pos = [
            "PROPN" if label and class_ in _MISTAKEN and word[0].isupper() else class_
            for class_, label, word in zip([t.pos_ for t in tokens], entities, text, strict=True)
        ]
        below: dict[int, list[int]] = defaultdict(list)
        for at, up in enumerate(head):
            if at != up:
                below[up].append(at)
        return cls(
            tokens=tokens,
            text=text,
            lower=[t.lower_ for t in tokens],
            pos=pos,
            dep=[t.dep_ for t in tokens],
            head=head,
            starts=starts.tolist(),
            ends=(starts + length).tolist(),
            spaced=[t.whitespace_ for t in tokens],
            opens=(opens == 1).tolist(),
            counts=((np.array(pos) == "NUM") | (like_num > 0) | (currency > 0)).tolist(),
            entity=entities,
            inside=(iob == 1).tolist(),
            below=dict(below),
        )
