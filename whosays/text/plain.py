"""Text files: the header lines that may open one, and the text below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_FIELD_BY_LABEL: Final = {"outlet": "outlet", "title": "title", "date": "published", "url": "url", "byline": "byline"}
_HEADER: Final = re.compile(r"[ \t]*(outlet|title|date|url|byline)[ \t]*:[ \t]*([^\r\n]*?)[ \t]*(\r\n|\n|\r|\Z)", re.I)
_BLANK: Final = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))+")


@dataclass(frozen=True, slots=True)
class Page:
    """A text file in its two parts; ``lines`` gives the line of the file on which each field stands."""

    text: str
    fields: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def parse(content: str) -> Page:
    """Header lines (``Outlet:``, ``Title:``, ``Date:``, ``URL:``, ``Byline:``) off, the rest as it stands.

    They count only when the very first line is one and a blank line (or the end) closes them: an article that
    merely begins with "Title: ..." keeps it. The text keeps its own line ends; only the lines above it go.
    """
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    position, number = 0, 1
    while position < len(content) and (header := _HEADER.match(content, position)):
        name = _FIELD_BY_LABEL[header[1].lower()]
        if header[2]:
            fields.setdefault(name, header[2])
            lines.setdefault(name, number)
        position, number = header.end(), number + 1
    blank = _BLANK.match(content, position)
    if not lines or (blank is None and position < len(content)):
        return Page(content)
    return Page(content[blank.end() if blank else position :], fields, lines)
