"""What reading gives: articles as they were read, and links to articles that are yet to be fetched."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import Notice
from .article import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it was read.

    ``raw`` is what it was read from: the page, the JSON line, the body of the WARC record, the entry of the feed; a
    record out of a list in one JSON file is written anew. ``where`` is the file, with the record where it holds
    several; ``line`` counts from 1 in files of lines.
    """

    article: Article
    raw: bytes
    media_type: str
    where: str
    line: int | None = None
    has_own_id: bool = False  # the source gave the article's id, so that it was not made of the file's name


@dataclass(frozen=True, slots=True)
class Link:
    """An article that a feed, a sitemap or a list of articles only points to.

    ``published`` is ISO 8601 where the list gives it in a form that can be read, ``outlet`` who publishes it as the
    list says.
    """

    url: str
    title: str | None
    published: str | None
    outlet: str | None
    where: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article whose id, date and language are still as its source has them.

    ``fallback`` is the id, where the source gives none; ``date_line`` the line of the date,
    where it has one of its own.
    """

    article: Article
    raw: bytes
    media_type: str
    where: str
    fallback: str
    line: int | None = None
    date_line: int | None = None
    notices: tuple[Notice, ...] = ()
