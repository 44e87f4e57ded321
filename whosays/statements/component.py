"""The spaCy component: ``nlp.add_pipe("whosays")`` gives documents ``doc._.statements`` and ``doc._.speakers``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

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
    default_config={"keep_parse": True},
    assigns=["token.pos", "token.dep", "token.head", "token.lemma", "token.is_sent_start", "doc.ents"],
)
def make_whosays(nlp: Language, name: str, keep_parse: bool) -> Component:
    """``keep_parse``: a parse and names that the document already has are left as they are."""
    return Component(keep_parse)


class Component:
    """Marks documents and finds their statements; the text of a document is taken for one article."""

    def __init__(self, keep_parse: bool) -> None:
        self.keep_parse = keep_parse

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """``batch_size`` is spaCy's; windows are run side by side whatever it is."""
        model = language_model.load()
        for doc in stream:
            parsed = self.keep_parse and doc.has_annotation("DEP")
            found = layout.find(Article("doc", doc.text))
            for marked in marking.mark([(doc, found)], model, parsed):
                [analysis], speakers = analyse.together([analyse.of(Article("doc", doc.text), marked)])
                # plain values, so that the document still serialises
                doc.user_data[STATEMENTS] = [asdict(s) for s in analysis.statements]
                doc.user_data[SPEAKERS] = [asdict(s) for s in speakers]
            yield doc

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
    values = {field.name: row[field.name] for field in fields(Statement)}
    values["content"] = tuple(Span(*piece) for piece in row["content"])
    values["via"] = tuple(row["via"])
    for name in ("source", "cue"):
        values[name] = Span(*row[name]) if row[name] else None
    return Statement(**values)


def _speakers(doc: Doc) -> tuple[Speaker, ...]:
    rows = doc.user_data.get(SPEAKERS, ())
    return tuple(_speaker(row) for row in rows)


def _speaker(row: dict[str, Any]) -> Speaker:
    # lists are what tuples have become in a document that was stored
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Speaker(**values)


Doc.set_extension("statements", getter=_statements, force=True)
Doc.set_extension("speakers", getter=_speakers, force=True)
