"""A report in the words of schema.org, as JSON-LD: articles, who is quoted in them, and the claims that they put.

It rates nothing: there is no ClaimReview in it. What the articles state of a claim's origin and what is inferred stay
apart, as the name of a Role between the claim and its author.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from whosays.claims.claim import Claim, Origin, Passage
from whosays.language.places import Place
from whosays.report import layout
from whosays.report.formats import geojson, identifiers, sources
from whosays.report.formats.identifiers import Identifiers
from whosays.report.report import ReadArticle, Report
from whosays.report.view import story
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

CONTEXT: Final = "https://schema.org"
_KIND: Final = {"named": "Person", "anonymous": "Person", "organisation": "Organization", "document": "CreativeWork"}

Json = dict[str, Any]


def write(report: Report) -> str:
    """One graph: articles and outlets, speakers, places, statements, claims."""
    return layout.write({"@context": CONTEXT, "@graph": list(_Graph(report).nodes())})


class _Graph:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.ids = Identifiers(report)
        self.articles = {read.article.id: read.article for read in report.articles}
        self.speakers = {speaker.id: speaker for speaker in report.speakers}
        self.claims = report.comparison.claims if report.comparison else ()
        self.agencies = {p: o.outlet for claim in self.claims for o in claim.origins if o.outlet for p in o.passages}
        self.about: dict[str | Passage, list[Json]] = {}
        for claim in self.claims:
            for member in sources.members(claim):
                self.about.setdefault(member, []).append({"@id": self.ids.urn("claim", claim.id)})

    def nodes(self) -> Iterable[Json]:
        yield from map(self._article, self.report.articles)
        outlets = {read.article.outlet: None for read in self.report.articles if read.article.outlet}
        yield from ({"@id": _outlet(name), "@type": "NewsMediaOrganization", "name": name} for name in outlets)
        yield from map(self._speaker, self.report.speakers)
        places = {geojson.identifier(place): place for read in self.report.articles for place in read.places}
        yield from (_place(id_, place) for id_, place in places.items())
        yield from map(self._statement, self.report.statements)
        own = dict.fromkeys(passage for claim in self.claims for passage in claim.passages)
        yield from map(self._passage, own)
        yield from map(self._claim, self.claims)

    def _article(self, read: ReadArticle) -> Json:
        article = read.article
        return _known(
            {
                "@id": self.ids.article(article.id),
                "@type": "NewsArticle",
                "identifier": [article.id, {"@type": "PropertyValue", "propertyID": "SHA-256 of the text",
                                            "value": article.text_sha256}],
                "headline": article.title,
                "url": identifiers.address(article.url),
                "datePublished": article.published,
                "publisher": {"@id": _outlet(article.outlet)} if article.outlet else None,
                "creditText": article.byline,
                "inLanguage": article.language,
                "contributor": [_relay(name) for name in read.relays],
                "mentions": [{"@id": id_} for id_ in dict.fromkeys(map(geojson.identifier, read.places))],
            }
        )  # fmt: skip

    def _speaker(self, speaker: Speaker) -> Json:
        return _known(
            {
                "@id": self.ids.urn("speaker", speaker.id),
                "@type": _KIND.get(speaker.naming, "Thing"),
                "identifier": speaker.id,
                "name": speaker.name,
                "alternateName": list(sources.other_names(speaker)),
                "disambiguatingDescription": "not named in the articles" if speaker.naming == "anonymous" else None,
            }
        )

    def _statement(self, statement: Statement) -> Json:
        """A Quotation where words are quoted, a Statement where they are told; never a denial as what was said."""
        article = self.articles[statement.article]
        quotation = statement.kind != "indirect"
        asserted = statement.polarity == "asserted"
        speaker = self.speakers.get(statement.speaker or "")
        document = speaker is not None and speaker.naming == "document"
        who = {"@id": self.ids.urn("speaker", speaker.id)} if speaker else None
        return _known(
            {
                "@id": self.ids.urn("statement", statement.id),
                "@type": "Quotation" if quotation else "Statement",
                "identifier": statement.id,
                "text": statement.content_of(article.text) if asserted else _whole(statement).of(article.text),
                "keywords": [statement.kind, statement.naming, statement.polarity],
                "spokenByCharacter": who if quotation and not document else None,
                "creator": who if not document else None,
                "isBasedOn": who if document else None,
                "contributor": [_relay(name) for name in statement.via],
                "dateCreated": statement.said_on,
                "inLanguage": article.language,
                "isPartOf": {"@id": self.ids.article(article.id)},
                "about": self.about.get(statement.id),
            }
        )

    def _passage(self, passage: Passage) -> Json:
        """Words of an outlet's own that put a claim, or of the agency whose text it prints."""
        article = self.articles[passage.article]
        agency = self.agencies.get(passage)
        outlet = {"@id": _outlet(article.outlet)} if article.outlet else None
        return _known(
            {
                "@id": self.ids.urn("passage", passage.article, *passage.span),
                "@type": "Statement",
                "text": passage.span.of(article.text),
                "creator": {"@type": "Organization", "name": agency} if agency not in (None, article.name) else outlet,
                "inLanguage": article.language,
                "isPartOf": {"@id": self.ids.article(article.id)},
                "about": self.about.get(passage),
            }
        )

    def _claim(self, claim: Claim) -> Json:
        first = _first(claim.articles, self.articles)
        return _known(
            {
                "@id": self.ids.urn("claim", claim.id),
                "@type": "Claim",
                "identifier": claim.id,
                "text": claim.text,
                "author": [self._origin(origin) for origin in claim.origins if origin.link != "unknown"],
                "appearance": [{"@id": self.ids.article(id_)} for id_ in claim.articles],
                "firstAppearance": {"@id": self.ids.article(first)} if first else None,
            }
        )

    def _origin(self, origin: Origin) -> Json:
        author: Json = {"@type": "Organization", "name": origin.outlet}
        if origin.speaker is not None:
            author = {"@id": self.ids.urn("speaker", origin.speaker)}
        elif origin.document is not None:
            author = {"@type": "CreativeWork", "name": origin.document}
        return _known(
            {
                "@type": "Role",
                "roleName": f"origin, {origin.link}",
                "description": origin.grounds,
                "author": author,
                "contributor": [_relay(name) for name in origin.via],
            }
        )


def _outlet(name: str) -> str:
    return f"urn:uuid:{identifiers.everywhere('outlet', name)}"


def _place(id_: str, place: Place) -> Json:
    point = {"@type": "GeoCoordinates", "latitude": float(place.latitude), "longitude": float(place.longitude)}
    country = {"@type": "PostalAddress", "addressCountry": place.country} if place.country else None
    return _known({"@id": id_, "@type": "Place", "name": place.name, "address": country, "geo": point})


def _relay(name: str) -> Json:
    """An outlet or agency through which it came; it contributes, and does not say it."""
    return {"@type": "Role", "roleName": "relay", "contributor": {"@type": "Organization", "name": name}}


def _whole(statement: Statement) -> Span:
    """The passage with the words that say whether it was denied, asked or called for."""
    parts = [*statement.content, *(s for s in (statement.source, statement.cue, statement.recipient) if s is not None)]
    return Span(min(part.start for part in parts), max(part.end for part in parts))


def _first(ids: Sequence[str], articles: Mapping[str, Article]) -> str | None:
    """The article that was surely published before all others."""
    known = {id_: story.moment(articles[id_].published) for id_ in ids}
    return next((one for one in ids if all(known[one].before(known[other]) for other in ids if other != one)), None)


def _known(node: Json) -> Json:
    """Without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
