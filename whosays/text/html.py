"""Pages -> articles. The only home of trafilatura."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..errors import CutOffPage, EmptyPage, ListPage, Notice, PaywallStub
from . import markup, metadata, quick
from .article import Article

if TYPE_CHECKING:
    from trafilatura.settings import Document

# They log a line for each odd page, which Python would print; what the user must know is said by our errors.
for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# Whole paragraphs in this many characters make an article; a page with less is a front page, a login or an error.
_SHORTEST: Final = 80
_OPENED: Final = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# The strict reading of a page leaves out more furniture, but now and then half of the article. It counts where it has
# this share of the usual one. On the two sets of benchmarks/extraction.py: F1 .960 and .923 for the usual alone, .964
# and .919 for the strict alone, .967 and .922 for both.
_STRICT_SHARE: Final = 0.6
# Where the strict reading has this share of the characters in all paragraphs of the page, the usual one is not asked:
# of the 181 pages 171 need one reading only, and one of these gets another text than by both.
_PARAGRAPHS_SHARE: Final = 0.5
# Where the page gives machines, or has in its <article>, this many times what was found, that is the article: .970 and
# .922 with it.
_BODY_SHARE: Final = 2.0
_SHORTEST_BODY: Final = 500
# A front page has some fifty headlines, and next to no text that is not one.
_FEWEST_HEADLINES: Final = 10
_HEADLINE_SHARE: Final = 0.5
# Of a page that is not free: fewer words than this, or than this share of those that it says it has, are a stub.
_STUB_WORDS: Final = 200
_STUB_SHARE: Final = 0.6


def is_cut_off(page: str) -> bool:
    """Whether a page that opens its body does not close it: the rest was not saved."""
    return _OPENED.search(page) is not None and _CLOSED.search(page) is None


def read(page: str, where: str, *, line: int | None = None, url: str | None = None) -> Article:
    """The article of a page, a line for each paragraph, with title, date, outlet, author and address where given.

    ``id`` is empty, ``published`` as the page states it; ``url`` is where it was fetched. Raises :class:`EmptyPage`
    where there is no article, and :class:`ListPage` where there are the headlines of many.
    """
    return with_notices(page, where, line=line, url=url)[0]


def with_notices(
    page: str, where: str, *, line: int | None = None, url: str | None = None, fast: bool = False
) -> tuple[Article, tuple[Notice, ...]]:
    """:func:`read`, and what to say about a page that does not hold all of its article.

    ``fast``: with resiliparse in place of trafilatura, ten times as fast, and less exact.
    """
    try:
        tree = markup.page(page) if fast else _tree(page)
        stated = metadata.read(tree, url)
        found = None if fast else _extracted(tree, strict=True)
        strict = ((found and found.text) or "").strip()
        text = _or_body(quick.text(page), stated) if fast else _text(page, strict, stated)
    except Exception as error:  # whatever a hostile page does to the parser, the other articles are still to be read
        raise EmptyPage(where, line=line) from error
    if _is_list(text, stated):
        raise ListPage(where, line=line)
    if len(text) < _SHORTEST or (found is None and not fast):
        raise EmptyPage(where, line=line)
    address = stated.url or (found and found.url) or url
    article = Article(
        id="",
        text=text,
        outlet=stated.outlet or (found and (found.sitename or found.hostname)) or _host(address),
        published=stated.published,
        title=(found and found.title) or stated.title or None,
        url=address,
        byline=(found and found.author) or None,
        language=stated.language or (found and found.language) or None,
    )
    return article, tuple(_notices(page, text, stated, where))


def _tree(page: str) -> markup.Element:
    """The page as trafilatura parses it: once for what it states and for its text."""
    import trafilatura  # a fifth of a second, and most stories have no page among them

    return trafilatura.load_html(page)


def _extracted(tree: markup.Element, *, strict: bool) -> Document | None:
    """What trafilatura finds; the tree is used up by it."""
    import trafilatura

    if tree is None:
        return None
    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_tables=True,
        favor_precision=strict,
        with_metadata=strict,
        date_extraction_params={"extensive_search": False},  # ours is what the page states: see metadata.py
    )
    return None if found is None or isinstance(found, dict) else found


def _text(page: str, strict: str, stated: metadata.Metadata) -> str:
    """The text of the article, by the strict reading where that has enough of it."""
    text = strict
    if not strict or len(strict) < _PARAGRAPHS_SHARE * stated.characters:
        found = _extracted(_tree(page), strict=False)
        usual = ((found and found.text) or "").strip()
        if not usual:
            return stated.body if len(stated.body) >= _SHORTEST_BODY else ""
        if len(strict) < _STRICT_SHARE * len(usual):
            text = usual
    return _or_body(text, stated)


def _or_body(text: str, stated: metadata.Metadata) -> str:
    return stated.body if len(stated.body) >= max(_SHORTEST_BODY, _BODY_SHARE * len(text)) else text


def _host(address: str | None) -> str | None:
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _is_list(text: str, stated: metadata.Metadata) -> bool:
    if stated.is_article or len(stated.headlines) < _FEWEST_HEADLINES:
        return False
    linked = sum(len(headline) for headline in stated.headlines if headline in text)
    return len(text) < _SHORTEST or linked >= _HEADLINE_SHARE * len(text)


def _notices(page: str, text: str, stated: metadata.Metadata, where: str) -> Iterator[Notice]:
    if is_cut_off(page):
        yield CutOffPage(where)
    if stated.free is False:
        words = len(text.split())
        if words < (_STUB_SHARE * stated.words if stated.words else _STUB_WORDS):
            yield PaywallStub(where)
