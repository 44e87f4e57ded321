"""Every passage of a report as a W3C Web Annotation (Recommendation of 23 February 2017), in JSON-LD.

Each names its passage twice: by its place in the text as whosays read it (TextPositionSelector: code points, counted
from 0, the end being the first one behind it), and by its words with some before and behind (TextQuoteSelector), by
which it can be found again in the page that the text was taken from. The target is the text, by its digest, and not
the page: positions hold for no other text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from whosays.claims.claim import Passage
from whosays.language.times import Time
from whosays.report import layout, phrases
from whosays.report.formats import geojson, identifiers, sources
from whosays.report.formats.identifiers import Identifiers
from whosays.report.formats.sources import Sources
from whosays.report.report import Report
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE: Final = f'application/ld+json;profile="{CONTEXT}"'
AROUND: Final = 32  # characters before and behind: as many as annotation programs commonly keep

Json = dict[str, Any]


def write(report: Report) -> str:
    """An AnnotationCollection with one page, which holds all annotations in the order of the report.

    Of a statement the words that are said, the source, the cue and the recipient are annotations each; then the
    members of claims and conflicts, the names, the dates and the places.
    """
    made = _Making(report)
    items = list(made.annotations())
    collection: Json = {
        "@context": CONTEXT,
        "id": made.ids.urn("annotations"),
        "type": "AnnotationCollection",
        "label": f"Passages of {phrases.counted(len(report.articles), 'article')}, found by whosays {report.version}",
        "generator": {
            "id": f"urn:uuid:{identifiers.everywhere('program', 'whosays', report.version, report.model)}",
            "type": "Software",
            "name": f"whosays {report.version}, model {report.model}",
        },
        "total": len(items),
    }
    if items:
        page = {"id": made.ids.urn("annotations", "page", 0), "type": "AnnotationPage"}
        place = {"partOf": {"id": collection["id"]}, "startIndex": 0}
        collection |= {"first": {**page, **place, "items": items}, "last": page["id"]}
    return layout.write(collection, depth=3)


class _Making:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.ids = Identifiers(report)
        self.sources = Sources(report)
        self.articles = {read.article.id: read.article for read in report.articles}
        self.statements = {statement.id: statement for statement in report.statements}

    def annotations(self) -> Iterable[Json]:
        for statement in self.report.statements:
            yield from self._statement(statement)
        if self.report.comparison is not None:
            yield from self._members()
            yield from self._names()
        for read in self.report.articles:
            for time in read.times:
                yield self._annotation(("date", *time.span), read.article, [time.span], [_tag("date"), *_date(time)])
            for place in read.places:
                body = [_tag("place"), _link("identifying", geojson.identifier(place)), _words(place.name)]
                yield self._annotation(("place", *place.span), read.article, [place.span], body)

    def _statement(self, statement: Statement) -> Iterable[Json]:
        article = self.articles[statement.article]
        who = self.sources.speaker(statement)
        itself = _link("linking", self.ids.urn("statement", statement.id))
        told = ", ".join((statement.kind, statement.naming, statement.polarity))
        body = [_tag("statement"), itself, _words(f"{self.sources.chain(statement)} ({told})")]
        yield self._annotation(("statement", statement.id), article, statement.content, body)
        for part, span in (("source", statement.source), ("cue", statement.cue), ("recipient", statement.recipient)):
            if span is not None:
                speaker = []
                if part == "source" and statement.speaker is not None:
                    speaker = [_link("identifying", self.ids.urn("speaker", statement.speaker)), _words(who)]
                yield self._annotation((part, statement.id), article, [span], [_tag(part), itself, *speaker])

    def _members(self) -> Iterable[Json]:
        """A passage once for each claim and each conflict that it is a member of."""
        assert self.report.comparison is not None
        for claim in self.report.comparison.claims:
            body = [_tag("claim"), _link("linking", self.ids.urn("claim", claim.id)), _words(claim.text)]
            for member in sources.members(claim):
                yield self._member(("claim", claim.id), member, body)
        for number, conflict in enumerate(self.report.comparison.conflicts, start=1):
            body = [_tag("conflict"), _tag(conflict.type), _words(conflict.why)]
            for member in sources.members(conflict):
                yield self._member(("conflict", number), member, body)

    def _member(self, of: tuple[str, str | int], member: str | Passage, body: list[Json]) -> Json:
        if isinstance(member, Passage):
            return self._annotation((*of, *member.span), self.articles[member.article], [member.span], body)
        statement = self.statements[member]
        return self._annotation((*of, member), self.articles[statement.article], statement.content, body)

    def _names(self) -> Iterable[Json]:
        assert self.report.comparison is not None
        for name in self.report.comparison.names:
            entity = _link("identifying", self.ids.urn("entity", name.entity))
            for id_, labels in name.labels.items():
                for label in labels:
                    loaded = [_words(f"loaded: {'; '.join(label.loaded)}")] if label.loaded else []
                    body = [_tag("name"), entity, _tag(f"voice: {label.voice}"), *loaded]
                    for span in label.spans:
                        yield self._annotation(("name", name.entity, *span), self.articles[id_], [span], body)

    def _annotation(
        self, key: tuple[str | int, ...], article: Article, spans: Iterable[Span], body: list[Json]
    ) -> Json:
        """Each part of the ``body`` holds for each of the ``spans``; its purpose says what it is there for."""
        targets = [_target(article, span, self.ids.article(article.id)) for span in spans]
        return {
            "id": self.ids.urn("annotation", article.id, *key),
            "type": "Annotation",
            "motivation": "tagging",
            "body": body,
            "target": targets if len(targets) > 1 else targets[0],
        }


def _target(article: Article, span: Span, via: str) -> Json:
    text = {"id": identifiers.text(article), "type": "Text", "format": "text/plain"}
    known = {"language": article.language} if article.language else {}
    start, end = int(span.start), int(span.end)
    return {
        "type": "SpecificResource",
        "source": {**text, **known, "via": via},
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": article.text[start:end],
                "prefix": article.text[max(0, start - AROUND) : start],
                "suffix": article.text[end : end + AROUND],
            },
        ],
    }


def _date(time: Time) -> list[Json]:
    """The value as in TIMEX3, and the days that it covers."""
    covered = [_words(" to ".join(dict.fromkeys((time.start, time.end or time.start))))] if time.start else []
    return [_tag(time.value), *covered]


def _tag(word: str) -> Json:
    return {"type": "TextualBody", "purpose": "tagging", "value": word, "format": "text/plain"}


def _words(told: str) -> Json:
    return {"type": "TextualBody", "purpose": "describing", "value": told, "format": "text/plain"}


def _link(purpose: str, to: str) -> Json:
    return {"type": "SpecificResource", "purpose": purpose, "source": to}
