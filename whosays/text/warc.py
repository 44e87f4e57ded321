"""Web archives -> the pages in them, one at a time. The only home of fastwarc."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from ..errors import DamagedArchive, InputError, TooLarge

_PAGES: Final = ("text/html", "application/xhtml+xml")
_GZIP: Final = b"\x1f\x8b\x08"
_PLAIN: Final = b"\r\nWARC/1."
_BLOCK: Final = 1 << 20
# An archive with more broken records than this is not an archive.
_MOST_BROKEN: Final = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One record's body, decoded as the server had encoded it; ``number`` counts all records of the file from 1."""

    number: int
    url: str | None
    media_type: str
    charset: str | None
    body: bytes


def pages(tape: BinaryIO, where: str, most: int, longest: int) -> Iterator[Page | InputError]:
    """The HTML pages and the plain texts made of pages (WET) in a WARC file, gzipped by record or not.

    A record that cannot be read is an error in its place, and the archive is read on from the next one that can be
    found, as long as the file can be read again from a place in it. Bodies of more than ``most`` bytes are refused;
    ``longest`` is what to say of them. Answers other than 200 are passed over.
    """
    start, number, said_at = 0, 0, -1
    mark: bytes | None = None
    for _ in range(_MOST_BROKEN):
        last, whole = start - 1, True
        try:
            for record in _records(tape):
                last = start + record.stream_pos
                number += 1
                page = _page(record, f"{where}, record {number}", most, longest)
                whole = not isinstance(page, DamagedArchive)
                if page is not None:
                    yield page if isinstance(page, InputError) else dataclasses.replace(page, number=number)
            return
        except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
            raise
        except BaseException as error:  # FastWARC is written in Rust, whose panics are no Exceptions
            mark = mark or _mark(tape)
            resumed = _next(tape, max(start, last) + 1, mark)
            # damage is said once: not for each place behind it that only looks like a record's beginning
            if (last >= start or said_at < 0) and whole:
                number += 1
                yield DamagedArchive(
                    f"{where}, record {number}", _why(error), kept="before" if resumed is None else "others"
                )
            said_at = start
            if resumed is None:
                return
            start = resumed


def _records(tape: BinaryIO) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(tape, record_types=kinds, parse_http=False)


def _page(record: Any, named: str, most: int, longest: int) -> Page | InputError | None:
    """The page in a record; ``None`` for anything else."""
    try:
        announced, block = record.content_length, record.reader.read(most + 1)
        if len(block) > most:
            return TooLarge(named, longest)
        if len(block) < announced:
            return DamagedArchive(named, "it ends too early", kept="others")
        charset = None
        record.set_bytes_content(block)
        if record.is_http:
            record.parse_http(auto_decode="all")
            if record.http_headers is None or record.http_headers.status_code not in (200, None):
                return None
            media_type, charset = (record.http_content_type or "text/html"), record.http_charset
        else:
            media_type = (record.headers.get("Content-Type") or "").partition(";")[0]
        if media_type.lower() not in (*_PAGES, *(() if record.is_http else ("text/plain",))):
            return None
        body = record.reader.read(most + 1)
    except (OSError, ValueError, EOFError, OverflowError) as error:
        return DamagedArchive(named, _why(error), kept="others")
    if len(body) > most:
        return TooLarge(named, longest)
    return Page(0, record.headers.get("WARC-Target-URI"), media_type.lower(), charset, body)


def _mark(tape: BinaryIO) -> bytes:
    """What a record of this archive begins with."""
    try:
        tape.seek(0)
        return _GZIP if tape.read(2) == _GZIP[:2] else _PLAIN
    except (OSError, ValueError):
        return _GZIP


def _next(tape: BinaryIO, start: int, mark: bytes) -> int | None:
    """Go to the next place from ``start`` on that looks like a record's beginning, and say which it is."""
    try:
        tape.seek(start)
        at, kept = start, b""
        while block := tape.read(_BLOCK):
            window = kept + block
            if (place := window.find(mark)) >= 0:
                found = at - len(kept) + place + (2 if mark == _PLAIN else 0)
                tape.seek(found)
                return found
            kept, at = window[-len(mark) :], at + len(block)
    except (OSError, ValueError):
        pass
    return None


def _why(error: BaseException) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
