"""What can be set, in one value that is built once and handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How whosays reads. There is no global state: whatever needs a setting is given this."""

    # Characters in one article. The longest piece that a newspaper prints has some 150,000; a text of more than
    # two million is a book, a log or noise, and is refused before it costs minutes and gigabytes.
    longest_text: int = 2_000_000

    # ISO 639-1 codes of the languages that are analysed; the model is trained on English.
    languages: tuple[str, ...] = ("en",)
