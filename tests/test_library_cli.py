"""The library's commands: what they print, what they write, and how they end."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from whosays import cli
from whosays.claims.claim import Comparison
from whosays.errors import UsageError
from whosays.library import asking, durations, frozen
from whosays.report import table
from whosays.report.report import Report

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def run(library: Path, *arguments: str, code: int = 0, **options: Any) -> Any:
    command, *rest = arguments
    done = CliRunner().invoke(cli.app, [command, "--library", str(library), *rest], **options)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("library") / "whosays.db"
    run(library, "add", *map(str, sorted(EXAMPLES.iterdir())))
    return library


class TestAdd:
    def test_it_says_what_is_new_and_what_is_known(self, tmp_path: Path) -> None:
        library, source = tmp_path / "w.db", str(EXAMPLES / "tervon-rail")
        assert run(library, "add", source).stdout.startswith("3 new · ")
        assert run(library, "add", source).stdout.startswith("3 known · ")

    def test_each_article_has_a_line_if_wanted(self, tmp_path: Path) -> None:
        done = run(tmp_path / "w.db", "add", "-v", str(EXAMPLES / "karsholm-dam" / "courier.json"))
        assert done.stdout.splitlines()[0] == "new\tcourier\tArdal Courier — Dam alarm came late, say families"

    def test_what_is_left_out_has_a_line_and_can_be_tried_again(self, tmp_path: Path) -> None:
        library, bad = tmp_path / "w.db", tmp_path / "bad.json"
        bad.write_text("{")
        done = run(library, "add", str(bad), str(EXAMPLES / "tervon-rail"), code=4)
        assert "is not JSON" in done.stderr
        assert done.stdout.startswith("3 new, 1 left out · ")
        assert "is not JSON" in run(library, "status").stdout
        assert "is not JSON" in run(library, "add", "--retry-failed", code=3).stderr
        bad.write_text((EXAMPLES / "karsholm-dam" / "courier.json").read_text("utf-8"))
        assert run(library, "add", "--retry-failed").stdout.startswith("1 new · ")
        assert run(library, "add", "--retry-failed").stdout.startswith("nothing new · ")
        assert "is not JSON" not in run(library, "status").stdout

    def test_nothing_given_is_said(self, tmp_path: Path) -> None:
        assert "no articles were given" in run(tmp_path / "w.db", "add", code=3).stderr

    def test_a_file_that_is_no_library_is_one_line(self, tmp_path: Path) -> None:
        other = tmp_path / "other.db"
        connection = sqlite3.connect(other)
        connection.execute("CREATE TABLE theirs (x)")
        connection.close()
        for command in (["add", str(EXAMPLES)], ["stories"], ["status"], ["search", "x"]):
            done = run(other, *command, code=5)
            assert (done.stdout, len(done.stderr.splitlines())) == ("", 1)
            assert "is no library of whosays" in done.stderr

    def test_a_library_that_is_not_there_is_one_line(self, tmp_path: Path) -> None:
        assert "there is no such library" in run(tmp_path / "w.db", "stories", code=5).stderr

    def test_the_environment_may_name_the_library(self, filled: Path) -> None:
        done = CliRunner().invoke(cli.app, ["status"], env={"WHOSAYS_LIBRARY": str(filled)})
        assert "13 articles of 13 outlets in 4 stories" in done.stdout

    def test_articles_can_be_analysed_again(self, tmp_path: Path) -> None:
        library = tmp_path / "w.db"
        run(library, "add", str(EXAMPLES / "tervon-rail"))
        assert run(library, "analyse").stdout.startswith("0 analysed")
        before = run(library, "export", "--format", "csv").stdout
        assert run(library, "analyse", "--again").stdout.startswith("3 analysed")
        assert run(library, "export", "--format", "csv").stdout == before


class TestStories:
    def test_they_are_a_table(self, filled: Path) -> None:
        lines = run(filled, "stories", "--about", "Lasmar").stdout.splitlines()
        assert lines[0].split() == ["id", "days", "outlets", "articles", "voices", "headline"]
        assert "Blast at Lasmar port" in " ".join(lines[1:])

    def test_those_not_compared_yet_are_compared_if_wanted(self, tmp_path: Path) -> None:
        library = tmp_path / "w.db"
        run(library, "add", str(EXAMPLES / "karsholm-dam"))
        assert "stories --compare" in run(library, "stories").stdout
        done = run(library, "stories", "--compare")
        assert done.stdout.split("\n")[0].split()[5:7] == ["origins", "conflicts"]
        [story] = json.loads(run(library, "stories", "-f", "json").stdout)
        assert f"from {story['origins']} known origins" in " ".join(
            run(library, "report", "--story", str(story["id"])).stdout.split()
        )

    def test_near_copies_are_one_voice(self, tmp_path: Path) -> None:
        library, source = tmp_path / "w.db", tmp_path / "wire.jsonl"
        article = json.loads((EXAMPLES / "karsholm-dam" / "courier.json").read_text("utf-8"))
        copies = [{**article, "id": name, "outlet": name} for name in ("one", "two")]
        source.write_text("\n".join(map(json.dumps, copies)), "utf-8")
        run(library, "add", str(source))
        [story] = json.loads(run(library, "stories", "-f", "json").stdout)
        assert story["voices"] == [["one", "two"]]
        assert story["outlets"] == ["one", "two"]

    def test_json_has_the_ids_of_the_articles(self, filled: Path) -> None:
        found = json.loads(run(filled, "stories", "--format", "json").stdout)
        assert sorted(sorted(story["articles"]) for story in found) == [
            ["channel-nine", "courier", "meridian-post"],
            ["channel-southern", "harbour-post", "meridian-daily", "sarrun-gazette"],
            ["gulf-herald", "inland-tribune", "lasmar-today"],
            ["kanal-sud", "ledger", "tervon-observer"],
        ]

    def test_only_recent_ones_if_wanted(self, filled: Path) -> None:
        found = json.loads(run(filled, "stories", "--since", "2025-12-01", "-f", "json").stdout)
        assert sorted("ledger" in story["articles"] for story in found) == [False, True]

    def test_a_report_is_made_from_the_library(self, filled: Path, tmp_path: Path) -> None:
        [story] = json.loads(run(filled, "stories", "--about", "Lasmar", "-f", "json").stdout)
        assert run(filled, "report", "--story", str(story["id"])).stdout.startswith("3 outlets · ")
        run(filled, "report", "--story", str(story["id"]), "-o", str(tmp_path / "r.json"))
        report = json.loads((tmp_path / "r.json").read_text("utf-8"))
        assert all(article["text"] for article in report["articles"])
        [again] = json.loads(run(filled, "stories", "--about", "Lasmar", "-f", "json").stdout)
        assert (again["claims"], again["conflicts"]) == (len(report["claims"]), len(report["conflicts"]))
        assert "has no story 99" in run(filled, "report", "--story", "99", code=2).stderr
        assert "neither files" in run(filled, "report", "a.txt", "--story", "1", code=2).stderr


class TestSearch:
    def test_a_hit_says_who_where_and_what(self, filled: Path) -> None:
        out = run(filled, "search", "state drone", "--in", "articles", "--outlet", "herald").stdout
        assert "Gulf Herald · 2025-09-02" in " ".join(out.split())
        assert "»drone«" in out

    def test_a_phrase_is_a_phrase(self, filled: Path) -> None:
        found = json.loads(run(filled, "search", '"struck a storage tank"', "-f", "json").stdout)
        assert found
        assert all("struck a storage tank" in hit["text"] for hit in found)
        assert json.loads(run(filled, "search", '"storage struck tank"', "-f", "json").stdout) == []

    def test_a_minus_leaves_out_and_a_star_begins(self, filled: Path) -> None:
        everything = json.loads(run(filled, "search", "dron*", "-f", "json").stdout)
        without = json.loads(run(filled, "search", "-f", "json", "--", "dron* -storage").stdout)
        assert 0 < len(without) < len(everything)

    def test_somebody_s_words_in_some_days(self, filled: Path) -> None:
        found = json.loads(run(filled, "search", "--speaker", "venn", "--to", "2025-09-02", "-f", "json").stdout)
        assert found
        assert {hit["published"][:10] for hit in found} == {"2025-09-02"}
        assert all("Venn" in hit["speaker"] for hit in found)
        assert json.loads(run(filled, "search", "--speaker", "venn", "--to", "2025-09-01", "-f", "json").stdout) == []

    def test_offsets_of_a_hit_hold_its_words(self, filled: Path) -> None:
        texts = {a["id"]: a["text"] for a in map(json.loads, run(filled, "export").stdout.splitlines())}
        for hit in json.loads(run(filled, "search", "drone", "-f", "json", "-n", "0").stdout):
            words = texts[hit["article"]][hit["start"] : hit["end"]]
            assert words.startswith(hit["text"].split(" […] ")[0])

    def test_nothing_to_look_for_is_said(self, filled: Path) -> None:
        assert "nothing to look for" in run(filled, "search", code=2).stderr
        assert run(filled, "search", "?!").stdout == "Nothing found.\n"

    @given(st.text(max_size=30))
    def test_nothing_that_is_typed_is_an_error(self, typed: str) -> None:
        _INDEX.execute("SELECT count(*) FROM t WHERE t MATCH ?", (asking.expression(typed) or '"x"',)).fetchall()
        _INDEX.execute("SELECT count(*) FROM t WHERE t MATCH ?", (asking.name(typed) or '"x"',)).fetchall()

    @pytest.mark.parametrize("typed", 'a AND|NOT|"open|a:b|x^2|(a|*|a NEAR(b|-|""|a\'b;--'.split("|"))
    def test_operators_are_words(self, typed: str) -> None:
        self.test_nothing_that_is_typed_is_an_error.hypothesis.inner_test(self, typed)  # type: ignore[attr-defined]


_INDEX = sqlite3.connect(":memory:")
_INDEX.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='porter unicode61 remove_diacritics 2')")
_INDEX.execute("INSERT INTO t VALUES ('the dam held, x said')")


class TestExport:
    def test_articles_can_be_added_to_another_library(self, filled: Path, tmp_path: Path) -> None:
        run(filled, "export", "-o", str(tmp_path / "all.jsonl"))
        run(tmp_path / "other.db", "add", str(tmp_path / "all.jsonl"))
        assert run(tmp_path / "other.db", "export", "-f", "csv").stdout == run(filled, "export", "-f", "csv").stdout

    def test_csv_has_a_row_for_each_statement(self, filled: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(run(filled, "export", "--format", "csv").stdout)))
        assert f"{len(rows)} statements" in run(filled, "status").stdout
        story = rows[0]["story"]
        some = csv.DictReader(io.StringIO(run(filled, "export", "-f", "csv", "--story", story).stdout))
        assert list(some) == [row for row in rows if row["story"] == story]

    def test_parquet_holds_the_same_rows(self, filled: Path, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        run(filled, "export", "-o", str(tmp_path / "s.parquet"))
        rows = parquet.read_table(tmp_path / "s.parquet").to_pylist()
        expected = list(csv.DictReader(io.StringIO(run(filled, "export", "-f", "csv").stdout)))
        assert [row["statement"] for row in rows] == [row["statement"] for row in expected]
        assert [row["start"] for row in rows] == [int(row["start"]) for row in expected]

    def test_parquet_without_its_library_is_one_line(
        self, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        done = run(filled, "export", "-o", str(tmp_path / "s.parquet"), code=2)
        assert "pip install 'whosays[parquet]'" in done.stderr
        assert list(tmp_path.iterdir()) == []

    def test_ninjs_has_what_the_standard_asks_for(self, filled: Path) -> None:
        items = [json.loads(line) for line in run(filled, "export", "-f", "ninjs").stdout.splitlines()]
        assert len(items) == 13
        kinds = {"uri": str, "type": str, "headlines": list, "bodies": list, "people": list, "infosources": list,
                 "firstcreated": str, "versioncreated": str, "version": str}  # fmt: skip
        for item in items:
            assert all(isinstance(item[name], kind) for name, kind in kinds.items() if name in item)
            assert item["type"] == "text"
            assert item["bodies"][0]["charcount"] == len(item["bodies"][0]["value"])
            assert all(set(person) == {"name"} for person in item.get("people", ()))

    def test_a_file_is_there_whole_or_not_at_all(self, filled: Path, tmp_path: Path) -> None:
        (tmp_path / "folder.csv").mkdir()
        assert "it is a folder" in run(filled, "export", "-o", str(tmp_path / "folder.csv"), code=2).stderr
        assert "no text for a terminal" in run(filled, "export", "-f", "parquet", code=2).stderr


def test_a_hostile_title_or_id_cannot_steer_the_terminal(tmp_path: Path) -> None:
    library, source = tmp_path / "w.db", tmp_path / "a.json"
    article = json.loads((EXAMPLES / "karsholm-dam" / "courier.json").read_text("utf-8"))
    source.write_text(json.dumps({**article, "id": "x\x1b]0;y", "title": "\x1b[31mDam\x07"}), "utf-8")
    for arguments in (["add", "-v", str(source)], ["stories"], ["versions", "x\x1b]0;y"], ["search", "families"]):
        shown = run(library, *arguments)
        assert all(line.expandtabs().isprintable() for line in shown.output.splitlines()), shown.output
    bad = tmp_path / "bad\x1b[31m.json"
    bad.write_text("{")
    assert "\x1b" not in run(library, "add", str(bad), code=3).output


def test_versions_show_what_was_taken_out_and_put_in(tmp_path: Path) -> None:
    library = tmp_path / "w.db"
    for words in ("The dam held on Monday, the minister said.", "The dam broke on Monday, the minister said."):
        record = {"id": "dam", "url": "https://post.example/dam", "title": "Dam", "text": words}
        run(library, "add", "-", input=json.dumps(record))
    out = run(library, "versions", "dam").stdout
    assert "The dam [-held-]{+broke+} on Monday" in out
    [first, second] = json.loads(run(library, "versions", "dam", "-f", "json").stdout)
    assert (first["changes"], second["changes"][1:3]) == ([], [["gone", "held"], ["new", "broke"]])
    assert "1 changed at their address" in run(library, "status").stdout
    assert 'has no article "x"' in run(library, "versions", "x", code=2).stderr


@pytest.mark.parametrize(
    ("words", "seconds"), [("30s", 30), ("10m", 600), ("10min", 600), ("2h", 7200), ("1 d", 86400)]
)
def test_lengths_of_time(words: str, seconds: float) -> None:
    assert durations.seconds(words) == seconds


@pytest.mark.parametrize("words", ["", "0m", "soon", "m", "-1h", "2025-13-01", "2d ago"])
def test_what_is_no_time_is_said(words: str) -> None:
    with pytest.raises(UsageError):
        durations.seconds(words)
    with pytest.raises(UsageError):
        durations.moment(words)


def test_a_report_that_was_kept_in_another_form_is_refused() -> None:
    report = Report((), (), (), Comparison(), "1", "m")
    assert frozen.loads(Report, frozen.dumps(report)) == report
    for spoiled in (b"[]", b"{", b"[1,2,3,4,5,6,7]", frozen.dumps(report)[:-2] + b",1]"):
        with pytest.raises(ValueError, match="no Report"):
            frozen.loads(Report, spoiled)
    assert frozen.loads(Report, frozen.dumps(dataclasses.replace(report, comparison=None))).comparison is None


def test_words_from_outside_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in table.render(("id", "headline"), [("1", "a\x1b[31mb")])
    assert "\x1b" not in table.passages([("who\x1b", "x", "w\x1b[2J\x02hit\x03")])
