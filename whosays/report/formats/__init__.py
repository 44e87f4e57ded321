"""Every form in which a report leaves whosays, each by its name: what it is called elsewhere, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from whosays.report import document, markdown, tables
from whosays.report.formats import annotation, folder, geojson, ics, jsonld, ninjs, parquet, stix
from whosays.report.page import page
from whosays.report.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """``ending`` is what its files' names end with; ``made`` writes it as text, or as several files by their names.

    The same report gives the same bytes, in every run.
    """

    name: str
    media_type: str
    ending: str
    made: Callable[[Report], str | Mapping[str, str] | Mapping[str, bytes]]

    def write(self, report: Report) -> bytes:
        """As one file: text in UTF-8; where it is several, packed into a zip archive."""
        made = self.made(report)
        return encoded(made) if isinstance(made, str) else folder.pack(_files(made))

    def files(self, report: Report) -> dict[str, bytes]:
        """As several files by their names; empty for what is one."""
        made = self.made(report)
        return {} if isinstance(made, str) else _files(made)


def encoded(text: str) -> bytes:
    """UTF-8, half a letter as the number that JSON also reads."""
    return text.encode("utf-8", "backslashreplace")


def _files(made: Mapping[str, str] | Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: encoded(content) if isinstance(content, str) else content for name, content in made.items()}


def _html(report: Report) -> str:
    return page.render(document.make(report))


_ALL: Final = (
    Format("html", "text/html", ".html", _html),
    Format("markdown", "text/markdown", ".md", markdown.render),
    Format("json", "application/json", ".json", document.write),
    Format("csv", "application/zip", ".csv.zip", tables.write),
    Format("parquet", "application/zip", ".parquet.zip", parquet.write),
    Format("jsonld", "application/ld+json", ".jsonld", jsonld.write),
    Format("annotations", annotation.MEDIA_TYPE, ".annotations.jsonld", annotation.write),
    Format("geojson", "application/geo+json", ".geojson", geojson.write),
    Format("ics", "text/calendar", ".ics", ics.write),
    Format("stix", "application/stix+json;version=2.1", ".stix.json", stix.write),
    Format("ninjs", "application/x-ndjson", ".ninjs", ninjs.write),
)
BY_NAME: Final[Mapping[str, Format]] = {format_.name: format_ for format_ in _ALL}
