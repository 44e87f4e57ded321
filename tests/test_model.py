"""The model that the package carries, on articles of our own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from whosays.errors import ModelMissing
from whosays.language.model import Model
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.text.article import Article

STORY = """VELDEN, March 14 (Northline) - Engineers found a crack in the wall of the Karsholm dam, officials said.

"We would rather empty a valley for nothing than bury one," Regional Governor Maren Oldqvist told reporters.

A senior official told Northline News Agency that inspectors had warned of seepage in November.
"""


def read(*texts: str) -> Sequence[Analysis]:
    return list(analyse.each(Article(f"a{k}", text) for k, text in enumerate(texts)))


def said(analysis: Analysis) -> list[tuple[str, str | None]]:
    text = analysis.article.text
    return [(s.content_of(text), s.source.of(text) if s.source else None) for s in analysis.statements]


def test_who_said_what_is_found() -> None:
    [analysis] = read(STORY)
    assert (
        '"We would rather empty a valley for nothing than bury one,"',
        "Regional Governor Maren Oldqvist",
    ) in said(analysis)
    assert ("inspectors had warned of seepage in November", "A senior official") in said(analysis)


def test_the_answer_does_not_depend_on_the_articles_beside() -> None:
    other = "The ferry sank, a port worker said.\n" * 40
    [alone] = read(STORY)
    _, beside, _ = read(other, STORY, other)
    assert said(alone) == said(beside)
    assert [s.confidence for s in alone.statements] == [s.confidence for s in beside.statements]
    assert [(t.dep_, t.head.i) for t in alone.doc] == [(t.dep_, t.head.i) for t in beside.doc]


def test_no_statement_is_lost_at_a_window_s_edge() -> None:
    paragraph = "“The gates held through the night,” harbour master Ines Dahl said on Monday, before the wind turned.\n"
    [analysis] = read(paragraph * 60)
    contents = [s.content_of(analysis.article.text) for s in analysis.statements]
    assert contents.count("“The gates held through the night,”") == 60


@pytest.mark.parametrize("text", ["", "\n\n", "One.", "word " * 3000, '"' * 500, "a\u0301" * 400, "SEE ALSO: The dam"])
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    [analysis] = read(text)
    assert len(analysis.doc.text) == len(text)


def test_every_word_is_in_a_sentence_with_one_root() -> None:
    [analysis] = read(STORY)
    for sentence in analysis.doc.sents:
        assert sum(t.head.i == t.i for t in sentence) == 1
    assert {e.text for e in analysis.doc.ents} >= {"Maren Oldqvist"} or "Oldqvist" in str(analysis.doc.ents)


def test_embeddings_put_alike_sentences_nearer() -> None:
    [analysis] = read("The dam wall has a crack.\nEngineers found a crack in the dam.\nThe orchestra played Brahms.\n")
    one, two, three = analysis.embed(analysis.layout.prose)
    assert one @ two > one @ three + 0.2
    assert abs(float(one @ one) - 1) < 1e-3


def test_a_missing_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        Model(tmp_path)


def test_what_leads_on_to_a_statement_is_not_the_outlet_s_own() -> None:
    [analysis] = read(
        "Police searched three houses in the old town on Tuesday after a neighbour said that he had heard shots.\n"
        "The bridge was closed to all traffic on Tuesday night and Mayor Ann Lee said it would not open before spring."
    )
    assert [span.of(analysis.article.text) for span in analysis.voice] == [
        "Police searched three houses in the old town on Tuesday",
        "The bridge was closed to all traffic on Tuesday night",
    ]
