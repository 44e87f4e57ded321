"""A stream of bytes in any form that is read -> articles as their source has them, one after the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ..errors import (
    BinaryFile,
    BrokenMarkup,
    DamagedArchive,
    EmptyArticle,
    InputError,
    NoArticles,
    TooLarge,
    WhosaysError,
)
from ..settings import Settings
from . import decoding, feeds, html, markup, newsml, plain, records, sitemaps, sources, warc
from .article import Article
from .entry import Draft, Link

# Bytes for each character that an article may have, before its characters are counted: four in UTF-8, six as
# JSON's "\u20ac" beside whatever other fields a line has, a page's markup, which may be ten times its text, and in one
# JSON file many articles.
_BYTES_PER_CHARACTER: Final = {"plain": 4, "html": 40, "jsonl": 40, "json": 320, "xml": 40, "warc": 40}
_HEADER_BYTES: Final = 4096
_WANTED: Final = {root: of.WANTED for of in (feeds, sitemaps, newsml) for root in of.ROOTS}


def drafts(stream: sources.Stream, settings: Settings) -> Iterator[Draft | Link | WhosaysError]:
    """Everything in a stream; raises an :class:`InputError` for what ends the stream, yields those of single articles.

    Texts longer than an article may be are refused, not cut: a report on half a text would say that the other half is
    silent. Nothing is read further than that bound, so a wrong file of any size costs neither time nor memory.
    """
    most = _BYTES_PER_CHARACTER[stream.kind] * settings.longest_text + _HEADER_BYTES
    if stream.kind == "warc":
        yield from _from_archive(stream, most, settings)
        return
    if stream.damage and (not stream.head or stream.kind not in ("jsonl", "xml")):
        raise DamagedArchive(stream.where, stream.damage)
    if (what := decoding.binary_kind(stream.head)) is not None:
        raise BinaryFile(stream.where, what=what)
    if decoding.is_noise(decoding.decode(stream.head, stream.charset)):
        raise BinaryFile(stream.where)
    # A Windows program may have written it as UTF-16, whose lines are not lines of bytes.
    if stream.kind == "jsonl" and not stream.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _from_lines(stream, most, settings)
        return
    if stream.kind == "xml":
        yield from _from_xml(stream)
        return
    content = stream.read(most)
    if len(content) > most:
        raise TooLarge(stream.where, settings.longest_text)
    if stream.damage:
        raise DamagedArchive(stream.where, stream.damage)
    if (what := decoding.binary_kind(content)) is not None:
        raise BinaryFile(stream.where, what=what)
    text = decoding.decode(content, stream.charset)
    if not text.strip():
        raise EmptyArticle(stream.where)
    if stream.kind == "plain":
        yield _from_plain(text, content, stream)
    elif stream.kind == "html":
        yield _from_page(text, content, stream, settings)
    elif stream.kind == "json":
        yield from _from_json(text, content, stream)
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            yield from _from_line(line, number, stream)


def _from_plain(text: str, content: bytes, stream: sources.Stream) -> Draft:
    page = plain.parse(text)
    article = Article(id="", text=page.text, **page.fields)
    line = page.lines.get("published")
    return Draft(article, content, "text/plain", stream.where, stream.stem, date_line=line)


def _from_page(text: str, content: bytes, stream: sources.Stream, settings: Settings) -> Draft:
    article, notices = html.with_notices(text, stream.where, url=stream.url, fast=settings.fast_pages)
    return Draft(article, content, "text/html", stream.where, stream.stem, notices=notices)


def _from_archive(stream: sources.Stream, most: int, settings: Settings) -> Iterator[Draft | WhosaysError]:
    empty = True
    for page in warc.pages(stream.tape(), stream.where, most, settings.longest_text):
        empty = False
        if isinstance(page, WhosaysError):
            yield page
            continue
        where, fallback = f"{stream.where}, record {page.number}", f"{stream.stem}-{page.number}"
        text = decoding.decode(page.body, page.charset)
        try:
            if page.media_type == "text/plain":
                yield Draft(Article("", text, url=page.url), page.body, page.media_type, where, fallback)
                continue
            article, notices = html.with_notices(text, where, url=page.url, fast=settings.fast_pages)
        except InputError as problem:
            yield problem
            continue
        yield Draft(article, page.body, "text/html", where, fallback, notices=notices)
    if empty:
        raise NoArticles(stream.where, "the archive holds no pages")


def _from_xml(stream: sources.Stream) -> Iterator[Draft | Link | WhosaysError]:
    found = markup.elements(stream.chunks(), _WANTED, stream.where, stream.charset)
    root = next(found)
    name, empty = markup.local(root), True
    if name in newsml.ROOTS:
        read: Iterator[Draft | Link | WhosaysError] = newsml.items(found, root, stream)
    elif name in sitemaps.ROOTS:
        read = sitemaps.links(found, root, stream)
    elif name in feeds.ROOTS:
        read = feeds.entries(found, root, stream)
    else:
        raise BrokenMarkup(stream.where, f"is XML of a kind that is not read (<{name}>)")
    for each in read:
        empty = False
        yield each
    if stream.damage:
        yield DamagedArchive(stream.where, stream.damage, kept="before")
    elif empty:
        raise NoArticles(stream.where, "has no entries")


def _from_json(text: str, content: bytes, stream: sources.Stream) -> Iterator[Draft | Link | WhosaysError]:
    loaded = records.load(text, stream.where)
    if feeds.is_json_feed(loaded):
        yield from feeds.json_entries(loaded, stream)
        return
    found = records.listed(loaded, stream.where)
    if not found:
        raise NoArticles(stream.where)
    many = len(found) > 1
    for number, record in enumerate(found, start=1):
        where = f"{stream.where}, article {number}" if many else stream.where
        try:
            article = records.parse(record, where)
        except InputError as problem:
            yield problem
            continue
        raw = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") if many else content
        yield Draft(article, raw, "application/json", where, f"{stream.stem}-{number}" if many else stream.stem)


def _from_lines(stream: sources.Stream, most: int, settings: Settings) -> Iterator[Draft | WhosaysError]:
    empty = True
    for number, line in enumerate(stream.lines(most), start=1):
        if line is None:
            empty = False
            yield TooLarge(stream.where, settings.longest_text, line=number)
        elif (record := decoding.decode(line, stream.charset)).strip():
            empty = False
            yield from _from_line(record, number, stream)
    if stream.damage:
        raise DamagedArchive(stream.where, stream.damage, kept="before")
    if empty:
        raise EmptyArticle(stream.where)


def _from_line(line: str, number: int, stream: sources.Stream) -> Iterator[Draft | WhosaysError]:
    try:
        article = records.parse(records.load(line, stream.where, line=number), stream.where, line=number)
    except InputError as problem:
        yield problem
        return
    raw = line.strip().encode("utf-8", "replace")
    yield Draft(article, raw, "application/json", stream.where, f"{stream.stem}-{number}", line=number)
