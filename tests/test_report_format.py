"""docs/report-format.md names every field that the report document has, and its example is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import story

from whosays.report import document

MANUAL = (Path(__file__).parents[1] / "docs" / "report-format.md").read_text(encoding="utf-8")
BY_ARTICLE = ("only_in", "labels")  # objects whose fields are ids


def fields(made: Any, inside: str = "") -> Iterator[str]:
    if isinstance(made, dict):
        for name, value in made.items():
            if inside not in BY_ARTICLE:
                yield name
            yield from fields(value, name)
    elif isinstance(made, list):
        for value in made:
            yield from fields(value)


def test_every_field_is_described() -> None:
    named = set(re.findall(r"`(\w+)`", MANUAL))
    assert set(fields(document.make(story.report()))) - named == set()


def test_the_example_is_a_report() -> None:
    (written,) = re.findall(r"```json\n(.*?)```", MANUAL, re.DOTALL)
    example = json.loads(written)
    assert example["format"] == document.FORMAT
    named = set(re.findall(r"`(\w+)`", MANUAL))
    assert set(fields(example)) - named == set()
    given = re.search(r"```\n(\{.*?)```", MANUAL, re.DOTALL)
    assert given is not None
    texts = re.findall(r'"text": (".*?[^\\]")\}', given[1])
    by_id = dict(zip(("echo", "post"), map(json.loads, texts), strict=True))
    for made in example["dates"] + example["places"]:
        assert by_id[made["article"]][slice(*made["span"])] == made["text"]
