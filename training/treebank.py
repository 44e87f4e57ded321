"""Universal Dependencies treebanks as training documents, with spaCy's words in place of the treebank's."""

from __future__ import annotations

import collections
import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training import documents
from training.documents import Document
from training.labels import NAME_TAGS, UNKNOWN, WORD_CLASSES
from whosays.text.span import Span

TITLES = (
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Prof",
    "Professor",
    "Doctor",
    "Sen",
    "Senator",
    "President",
    "Sir",
    "Gov",
    "Rep",
    "Judge",
)
LEAST_OFTEN = 20  # a relation seen less often is learned without its subtype


@dataclass
class Tree:
    """One document of a treebank as raw text, with its words' characters and annotation."""

    name: str
    text: str = ""
    spans: list[Span] = field(default_factory=list)
    word_class: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)  # index into the document's words; a root is its own head
    relation: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # first words of sentences
    entities: list[str] = field(default_factory=list)  # GUM's column, as it stands


def trees(path: Path) -> Iterator[Tree]:
    """The documents of a CoNLL-U file; texts are joined as the treebank's own raw text is."""
    tree: Tree | None = None
    new_paragraph = False
    lines: list[list[str]] = []
    for line in gzip.decompress(path.read_bytes()).decode().split("\n"):
        if line.startswith("# newdoc"):
            if tree:
                yield tree
            tree = Tree(line.split("=", 1)[1].strip())
        elif line.startswith("# newpar"):
            new_paragraph = True
        elif line and line[0] != "#":
            lines.append(line.split("\t"))
        elif not line and lines:
            assert tree is not None
            _add_sentence(tree, lines, new_paragraph)
            lines, new_paragraph = [], False
    if tree:
        yield tree


def _add_sentence(tree: Tree, lines: list[list[str]], new_paragraph: bool) -> None:
    if new_paragraph and tree.text:
        tree.text = tree.text.rstrip() + "\n\n"
    base = len(tree.spans)
    tree.starts.append(base)
    number: dict[str, int] = {}
    rows = []
    whole: tuple[int, int, Span] | None = None  # a multi-word token: its last word, where in it we are, its characters
    for cells in lines:
        key, form, gap = cells[0], cells[1], "" if "SpaceAfter=No" in cells[9] else " "
        if "." in key:
            continue
        if "-" in key:
            at = len(tree.text)
            whole = (int(key.split("-")[1]), at, Span(at, at + len(form)))
            tree.text += form + gap
            continue
        number[key] = base + len(rows)
        rows.append(cells)
        if whole is None:
            tree.spans.append(Span(len(tree.text), len(tree.text) + len(form)))
            tree.text += form + gap
            continue
        last, at, span = whole
        end = min(at + len(form), span.end)
        same = tree.text[at:end] == form
        tree.spans.append(Span(at, end) if same else span)
        whole = (last, end if same else at, span) if int(key) < last else None
    for cells in rows:
        me = number[cells[0]]
        tree.word_class.append(cells[3])
        tree.head.append(me if cells[6] == "0" else number[cells[6]])
        tree.relation.append(cells[7])
        tree.entities.append(cells[9])


def read(path: Path, corpus: str, allowed: set[str] | None = None) -> list[Document]:
    """Documents with word classes, sentences, heads and relations (still as words: number_relations numbers them)."""
    return [_document(tree, corpus) for tree in trees(path) if allowed is None or tree.name in allowed]


def _document(tree: Tree, corpus: str) -> Document:
    document, spans = documents.read(corpus, tree.text)
    count = len(spans)
    word_of, token_of = align(spans, tree.spans)
    starts = set(tree.starts)
    document.word_class = np.full(count, UNKNOWN, np.int64)
    document.head = np.full(count, UNKNOWN, np.int64)
    document.sentence = np.zeros(count, np.int64)
    relation = ["flat"] * count
    main: dict[int, int] = {}
    for k in range(count):
        main.setdefault(word_of[k], k)
    seen: set[int] = set()
    sentence_of = np.zeros(len(tree.spans), np.int64)
    sentence_of[sorted(starts)[1:]] = 1
    sentence_of = sentence_of.cumsum()
    last = -1
    for k in range(count):
        w = word_of[k]
        document.word_class[k] = (
            WORD_CLASSES.index(tree.word_class[w]) if tree.word_class[w] in WORD_CLASSES else UNKNOWN
        )
        document.sentence[k] = int(sentence_of[w] != last)
        last = sentence_of[w]
        if w in seen:  # a further piece of one treebank word leans on its first piece
            document.head[k] = main[w]
            continue
        seen.add(w)
        head = tree.head[w]
        document.head[k] = k if head == w else token_of[head]
        relation[k] = tree.relation[w]
    document.cuts = [0, *[int(k) for k in np.flatnonzero(document.sentence) if k]]
    document.relation = np.array(relation, object)
    if corpus == "gum":
        _name_gum(document, tree, word_of)
    return document


def align(tokens: list[Span], words: list[Span]) -> tuple[list[int], list[int]]:
    """For each token the treebank word that it stands for, and for each word the token that stands for it.

    Both lie in text order over the same text; where they differ, the first of the overlapping ones is taken.
    """
    word_of: list[int] = []
    at = 0
    for token in tokens:
        while at + 1 < len(words) and words[at].end <= token.start:
            at += 1
        word_of.append(at)
    token_of: list[int] = []
    at = 0
    for word in words:
        while at + 1 < len(tokens) and tokens[at].end <= word.start:
            at += 1
        token_of.append(at)
    return word_of, token_of


def _name_gum(document: Document, tree: Tree, word_of: list[int]) -> None:
    """Names from GUM's entities: mentions of a person, an organisation or a place that are nothing but proper nouns
    once their article and title are off.

    GUM marks every noun phrase; those are the ones that other sets would call names. Where a mention has a proper
    noun but is not one, nothing is to be learned.
    """
    kinds = {"person": "PER", "organization": "ORG", "place": "LOC"}
    proper = [c == "PROPN" for c in tree.word_class]
    forms = [span.of(tree.text) for span in tree.spans]
    tags = ["O"] * len(proper)
    opened: list[tuple[str, int]] = []
    for k, misc in enumerate(tree.entities):
        column = next((m[7:] for m in misc.split("|") if m.startswith("Entity=")), "")
        for mention, closes in _brackets(column):
            if mention:
                opened.append((mention, k))
            if not closes or not opened:
                continue
            kind, start = opened.pop()
            while start < k and (tree.word_class[start] == "DET" or forms[start].rstrip(".") in TITLES):
                start += 1
            if kind in kinds and all(proper[start : k + 1]):
                tags[start : k + 1] = [f"B-{kinds[kind]}"] + [f"I-{kinds[kind]}"] * (k - start)
    document.name = np.array(
        [NAME_TAGS.index(tags[w]) if tags[w] != "O" or not proper[w] else UNKNOWN for w in word_of]
    )
    for k in range(1, len(word_of)):  # the pieces of one treebank word are inside its name
        if word_of[k] == word_of[k - 1] and document.name[k] > 0 and document.name[k] % 2:
            document.name[k] += 1


def _brackets(column: str) -> Iterator[tuple[str, bool]]:
    """(type or "", closes) for each bracket of GUM's Entity column, such as "(1-person-new-2-coref-Name" or "1)"."""
    for part in column.replace("(", " (").replace(")", ") ").split():
        fields = part.strip("()").split("-")
        yield (fields[1] if part.startswith("(") and len(fields) > 1 else ""), part.endswith(")")


def number_relations(made: list[Document]) -> list[str]:
    """Replaces relations by their numbers; the table of relations."""
    count = collections.Counter(r for d in made if d.relation is not None for r in d.relation)
    common = {r for r, n in count.items() if n >= LEAST_OFTEN or ":" not in r}
    table = sorted({r if r in common else r.split(":")[0] for r in count})
    number = {r: k for k, r in enumerate(table)}
    for d in made:
        if d.relation is not None:
            d.relation = np.array([number[r if r in common else r.split(":")[0]] for r in d.relation], np.int64)
    return table
