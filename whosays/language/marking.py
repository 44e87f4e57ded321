"""Articles as marked documents: word classes, lemmas, parse, sentences, names, attributions, embeddings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Entity

from whosays.language import attribution, lemmas, parse
from whosays.language.attribution import Attribution
from whosays.language.model import Model, Reading, Scores
from whosays.text.layout import Layout
from whosays.text.span import Span

Vector = NDArray[np.float32]
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

    def embed(self, span: Span) -> Vector:
        """The sentence embedding, of length 1, of the words within ``span``; zeros where none was read."""
        first, end = np.searchsorted(self.starts, [span.start, span.end])
        if first == end:
            return np.zeros(self.vectors.shape[1], np.float32)
        mean = self.vectors[first:end].astype(np.float32).mean(0)
        heads = self.model.heads
        vector = heads["embedding_weight"] @ mean + heads["embedding_bias"]
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)


def mark(pairs: Iterable[tuple[Doc, Layout]], model: Model, keep: bool = False) -> Iterator[Marked]:
    """Marks documents in place, in their order; ``keep``: what a document already has of these stays as it is."""
    waiting: deque[_Waiting] = deque()
    try:
        for doc, layout in pairs:
            text = doc.text
            tokens = _read_tokens(doc, layout)
            kept = frozenset(name for name in COLUMNS if keep and doc.has_annotation(name))
            waiting.append(_Waiting(doc, text, layout, tokens, model.start(text, tokens), kept))
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
class _Waiting:
    doc: Doc
    text: str
    layout: Layout
    tokens: list[Token]
    reading: Reading
    kept: frozenset[str]


def _read_tokens(doc: Doc, layout: Layout) -> list[Token]:
    """The words of the prose."""
    found: list[Token] = []
    paragraphs = iter(layout.prose)
    current = next(paragraphs, None)
    for token in doc:
        while current and current.end <= token.idx:
            current = next(paragraphs, None)
        if current is None:
            break
        if token.idx >= current.start and not token.is_space:
            found.append(token)
    return found


def _finish(waiting: _Waiting, model: Model) -> Marked:
    doc, text, tokens, kept = waiting.doc, waiting.text, waiting.tokens, waiting.kept
    numbers = tuple(token.i for token in tokens)
    if not tokens:
        if len(doc):
            _unmarked(doc, np.zeros(len(doc), bool)).write(doc, kept)
        return Marked(doc, text, waiting.layout, (), (), np.zeros(0, np.int64), np.zeros((0, 384), np.float16), model)
    scores = waiting.reading.scores()
    columns = _columns(doc, tokens, scores, model, parse.sentences(scores, waiting.reading.line))
    columns.write(doc, kept)
    if "ENT_IOB" not in kept:
        _name(doc, tokens, scores, model)
    found = attribution.find(scores, model.heads["role_steps"], model.labels["roles"])
    starts = np.array([span.start for span in waiting.reading.spans])
    vectors = scores.embedding.astype(np.float16)
    return Marked(doc, text, waiting.layout, numbers, tuple(found), starts, vectors, model)


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


def _unmarked(doc: Doc, read: NDArray[np.bool_]) -> _Columns:
    """Tokens that are not read lean on the token before them; the first of each run stands alone."""
    strings = doc.vocab.strings
    count = len(doc)
    root, space, other = (strings.add(name) for name in ("ROOT", "SPACE", "X"))
    blank = np.array([token.is_space for token in doc], bool)
    head = np.arange(count)
    for k in np.flatnonzero(~read):
        if k and (blank[k] or not read[k - 1]):
            head[k] = head[k - 1] if not read[k - 1] else k - 1
    dep = np.where(head == np.arange(count), root, strings.add("dep")).astype(np.uint64)
    pos = np.where(blank, space, other).astype(np.uint64)
    return _Columns(pos, np.array([token.orth for token in doc], np.uint64), dep, head)


def _columns(doc: Doc, tokens: list[Token], scores: Scores, model: Model, sentences: list[tuple[int, int]]) -> _Columns:
    """Word classes, lemmas and trees."""
    strings = doc.vocab.strings
    numbers = np.array([token.i for token in tokens])
    read = np.zeros(len(doc), bool)
    read[numbers] = True
    columns = _unmarked(doc, read)
    root = strings.add("ROOT")
    relations = np.array([strings.add("ROOT" if r == "root" else r) for r in model.labels["relations"]], np.uint64)
    classes = [model.labels["word_classes"][k] for k in scores.word_class.argmax(1)]
    columns.pos[numbers] = [strings.add(c) for c in classes]
    columns.lemma[numbers] = [strings.add(lemmas.of(t.text, c)) for t, c in zip(tokens, classes, strict=True)]
    for start, end in sentences:
        own = parse.heads(scores, start, end)
        found = relations[parse.relations(scores, own, start, model.heads)]
        found[own == np.arange(end - start)] = root
        columns.head[numbers[start:end]] = numbers[start + own]
        columns.dep[numbers[start:end]] = found
    return columns


def _name(doc: Doc, tokens: list[Token], scores: Scores, model: Model) -> None:
    """Names as spaCy's entities; the inside of a name that no name begins is one of its own."""
    tags = [model.labels["names"][k] for k in scores.name.argmax(1)]
    found: list[Entity] = []
    begin = 0
    for k in range(1, len(tags) + 1):
        goes_on = k < len(tags) and tags[k][:2] == "I-" and tags[k][2:] == tags[begin][2:]
        if goes_on and not tokens[k].is_sent_start:
            continue
        if tags[begin] != "O":
            found.append(Entity(doc, tokens[begin].i, tokens[k - 1].i + 1, label=tags[begin][2:]))
        begin = k
    doc.set_ents(found)
