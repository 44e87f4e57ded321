"""The main job, end to end: files in, report out, with the model that the package carries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import whosays
from whosays.errors import NoArticles

EXAMPLES = Path(__file__).parents[1] / "examples"
SHARED = Path(__file__).parents[2] / "shared"


def run(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "whosays", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def report(*sources: str | Path) -> dict[str, Any]:
    done = run("report", *sources, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


@pytest.fixture(scope="module")
def dam() -> dict[str, Any]:
    return report(EXAMPLES / "karsholm-dam")


def speakers_of(document: dict[str, Any], words: str) -> set[str | None]:
    """The speakers of the statements that hold the words, by article."""
    return {s["speaker"] for s in document["statements"] if words in s["text"]["content"]}


def test_statements_reproduce_the_text_they_quote(dam: dict[str, Any]) -> None:
    texts = {a.id: a.text for a in whosays.read(EXAMPLES / "karsholm-dam")}
    assert len(dam["statements"]) > 20
    for statement in dam["statements"]:
        text = texts[statement["article"]]
        for start, end in statement["content"]:
            assert text[start:end] in statement["text"]["content"]
        if statement["source"]:
            assert text[slice(*statement["source"])] == statement["text"]["source"]


def test_one_unnamed_official_behind_two_outlets_is_one_origin(dam: dict[str, Any]) -> None:
    claims = [c for c in dam["claims"] if len(c["articles" if "articles" in c else "outlets"]) > 1]
    assert any(len(c["origins"]) == 1 for c in claims)
    assert any("Northline" in name for s in dam["statements"] for name in s["via"])


def test_the_same_report_comes_out_twice(dam: dict[str, Any]) -> None:
    assert report(EXAMPLES / "karsholm-dam") == dam


def test_an_article_s_statements_are_the_same_alone_and_in_its_story(dam: dict[str, Any]) -> None:
    alone = report(EXAMPLES / "karsholm-dam" / "meridian-post.txt")
    fields = ("content", "source", "cue", "kind", "polarity")
    in_story = [s for s in dam["statements"] if s["article"] == "meridian-post"]
    assert [[s[f] for f in fields] for s in alone["statements"]] == [[s[f] for f in fields] for s in in_story]


def test_statements_only_leaves_the_comparison_out() -> None:
    done = run("report", EXAMPLES / "lasmar-port", "--format", "json", "--statements-only")
    document = json.loads(done.stdout)
    assert document["statements"]
    assert "claims" not in document


def test_python_gives_the_same_report_as_the_command(dam: dict[str, Any]) -> None:
    made = whosays.report(whosays.read(EXAMPLES / "karsholm-dam"))
    assert [s.id for s in made.statements] == [s["id"] for s in dam["statements"]]
    assert made.comparison is not None
    assert len(made.comparison.claims) == len(dam["claims"])


def test_a_story_without_articles_is_refused() -> None:
    with pytest.raises(NoArticles):
        whosays.report([])


def test_a_lone_article_is_reported_and_nothing_compared() -> None:
    done = run("report", EXAMPLES / "lasmar-port" / "gulf-herald.txt")
    assert done.returncode == 0
    assert b"1 outlet" in done.stdout
    assert b"compare" in done.stdout + done.stderr


RUDE: dict[str, bytes] = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 40,
    "broken.jsonl": b'{"text": "half a rec',
    "page.html": b"<html><body><nav><a href='/'>Home</a></nav></body></html>",
    "arabic.txt": "قال مسؤول كبير إن السد بدأ يتشقق وإن السكان غادروا الوادي صباح اليوم قبل أن تصل المياه. ".encode()
    * 8,
    "long.txt": b"The dam held, an official said. " * 700_000,
}


@pytest.mark.parametrize("name", sorted(RUDE))
def test_a_bad_input_gets_one_line_and_the_good_ones_are_reported(tmp_path: Path, name: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(RUDE[name])
    good = EXAMPLES / "lasmar-port" / "gulf-herald.txt"
    done = run("report", good, bad, "--format", "json")
    assert done.returncode == 4
    [line] = [line for line in done.stderr.decode().splitlines() if name in line]
    assert "Traceback" not in done.stderr.decode()
    assert line.startswith("whosays: ")
    assert len(json.loads(done.stdout)["articles"]) == 1


def test_nothing_readable_ends_with_its_own_code(tmp_path: Path) -> None:
    assert run("report", tmp_path).returncode == 3
    assert run("report", tmp_path / "missing.txt").returncode == 3


def test_standard_input_is_read() -> None:
    line = json.dumps({"id": "x", "outlet": "Post", "text": "The dam held, an official said on Monday."})
    done = run("report", "-", "--format", "json", given=line.encode() + b"\n")
    assert [a["id"] for a in json.loads(done.stdout)["articles"]] == ["x"]


def test_homs_is_read_as_an_editor_would() -> None:
    folder = SHARED / "samples" / "homs"
    if not folder.exists():
        pytest.skip("the annotated stories are not part of the project")
    document = report(folder / "one.txt", folder / "two.txt")
    [official] = speakers_of(document, "missiles, drones and more") | speakers_of(
        document, "missiles, drones, and more"
    )
    assert official is not None
    relays = {name for s in document["statements"] for name in s["via"]}
    assert {"Reuters", "CNN", "Al Jazeera", "Daily Sabah"} <= relays
    texts = {a["id"]: (folder / f"{a['id']}.txt").read_text("utf-8") for a in document["articles"]}
    unread = {texts[a["id"]][s:e] for a in document["articles"] for s, e in a["unread"]}
    assert "SEE ALSO:" in unread
    assert "Please let us know if you're having issues with commenting." in unread
