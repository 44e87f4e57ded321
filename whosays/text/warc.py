"""Web archives -> the pages in them, one at a time. The only home of fastwarc."""

from __future__ import annotations

import io
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
    start, number, broken = 0, 0, 0
    while True:
        last = -1
        try:
            for record in _records(tape):
                last = start + record.stream_pos
                number += 1
                if (page := _page(record, number, where, most, longest)) is not None:
                    yield page
            return
        except (OSError, ValueError, EOFError, OverflowError) as error:
            number, broken = number + 1, broken + 1
            resumed = _next(tape, max(start, last) + 1) if broken < _MOST_BROKEN else None
            yield DamagedArchive(f"{where}, record {number}", _why(error), read_on=resumed is not None)
            if resumed is None:
                return
            start = resumed


def _records(tape: BinaryIO) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    yield from ArchiveIterator(tape, record_types=kinds, parse_http=False)


def _page(record: Any, number: int, where: str, most: int, longest: int) -> Page | InputError | None:
    named = f"{where}, record {number}"
    try:
        charset = None
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
        return DamagedArchive(named, _why(error), read_on=True)
    if len(body) > most:
        return TooLarge(named, longest)
    return Page(number, record.headers.get("WARC-Target-URI"), media_type.lower(), charset, body)


def _next(tape: BinaryIO, start: int) -> int | None:
    """Go to the next place from ``start`` on that looks like a record's beginning, and say which it is."""
    try:
        if not tape.seekable():
            return None
        tape.seek(start)
        at, kept = start, b""
        while block := tape.read(_BLOCK):
            window = kept + block
            places = [place for place in (window.find(_GZIP), _after(window)) if place >= 0]
            if places:
                found = at - len(kept) + min(places)
                tape.seek(found)
                return found
            kept, at = window[-len(_PLAIN) :], at + len(block)
    except (OSError, ValueError, io.UnsupportedOperation):
        pass
    return None


def _after(window: bytes) -> int:
    place = window.find(_PLAIN)
    return place + 2 if place >= 0 else -1


def _why(error: Exception) -> str:
    return str(error).strip().rstrip(".") or type(error).__name__
