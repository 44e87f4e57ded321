"""One outlet's text, as it was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's text with what is known about it.

    ``text`` is never altered after reading: every offset that whosays reports counts characters of it.
    ``published`` is an ISO 8601 date or date and time; ``language`` an ISO 639-1 code where it is known.
    """

    id: str
    text: str
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """What to call the article before a reader: its outlet, or else its id."""
        return self.outlet or self.id

    @property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
