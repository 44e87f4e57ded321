"""Pairs near the decision are read together: what the small cross-encoder says, and what is asked of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_claims import article
from whosays.claims import members, reading
from whosays.errors import ModelMissing
from whosays.language import session, together
from whosays.language.together import MOST_PIECES, Together
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.text.article import Article

SUNK = "The dredger Halvorsen went down off Port Kesh on Monday with all twelve of its crew."
SUNK_TOO = "All 12 sailors died when the Halvorsen sank near Port Kesh at the start of the week."
BUILT = "The dredger Halvorsen was built at Port Kesh on Monday, 12 March 1981, by the yard's own crew."


def _odds(*pairs: tuple[str, str]) -> list[float]:
    reader = together.load()
    return reader.odds([(reader.pieces(a.split()), reader.pieces(b.split())) for a, b in pairs]).tolist()


def test_the_same_fact_in_other_words_is_likelier_than_another_fact_in_the_same_words() -> None:
    same, other = _odds((SUNK, SUNK_TOO), (SUNK, BUILT))
    assert same > other


@given(st.permutations([(SUNK, SUNK_TOO), (SUNK, BUILT), (SUNK_TOO, BUILT), ("a", "b")]))
@settings(max_examples=10, deadline=None)
def test_a_pair_s_answer_does_not_depend_on_the_pairs_beside_it(pairs: list[tuple[str, str]]) -> None:
    assert _odds(*pairs) == [_odds(pair)[0] for pair in pairs]


def test_a_passage_without_end_is_read_as_far_as_training_went() -> None:
    reader = together.load()
    assert len(reader.pieces(["dredger"] * 5000)) == MOST_PIECES


def test_no_pairs_no_reading() -> None:
    assert together.load().odds([]).shape == (0,)


def test_a_folder_without_the_graph_is_named(tmp_path: Path) -> None:
    for kept in session.FOLDER.iterdir():
        if kept.name != together.GRAPH:
            shutil.copy(kept, tmp_path)
    with pytest.raises(ModelMissing, match=tmp_path.name):
        Together(tmp_path)


def _story() -> tuple[members.Members, list[Analysis]]:
    analyses = [article(f"paper{k}", text) for k, text in enumerate((SUNK, SUNK_TOO, BUILT))]
    return members.join([members.of_article(k, a) for k, a in enumerate(analyses)], {}), analyses


def test_only_what_is_near_the_decision_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    found, analyses = _story()
    asked: list[list[list[int]]] = []

    def seen(_found: object, _docs: object, pairs: np.ndarray) -> np.ndarray:
        asked.append(pairs.tolist())
        return np.zeros(len(pairs))

    monkeypatch.setattr(reading, "read", seen)
    pairs = np.array([(0, 1), (0, 2), (1, 2)])
    joined = reading.weighed(found, [a.doc for a in analyses], pairs, np.array([6.0, -0.5, -9.0]), 0.5)
    assert asked == [[[0, 2]]]
    assert joined.tolist() == pytest.approx([6.0, -0.5 * reading.TREES + reading.BIAS, -9.0])


def test_a_story_of_many_pairs_reads_those_nearest_the_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    found, analyses = _story()
    monkeypatch.setattr(reading, "MOST_READ", 3)
    monkeypatch.setattr(reading, "read", lambda _found, _docs, pairs: np.full(len(pairs), 100.0))
    odds = np.linspace(-2.5, 1.9, 12)
    joined = reading.weighed(found, [a.doc for a in analyses], np.array([(0, 1)] * 12), odds, 0.25)
    read = np.flatnonzero(joined > 10).tolist()
    assert len(read) == 3
    likely = 1 / (1 + np.exp(-reading.TREES * odds - reading.BIAS))
    assert read == sorted(np.argsort(np.abs(likely - 0.25))[:3].tolist())


def test_what_credits_a_statement_is_read_before_its_words() -> None:
    text = "“The wall of the dam will hold through the winter,” the engineer Ines Dahl said on Monday.\n"
    [analysis] = analyse.each([Article("paper", text)])
    (said,) = (m for m in members.of_article(0, analysis).all if m.statement)
    read = " ".join(reading.words(said, [analysis.doc]))
    assert read.startswith("the engineer Ines Dahl : ")
    assert "will hold through the winter" in read
