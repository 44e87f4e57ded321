from __future__ import annotations

import spacy
from spacy.tokens import Doc

from whosays.language import quotation
from whosays.statements import nested
from whosays.statements.draft import Draft
from whosays.text.span import Span

NLP = spacy.blank("en")


def parsed(*rows: str) -> Doc:
    """A document of "word class relation head" rows; heads count from 0, a bar behind the word: no blank follows."""
    parts = [row.split() for row in rows]
    words = [part[0].rstrip("|") for part in parts]
    return Doc(
        NLP.vocab,
        words=words,
        spaces=[not part[0].endswith("|") for part in parts],
        pos=[part[1] for part in parts],
        deps=[part[2] for part in parts],
        heads=[int(part[3]) for part in parts],
        lemmas=[{"said": "say", "told": "tell"}.get(word, word) for word in words],
    )


def inner(doc: Doc, content: str, source: str, cue: str = "said") -> list[tuple[str | None, str, str]]:
    """Source, cue and content of what is found within ``content``."""
    text = doc.text

    def span(words: str) -> Span:
        at = text.index(words)
        return Span(at, at + len(words))

    outer = Draft((span(content),), span(source), span(cue), 0.9)
    found = nested.find(doc, text, [outer], quotation.find(text))
    return [(d.source and d.source.of(text), d.cue.of(text) if d.cue else "", d.content[0].of(text)) for d in found]


TOLD = (
    "Lund PROPN nsubj 1",
    "said VERB ROOT 1",
    "the DET det 4",
    "harbour NOUN compound 4",
    "office NOUN nsubj 6",
    "had AUX aux 6",
    "told VERB ccomp 1",
    "her PRON iobj 6",
    "that SCONJ mark 11",
    "nobody PRON nsubj 11",
    "was AUX cop 11",
    "hurt| ADJ ccomp 6",
    ". PUNCT punct 1",
)


def test_what_somebody_was_told_is_a_statement_of_the_one_who_told_it() -> None:
    content = "the harbour office had told her that nobody was hurt"
    assert inner(parsed(*TOLD), content, "Lund") == [("the harbour office", "told", "nobody was hurt")]


def test_speech_that_may_come_is_no_statement() -> None:
    doc = parsed(*(row.replace("had AUX", "may AUX") for row in TOLD))
    assert not inner(doc, "the harbour office may told her that nobody was hurt", "Lund")


def test_what_the_speaker_said_before_is_no_speech_of_another() -> None:
    doc = parsed(*(row.replace("office NOUN", "Lund PROPN") for row in TOLD))
    assert not inner(doc, "the harbour Lund had told her that nobody was hurt", "Lund")


def test_a_pronoun_within_the_content_may_be_the_speaker() -> None:
    doc = parsed(
        "Lund PROPN nsubj 1",
        "said VERB ROOT 1",
        "she PRON nsubj 3",
        "told VERB ccomp 1",
        "him PRON iobj 3",
        "nobody PRON nsubj 7",
        "was AUX cop 7",
        "hurt VERB ccomp 3",
    )
    assert not inner(doc, "she told him nobody was hurt", "Lund")


def test_who_was_told_does_not_say_it() -> None:
    doc = parsed(
        "Lund PROPN nsubj 1",
        "said VERB ROOT 1",
        "the DET det 3",
        "crew NOUN nsubj:pass 5",
        "was AUX aux:pass 5",
        "told VERB ccomp 1",
        "nobody PRON nsubj 8",
        "was AUX cop 8",
        "hurt VERB ccomp 5",
    )
    assert inner(doc, "the crew was told nobody was hurt", "Lund") == [(None, "told", "nobody was hurt")]


def test_what_was_asked_is_a_statement() -> None:
    doc = parsed(
        "Lund PROPN nsubj 1",
        "said VERB ROOT 1",
        "the DET det 3",
        "mayor NOUN nsubj 4",
        "told VERB ccomp 1",
        "him PRON iobj 4",
        "to PART mark 7",
        "leave VERB xcomp 4",
        "town NOUN obj 7",
    )
    assert inner(doc, "the mayor told him to leave town", "Lund") == [("the mayor", "told", "to leave town")]


def test_a_claim_is_its_owners() -> None:
    doc = parsed(
        "Lund PROPN nsubj 1",
        "said VERB ROOT 1",
        "the DET det 3",
        "port PROPN nmod:poss 5",
        "'s PART case 3",
        "claim NOUN nsubj 10",
        "that SCONJ mark 9",
        "nobody PRON nsubj 9",
        "was AUX cop 9",
        "hurt VERB acl 5",
        "failed VERB ccomp 1",
    )
    assert inner(doc, "the port 's claim that nobody was hurt failed", "Lund") == [
        ("the port", "claim", "nobody was hurt")
    ]


QUOTED = (
    "“| PUNCT punct 6",
    "As SCONJ mark 3",
    "Ruud PROPN nsubj 3",
    "told VERB advcl 6",
    "me| PRON iobj 3",
    ", PUNCT punct 6",
    "nobody PRON nsubj 8",
    "was AUX cop 8",
    "hurt| VERB ROOT 8",
    ",| PUNCT punct 8",
    "” PUNCT punct 8",
    "Lund PROPN nsubj 12",
    "said VERB parataxis 8",
)


def test_a_quoted_speaker_can_open_with_the_words_of_another() -> None:
    doc = parsed(*QUOTED)
    assert inner(doc, "“As Ruud told me, nobody was hurt,”", "Lund") == [("Ruud", "told", "nobody was hurt")]


def test_within_quotation_marks_speech_needs_marks_of_its_own() -> None:
    doc = parsed(
        "“| PUNCT punct 2",
        "Ruud PROPN nsubj 2",
        "told VERB ROOT 2",
        "me PRON iobj 2",
        "nobody PRON nsubj 6",
        "was AUX cop 6",
        "hurt| VERB ccomp 2",
        ",| PUNCT punct 2",
        "” PUNCT punct 2",
        "Lund PROPN nsubj 10",
        "said VERB parataxis 2",
    )
    assert not inner(doc, "“Ruud told me nobody was hurt,”", "Lund")
