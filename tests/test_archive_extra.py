"""What an installation without the extra says of archives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BLOCKED = "import sys; sys.modules[{name!r}] = None; sys.argv = ['whosays', 'archive', *{arguments!r}]; "


@pytest.mark.parametrize("name", ["daft", "pyarrow"])
@pytest.mark.parametrize(
    "arguments",
    [("read", "examples", "out"), ("analyse", "in", "out"), ("stories", "in", "out"), ("report", "in", "--story", "a")],
)
def test_a_missing_extra_says_how_to_install_it(name: str, arguments: tuple[str, ...]) -> None:
    if arguments[0] == "report" and name == "daft":
        pytest.skip("reports are made of the tables alone")
    code = BLOCKED.format(name=name, arguments=arguments) + "from whosays import cli; cli.main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 2
    assert "pip install 'whosays[archive]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
