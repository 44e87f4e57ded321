"""The house holds together: floors, sizes, and one home for each outside library."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "whosays"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Each imports only from the ones before it.
FLOORS = (
    "errors",
    "settings",
    "text",
    "language",
    "statements",
    "claims",
    "stories",
    "report",
    "library",
    "archive",
    "desk",
    "cli",
    "__main__",
)
LONGEST_MODULE = 400
# Imported in one module (trafilatura, py3langid) or one folder (typer) and nowhere else; pyarrow has two homes.
HOMES = {
    "trafilatura": "text/html.py",
    "resiliparse": "text/quick.py",
    "lxml": "text/markup.py",
    "fastwarc": "text/warc.py",
    "py3langid": "text/languages.py",
    "onnxruntime": "language/session.py",
    "lemminflect": "language/lemmas.py",
    "httpx2": "library/exchange.py",
    "httpcore2": "library/exchange.py",
    "jinja2": "report/page/page.py",
    "fastapi": "desk/",
    "starlette": "desk/",
    "pydantic": "desk/",
    "uvicorn": "desk/serving.py",
    "pyarrow": "report/formats/parquet.py archive/",
    "daft": "archive/",
    "ray": "archive/engine.py",
    "rich": "report/",
    "typer": "cli/",
}


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _floor(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> Iterator[str]:
    """The full names of everything that a module imports, relative imports resolved."""
    package = ("whosays", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            whole = ".".join((*base, *(node.module or "").split("."))).strip(".")
            yield whole
            yield from (f"{whole}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_from_the_floors_above_it(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return  # the front door, which hands out what is on every floor
    own = _floor(path)
    assert own in FLOORS, f"{own} is no floor of the house"
    allowed = FLOORS[: FLOORS.index(own) + 1]
    for name in _imported(path):
        parts = name.split(".")
        if parts[0] == "whosays" and len(parts) > 1 and parts[1] in FLOORS:
            assert parts[1] in allowed, f"{_name(path)} reaches down to {name}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("library", sorted(HOMES))
def test_an_outside_library_has_one_home(library: str) -> None:
    importers = {_name(path) for path in MODULES if any(name.split(".")[0] == library for name in _imported(path))}
    homes = HOMES[library].split()
    strays = {m for m in importers if not any(m == h or (h.endswith("/") and m.startswith(h)) for h in homes)}
    assert not strays, strays


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_is_named_for_leftovers(path: Path) -> None:
    assert path.stem not in {"utils", "util", "helpers", "misc", "common"}
