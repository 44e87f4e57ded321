"""JSON objects, ours and those of other formats -> articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from ..errors import BrokenRecord
from . import ninjs
from .article import Article

_FIELDS: Final = ("outlet", "published", "title", "url", "byline", "language")
_NAME_BY_TYPE: Final = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}


def load(written: str | bytes, where: str, *, line: int | None = None) -> object:
    """Parse JSON; whatever is wrong with it is a :class:`BrokenRecord` that names the line."""
    try:
        parsed: object = json.loads(written)
    except json.JSONDecodeError as error:
        at = error.lineno if line is None else line
        raise BrokenRecord(where, f"is not JSON ({error.msg}, column {error.colno})", line=at) from None
    except UnicodeDecodeError:
        raise BrokenRecord(where, "is not JSON (not in UTF-8)", line=line) from None
    except (ValueError, RecursionError):
        raise BrokenRecord(
            where, "is not JSON that can be read (nested too deep, or an endless number)", line=line
        ) from None
    return parsed


def listed(parsed: object, where: str) -> list[object]:
    """The records in a JSON file: one object, a list of them, or an object that has them as ``articles``."""
    if isinstance(parsed, list):
        return parsed
    if isinstance(parsed, dict) and "text" not in parsed and isinstance(parsed.get("articles"), list):
        if str(parsed.get("format", "")).startswith("whosays.report"):
            raise BrokenRecord(where, "is a report, not articles")
        articles: list[object] = parsed["articles"]
        return articles
    return [parsed]


def parse(record: object, where: str, *, line: int | None = None) -> Article:
    """One record as an article; ``id`` is empty and ``published`` as written, for the reader to settle.

    Only ``text`` is required, an empty string or null counts as not given, and fields that we do not know are
    left alone. Raises :class:`BrokenRecord` with the field that is missing or of the wrong type.
    """
    if not isinstance(record, dict):
        raise BrokenRecord(where, f"is {_kind(record)}, not an object", line=line)
    if ninjs.is_one(record):
        return ninjs.parse(record, where, line=line)
    if record.get("text") is None:
        raise BrokenRecord(where, 'has no "text"', line=line, field="text")
    text = _string(record, "text", where, line) or ""
    known = {name: _string(record, name, where, line) for name in _FIELDS}
    return Article(id=_id(record, where, line), text=text, **known)


def _id(record: Mapping[str, object], where: str, line: int | None) -> str:
    given = record.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    return _string(record, "id", where, line) or ""


def _string(record: Mapping[str, object], name: str, where: str, line: int | None) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BrokenRecord(where, f'"{name}" is {_kind(value)}, not a string', line=line, field=name)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        # Half of a surrogate pair: no program can print it, so no report could quote it.
        raise BrokenRecord(where, f'"{name}" holds half a character', line=line, field=name) from None
    if name == "text":
        return value
    return value.strip() or None


def _kind(value: object) -> str:
    return _NAME_BY_TYPE.get(type(value), "a number")
