"""`whosays serve` as it is started: what it says, what it refuses, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from whosays.desk import demo, serving
from whosays.desk.errors import MissingExamples, PortInUse
from whosays.library.analyses import Made

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def started(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The command, once it has said where it is, and its line."""
    command = [sys.executable, "-m", "whosays", "serve", "--port", "0", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "WHOSAYS_LIBRARY"}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline(), process
    finally:
        process.kill()
        process.communicate()


def address(line: str) -> str:
    return line.split(" · ")[1]


def test_it_says_where_it_is_and_ctrl_c_ends_it_though_a_page_listens(tmp_path: Path) -> None:
    with started("--library", str(tmp_path / "w.db")) as (line, process):
        assert line == f"{tmp_path / 'w.db'} · {address(line)} · Ctrl-C ends it\n"
        with httpx2.stream("GET", f"{address(line)}live?after=0", timeout=30) as answer:
            assert next(answer.iter_lines()) == "retry: 5000"
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)
        assert (process.returncode, said) == (0, ("", ""))


def test_the_demo_shows_the_example_stories_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with started("--demo") as (line, process):
        assert line.startswith("example stories · http://127.0.0.1:")
        assert "Thousands leave valley below cracked Karsholm dam" in httpx2.get(address(line), timeout=60).text
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert list(tmp_path.glob("whosays-*")) == []


def test_without_the_examples_the_demo_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "_PLACES", (tmp_path,))
    with pytest.raises(MissingExamples, match="are not installed"), demo.library(Made("none", "none")):
        pass


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--host", "0.0.0.0"), "0.0.0.0: is open to other machines, and there is no token yet."),
        (("--name", "desk.example"), "desk.example: is open to other machines, and there is no token yet."),
        (("--library", "/"), "/: the library cannot be opened"),
    ],
)
def test_what_cannot_be_is_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    with started("--library", str(tmp_path / "w.db"), *arguments) as (line, process):
        assert line == ""
        _, told = process.communicate(timeout=30)
        assert told.startswith(f"whosays: {said}")
        assert told.count("\n") == 1
        assert process.returncode == (5 if "library" in arguments[0] else 2)


def test_a_name_that_nobody_has_is_one_line() -> None:
    with pytest.raises(PortInUse, match=r"^no\.such\.host\.invalid:0: cannot be listened on \("):
        serving.listen("no.such.host.invalid", 0)


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started("--library", str(tmp_path / "w.db"), "--port", port) as (line, process):
            _, told = process.communicate(timeout=30)
            assert (line, process.returncode) == ("", 2)
            assert told.startswith(f"whosays: 127.0.0.1:{port}: cannot be listened on (address already in use).")


def test_a_new_token_opens_it_to_others(tmp_path: Path) -> None:
    library = ("--library", str(tmp_path / "w.db"))
    with started(*library, "--new-token") as (token, process):
        assert process.wait(30) == 0
    with started(*library, "--host", "0.0.0.0") as (line, _):
        url = address(line).replace("0.0.0.0", "127.0.0.1")
        assert httpx2.get(url).status_code == 401
        assert httpx2.get(url, headers={"Authorization": f"Bearer {token.strip()}"}).status_code == 200
