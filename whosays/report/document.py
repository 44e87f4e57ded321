"""The report document: the contract in which programs read a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whosays.claims.claim import Claim, Comparison, Conflict, Label, Name, Origin, Passage, SharedText, Step
from whosays.claims.event import Event, Standing
from whosays.language.places import Place
from whosays.language.times import Time
from whosays.report import check, layout
from whosays.report.report import FORMAT, ReadArticle, Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

Json = dict[str, Any]


def make(report: Report, *, with_text: bool = True, marks: Sequence[Json] = ()) -> Json:
    """The report as plain lists, dictionaries, strings and numbers, ready for JSON.

    ``with_text`` adds to each article the ``text`` that the offsets count; without it a reader needs the input. What
    was not asked for is left out: without a comparison there are no claims, conflicts, names and ``only_in``. ``marks``
    are what analysts put beside the report, as they are written there. Raises OffsetMismatch for a report that does not
    reproduce its articles.
    """
    check.offsets(report)
    texts = {read.article.id: read.article.text for read in report.articles}
    made: Json = {
        "format": FORMAT,
        "made_by": {"version": report.version, "model": report.model},
        "articles": [_article(read, with_text) for read in report.articles],
        "statements": [_statement(statement, texts[statement.article]) for statement in report.statements],
        "speakers": [_speaker(speaker) for speaker in report.speakers],
    }
    if report.comparison is not None:
        made |= _comparison(report.comparison, texts)
    made["dates"] = [_time(read.article, time) for read in report.articles for time in read.times]
    made["places"] = [_place(read.article, place) for read in report.articles for place in read.places]
    if report.notes:
        made["notes"] = list(report.notes)
    if marks:
        made["marks"] = list(marks)
    return made


def write(report: Report, *, with_text: bool = True, marks: Sequence[Json] = ()) -> str:
    """The report document as JSON text, letters unescaped: one article, statement, claim and so on to a line."""
    return layout.write(make(report, with_text=with_text, marks=marks))


def _article(read: ReadArticle, with_text: bool) -> Json:
    article = read.article
    entry: Json = {
        "id": article.id,
        "outlet": article.outlet,
        "published": article.published,
        "title": article.title,
        "url": article.url,
        "byline": article.byline,
        "language": article.language,
        "text_sha256": article.text_sha256,
        "characters": len(article.text),
        "unread": _spans(read.unread),
        "relays": list(read.relays),
    }
    if with_text:
        entry["text"] = article.text
    return entry


def _statement(statement: Statement, text: str) -> Json:
    return {
        "id": statement.id,
        "article": statement.article,
        "content": _spans(statement.content),
        "source": _span(statement.source),
        "cue": _span(statement.cue),
        "recipient": _span(statement.recipient),
        "text": {
            "content": statement.content_of(text),
            "source": statement.source.of(text) if statement.source else None,
            "cue": statement.cue.of(text) if statement.cue else None,
            "recipient": statement.recipient.of(text) if statement.recipient else None,
        },
        "speaker": statement.speaker,
        "via": list(statement.via),
        "kind": statement.kind,
        "naming": statement.naming,
        "polarity": statement.polarity,
        "said_on": statement.said_on,
        "confidence": _share(statement.confidence),
    }


def _time(article: Article, time: Time) -> Json:
    """``type`` and ``value`` as in TIMEX3."""
    return {
        "article": article.id,
        "span": _span(time.span),
        "text": time.span.of(article.text),
        "type": time.type,
        "value": time.value,
        "start": time.start,
        "end": time.end,
        "precision": time.precision,
        "anchor": time.anchor,
    }


def _place(article: Article, place: Place) -> Json:
    return {
        "article": article.id,
        "span": _span(place.span),
        "text": place.text,
        "name": place.name,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
        "geonames": place.geonames,
    }


def _speaker(speaker: Speaker) -> Json:
    return {
        "id": speaker.id,
        "name": speaker.name,
        "naming": speaker.naming,
        "described_as": list(speaker.described_as),
        "entity": speaker.entity,
        "grounds": list(speaker.grounds),
    }


def _comparison(comparison: Comparison, texts: Mapping[str, str]) -> Json:
    return {
        "claims": [_claim(claim) for claim in comparison.claims],
        "conflicts": [_conflict(conflict) for conflict in comparison.conflicts],
        "only_in": {article: list(statements) for article, statements in comparison.only_in.items()},
        "names": [_name(name) for name in comparison.names],
        "shared_text": [_shared_text(shared) for shared in comparison.shared_text],
        "events": [_event(event, texts) for event in comparison.events],
        "standing": [_standing(row, texts) for row in comparison.standing],
    }


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "text": claim.text,
        "statements": list(claim.statements),
        "passages": _passages(claim.passages),
        "outlets": list(claim.articles),
        "silent": list(claim.silent),
        "origins": [_origin(origin) for origin in claim.origins],
    }


def _origin(origin: Origin) -> Json:
    named = {"speaker": origin.speaker, "document": origin.document, "outlet": origin.outlet}
    return {
        **{kind: name for kind, name in named.items() if name is not None},
        "via": list(origin.via),
        "statements": list(origin.statements),
        "passages": _passages(origin.passages),
        "link": origin.link,
        "grounds": origin.grounds,
        "chain": [_step(step) for step in origin.chain],
    }


def _step(step: Step) -> Json:
    return {"article": step.article, "via": list(step.via), "link": step.link, "grounds": step.grounds}


def _shared_text(shared: SharedText) -> Json:
    return {"passages": _passages((shared.one, shared.other)), "share": _share(shared.share)}


def _conflict(conflict: Conflict) -> Json:
    return {
        "type": conflict.type,
        "statements": list(conflict.statements),
        "passages": _passages(conflict.passages),
        "why": conflict.why,
        "confidence": _share(conflict.confidence),
        "update": conflict.update,
    }


def _name(name: Name) -> Json:
    return {"entity": name.entity, "labels": _labels(name.labels)}


def _labels(labels: Mapping[str, Iterable[Label]]) -> Json:
    return {
        article: [
            {
                "text": label.text,
                "count": len(label.spans),
                "spans": _spans(label.spans),
                "voice": label.voice,
                "loaded": list(label.loaded),
            }
            for label in of_article
        ]
        for article, of_article in labels.items()
    }


def _event(event: Event, texts: Mapping[str, str]) -> Json:
    """The mention that tells most of it, its words beside their spans, and where the others stand."""
    first = event.mentions[0]
    text = texts[first.article]
    spans = {
        "what": first.what,
        "actor": first.actor.span if first.actor else None,
        "target": first.target.span if first.target else None,
        "place": first.place,
        "time": first.time_span,
    }
    return {
        **{part: span.of(text) if span else None for part, span in spans.items()},
        "time": first.time,
        "article": first.article,
        "span": _span(first.span),
        "statement": first.statement,
        "spans": {part: _span(span) for part, span in spans.items()},
        "entities": {
            "actor": first.actor.entity if first.actor else None,
            "target": first.target.entity if first.target else None,
        },
        "mentions": [
            {"article": m.article, "span": _span(m.span), "time": m.time, "statement": m.statement}
            for m in event.mentions
        ],
    }


def _standing(row: Standing, texts: Mapping[str, str]) -> Json:
    text = texts[row.article]
    spans = {"who": row.who.span, "what": row.what.span, "with": row.means}
    return {
        "kind": row.kind,
        **{part: span.of(text) if span else None for part, span in spans.items()},
        "as_of": row.as_of,
        "article": row.article,
        "span": _span(row.span),
        "statement": row.statement,
        "spans": {part: _span(span) for part, span in spans.items()},
        "entities": {"who": row.who.entity, "what": row.what.entity},
    }


def _passages(passages: Iterable[Passage]) -> list[list[Any]]:
    return [[passage.article, _span(passage.span)] for passage in passages]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[int(span.start), int(span.end)] for span in spans]


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [int(span.start), int(span.end)]


def _share(confidence: float) -> float:
    """Three digits: more would differ between processors and promise a precision that nobody measured."""
    return round(float(confidence), 3)
