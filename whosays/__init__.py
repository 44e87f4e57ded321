"""Who says so? Several outlets' articles on one event in, an attributed report out.

>>> import whosays
>>> articles = whosays.read("examples/karsholm-dam")
>>> report = whosays.report(articles)
>>> nlp = whosays.load()  # a spaCy pipeline: nlp(text)._.statements
"""

from __future__ import annotations

# The folder of that name is loaded before the function below takes its place as an attribute of the package;
# "from whosays.report import …" finds the folder all the same.
import importlib
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.errors import NoArticles, WhosaysError
from whosays.settings import Settings

importlib.import_module("whosays.report")

if TYPE_CHECKING:
    from spacy.language import Language

    from whosays.report.report import Report
    from whosays.text.article import Article

__version__ = "0.1.0"
__all__ = ["Settings", "WhosaysError", "__version__", "load", "read", "report"]


def read(*sources: str | Path, settings: Settings | None = None) -> list[Article]:
    """The articles in files (text, pages, JSON, feeds, archives), folders, or "-" for standard input.

    What cannot be read is left out with a warning. Raises the first problem where nothing could be read.
    """
    from whosays.text import reading

    found = reading.read(sources, settings or Settings())
    if not found.articles:
        raise found.problems[0] if found.problems else NoArticles()
    for problem in found.problems:
        warnings.warn(str(problem), stacklevel=2)
    return list(found.articles)


def report(
    articles: Sequence[Article],
    statements_only: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The report on the articles of one story, its offsets checked.

    ``statements_only`` leaves out the comparison across articles; ``progress`` is called with the number of articles
    done and of all. Raises NoArticles for an empty story.
    """
    from whosays.report import making

    return making.report(articles, __version__, statements_only, progress)


def load() -> Language:
    """A spaCy pipeline of English words and ``whosays``: ``nlp(text)._.statements``, word classes, parse and names."""
    from whosays.statements import analyse

    # registers the component, also where the package is run from its folder without being installed
    importlib.import_module("whosays.statements.component")
    nlp = analyse.blank()
    nlp.add_pipe("whosays")
    return nlp
