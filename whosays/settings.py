"""What can be set, in one value that is built once and handed down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How whosays reads. There is no global state: whatever needs a setting is given this."""

    # Characters in one article. The longest piece that a newspaper prints has some 150,000; reading takes about
    # 2.3 MB of memory and 0.055 s for each thousand, so that this many take 900 MB and 22 s, and two million, which
    # are a book, a log or noise, would take 5 GB.
    longest_text: int = 400_000

    # ISO 639-1 codes of the languages that are analysed; the model is trained on English.
    languages: tuple[str, ...] = ("en",)
