"""Files, folders and standard input -> streams of bytes, none of them read further than it may be."""

from __future__ import annotations

import io
import json
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, cast

from ..errors import NoArticles, UnreadableFile
from . import decoding

Kind = Literal["plain", "html", "json", "jsonl", "xml", "warc"]

_KIND_BY_SUFFIX: Final[dict[str, Kind]] = {
    ".txt": "plain", ".text": "plain", ".md": "plain", ".markdown": "plain",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".warc": "warc",
    ".xml": "xml", ".rss": "xml", ".atom": "xml", ".rdf": "xml", ".nitf": "xml", ".newsml": "xml",
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
# The documents in XML that are read; any other is text.
_XML: Final = re.compile(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+(?!html\b)[^\[>]*(?:\[.*?\]\s*)?>\s*)*"
    r"<(?:[\w-]{1,30}:)?(?:rss|feed|RDF|channel|urlset|sitemapindex|newsMessage|newsItem|packageItem|nitf)[\s>]",
    re.DOTALL,
)
_GZIP: Final = b"\x1f\x8b"
_BLOCK: Final = 65_536
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
    _zipped: _Unzipped | None = None
    _ahead: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._ahead = self.head

    @property
    def damage(self) -> str | None:
        """What ended a compressed stream before its end, once it has been met."""
        return self._zipped.damage if self._zipped is not None else None

    def tape(self) -> BinaryIO:
        """All bytes from the beginning, as a file that can go back where the source can."""
        try:
            self._rest.seek(0)
        except (OSError, ValueError):
            return io.BufferedReader(_Rejoined(self.head, self._rest))
        return self._rest

    def chunks(self) -> Iterator[bytes]:
        """All bytes, piece by piece."""
        yield self.head
        while block := self._rest.read(_BLOCK):
            yield block

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


class _Rejoined(io.RawIOBase):
    """A head that was read to look at it, and the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest, self._place = head, rest, 0

    def tell(self) -> int:
        return self._place

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        taken = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(taken) :] if self._head else b""
        buffer[: len(taken)] = taken
        self._place += len(taken)
        return len(taken)


class _Unzipped(io.RawIOBase):
    """Gzip, member after member; ends where it is damaged, and says so, so that what came before is not lost."""

    def __init__(self, zipped: BinaryIO) -> None:
        self._zipped, self._ahead = zipped, b""
        self._member: Any = None
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while self.damage is None:
            self._ahead = self._ahead or self._zipped.read(_BLOCK)
            if self._member is None:
                self._ahead = self._ahead.lstrip(b"\0")  # padding between members
                if not self._ahead:
                    return 0
                self._member = zlib.decompressobj(31)
            if not self._ahead:
                self.damage = "it ends too early"
                return 0
            try:
                made = self._member.decompress(self._ahead, len(buffer))
            except zlib.error:
                self.damage = "its compression is broken"
                return 0
            self._ahead = self._member.unconsumed_tail
            if self._member.eof:
                self._ahead, self._member = self._member.unused_data, None
            if made:
                buffer[: len(made)] = made
                return len(made)
        return 0


def files(source: str) -> tuple[str, ...]:
    """What a source names: itself, or the articles in a folder, in order of name; hidden files are left alone.

    Raises :class:`NoArticles` for a folder without any, :class:`UnreadableFile` for one that may not be listed.
    """
    try:
        folder = Path(source)
        if source == "-" or not folder.is_dir():
            return (source,)
        found = [path for path in sorted(folder.iterdir()) if _names(path.name)[1] in _KIND_BY_SUFFIX]
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
            yield _stream("-", ("stdin", ""), _standard_input())
            return
        with Path(source).open("rb") as file:
            yield _stream(source, _names(Path(source).name), file)
    except (OSError, ValueError) as error:
        raise UnreadableFile(source, _reason(error)) from None


def of_bytes(raw: bytes, where: str, media_type: str | None, url: str | None) -> Stream:
    """Bytes in hand; what they look like is believed before ``media_type``, whose charset is kept."""
    named, _, parameters = (media_type or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w-]{2,30})", parameters, re.IGNORECASE)
    stem, suffix = _names(re.split(r"[?#]", where.rstrip("/"))[0].rpartition("/")[2])
    suffix = _SUFFIX_BY_MEDIA_TYPE.get(named.strip().lower(), suffix)
    stream = _stream(where, (stem, suffix), io.BytesIO(raw))
    stream.charset, stream.url = charset and charset[1], url
    return stream


def _stream(where: str, names: tuple[str, str], file: BinaryIO) -> Stream:
    """A file with its head looked at; gzip as what it holds, but a web archive, zipped by record, as it is."""
    stem, suffix = names
    head = file.read(_HEAD)
    if not head.startswith(_GZIP):
        return Stream(where, stem, _kind(suffix, head), head, file)
    try:
        begun = zlib.decompressobj(31).decompress(head, _HEAD)
    except zlib.error:
        begun = b""
    if begun.startswith(b"WARC/") or suffix == ".warc":
        return Stream(where, stem, "warc", head, file)
    zipped = _Unzipped(cast(BinaryIO, io.BufferedReader(_Rejoined(head, file))))
    inner = cast(BinaryIO, io.BufferedReader(zipped))
    head = inner.read(_HEAD)
    return Stream(where, stem, _kind(suffix, head), head, inner, _zipped=zipped)


def stem(name: str) -> str:
    """The id that the article of a file of that name gets, where it has none of its own."""
    return _names(name)[0]


def _names(name: str) -> tuple[str, str]:
    """The id that a file's article gets, and the ending that tells what it holds, under ``.gz``."""
    path = Path(name.replace("\0", ""))
    suffix = path.suffix.lower()
    if suffix == ".gz":
        path = Path(path.stem)
        suffix = path.suffix.lower() or suffix
    stem = path.stem.encode("utf-8", "replace").decode("utf-8")
    return stem or "article", suffix


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
    if named == "jsonl":
        return named
    seen = _sniff(head)
    if named == "html":
        return "xml" if seen == "xml" else named
    if named in ("xml", "warc"):
        return named if seen == "plain" and named == "xml" else seen
    if named == "json":
        return "jsonl" if seen == "jsonl" else "json"
    if named == "plain":
        return "html" if _WHOLE_PAGE.match(decoding.decode(head)) else "plain"
    return seen


def _sniff(head: bytes) -> Kind:
    """What the first bytes of a stream without a telling name say that it holds."""
    if head.startswith(b"WARC/"):
        return "warc"
    begun = decoding.decode(head).lstrip()
    if _XML.match(begun):
        return "xml"
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
