"""Archives: the same answers as the main job, whatever the engine, and whatever ends a run."""

from __future__ import annotations

import gc
import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import archived
from whosays.report import document, making
from whosays.text import reading

archived.needs_the_engine()

from whosays.archive import (  # noqa: E402
    analysing,
    blocking,
    comparing,
    engine,
    folder,
    grouping,
    joining,
    pulse,
    steps,
    tables,
    worker,
)
from whosays.archive import reading as archive_reading  # noqa: E402
from whosays.archive import stories as archive_stories  # noqa: E402
from whosays.archive.errors import EngineFailed  # noqa: E402
from whosays.language import model  # noqa: E402
from whosays.library import analyses  # noqa: E402
from whosays.statements import analyse  # noqa: E402
from whosays.stories import sketch as sketches  # noqa: E402
from whosays.text import html  # noqa: E402

Json = dict[str, Any]
ARTICLE = {"text": "The dam held, an official told Northline on Monday. " * 3, "outlet": "Ardal Courier"}


def table(home: Path, step: str, name: str) -> list[Json]:
    """The rows of a table of all partitions, in an order of their own."""
    rows = tables.read(sorted((home / step).glob(f"part-*/{name}.parquet")))
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, default=repr))


def head(home: Path, step: str) -> Json:
    found: Json = json.loads((home / step / "archive.json").read_text(encoding="utf-8"))
    return found


def lines(path: Path, rows: list[Json]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def articles_in(home: Path, groups: int, rows: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `articles/` folder of one file with row groups of so many rows, and one more row."""
    monkeypatch.setattr(tables, "GROUP", rows)
    into = folder.begin(home / "articles", "read", {"program": "0"}, {"files": "none"})
    with folder.partition(into.path, "part-000000") as (path, manifest):
        out = tables.Writer(path, "read")
        for k in range(groups * rows + 1):
            filled = ARTICLE | {"article": f"a-{k}", "key": f"a-{k}", "text": ARTICLE["text"] * (1 + k % 3)}
            out.add("articles", [filled])
        out.close()
        manifest |= {"rows": out.counts, "refused": {}}
    into.finish(1)
    return into.path


class TestTheSameAnswer:
    def test_articles_are_those_that_the_main_job_reads(self) -> None:
        home = archived.archived()
        files = sorted(str(path) for path in (home / "given").glob("*/*"))
        read = [entry for file in files for entry in reading.entries(file) if isinstance(entry, reading.Entry)]
        expected = [(e.article.id, e.article.text, e.article.outlet, e.article.published) for e in read]
        found = [(r["key"], r["text"], r["outlet"], r["published"]) for r in table(home, "articles", "articles")]
        assert sorted(found) == sorted(expected)

    def test_statements_are_those_that_the_library_keeps(self) -> None:
        home = archived.archived()
        articles = [analysing.article_of(row) for row in table(home, "articles", "articles")]
        expected = []
        for analysis in analyse.each(articles):
            [rows] = analyses.rows([analysis])
            for _, (number, content, *_) in rows.statements:
                expected.append((f"{analysis.article.id}:{number}", content))
        found = [(row["id"], row["content"]) for row in table(home, "analysed", "statements")]
        assert sorted(found) == sorted(expected)

    def test_offsets_reproduce_the_text(self) -> None:
        home = archived.archived()
        text = {row["article"]: row["text"] for row in table(home, "analysed", "articles")}
        for name in ("statements", "names", "dates", "places"):
            rows = table(home, "analysed", name)
            assert rows
            for row in rows:
                words = row["content"] if name == "statements" else row["text"]
                own = text[row["article"]]
                spans = row.get("spans") or [{"start": row["start"], "end": row["end"]}]
                assert " […] ".join(own[span["start"] : span["end"]] for span in spans) == words

    def test_stories_are_those_of_one_window(self) -> None:
        home = archived.archived()
        kept = table(home, "analysed", "articles")
        given = [sketches.from_bytes(row["sketch"]) for row in kept]
        expected, _ = grouping.group(given)
        found = {row["article"]: row["story"] for row in table(home, "stories", "articles")}
        assert partition_of(found) == partition_of(expected)
        assert len(set(found.values())) == 4

    @pytest.mark.parametrize("name", ["gulf-herald-1", "lasmar-today-1"])
    def test_a_report_is_that_of_the_main_job_on_the_same_articles(self, name: str, tmp_path: Path) -> None:
        home = archived.archived()
        output = tmp_path / "report.json"
        done = archived.run("report", home / "stories", "--story", name, "-o", output)
        assert done.exit_code == 0, done.output
        files = [home / "given" / "lasmar-port" / f"{stem}.txt" for stem in ("gulf-herald", "lasmar-today")]
        files.append(home / "given" / "lasmar-port" / "inland-tribune.txt")
        articles = reading.read(files).articles
        from whosays import __version__

        expected = document.make(making.report(articles, __version__, False))
        assert json.loads(output.read_text(encoding="utf-8")) == json.loads(json.dumps(expected))

    def test_tables_hold_what_the_report_document_holds(self) -> None:
        home = archived.archived()
        rows = [row for row in table(home, "stories", "articles") if row["story"] == "gulf-herald-1"]
        articles = [analysing.article_of(row) for row in sorted(rows, key=comparing.order)]
        made = document.make(making.report(articles, "0", False))
        own = {name: [row for row in table(home, "stories", name) if row["story"] == "gulf-herald-1"]
               for name in ("statements", "claims", "conflicts", "speakers")}  # fmt: skip
        assert {row["id"]: row["content"] for row in own["statements"]} == {
            s["id"]: s["text"]["content"] for s in made["statements"]
        }
        assert {row["id"]: row["text"] for row in own["claims"]} == {c["id"]: c["text"] for c in made["claims"]}
        assert sorted(row["why"] for row in own["conflicts"]) == sorted(c["why"] for c in made["conflicts"])
        assert {row["id"]: row["name"] for row in own["speakers"]} == {s["id"]: s["name"] for s in made["speakers"]}
        carried = {(c["id"], step["article"]) for c in made["claims"] for o in c["origins"] for step in o["chain"]}
        origins = [row for row in table(home, "stories", "origins") if row["story"] == "gulf-herald-1"]
        assert {(row["claim"], step["article"]) for row in origins for step in row["chain"]} == carried


class TestEngines:
    def test_ray_gives_the_tables_of_the_local_engine(self, tmp_path: Path) -> None:
        pytest.importorskip("ray", reason="pip install 'whosays[archive,ray]'")
        home = archived.archived()
        (tmp_path / "given").symlink_to(home / "given")
        code = f"from pathlib import Path; from tests import archived; archived.made(Path({str(tmp_path)!r}), 'ray')"
        environment = os.environ | {"PYTHONPATH": str(archived.ROOT)}
        subprocess.run([sys.executable, "-c", code], check=True, cwd=archived.ROOT, env=environment, timeout=900)
        for step, made in (("articles", "read"), ("analysed", "analyse"), ("stories", "stories")):
            for name in tables.COLUMNS[made]:
                one, other = table(home, step, name), table(tmp_path, step, name)
                for row in (*one, *other):
                    for place in ("source", "place"):
                        row.pop(place, None)
                assert one == other, f"{step}/{name}"

    def test_a_process_is_given_full_batches(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = articles_in(tmp_path, groups=2, rows=10, monkeypatch=monkeypatch)
        assert archived.run("analyse", given, tmp_path / "analysed", "--processes", "2").exit_code == 0
        manifests = sorted((tmp_path / "analysed").glob("part-*/manifest.json"))
        batches = [json.loads(path.read_text(encoding="utf-8"))["batches"] for path in manifests]
        assert batches == [[10], [10], [1]]

    def test_a_unit_is_one_call(self) -> None:
        on = engine.start("local", 2)
        found = list(on.each(dict, [{"number": number} for number in range(5)]))
        assert sorted(row["number"] for row in found) == [0, 1, 2, 3, 4]

    def test_a_fault_in_the_work_is_told_in_one_line(self) -> None:
        on = engine.start("local", 2)
        with pytest.raises(EngineFailed, match="KeyError"):
            list(on.each(grouping.work, [{"files": []}]))


class TestRuns:
    def test_a_killed_run_goes_on_where_it_was(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given = articles_in(tmp_path, groups=6, rows=20, monkeypatch=monkeypatch)
        command = [sys.executable, "-m", "whosays", "archive", "analyse", str(given), str(tmp_path / "analysed")]
        begun = subprocess.Popen([*command, "--processes", "1"], cwd=archived.ROOT, start_new_session=True)
        until = time.monotonic() + 300
        while not list((tmp_path / "analysed").glob("part-*")) and time.monotonic() < until:
            time.sleep(0.05)
        os.killpg(begun.pid, signal.SIGKILL)
        begun.wait()
        before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "analysed").glob("part-*")}
        assert 0 < len(before) < 7
        assert archived.run("stories", tmp_path / "analysed", tmp_path / "stories").exit_code == 2
        assert archived.run("analyse", given, tmp_path / "analysed", "--processes", "2").exit_code == 0
        after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "analysed").glob("part-*")}
        assert len(after) == 7
        assert {name: after[name] for name in before} == before
        assert not (tmp_path / "analysed" / folder.UNFINISHED).exists()
        assert head(tmp_path, "analysed")["rows"]["articles"] == 121
        assert len({row["article"] for row in table(tmp_path, "analysed", "articles")}) == 121

    def test_a_partition_is_there_whole_or_not_at_all(self, tmp_path: Path) -> None:
        def broken_off() -> None:
            with folder.partition(tmp_path, "part-000000") as (work, _):
                (work / "articles.parquet").write_bytes(b"half")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            broken_off()
        assert not (tmp_path / "part-000000").exists()

    def test_of_two_processes_that_make_one_partition_the_first_counts(self, tmp_path: Path) -> None:
        with folder.partition(tmp_path, "part-000000") as (late, manifest):
            manifest["by"] = "late"
            with folder.partition(tmp_path, "part-000000") as (_, other):
                other["by"] = "first"
        kept = json.loads((tmp_path / "part-000000" / folder.MANIFEST).read_text(encoding="utf-8"))
        assert kept == {"by": "first"}
        assert not late.exists()

    def test_new_files_are_read_and_old_partitions_left(self, tmp_path: Path) -> None:
        (tmp_path / "given").mkdir()
        lines(tmp_path / "given" / "one.jsonl", [ARTICLE])
        assert archived.run("read", tmp_path / "given", tmp_path / "articles").exit_code == 0
        lines(tmp_path / "given" / "a-new-one.jsonl", [ARTICLE, ARTICLE])
        assert archived.run("read", tmp_path / "given", tmp_path / "articles").exit_code == 0
        assert head(tmp_path, "articles")["rows"]["articles"] == 3
        assert head(tmp_path, "articles")["partitions"] == 2

    def test_a_finished_folder_is_left_as_it_is(self) -> None:
        home = archived.archived()
        before = {path: path.stat().st_mtime_ns for path in (home / "stories").rglob("*.parquet")}
        assert archived.run("stories", home / "analysed", home / "stories").exit_code == 0
        assert {path: path.stat().st_mtime_ns for path in (home / "stories").rglob("*.parquet")} == before

    def test_how_far_it_is_is_told_with_rate_and_time_left(self, tmp_path: Path) -> None:
        now = steps.Progress(done=3, all=10, articles=1500, refused=0, took=30.0, left=70.0)
        assert now.rate == 50
        with pulse.of(tmp_path) as beat:
            (tmp_path / "work").mkdir()
            (tmp_path / "work" / "pulse").write_text("17", encoding="utf-8")
            beat(3)
        assert pulse.seen(tmp_path, 0.0) == 17
        from whosays.cli import archive

        assert archive.words("read", now) == "3 of 10 parts, 1,500 articles read, 50.0 a second, 1 min left"


class TestWhatCannotBeUsed:
    @pytest.fixture
    def given(self, tmp_path: Path) -> Path:
        given = tmp_path / "given"
        given.mkdir()
        return given

    def test_each_is_a_row_with_its_reason(self, given: Path, tmp_path: Path) -> None:
        half = {"text": ARTICLE["text"], "title": "half a letter \ud83d"}
        rows = [ARTICLE, {"title": "no text"}, half, {"text": "Das ist ein Text. Er ist lang und deutsch. " * 20}]
        lines(given / "mixed.jsonl", rows)
        (given / "empty.txt").write_text("", encoding="utf-8")
        done = archived.run("read", given, tmp_path / "articles")
        assert done.exit_code == 4
        assert "4 left out" in done.stderr
        assert [row["article"] for row in table(tmp_path, "articles", "articles")] == ["mixed-1"]
        kinds = sorted(row["kind"] for row in table(tmp_path, "articles", "refused"))
        assert kinds == ["BrokenRecord", "BrokenRecord", "EmptyArticle", "ForeignLanguage"]
        assert sum(head(tmp_path, "articles")["refused"].values()) == 4

    def test_an_archive_that_is_cut_off_gives_what_stands_before(self, given: Path, tmp_path: Path) -> None:
        page = (archived.EXAMPLES / "karsholm-dam" / "channel-nine.html").read_bytes()
        whole = b"".join(record(page, number) for number in range(3))
        (given / "crawl.warc.gz").write_bytes(whole[:-200])
        done = archived.run("read", given / "*.warc.gz", tmp_path / "articles")
        assert done.exit_code == 4
        assert len(table(tmp_path, "articles", "articles")) == 2
        [refused] = table(tmp_path, "articles", "refused")
        assert refused["kind"] == "DamagedArchive"

    def test_one_article_that_breaks_the_analysis_costs_one_row(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = articles_in(tmp_path, groups=1, rows=12, monkeypatch=monkeypatch)
        whole = analyse.of

        def poisoned(article: Any, marked: Any) -> Any:
            if article.id == "a-5":
                raise RecursionError("poison")
            return whole(article, marked)

        monkeypatch.setattr(analyse, "of", poisoned)
        [unit, _] = analysing.plan(folder.finished(given, "read"))
        made = analysing.work(unit | {"into": str(tmp_path / "analysed"), "device": "cpu"})
        assert made["rows"]["articles"] == 11
        assert made["refused"] == {"InternalError": 1}
        [refused] = table(tmp_path, "analysed", "refused")
        assert refused["article"] == "a-5"
        assert "RecursionError" in refused["reason"]

    def test_two_files_of_one_name_are_told_apart(self, given: Path, tmp_path: Path) -> None:
        for outlet in ("one", "two"):
            (given / outlet).mkdir()
            lines(given / outlet / "story.jsonl", [ARTICLE | {"outlet": outlet}])
        archived.run("read", f"{given}/*/*.jsonl", tmp_path / "articles")
        assert {row["article"] for row in table(tmp_path, "articles", "articles")} == {"story-1", "story~2-1"}


class TestWrongCommands:
    def told(self, *arguments: str | Path) -> tuple[int, str]:
        done = archived.run(*arguments)
        return done.exit_code, done.stderr

    def test_a_pattern_without_files(self, tmp_path: Path) -> None:
        code, said = self.told("read", tmp_path / "*.warc.gz", tmp_path / "articles")
        assert code == 3
        assert "no file has such a name" in said
        assert not (tmp_path / "articles").exists()

    @pytest.mark.parametrize(
        ("command", "given", "needed"),
        [("analyse", "analysed", "read"), ("stories", "articles", "analyse"), ("report", "analysed", "stories")],
    )
    def test_commands_in_the_wrong_order(self, command: str, given: str, needed: str, tmp_path: Path) -> None:
        more = ("--story", "a") if command == "report" else (tmp_path / "out",)
        code, said = self.told(command, archived.archived() / given, *more)
        assert code == 2
        assert f"Give a folder that `whosays archive {needed}` has made." in said
        assert not (tmp_path / "out").exists()

    def test_a_folder_that_holds_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
        code, said = self.told("read", archived.EXAMPLES, tmp_path)
        assert code == 2
        assert "is not empty, and no part of an archive" in said

    def test_a_folder_of_another_input(self, tmp_path: Path) -> None:
        shutil.copytree(archived.archived() / "articles", tmp_path / "articles")
        code, said = self.told("read", archived.EXAMPLES / "karsholm-dam", tmp_path / "articles")
        assert code == 2
        assert "was made of another input" in said

    def test_a_folder_of_another_version(self, tmp_path: Path) -> None:
        shutil.copytree(archived.archived() / "analysed", tmp_path / "analysed")
        kept = head(tmp_path, "analysed") | {"program": "0.0.1"}
        (tmp_path / "analysed" / "archive.json").write_text(json.dumps(kept), encoding="utf-8")
        code, said = self.told("analyse", archived.archived() / "articles", tmp_path / "analysed")
        assert code == 2
        assert "was made with another program (0.0.1" in said

    def test_a_story_that_is_not_there(self) -> None:
        code, said = self.told("report", archived.archived() / "stories", "--story", "nothing")
        assert code == 2
        assert 'has no story "nothing"' in said

    def test_a_device_that_is_not_there(self, tmp_path: Path) -> None:
        from whosays.language import session

        if session.has("gpu"):
            pytest.skip("there is one")
        code, said = self.told("analyse", archived.archived() / "articles", tmp_path / "out", "--device", "gpu")
        assert code == 2
        assert "there is no GPU" in said


def record(page: bytes, number: int) -> bytes:
    """One record of a web archive, zipped."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    about = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0-{number}>\r\n"
        f"WARC-Date: 2025-03-15T08:00:00Z\r\nWARC-Target-URI: https://channel9.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(about.encode() + answer + b"\r\n\r\n")


def partition_of(story_of: dict[str, Any]) -> set[frozenset[str]]:
    """Which articles are together, whatever the stories are called."""
    found: dict[Any, set[str]] = {}
    for article, story in story_of.items():
        found.setdefault(story, set()).add(article)
    return {frozenset(articles) for articles in found.values()}


class TestBlocks:
    def test_articles_of_one_week_share_a_slice(self) -> None:
        for day in range(20_000, 20_030):
            one = set(blocking.slices(day * 86_400.0))
            assert one & set(blocking.slices((day + 6.9) * 86_400.0))
            assert not one & set(blocking.slices((day + 21) * 86_400.0))

    def test_an_article_without_a_date_has_a_slice_of_its_own(self) -> None:
        assert blocking.slices(None) == [blocking.UNDATED]

    def test_a_slice_of_many_is_cut_and_one_of_few_is_not(self) -> None:
        assert blocking.cut({"few": 100, "many": 1000}, most=300) == {"few": 1, "many": 10}

    def test_many_blocks_give_the_stories_of_one(self, tmp_path: Path) -> None:
        home = archived.archived()
        on = engine.start("local", 2)
        small = archive_stories.Sizes(chunk=5, block=4, bucket=3)
        steps.stories(home / "analysed", tmp_path / "stories", on, device="cpu", tell=lambda _: None, sizes=small)
        assert head(tmp_path, "stories")["partitions"] > 1
        for name in tables.COLUMNS["stories"]:
            assert table(tmp_path, "stories", name) == table(home, "stories", name), name

    def test_connected_stories_are_found_as_by_union_find(self) -> None:
        engine.start("local", 2)
        import daft

        rng = random.Random(5)
        pairs = [(k, k + 1) for k in range(60)] + [tuple(sorted(rng.sample(range(100, 400), 2))) for _ in range(170)]
        edges = daft.from_pydict({"one": [a for a, _ in pairs], "other": [b for _, b in pairs]})
        found = joining.components(edges).to_pydict()
        least = union_find(pairs)
        got = dict(zip(found["node"], found["label"], strict=True))
        assert got == {node: root for node, root in least.items() if node != root}

    def test_stories_of_two_blocks_are_one_where_they_hold_the_same_articles(self) -> None:
        engine.start("local", 2)
        import daft

        # two blocks that both have a, b and c; the third has d alone with c
        rows = [("a", 1, 1), ("b", 1, 1), ("c", 2, 1), ("a", 11, 2), ("b", 11, 2), ("c", 12, 2), ("d", 13, 2)]
        rows += [("c", 21, 3), ("d", 21, 3)]
        members = daft.from_pydict({
            "article": [a for a, _, _ in rows], "node": [n for _, n, _ in rows], "block": [b for _, _, b in rows],
            "order": [f"{'0' * 16} {a}" for a, _, _ in rows], "chunk": [0] * len(rows),
        })  # fmt: skip
        found = joining.stories_of(members).to_pydict()
        assert partition_of(dict(zip(found["article"], found["story"], strict=True))) == {
            frozenset("ab"), frozenset("cd")
        }  # fmt: skip

    def test_a_large_story_is_compared_in_parts_of_its_days(self) -> None:
        days = [f"2025-01-{k // 8 + 1:02}" for k in range(130)]
        rows = [{"article": f"a{k:03}", "published": day, "text": "word " * 100} for k, day in enumerate(days)]
        cut = comparing.parts(rows)
        assert [len(part) for part in cut] == [60, 60, 10]
        assert [row for part in cut for row in part] == rows
        long = [{"text": "x" * 150_000} for _ in range(5)]
        assert [len(part) for part in comparing.parts(long)] == [2, 2, 1]


def union_find(pairs: list[Any]) -> dict[int, int]:
    """The least node that each is connected with, in plain Python."""
    above: dict[int, int] = {}

    def root(node: int) -> int:
        above.setdefault(node, node)
        while above[node] != node:
            node = above[node]
        return node

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        above[high] = low
    return {node: root(node) for node in above}


class TestFastReading:
    def test_the_fast_extractor_finds_the_article(self) -> None:
        pytest.importorskip("resiliparse", reason="pip install 'whosays[archive]'")
        page = (archived.EXAMPLES / "karsholm-dam" / "channel-nine.html").read_text(encoding="utf-8")
        [usual, quick] = [html.with_notices(page, "page", fast=fast)[0] for fast in (False, True)]
        assert quick.published == usual.published
        assert quick.outlet == usual.outlet
        shared = set(usual.text.split("\n")) & set(quick.text.split("\n"))
        assert sum(map(len, shared)) > 0.6 * len(usual.text)

    def test_it_is_asked_for_by_the_command(self, tmp_path: Path) -> None:
        done = archived.run("read", archived.EXAMPLES / "karsholm-dam", tmp_path / "articles", "--fast")
        assert done.exit_code == 0, done.output
        assert head(tmp_path, "articles")["made_of"]["fast"] is True
        assert len(table(tmp_path, "articles", "articles")) == 3


@pytest.fixture(scope="module", autouse=True)
def _model_as_it_was() -> Iterator[None]:
    """Work that is done in this process leaves the model's threads as they were."""
    yield
    gc.unfreeze()
    worker.model_on.cache_clear()
    model.load.cache_clear()


def test_every_table_and_column_is_documented() -> None:
    page = (archived.ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    part = page.partition("# The tables of an archive")[2]
    sections = {section.partition("\n")[0].strip(" `"): section for section in part.split("\n### ")}
    for step, where in (("read", "articles"), ("analyse", "analysed"), ("stories", "stories")):
        for name, columns in tables.COLUMNS[step].items():
            section = sections["*/*/refused.parquet" if name == "refused" else f"{where}/*/{name}.parquet"]
            missing = [column for column in columns if f"`{column}`" not in section]
            assert not missing, f"{where}/{name}: {missing}"


def test_longest_article_of_an_archive_is_refused_not_cut(tmp_path: Path) -> None:
    given = lines(tmp_path / "long.jsonl", [ARTICLE | {"text": "A dam held. " * (archive_reading.LONGEST // 12 + 1)}])
    archived.run("read", given, tmp_path / "articles")
    [refused] = table(tmp_path, "articles", "refused")
    assert refused["kind"] == "TooLarge"
