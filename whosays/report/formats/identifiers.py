"""Names for what a report holds, under which other programs can keep it: the same in every format and every run."""

from __future__ import annotations

import base64
import json
import re
from typing import Final
from uuid import UUID, uuid5

from whosays.report.report import FORMAT, Report
from whosays.report.view import story
from whosays.text.article import Article

# RFC 9562 wants a namespace of one's own for names of one's own; this one was drawn once and stays.
SPACE: Final = UUID("3a6337b7-abb1-5a09-9faf-a154da0f5582")
_ADDRESS: Final = re.compile(r"""https?://[^\s<>"{}|\\^`]+""", re.I)


def everywhere(kind: str, *names: str | int | float | None) -> UUID:
    """For what is the same in every report: an outlet, a place, an article."""
    return _uuid(SPACE, kind, *names)


def address(url: str | None) -> str:
    """An article's address where it is one that other programs take for one; "" otherwise."""
    found = story.address(url)
    return found if _ADDRESS.fullmatch(found) else ""


def text(article: Article) -> str:
    """The text as it was read, named by its digest (RFC 6920): offsets hold for this text and for no other."""
    digest = base64.urlsafe_b64encode(bytes.fromhex(article.text_sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}?ct=text/plain"


class Identifiers:
    """Names for what holds within one report only, such as its claims: they change when its articles or maker do."""

    def __init__(self, report: Report) -> None:
        compared = "compared" if report.comparison else "apart"
        articles = (part for read in report.articles for part in (read.article.id, str(article(read.article))))
        self.report = _uuid(SPACE, FORMAT, report.version, report.model, compared, *articles)
        addresses = [address(read.article.url) for read in report.articles]
        self._articles = {
            read.article.id: here if here and addresses.count(here) == 1 else f"urn:uuid:{article(read.article)}"
            for read, here in zip(report.articles, addresses, strict=True)
        }

    def article(self, id_: str) -> str:
        """Its address where it has one of its own, else a name made of what it says."""
        return self._articles[id_]

    def within(self, kind: str, *names: str | int) -> UUID:
        return _uuid(self.report, kind, *names)

    def urn(self, kind: str, *names: str | int) -> str:
        return f"urn:uuid:{self.within(kind, *names)}"


def article(read: Article) -> UUID:
    return everywhere("article", read.outlet, read.url, read.title, read.published, read.text_sha256)


def _uuid(space: UUID, *names: str | int | float | None) -> UUID:
    return uuid5(space, json.dumps(names))  # no two lists of names read alike, and half a letter is spelt out
