"""Articles through the language model in one stream, which an article that breaks it does not end."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from whosays.errors import InternalError, WhosaysError
from whosays.language import model
from whosays.library import analyses, failures, indexes
from whosays.library.analyses import Made, Rows
from whosays.library.errors import TooManyStatements
from whosays.library.store import Library
from whosays.statements import analyse
from whosays.statements.analysis import Analysis
from whosays.text.article import Article

Given = TypeVar("Given")
Found = TypeVar("Found")
_BATCH = 32  # analyses in one change to the library
_AT_ONCE = 8  # whose headlines the model reads together


def stream(
    given: Iterable[Given], article_of: Callable[[Given], Article]
) -> Iterator[tuple[Given, Rows | WhosaysError]]:
    """:func:`each`, with the rows that the library keeps, or why it cannot keep them."""
    return each(given, article_of, _kept)


def _kept(found: Sequence[Analysis]) -> Iterator[Rows | WhosaysError]:
    for analysis, rows in zip(found, analyses.rows(found), strict=True):
        many = len(rows.statements)
        yield rows if many <= indexes.MOST_STATEMENTS else TooManyStatements(analysis.article.id, many)


def each(
    given: Iterable[Given],
    article_of: Callable[[Given], Article],
    rows: Callable[[Sequence[Analysis]], Iterable[Found]],
) -> Iterator[tuple[Given, Found | WhosaysError]]:
    """Each of ``given`` with what was found in its article, or the fault of ours that kept it from being found.

    In order; the next ones are read while the model is at work on one. After a fault the articles in hand are taken
    one by one, so that only the one at fault is lost. Raises what ``given`` raises, once all before it is through.
    """
    waiting: deque[Given] = deque()
    source = iter(given)
    broken: list[Exception] = []

    def articles() -> Iterator[Article]:
        try:
            for one in source:
                waiting.append(one)
                yield article_of(one)
        except Exception as error:
            broken.append(error)

    while True:
        try:
            analysed = analyse.each(articles())
            while batch := list(islice(analysed, _AT_ONCE)):
                for found in rows(batch):
                    yield waiting.popleft(), found
            break
        except Exception:
            in_hand = list(waiting)
            waiting.clear()
            for one in in_hand:
                yield one, _alone(article_of(one), rows)
    if broken:
        raise broken[0]


def _alone(article: Article, rows: Callable[[Sequence[Analysis]], Iterable[Found]]) -> Found | WhosaysError:
    try:
        [found] = rows(list(analyse.each([article])))
        return found
    except Exception as fault:
        return InternalError(article.id, f"could not be analysed ({type(fault).__name__}: {fault})")


def made_by(program: str) -> Made:
    """What analyses are made by now."""
    return Made(model.load().name, program)


def outstanding(library: Library, made: Made, *, everything: bool = False) -> list[int]:
    """The versions of articles that have no analysis by this model and program, or all of them."""
    found = library.rows(
        "SELECT v.id FROM versions v LEFT JOIN analyses n ON n.version = v.id "
        "WHERE ? OR n.version IS NULL OR n.model <> ? OR n.program <> ? ORDER BY v.id",
        (everything, made.model, made.program),
    )
    return [version for (version,) in found]


def versions_of(library: Library, articles: Iterable[int]) -> list[int]:
    """The versions of articles as they stand."""
    rows = [library.one("SELECT version FROM articles WHERE id = ?", (article,)) for article in articles]
    return [row[0] for row in rows if row is not None]


def again(
    library: Library, versions: Iterable[int], made: Made, tell: Callable[[str, WhosaysError | None], None]
) -> None:
    """Analyse versions that the library holds once more, from the texts that it keeps.

    ``tell`` is called with the key of each article, once its analysis is safe, and what went wrong, if it did.
    """
    batch: list[tuple[int, str, Rows | WhosaysError]] = []
    for (version, article), found in stream(_read(library, versions), lambda one: one[1]):
        batch.append((version, article.id, found))
        if len(batch) >= _BATCH:
            _write(library, batch, made, tell)
            batch.clear()
    _write(library, batch, made, tell)


def _read(library: Library, versions: Iterable[int]) -> Iterator[tuple[int, Article]]:
    for version in versions:
        row = library.one(
            "SELECT a.key, t.text, a.outlet, v.published, v.title, a.url, v.byline, a.language "
            "FROM versions v JOIN articles a ON a.id = v.article JOIN texts t ON t.id = v.text WHERE v.id = ?",
            (version,),
        )
        if row is not None:
            yield version, Article(*row)


def _write(
    library: Library,
    batch: list[tuple[int, str, Rows | WhosaysError]],
    made: Made,
    tell: Callable[[str, WhosaysError | None], None],
) -> None:
    with library.writing() as connection:
        for version, key, found in batch:
            [[article]] = connection.execute("SELECT article FROM versions WHERE id = ?", (version,))
            settle(connection, article, version, found, made)
            if isinstance(found, WhosaysError):
                failures.forget(connection, article)
                failures.record(connection, "analysis", found, key, article)
            else:
                # a report that was made before says what the articles said to another model
                connection.execute(
                    "DELETE FROM reports WHERE story = (SELECT story FROM story_articles WHERE article = ?)", (article,)
                )
    for _, key, found in batch:
        tell(key, found if isinstance(found, WhosaysError) else None)


def settle(connection: sqlite3.Connection, article: int, version: int, found: Rows | WhosaysError, made: Made) -> None:
    """Write an analysis, where there is one, and forget that it failed before."""
    if not isinstance(found, WhosaysError):
        analyses.write(connection, version, found, made)
        failures.forget(connection, article)
