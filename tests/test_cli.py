"""The command line: what goes where, how it ends, and that nobody ever meets a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import story
import typer
from typer.testing import CliRunner

import whosays
from whosays import cli
from whosays.errors import OffsetMismatch
from whosays.report import progress
from whosays.report.report import Report

TESTS = Path(__file__).parent
MANUAL = TESTS.parent / "docs" / "manual.md"
GERMAN = (
    "Die Brücke bleibt geschlossen, bis die Ingenieure sie untersucht haben, sagte die Bürgermeisterin am Freitag. "
)

run = CliRunner().invoke


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Put the hand-made report in the place of the model's; returns how it was asked for."""
    asked: list[dict[str, Any]] = []

    def report(articles: Any, **options: Any) -> Report:
        asked.append({"articles": [article.id for article in articles], **options})
        return story.report(**({"comparison": None} if options["statements_only"] else {}))

    monkeypatch.setattr(whosays, "report", report)
    return asked


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for id_, text in story.TEXTS.items():
        (tmp_path / f"{id_}.txt").write_text(f"Outlet: {story.OUTLETS[id_]}\nDate: 2031-05-02\n\n{text}", "utf-8")
    return [str(tmp_path / f"{id_}.txt") for id_ in story.TEXTS]


@pytest.mark.usefixtures("calls")
class TestReport:
    def test_it_prints_the_report_and_nothing_else(self, files: list[str]) -> None:
        done = run(cli.app, ["report", *files])
        assert done.exit_code == 0, done.stderr
        assert done.stdout.startswith("3 outlets · 9 statements")
        assert done.stderr == ""

    def test_json_is_the_report_document(self, files: list[str]) -> None:
        made = json.loads(run(cli.app, ["report", *files, "--format", "json"]).stdout)
        assert made["format"] == "whosays.report/1"
        assert all(article["text"] for article in made["articles"])

    def test_a_file_of_a_thousand_faults_does_not_fill_the_screen(self, files: list[str], tmp_path: Path) -> None:
        broken = tmp_path / "broken.jsonl"
        broken.write_text('{"text": "cut\n' * 1000, "utf-8")
        done = run(cli.app, ["report", *files, str(broken), str(tmp_path / "missing.txt")])
        assert done.exit_code == 4
        said = done.stderr.splitlines()
        assert len(said) == 22
        assert f"{broken}: 980 more that could not be used" in said[-1]
        assert any("missing.txt" in line for line in said)
        assert "980 more" in done.stdout

    def test_json_does_not_repeat_the_texts_of_a_jsonl_input(self, tmp_path: Path) -> None:
        source = tmp_path / "story.jsonl"
        source.write_text(
            "".join(json.dumps({"id": i, "text": t, "published": "2031-05-02"}) + "\n" for i, t in story.TEXTS.items())
        )
        made = json.loads(run(cli.app, ["report", str(source), "-f", "json"]).stdout)
        assert not any("text" in article for article in made["articles"])

    def test_the_ending_of_the_file_asks_for_the_page(self, files: list[str], tmp_path: Path) -> None:
        done = run(cli.app, ["report", *files, "-o", str(tmp_path / "report.html")])
        assert (done.exit_code, done.stdout) == (0, "")
        assert (tmp_path / "report.html").read_text("utf-8").startswith("<!DOCTYPE html>")

    def test_csv_fills_a_folder_with_tables(self, files: list[str], tmp_path: Path) -> None:
        folder = tmp_path / "tables"
        done = run(cli.app, ["report", *files, "-f", "csv", "-o", str(folder)])
        assert (done.exit_code, done.stdout) == (0, "")
        assert sorted(file.name for file in folder.iterdir()) == [
            "claims.csv", "conflicts.csv", "names.csv", "statements.csv"
        ]  # fmt: skip
        claims = list(csv.DictReader(io.StringIO((folder / "claims.csv").read_text("utf-8"))))
        third = [(row["article"], row["stance"], row["origin"]) for row in claims if row["claim"] == "c3"]
        official = "a senior Tarenese official"
        assert third == [("post", "says", official), ("ledger", "says", official), ("star", "silent", "")]
        for row in claims:
            if row["statement"] == "" and row["stance"] != "silent":
                assert story.TEXTS[row["article"]][int(row["start"]) : int(row["end"])] == row["words"]

    @pytest.mark.parametrize("output", [[], ["-o", "-"], ["-o", "report.csv"], ["-o", "missing/folder"]])
    def test_csv_asks_for_a_folder_before_the_work(
        self, files: list[str], calls: list[dict[str, Any]], output: list[str]
    ) -> None:
        done = run(cli.app, ["report", *files, "-f", "csv", *output])
        assert done.exit_code == 2
        assert "folder" in done.stderr
        assert calls == []

    def test_a_report_names_what_was_left_out_of_it(self, files: list[str], tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_text("", "utf-8")
        done = run(cli.app, ["report", *files, str(tmp_path / "empty.txt"), "-f", "json"])
        assert json.loads(done.stdout)["notes"] == ["Left out: empty.txt: holds no words."]

    def test_markdown_is_asked_for_by_name(self, files: list[str]) -> None:
        assert run(cli.app, ["report", *files, "--format", "markdown"]).stdout.startswith("# Who says so?")

    def test_statements_only_compares_nothing(self, files: list[str], calls: list[dict[str, Any]]) -> None:
        made = json.loads(run(cli.app, ["report", *files, "--format", "json", "--statements-only"]).stdout)
        assert "claims" not in made
        assert calls[0]["statements_only"] is True

    def test_standard_input_is_read(self, calls: list[dict[str, Any]]) -> None:
        lines = "".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in story.TEXTS.items())
        assert run(cli.app, ["report", "-"], input=lines).exit_code == 0
        assert calls[0]["articles"] == ["post", "ledger", "star"]

    def test_a_lone_article_gets_a_notice(self, files: list[str]) -> None:
        done = run(cli.app, ["report", files[0]])
        assert done.exit_code == 0
        assert done.stderr.startswith("whosays: one article alone cannot be compared.")


@pytest.mark.usefixtures("calls")
class TestOutput:
    def test_a_file_takes_the_report(self, files: list[str], tmp_path: Path) -> None:
        done = run(cli.app, ["report", *files, "-o", str(tmp_path / "r.txt")])
        assert (done.exit_code, done.stdout) == (0, "")
        text = (tmp_path / "r.txt").read_text("utf-8")
        assert "Daily Ledger ← Northline" in text
        assert "\x1b" not in text

    @pytest.mark.parametrize(("name", "start"), [("r.json", "{"), ("r.md", "# Who"), ("r.txt", "3 outlets")])
    def test_the_ending_of_the_file_tells_the_format(
        self, files: list[str], tmp_path: Path, name: str, start: str
    ) -> None:
        run(cli.app, ["report", *files, "-o", str(tmp_path / name)])
        assert (tmp_path / name).read_text("utf-8").startswith(start)

    def test_a_format_asked_for_outdoes_the_ending(self, files: list[str], tmp_path: Path) -> None:
        run(cli.app, ["report", *files, "-f", "json", "-o", str(tmp_path / "r.md")])
        assert (tmp_path / "r.md").read_text("utf-8").startswith("{")

    @pytest.mark.parametrize("where", ["", "no/such/folder/r.txt"])
    def test_a_place_that_cannot_be_written_is_one_line_before_the_work(
        self, files: list[str], tmp_path: Path, where: str, calls: list[dict[str, Any]]
    ) -> None:
        done = run(cli.app, ["report", *files, "-o", str(tmp_path / where)])
        assert (done.exit_code, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert "cannot be written" in done.stderr
        assert calls == []

    def test_a_full_disk_is_one_line(self, files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", full)
        done = run(cli.app, ["report", *files, "-o", "r.txt"])
        assert done.exit_code == 2
        assert (
            done.stderr == "whosays: r.txt: cannot be written (no space left on device). Give another file after -o.\n"
        )


class TestStatements:
    @pytest.fixture(autouse=True)
    def _fake(self, calls: list[dict[str, Any]]) -> None:
        pass

    def test_they_are_listed_with_their_words(self, files: list[str]) -> None:
        done = run(cli.app, ["statements", files[0]])
        assert done.exit_code == 0
        assert "the government · denied" in done.stdout
        assert done.stderr == ""

    def test_csv_has_a_line_for_each(self, files: list[str]) -> None:
        done = run(cli.app, ["statements", *files, "--format", "csv"])
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert len(rows) == len(story.STATEMENTS)
        for row in rows:
            text = story.TEXTS[row["article"]][int(row["start"]) : int(row["end"])]
            assert text.startswith(row["content"].split(" […] ")[0])
        assert rows[4]["via"] == "Northline"
        assert rows[6]["speaker"] == "Ilsa Dorn"

    def test_a_cell_is_no_formula(self) -> None:
        from whosays.report import statements

        speaker = story.Speaker("s1", "=HYPERLINK(1)", "named")
        made = statements.write_csv(story.report(speakers=(speaker, *story.report().speakers[1:])))
        assert ",'=HYPERLINK(1)," in made

    def test_json_is_a_report_document_without_comparison(self, files: list[str]) -> None:
        made = json.loads(run(cli.app, ["statements", *files, "--format", "json"]).stdout)
        assert made.keys() == {"format", "made_by", "articles", "statements", "speakers", "dates", "places"}


class TestEndings:
    @pytest.mark.usefixtures("calls")
    def test_an_input_left_out_is_one_line_and_code_4(self, files: list[str], tmp_path: Path) -> None:
        (tmp_path / "empty.txt").write_text("")
        done = run(cli.app, ["report", *files, str(tmp_path / "empty.txt")])
        assert done.exit_code == 4
        assert done.stdout.startswith("3 outlets")
        assert len(done.stderr.splitlines()) == 1
        assert "empty.txt: holds no words" in done.stderr

    @pytest.mark.usefixtures("calls")
    def test_nothing_read_is_code_3_without_a_report(self, tmp_path: Path) -> None:
        (tmp_path / "de.txt").write_text(GERMAN * 5, "utf-8")
        done = run(cli.app, ["report", str(tmp_path / "de.txt"), str(tmp_path / "none.txt")])
        assert (done.exit_code, done.stdout) == (3, "")
        assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["whosays", "whosays"]

    @pytest.mark.parametrize(
        "arguments", [["report"], ["report", "--format", "xml", "a"], ["statements", "--statements-only", "a"], ["rep"]]
    )
    def test_a_command_not_understood_is_code_2(self, arguments: list[str]) -> None:
        done = run(cli.app, arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        ("fault", "code", "words"),
        [
            (OffsetMismatch("article post", 1, 2, "x"), 1, "article post: characters 1 to 2"),
            (KeyError("head"), 1, "internal failure at test_cli.py"),
            (MemoryError(), 1, "not enough memory"),
            (KeyboardInterrupt(), 130, ""),
        ],
    )
    def test_a_fault_is_one_line(
        self, files: list[str], monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, words: str
    ) -> None:
        def report(*_: object, **__: object) -> Report:
            raise fault

        monkeypatch.setattr(whosays, "report", report)
        done = run(cli.app, ["report", *files])
        assert (done.exit_code, done.stdout) == (code, "")
        assert len(done.stderr.splitlines()) == bool(words)
        assert words in done.stderr


class TestProgress:
    def test_there_is_none_where_nobody_watches(self) -> None:
        with progress.shown(1000) as advance:
            assert advance is None

    def test_there_is_none_for_a_handful(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        with progress.shown(progress.FEWEST - 1) as advance:
            assert advance is None

    def test_long_work_is_shown_on_standard_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        monkeypatch.setattr(sys, "stderr", Terminal())
        with progress.shown(200) as advance:
            assert advance is not None
            advance(100, 200)
        assert "100/200" in sys.stderr.getvalue()  # type: ignore[attr-defined]


PROGRAM = """
import sys, time
sys.path.insert(0, {tests!r})
import story, whosays
whosays.report = lambda *_, **__: {made}
from whosays.cli import main
main()
"""


def started(arguments: list[str], made: str = "story.report()", **settings: str) -> subprocess.Popen[bytes]:
    """The program itself, with the hand-made report."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(tests=str(TESTS), made=made), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **settings},
    )


class TestProcess:
    def test_a_reader_that_leaves_early_hears_no_complaint(self, files: list[str]) -> None:
        many = "story.report(statements=story.STATEMENTS[:1], comparison=None, notes=('x' * 60,) * 20000)"
        program = started(["report", *files], many)
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait() == 0

    def test_any_terminal_encoding_gets_utf_8(self, files: list[str]) -> None:
        out, err = started(["report", *files], PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C").communicate()
        assert "Daily Ledger ← Northline" in out.decode("utf-8")
        assert err == b""

    def test_a_name_that_the_terminal_cannot_show_is_no_crash(self) -> None:
        program = started(["report", "кот.txt"], PYTHONIOENCODING="ascii", PYTHONUTF8="0")
        out, err = program.communicate()
        assert (program.returncode, out) == (3, b"")
        assert b"Traceback" not in err

    def test_ctrl_c_ends_quietly(self, files: list[str]) -> None:
        program = started(["report", *files, "-o", "-"], "(print('at work', flush=True), time.sleep(60))")
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"at work"
        time.sleep(0.05)
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=20)
        assert (program.returncode, err) == (130, b"")

    def test_help_loads_nothing_heavy(self) -> None:
        code = (
            "import sys\nfrom whosays.cli import app\n"
            "try: app(['report', '--help'])\nexcept SystemExit: pass\n"
            "print([m for m in ('spacy', 'numpy', 'onnxruntime', 'trafilatura') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


class TestHelp:
    def test_the_version_is_told(self) -> None:
        assert run(cli.app, ["--version"]).stdout == f"whosays {whosays.__version__}\n"

    @pytest.mark.parametrize("command", ["report", "statements"])
    def test_each_command_gives_an_example(self, command: str) -> None:
        assert f"Example: whosays {command}" in run(cli.app, [command, "--help"]).stdout


def _options() -> list[str]:
    """Every command and every option of the command line."""
    group: Any = typer.main.get_command(cli.app)
    found = set(_of(group))
    for name, command in group.commands.items():
        found |= {f"whosays {name}", *_of(command)}
    return sorted(found)


def _of(command: Any) -> list[str]:
    return [option for parameter in command.params for option in parameter.opts if option.startswith("-")]


@pytest.mark.parametrize("option", _options())
def test_the_manual_names_every_command_and_option(option: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", MANUAL.read_text("utf-8"))


@pytest.mark.parametrize("form", [*cli.ReportFormat, *cli.StatementsFormat])
def test_the_manual_names_every_format(form: str) -> None:
    assert f"`{form}`" in MANUAL.read_text("utf-8")


def test_an_ending_that_asks_for_another_command_s_form_is_a_usage_error(tmp_path: Path) -> None:
    done = run(cli.app, ["report", str(tmp_path), "-o", str(tmp_path / "r.csv")])
    assert done.exit_code == 2
    assert "csv" in done.output


def test_an_ending_of_another_program_is_a_usage_error(tmp_path: Path) -> None:
    done = run(cli.app, ["report", str(tmp_path), "-o", str(tmp_path / "r.pdf")])
    assert done.exit_code == 2
    assert ".pdf is not written" in done.output


def test_the_report_in_the_readme_is_what_is_printed() -> None:
    root = TESTS.parent
    shown = (root / "README.md").read_text("utf-8").split("$ whosays report gulf-herald.txt", 1)[1].split("```")[0]
    files = sorted((root / "examples" / "lasmar-port").iterdir())
    done = run(cli.app, ["report", *map(str, files)], env={"COLUMNS": "100"})
    assert done.stdout.startswith(shown.split("\n\n", 1)[1])
