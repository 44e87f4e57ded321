"""Articles as marked documents: word classes, lemmas, parse, sentences, names, attributions, embeddings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.tokens import Span as Entity

from whosays.language import attribution, lemmas, parse
from whosays.language.attribution import Attribution
from whosays.language.model import Model, Reading, Scores
from whosays.text.layout import Layout
from whosays.text.span import Span

Vectors = NDArray[np.float32]
# What a document can have of its own, by spaCy's names; heads go with their relations.
COLUMNS = ("POS", "LEMMA", "DEP", "ENT_IOB")
AHEAD = 16  # articles whose windows wait to be run while one is put together


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked document. ``words`` are the token numbers of the words that were read, to which attributions count.

    Tokens outside the prose (headlines, link lines) carry no more than a sentence of their own. ``text`` is the
    document's, which spaCy puts together anew whenever it is asked; ``starts`` are the characters where words begin.
    """

    doc: Doc
    text: str
    layout: Layout
    words: tuple[int, ...]
    attributions: tuple[Attribution, ...]
    starts: NDArray[np.int64]
    vectors: NDArray[np.float16]
    model: Model

    def span(self, start: int, end: int) -> Span:
        """The characters of words [start, end)."""
        first, last = self.doc[self.words[start]], self.doc[self.words[end - 1]]
        return Span(first.idx, last.idx + len(last))

    def embed(self, spans: Sequence[Span]) -> Vectors:
        """The sentence embeddings, of length 1, of the words within each span; zeros where none was read."""
        means = np.zeros((len(spans), self.vectors.shape[1]), np.float32)
        rows = np.searchsorted(self.starts, np.array(spans, np.int64).reshape(-1, 2))
        held = np.flatnonzero(rows[:, 0] < rows[:, 1])
        if len(held):
            # the sums of [first, end) and, passed over, of what stands between; a last row for an end behind them all
            low, high = rows[held].min(), rows[held].max()
            own = np.zeros((high - low + 1, means.shape[1]), np.float32)
            own[:-1] = self.vectors[low:high]
            sums = np.add.reduceat(own, (rows[held] - low).ravel())[::2]
            means[held] = sums / (rows[held, 1:] - rows[held, :1])
        found = self.model.meaning(means)
        found[rows[:, 0] >= rows[:, 1]] = 0
        return found


def meanings(docs: Sequence[Doc], model: Model) -> list[Vectors]:
    """The sentence embedding of each whole document, [width], of length 1; nothing else is made of what is read."""
    readings = []
    for doc in docs:
        table = _table(doc)
        readings.append(model.start(doc.text, _spans(table, np.flatnonzero(~table.blank))))
    # as half floats, as the embeddings of an article's words are
    means = [reading.scores().embedding.astype(np.float16).astype(np.float32).mean(0) for reading in readings]
    return [model.meaning(mean[None])[0] for mean in means]


def mark(pairs: Iterable[tuple[Doc, Layout]], model: Model, keep: bool = False) -> Iterator[Marked]:
    """Marks documents in place, in their order; ``keep``: what a document already has of these stays as it is."""
    waiting: deque[_Waiting] = deque()
    try:
        for doc, layout in pairs:
            text = doc.text
            table = _table(doc)
            numbers = _read(table, layout)
            kept = frozenset(name for name in COLUMNS if keep and doc.has_annotation(name))
            reading = model.start(text, _spans(table, numbers))
            waiting.append(_Waiting(doc, text, layout, table, numbers, reading, kept))
            if len(waiting) > AHEAD:
                yield _finish(waiting[0], model)
                waiting.popleft()
        while waiting:
            yield _finish(waiting[0], model)
            waiting.popleft()
    finally:
        # whoever stops listening, or presses Ctrl-C, does not wait for what is still in line
        for article in waiting:
            article.reading.cancel()


@dataclass(frozen=True, slots=True)
class _Table:
    """What is asked of every token of a document, [tokens] each: its characters [start, end), whether it is blank."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    blank: NDArray[np.bool_]
    orth: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document whose windows are being run; ``numbers`` are the tokens that are read."""

    doc: Doc
    text: str
    layout: Layout
    table: _Table
    numbers: NDArray[np.int64]
    reading: Reading
    kept: frozenset[str]


def _table(doc: Doc) -> _Table:
    columns: Any = doc.to_array(["IDX", "LENGTH", "IS_SPACE", "ORTH"]).reshape(-1, 4).T
    start, length = columns[:2].astype(np.int64)
    return _Table(start, start + length, columns[2].astype(bool), columns[3])


def _spans(table: _Table, numbers: NDArray[np.int64]) -> list[Span]:
    """The characters of some tokens."""
    return list(starmap(Span, zip(table.start[numbers].tolist(), table.end[numbers].tolist(), strict=True)))


def _read(table: _Table, layout: Layout) -> NDArray[np.int64]:
    """The words of the prose: those that begin within a paragraph of it."""
    if not layout.prose:
        return np.zeros(0, np.int64)
    starts, ends = np.array(layout.prose).T
    paragraph = np.searchsorted(starts, table.start, "right") - 1
    return np.flatnonzero((paragraph >= 0) & (table.start < ends[paragraph]) & ~table.blank)


def _finish(waiting: _Waiting, model: Model) -> Marked:
    doc, text, table, numbers, kept = waiting.doc, waiting.text, waiting.table, waiting.numbers, waiting.kept
    columns = _unmarked(doc, table, numbers)
    starts = table.start[numbers]
    if not len(numbers):
        if len(doc):
            columns.write(doc, kept)
        return Marked(doc, text, waiting.layout, (), (), starts, np.zeros((0, 384), np.float16), model)
    scores = waiting.reading.scores()
    _mark(columns, doc, waiting, scores, model)
    columns.write(doc, kept)
    if "ENT_IOB" not in kept:
        _name(doc, numbers, scores, model)
    found = attribution.find(scores, model.roles)
    vectors = scores.embedding.astype(np.float16)
    return Marked(doc, text, waiting.layout, tuple(numbers.tolist()), tuple(found), starts, vectors, model)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is set on every token of a document, [tokens] each; ``head`` holds token numbers."""

    pos: NDArray[np.uint64]
    lemma: NDArray[np.uint64]
    dep: NDArray[np.uint64]
    head: NDArray[np.int64]

    def write(self, doc: Doc, kept: frozenset[str]) -> None:
        """Sets what the document is not to keep of its own."""
        offsets = (self.head - np.arange(len(doc))).astype(np.int64).astype(np.uint64)
        own = {"POS": {"POS": self.pos}, "LEMMA": {"LEMMA": self.lemma}, "DEP": {"DEP": self.dep, "HEAD": offsets}}
        wanted = {name: column for key, columns in own.items() if key not in kept for name, column in columns.items()}
        if wanted:
            table: Any = np.column_stack(list(wanted.values()))
            doc.from_array(list(wanted), table)


def _unmarked(doc: Doc, table: _Table, numbers: NDArray[np.int64]) -> _Columns:
    """Tokens that are not read lean on the token before them; the first of each run stands alone."""
    strings = doc.vocab.strings
    read = np.zeros(len(doc), bool)
    read[numbers] = True
    root, space, other = (strings.add(name) for name in ("ROOT", "SPACE", "X"))
    head = np.arange(len(doc))
    for k in np.flatnonzero(~read).tolist():
        if k and (table.blank[k] or not read[k - 1]):
            head[k] = head[k - 1] if not read[k - 1] else k - 1
    dep = np.where(head == np.arange(len(doc)), root, strings.add("dep")).astype(np.uint64)
    pos = np.where(table.blank, space, other).astype(np.uint64)
    return _Columns(pos, table.orth.copy(), dep, head)


def _mark(columns: _Columns, doc: Doc, waiting: _Waiting, scores: Scores, model: Model) -> None:
    """Word classes, lemmas and trees of the words that are read."""
    strings, numbers, forms = doc.vocab.strings, waiting.numbers, waiting.reading.forms
    classes = [model.labels["word_classes"][k] for k in scores.word_class.argmax(1).tolist()]
    columns.pos[numbers] = [strings.add(c) for c in classes]
    pairs = list(zip(forms, classes, strict=True))
    lemma = {pair: strings.add(lemmas.of(*pair)) for pair in set(pairs)}
    columns.lemma[numbers] = [lemma[pair] for pair in pairs]
    head = np.zeros(len(numbers), np.int64)
    for start, end in parse.sentences(scores, waiting.reading.line, waiting.reading.forms):
        head[start:end] = start + parse.heads(scores, start, end)
    relations = [strings.add("ROOT" if r == "root" else r) for r in model.labels["relations"]]
    found = np.array(relations, np.uint64)[parse.relations(scores, head, model.heads)]
    found[head == np.arange(len(head))] = strings.add("ROOT")
    columns.head[numbers] = numbers[head]
    columns.dep[numbers] = found


def _name(doc: Doc, numbers: NDArray[np.int64], scores: Scores, model: Model) -> None:
    """Names as spaCy's entities; none runs on from one sentence into the next, and an e-mail address is none."""
    path = model.names.path(scores.name)
    firsts: list[bool] = (doc.to_array("SENT_START")[numbers] == 1).tolist()
    found = [
        Entity(doc, int(numbers[start]), int(numbers[end - 1]) + 1, label=name)
        for name, start, end in model.names.runs(path, firsts)
    ]
    doc.set_ents([entity for entity in found if not entity[0].like_email])
