"""The two forms in JSON-LD: schema.org, and W3C Web Annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import dated
import pytest
import story
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import SDO

from whosays.report import formats
from whosays.report.formats import annotation, jsonld
from whosays.report.report import ReadArticle, Report
from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
REPORTS: tuple[Callable[[], Report], ...] = (
    dated.report, dated.bare, dated.empty, dated.hostile, story.lone,
)  # fmt: skip

# What the context of Web Annotation makes of the terms that we use (its Recommendation, appendix A): so that nothing
# is fetched. A term that is not in it has no meaning, and is an error here.
_ITSELF = {"@type": "@id"}
ANNO: dict[str, Any] = {
    "oa": str(OA), "as": str(AS), "dc": "http://purl.org/dc/elements/1.1/", "foaf": "http://xmlns.com/foaf/0.1/",
    "dctypes": "http://purl.org/dc/dcmitype/", "rdf": str(RDF), "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "Text": "dctypes:Text", "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector", "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "describing": "oa:describing", "identifying": "oa:identifying", "linking": "oa:linking", "tagging": "oa:tagging",
    "body": {"@id": "oa:hasBody", **_ITSELF}, "target": {"@id": "oa:hasTarget", **_ITSELF},
    "source": {"@id": "oa:hasSource", **_ITSELF}, "selector": {"@id": "oa:hasSelector", **_ITSELF},
    "generator": {"@id": "as:generator", **_ITSELF}, "via": {"@id": "oa:via", **_ITSELF},
    "items": {"@id": "as:items", "@container": "@list", **_ITSELF}, "partOf": {"@id": "as:partOf", **_ITSELF},
    "first": {"@id": "as:first", **_ITSELF}, "last": {"@id": "as:last", **_ITSELF},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"}, "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "format": "dc:format", "language": "dc:language", "value": "rdf:value", "exact": "oa:exact",
    "prefix": "oa:prefix", "suffix": "oa:suffix", "name": "foaf:name", "label": "rdfs:label",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "total": {"@id": "as:totalItems", "@type": "xsd:nonNegativeInteger"},
    "startIndex": {"@id": "as:startIndex", "@type": "xsd:nonNegativeInteger"},
}  # fmt: skip


def names(made: Any) -> Iterator[str]:
    """Every name of a field."""
    if isinstance(made, dict):
        for name, value in made.items():
            yield name
            yield from names(value)
    elif isinstance(made, list):
        for value in made:
            yield from names(value)


def graph(made: dict[str, Any], context: dict[str, Any]) -> Graph:
    return Graph().parse(data=json.dumps({**made, "@context": context}), format="json-ld")


def read(form: str, report: Report) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(formats.BY_NAME[form].write(report))
    return made


def items(report: Report) -> list[dict[str, Any]]:
    made = read("annotations", report)
    return list(made["first"]["items"]) if made["total"] else []


def targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


def tagged(item: dict[str, Any]) -> str:
    return str(item["body"][0]["value"])


class TestAnnotations:
    @pytest.mark.parametrize("report", REPORTS)
    def test_every_term_means_something_to_a_reader_of_linked_data(self, report: Callable[[], Report]) -> None:
        made = read("annotations", report())
        assert made["@context"] == annotation.CONTEXT
        assert set(names(made)) - {"@context"} <= set(ANNO)
        found = graph(made, ANNO)
        assert len(set(found.subjects(RDF.type, OA.Annotation))) == made["total"]
        for one in found.subjects(RDF.type, OA.Annotation):
            assert list(found.objects(one, OA.hasTarget))
            assert list(found.objects(one, OA.motivatedBy)) == [OA.tagging]
        for selected in found.subjects(OA.hasSelector):
            kinds = {kind for s in found.objects(selected, OA.hasSelector) for kind in found.objects(s, RDF.type)}
            assert kinds == {OA.TextPositionSelector, OA.TextQuoteSelector}
            (source,) = found.objects(selected, OA.hasSource)
            assert isinstance(source, URIRef)

    @pytest.mark.parametrize("report", REPORTS)
    def test_a_collection_has_what_the_standard_asks_for(self, report: Callable[[], Report]) -> None:
        made = read("annotations", report())
        assert {"id", "type", "label", "total"} <= set(made)
        assert ("first" in made) == ("last" in made) == bool(made["total"])
        if made["total"]:
            page = made["first"]
            assert (page["partOf"]["id"], page["startIndex"], made["last"]) == (made["id"], 0, page["id"])
            assert len({item["id"] for item in page["items"]}) == len(page["items"]) == made["total"]

    def test_every_passage_of_the_report_is_there(self) -> None:
        report = dated.report()
        found: dict[str, int] = {}
        for item in items(report):
            found[tagged(item)] = found.get(tagged(item), 0) + 1
        compared = report.comparison
        assert compared is not None
        groups = {"claim": compared.claims, "conflict": compared.conflicts}
        assert found == {
            "statement": len(report.statements),
            "source": sum(s.source is not None for s in report.statements),
            "cue": sum(s.cue is not None for s in report.statements),
            **{kind: sum(len(g.statements) + len(g.passages) for g in of) for kind, of in groups.items()},
            "name": sum(len(label.spans) for n in compared.names for of in n.labels.values() for label in of),
            "date": sum(len(article.times) for article in report.articles),
            "place": sum(len(article.places) for article in report.articles),
        }

    def test_both_selectors_name_the_same_words(self) -> None:
        by_digest = {f"ni:///sha-256;{digest(text)}?ct=text/plain": text for text in story.TEXTS.values()}
        for item in items(dated.report()):
            for target in targets(item):
                check(target, by_digest[target["source"]["id"]])

    def test_what_is_said_in_two_pieces_has_two_targets(self) -> None:
        (item,) = [i for i in items(dated.report()) if tagged(i) == "statement" and len(targets(i)) == 2]
        assert [target["selector"][1]["exact"] for target in item["target"]] == [
            "“Six thousand of us have gone,”", "“The bakery is still open. I do not know for whom.”",
        ]  # fmt: skip

    def test_parts_of_a_statement_lead_to_the_node_of_schema_org(self) -> None:
        nodes = {node["@id"] for node in read("jsonld", dated.report())["@graph"]}
        linked = {
            body["source"] for item in items(dated.report()) for body in item["body"] if body["purpose"] == "linking"
        }
        assert linked
        assert linked <= nodes

    @given(st.data())
    def test_selectors_hold_for_any_text(self, data: st.DataObject) -> None:
        """Positions count code points: letters beyond the first 65,536 are one, and line ends are not changed."""
        any_letter = st.characters(exclude_categories=("Cs",))
        text = data.draw(st.text(any_letter, min_size=1) | st.text("a\r\n\U0001f600é", min_size=1))
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        statement = Statement("a:1", "a", (Span(start, end),))
        report = story.report(
            articles=(ReadArticle(Article("a", text)),), statements=(statement,), speakers=(), comparison=None
        )
        (item,) = items(report)
        assert item["target"]["selector"][0]["start"] == start
        check(item["target"], text)


def digest(text: str) -> str:
    import base64
    import hashlib

    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def check(target: dict[str, Any], text: str) -> None:
    """As a reader of annotations finds the words again: by position, and by quotation."""
    position, quotation = target["selector"]
    start, end = position["start"], position["end"]
    assert text[start:end] == quotation["exact"]
    assert text[:start].endswith(quotation["prefix"])
    assert text[end:].startswith(quotation["suffix"])
    assert len(quotation["prefix"]) == min(start, annotation.AROUND)
    assert len(quotation["suffix"]) == min(len(text) - end, annotation.AROUND)


class TestSchemaOrg:
    @pytest.mark.parametrize("report", REPORTS)
    def test_every_term_is_one_of_schema_org(self, report: Callable[[], Report]) -> None:
        made = read("jsonld", report())
        assert made["@context"] == jsonld.CONTEXT
        found = graph(made, {"@vocab": str(SDO)})
        used = {term for _, term, _ in found if term != RDF.type} | set(found.objects(None, RDF.type))
        assert used
        assert [term for term in used if term not in SDO] == []

    def test_it_rates_nothing(self) -> None:
        found = graph(read("jsonld", dated.report()), {"@vocab": str(SDO)})
        kinds = {str(kind).removeprefix(str(SDO)) for kind in found.objects(None, RDF.type)}
        assert "Claim" in kinds
        assert not kinds & {"ClaimReview", "Review", "Rating"}

    def node(self, identifier: str, report: Report | None = None) -> dict[str, Any]:
        nodes = read("jsonld", report or dated.report())["@graph"]
        (found,) = [node for node in nodes if node.get("identifier") == identifier]
        return dict(found)

    def test_every_reference_leads_to_a_node(self) -> None:
        made = read("jsonld", dated.report())
        ids = [node["@id"] for node in made["@graph"]]
        assert len(ids) == len(set(ids))

        def referred(value: Any) -> Iterator[str]:
            if isinstance(value, dict):
                if set(value) == {"@id"}:
                    yield value["@id"]
                for inner in value.values():
                    yield from referred(inner)
            elif isinstance(value, list):
                for inner in value:
                    yield from referred(inner)

        assert set(referred(made["@graph"])) <= set(ids)

    def test_a_claim_keeps_apart_what_is_stated_and_what_is_inferred(self) -> None:
        (role,) = self.node("c3")["author"]
        assert (role["@type"], role["roleName"]) == ("Role", "origin, inferred")
        assert role["author"]["@id"] == self.node("s1")["@id"]
        assert role["contributor"][0]["contributor"]["name"] == "Northline"
        assert {role["roleName"] for role in self.node("c2")["author"]} == {"origin, stated"}

    def test_an_unknown_origin_is_no_author(self) -> None:
        assert "author" not in self.node("c1")

    def test_a_claim_first_appeared_only_where_that_is_sure(self) -> None:
        assert self.node("c1")["firstAppearance"]["@id"] == "https://post.example/amral"
        report = dated.report()
        same = tuple(replace(r, article=replace(r.article, published="2031-05-02")) for r in report.articles)
        assert "firstAppearance" not in self.node("c1", replace(report, articles=same))

    def test_only_what_is_quoted_is_a_quotation(self) -> None:
        quoted, told = self.node("star:1"), self.node("post:3")
        assert (quoted["@type"], told["@type"]) == ("Quotation", "Statement")
        assert quoted["spokenByCharacter"] == quoted["creator"] == {"@id": self.node("s3")["@id"]}
        assert "spokenByCharacter" not in told

    def test_a_denial_does_not_read_as_what_was_said(self) -> None:
        denied = self.node("post:4")
        assert denied["text"] == "The government denied that its army had left the capital"
        assert "denied" in denied["keywords"]
