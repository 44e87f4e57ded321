"""The examples of docs/library.md, run as they stand there."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "library.md"


def test_the_examples_of_the_page_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    # the line that closes a block of code would be taken for output
    text = PAGE.read_text(encoding="utf-8").replace("\n```", "\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, "library.md", str(PAGE), 0)
    runner = doctest.DocTestRunner()
    runner.run(examples)
    assert len(examples.examples) > 15
    assert runner.summarize().failed == 0
