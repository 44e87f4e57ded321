"""The questions of docs/research.md: they run, and the three programs give one answer."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests import archived

archived.needs_the_engine()
for library in ("duckdb", "pandas", "polars"):
    pytest.importorskip(library, reason="pip install -e '.[dev]'")

PAGE = (archived.ROOT / "docs" / "research.md").read_text(encoding="utf-8")
PREPARED, *SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)
QUESTIONS = {section.partition("\n")[0]: section for section in SECTIONS}


@pytest.fixture(autouse=True)
def _beside_the_tables() -> Iterator[None]:
    before = os.getcwd()
    os.chdir(archived.archived())
    yield
    os.chdir(before)


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def rows(columns: list[str], found: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Rows with plain values, in their order."""
    return [dict(zip(columns, map(plain, row), strict=True)) for row in found]


def plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value


@pytest.mark.parametrize("question", QUESTIONS)
def test_three_programs_give_one_answer(question: str) -> None:
    import duckdb

    [sql] = blocks(QUESTIONS[question], "sql")
    asked = duckdb.sql(sql)
    expected = rows(asked.columns, asked.fetchall())
    assert expected, "a question without an answer shows nothing"
    for code in blocks(QUESTIONS[question], "python"):
        names: dict[str, Any] = {}
        exec(blocks(PREPARED, "python")[0] + code, names)
        answer = names["answer"]
        named = list(answer.columns)
        found = rows(named, answer.rows() if "Polars" in code else list(answer.itertuples(index=False, name=None)))
        by = sorted(expected[0])
        assert sorted(named) == by
        assert [[row[c] for c in by] for row in found] == [[row[c] for c in by] for row in expected], code


def test_every_question_is_put_to_three_programs() -> None:
    for section in SECTIONS:
        assert len(blocks(section, "sql")) == 1
        assert [code.partition("\n")[0] for code in blocks(section, "python")] == ["# pandas", "# Polars"]
