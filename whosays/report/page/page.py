"""The report document as one HTML file: no network, nothing of an article's text ever run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import jinja2

from whosays.report.view.story import Json
from whosays.report.view.view import View as View

_FOLDER: Final = Path(__file__).parent
TEMPLATES: Final = _FOLDER / "templates"
STATIC: Final = _FOLDER / "static"


def view(document: Json) -> View:
    """What the page shows of a report document, which must have its texts."""
    return View(document)


def render(document: Json) -> str:
    """The page as HTML text. Raises KeyError for a document without the texts of its articles."""
    style, script = _static("report.css"), _static("report.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return (
        environment().get_template("page.html").render(view=view(document), style=style, script=script, policy=policy)
    )


@cache
def environment(*more: Path) -> jinja2.Environment:
    """The templates, and those in ``more`` folders, which come first.

    Everything that they are given is escaped unless the template itself says otherwise.
    """
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([*more, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _static(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What a Content-Security-Policy calls an inline style or script by: its SHA-256."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
