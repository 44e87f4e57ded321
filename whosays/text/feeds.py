"""RSS, Atom and JSON Feed -> articles, where an entry holds the whole text, else links to them.

fastfeedparser was tried first: it drops an entry's ``<source>``, gives every time in UTC without the outlet's own zone,
and keeps the whole feed in memory. An aggregator's entry belongs to the outlet in its ``<source>``, not to the feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeGuard

from . import dates, markup, metadata
from .article import Article
from .entry import Draft, Link
from .sources import Stream

ROOTS: Final = frozenset({"rss", "feed", "RDF", "channel"})
WANTED: Final = frozenset({"item", "entry"})

_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Summaries have one paragraph of some 300 characters; a text that is shorter than this is only announced by its feed.
_SHORTEST: Final = 600
_GOES_ON: Final = re.compile(r"(?:…|\[\.\.\.\]|\.\.\.|\[&#8230;\]|(?i:read more|continue reading)[^\n]{0,80})\s*$")
_POSTED: Final = re.compile(r"\n?The post .{3,300} (?:first )?appeared first on .{2,100}\.?\s*$")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T\s].*)?", re.DOTALL)


def entries(found: Iterator[markup.Element], root: markup.Element, stream: Stream) -> Iterator[Draft | Link]:
    """The entries of a feed, in its order."""
    for number, element in enumerate(found, start=1):
        above = element.getparent()
        feed = above if markup.child(above, "title") is not None else markup.child(root, "channel")
        outlet = markup.words(markup.child(feed, "title")) if feed is not None else None
        language = markup.words(markup.child(feed, "language")) if feed is not None else None
        yield from _entry(element, number, stream, (outlet, language or root.get(_LANGUAGE)))


def _entry(
    element: markup.Element, number: int, stream: Stream, of_feed: tuple[str | None, str | None]
) -> Iterator[Draft | Link]:
    where = f"{stream.where}, entry {number}"
    published = _published(element)
    url = metadata.absolute(_link(element), stream.url)
    outlet = _source(element) or of_feed[0]
    title = _plain(element, "title")
    text = _text(element)
    if text is not None:
        article = Article("", text, outlet, published, title, url, _author(element), of_feed[1])
        yield Draft(article, markup.written(element), "application/xml", where, f"{stream.stem}-{number}")
    elif url is not None:
        yield Link(url, title, _iso(published), outlet, stream.where)


def json_entries(feed: Mapping[str, object], stream: Stream) -> Iterator[Draft | Link]:
    """The items of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    items = feed.get("items")
    for number, item in enumerate(items if isinstance(items, list) else [], start=1):
        if not isinstance(item, dict):
            continue
        given = {name: value.strip() for name, value in item.items() if isinstance(value, str) and value.strip()}
        text = markup.paragraphs(given["content_html"]) if "content_html" in given else given.get("content_text", "")
        title, published = given.get("title"), given.get("date_published")
        outlet = str(feed["title"]).strip() if isinstance(feed.get("title"), str) else None
        url = metadata.absolute(given.get("url") or given.get("external_url"), stream.url)
        if _is_whole(text):
            article = Article("", text, outlet, published, title, url, _first_name(item), given.get("language"))
            raw = json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")
            where = f"{stream.where}, entry {number}"
            yield Draft(article, raw, "application/json", where, f"{stream.stem}-{number}")
        elif url is not None and url.startswith(("http://", "https://")):
            yield Link(url, title, _iso(published), outlet, stream.where)


def is_json_feed(parsed: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(parsed, dict) and str(parsed.get("version", "")).startswith("https://jsonfeed.org/version/")


def _text(element: markup.Element) -> str | None:
    """The longest text that the entry holds, where it is a whole one."""
    held = markup.children(element, "encoded", "content", "description", "summary")
    texts = [markup.content(each) for each in held if not each.get("url")]  # media:content has an address, no text
    text = _POSTED.sub("", max(texts, key=len, default=""))
    return text if _is_whole(text) else None


def _is_whole(text: str) -> bool:
    return len(text) >= _SHORTEST and not _GOES_ON.search(text)


def _published(element: markup.Element) -> str | None:
    found = markup.child(element, "pubDate", "published", "issued", "date", "created", "updated", "modified")
    return markup.words(found)


def _iso(published: str | None) -> str | None:
    try:
        return dates.iso(published) if published else None
    except ValueError:
        return None


def _link(element: markup.Element) -> str | None:
    """The address of the article itself; a link inside a feed may also lead to comments or to a picture."""
    for link in markup.children(element, "link"):
        if link.get("rel", "alternate") == "alternate" and (href := link.get("href") or markup.words(link)):
            return str(href).strip()
    guid = markup.child(element, "guid", "id")
    if guid is not None and guid.get("isPermaLink") != "false":
        named = markup.words(guid)
        return named if named and named.startswith(("http://", "https://")) else None
    return None


def _source(element: markup.Element) -> str | None:
    """Who published the entry, where the feed has it from somebody else."""
    source = markup.child(element, "source", "publisher")
    if source is None:
        return None
    return markup.words(markup.child(source, "title")) if len(source) else markup.words(source)


def _author(element: markup.Element) -> str | None:
    names = (
        markup.words(markup.child(author, "name") if len(author) else author)
        for author in markup.children(element, "creator", "author")
    )
    return ", ".join(name for name in names if name and "@" not in name) or None


def _plain(element: markup.Element, name: str) -> str | None:
    """A title, which may be written as HTML in text."""
    held = markup.child(element, name)
    text = markup.words(held)
    return " ".join(markup.paragraphs(text).split()) or None if text and ("&" in text or "<" in text) else text


def _first_name(item: dict[str, object]) -> str | None:
    authors = item.get("authors") or [item.get("author")]
    named = (
        [a["name"] for a in authors if isinstance(a, dict) and isinstance(a.get("name"), str)]
        if isinstance(authors, list)
        else []
    )
    return ", ".join(named) or None
