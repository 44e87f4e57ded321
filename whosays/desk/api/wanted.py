"""What may be asked of the collections, as types: parameters that are not known are refused, not overlooked."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from whosays.desk.api.documents import Action, ConflictType, Kind, MarkKind, Naming, Polarity, Unset
from whosays.library.bulk import Chosen

MOST: int = 1000  # rows on a page
_USUAL = 50


def _day(given: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
        raise ValueError("is no date such as 2024-12-07")
    return date.fromisoformat(given).isoformat()


def _moment(given: str) -> str:
    """A moment as the library writes it, in UTC."""
    # a plus that was not encoded arrives as a space
    form = r"(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.\d+)?([Zz]|[+ -]\d{2}:\d{2})"
    if not (found := re.fullmatch(form, given, re.ASCII)):
        raise ValueError("is no moment such as 2024-12-07T14:30:00Z")
    when = datetime.fromisoformat(found[1].upper() + found[2].upper().replace(" ", "+"))
    try:
        return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")
    except OverflowError:
        return f"{found[1]}Z"


Words = Annotated[str, Field(min_length=1, max_length=500)]
Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]
Moment = Annotated[str, AfterValidator(_moment), Field(json_schema_extra={"format": "date-time"})]
StoryNumber = Annotated[int, Field(ge=1, le=2**53)]
Searched = Annotated[
    Words, Field(description='Words that must all be there; "a phrase"; -without; begin* finds what begins so.')
]


class Wanted(BaseModel):
    """A page of a collection."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MOST)] = _USUAL
    cursor: Annotated[str, Field(pattern=r"^[0-9a-f.]{1,8000}$")] | Unset = None


class Ordered(Wanted):
    order: Annotated[Literal["latest", "added"], Field(description="The latest first, or as they came.")] = "latest"


class _Published(Ordered):
    q: Searched | Unset = None
    outlet: Annotated[Words, Field(description="The whole name.")] | Unset = None
    since: Annotated[Day, Field(description="Published on this day or later.")] | Unset = None
    until: Annotated[Day, Field(description="Published on this day or before.")] | Unset = None
    changed_since: Annotated[Moment, Field(description="Came in or changed at this moment or later.")] | Unset = None


class ArticlesWanted(_Published):
    story: StoryNumber | Unset = None
    text: Annotated[bool, Field(description="With their texts.")] = False

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.q, None, self.outlet, self.since, self.until, self.changed_since, self.story)


class StatementsWanted(_Published):
    article: Annotated[Words, Field(description="The id of one article.")] | Unset = None
    story: StoryNumber | Unset = None
    speaker: Annotated[Words, Field(description="Words of the name, or how they begin.")] | Unset = None
    naming: Naming | Unset = None
    kind: Kind | Unset = None
    polarity: Polarity | Unset = None

    @property
    def chosen(self) -> Chosen:
        return Chosen(
            self.q, self.speaker, self.outlet, self.since, self.until, self.changed_since, self.story, self.article,
            self.polarity, self.naming, self.kind,
        )  # fmt: skip


class StoriesWanted(_Published):
    @property
    def chosen(self) -> Chosen:
        return Chosen(self.q, None, self.outlet, self.since, self.until, self.changed_since)


class ClaimsWanted(Wanted):
    story: StoryNumber | Unset = None


class ConflictsWanted(ClaimsWanted):
    type: ConflictType | Unset = None


class MarksWanted(Ordered):
    action: Action | Unset = None
    about: MarkKind | Unset = None
    who: Annotated[Words, Field(description="The whole name.")] | Unset = None
    story: Annotated[StoryNumber, Field(description="Made on the page of this story.")] | Unset = None


class NamesWanted(Wanted):
    q: Annotated[Words, Field(description="A part of the name.")] | Unset = None

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.q)


class SpeakersWanted(Wanted):
    q: Annotated[Words, Field(description="Words of the name or description, or how they begin.")] | Unset = None
    naming: Naming | Unset = None

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.q, naming=self.naming)
