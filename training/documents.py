"""A training document: words with their marks and whatever labels its corpus gives."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np

from training.labels import ATTRIBUTION_TAGS, NAME_TAGS, UNKNOWN
from whosays.language import tokenizing, words
from whosays.text.span import Span

NO_CUE = -1
TOKENIZE = tokenizing.blank().tokenizer


@dataclass
class Document:
    """Arrays are [words]; ``head`` and ``cue`` are indices of words of the same document."""

    corpus: str
    words: list[str]
    quote: np.ndarray
    line: np.ndarray
    guideline: int | None = None  # which guideline its attributions follow; None: it has none
    word_class: np.ndarray | None = None
    head: np.ndarray | None = None  # a root is its own head
    relation: np.ndarray | None = None
    sentence: np.ndarray | None = None  # 1 at the first word of each sentence
    name: np.ndarray | None = None
    role: np.ndarray | None = None
    cue: np.ndarray | None = None  # first word of the cue that a source or content word belongs to, or NO_CUE
    cuts: list[int] = field(default_factory=list)  # words at which a window may begin
    spans: list[tuple[int, int]] = field(default_factory=list)  # stretches whose sentence embedding is known
    vectors: np.ndarray | None = None


def read(corpus: str, text: str, guideline: int | None = None) -> tuple[Document, list[Span]]:
    """A document without labels, and the characters of its words."""
    tokens = [t for t in TOKENIZE(text) if not t.is_space]
    spans = [Span(t.idx, t.idx + len(t)) for t in tokens]
    line = np.array(words.breaks(text, spans), np.int8)
    made = Document(
        corpus, [t.text for t in tokens], np.array(words.quote_states(text, spans), np.int8), line, guideline
    )
    made.cuts = words.stops(made.words, line.tolist())
    return made, spans


def covered(spans: list[Span], start: int, end: int) -> range:
    """The words that lie, by half or more, within characters [start, end)."""
    inside = [k for k, s in enumerate(spans) if min(s.end, end) - max(s.start, start) > (s.end - s.start) / 2]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def tag_names(document: Document, spans: list[Span], entities: list[tuple[int, int, str]]) -> None:
    document.name = np.zeros(len(document.words), np.int64)
    for start, end, kind in entities:
        for at, k in enumerate(covered(spans, start, end)):
            document.name[k] = NAME_TAGS.index(("B-" if at == 0 else "I-") + kind)


def tag_attributions(document: Document, spans: list[Span], attributions: list[dict]) -> int:
    """Labels of roles and cues; the number of spans that had to give way to another one.

    A word has one role: where attributions nest, the outer content keeps its words.
    """
    role = np.zeros(len(document.words), np.int64)
    cue = np.full(len(document.words), UNKNOWN, np.int64)
    lost = 0
    rows = sorted(attributions, key=lambda a: -sum(e - s for s, e in a["content"]))
    for row in rows:
        cues = [covered(spans, s, e) for s, e in row["cue"] or []]
        target = next((r[0] for r in cues if r), NO_CUE)
        for name in ("content", "source", "cue"):
            for start, end in row[name] or []:
                reach = covered(spans, start, end)
                if not reach:
                    continue
                if role[list(reach)].any():
                    lost += 1
                    continue
                for at, k in enumerate(reach):
                    role[k] = ATTRIBUTION_TAGS.index(("B-" if at == 0 else "I-") + name)
                    cue[k] = target
    document.role, document.cue = role, cue
    return lost


def leave_out(document: Document, spans: list[Span], doubtful: list[tuple[int, int]]) -> None:
    """Takes the labels of attributions from words in ``doubtful`` characters that are part of no attribution."""
    assert document.role is not None
    assert document.cue is not None
    for start, end in doubtful:
        for k in covered(spans, start, end):
            if document.role[k] == 0:
                document.role[k] = document.cue[k] = UNKNOWN


@dataclass(frozen=True)
class Window:
    """Words [start, end) of a document."""

    document: int
    start: int
    end: int
    pieces: int


def windows(number: int, document: Document, counts: list[int], longest: int, chance: random.Random) -> list[Window]:
    """Cuts a document anew: consecutive stretches of at most ``longest`` word pieces, the first one of any length."""
    ends = [*document.cuts[1:], len(document.words)]
    made: list[Window] = []
    limit = chance.randint(longest // 4, longest)
    start = size = 0
    last = 0
    for end in ends:
        more = sum(counts[last:end])
        if size and size + more > limit:
            made.append(Window(number, start, last, size))
            start, size, limit = last, 0, longest
        while more > longest:
            # one stretch without an end of sentence: cut it where it is full
            stop, size = last, 0
            while size + counts[stop] <= longest:
                size += counts[stop]
                stop += 1
            made.append(Window(number, last, stop, size))
            start = last = stop
            more, size = sum(counts[last:end]), 0
        size += more
        last = end
    if size:
        made.append(Window(number, start, last, size))
    return made
