"""NewsML-G2 and NITF -> articles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..errors import BrokenMarkup, InputError
from . import markup
from .article import Article
from .entry import Draft
from .sources import Stream

ROOTS: Final = frozenset({"newsMessage", "newsItem", "packageItem", "nitf"})
WANTED: Final = frozenset({"newsItem", "nitf"})
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def items(found: Iterator[markup.Element], root: markup.Element, stream: Stream) -> Iterator[Draft | InputError]:
    """The news items of a message, or the one item that a file is."""
    number = 0
    for number, element in enumerate(found, start=1):
        yield _draft(element, f"{stream.where}, item {number}", f"{stream.stem}-{number}")
    if number == 0 and markup.local(root) in WANTED:
        yield _draft(root, stream.where, stream.stem)


def _draft(item: markup.Element, where: str, fallback: str) -> Draft | InputError:
    article = _nitf(item) if markup.local(item) == "nitf" else _news_item(item)
    if not article.text:
        return BrokenMarkup(where, "is a news item without a text")
    return Draft(article, markup.written(item), "application/xml", where, fallback)


def _news_item(item: markup.Element) -> Article:
    meta, about = markup.child(item, "itemMeta"), markup.child(item, "contentMeta")
    held = markup.child(item, "contentSet")
    made = _of(meta, "versionCreated") or _of(about, "contentCreated", "contentModified") or _of(meta, "firstCreated")
    provider = _party(meta, "provider") or _party(about, "infoSource") or _party(about, "creator")
    return Article(
        id=item.get("guid", "").strip(),
        text=_body(held) if held is not None else "",
        outlet=provider,
        published=made,
        title=_of(about, "headline") or _of(meta, "title"),
        url=_address(meta),
        byline=_of(about, "by"),
        language=_language(about, item),
    )


def _nitf(item: markup.Element) -> Article:
    issued = next(markup.within(item, "date.issue"), None)
    parts = {name: next(markup.within(item, name), None) for name in ("hl1", "title", "byline", "doc.copyright")}
    holder = parts["doc.copyright"]
    return Article(
        id="",
        text=_body(item),
        outlet=holder.get("holder") if holder is not None else None,
        published=_stamp(issued.get("norm")) if issued is not None else None,
        title=markup.words(parts["hl1"]) or markup.words(parts["title"]),
        byline=markup.words(parts["byline"]),
        language=item.get(_LANGUAGE),
    )


def _body(held: markup.Element) -> str:
    """The longest text: of NITF its body's content, of XHTML its body, of inline data what stands there."""
    inner = list(markup.within(held, "body.content")) or list(markup.within(held, "body"))
    if not inner:
        inner = list(markup.within(held, "inlineXML", "inlineData"))
    return max((markup.content(each) for each in inner), key=len, default="")


def _of(parent: markup.Element | None, *names: str) -> str | None:
    return markup.words(markup.child(parent, *names)) if parent is not None else None


def _party(parent: markup.Element | None, name: str) -> str | None:
    """A party's name; else its literal, or its code without the scheme (``nprov:ACM``)."""
    party = markup.child(parent, name) if parent is not None else None
    if party is None:
        return None
    code = str(party.get("literal") or party.get("qcode") or "").rpartition(":")[2]
    return _of(party, "name", "organisationName") or code.strip() or None


def _address(meta: markup.Element | None) -> str | None:
    for link in markup.children(meta, "link") if meta is not None else ():
        href = str(link.get("href", "")).strip()
        if href.startswith(("http://", "https://")) and "canonical" in str(link.get("rel", "canonical")):
            return href
    return None


def _language(about: markup.Element | None, item: markup.Element) -> str | None:
    stated = markup.child(about, "language") if about is not None else None
    tag: str | None = stated.get("tag") if stated is not None else None
    return tag or item.get(_LANGUAGE) or None


def _stamp(norm: str | None) -> str | None:
    """NITF writes 20250314T182000+0100."""
    return norm.strip() or None if norm else None
