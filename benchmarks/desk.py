"""Search and the pages of the desk on a large library, whose articles are made from templates without the model.

    python -m benchmarks.desk --articles 100000 --statements 1000000 --library /tmp/large.db

The library is made in the first version of its tables, if it is not there, so that bringing it up to date is measured
too. Words, speakers, outlets and places are drawn as they are in news: few of them very often, most of them rarely.
Each question is asked ``--times`` times after one that is not counted; the median and the slowest are given in
milliseconds. ``--cold`` asks each once more on a connection of its own.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whosays.library import outlets_of, places_of, schema, searching, speakers_of
from whosays.library.filters import Wanted
from whosays.library.store import Library

SEED = 20260521
BEGUN = datetime(2023, 1, 1, tzinfo=UTC)
DAYS = 1200
VOCABULARY, PEOPLE, OUTLETS, PLACES, STORY = 60_000, 80_000, 400, 4_000, 5
SMALL = (
    "the of to and a in that for on is was with it by as at from he be has are not have his they will their said an "
    "this which were been we would more but after had its or no could than new two who all also"
).split()
COMMON = "government minister police attack people talks army ceasefire president border officials court vote".split()
ROLES = "minister president spokesman director commander lawyer doctor witness resident analyst mayor".split()
UNNAMED = "a senior official|a {} official|residents of {}|a spokesman for the {} ministry|a diplomat from {}".split(
    "|"
)
POLARITIES = np.array(["asserted", "denied", "question", "call", "expected"])
RELAYS = ("Reuters Wire", "Northline", "Tidewire", "state television", "Agence Centrale")
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--library", type=Path, default=Path("large.db"))
    ask.add_argument("--articles", type=int, default=100_000)
    ask.add_argument("--statements", type=int, default=1_000_000)
    ask.add_argument("--times", type=int, default=20)
    ask.add_argument("--cold", action="store_true")
    args = ask.parse_args()
    found: dict[str, Any] = {}
    if not args.library.exists():
        begun = time.perf_counter()
        Invented(np.random.default_rng(SEED)).write(args.library, args.articles, args.statements)
        found["made_s"] = round(time.perf_counter() - begun, 1)
        found["before_mb"] = args.library.stat().st_size // 1_000_000
        begun = time.perf_counter()
        Library.open(args.library).close()
        found["brought_up_to_date_s"] = round(time.perf_counter() - begun, 1)
    found["mb"] = args.library.stat().st_size // 1_000_000
    with Library.open(args.library) as library:
        found["ms"] = {
            name: _timed(lambda question=question: question(library), args.times)  # type: ignore[misc]
            for name, question in _questions(library)
        }
    if args.cold:
        found["first_on_a_connection_ms"] = dict(_cold(args.library))
    print(json.dumps(found, indent=1))


def _questions(library: Library) -> Iterator[tuple[str, Callable[[Library], object]]]:
    """What readers ask, each by a name."""

    def search(name: str, **wanted: Any) -> tuple[str, Callable[[Library], object]]:
        return f"search, {name}", lambda library: searching.page(library, Wanted(**wanted))

    def name(table: str, order: str, place: int) -> str:
        [found] = library.one(f"SELECT name FROM {table} ORDER BY {order} DESC, id LIMIT 1 OFFSET {place}") or [""]
        return str(found)

    often, seldom = name("speaker_names", "statements", 0), name("speaker_names", "statements", 5000)
    outlet = name("outlets", "statements", 0)
    rare = _rare(library)
    yield search("nothing", words="")
    yield search("commonest word", words="the")
    yield search("common word", words="government")
    yield search("rare word", words=rare)
    yield search("two common words", words="government ceasefire")
    yield search("a common and a rare word", words=f"the {rare}")
    yield search("phrase", words='"the government"')
    yield search("phrase of the commonest words", words='"of the"')
    yield search("beginning of a word", words="minist*")
    yield search("speaker by a word", words="government", speaker="minister")
    yield search("speaker by a rare name, no words", words="", speaker=seldom)
    yield search("commonest speaker", words="the", said_by=often)
    yield search("outlet, naming, month", words="government", in_outlet=outlet, naming="anonymous", month="2025-03")
    yield search("a day, commonest word", words="the", since="2025-03-14", until="2025-03-14")
    yield search("a story", words="the", story=17)
    yield "articles, common word", lambda library: searching.articles(library, Wanted("government"), 20)
    yield "articles, commonest word", lambda library: searching.articles(library, Wanted("the"), 20)
    yield "command line, common word", lambda library: searching.statements(library, Wanted("government"), 20)
    yield "speakers", lambda library: speakers_of.listed(library, "")
    yield "speakers, by a word", lambda library: speakers_of.listed(library, "minister")
    yield "commonest speaker's page", lambda library: speakers_of.find(library, often)
    yield "a rare speaker's page", lambda library: speakers_of.find(library, seldom)
    yield "outlets", lambda library: outlets_of.listed(library, "")
    yield "commonest outlet's page", lambda library: outlets_of.find(library, outlet)
    yield "places", lambda library: places_of.listed(library, "")
    [place] = library.one("SELECT id FROM place_names ORDER BY articles DESC, id LIMIT 1") or [0]
    yield "commonest place's page", lambda library: places_of.find(library, place)


def _rare(library: Library) -> str:
    """A word that stands in a few statements."""
    for number in range(40_000, VOCABULARY):
        word = _word(number)
        row = library.one("SELECT count(*) FROM statements_search WHERE statements_search MATCH ?", (f'"{word}"',))
        if row is not None and 3 <= row[0] <= 30:
            return word
    raise LookupError("no rare word")


def _timed(question: Callable[[], object], times: int) -> str:
    question()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        question()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"{statistics.median(taken):.1f} (slowest {max(taken):.1f})"


def _cold(path: Path) -> Iterator[tuple[str, float]]:
    with Library.open(path) as library:
        questions = list(_questions(library))
    for name, question in questions:
        with Library.open(path) as library:
            begun = time.perf_counter()
            question(library)
            yield name, round((time.perf_counter() - begun) * 1000, 1)


# ------------------------------------------------------------------ a library
class Invented:
    """Writes articles made from templates straight into the tables."""

    def __init__(self, draw: np.random.Generator) -> None:
        self.draw = draw
        self.words = np.array([*SMALL, *COMMON, *map(_word, range(VOCABULARY))])
        # function words are four in ten; the others fall off as words of news do
        rest = 1.0 / (np.arange(len(self.words) - len(SMALL)) + 3.0) ** 1.02
        small = 1.0 / (np.arange(len(SMALL)) + 1.0)
        self.weights = np.concatenate([0.4 * small / small.sum(), 0.6 * rest / rest.sum()])
        self.people = [self._person(number) for number in range(PEOPLE)]
        self.outlets = [f"{_word(n + 700).title()} {kind}" for n, kind in zip(
            range(OUTLETS), ("Post", "Herald", "Tribune", "Today", "News") * OUTLETS, strict=False)]  # fmt: skip
        at = zip(draw.uniform(-55, 65, PLACES), draw.uniform(-170, 170, PLACES), strict=True)
        self.places = [
            (_word(n + 1500).title(), "XA", float(latitude), float(longitude))
            for n, (latitude, longitude) in enumerate(at)
        ]

    def _person(self, number: int) -> tuple[str, str]:
        word = _word(2 * number + 11).title()
        if number % 4 == 0:
            return UNNAMED[number // 4 % len(UNNAMED)].format(word), "anonymous"
        role = f"{ROLES[number % len(ROLES)]} " if number % 3 else ""
        return f"{role}{_word(number * 7 % 3001).title()} {word}", "named"

    def write(self, path: Path, articles: int, statements: int) -> None:
        """A library in the first version of the tables."""
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {pragma}")
        steps, schema.STEPS, version, schema.VERSION = schema.STEPS, schema.STEPS[:1], schema.VERSION, 1  # type: ignore[misc]
        schema.migrate(connection)
        schema.STEPS, schema.VERSION = steps, version  # type: ignore[misc]
        triggers = connection.execute(_TRIGGERS).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("BEGIN")
        per_article = self.draw.poisson(statements / articles - 1, articles) + 1
        for first in range(0, articles, 1000):
            self._thousand(connection, first, per_article[first : first + 1000], articles)
        connection.execute("INSERT INTO statements_search (statements_search) VALUES ('rebuild')")
        connection.execute("INSERT INTO speakers_search (speakers_search) VALUES ('rebuild')")
        connection.execute("INSERT INTO articles_search (articles_search) VALUES ('rebuild')")
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.close()

    def _thousand(self, connection: sqlite3.Connection, first: int, counts: NDArray[Any], articles: int) -> None:
        lengths = self.draw.poisson(14, int(counts.sum()) * 2) + 3
        drawn = self.words[self.draw.choice(len(self.words), int(lengths.sum()), p=self.weights)].tolist()
        sentences, at = [], 0
        for length in lengths.tolist():
            sentences.append(" ".join(drawn[at : at + length]))
            at += length
        rows: dict[str, list[Sequence[Any]]] = {name: [] for name in _COLUMNS}
        used = 0
        for offset, count in enumerate(counts.tolist()):
            self._article(rows, first + offset + 1, sentences[used : used + 2 * count], articles)
            used += 2 * count
        for table, columns in _COLUMNS.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows[table])

    def _article(self, rows: dict[str, list[Sequence[Any]]], number: int, sentences: list[str], articles: int) -> None:
        draw = self.draw
        day = DAYS * number / articles + draw.uniform(-2, 2)
        published = (BEGUN + timedelta(days=float(day))).strftime("%Y-%m-%dT%H:%M:%SZ")
        outlet = self.outlets[_often(draw, OUTLETS)]
        told = [self.people[_often(draw, PEOPLE)] for _ in range(max(1, len(sentences) // 4))]
        base = number * 100
        text, at = self._text(rows, number, sentences, base, told), []
        for _ in range(4):
            name, country, latitude, longitude = self.places[_often(draw, PLACES)]
            start = int(draw.integers(0, max(1, len(text) - 40)))
            at.append((None, number, start, start + len(name), name, name, country, latitude, longitude, "city", None))
        rows["places"] += at
        rows["speakers"] += [
            (base + n, number, name, naming, json.dumps([name]), "[]") for n, (name, naming) in enumerate(told)
        ]
        when, key, title = published, f"article-{number}", sentences[0].title()
        rows["texts"].append((number, f"{number:064x}", len(text), text))
        rows["articles"].append((number, key, None, outlet, published, title, None, None, "en", number, 1, when, when))
        rows["versions"].append(
            (number, number, 1, title, None, published, number, f"{number:064x}", "text/plain", key, None, when)
        )
        rows["analyses"].append((number, "none", "benchmark", when, len(sentences) // 2, None))
        story = max(1, number // STORY + int(draw.integers(-2, 3)))
        if number <= articles // STORY + 3:
            rows["stories"].append((number, 1, None, when, when))
        rows["story_articles"].append((number, min(story, articles // STORY + 3), when))
        if number > 10 and number % 9 == 0:
            rows["copies"].append((number, number - int(draw.integers(1, 9)), 0.6))

    def _text(
        self, rows: dict[str, list[Sequence[Any]]], number: int, sentences: list[str], base: int,
        told: list[tuple[str, str]],
    ) -> str:  # fmt: skip
        """Paragraphs of a statement and a sentence of the outlet's own; the statements' rows along with them."""
        parts: list[str] = []
        length = 0
        kinds = self.draw.random((len(sentences), 3)).tolist()
        for place in range(len(sentences) // 2):
            content, own = sentences[2 * place], sentences[2 * place + 1]
            who = place % len(told)
            source, naming = told[who]
            chance = kinds[place]
            via = [RELAYS[int(chance[0] * 60)]] if chance[0] < len(RELAYS) / 60 else []
            polarity = "asserted" if chance[1] < 0.8 else str(POLARITIES[int((chance[1] - 0.8) * 20) + 1])
            paragraph = f"{content}, {source} said. {own}."
            rows["statements"].append(
                (None, number, place + 1, base + who, content, source, "said", json.dumps(via), "indirect", naming,
                 polarity, None, 0.9, length, length + len(content), json.dumps([[length, length + len(content)]]),
                 None, None, None, None)
            )  # fmt: skip
            parts.append(paragraph)
            length += len(paragraph) + 1
        return "\n".join(parts)


_COLUMNS = {
    "texts": 4, "stories": 5, "articles": 13, "versions": 12, "analyses": 6, "speakers": 6, "statements": 20,
    "places": 11, "story_articles": 3, "copies": 3,
}  # fmt: skip


def _often(draw: np.random.Generator, most: int) -> int:
    """One of ``most``, the first ones far more often than the last."""
    return int(most ** draw.random()) - 1


def _word(number: int) -> str:
    """An invented word, each number another."""
    onsets, vowels = "b d f g k l m n p r s t v z br dr kr st tr pl".split(), "a e i o u ai or an el".split()
    word = ""
    number += 200
    while number:
        number, syllable = divmod(number, len(onsets) * len(vowels))
        word += onsets[syllable % len(onsets)] + vowels[syllable // len(onsets)]
    return word


if __name__ == "__main__":
    main()
