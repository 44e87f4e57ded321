from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from whosays.language import quotation
from whosays.statements import hearsay
from whosays.statements.draft import Draft
from whosays.text.span import Span

NLP = spacy.blank("en")
DOUBT = "There is wide speculation that Ruud will resign, and nobody denies it."


def parsed(text: str, heads: list[int], deps: list[str], pos: list[str]) -> Doc:
    doc = NLP(text)
    return Doc(
        NLP.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        heads=heads,
        deps=deps,
        pos=pos,
    )


def rumour(text: str = DOUBT) -> Doc:
    return parsed(
        text,
        [1, 1, 3, 1, 7, 7, 7, 3, 1, 1, 11, 1, 11, 1],
        "expl ROOT amod nsubj mark nsubj aux acl punct cc nsubj conj obj punct".split(),
        "PRON VERB ADJ NOUN SCONJ PROPN AUX VERB PUNCT CCONJ PRON VERB PRON PUNCT".split(),
    )


def adverb(text: str = "The gates reportedly failed at dawn.") -> Doc:
    return parsed(
        text,
        [1, 3, 3, 3, 5, 3, 3],
        "det nsubj advmod ROOT case obl punct".split(),
        "DET NOUN ADV VERB ADP NOUN PUNCT".split(),
    )


def found(doc: Doc, *drafts: Draft) -> list[tuple[str, list[str]]]:
    text = doc.text
    made = hearsay.find(doc, text, drafts, quotation.find(text))
    return [(d.cue.of(text) if d.cue else "", [span.of(text) for span in d.content]) for d in made]


def test_a_sentence_around_reportedly_is_said_by_nobody_in_particular() -> None:
    assert found(adverb()) == [("reportedly", ["The gates", "failed at dawn."])]


def test_a_rumour_is_the_clause_behind_it() -> None:
    assert found(rumour()) == [("speculation", ["Ruud will resign"])]


@pytest.mark.parametrize("doc", [adverb(), rumour()])
def test_a_sentence_that_a_statement_takes_up_is_left_to_it(doc: Doc) -> None:
    assert not found(doc, Draft((Span(len(doc.text) - 6, len(doc.text)),), None, None, 0.9))


def test_a_document_without_a_parse_tells_of_no_hearsay() -> None:
    assert not found(NLP(DOUBT))
