from __future__ import annotations

from typing import cast

import numpy as np
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from whosays.language.attribution import Attribution, Role, Stretch
from whosays.language.marking import Marked
from whosays.language.model import Model
from whosays.statements import building
from whosays.text.layout import Layout
from whosays.text.span import Span

NLP = spacy.blank("en")


def marked(text: str, *rows: dict[str, str], doc: Doc | None = None) -> Marked:
    """A document whose attributions are given by their words; several contents are parted by a bar."""
    doc = doc or NLP(text)
    words = [t for t in doc if not t.is_space]

    def stretch(role: str, part: str) -> Stretch:
        at = text.index(part)
        inside = [k for k, t in enumerate(words) if at <= t.idx < at + len(part)]
        return Stretch(cast("Role", role), inside[0], inside[-1] + 1, 0.9)

    found = [
        Attribution(
            tuple(stretch("content", part) for part in row["content"].split("|")),
            stretch("source", row["source"]) if "source" in row else None,
            stretch("cue", row["cue"]) if "cue" in row else None,
        )
        for row in rows
    ]
    layout = Layout(unread=(), prose=(Span(0, len(text)),))
    starts, vectors = np.array([t.idx for t in words]), np.zeros((len(words), 4), np.float16)
    numbers = tuple(t.i for t in words)
    return Marked(doc, doc.text, layout, numbers, tuple(found), starts, vectors, cast("Model", None))


def contents(text: str, *rows: dict[str, str]) -> list[list[str]]:
    return [[span.of(text) for span in draft.content] for draft in building.drafts(marked(text, *rows))]


def test_that_belongs_to_what_it_points_at() -> None:
    text = "The company rejected that account."
    words = ["The", "company", "rejected", "that", "account", "."]
    deps = ["det", "nsubj", "ROOT", "det", "obj", "punct"]
    doc = Doc(NLP.vocab, words=words, spaces=[True] * 4 + [False, False], deps=deps, heads=[1, 2, 2, 4, 2, 2])
    row = {"source": "The company", "cue": "rejected", "content": "account"}
    [draft] = building.drafts(marked(text, row, doc=doc))
    assert [span.of(text) for span in draft.content] == ["that account"]


def test_who_said_nothing_made_no_statement() -> None:
    row = {"source": "Prime Minister Edda Rausch", "cue": "said", "content": "nothing in public"}
    assert contents("Prime Minister Edda Rausch has said nothing in public.", row) == []
    row = {"source": "She", "cue": "said", "content": "nothing had been decided"}
    assert contents("She said nothing had been decided.", row) == [["nothing had been decided"]]


def test_the_word_that_is_no_part_of_what_was_said() -> None:
    text = "The operator said that the gates would hold."
    assert contents(text, {"source": "The operator", "cue": "said", "content": "that the gates would hold."}) == [
        ["the gates would hold."]
    ]


def test_a_content_takes_in_the_whole_quotation_that_it_lies_in() -> None:
    text = "“We saw the crack. Nobody slept,” Lund said."
    assert contents(text, {"source": "Lund", "cue": "said", "content": "Nobody slept"}) == [
        ["“We saw the crack. Nobody slept,”"]
    ]


def test_a_content_lets_go_of_a_quotation_that_it_hardly_touches() -> None:
    text = "Lund said the gates held. “A very long night is behind all of us here.”"
    row = {"source": "Lund", "cue": "said", "content": "the gates held. “A"}
    assert contents(text, row) == [["the gates held."]]


def test_a_quotation_around_its_cue_is_one_statement() -> None:
    text = "“We waited,” Lund said. “Nobody came.”"
    assert contents(text, {"source": "Lund", "cue": "said", "content": "“We waited,”|“Nobody came.”"}) == [
        ["“We waited,”", "“Nobody came.”"]
    ]


def test_a_further_paragraph_of_a_quotation_is_a_statement_that_goes_on() -> None:
    text = "“We waited,” Lund said.\n“Nobody came.”"
    first, second = building.drafts(
        marked(text, {"source": "Lund", "cue": "said", "content": "“We waited,”|“Nobody came.”"})
    )
    assert [span.of(text) for span in (*first.content, *second.content)] == ["“We waited,”", "“Nobody came.”"]
    assert first.source is not None
    assert first.cue is not None
    assert second.cue is None
    assert second.source is None


def test_a_second_cue_has_the_subject_of_the_first() -> None:
    words = ["Lund", "said", "it", "held", "and", "added", "it", "leaked", "."]
    heads = [1, 1, 3, 1, 5, 1, 7, 5, 1]
    deps = ["nsubj", "ROOT", "nsubj", "ccomp", "cc", "conj", "nsubj", "ccomp", "punct"]
    pos = ["PROPN", "VERB", "PRON", "VERB", "CCONJ", "VERB", "PRON", "VERB", "PUNCT"]
    doc = Doc(NLP.vocab, words, spaces=[True] * 7 + [False, False], heads=heads, deps=deps, pos=pos)
    rows = [
        {"source": "Lund", "cue": "said", "content": "it held"},
        {"cue": "added", "content": "it leaked"},
    ]
    found = building.drafts(marked(doc.text, *rows, doc=doc))
    assert [draft.source and draft.source.of(doc.text) for draft in found] == ["Lund", "Lund"]


def test_an_attribution_without_content_is_no_statement() -> None:
    text = "Lund spoke. The dam held."
    given = marked(text, {"source": "Lund", "cue": "spoke", "content": "."})
    assert building.drafts(given) == []


def test_who_asks_not_to_be_named_makes_no_statement() -> None:
    for content in ("not to be named", "that she not be identified", "for anonymity"):
        given = marked(f"Lund asked {content}.", {"source": "Lund", "cue": "asked", "content": content})
        assert building.drafts(given) == []


def test_who_would_not_say_makes_no_statement() -> None:
    given = marked("Lund would not say who paid.", {"source": "Lund", "cue": "would not say", "content": "who paid"})
    assert building.drafts(given) == []
    given = marked("Lund did not say it was safe.", {"source": "Lund", "cue": "did not say", "content": "it was safe"})
    assert len(building.drafts(given)) == 1


TEXTS = st.text(alphabet=st.sampled_from('ab that “”" ,.\n'), min_size=3, max_size=60)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8), st.integers(0, 2)), max_size=4))
def test_contents_are_sorted_disjoint_and_never_blank(text: str, cuts: list[tuple[int, int, int]]) -> None:
    doc = NLP(text)
    words = [t.i for t in doc if not t.is_space]
    found = []
    for start, length, _ in cuts:
        if start < len(words):
            stretch = Stretch("content", start, min(start + length, len(words)), 0.5)
            found.append(Attribution((stretch,), None, None))
    layout = Layout(unread=(), prose=(Span(0, len(text)),))
    vectors = np.zeros((len(words), 4), np.float16)
    given = Marked(doc, text, layout, tuple(words), tuple(found), np.zeros(0, np.int64), vectors, cast("Model", None))
    end = 0
    for draft in building.drafts(given):
        for span in draft.content:
            assert end <= span.start < span.end <= len(text)
            assert span.of(text).strip()
            end = span.end


def test_reportedly_has_no_source_whoever_stands_near() -> None:
    text = "Lund said the gates reportedly failed."
    row = {"source": "Lund", "cue": "reportedly", "content": "failed."}
    [draft] = building.drafts(marked(text, row))
    assert draft.source is None


def test_a_comma_behind_the_word_that_is_no_part_of_what_was_said() -> None:
    text = "Lund said that, like him, Berg had left."
    assert contents(text, {"source": "Lund", "cue": "said", "content": "that, like him, Berg had left."}) == [
        ["like him, Berg had left."]
    ]


def test_a_quotation_that_holds_the_cue_too_does_not_widen_the_content() -> None:
    text = 'The bill, 12" of paper, Lund said, fell short by 3" of it.'
    row = {"source": "Lund", "cue": "said", "content": "fell short by 3"}
    assert contents(text, row) == [["fell short by 3"]]
