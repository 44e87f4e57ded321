"""The report on one story: the document that every format is made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from whosays.claims.claim import Comparison
from whosays.language.places import Place
from whosays.language.times import Time
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

FORMAT = "whosays.report/1"


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article, the parts of it that were not read as prose, and the agencies whose dateline or byline it bears.

    ``times`` and ``places`` are those that it names.
    """

    article: Article
    unread: tuple[Span, ...] = ()
    relays: tuple[str, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in the articles on one story. ``comparison`` is None where only statements were asked for.

    ``version`` and ``model`` say what made it.
    """

    articles: tuple[ReadArticle, ...]
    statements: tuple[Statement, ...]
    speakers: tuple[Speaker, ...]
    comparison: Comparison | None
    version: str
    model: str
    notes: tuple[str, ...] = field(default=())
