"""Nothing is left behind and nobody is told: articles may be confidential."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

STORY = Path(__file__).resolve().parent.parent / "examples" / "karsholm-dam"


def test_a_report_leaves_nothing_in_the_home_or_the_temporary_folder(tmp_path: Path) -> None:
    """ONNX Runtime, left to itself, makes an identifier there, and a store of what it will send to its makers."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    known = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    told = {**known, "HOME": str(home), "TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "whosays", "report", *map(str, sorted(STORY.iterdir()))]
    done = subprocess.run(command, capture_output=True, env=told, check=False)
    assert done.returncode == 0
    assert [*home.rglob("*"), *temporary.rglob("*")] == []
