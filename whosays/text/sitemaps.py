"""Sitemaps -> links. A news sitemap says of each article its title, its outlet and when it was published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..errors import SitemapIndex, WhosaysError
from . import dates, markup
from .entry import Link
from .sources import Stream

ROOTS: Final = frozenset({"urlset", "sitemapindex"})
WANTED: Final = frozenset({"url", "sitemap"})


def links(found: Iterator[markup.Element], root: markup.Element, stream: Stream) -> Iterator[Link | WhosaysError]:
    """The articles that a sitemap lists; an index of sitemaps lists none, and says so with their addresses.

    ``published`` is only what a news sitemap calls the publication date: ``lastmod`` is when the page was changed.
    """
    if markup.local(root) == "sitemapindex":
        changed = {address: _changed(each) for each in found if (address := _address(each))}
        latest_first = sorted(changed, key=lambda address: changed[address], reverse=True)
        yield SitemapIndex(stream.where, tuple(latest_first))
        return
    for element in found:
        if (address := _address(element)) is None:
            continue
        news = markup.child(element, "news")
        if news is None:
            yield Link(address, None, None, None, stream.where)
            continue
        publication = markup.child(news, "publication")
        outlet = markup.words(markup.child(publication, "name")) if publication is not None else None
        published = _iso(markup.words(markup.child(news, "publication_date")))
        yield Link(address, markup.words(markup.child(news, "title")), published, outlet, stream.where)


def _changed(element: markup.Element) -> str:
    """When a sitemap of an index was changed last, as written: a year first, so that the latest sorts last."""
    return markup.words(markup.child(element, "lastmod")) or ""


def _address(element: markup.Element) -> str | None:
    address = markup.words(markup.child(element, "loc"))
    return address if address and address.startswith(("http://", "https://")) else None


def _iso(written: str | None) -> str | None:
    try:
        return dates.iso(written) if written else None
    except ValueError:
        return None
