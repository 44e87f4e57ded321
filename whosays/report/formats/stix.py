"""A report as a bundle of STIX 2.1, for threat-intelligence platforms: statements, claims and conflicts as notes.

A note's ``authors`` are those whose words it holds: the speaker, or the outlet where nobody is credited. Outlets and
speakers are identities, places are locations, and each article is a report that refers to all that stands in it, as
the story does to the articles. STIX knows no moment that is not known: an article without a date is a grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from whosays.claims.claim import Claim, Conflict, Passage
from whosays.language.places import Place
from whosays.report import layout, phrases
from whosays.report.formats import geojson, identifiers, moments, sources
from whosays.report.formats.identifiers import Identifiers
from whosays.report.formats.moments import Moment
from whosays.report.formats.sources import Sources
from whosays.report.report import ReadArticle, Report
from whosays.statements.statement import Speaker, Statement
from whosays.text.article import Article
from whosays.text.span import Span

_CLASS: Final = {"named": "individual", "organisation": "organization"}
# Objects must say when they were made. What is the same in every bundle was always there, and is never a new version.
_ALWAYS: Final = "1970-01-01T00:00:00.000Z"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Container:
    """An article or a story: what it is called, when it was published, where it is, and what it refers to."""

    id: str
    name: str
    told: str
    moment: Moment | None
    references: tuple[Json, ...]
    refs: tuple[str, ...]


def write(report: Report) -> str:
    """One bundle; the objects of what is the same everywhere (outlets, places) have the same id in every bundle."""
    made = _Making(report)
    objects = {made_of["id"]: made_of for made_of in made.objects()}
    return layout.write(
        {"type": "bundle", "id": f"bundle--{made.ids.within('bundle')}", "objects": list(objects.values())}
    )


class _Making:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.ids = Identifiers(report)
        self.sources = Sources(report)
        self.articles = {read.article.id: read.article for read in report.articles}
        last = moments.latest(report.articles)
        self.made = _moment(last.utc) if last else _ALWAYS
        self.program = f"identity--{identifiers.everywhere('program', 'whosays')}"

    def objects(self) -> Iterable[Json]:
        told = "Finds who says what in news articles. It says nothing of what is true."
        yield self._object(self.program, _ALWAYS, name="whosays", identity_class="system", description=told)
        for name in dict.fromkeys(read.article.name for read in self.report.articles):
            yield self._object(_outlet(name), _ALWAYS, name=name, identity_class="organization", roles=["news outlet"])
        yield from (self._speaker(speaker) for speaker in self.report.speakers if speaker.naming != "document")
        for read in self.report.articles:
            yield from map(self._location, read.places)
        notes: dict[str, list[str]] = {read.article.id: [] for read in self.report.articles}
        for article, note in self._notes():
            notes[article].append(note["id"])
            yield note
        containers = [self._article(read, notes[read.article.id]) for read in self.report.articles]
        yield from map(self._container, containers)
        compared = self.report.comparison
        story = [self._claim(claim) for claim in compared.claims] if compared else []
        story += [self._conflict(found, n) for n, found in enumerate(compared.conflicts, 1)] if compared else []
        yield from story
        yield self._container(
            _Container(
                id=str(self.ids.within("story")),
                name=f"{phrases.counted(len(containers), 'article')} on one story, by whosays {self.report.version}",
                told="Who says what, on whose authority, and where the articles part.",
                moment=moments.latest(self.report.articles),
                references=(),
                refs=(*map(self._id_of, containers), *(note["id"] for note in story)),
            )
        )

    def _speaker(self, speaker: Speaker) -> Json:
        """A person or group; a document is none."""
        others = sources.other_names(speaker)
        described = f"Also called: {'; '.join(others)}" if others else None
        return self._object(self._voice(speaker.id), name=speaker.name, description=described,
                            identity_class=_CLASS.get(speaker.naming, "unknown"), labels=[speaker.naming])  # fmt: skip

    def _location(self, place: Place) -> Json:
        return self._object(
            _place(place),
            _ALWAYS,
            name=place.name,
            description=f"Of what extent: {place.precision}.",
            latitude=float(place.latitude),
            longitude=float(place.longitude),
            country=place.country,
        )

    def _notes(self) -> Iterable[tuple[str, Json]]:
        """By article: its statements, then the words of its own that put a claim or take part in a conflict."""
        for statement in self.report.statements:
            yield statement.article, self._statement(statement)
        compared = self.report.comparison
        groups: Sequence[Claim | Conflict] = (*compared.claims, *compared.conflicts) if compared else ()
        for passage in dict.fromkeys(passage for group in groups for passage in group.passages):
            yield passage.article, self._passage(passage)

    def _statement(self, statement: Statement) -> Json:
        article = self.articles[statement.article]
        who = self.sources.speaker(statement)
        lead = phrases.POLARITY[statement.polarity]
        words = phrases.quoted(statement.content_of(article.text))
        speaker = self.sources.speakers.get(statement.speaker or "")
        refs = [self._voice(speaker.id)] if speaker and speaker.naming != "document" else []
        return self._object(
            self._note(statement.id),
            self._published(article),
            abstract="A statement that an article attributes to somebody",
            content=f"{self.sources.chain(statement)}{f' ({lead})' if lead else ''}: {words}",
            authors=[who] if who else None,
            labels=["statement", statement.kind, statement.naming, statement.polarity],
            confidence=round(100 * statement.confidence),
            external_references=[self._where(article.id, statement.content)],
            object_refs=[*refs, _outlet(article.name)],
        )

    def _passage(self, passage: Passage) -> Json:
        article = self.articles[passage.article]
        return self._object(
            self._note(passage),
            self._published(article),
            abstract="Words of an outlet's own",
            content=f"{self.sources.outlets[article.id]}: {phrases.quoted(passage.span.of(article.text))}",
            authors=[article.name],
            labels=["passage"],
            external_references=[self._where(article.id, [passage.span])],
            object_refs=[_outlet(article.name)],
        )

    def _claim(self, claim: Claim) -> Json:
        origins = [f"- {origin.link}: {origin.grounds}" for origin in claim.origins]
        outlets = phrases.counted(len(claim.articles), "article")
        return self._object(
            f"note--{self.ids.within('claim', claim.id)}",
            abstract=f"A claim of {outlets}, and where it comes from",
            content="\n".join([phrases.quoted(claim.text), "Origins, as far as the texts show:", *origins]),
            labels=["claim"],
            object_refs=list(dict.fromkeys(self._note(m) for m in sources.members(claim))),
        )

    def _conflict(self, conflict: Conflict, number: int) -> Json:
        return self._object(
            f"note--{self.ids.within('conflict', number)}",
            abstract=f"{phrases.CONFLICT[conflict.type]}: where articles part",
            content=conflict.why,
            labels=["conflict", conflict.type],
            confidence=round(100 * conflict.confidence),
            object_refs=list(dict.fromkeys(self._note(m) for m in sources.members(conflict))),
        )

    def _article(self, read: ReadArticle, notes: Sequence[str]) -> _Container:
        article = read.article
        published = (
            f"Published {article.published}, as the article gives it." if article.published else "No date given."
        )
        places = dict.fromkeys(map(_place, read.places))
        return _Container(
            id=str(self.ids.within("article", article.id)),
            name=article.title or article.name,
            told=f"{article.name}. {published} SHA-256 of the text: {article.text_sha256}.",
            moment=moments.read(article.published),
            references=(self._where(article.id, ()),),
            refs=(_outlet(article.name), *places, *notes),
        )

    def _container(self, of: _Container) -> Json:
        when = {"published": _moment(of.moment.utc)} if of.moment else {"context": "unspecified"}
        return self._object(
            self._id_of(of), name=of.name, description=of.told, object_refs=list(of.refs),
            external_references=list(of.references) or None, **when,
        )  # fmt: skip

    def _id_of(self, of: _Container) -> str:
        return f"{'report' if of.moment else 'grouping'}--{of.id}"

    def _object(self, id_: str, made: str | None = None, **fields: Any) -> Json:
        """``made``: when, if not with the last of the articles."""
        moment = made or self.made
        common = {"type": id_.split("--")[0], "spec_version": "2.1", "id": id_, "created_by_ref": self.program,
                  "created": moment, "modified": moment}  # fmt: skip
        return {**common, **{name: value for name, value in fields.items() if value is not None}}

    def _published(self, article: Article) -> str:
        moment = moments.read(article.published)
        return _moment(moment.utc) if moment else self.made

    def _where(self, article: str, spans: Iterable[Span]) -> Json:
        found = self.articles[article]
        places = phrases.listed([f"{span.start} to {span.end}" for span in spans], most=1000)
        reference = {
            "source_name": found.name,
            "url": identifiers.address(found.url),
            "external_id": found.id,
            "description": f"Characters {places} of its text" if places else "",
        }
        return {name: value for name, value in reference.items() if value}

    def _voice(self, speaker: str) -> str:
        return f"identity--{self.ids.within('speaker', speaker)}"

    def _note(self, member: str | Passage) -> str:
        if isinstance(member, Passage):
            return f"note--{self.ids.within('passage', member.article, *member.span)}"
        return f"note--{self.ids.within('statement', member)}"


def _outlet(name: str) -> str:
    return f"identity--{identifiers.everywhere('outlet', name)}"


def _place(place: Place) -> str:
    return f"location--{identifiers.everywhere('place', geojson.identifier(place))}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
