"""What the interface answers with, as types, so that the OpenAPI document describes it exactly."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from whosays.desk.api.documents import (
    ArticleDate,
    ArticlePlace,
    Kind,
    Mark,
    Naming,
    Origin,
    Polarity,
    ReportClaim,
    ReportConflict,
    Share,
    Span,
    Unset,
    Words,
)

Count = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]
Next = Annotated[str | None, Field(description="The address of the next page; null on the last one.")]
Href = Annotated[str, Field(description="The address of this resource, its id percent-encoded.")]


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: str
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    detail: str


class Index(BaseModel):
    """Where things are."""

    name: Literal["whosays"]
    version: str
    openapi: str
    library: str
    articles: str
    statements: str
    stories: str
    claims: str
    conflicts: str
    speakers: str
    outlets: str
    places: str
    jobs: str
    report: str
    marks: str


class Library(BaseModel):
    """How the library stands. ``unanalysed`` articles are in it, and their statements are not."""

    articles: Count
    changed: Count
    outlets: Count
    stories: Count
    statements: Count
    speakers: Count
    unanalysed: Count
    failures: Count
    first: str | None
    last: str | None
    last_added: str | None
    added_today: Count
    size: Annotated[int, Field(ge=0, description="bytes")]


class Article(BaseModel):
    """An article as it stands now. ``statements`` counts them, null where they could not be found."""

    id: str
    href: Href
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    byline: str | None
    language: str | None
    text_sha256: str
    characters: Count
    story: Number | None
    versions: Number
    added: str
    changed: str
    statements: Count | None
    text: Annotated[str | Unset, Field(description="Only where it was asked for.")] = None


class WholeArticle(Article):
    text: str
    dates: list[ArticleDate]
    places: list[ArticlePlace]


class Version(BaseModel):
    """An article as it was read at one time."""

    number: Number
    added: str
    title: str | None
    published: str | None
    text: str
    place: str


class Statement(BaseModel):
    """As in the report document, but for the speaker, who is given by name, and with what its article is."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    story: Number | None
    speaker: str | None
    naming: Naming
    kind: Kind
    polarity: Polarity
    via: list[str]
    said_on: str | None
    content: Annotated[list[Span], Field(min_length=1)]
    source: Span | None
    cue: Span | None
    text: Words
    confidence: Share


class Told(BaseModel):
    id: str
    outlet: str | None
    published: str | None
    title: str | None


class Story(BaseModel):
    """A story. ``voices`` are ids of articles, near-copies of each other together; ``first`` and ``last`` are days.

    ``claims``, ``origins`` and ``conflicts`` count what its report holds, and are null until it is made.
    """

    id: Number
    href: Href
    version: Number
    headline: str
    outlets: list[str]
    first: str | None
    last: str | None
    articles: list[Told]
    voices: list[list[str]]
    claims: Count | None
    origins: Count | None
    conflicts: Count | None
    begun: str
    changed: str


class NamedOrigin(Origin):
    name: Annotated[str, Field(description="The speaker, document or outlet in words.")]


class Claim(ReportClaim):
    """As in the report on its story, whose other ids it uses."""

    story: Number
    origins: list[NamedOrigin]  # type: ignore[assignment]


class Conflict(ReportConflict):
    """As in the report on its story, whose ids it uses."""

    story: Number


class Speaker(BaseModel):
    """Everybody of one name. ``articles`` and ``outlets`` count where; ``first`` and ``last`` are publications."""

    name: str
    naming: Annotated[Naming, Field(description="As in the article that came last.")]
    statements: Count
    articles: Count
    outlets: Count
    first: str | None
    last: str | None


class Outlet(BaseModel):
    name: str
    articles: Count
    statements: Count
    first: str | None
    last: str | None


class Place(BaseModel):
    """A place, and how often it is named in how many articles. ``geonames`` is its number in GeoNames (CC BY 4.0)."""

    name: str
    country: str | None
    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    precision: str
    geonames: int | None
    mentions: Count
    articles: Count


class Articles(BaseModel):
    articles: list[Article]
    next: Next


class Statements(BaseModel):
    statements: list[Statement]
    next: Next


class Versions(BaseModel):
    versions: list[Version]


class Stories(BaseModel):
    stories: list[Story]
    next: Next


class Claims(BaseModel):
    claims: list[Claim]
    next: Next


class Conflicts(BaseModel):
    conflicts: list[Conflict]
    next: Next


class Speakers(BaseModel):
    speakers: list[Speaker]
    next: Next


class Outlets(BaseModel):
    outlets: list[Outlet]
    next: Next


class Places(BaseModel):
    places: list[Place]
    next: Next


What = Literal["new", "changed", "known", "refused", "notice", "unanalysed"]


class Event(BaseModel):
    """What became of one article, or of something that held none; ``problem`` says in words what is wrong."""

    what: What
    article: Annotated[str | None, Field(description="Its id in the library.")]
    outlet: str | None
    title: str | None
    problem: str | None


class Counts(BaseModel):
    new: Count
    changed: Count
    known: Count
    refused: Count
    notice: Count
    unanalysed: Count


class Job(BaseModel):
    """What is being added. ``problem`` is what ended it early."""

    id: Number
    href: Href
    state: Literal["waiting", "working", "done"]
    problem: str | None
    counts: Counts


class WholeJob(Job):
    events: list[Event]


class Jobs(BaseModel):
    """The latest first."""

    jobs: list[Job]


class Marks(BaseModel):
    marks: list[Mark]
    next: Next


def _whole(given: object) -> object:
    """JSON has one kind of number: 2.0 is whole."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


# bounds stand before what makes a number whole, or the schema would not tell them
Whole = Annotated[int, Field(ge=1, le=2**53), BeforeValidator(_whole)]
Natural = Annotated[int, Field(ge=0, le=2**53), BeforeValidator(_whole)]
Signature = Annotated[str, Field(min_length=1, max_length=100, description="The name with which it is signed.")]


class Signed(BaseModel):
    """Who undoes a mark, and why."""

    model_config = ConfigDict(extra="forbid")

    who: Signature
    value: Annotated[str, Field(max_length=10_000)] = ""


class GivenMark(BaseModel):
    """A mark to be made on something of a story's report."""

    model_config = ConfigDict(extra="forbid")

    who: Signature
    action: Literal["join", "part", "settle", "dismiss", "grade", "note"]
    about: Literal["claim", "conflict", "speaker", "story", "outlet", "passage"]
    story: Whole
    number: Annotated[Whole, Field(description="Of the claim, conflict or speaker in the report, from 1.")] | None = (
        None
    )
    called: Annotated[
        str | None,
        Field(description="What it is called in the report that was read; refused if that number is another by now."),
    ] = None
    name: Annotated[str | None, Field(description="The outlet's.")] = None
    article: Annotated[str | None, Field(description="The id of the article that the passage is of.")] = None
    span: Annotated[tuple[Natural, Natural], Field(description="[start, end): the passage's characters")] | None = None
    value: Annotated[str, Field(max_length=10_000, description="The grade, or words.")] = ""
    other: (
        Annotated[Whole, Field(description="What it is joined with: the number of a claim, speaker or story.")] | None
    ) = None
    some: Annotated[
        list[Natural] | None,
        Field(max_length=2000, description="What is taken out: which of its passages, or articles, from 0."),
    ] = None


class GivenArticle(BaseModel):
    """An article to be added or reported on. Fields that are not known are left alone."""

    text: Annotated[str, Field(min_length=1)]
    id: str | int | None = None
    outlet: str | None = None
    published: Annotated[str | None, Field(description="2024-12-07, or with a time; other forms are read too.")] = None
    title: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None


Given = GivenArticle | Annotated[list[GivenArticle], Field(min_length=1)]
