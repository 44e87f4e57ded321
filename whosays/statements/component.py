"""The spaCy component: ``nlp.add_pipe("whosays")`` gives documents ``doc._.statements`` and ``doc._.speakers``."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Entity

from whosays.language import marking
from whosays.language import model as language_model
from whosays.statements import analyse
from whosays.statements.statement import Speaker, Statement
from whosays.text import layout
from whosays.text.article import Article
from whosays.text.span import Span

STATEMENTS, SPEAKERS = "whosays.statements", "whosays.speakers"


@Language.factory(
    "whosays",
    default_config={"keep_own": True},
    assigns=["token.pos", "token.dep", "token.head", "token.lemma", "token.is_sent_start", "doc.ents"],
)
def make_whosays(nlp: Language, name: str, keep_own: bool) -> Component:
    """``keep_own``: the word classes, lemmas, parse and names that a document already has are left as they are."""
    return Component(keep_own)


class Component:
    """Marks documents and finds their statements; the text of a document is taken for one article."""

    def __init__(self, keep_own: bool) -> None:
        self.keep_own = keep_own

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """``batch_size`` is spaCy's: windows of documents that follow one another run side by side whatever it is."""
        articles: deque[Article] = deque()

        def pairs() -> Iterator[tuple[Doc, layout.Layout]]:
            for doc in stream:
                articles.append(Article("doc", doc.text))
                yield doc, layout.find(articles[-1])

        for marked in marking.mark(pairs(), language_model.load(), self.keep_own):
            [analysis], speakers = analyse.together([analyse.of(articles.popleft(), marked)])
            # plain values, so that the document still serialises
            marked.doc.user_data[STATEMENTS] = [asdict(s) for s in analysis.statements]
            marked.doc.user_data[SPEAKERS] = [asdict(s) for s in speakers]
            _draw(marked.doc, analysis.statements)
            yield marked.doc

    # the component has no state of its own: its model comes with the package
    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        pass

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Component:
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        return b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Component:
        return self


def _statements(doc: Doc) -> tuple[Statement, ...]:
    return tuple(_statement(row) for row in doc.user_data.get(STATEMENTS, ()))


def _statement(row: dict[str, Any]) -> Statement:
    values = {field.name: row[field.name] for field in fields(Statement) if field.name in row}
    values["content"] = tuple(Span(*piece) for piece in row["content"])
    values["via"] = tuple(row["via"])
    for name in ("source", "cue", "recipient"):
        values[name] = Span(*row[name]) if row.get(name) else None
    return Statement(**values)


def _speakers(doc: Doc) -> tuple[Speaker, ...]:
    rows = doc.user_data.get(SPEAKERS, ())
    return tuple(_speaker(row) for row in rows)


def _speaker(row: dict[str, Any]) -> Speaker:
    # lists are what tuples have become in a document that was stored
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Speaker(**values)


def _draw(doc: Doc, statements: Iterable[Statement]) -> None:
    """Span groups of sources, cues, recipients and contents, which displaCy draws."""
    groups: dict[str, list[Entity]] = {"sources": [], "cues": [], "recipients": [], "contents": []}
    for statement in statements:
        marked = [("contents", span) for span in statement.content]
        others = {"sources": statement.source, "cues": statement.cue, "recipients": statement.recipient}
        marked += [(name, span) for name, span in others.items() if span]
        for name, span in marked:
            words = doc.char_span(span.start, span.end, label=name.removesuffix("s"), alignment_mode="expand")
            if words is not None:
                groups[name].append(words)
    for name, spans in groups.items():
        doc.spans[name] = spans


for _name, _getter in (("statements", _statements), ("speakers", _speakers)):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, getter=_getter)
