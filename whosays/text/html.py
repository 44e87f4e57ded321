"""Pages -> articles. The only home of trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Final

from ..errors import EmptyPage
from .article import Article

# They log a line for each odd page, which Python would print; what the user must know is said by our errors.
for _library in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

# Whole paragraphs in this many characters make an article; a page with less is a front page, a login or an error.
_SHORTEST: Final = 80
_OPENED: Final = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
# Without this, a page that names no date gets the first year found anywhere in it.
_DATES: Final = {"original_date": True, "extensive_search": False}


def is_cut_off(page: str) -> bool:
    """Whether a page that opens its body does not close it: the rest was not saved."""
    return _OPENED.search(page) is not None and _CLOSED.search(page) is None


def read(page: str, where: str, *, line: int | None = None) -> Article:
    """The article of a page, a line for each paragraph, with title, date, outlet, author and address where given.

    ``id`` is empty. Raises :class:`EmptyPage` where there is no article, or none that can be told from the rest.
    """
    import trafilatura  # a fifth of a second, and most stories have no page among them

    try:
        found = trafilatura.bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except Exception as error:  # whatever a hostile page does to the parser, the other articles are still to be read
        raise EmptyPage(where, line=line) from error
    if found is None or isinstance(found, dict) or len(text := (found.text or "").strip()) < _SHORTEST:
        raise EmptyPage(where, line=line)
    return Article(
        id="",
        text=text,
        outlet=found.sitename or found.hostname or None,
        published=found.date or None,
        title=found.title or None,
        url=found.url or None,
        byline=found.author or None,
        language=found.language or None,
    )
