"""Marks leave and come: over HTTP, in the report document, and from another library of the same articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import api_server
import pytest
from api_server import Api
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from whosays import cli
from whosays.desk.api import documents, resources
from whosays.library import analysing, marked, marking, marks, placing, receiving, reporting, saying, subjects
from whosays.library.adding import Adding
from whosays.library.analyses import Made
from whosays.library.marks import Unwritten
from whosays.library.store import Library
from whosays.report.report import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.fixture(scope="module")
def made() -> Made:
    return analysing.made_by("test")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, made: Made) -> Path:
    path = tmp_path_factory.mktemp("library") / "whosays.db"
    with Library.open(path, create=True) as library:
        for story, name in enumerate(("karsholm-dam", "lasmar-port"), start=1):
            Adding(library, made, lambda event: None, fetch=pytest.fail).add([str(EXAMPLES / name)])
            reporting.of_story(library, story, made)
        library.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def copied(filled: Path, path: Path) -> Path:
    path.write_bytes(filled.read_bytes())
    return path


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Iterator[Library]:
    with Library.open(copied(filled, tmp_path / "one.db")) as opened:
        yield opened


@pytest.fixture
def other(filled: Path, tmp_path: Path) -> Iterator[Library]:
    with Library.open(copied(filled, tmp_path / "two.db")) as opened:
        yield opened


@pytest.fixture
def report(library: Library, made: Made) -> Report:
    return reporting.of_story(library, 2, made)


@pytest.fixture
def api(filled: Path, tmp_path: Path) -> Iterator[Api]:
    with api_server.serving(copied(filled, tmp_path / "served.db")) as served:
        yield served


def exported(library: Library) -> list[bytes]:
    return [line.encode() for line in saying.lines(marks.every(library), marks.undone(library), "jsonl")]


def log(library: Library) -> list[tuple[str, ...]]:
    return [(m.key, m.at, m.who, m.action, m.value, m.undoes or "") for m in marks.every(library)]


def keys(library: Library, story: int) -> list[str]:
    return [article.id for article in reporting.articles_of(library, story)]


class TestFromAnotherLibrary:
    def test_they_are_the_same_marks_here_once(self, library: Library, other: Library, report: Report) -> None:
        first = marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
        marking.record(library, Unwritten("Ben", "grade", (subjects.speaker(report, 1),), "B2", 2))
        marking.undo(library, first.key, "Ben", "no")
        taken = receiving.take(other, exported(library), "marks.jsonl")
        assert (taken.new, taken.known, taken.problems) == (3, 0, ())
        assert log(other) == log(library)
        assert exported(other) == exported(library)
        assert marked.find(other, report, 2) == marked.find(library, report, 2)
        again = receiving.take(other, exported(library), "marks.jsonl")
        assert (again.new, again.known) == (0, 3)
        assert log(other) == log(library)

    def test_stories_are_joined_and_parted_as_there(self, library: Library, other: Library) -> None:
        before = keys(other, 1), keys(other, 2)
        two = subjects.story(library, 2)
        parted = marking.record(library, Unwritten("Ana", "part", (two, subjects.some(two, [0]))))
        joined = marking.record(
            library, Unwritten("Ana", "join", (subjects.story(library, 1), subjects.story(library, 2)))
        )
        receiving.take(other, exported(library), "x")
        assert [sorted(keys(other, n)) for n in (1, 2, 3)] == [sorted(keys(library, n)) for n in (1, 2, 3)]
        assert keys(other, 3) == [before[1][0]]
        for key in (joined.key, parted.key):
            marking.undo(other, key, "Ben")
        assert (keys(other, 1), keys(other, 2)) == before

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"key": "x"}, "key"), ({"at": "today"}, "time"), ({"who": ""}, "signed"), ({"action": "praise"}, "action"),
            ({"value": ""}, "empty"), ({"targets": []}, "nothing"), ({"targets": [{"kind": "claim"}]}, "target"),
            ({"undoes": "0123456789abcdef"}, "undo"), ({"undoes": 3}, "key"),
        ],
    )  # fmt: skip
    def test_a_line_that_is_no_mark_is_said_in_words(
        self, library: Library, other: Library, report: Report, change: dict[str, Any], said: str
    ) -> None:
        marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
        [line] = exported(library)
        wrong = json.dumps(json.loads(line) | change).encode()
        taken = receiving.take(other, [wrong, b"{", line], "marks.jsonl")
        assert taken.new == 1
        assert [str(p).split(": ")[0] for p in taken.problems] == ["marks.jsonl:1", "marks.jsonl:2"]
        assert said in str(taken.problems[0])

    @settings(deadline=None)
    @given(line=st.one_of(st.binary(max_size=40), st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
            st.sampled_from(["key", "at", "who", "action", "targets", "value", "undoes", "kind", "passages"]), inner
        ), max_leaves=8,
    ).map(lambda value: json.dumps(value).encode())))  # fmt: skip
    def test_no_line_ends_it(self, filled: Path, line: bytes) -> None:
        with Library.open(filled) as library:
            taken = receiving.take(library, [line], "x")
        assert taken.new == 0
        assert len(taken.problems) == (1 if line.strip() else 0)

    def test_the_command_takes_them(self, library: Library, other: Library, report: Report, tmp_path: Path) -> None:
        marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
        file = tmp_path / "marks.jsonl"
        file.write_bytes(b"\xef\xbb\xbf" + b"".join(exported(library)) + b"nonsense\n")
        asked = ["marks", "--library", str(other.path), "--import", str(file)]
        done = CliRunner().invoke(cli.app, asked)
        assert done.stdout == "1 new, 0 known, 1 not taken\n"
        assert "marks.jsonl:2: it is no JSON" in done.stderr
        assert log(other) == log(library)
        assert CliRunner().invoke(cli.app, [*asked, "--who", "Ana"]).exit_code == 2

    def test_it_takes_them_from_standard_input(self, library: Library, other: Library, report: Report) -> None:
        marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
        asked = ["marks", "--library", str(other.path), "--import", "-"]
        done = CliRunner().invoke(cli.app, asked, input=b"".join(exported(library)))
        assert done.stdout == "1 new, 0 known, 0 not taken\n"
        assert log(other) == log(library)

    @given(
        raw=st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b"")), max_size=8),
        longest=st.integers(1, 50),
    )
    def test_a_file_is_read_by_lines_of_bounded_length(self, raw: list[bytes], longest: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(receiving, "LONGEST", longest)
            found = list(receiving.lines_of(BytesIO(b"".join(line + b"\n" for line in raw))))
        expected = [(line + b"\n")[: longest + 1] for line in raw]
        assert found == [line.removeprefix(b"\xef\xbb\xbf") for line in expected[:1]] + expected[1:]

    def test_a_line_without_end_is_said_and_the_others_are_taken(
        self, library: Library, other: Library, report: Report, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
        [line] = exported(library)
        monkeypatch.setattr(receiving, "LONGEST", len(line))
        file = BytesIO(b'{"key": "' + b"0" * 3 * len(line) + b'"}\n' + line)
        taken = receiving.take(other, receiving.lines_of(file), "marks.jsonl")
        assert (taken.new, taken.known) == (1, 0)
        assert [str(p).split(". ")[0] for p in taken.problems] == [
            f"marks.jsonl:1: it is longer than {len(line):,} bytes"
        ]


class TestOverHttp:
    def make(self, api: Api, **given: Any) -> Any:
        answer = api.ask("/marks", "POST", json={"who": "Ana", "story": 2, **given})
        assert answer.status_code == 201, answer.text
        assert api.get(answer.headers["location"]) == answer.json()
        return answer.json()

    def test_marks_are_made_listed_and_undone(self, api: Api) -> None:
        report = api.get("/stories/2/report")
        called = report["claims"][0]["text"]
        first = self.make(api, action="note", about="claim", number=1, called=called, value="see")
        assert first["targets"][0]["text"] == report["claims"][0]["text"]
        self.make(api, action="grade", about="outlet", name=report["articles"][0]["outlet"], value="B2")
        self.make(api, action="dismiss", about="conflict", number=1)
        self.make(api, action="join", about="claim", number=1, other=2)
        article = report["articles"][0]
        passage = self.make(api, action="note", about="passage", article=article["id"], span=[3, 20], value="odd")
        assert passage["targets"][0]["text"] == article["text"][3:20]
        undone = api.ask(f"/marks/{first['key']}/undo", "POST", json={"who": "Ben"})
        assert (undone.status_code, undone.json()["undoes"]) == (201, first["key"])
        rows = api.lines("/marks")
        assert api.pages("/marks?limit=4", "marks") == rows
        assert api.pages("/marks?limit=4&order=added", "marks") == rows[::-1]
        assert [row["stands"] for row in rows] == [True] * 5 + [False]
        assert [row["who"] for row in api.lines("/marks?who=Ben")] == ["Ben"]
        assert {row["action"] for row in api.lines("/marks?about=claim")} == {"note", "join"}
        resources.Marks.model_validate(api.get("/marks"), extra="forbid")

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/marks", {}, 422), ("/marks", {"action": "praise"}, 422), ("/marks", {"number": "1"}, 422),
            ("/marks", {"number": 999}, 409), ("/marks", {"value": " "}, 409), ("/marks", {"story": 99}, 404),
            ("/marks", {"action": "join"}, 409), ("/marks", {"action": "join", "other": 1}, 409),
            ("/marks", {"action": "part", "some": []}, 409), ("/marks/nosuch/undo", {"who": "Ana"}, 404),
            ("/marks", {"called": "Something else"}, 409),
            ("/marks", {"about": "passage", "article": "nosuch", "span": [0, 5]}, 409),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_a_problem_in_words(self, api: Api, path: str, body: dict[str, Any], status: int) -> None:
        usual = {"who": "Ana", "action": "note", "about": "claim", "number": 1, "value": "so", "story": 2}
        given = body if "undo" in path or not body else usual | body
        answer = api.ask(path, "POST", json=given)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert api.lines("/marks") == []

    def test_nothing_is_undone_twice(self, api: Api) -> None:
        key = self.make(api, action="note", about="story", value="see")["key"]
        asked = [api.ask(f"/marks/{key}/undo", "POST", json={"who": "Ben"}).status_code for _ in range(2)]
        assert asked == [201, 409]
        assert api.ask("/marks", "POST", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400

    def test_the_report_document_has_them_beside_what_was_found(self, api: Api) -> None:
        before = api.ask("/stories/2/report")
        assert "marks" not in before.json()
        made = self.make(api, action="note", about="claim", number=2, value="see")
        speaker = self.make(api, action="grade", about="speaker", number=1, value="A")
        after = api.get("/stories/2/report")
        documents.Report.model_validate(after, extra="forbid")
        assert after["marks"] == [
            made | {"ids": [after["claims"][1]["id"]]}, speaker | {"ids": [after["speakers"][0]["id"]]}
        ]  # fmt: skip
        assert api.get("/stories/2/report.json") == api.client.get("/stories/2/report.json").json() == after
        del after["marks"]
        assert after == before.json()
        api.ask(f"/marks/{made['key']}/undo", "POST", json={"who": "Ana"})
        api.ask(f"/marks/{speaker['key']}/undo", "POST", json={"who": "Ana"})
        assert api.ask("/stories/2/report").content == before.content


def test_the_command_writes_them_into_the_document(library: Library, report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    asked = ["report", "--story", "2", "--library", str(library.path), "-o", str(file)]
    made = marking.record(library, Unwritten("Ana", "note", (subjects.claim(report, 1),), "see", 2))
    assert CliRunner().invoke(cli.app, asked).exit_code == 0
    assert [mark["key"] for mark in json.loads(file.read_text("utf-8"))["marks"]] == [made.key]


class TestGrouping:
    @pytest.fixture
    def days(self, library: Library, made: Made, tmp_path: Path) -> Iterator[Library]:
        """A library of the same two stories, told on one day."""
        with Library.open(tmp_path / "days.db", create=True) as opened:
            for story in (1, 2):
                for article in reporting.articles_of(library, story):
                    self.add(opened, made, tmp_path / f"{article.id}.txt", article.text)
            assert [len(keys(opened, story)) for story in (1, 2)] == [3, 3]
            yield opened

    def add(self, library: Library, made: Made, file: Path, text: str) -> None:
        file.write_text(f"Outlet: {file.stem}\nDate: 2025-09-02\n\n{text}")
        Adding(library, made, lambda event: None, fetch=pytest.fail).add([str(file)])
        placing.Placing(library).settle()

    def grown(self, library: Library, made: Made, folder: Path) -> set[str]:
        """Let the one story grow to eight articles, where grouping looks whether it is two, and say what it did."""
        text = reporting.articles_of(library, 1)[0].text
        for number in range(2):
            self.add(library, made, folder / f"again-{number}.txt", f"{text}\n\nThis is copy {number}.")
        return {change for (change,) in library.rows("SELECT change FROM story_changes WHERE change = 'parted'")}

    def test_it_does_not_part_what_was_joined(self, days: Library, made: Made, tmp_path: Path) -> None:
        marking.record(days, Unwritten("Ana", "join", (subjects.story(days, 1), subjects.story(days, 2))))
        assert self.grown(days, made, tmp_path) == set()
        assert len(keys(days, 1)) == 8

    def test_it_would_have_parted_them(self, days: Library, made: Made, tmp_path: Path) -> None:
        """The same without the mark: joined by hand, they are two again."""
        with days.writing() as connection:
            connection.execute("UPDATE story_articles SET story = 1")
            connection.execute("UPDATE stories SET merged_into = 1 WHERE id = 2")
        assert self.grown(days, made, tmp_path) == {"parted"}
