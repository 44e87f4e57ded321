"""The examples of docs/http.md do what the page says, in the order in which they stand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import api_server
import pytest
from api_server import Api

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "http.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with api_server.serving(tmp_path_factory.mktemp("library") / "news.db") as served:
        yield served


def commands() -> list[str]:
    """Each command, with those of its lines that are in quotation marks."""
    blocks = re.findall(r"```\n(.*?)```", MANUAL, re.DOTALL)
    return [command.strip() for block in blocks for command in re.split(r"^(?=curl )", block, flags=re.M) if command]


@pytest.mark.skipif(shutil.which("curl") is None or shutil.which("bash") is None, reason="there is no curl")
def test_the_examples_do_what_they_say(api: Api, tmp_path: Path) -> None:
    said = []
    for command in commands():
        here = command.replace("http://127.0.0.1:8414", api.url)
        # --json came with curl 7.82
        here = re.sub(r"--json ('.*')", r"-H 'Content-Type: application/json' --data-binary \1", here, flags=re.DOTALL)
        done = subprocess.run(["bash", "-c", here], capture_output=True, text=True, cwd=tmp_path, timeout=120)
        assert done.returncode == 0, (command, done.stderr)
        said.append(done.stdout)
    added, text, job, *rest = said
    assert [json.loads(one)["counts"]["new"] for one in (added, text, job)] == [1, 1, 1]
    (
        of_dorn,
        phrase,
        stories,
        article,
        its_text,
        claims,
        page,
        lines,
        saved,
        compared,
        html,
        markdown,
        report,
        graded,
        log,
        gone,
    ) = rest
    assert {row["article"] for row in rows(of_dorn)} == {"harbour-post", "ledger"}
    assert ["Nobody has" in row["text"]["content"] for row in rows(phrase)] == [True]
    assert len(rows(stories)) == 1
    assert json.loads(article)["text"] == its_text
    assert "claims" in json.loads(claims)
    assert len(rows(page)) == 2
    assert len(lines.splitlines()) == len(api.lines("/statements")) > 2
    assert (saved, compared) == ("200\n", "304\n")
    assert html == ""
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert markdown.startswith("# ")
    assert len(json.loads(report)["articles"]) == 2
    assert json.loads(graded)["value"] == "B2"
    assert json.loads(log) == json.loads(graded)
    [shown] = re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)
    made = json.loads(gone)
    assert {**made, "detail": Path(made["detail"]).name} == json.loads(shown)


def rows(made: str) -> list[Any]:
    [found] = [value for value in json.loads(made).values() if isinstance(value, list)]
    return found


def test_every_address_and_parameter_is_described(api: Api) -> None:
    described = api.get("/openapi.json")["paths"]
    named = set(re.findall(r"[\w/]+", MANUAL))
    for path, methods in described.items():
        for part in re.sub(r"^/api/v1|\{\w+\}", "", path).strip("/").replace("report.", "report").split("/"):
            assert not part or part in named or f"/{part}" in named, path
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "query" and parameter["name"] not in ("cursor", "statements_only"):
                    assert parameter["name"] in named, (path, parameter["name"])


def test_the_reference_page_has_every_operation_and_parameter(api: Api) -> None:
    page = api.client.get("/api")
    assert page.headers["content-type"].startswith("text/html")
    for path, methods in api.get("/openapi.json")["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} <code>{path}</code></h2>" in page.text
            for parameter in operation.get("parameters", ()):
                assert f"<code>{parameter['name']}</code>" in page.text
    assert "Words that must all be there" in page.text
