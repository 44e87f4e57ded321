"""What a library keeps beside its articles so that it answers at once: right after every change, and of old files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from whosays.library import analysing, schema, searching
from whosays.library.adding import Adding
from whosays.library.analyses import Made
from whosays.library.filters import Wanted
from whosays.library.indexes import DAY_BITS
from whosays.library.store import Library

EXAMPLES = sorted(map(str, (Path(__file__).resolve().parent.parent / "examples").iterdir()))
PAGE = "https://news.example/dam"
KEPT = (
    "blobs texts stories versions articles addresses analyses speakers statements dates places sketches "
    "story_articles copies"
).split()
# Everything that is made from those, without the numbers of rows.
MADE = {
    "said": "SELECT statement, article, naming, polarity FROM said",
    "outlets": "SELECT name, statements, unnamed FROM outlets",
    "speakers": "SELECT name, statements FROM speaker_names",
    "who": "SELECT d.statement, n.name, o.name FROM said d LEFT JOIN speaker_names n ON n.id = d.speaker "
    "LEFT JOIN outlets o ON o.id = d.outlet",
    "relayed": "SELECT r.statement, r.step, o.name, b.name, n.name FROM relayed r JOIN outlets o ON o.id = r.relay "
    "LEFT JOIN outlets b ON b.id = r.outlet LEFT JOIN speaker_names n ON n.id = r.speaker",
    "places": "SELECT name, country, articles FROM place_names",
    "place_articles": "SELECT n.name, n.country, p.article FROM place_articles p JOIN place_names n ON n.id = p.place",
    "place_statements": "SELECT n.name, n.country, p.statement, p.inside FROM place_statements p "
    "JOIN place_names n ON n.id = p.place",
}


@pytest.fixture(scope="module")
def made() -> Made:
    return analysing.made_by("test")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "whosays.db", create=True) as opened:
        yield opened


def add(library: Library, made: Made, *sources: Any) -> None:
    Adding(library, made, lambda event: None, fetch=pytest.fail).add(sources)


def indexed(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """All that was made from the articles; raises sqlite3.Error where an index is at odds with what it is of."""
    with library.writing() as connection:
        for index in ("statements_search", "speaker_names_search", "place_names_search", "speakers_search"):
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    return {name: sorted(library.rows(query).fetchall(), key=repr) for name, query in MADE.items()}


def test_an_older_library_gets_what_a_new_one_has(
    library: Library, made: Made, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(library, made, *EXAMPLES)
    older = tmp_path / "older.db"
    connection = sqlite3.connect(older, isolation_level=None)
    connection.executescript(schema.STEPS[0])
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("ATTACH ? AS new", (str(library.path),))
    connection.execute("BEGIN")
    for table in KEPT:
        columns = [name for _, name, *_ in connection.execute(f"PRAGMA new.table_info({table})")]
        taken = ["NULL" if (table, name) == ("statements", "id") else f'"{name}"' for name in columns]
        connection.execute(f"INSERT INTO {table} SELECT {', '.join(taken)} FROM new.{table}")
    connection.execute("COMMIT")
    assert connection.execute("SELECT max(id) FROM statements").fetchone()[0] < 1000
    connection.close()
    assert not caplog.messages
    with Library.open(older) as opened:
        [told] = caplog.messages
        assert "older.db is of an earlier version" in told
        assert indexed(opened) == indexed(library)
        assert searching.page(opened, Wanted("drone")) == searching.page(library, Wanted("drone"))
        before = indexed(opened)
        analysing.again(opened, analysing.outstanding(opened, made, everything=True), made, lambda *_: None)
        assert indexed(opened) == before


def test_statements_are_numbered_by_the_day_of_publication(library: Library, made: Made) -> None:
    add(library, made, *EXAMPLES)
    days = [day for (day,) in library.rows(
        "SELECT substr(a.published, 1, 10) FROM statements s JOIN articles a ON a.version = s.version ORDER BY s.id"
    )]  # fmt: skip
    assert days == sorted(days)
    assert len(set(days)) > 5


def test_an_article_without_a_date_stands_at_the_day_of_adding(library: Library, made: Made, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam at Karsholm is safe, Mayor Ida Brandt told reporters on Friday.\n")
    add(library, made, str(tmp_path / "a.txt"))
    [[number, added]] = library.rows("SELECT s.statement, a.added FROM said s JOIN articles a ON a.id = s.article")
    assert searching.statements(library, Wanted("dam", since=added[:10], until=added[:10]), 5).count == 1
    assert number >> DAY_BITS > 738_000


@pytest.fixture
def twice(library: Library, made: Made, tmp_path: Path) -> Library:
    """A library with an article that changed at its address."""
    for number, words in enumerate(("The dam holds in Oslo", "The bridge holds in Athens"), start=1):
        page = tmp_path / f"{number}.txt"
        page.write_text(
            f"Outlet: Dam Post\nDate: 2025-03-14\nURL: {PAGE}\n\n"
            f"{words}, Mayor Ida Brandt told the news agency Northline.\n"
        )
        add(library, made, str(page))
    return library


def test_only_articles_as_they_stand_are_found_and_counted(twice: Library) -> None:
    assert twice.one("SELECT count(*) FROM versions") == (2,)
    assert searching.statements(twice, Wanted("dam"), 5).count == 0
    assert searching.statements(twice, Wanted("bridge", speaker="brandt"), 5).count == 1
    found = indexed(twice)
    assert ("Dam Post", 1, 0) in found["outlets"]
    assert [count for _, count in found["speakers"]] == [1]
    assert len(found["relayed"]) == 1
    assert {name for name, _, articles in found["places"] if articles} == {"Athens"}


def test_what_is_taken_out_leaves_nothing_behind(twice: Library) -> None:
    with twice.writing() as connection:
        connection.execute("UPDATE articles SET version = NULL")
        connection.execute("DELETE FROM versions")
        connection.execute("DELETE FROM addresses")
        connection.execute("DELETE FROM story_articles")
        connection.execute("DELETE FROM articles")
    found = indexed(twice)
    assert not found["said"] + found["relayed"] + found["place_articles"] + found["place_statements"]
    assert {count for _, count in found["speakers"]} == {0}


def test_a_speaker_that_goes_with_its_version_is_taken_out_of_the_index(library: Library, made: Made) -> None:
    add(library, made, EXAMPLES[0])
    with library.writing() as connection:
        connection.execute("DELETE FROM speakers")
    indexed(library)
    assert searching.statements(library, Wanted(speaker="official"), 5).count == 0
