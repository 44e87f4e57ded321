"""whosays as a part of other people's spaCy pipelines."""

from __future__ import annotations

import os

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import whosays

TEXT = "“The gates held,” harbour master Ines Dahl said.\nShe told Northline that nobody was hurt."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return whosays.load()


def said(doc: Doc) -> list[tuple[str, str | None]]:
    return [(s.content_of(doc.text), s.source.of(doc.text) if s.source else None) for s in doc._.statements]


def test_a_document_carries_its_statements_and_speakers(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert said(doc) == [("“The gates held,”", "harbour master Ines Dahl"), ("nobody was hurt", "She")]
    first, second = doc._.statements
    assert first.speaker == second.speaker == doc._.speakers[0].id
    assert "Dahl" in doc._.speakers[0].name


def test_sources_cues_and_contents_are_span_groups(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans["cues"]] == ["said", "told"]
    assert {span.label_ for span in doc.spans["contents"]} == {"content"}


def test_it_joins_anybody_s_pipeline() -> None:
    other = spacy.blank("en")
    other.add_pipe("whosays")
    assert said(other(TEXT)) == said(whosays.load()(TEXT))


def test_statements_survive_storing(nlp: Language) -> None:
    doc = nlp(TEXT)
    [again] = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert again._.statements == doc._.statements
    assert again._.speakers == doc._.speakers
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.statements == doc._.statements


def test_contexts_stay_with_their_documents(nlp: Language) -> None:
    texts = [(TEXT, 1), ("The gates are green.", 2), (TEXT, 3)]
    assert [(len(doc._.statements), k) for doc, k in nlp.pipe(texts, as_tuples=True)] == [(2, 1), (0, 2), (2, 3)]


def test_names_that_a_document_has_are_kept() -> None:
    other = spacy.blank("en")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "WIRE", "pattern": "Northline"}])
    other.add_pipe("whosays")
    doc = other(TEXT)
    assert [(e.text, e.label_) for e in doc.ents] == [("Northline", "WIRE")]
    assert doc.has_annotation("DEP")


@Language.component("flat_parse")
def flat_parse(doc: Doc) -> Doc:
    """Every word hangs on the first."""
    for token in doc:
        token.head, token.dep_ = doc[0], "dep" if token.i else "ROOT"
    return doc


def test_a_parse_that_a_document_has_is_kept() -> None:
    other = spacy.blank("en")
    other.add_pipe("flat_parse")
    other.add_pipe("whosays")
    doc = other(TEXT)
    assert {token.head.i for token in doc} == {0}
    assert said(doc) == said(whosays.load()(TEXT))


def test_names_give_way_where_that_is_asked_for() -> None:
    other = spacy.blank("en")
    other.add_pipe("entity_ruler").add_patterns([{"label": "WIRE", "pattern": "Northline"}])
    other.add_pipe("whosays", config={"keep_own": False})
    assert "WIRE" not in {e.label_ for e in other(TEXT).ents}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only a forked process inherits a pool without its threads")
def test_several_processes_work_after_the_pipeline_was_used(nlp: Language) -> None:
    nlp(TEXT)
    docs = list(nlp.pipe([TEXT, TEXT], n_process=2, batch_size=1))
    assert [len(doc._.statements) for doc in docs] == [2, 2]


def test_a_pipeline_can_be_stored(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    assert said(spacy.load(folder)(TEXT)) == said(nlp(TEXT))
