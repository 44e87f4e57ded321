"""What a closer look at two members shows, and the trees that weigh it; and the stories that these were trained on."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_claims import article
from training import stories
from whosays.claims import entities, matching, members, trees
from whosays.claims.cast import Casting
from whosays.claims.closer import SEEN, Closer
from whosays.claims.evidence import WEIGHTS
from whosays.statements.analysis import Analysis

TRAINING = Path(stories.__file__).parent
SHARED = Path(__file__).parents[2] / "shared"


def _walked(kept: trees.Trees, row: list[float]) -> float:
    """The log odds of one row, each tree followed by itself."""
    total = kept.start
    for root in kept.roots.tolist():
        node = root
        while kept.left[node] != node:
            node = (kept.left if row[kept.column[node]] <= kept.limit[node] else kept.right)[node]
        total += kept.value[node]
    return total


COLUMNS = len(WEIGHTS) - 1 + len(SEEN)


@given(st.lists(st.lists(st.floats(-8, 8), min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=4))
def test_the_trees_answer_as_if_each_were_followed_by_itself(rows: list[list[float]]) -> None:
    kept = trees.load(matching.TREES)
    assert kept.odds(np.array(rows)) == pytest.approx([_walked(kept, row) for row in rows])


def test_the_trees_ask_for_what_a_look_shows() -> None:
    assert trees.load(matching.TREES).names == (*(name for name in WEIGHTS if name != "bias"), *SEEN)


def test_no_pairs_no_odds() -> None:
    assert trees.load(matching.TREES).odds(np.zeros((0, COLUMNS))).shape == (0,)


def _looked(*marked: str) -> tuple[members.Members, np.ndarray, np.ndarray]:
    analyses = [article(f"paper{k}", text) for k, text in enumerate(marked)]
    statements = {s.id: s for a in analyses for s in a.statements}
    found = members.join([members.of_article(k, a) for k, a in enumerate(analyses)], statements)
    pairs = np.array(
        [(a, b) for a, one in enumerate(found.all) for b, two in enumerate(found.all) if one.article < two.article]
    )
    return found, pairs, _closer(found, analyses).look(pairs, np.linspace(-3, 1, len(pairs)))


def _closer(found: members.Members, analyses: list[Analysis]) -> Closer:
    return Closer(found, analyses, Casting(entities.find(analyses, {}, []), analyses, [None] * len(analyses)))


def test_runs_of_words_names_and_numbers_are_counted() -> None:
    _, pairs, seen = _looked(
        "The dredger Halvorsen sank off Port Kesh on Monday with 12 sailors aboard.",
        "Divers found the dredger Halvorsen off Port Kesh; 14 sailors had been aboard.",
    )
    shown = dict(zip(SEEN, seen[0], strict=True))
    assert len(pairs) == 1
    assert shown["names"] >= 3  # Halvorsen, Port, Kesh
    assert shown["runs of two"] >= 3  # the dredger, dredger Halvorsen, off Port, Port Kesh
    assert shown["amounts differ"] == 1


def test_a_look_does_not_depend_on_what_else_is_looked_at() -> None:
    texts = (
        "{the mayor|the ferry line would close in May}. The council voted seven to two. Boats had run for long.",
        "{the mayor|the ferries were to stop in spring}. Seven of nine councillors agreed. Crews heard it later.",
    )
    _, pairs, seen = _looked(*texts)
    words = [SEEN.index(name) for name in ("names", "runs of two", "aligned lesser", "shorter", "earlier")]
    analyses = [article(f"paper{k}", text) for k, text in enumerate(texts)]
    found = members.join(
        [members.of_article(k, a) for k, a in enumerate(analyses)], {s.id: s for a in analyses for s in a.statements}
    )
    alone = _closer(found, analyses).look(pairs[:1], np.array([-3.0]))
    assert alone[0, words] == pytest.approx(seen[0, words])


def test_the_invented_stories_are_marked_by_the_rules() -> None:
    for path in sorted((TRAINING / "invented").glob("*.txt")):
        told = stories.invented(path)
        assert len(told.articles) == 3, path
        assert told.marks is not None
        assert not any(set("{}@") & set(each.text) for each in told.articles), path
        passages = [passage for claim in told.marks.readings[0] for passage in claim]
        assert all(told.articles[place].text[start:end].strip() for place, start, end in passages), path
        assert all(len({place for place, _, _ in claim}) > 1 for claim in told.marks.readings[0]), path
        assert all(one[0] != other[0] or one[2] <= other[1] for one, other in pairwise(sorted(passages))), path


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs the texts that the readers' marks are of")
def test_the_readers_marks_stand_in_their_texts() -> None:
    for told in stories.read(SHARED):
        for reading in told.marks.readings if told.marks else ():
            for claim in reading:
                for place, start, end in claim:
                    assert told.articles[place].text[start:end].strip(), (told.name, place, start, end)


def test_the_marks_hold_no_text_of_others() -> None:
    for line in (TRAINING / "marks.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) <= {"story", "set", "articles", "claims", "again", "conflicts", "judged"}
        for claim in row["claims"]:
            assert all(isinstance(number, int) for passage in claim for number in passage)
