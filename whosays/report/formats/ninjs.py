"""Articles as items of ninjs 2.1, the IPTC's news in JSON, with their speakers and places as people and places."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from whosays.report.formats import moments
from whosays.report.formats.identifiers import Identifiers
from whosays.report.report import ReadArticle, Report

_STANDARD: Final = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}

Json = dict[str, Any]


def write(report: Report) -> str:
    """An item a line, an article each, as ``whosays export`` writes them; ``whosays add`` reads them again."""
    ids = Identifiers(report)
    speakers = {speaker.id: speaker.name for speaker in report.speakers}
    voices: dict[str, list[tuple[str, str | None]]] = {}
    for statement in report.statements:
        voice = (statement.naming, speakers.get(statement.speaker or ""))
        voices.setdefault(statement.article, []).append(voice)
    return "".join(
        json.dumps(_of(read, ids.article(read.article.id), voices.get(read.article.id, ())), ensure_ascii=False) + "\n"
        for read in report.articles
    )


def _of(read: ReadArticle, uri: str, voices: Iterable[tuple[str, str | None]]) -> Json:
    fields = {name: getattr(read.article, name) for name in ("outlet", "published", "title", "byline", "language")}
    return item({**fields, "uri": uri, "text": read.article.text}, voices, (place.name for place in read.places))


def item(article: Mapping[str, Any], voices: Iterable[tuple[str, str | None]], places: Iterable[str]) -> Json:
    """An item out of an article's ``uri``, ``text`` and what else is known of it.

    ``voices`` are pairs of a statement's naming and its speaker's name. What is not known is left out.
    """
    said = list(voices)
    made: Json = {
        "uri": article["uri"],
        "standard": dict(_STANDARD),
        "type": "text",
        "representationtype": "full",
        "version": article.get("version"),
        "versioncreated": article.get("read"),
        "firstcreated": _moment(article["published"]),
        "language": article["language"],
        "by": article["byline"],
        "infosources": _once([article["outlet"]]),
        "headlines": [{"role": "main", "value": article["title"]}] if article["title"] else None,
        "bodies": [
            {"role": "main", "contenttype": "text/plain", "charcount": len(article["text"]), "value": article["text"]}
        ],
        "people": _once(name for naming, name in said if naming == "named"),
        "organisations": _once(name for naming, name in said if naming == "organisation"),
        "places": _once(places),
    }
    return {name: value for name, value in made.items() if value is not None and value != []}


def _moment(published: str | None) -> str | None:
    """With a time and a zone, as the standard wants it: the first moment of a day, UTC where no zone is given."""
    moment = moments.read(published)
    if moment is None:
        return None
    at = moment.at if moment.at.tzinfo else moment.utc
    return at.isoformat().replace("+00:00", "Z")


def _once(names: Iterable[str | None]) -> list[dict[str, str]]:
    return [{"name": name} for name in dict.fromkeys(names) if name]
