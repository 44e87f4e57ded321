"""Files, folders and standard input -> streams of bytes, none of them read further than it may be."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Literal

from ..errors import NoArticles, UnreadableFile
from . import decoding

Kind = Literal["plain", "html", "json", "jsonl"]

_KIND_BY_SUFFIX: Final[dict[str, Kind]] = {
    ".txt": "plain", ".text": "plain", ".md": "plain", ".markdown": "plain",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip

_SUFFIX_BY_MEDIA_TYPE: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
}

_HEAD: Final = 65_536  # bytes that are looked at to tell what a stream holds
_PAGE: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|meta|div|p|h1)\b", re.I | re.S
)
_WHOLE_PAGE: Final = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I)


@dataclass(slots=True)
class Stream:
    """A source that has been opened: its name in messages, the id its article gets, its kind and its bytes."""

    where: str
    stem: str
    kind: Kind
    head: bytes
    _rest: BinaryIO
    charset: str | None = None  # what the server said
    url: str | None = None  # where it was fetched
    _ahead: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._ahead = self.head

    def read(self, most: int) -> bytes:
        """All bytes, but no more than ``most`` + 1: one too many says that there were more."""
        content = self._ahead
        if len(content) <= most:
            content += self._rest.read(most + 1 - len(content))
        return content[: most + 1]

    def lines(self, most: int) -> Iterator[bytes | None]:
        """Line after line; ``None`` for one of more than ``most`` bytes, which is skipped, not kept."""
        while line := self._line(most):
            whole = line
            while not whole.endswith(b"\n") and len(line) > most and (whole := self._line(most)):
                pass
            yield line if len(line) <= most else None

    def _line(self, most: int) -> bytes:
        end = self._ahead.find(b"\n", 0, most + 1)
        if end < 0 and len(self._ahead) <= most:
            self._ahead += self._rest.readline(most + 1 - len(self._ahead))
            end = self._ahead.find(b"\n", 0, most + 1)
        cut = end + 1 if end >= 0 else min(len(self._ahead), most + 1)
        line, self._ahead = self._ahead[:cut], self._ahead[cut:]
        return line


def files(source: str) -> tuple[str, ...]:
    """What a source names: itself, or the articles in a folder, in order of name; hidden files are left alone.

    Raises :class:`NoArticles` for a folder without any, :class:`UnreadableFile` for one that may not be listed.
    """
    try:
        folder = Path(source)
        if source == "-" or not folder.is_dir():
            return (source,)
        found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in _KIND_BY_SUFFIX]
        found = [path for path in found if not path.name.startswith(".") and path.is_file()]
    except (OSError, ValueError) as error:
        raise UnreadableFile(source, _reason(error)) from None
    if not found:
        raise NoArticles(source)
    return tuple(map(str, found))


@contextmanager
def opened(source: str) -> Iterator[Stream]:
    """Open a file or, for ``-``, standard input. Raises :class:`UnreadableFile`."""
    try:
        if source == "-":
            stdin = _standard_input()
            head = stdin.read(_HEAD)
            yield Stream("-", "stdin", _sniff(head), head, stdin)
            return
        with Path(source).open("rb") as file:
            head = file.read(_HEAD)
            path = Path(source)
            stem = path.stem.encode("utf-8", "replace").decode("utf-8")
            yield Stream(source, stem or "article", _kind(path.suffix.lower(), head), head, file)
    except (OSError, ValueError) as error:
        raise UnreadableFile(source, _reason(error)) from None


def of_bytes(raw: bytes, where: str, media_type: str | None, url: str | None) -> Stream:
    """Bytes in hand; what they look like is believed before ``media_type``, whose charset is kept."""
    named, _, parameters = (media_type or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]{2,30})", parameters, re.IGNORECASE)
    head = raw[:_HEAD]
    seen = _kind(_SUFFIX_BY_MEDIA_TYPE.get(named.strip().lower(), ""), head)
    stem = Path(where.split("?")[0]).stem if "\0" not in where else ""
    return Stream(where, stem or "article", seen, head, io.BytesIO(raw[_HEAD:]), charset and charset[1], url)


def _standard_input() -> BinaryIO:
    stream = sys.stdin
    if stream is None:
        raise OSError("there is no standard input")
    binary: BinaryIO | None = getattr(stream, "buffer", None)
    return binary if binary is not None else io.BytesIO(stream.read().encode("utf-8", "replace"))


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "not permitted"
    if isinstance(error, OSError):
        return (error.strerror or str(error) or "it cannot be opened").lower()
    return "its name is not one that a file can have"


def _kind(suffix: str, head: bytes) -> Kind:
    named = _KIND_BY_SUFFIX.get(suffix)
    if named in ("html", "jsonl"):
        return named
    seen = _sniff(head)
    if named == "json":
        return "jsonl" if seen == "jsonl" else "json"
    if named == "plain":
        return "html" if _WHOLE_PAGE.match(decoding.decode(head)) else "plain"
    return seen


def _sniff(head: bytes) -> Kind:
    """What the first bytes of a stream without a telling name say that it holds."""
    begun = decoding.decode(head).lstrip()
    if begun.startswith("{"):
        return _sniff_object(begun, cut=len(head) == _HEAD)
    if re.match(r"\[\s*[{\]]", begun):
        return "json"
    return "html" if _PAGE.match(begun) else "plain"


def _sniff_object(begun: str, *, cut: bool) -> Kind:
    """JSON that opens with an object: one object over many lines, or one on each line."""
    first, _, more = begun.partition("\n")
    if not more.strip() and not cut:
        return "json"
    if re.match(r'\{\s*"(?:format|articles)"\s*:', first):
        return "json"
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # Its first line is broken, or not the whole object; only what follows can tell.
        return "jsonl" if not more or first.rstrip().endswith("}") or more.lstrip().startswith("{") else "json"
    return "jsonl"
