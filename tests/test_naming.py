"""Named, unnamed, a body, a document, or nobody: by the words of the source alone."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from whosays.statements import naming
from whosays.text.span import Span


def _doc(text: str) -> Doc:
    return spacy.blank("en")(text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Mayor Ingrid Solheim", "named"),
        ("Congress of Congress", "organisation"),
        ("Deputy Finance Minister Karl Østby", "named"),
        ("the harbour's chief engineer, Tomas Lind,", "named"),
        ("Councilwoman Petra Voss (D-Mass.)", "named"),
        ("Rep. Peter King", "named"),
        ("director of National Fisheries Dan Whitlock", "named"),
        ("Ann Lee and Robert Hale", "named"),
        ("his rivals, former governor Ann Lee and Senator Robert Hale", "named"),
        ("others, like Sen. Robert Hale", "named"),
        ("a senior harbour official", "anonymous"),
        ("two people briefed on the talks", "anonymous"),
        ("the official, who did not want to be named", "anonymous"),
        ("Critics", "anonymous"),
        ("aides", "anonymous"),
        ("a spokeswoman for Governor Robert Hale", "anonymous"),
        ("one of the engineers", "anonymous"),
        ("a group of former ministers", "anonymous"),
        ("the White House", "organisation"),
        ("Hezbollah", "organisation"),
        ("police", "organisation"),
        ("federal prosecutors", "organisation"),
        ("the campaign", "organisation"),
        ("the Department of Fisheries", "organisation"),
        ("the Journal", "organisation"),
        ("a report in the New York Times", "organisation"),
        ("the Norland Observatory for Human Rights (NOHR)", "organisation"),
        ("court papers", "document"),
        ("a new poll", "document"),
        ("a letter signed by 40 mayors", "document"),
        ("Guidelines issued by the harbour board", "document"),
        ("her most recent eight years of tax returns", "document"),
        ("reports", "unattributed"),
        ("media reports", "unattributed"),
        ("they", "anonymous"),
        ("she", "named"),
        ("At one point he", "named"),
    ],
)
def test_a_source_is_named_by_its_words(source: str, expected: str) -> None:
    assert naming.of(Span(0, len(source)), _doc(source), source) == expected


def test_without_a_source_nobody_is_credited() -> None:
    assert naming.of(None, _doc("The dam was reportedly empty."), "The dam was reportedly empty.") == "unattributed"


def test_a_source_is_read_within_its_text() -> None:
    text = "The gates were shut, a harbour official said."
    start = text.index("a harbour")
    assert naming.of(Span(start, start + len("a harbour official")), _doc(text), text) == "anonymous"


def test_names_found_by_the_model_tell_a_body_from_a_person() -> None:
    words = ["Planned", "Shelter", "denied", "it", "."]
    doc = Doc(spacy.blank("en").vocab, words=words, ents=["B-ORG", "I-ORG", "O", "O", "O"])
    assert naming.of(Span(0, len("Planned Shelter")), doc, doc.text) == "organisation"
