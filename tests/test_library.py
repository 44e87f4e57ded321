"""The library: what is kept, what is new, and what survives."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import whosays
from whosays.cli import shown
from whosays.errors import BadStatus, InputError
from whosays.library import adding, analyses, analysing, articles, failures, indexes, reporting, schema, store, versions
from whosays.library.adding import Adding, Event
from whosays.library.analyses import Made, Rows
from whosays.library.book import LibraryBook
from whosays.library.errors import (
    DamagedLibrary,
    ForeignFile,
    LockedLibrary,
    NewerLibrary,
    NoLibrary,
    TooManyStatements,
    UnknownArticle,
    UnknownStory,
)
from whosays.library.feeds import FeedState
from whosays.library.fetching import Fetched
from whosays.library.store import Library
from whosays.report import document, making
from whosays.statements import analyse
from whosays.text.article import Article
from whosays.text.entry import Entry, Link

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
LASMAR = sorted(map(str, (EXAMPLES / "lasmar-port").glob("*.txt")))


def article_of(path: str) -> Article:
    [article] = whosays.read(path)
    return article


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "whosays.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    with Library.open(path, create=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def made() -> Made:
    return analysing.made_by("test")


def added(library: Library, made: Made, *sources: str) -> list[Event]:
    events: list[Event] = []
    Adding(library, made, events.append, fetch=pytest.fail).add(sources)
    return events


def whats(events: list[Event]) -> list[str]:
    return [event.what for event in events if event.what != "notice"]


def entry(text: str, **fields: Any) -> Entry:
    id_, own = fields.pop("id", ""), "id" in fields
    return Entry(Article(id_ or "a", text, **fields), text.encode(), "text/html", "a.html", has_own_id=own or bool(id_))


def kept(library: Library, *entries: Entry) -> list[str]:
    found = []
    for one in entries:
        with library.writing() as connection:
            found.append(articles.keep(connection, one).what)
    return found


class TestAdding:
    def test_an_article_is_new_once(self, library: Library, made: Made) -> None:
        assert whats(added(library, made, LASMAR[0])) == ["new"]
        assert whats(added(library, made, LASMAR[0])) == ["known"]
        assert library.one("SELECT count(*) FROM statements") == library.one("SELECT sum(statements) FROM analyses")

    def test_rows_say_what_a_report_says(self, library: Library, made: Made) -> None:
        added(library, made, *LASMAR)
        [article] = [a for a in reporting.articles_of(library, 1) if a.id == "gulf-herald"]
        [analysis] = analyse.each([article])
        whole, speakers = analyse.apart(analysis)
        names = {speaker.id: speaker.name for speaker in speakers}
        rows = library.rows(
            "SELECT s.content, s.start, p.name, s.kind, s.polarity, s.via FROM statements s JOIN articles a "
            "ON a.version = s.version LEFT JOIN speakers p ON p.id = s.speaker WHERE a.key = 'gulf-herald' "
            "ORDER BY s.number"
        ).fetchall()
        assert rows == [
            (s.content_of(article.text), s.start, names.get(s.speaker or ""), s.kind, s.polarity,
             json.dumps(list(s.via), ensure_ascii=False)) for s in whole.statements
        ]  # fmt: skip

    def test_offsets_in_the_tables_give_the_words(self, library: Library, made: Made) -> None:
        added(library, made, str(EXAMPLES / "karsholm-dam"))
        for table, words in (("statements", "cue"), ("dates", "text"), ("places", "text")):
            start, end = ("s.cue_start", "s.cue_end") if table == "statements" else ("s.start", 's."end"')
            rows = library.rows(
                f"SELECT s.{words}, substr(t.text, {start} + 1, {end} - {start}) FROM {table} s "
                f"JOIN versions v ON v.id = s.version JOIN texts t ON t.id = v.text WHERE s.{words} IS NOT NULL"
            ).fetchall()
            assert rows or table == "places"
            assert all(one == other for one, other in rows)

    def test_bytes_and_text_are_kept_as_they_were_read(self, library: Library, made: Made) -> None:
        page = EXAMPLES / "karsholm-dam" / "channel-nine.html"
        added(library, made, str(page))
        [[digest]] = library.rows("SELECT raw FROM versions")
        assert articles.raw(library, digest) == page.read_bytes()

    def test_a_bad_article_leaves_the_others_in_and_is_tried_again(
        self, library: Library, made: Made, tmp_path: Path
    ) -> None:
        source = tmp_path / "two.jsonl"
        good = json.dumps({"id": "good", "text": Path(LASMAR[0]).read_text("utf-8")})
        source.write_text(f'{good}\n{{"id": "bad"}}\n')
        events = added(library, made, str(source))
        assert sorted(whats(events)) == ["new", "refused"]
        assert library.one("SELECT source, place, kind FROM failures") == (str(source), f"{source}:2", "BrokenRecord")
        source.write_text(good)
        assert whats(added(library, made, str(source))) == ["known"]
        assert library.one("SELECT count(*) FROM failures") == (0,)

    def test_a_fault_of_ours_costs_one_article_its_statements(
        self, library: Library, made: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = analyse.of

        def broken(article: Article, marked: Any) -> Any:
            if article.id == "inland-tribune":
                raise IndexError("no such word")
            return whole(article, marked)

        monkeypatch.setattr(analyse, "of", broken)
        assert sorted(whats(added(library, made, *LASMAR))) == ["new", "new", "unanalysed"]
        monkeypatch.undo()
        missing = analysing.outstanding(library, made)
        assert len(missing) == 1
        analysing.again(library, missing, made, lambda key, problem: None)
        assert analysing.outstanding(library, made) == []
        assert library.one("SELECT count(*) FROM failures") == (0,)

    def test_an_article_of_more_statements_than_there_are_numbers_for_is_kept_without_them(
        self, library: Library, made: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        analysed = [rows for _, rows in analysing.stream(map(article_of, LASMAR), lambda article: article)]
        counts = sorted(len(rows.statements) for rows in analysed if isinstance(rows, Rows))
        monkeypatch.setattr(indexes, "MOST_STATEMENTS", counts[-1] - 1)
        events = added(library, made, *LASMAR)
        assert sorted(whats(events)) == ["new", "new", "unanalysed"]
        [problem] = [event.problem for event in events if event.problem]
        assert isinstance(problem, TooManyStatements)
        assert f"has {counts[-1]} statements, and the library has numbers for {counts[-1] - 1} of" in str(problem)
        assert library.one("SELECT count(*) FROM articles") == (3,)
        assert library.one("SELECT count(*) FROM statements") == (sum(counts[:-1]),)
        assert library.one("SELECT kind FROM failures") == ("TooManyStatements",)

    def test_as_many_statements_as_there_are_numbers_for_stay_apart_from_the_next_version(
        self, library: Library, made: Made
    ) -> None:
        added(library, made, *LASMAR)
        many = indexes.MOST_STATEMENTS
        [(first,), (second,)] = library.rows("SELECT version FROM articles ORDER BY version LIMIT 2").fetchall()
        assert second == first + 1
        library.connection.execute("UPDATE articles SET published = '2025-09-02'")  # one day, so that versions follow
        [(_, found)] = analysing.stream([article_of(LASMAR[0])], lambda article: article)
        assert isinstance(found, Rows)
        place, told = found.statements[0]
        ends = dataclasses.replace(found, statements=tuple((place, (n, *told[1:])) for n in (1, many)))
        with library.writing() as connection:
            for version in (first, second):
                analyses.write(connection, version, ends, made)
        in_order = library.rows("SELECT version FROM statements WHERE version <= ? ORDER BY id", (second,)).fetchall()
        assert in_order == [(first,), (first,), (second,), (second,)]

    def test_a_list_of_links_is_followed(self, library: Library, made: Made, tmp_path: Path) -> None:

        site = {f"https://gulf.example/{n}": Path(p).read_bytes() for n, p in enumerate(LASMAR)}
        items = "".join(f"<item><title>t</title><link>{url}</link></item>" for url in [*site, "https://gulf.example/x"])
        feed = tmp_path / "feed.xml"
        feed.write_text(f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gulf</title>{items}</channel></rss>')

        def fetch(url: str) -> Fetched:
            if url not in site:
                raise BadStatus(url, 404)
            return Fetched(url, url, 200, "text/plain", site[url], None, None, store.now())

        events: list[Event] = []
        adder = Adding(library, made, events.append, fetch)
        adder.add([str(feed)])
        assert sorted(whats(events)) == ["new", "new", "new", "refused"]
        assert articles.at(library, "http://www.gulf.example/1/?utm_source=x#top") is not None

    def test_a_known_article_is_known_at_each_address_that_led_to_it(
        self, library: Library, made: Made, tmp_path: Path
    ) -> None:
        page = (EXAMPLES / "karsholm-dam" / "channel-nine.html").read_bytes()
        feed, urls = tmp_path / "feed.xml", ["https://nine.example/dam", "https://nine.example/go?id=7"]
        for url in urls:
            item = f"<item><title>t</title><link>{url}</link></item>"
            feed.write_text(f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>')
            fetched = Fetched(url, url, 200, "text/html", page, None, None, store.now())
            Adding(library, made, lambda _: None, lambda _, got=fetched: got).add([str(feed)])
        assert [articles.at(library, url) for url in urls] == [1, 1]

    def test_a_source_still_counts_as_failed_until_all_its_articles_are_safe(
        self, library: Library, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(adding, "_LONGEST", 0.0)
        source = tmp_path / "many.jsonl"
        text = json.loads((EXAMPLES / "karsholm-dam" / "courier.json").read_text("utf-8"))["text"]
        source.write_text("\n".join(json.dumps({"id": str(n), "text": f"{text}\n\n{n}."}) for n in range(12)))
        with library.writing() as connection:
            failures.record(connection, str(source), BadStatus("x", 404), "x", None)
        left: list[tuple[int, int]] = []

        def tell(event: Event) -> None:
            left.append((len(failures.all_of(library)), (library.one("SELECT count(*) FROM articles") or (0,))[0]))

        Adding(library, made, tell, lambda url: pytest.fail(url)).add([str(source)])
        assert {failed for failed, safe in left if safe < 12} == {1}
        assert failures.all_of(library) == []

    def test_addresses_are_fetched_several_at_a_time(self, library: Library, made: Made) -> None:
        site = {f"https://gulf{n}.example/": Path(p).read_bytes() for n, p in enumerate(LASMAR[:2])}
        together = threading.Barrier(2, timeout=60)  # nobody passes alone

        def fetch(url: str) -> Fetched:
            if url in site:
                together.wait()
                return Fetched(url, url, 200, "text/plain", site[url], None, None, store.now())
            raise BadStatus(url, 404)

        events: list[Event] = []
        Adding(library, made, events.append, fetch).add([*site, "https://gone.example/"])
        assert whats([event for event in events if event.what != "refused"]) == ["new", "new"]
        assert [str(event.problem) for event in events if event.what == "refused"] == [
            str(BadStatus("https://gone.example/", 404))
        ]


class TestBook:
    def test_what_it_refused_is_a_failure_until_it_is_taken_in(self, library: Library, made: Made) -> None:
        url = "https://nine.example/dam"
        kept_by = LibraryBook(library, made)
        kept_by.refuse(url, BadStatus(url, 404))
        [failure] = failures.all_of(library)
        assert (failure.source, failure.kind) == (url, "BadStatus")
        with library.writing() as connection:  # as when a feed that was added by hand had led there, too
            failures.record(connection, "https://nine.example/feed", BadStatus(url, 404), url, None)
        assert shown.status(library, 80, False).count("404") == 1
        page = (EXAMPLES / "karsholm-dam" / "channel-nine.html").read_bytes()
        kept_by.add(Fetched(url, url, 200, "text/html", page, None, None, ""), None)
        assert failures.all_of(library) == []

    def test_what_a_watch_fetched_is_known_at_every_address_that_led_to_it(self, library: Library, made: Made) -> None:
        page = (EXAMPLES / "karsholm-dam" / "channel-nine.html").read_bytes()
        url, led_to = "https://nine.example/go?id=7", "https://nine.example/dam"
        fetched = Fetched(url, led_to, 200, "text/html", page, None, None, "")
        link = Link(url, "Feed title", "2025-03-14", "Nine", "feed")
        kept_by = LibraryBook(library, made)
        assert not kept_by.knows(link.url)
        assert kept_by.add(fetched, link).what == "new"
        assert kept_by.knows(link.url)
        assert kept_by.knows("https://nine.example/dam#top")
        assert kept_by.add(fetched, link).what == "known"
        changed = dataclasses.replace(fetched, body=page.replace(b"dam", b"weir"))
        assert kept_by.add(changed, link).what == "changed"
        assert library.one("SELECT count(*) FROM story_articles") == (1,)

    def test_a_page_without_an_article_is_refused(self, library: Library, made: Made) -> None:
        empty = Fetched("https://nine.example/x", "https://nine.example/x", 200, "text/html",
                        b"<html><body></body></html>", None, None, "")  # fmt: skip
        with pytest.raises(InputError):
            LibraryBook(library, made).add(empty, None)

    def test_the_state_of_a_feed_is_kept(self, library: Library, made: Made) -> None:
        kept_by = LibraryBook(library, made)
        state = FeedState("https://nine.example/feed", "feed", "Nine", every_seconds=600.0, fetched=3, added=2)
        kept_by.record(state)
        kept_by.record(dataclasses.replace(state, fetched=4, error="404", last_error=store.now()))
        [found] = kept_by.all()
        assert (found.title, found.fetched, found.error) == ("Nine", 4, "404")


class TestVersions:
    def test_other_words_at_its_address_are_a_new_version(self, library: Library) -> None:
        url = "https://post.example/dam"
        assert kept(
            library,
            entry("The dam held.", url=url, outlet="Post"),
            entry("The dam held.", url=f"{url}?utm_source=feed", outlet="Post"),
            entry("The dam broke.", url="http://www.post.example/dam/#top", outlet="Post"),
        ) == ["new", "known", "changed"]
        first, second = versions.of(library, "a")
        assert [(p.change, p.words) for p in versions.difference(first.text, second.text)] == [
            ("same", "The dam "), ("gone", "held"), ("new", "broke"), ("same", "."),
        ]  # fmt: skip

    def test_what_changed_back_is_a_version_too(self, library: Library) -> None:
        words = ["It held.", "It broke.", "It held."]
        url = "https://post.example/dam"
        assert kept(library, *(entry(w, url=url) for w in words)) == ["new", "changed", "changed"]

    def test_a_feed_and_a_page_that_differ_make_no_version_each_time(self, library: Library) -> None:
        page = entry("It held, he said.", url="https://post.example/dam")
        feed = dataclasses.replace(entry("It held.", url="https://post.example/dam"), media_type="application/rss+xml")
        assert kept(library, page, feed, page, feed) == ["new", "changed", "known", "known"]

    def test_the_same_words_in_two_outlets_are_two_articles(self, library: Library) -> None:
        assert kept(library, entry("It held.", outlet="Post"), entry("It held.", outlet="Star")) == ["new", "new"]

    def test_two_ids_given_on_purpose_are_two_articles(self, library: Library) -> None:
        assert kept(library, entry("It held.", id="x"), entry("It held.", id="y"), entry("It held.", id="y")) == [
            "new", "new", "known",
        ]  # fmt: skip

    def test_front_pages_are_nobodys_address(self) -> None:
        assert articles.address("https://post.example/") is None
        assert articles.address("mailto:x@post.example") is None
        assert articles.address("http://[broken") is None
        assert articles.address("https://WWW.Post.example:443/a/?utm_medium=x&id=7#c") == "post.example/a?id=7"

    def test_an_unknown_article_is_named(self, library: Library) -> None:
        with pytest.raises(UnknownArticle):
            versions.of(library, "nobody")


class TestStories:
    def test_articles_on_one_event_are_one_story(self, library: Library, made: Made) -> None:
        added(library, made, *map(str, sorted(EXAMPLES.iterdir())))
        groups = library.rows(
            "SELECT group_concat(key, ' ') FROM (SELECT key, story FROM story_articles m JOIN articles a "
            "ON a.id = m.article ORDER BY key) GROUP BY story ORDER BY 1"
        ).fetchall()
        assert [group[0].split() for group in groups] == [
            ["channel-nine", "courier", "meridian-post"],
            ["channel-southern", "harbour-post", "meridian-daily", "sarrun-gazette"],
            ["gulf-herald", "inland-tribune", "lasmar-today"],
            ["kanal-sud", "ledger", "tervon-observer"],
        ]

    def test_it_does_not_matter_in_how_many_runs_they_come(self, library: Library, made: Made) -> None:
        for source in LASMAR:
            added(library, made, source)
        assert library.one("SELECT count(DISTINCT story), count(*) FROM story_articles") == (1, 3)

    def test_an_old_article_joins_its_old_story(self, library: Library, made: Made) -> None:
        added(library, made, *LASMAR[:2])
        added(library, made, str(EXAMPLES / "tervon-rail"))
        added(library, made, LASMAR[2])
        assert library.rows("SELECT count(*) FROM story_articles GROUP BY story ORDER BY story").fetchall() == [
            (2 + 1,), (3,),
        ]  # fmt: skip

    def test_a_report_is_that_of_its_articles_and_is_kept(
        self, library: Library, made: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        added(library, made, *LASMAR)
        report = reporting.of_story(library, 1, made)
        direct = making.report(reporting.articles_of(library, 1), "test", False)
        assert report == direct
        monkeypatch.setattr(making, "report", lambda *_: pytest.fail("it is made again"))
        again = reporting.of_story(library, 1, made)
        assert again == report
        assert document.write(again) == document.write(report)

    def test_a_report_is_made_again_when_the_story_changed(self, library: Library, made: Made) -> None:
        added(library, made, *LASMAR[:2])
        before = reporting.of_story(library, 1, made)
        added(library, made, LASMAR[2])
        assert (len(before.articles), len(reporting.of_story(library, 1, made).articles)) == (2, 3)

    def test_an_unknown_story_is_named(self, library: Library, made: Made) -> None:
        with pytest.raises(UnknownStory):
            reporting.of_story(library, 7, made)


class TestFile:
    def test_every_table_and_column_is_documented(self, library: Library) -> None:
        page = (ROOT / "docs" / "tables.md").read_text("utf-8")
        sections = dict(re.findall(r"^### `(\w+)`[^\n]*\n(.*?)(?=^##|\Z)", page, re.M | re.S))
        names = library.rows(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND instr(name, '_search') = 0 "
            "AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).fetchall()
        assert sorted(sections) == [name for (name,) in names]
        for name, section in sections.items():
            rows = " ".join(re.findall(r"^\|([^|]*)\|", section, re.M))
            documented = re.findall(r"`(\w+)`", rows)
            assert documented == [row[1] for row in library.rows(f"PRAGMA table_info({name})")], name

    def test_a_file_that_is_no_library_is_left_alone(self, tmp_path: Path) -> None:
        text, foreign = tmp_path / "a.txt", tmp_path / "b.db"
        text.write_text("Not a database. " * 100)
        with sqlite3.connect(foreign) as other:
            other.execute("CREATE TABLE theirs (x)")
        other.close()
        for file in (text, foreign):
            before = file.read_bytes()
            with pytest.raises(ForeignFile):
                Library.open(file, create=True)
            assert file.read_bytes() == before

    def test_a_newer_library_is_left_alone(self, path: Path, library: Library) -> None:
        library.rows(f"PRAGMA user_version = {schema.VERSION + 1}")
        with pytest.raises(NewerLibrary):
            Library.open(path)

    def test_a_missing_library_is_not_made_by_asking(self, path: Path) -> None:
        with pytest.raises(NoLibrary):
            Library.open(path)
        assert not path.exists()

    def test_a_second_writer_waits_and_then_says_so(self, path: Path, library: Library) -> None:
        with library.writing():
            other = Library.open(path, patience=0.05)
            with pytest.raises(sqlite3.OperationalError) as locked, other.writing():
                pass
            assert isinstance(store.explained(locked.value, path), LockedLibrary)
        with other.writing():
            pass
        other.close()

    def test_a_damaged_library_is_said_to_be(self, path: Path, made: Made) -> None:
        with Library.open(path, create=True) as library:
            kept(library, *(entry(f"Text {n} " * 500, outlet=str(n)) for n in range(50)))
        content = bytearray(path.read_bytes())
        for page in range(8, len(content) // 4096):
            content[page * 4096 : page * 4096 + 200] = random.Random(page).randbytes(200)
        path.write_bytes(content)
        with pytest.raises(DamagedLibrary):
            Library.open(path)


SOURCE = json.dumps(
    [{"id": f"n{n}", "outlet": f"Outlet {n}", "text": f"The dam held, minister {n} said."} for n in range(400)]
)


def started(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "whosays", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        **options,
    )


class TestProcess:
    def test_killed_at_any_instant_it_loses_nothing_that_it_had_reported(self, path: Path, tmp_path: Path) -> None:
        source = tmp_path / "many.json"
        source.write_text(SOURCE)
        chance = random.Random(7)
        reported: set[str] = set()
        for _ in range(8):
            program = started("add", str(source), "-v", "--library", str(path))
            assert program.stdout is not None
            time.sleep(chance.uniform(0.2, 0.9))
            for _ in range(chance.randrange(60)):
                line = program.stdout.readline()
                if not line:
                    break
                reported.add(line.split(b"\t")[1].decode()) if b"\t" in line else None
            program.send_signal(signal.SIGKILL)
            rest, _ = program.communicate()
            reported |= {line.split(b"\t")[1].decode() for line in rest.splitlines(True) if line.count(b"\t") == 2}
            if not path.exists():
                continue
            with Library.open(path, create=True) as library:
                keys = {key for (key,) in library.rows("SELECT key FROM articles")}
                assert reported <= keys
                assert library.one("PRAGMA integrity_check") == ("ok",)
                assert library.rows("PRAGMA foreign_key_check").fetchall() == []
                assert library.one("SELECT count(*) FROM articles LEFT JOIN analyses USING (version) "
                                   "WHERE model IS NULL") == (0,)  # fmt: skip
        assert reported
        done = started("add", str(source), "--library", str(path))
        _, err = done.communicate()
        assert done.returncode == 0, err
        with Library.open(path) as library:
            assert library.one("SELECT count(*) FROM articles") == (400,)
            assert library.one("SELECT count(*) FROM story_articles") == (400,)

    def test_a_full_disk_is_one_line_and_leaves_the_library_whole(self, path: Path, tmp_path: Path) -> None:
        source = tmp_path / "many.json"
        source.write_text(SOURCE)

        def little_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

        program = started("add", str(source), "--library", str(path), preexec_fn=little_room)
        _, err = program.communicate()
        problems = [line for line in err.decode().splitlines() if "no publication date" not in line]
        assert (program.returncode, len(problems)) == (5, 1), err
        assert "the library cannot be written" in problems[0]
        with Library.open(path) as library:
            assert library.one("PRAGMA integrity_check") == ("ok",)

    def test_two_programs_add_to_one_library(self, path: Path, tmp_path: Path) -> None:
        halves = [json.loads(SOURCE)[start::2] for start in (0, 1)]
        programs = []
        for number, half in enumerate(halves):
            source = tmp_path / f"{number}.json"
            source.write_text(json.dumps(half[:100]))
            programs.append(started("add", str(source), "--library", str(path)))
        for program in programs:
            _, err = program.communicate()
            assert program.returncode == 0, err
        with Library.open(path) as library:
            assert library.one("SELECT count(*) FROM articles") == (200,)
            assert library.one("SELECT count(*) FROM story_articles") == (200,)
            assert library.one("PRAGMA integrity_check") == ("ok",)


def test_a_source_has_one_name_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert adding.source_of("a.txt") == str(tmp_path / "a.txt")
    assert adding.source_of("https://x.example/a") == "https://x.example/a"
    assert adding.source_of("-") == "-"
    assert os.getcwd() == str(tmp_path)
