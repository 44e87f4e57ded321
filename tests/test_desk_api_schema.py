"""Schemathesis makes up requests from the OpenAPI document, right ones and wrong ones, and finds nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import api_server
import pytest

from whosays.library import analysing
from whosays.library.adding import Adding
from whosays.library.store import Library

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def test_schemathesis_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "whosays.db"
    with Library.open(path, create=True) as library:
        run = Adding(library, analysing.made_by("test"), lambda event: None, fetch=pytest.fail)
        run.add(map(str, sorted(EXAMPLES.iterdir())))
    with api_server.serving(path) as api:
        for story in range(1, 5):
            api.get(f"/stories/{story}/report")  # so that there are claims and conflicts
        # a process of its own: it sets hypothesis up in its own way
        asked = [
            sys.executable, "-m", "schemathesis.cli", "run", f"{api.url}/api/v1/openapi.json", "--seed", "6",
            "--max-examples", "8", "--generation-database", "none", "--no-color",
        ]  # fmt: skip
        done = subprocess.run(asked, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Tested: " in done.stdout
