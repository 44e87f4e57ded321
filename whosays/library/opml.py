"""Lists of feeds, as feed readers write them (OPML) or one address a line."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from ..errors import BadAddress, InputError, NoFeeds, UnreadableFile, WhosaysError
from ..text import decoding
from . import addresses

_LARGEST: Final = 10_000_000  # bytes; the longest list seen has some 50,000 feeds in half of that


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or sitemap to watch. ``url`` is in the form in which it is asked for."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds of a list, each once, in its order, and what to say about lines that name none."""

    feeds: tuple[Feed, ...]
    problems: tuple[WhosaysError, ...] = ()


def read(source: str | Path) -> Feeds:
    """The feeds in a file of OPML or of one address a line; ``-`` is standard input, an address is itself a feed.

    In OPML every ``outline`` with an ``xmlUrl`` counts, however deep it is nested; other outlines are groups. In a
    list of lines, ``#`` begins a comment, and words after an address are its title. Raises
    :class:`~whosays.errors.UnreadableFile`, and :class:`~whosays.errors.NoFeeds` where there are none.
    """
    where = str(source)
    if re.match(r"https?://", where, re.IGNORECASE):
        return Feeds((Feed(addresses.parse(where).url),))
    text = decoding.decode(_content(where))
    if re.match(r"\s*(?:<\?xml|<!--|<opml)", text, re.IGNORECASE):
        return _checked(_outlines(text), where)
    return _checked(_lines(text), where)


def _content(where: str) -> bytes:
    try:
        if where == "-":
            content = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(where).open("rb") as file:
                content = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not one of a file"
        raise UnreadableFile(where, why.lower()) from None
    if len(content) > _LARGEST:
        raise UnreadableFile(where, f"a list of feeds has no more than {_LARGEST:,} bytes")
    return content


class _Outlines(HTMLParser):
    """A lenient reader on purpose: many programs write OPML with bare ampersands, which XML forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        url = named.get("xmlurl")
        if tag == "outline" and url and url.strip():
            self.found.append((self.getpos()[0], url, named.get("title") or named.get("text")))


def _outlines(text: str) -> list[tuple[int, str, str | None]]:
    parser = _Outlines()
    parser.feed(text)
    parser.close()
    return parser.found


def _lines(text: str) -> list[tuple[int, str, str | None]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        url, _, title = line.strip().partition(" ")
        if url and not url.startswith("#"):
            found.append((number, url, title.strip() or None))
    return found


def _checked(found: list[tuple[int, str, str | None]], where: str) -> Feeds:
    feeds: dict[str, Feed] = {}
    problems: list[InputError] = []
    for line, url, title in found:
        try:
            address = addresses.parse(url).url
        except BadAddress as problem:
            problems.append(BadAddress(where, f'"{url[:200]}" {problem.wrong}', line=line))
            continue
        feeds.setdefault(address, Feed(address, " ".join(title.split()) if title else None))
    if not feeds:
        raise problems[0] if problems else NoFeeds(where)
    return Feeds(tuple(feeds.values()), tuple(problems))
