"""Bytes -> characters, and what is not text at all."""

from __future__ import annotations

import codecs
import re
from typing import Final

_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MARKS: Final = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
_NAME_BY_MARK: Final = dict(
    zip(
        _MARKS,
        ("a PDF", "a ZIP or Office file", *["an image"] * 3, "a compressed file", "an Office file", "RTF"),
        strict=True,
    )
)
# Characters below the space that no text file has a use for; tabs, line ends and form feeds it has.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Old text files carry a stray control character here and there; random bytes have one in nine.
_MOST_CONTROL_SHARE: Final = 0.01
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)


def binary_kind(content: bytes) -> str | None:
    """What a file is that is not text ("a PDF", "a binary file"), from its first bytes; ``None`` for text."""
    for mark, name in _NAME_BY_MARK.items():
        if content.startswith(mark):
            return name
    if not content.startswith(_UTF16) and b"\x00" in content:
        return "a binary file"
    return None


def is_noise(text: str) -> bool:
    """Whether control characters have a share in ``text`` that no written text has."""
    head = text[:100_000]
    return len(_CONTROL.findall(head)) > _MOST_CONTROL_SHARE * len(head)


def decode(content: bytes, charset: str | None = None) -> str:
    """The characters, without a byte order mark: UTF-8, UTF-16 where its mark says so, else Windows-1252.

    Where it is not UTF-8, ``charset`` (what its server said) is believed, then a page's own ``<meta charset>``. Never
    fails: what even Windows-1252 lacks is read as Latin-1. Line ends stay as they are.
    """
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sound = content[: error.start]
        # UTF-8 that was cut off within a letter, as a file's first bytes are, is still UTF-8
        if error.reason == "unexpected end of data" and error.end == len(content) and not sound.isascii():
            return sound.decode("utf-8-sig") + "\ufffd"
    declared = _CHARSET.search(content[:4096])
    for encoding in (charset, declared and declared[1].decode("ascii"), "cp1252"):
        try:
            if encoding:
                return content.decode(encoding)
        except (ValueError, LookupError):
            continue
    return content.decode("latin-1")
