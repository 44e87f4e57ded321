"""What a page says of itself: outlet, time, byline, address, language, and whether all of it is free to read.

Only what is stated counts. A date that could merely be guessed, from the address or from any date on the page, is left
out, since every "on Friday" of the article would be counted from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from . import dates, markup

_ARTICLE_TYPES: Final = re.compile(r"(?:\w*Article|\w*Posting|Report|LiveBlog\w*|Article|ReportageNewsArticle)$")
_TIME_NAMES: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "pubdate",
    "publishdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_PUBLISHED_MARK: Final = re.compile(r"publi|posted|entry-date|pubdate|dt-published", re.IGNORECASE)
_OTHER_BOXES: Final = frozenset("aside footer nav form figcaption figure article".split())
_OTHER: Final = re.compile(r"comment|related|promo|newsletter|sidebar|recirc|teaser|share|footer|widget", re.IGNORECASE)
_MOST_ARTICLES: Final = 20  # a front page has one for each teaser
_LINK_WORDS: Final = 4  # a headline has at least so many; a menu's entries have fewer


@dataclass(frozen=True, slots=True)
class Metadata:
    """``headlines`` are the links as long as a headline, on a page that does not call itself an article. ``body`` is
    the article's text as machines are given it, else all paragraphs of the page's ``<article>``, which may lie in
    several boxes with advertisements between them.

    ``characters`` are those in all paragraphs of the page. ``is_article`` says that the page calls itself one, ``free``
    is ``None`` where it does not say.
    """

    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    body: str = ""
    words: int | None = None
    free: bool | None = None
    is_article: bool = False
    headlines: tuple[str, ...] = ()
    characters: int = 0


def read(tree: markup.Element | None, url: str | None = None) -> Metadata:
    """The metadata of an HTML page, parsed; empty where there is none. Times are as written."""
    if tree is None:
        return Metadata()
    metas = _metas(tree)
    nodes = [node for node in _nodes(tree) if any(map(_ARTICLE_TYPES.match, _types(node)))]
    node = max(nodes, key=lambda each: len(each), default={})
    body = node.get("articleBody")
    links = (each for each in markup.named(tree, "link") if each.get("rel", "").lower() == "canonical")
    address = next((each.get("href") for each in links if each.get("href")), None) or metas.get("og:url")
    is_article = bool(nodes) or metas.get("og:type", "").lower() == "article"
    return Metadata(
        outlet=_name(node.get("publisher")) or metas.get("og:site_name"),
        published=_first_date([_string(each.get("datePublished")) for each in nodes], metas, tree),
        title=metas.get("og:title") or _string(node.get("headline")),
        url=absolute(address or url, url),
        language=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        body=(markup.paragraphs(body) if isinstance(body, str) else "") or _prose(tree),
        words=_count(node.get("wordCount")),
        free=_free(node, metas),
        is_article=is_article,
        headlines=() if is_article else _headlines(tree),
        characters=sum(len(markup.words(paragraph) or "") for paragraph in markup.named(tree, "p")),
    )


def _metas(tree: markup.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in markup.named(tree, "meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _nodes(tree: markup.Element) -> Iterator[dict[str, Any]]:
    """The objects in a page's JSON-LD, those in its lists and graphs too."""
    for script in markup.named(tree, "script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            waiting = [json.loads((script.text or "").strip().rstrip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        for _ in range(1000):
            if not waiting:
                break
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                yield node
                waiting.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _types(node: dict[str, Any]) -> list[str]:
    types = node.get("@type")
    return [
        each.rpartition("/")[2] for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)
    ]


def _string(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return (
            next(filter(None, map(_name, value[:10])), None) if all(isinstance(v, dict | str) for v in value) else None
        )
    name = _string(value.get("name")) if isinstance(value, dict) else _string(value)
    if name is None or name.startswith(("http://", "https://")):
        return None
    return " ".join(markup.paragraphs(name).split()) or None


def _first_date(stated: list[str | None], metas: dict[str, str], tree: markup.Element) -> str | None:
    """The first that can be read of what the page states; else the first that it states, for the user to mend."""
    given = [each for each in (*stated, *(metas.get(name) for name in _TIME_NAMES), *_times(tree)) if each]
    for each in given:
        try:
            dates.iso(each)
        except ValueError:
            continue
        return each
    return given[0] if given else None


def _times(tree: markup.Element) -> Iterator[str]:
    """``<time datetime>`` that is marked as the publication's, else the only one on the page."""
    times = [each for each in markup.named(tree, "time") if each.get("datetime")]
    marked = [t for t in times if t.get("pubdate") is not None or _PUBLISHED_MARK.search(_marks(t))]
    yield from (t.get("datetime") for t in marked[:1])
    if len({t.get("datetime") for t in times}) == 1:
        yield times[0].get("datetime")


def _marks(time: markup.Element) -> str:
    return " ".join(time.get(name) or "" for name in ("itemprop", "class", "data-testid"))


def absolute(address: str | None, base: str | None) -> str | None:
    """An address of the web in full, where it starts from ``base``; ``None`` for any other and for one that is none."""
    if not (address or "").strip():
        return None
    try:
        whole = urljoin(base or "", (address or "").strip())
    except ValueError:
        return None
    return whole if whole.startswith(("http://", "https://")) else None


def _count(value: object) -> int | None:
    try:
        return int(str(value)[:9]) or None
    except ValueError:
        return None


def _free(node: dict[str, Any], metas: dict[str, str]) -> bool | None:
    stated = node.get("isAccessibleForFree")
    if stated is not None:
        return str(stated).lower() not in ("false", "no")
    tier = metas.get("article:content_tier", "").lower()
    return None if not tier else tier == "free"


def _prose(tree: markup.Element) -> str:
    """The paragraphs of the ``<article>`` that has most of them, without those in boxes of another kind."""
    articles = list(markup.named(tree, "article"))[:_MOST_ARTICLES]
    return max(("\n".join(_paragraphs(article)) for article in articles), key=len, default="")


def _paragraphs(article: markup.Element) -> Iterator[str]:
    for paragraph in markup.named(article, "p"):
        around = list(paragraph.iterancestors())
        boxes = around[: around.index(article)]
        if any(markup.local(box) in _OTHER_BOXES or _OTHER.search(_named(box)) for box in boxes):
            continue
        words = markup.words(paragraph) or ""
        linked = sum(len(markup.words(link) or "") for link in markup.named(paragraph, "a"))
        if words and linked <= len(words) / 2:
            yield words


def _named(box: markup.Element) -> str:
    return f"{box.get('class', '')} {box.get('id', '')}"


def _headlines(tree: markup.Element) -> tuple[str, ...]:
    texts = (markup.words(link) or "" for link in markup.named(tree, "a"))
    return tuple(dict.fromkeys(text for text in texts if text.count(" ") + 1 >= _LINK_WORDS))
