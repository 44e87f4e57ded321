"""IPTC ninjs (versions 1 to 3) -> articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import BrokenRecord
from . import markup
from .article import Article


def is_one(record: object) -> bool:
    """Whether a JSON object is a ninjs news item, and not one of ours, whose text is in ``"text"``."""
    if not isinstance(record, dict) or "text" in record or not isinstance(record.get("uri"), str):
        return False
    return any(name == "bodies" or name.startswith(("body_", "headline")) for name in record)


def parse(record: Mapping[str, Any], where: str, *, line: int | None = None) -> Article:
    """A news item as an article. ``published`` is when this version was made, as written.

    Raises :class:`BrokenRecord` for one without a body: a picture, a package, a notice.
    """
    text = max(_bodies(record), key=len, default="")
    if not text.strip():
        raise BrokenRecord(where, "is a ninjs item without a text", line=line, field="body_text")
    return Article(
        id=str(record["uri"]).strip(),
        text=text,
        outlet=_first(record, "provider", "infosources", "infosource", "source", "copyrightholder"),
        published=_first(record, "versioncreated", "versionCreated", "firstcreated", "firstCreated", "contentcreated"),
        title=_first(record, "headline", "headlines", "title"),
        url=_first(record, "url", "canonicalurl"),
        byline=_first(record, "byline", "bylines", "by"),
        language=_first(record, "language"),
    )


def _bodies(record: Mapping[str, Any]) -> Iterator[str]:
    """Texts under ``body_*`` (version 1) and in ``bodies`` (versions 2 and 3), plain ones as they are."""
    for name in ("body_text", "body_html", "body_xhtml"):
        if isinstance(body := record.get(name), str):
            yield body if name == "body_text" else markup.paragraphs(body)
    bodies = record.get("bodies")
    for held in bodies if isinstance(bodies, list) else []:
        if isinstance(held, dict) and isinstance(body := held.get("value"), str):
            is_plain = str(held.get("contenttype", "")).startswith("text/plain")
            yield body if is_plain else markup.paragraphs(body)


def _first(record: Mapping[str, Any], *names: str) -> str | None:
    """The first of the fields that is given; of a list its first string, of an object its name or value."""
    for name in names:
        value = record.get(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                each = each.get("name") or each.get("value") or each.get("literal")
            if isinstance(each, str) and each.strip():
                return each.strip()
    return None
