"""A stream of articles: which story each joins, on what grounds, and what is remembered."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.errors import DamagedSketch
from whosays.statements import analyse
from whosays.stories import copies
from whosays.stories import sketch as sketches
from whosays.stories.grouping import WINDOW, Placement, Stories
from whosays.stories.sketch import Sketch
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

START = datetime(2024, 3, 1, tzinfo=UTC)
EVENTS = {
    "dam": ("Karsholm dam gates flood valley water engineers crews Dahl", ["Ines Dahl", "Karsholm"]),
    "strike": ("Veldin ferry strike dockers wages union ballot Marsh", ["Pavel Marsh", "Veldin"]),
    "trial": ("Ostra court jury fraud banker verdict appeal Quist", ["Greta Quist", "Ostra"]),
}
OTHER = "people said officials new report city later month group called local several week order early"


def _sketch(event: str, number: int, days: float | None, seed: int = 0) -> Sketch:
    """An article of about sixty words on an event; its own words differ from article to article."""
    rng = random.Random(f"{event}{number}{seed}")
    words, names = EVENTS[event]
    text = " ".join(rng.choices(words.split(), k=30) + rng.choices(OTHER.split(), k=30))
    meaning = np.random.default_rng(sorted(EVENTS).index(event)).standard_normal(sketches.WIDTH)
    own = np.random.default_rng([number, seed]).standard_normal(sketches.WIDTH)
    published = (START + timedelta(days=days)).isoformat() if days is not None else None
    article = Article(id=f"{event}-{number}", text=text, published=published, title=" ".join(words.split()[:3]))
    return sketches.made(article, Layout((), (Span(0, len(text)),)), names, [names[1]], meaning + 0.5 * own)


def _stream(count: int, days: float, seed: int = 0) -> list[Sketch]:
    rng = random.Random(seed)
    found = [_sketch(rng.choice(sorted(EVENTS)), k, round(rng.uniform(0, days), 1), seed) for k in range(count)]
    return sorted(found, key=sketches.order)


def test_articles_on_one_event_are_one_story_and_others_are_not() -> None:
    stories = Stories()
    of = {sketch.id: stories.add(sketch).story for sketch in _stream(30, 5)}
    by_event = {event: {story for article, story in of.items() if article.startswith(event)} for event in EVENTS}
    assert [len(found) for found in by_event.values()] == [1, 1, 1]
    assert len(set.union(*by_event.values())) == 3


def test_a_placement_says_its_grounds_in_words() -> None:
    stories = Stories()
    first = stories.add(_sketch("dam", 1, 0))
    assert (first.begun, first.grounds) == (True, "nothing alike")
    second = stories.add(_sketch("dam", 2, 3))
    assert (second.story, second.begun) == (first.story, False)
    assert "Ines Dahl" in second.grounds
    assert "Karsholm" in second.grounds
    assert "3 days apart" in second.grounds
    assert 0.5 <= second.likeness <= 1


def test_a_story_that_lasts_for_weeks_stays_one_and_one_that_paused_begins_anew() -> None:
    stories = Stories()
    lasting = [stories.add(_sketch("dam", k, 4 * k)) for k in range(12)]
    assert {placed.story for placed in lasting} == {1}
    for k in range(3):  # others, which move the clock on
        stories.add(_sketch("strike", k, 44 + WINDOW + 1))
    assert stories.add(_sketch("dam", 99, 44 + WINDOW + 1)).begun
    assert 1 not in stories.live


def test_one_wrong_date_puts_no_story_to_sleep() -> None:
    stories = Stories()
    begun = [stories.add(_sketch("dam", k, k / 10)) for k in range(3)]
    stories.add(_sketch("strike", 1, 20_000))
    placed = stories.add(_sketch("dam", 3, 1))
    assert placed.story == begun[0].story


def test_an_article_without_a_date_is_placed() -> None:
    stories = Stories()
    for k in range(4):
        stories.add(_sketch("dam", k, k))
    assert not stories.add(_sketch("dam", 9, None)).begun


def test_the_same_article_again_stays_in_its_story_and_is_counted_once() -> None:
    stories = Stories()
    for k in range(3):
        stories.add(_sketch("dam", k, k))
    again = stories.add(_sketch("dam", 1, 1))
    assert (again.story, again.begun) == (1, False)
    assert sorted(stories.live[1]) == ["dam-0", "dam-1", "dam-2"]


def test_equal_times_are_ordered_by_id() -> None:
    tied = [_sketch(event, k, 1.0) for event in EVENTS for k in range(4)]
    shuffled = random.Random(3).sample(tied, len(tied))
    assert [s.id for s in sorted(shuffled, key=sketches.order)] == sorted(s.id for s in tied)


@settings(max_examples=25, deadline=None)
@given(cut=st.integers(0, 60), seed=st.integers(0, 5), days=st.sampled_from([2.0, 20.0, 60.0]))
def test_resuming_from_stored_sketches_goes_on_as_if_it_had_never_stopped(cut: int, seed: int, days: float) -> None:
    stream = _stream(60, days, seed)
    whole = Stories()
    answers = [whole.add(sketch) for sketch in stream]

    first = Stories()
    rows = _rows(first, stream[:cut])
    live = {article for articles in first.live.values() for article in articles}
    stored = [(story, sketches.to_bytes(sketch)) for story, sketch in rows if sketch.id in live]
    again = Stories.resume(
        ((story, sketches.from_bytes(data)) for story, data in stored),
        begun=max((story for story, _ in rows), default=0),
    )
    assert [again.add(sketch) for sketch in stream[cut:]] == answers[cut:]
    assert again.live == whole.live


def _rows(stories: Stories, stream: list[Sketch]) -> list[tuple[int, Sketch]]:
    """What a library would hold: the story of each article in order of arrival, merges carried out."""
    rows: list[tuple[int, Sketch]] = []
    for sketch in stream:
        placed: Placement = stories.add(sketch)
        rows = [(placed.story if story in placed.merged else story, old) for story, old in rows]
        rows.append((placed.story, sketch))
    return rows


def test_two_stories_that_prove_to_be_one_are_merged_under_the_older_number() -> None:
    rows = [(1, _sketch("dam", k, k / 10)) for k in range(4)] + [(2, _sketch("dam", k, k / 10)) for k in range(4, 8)]
    stories = Stories.resume(rows)
    placed = stories.add(_sketch("dam", 8, 1))
    assert (placed.story, placed.merged) == (1, (2,))
    assert list(stories.live) == [1]


def test_a_story_that_has_become_two_is_parted_and_nothing_else_is_touched() -> None:
    rows = [(1, _sketch("dam", k, k / 10)) for k in range(6)] + [(1, _sketch("trial", k, 1)) for k in range(4)]
    stories = Stories.resume([*rows, (5, _sketch("strike", 1, 1))])
    parting = stories.part(1)
    assert parting is not None
    assert (parting.story, parting.begun) == (1, 6)
    assert sorted(parting.articles) == [f"trial-{k}" for k in range(4)]
    assert "4 of 10 articles are another event" in parting.grounds
    assert stories.live[5] == ("strike-1",)
    assert stories.part(1) is None
    assert stories.add(_sketch("trial", 9, 1.1)).story == 6


def test_a_copy_is_shown_with_the_share_that_it_contains() -> None:
    article = Article(id="a", text=" ".join(f"word{k} said" for k in range(60)), published="2024-03-01")
    brief = Article(id="b", text=" ".join(article.text.split()[20:70]), published="2024-03-01")
    stories = Stories()
    stories.add(sketches.made(article, Layout((), (Span(0, len(article.text)),))))
    placed = stories.add(sketches.made(brief, Layout((), (Span(0, len(brief.text)),))))
    assert placed.copies == (copies.Copy("b", "a", 1.0),)
    assert placed.copies[0].one_voice


def test_a_read_article_has_its_names_places_and_meaning_in_its_sketch() -> None:
    text = "HOMS, Syria — Ines Dahl told reporters in Homs that the dam held. Dahl said that crews would stay."
    article = Article(id="a", text=text, published="2024-03-01T09:30:00+02:00", title="Dam holds in Homs")
    [analysis] = analyse.each([article])
    sketch = sketches.of(analysis)
    assert {"Ines Dahl", "Homs"} <= set(sketch.names)
    assert "Homs" in sketch.places
    assert np.linalg.norm(sketch.vector) == pytest.approx(1, abs=0.01)
    assert sketch.published == datetime(2024, 3, 1, 7, 30, tzinfo=UTC)
    assert sketches.to_bytes(sketches.from_bytes(sketches.to_bytes(sketch))) == sketches.to_bytes(sketch)
    assert len(sketches.to_bytes(sketch)) < 4096


def test_an_article_of_no_words_has_a_sketch_and_a_story() -> None:
    [analysis] = analyse.each([Article(id="empty", text="…")])
    stories = Stories()
    assert stories.add(sketches.of(analysis)).begun
    assert stories.add(_sketch("dam", 1, 0)).begun


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_that_are_no_sketch_give_one_clear_error(data: bytes) -> None:
    with pytest.raises(DamagedSketch, match="damaged"):
        sketches.from_bytes(data)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_sketch_is_never_read_as_another(place: int, change: int) -> None:
    stored = bytearray(sketches.to_bytes(_sketch("dam", 1, 0)))
    stored[place % len(stored)] ^= change
    with pytest.raises(DamagedSketch):
        sketches.from_bytes(bytes(stored))
    with pytest.raises(DamagedSketch):
        sketches.from_bytes(bytes(stored[: place % len(stored)]))
