"""Every form in which a report leaves whosays: the same bytes for the same report, and readable by others."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dated
import pytest
import story
from geojson_pydantic import FeatureCollection
from pyarrow import parquet
from typer.testing import CliRunner

from whosays import cli
from whosays.cli.report import ReportFormat
from whosays.report import document, formats, tables
from whosays.report.report import Report
from whosays.text import reading

REPORTS: dict[str, Callable[[], Report]] = {
    "whole": dated.report,
    "bare": dated.bare,
    "lone": story.lone,
    "empty": dated.empty,
    "hostile": dated.hostile,
    "uncompared": lambda: dated.report(comparison=None),
}
MANUAL = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")


@pytest.fixture(params=sorted(REPORTS))
def made(request: pytest.FixtureRequest) -> Report:
    return REPORTS[request.param]()


@pytest.mark.parametrize("name", sorted(formats.BY_NAME))
def test_the_same_report_gives_the_same_bytes(made: Report, name: str) -> None:
    """Also from another report that is equal to it."""
    again = Report(**{field: getattr(made, field) for field in Report.__slots__})
    assert formats.BY_NAME[name].write(made) == formats.BY_NAME[name].write(again)


def test_the_command_line_has_every_format() -> None:
    assert {form.value for form in ReportFormat} == {"text", *formats.BY_NAME}


@pytest.mark.parametrize("form", formats.BY_NAME.values(), ids=lambda form: form.name)
def test_the_table_of_formats_is_whole(form: formats.Format) -> None:
    (row,) = [line for line in MANUAL.splitlines() if line.startswith(f"| `{form.name}`")]
    assert f"`{form.media_type}`" in row
    assert f"`{form.ending}`" in row


class TestGeoJson:
    def test_a_library_reads_it(self, made: Report) -> None:
        read = FeatureCollection.model_validate_json(formats.BY_NAME["geojson"].write(made))
        assert len(read.features) == len({feature.id for feature in read.features})

    def test_each_place_is_there_once_with_all_who_mention_it(self) -> None:
        city, land = json.loads(formats.BY_NAME["geojson"].write(dated.report()))["features"]
        assert city["id"] == "https://sws.geonames.org/4242/"
        assert city["geometry"]["coordinates"] == [38.25, 1.5]  # the longitude first
        assert (land["properties"]["precision"], land["properties"]["country"]) == ("country", None)
        assert land["properties"]["outlets"] == ["Northern Post", "Daily Ledger"]

    def test_a_mention_says_in_whose_words_it_is(self) -> None:
        city, land = json.loads(formats.BY_NAME["geojson"].write(dated.report()))["features"]
        (own,) = city["properties"]["mentions"]
        assert (own["statement"], own["speaker"]) == (None, None)
        _, said = land["properties"]["mentions"]
        assert (said["statement"], said["speaker"]) == ("ledger:2", "a senior Tarenese official")
        assert story.LEDGER[said["start"] : said["end"]] == said["text"] == "Kesh"


class TestTables:
    @pytest.mark.parametrize("name", ["csv", "parquet"])
    def test_as_one_file_they_are_a_zip(self, made: Report, name: str) -> None:
        form = formats.BY_NAME[name]
        with zipfile.ZipFile(io.BytesIO(form.write(made))) as packed:
            assert packed.testzip() is None
            assert {file: packed.read(file) for file in packed.namelist()} == form.files(made)

    def test_parquet_has_the_rows_of_csv(self, made: Report) -> None:
        files = formats.BY_NAME["parquet"].files(made)
        for name, table in tables.make(made).items():
            read = parquet.read_table(io.BytesIO(files[f"{name}.parquet"]))
            assert read.column_names == list(table.columns)
            rows = [[None if value == "" else value for value in row] for row in table.rows]
            halved = [[v.replace("\ud83d", "\\ud83d") if isinstance(v, str) else v for v in row] for row in rows]
            assert [list(row.values()) for row in read.to_pylist()] == halved

    def test_offsets_are_numbers(self) -> None:
        files = formats.BY_NAME["parquet"].files(dated.report())
        (read,) = parquet.read_table(io.BytesIO(files["statements.parquet"])).slice(0, 1).to_pylist()
        assert story.POST[read["start"] : read["end"]] == read["content"]


class TestNinjs:
    # what the schema of ninjs 2.1 lets an item have; it forbids all else
    FIELDS = frozenset(
        "uri standard type representationtype version versioncreated firstcreated language by infosources headlines "
        "bodies people organisations places".split()
    )

    def test_an_item_has_what_the_standard_lets_it_have(self, made: Report) -> None:
        items = list(map(json.loads, formats.BY_NAME["ninjs"].write(made).decode().splitlines()))
        assert len(items) == len({item["uri"] for item in items}) == len(made.articles)
        for item in items:
            assert set(item) <= self.FIELDS
            assert item["uri"].startswith(("https://", "urn:uuid:"))
            assert item["standard"]["version"] == "2.1"
            assert all(set(person) == {"name"} for person in item.get("people", ()))

    def test_its_articles_can_be_read_again(self, tmp_path: Path) -> None:
        file = tmp_path / "story.jsonl"
        file.write_bytes(formats.BY_NAME["ninjs"].write(dated.report()))
        read = reading.read([str(file)]).articles
        assert [article.text for article in read] == list(story.TEXTS.values())
        assert [article.outlet for article in read] == list(story.OUTLETS.values())
        assert [article.published for article in read] == [
            "2031-05-02T10:20:00+02:00", "2031-05-03T00:00:00+00:00", "2031-05-02T23:10:00+00:00",
        ]  # fmt: skip


class TestCommandLine:
    @pytest.fixture(autouse=True)
    def _story(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """The report is ready: what is tried here is how it is written."""
        import whosays

        monkeypatch.setattr(whosays, "report", lambda *_args, **_options: dated.report())
        monkeypatch.chdir(tmp_path)
        for id_, text in story.TEXTS.items():
            Path(f"{id_}.txt").write_text(f"Outlet: {id_}\nDate: 2031-05-02\n\n{text}", "utf-8")

    def run(self, *arguments: str) -> Any:
        return CliRunner().invoke(cli.app, ["report", "post.txt", "ledger.txt", "star.txt", *arguments])

    @pytest.mark.parametrize("form", formats.BY_NAME.values(), ids=lambda form: form.name)
    def test_the_ending_of_the_file_tells_the_format(self, form: formats.Format) -> None:
        done = self.run("-o", f"report{form.ending}")
        assert done.exit_code == 0, done.output
        assert Path(f"report{form.ending}").read_bytes() == form.write(dated.report())

    def test_json_is_the_report_document(self) -> None:
        self.run("-o", "report.json")
        assert json.loads(Path("report.json").read_text("utf-8")) == document.make(dated.report())

    def test_a_format_can_be_named(self) -> None:
        done = self.run("--format", "geojson")
        assert done.stdout_bytes == formats.BY_NAME["geojson"].write(dated.report())

    @pytest.mark.parametrize("name", ["csv", "parquet"])
    def test_tables_fill_a_folder(self, name: str) -> None:
        assert self.run("-f", name, "-o", "tables").exit_code == 0
        assert {file.name: file.read_bytes() for file in Path("tables").iterdir()} == formats.BY_NAME[name].files(
            dated.report()
        )

    @pytest.mark.parametrize("output", [[], ["-o", "-"], ["-o", "r.parquet"], ["-o", "post.txt"], ["-o", "a/b"]])
    def test_tables_need_a_folder_or_a_zip(self, output: list[str]) -> None:
        done = self.run("-f", "parquet", *output)
        assert done.exit_code == 2
        assert "folder" in done.stderr

    def test_parquet_without_its_library_is_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        done = self.run("-f", "parquet", "-o", "tables")
        assert done.exit_code == 2
        assert "pip install 'whosays[parquet]'" in done.stderr
        assert not Path("tables").exists()


def test_the_order_of_sets_makes_no_difference() -> None:
    """In two processes, whose hashes differ, the bytes are the same."""
    program = (
        "import dated, hashlib; from whosays.report import formats; "
        "print([hashlib.sha256(form.write(dated.report())).hexdigest() for form in formats.BY_NAME.values()])"
    )
    root = Path(__file__).parents[1]
    made = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(str, (root, root / "tests")))},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert made[0] == made[1] != b""


def _names(made: Any) -> Iterator[str]:
    if isinstance(made, dict):
        yield from made
        for value in made.values():
            yield from _names(value)
    elif isinstance(made, list):
        for value in made:
            yield from _names(value)


def test_the_examples_are_of_the_forms_that_they_show() -> None:
    """Every field in them is one that the form writes."""
    examples = re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)
    shown = ("jsonld", "annotations", "geojson", "stix")
    for form, example in zip(shown, examples, strict=True):
        written = set(_names(json.loads(formats.BY_NAME[form].write(dated.report()))))
        assert set(_names(json.loads(example))) - {"…"} <= written, form
