"""The report document as types, so that the OpenAPI document describes it; ``docs/report-format.md`` says more."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

Offset = Annotated[int, Field(ge=0)]
Span = Annotated[tuple[Offset, Offset], Field(description="[start, end): characters of the article's text")]
Passage = Annotated[tuple[str, Span], Field(description="the article's id, and where in its text")]
Share = Annotated[float, Field(ge=0, le=1)]
Kind = Literal["direct", "indirect", "mixed"]
Naming = Literal["named", "anonymous", "organisation", "document", "unattributed"]
Polarity = Literal["asserted", "denied", "question", "call", "expected"]
Link = Literal["stated", "inferred", "unknown"]
ConflictType = Literal[
    "quantity", "time", "polarity", "status", "source", "quote", "certainty", "scale", "content"
]  # fmt: skip
Action = Literal["join", "part", "settle", "dismiss", "grade", "note", "undo"]
MarkKind = Literal["claim", "conflict", "speaker", "story", "outlet", "passage", "mark"]
Unset = SkipJsonSchema[None]  # what a field that may be absent has in Python, never in JSON


class MadeBy(BaseModel):
    version: str
    model: str


class ReportArticle(BaseModel):
    id: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    byline: str | None
    language: str | None
    text_sha256: str
    characters: int
    unread: list[Span]
    relays: list[str]
    text: str | Unset = None


class Words(BaseModel):
    """The words of a statement's parts, verbatim."""

    content: str
    source: str | None
    cue: str | None


class AllWords(Words):
    recipient: str | None


class ReportStatement(BaseModel):
    id: str
    article: str
    content: Annotated[list[Span], Field(min_length=1)]
    source: Span | None
    cue: Span | None
    recipient: Span | None
    text: AllWords
    speaker: str | None
    via: list[str]
    kind: Kind
    naming: Naming
    polarity: Polarity
    said_on: str | None
    confidence: Share


class ReportSpeaker(BaseModel):
    id: str
    name: str
    naming: Naming
    described_as: list[str]
    entity: str | None
    grounds: list[str]


class Step(BaseModel):
    article: str
    via: list[str]
    link: Link
    grounds: str


class Origin(BaseModel):
    """Exactly one of ``speaker``, ``document`` and ``outlet`` is there."""

    speaker: str | Unset = None
    document: str | Unset = None
    outlet: str | Unset = None
    via: list[str]
    statements: list[str]
    passages: list[Passage]
    link: Link
    grounds: str
    chain: list[Step]


class ReportClaim(BaseModel):
    id: str
    text: str
    statements: list[str]
    passages: list[Passage]
    outlets: list[str]
    silent: list[str]
    origins: list[Origin]


class ReportConflict(BaseModel):
    type: ConflictType
    statements: list[str]
    passages: list[Passage]
    why: str
    confidence: Share
    update: str | None


class Label(BaseModel):
    text: str
    count: int
    spans: list[Span]
    voice: Literal["outlet", "quoted"]
    loaded: list[str]


class Name(BaseModel):
    entity: str
    labels: dict[str, list[Label]]


class SharedText(BaseModel):
    passages: tuple[Passage, Passage]
    share: Share


class Mention(BaseModel):
    article: str
    span: Span
    time: str | None
    statement: str | None


class EventSpans(BaseModel):
    what: Span | None
    actor: Span | None
    target: Span | None
    place: Span | None
    time: Span | None


class EventEntities(BaseModel):
    actor: str | None
    target: str | None


class Event(BaseModel):
    what: str
    actor: str | None
    target: str | None
    place: str | None
    time: str | None
    article: str
    span: Span
    statement: str | None
    spans: EventSpans
    entities: EventEntities
    mentions: list[Mention]


class StandingSpans(BaseModel):
    who: Span | None
    what: Span | None
    with_: Annotated[Span | None, Field(alias="with")]


class StandingEntities(BaseModel):
    who: str | None
    what: str | None


class Standing(BaseModel):
    kind: Literal["holds", "supports"]
    who: str
    what: str
    with_: Annotated[str | None, Field(alias="with")]
    as_of: str | None
    article: str
    span: Span
    statement: str | None
    spans: StandingSpans
    entities: StandingEntities


class ArticleDate(BaseModel):
    span: Span
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start: str | None
    end: str | None
    precision: str
    anchor: Literal["text", "published", "other date"] | None


class ReportDate(ArticleDate):
    article: str


class ArticlePlace(BaseModel):
    span: Span
    text: str
    name: str
    country: str | None
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    precision: str
    geonames: int | None


class ReportPlace(ArticlePlace):
    article: str


class Anchor(BaseModel):
    """A passage, in the text with that hash; the characters before and behind it help to find it in a later one."""

    article: str
    sha256: str
    start: Offset
    end: Offset
    quote: str
    prefix: str
    suffix: str


class Target(BaseModel):
    """What a mark is about: docs/marks.md."""

    kind: MarkKind
    text: Annotated[str, Field(description="What it was called when the mark was made.")]
    name: str
    story: int | None
    passages: list[Anchor]
    articles: list[str]


class Mark(BaseModel):
    """A mark as it is exported; one of a log that only grows."""

    key: str
    at: str
    who: str
    action: Action
    targets: Annotated[list[Target], Field(min_length=1, max_length=2)]
    value: Annotated[str, Field(description="The grade, or words.")]
    story: int | None
    undoes: Annotated[str | None, Field(description="The key of the mark that it undoes.")]
    stands: Annotated[bool, Field(description="Whether it is not undone.")]


class ReportMark(Mark):
    """A mark beside a report. ``ids``: what each target is there; null where it is not."""

    ids: list[str | None]


class Report(BaseModel):
    """A report document, version 1: docs/report-format.md. What was not asked for is absent."""

    format: Literal["whosays.report/1"]
    made_by: MadeBy
    articles: list[ReportArticle]
    statements: list[ReportStatement]
    speakers: list[ReportSpeaker]
    claims: list[ReportClaim] | Unset = None
    conflicts: list[ReportConflict] | Unset = None
    only_in: dict[str, list[str]] | Unset = None
    shared_text: list[SharedText] | Unset = None
    names: list[Name] | Unset = None
    events: list[Event] | Unset = None
    standing: list[Standing] | Unset = None
    dates: list[ReportDate]
    places: list[ReportPlace]
    notes: list[str] | Unset = None
    marks: list[ReportMark] | Unset = None
