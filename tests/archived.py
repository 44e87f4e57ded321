"""An archive made of the examples, for the tests of archives and of the questions that are put to them."""

from __future__ import annotations

import functools
import shutil
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from whosays import cli

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"


def needs_the_engine() -> None:
    """Called by a module of tests: it is left out where the extra is not installed."""
    for library in ("daft", "pyarrow"):
        pytest.importorskip(library, reason="pip install 'whosays[archive]'")


def run(*arguments: str | Path) -> Result:
    """`whosays archive` with so many arguments."""
    return CliRunner().invoke(cli.app, ["archive", *map(str, arguments)])


@functools.cache
def archived() -> Path:
    """A folder with `given/`, `articles/`, `analysed/` and `stories/`, by the local engine; it is left as it is."""
    home = Path(tempfile.mkdtemp(prefix="whosays-archive-"))
    shutil.copytree(EXAMPLES, home / "given")
    made(home, "local")
    return home


def made(home: Path, engine: str) -> None:
    """The three folders, of what stands in `given/`."""
    on = ("--engine", engine, "--processes", "2")
    for arguments in (
        ("read", home / "given", home / "articles"),
        ("analyse", home / "articles", home / "analysed"),
        ("stories", home / "analysed", home / "stories"),
    ):
        done = run(*arguments, *on)
        assert done.exit_code == 0, done.output
