"""The day on which a statement was made, where the text gives it.

A weekday is the last such day that is not after the day of publication: news tells of what has just been said. Only the
words around the cue are read ("said on Friday", "On Friday, she told …", "in a letter sent Friday"), never the content,
whose days are what the statement is about.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from whosays.statements.statement import Statement
from whosays.text.article import Article
from whosays.text.span import Span

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_DAY: Final = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{{4}}))?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_MONTH})(?:,?\s+(?P<year2>\d{{4}}))?"
    r"|(?P<before>(?:last|next|this|every|each)\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"(?P<of>['’]s|s)?"
    r"|(?P<near>[Tt]oday|[Yy]esterday|[Tt]onight|[Tt]his (?:morning|afternoon|evening)))(?![\w-])"
)
# What the day belongs to when it stands behind one of these: another event than the saying.
_ELSE: Final = re.compile(
    r"\b(?:after|before|since|until|till|by|following|ahead of|when|as|amid|because|scheduled|due|for|from|between"
    r"|about|over|than|who|whose|where|against|if|next|will|would|whether|despite|the day)\b",
    re.IGNORECASE,
)
# "In Saturday's statement": a possessive day counts only with the occasion itself.
_OCCASION: Final = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:statement|speech|interview|remarks|address|letter|memo|tweets?|report|briefing|hearing|debate"
    r"|testimony|(?:news |press )conference|op-ed|post|editorial|broadcast|call)\b"
)
_DOCUMENT: Final = re.compile(
    r"\b(?:letter|memo|report|statement|document|poll|survey|post|tweet|filing|papers|e-?mail|article|story|resolution"
    r"|rules?|guidance|release|transcript|video|indictment)s?\b",
    re.IGNORECASE,
)
_RIGHT_BEHIND: Final = re.compile(r"(?<![.!?])(?<![.!?][\"”]),? (?:(?:late|early|later|on|late on|early on) )?")
_OTHER_TIME: Final = re.compile(
    r"\b(?:has|have|had|earlier|previously|last (?:week|month|year)|often|once|long|repeatedly|in \d{4}|ago|later)\b"
)
PRONOUNS: Final = frozenset({"he", "she", "they", "it", "we", "i"})
_NAME: Final = re.compile(r"\b[A-Z][\w’'-]+")
# The stop comes first, what stands before it after that: so a search goes straight from one stop to the next.
_STOP: Final = re.compile(
    r"[.!?]"
    r"(?<!\bMr.)(?<!\bMs.)(?<!\bDr.)(?<!\bSt.)(?<!\bMrs.)"
    r"(?<!\bSen.)(?<!\bRep.)(?<!\bGov.)(?<!\bGen.)(?<!\bSens.)(?<!\bReps.)"
    r"(?<!\b[A-Z].)"
    r"[\"”’)]*\s+(?=[\"“‘(\[]?[A-Z])"
)


def said_on(article: Article, doc: Doc, statement: Statement) -> str | None:
    """The ISO date on which the statement was made, if the words around its cue tell; ``None`` otherwise.

    A weekday without a date of publication resolves to nothing, and so do "last week" and a day yet to come.
    """
    del doc
    published = _published(article)
    for found in _around(article.text, statement):
        resolved = _resolved(found, published)
        if resolved is not None:
            return resolved.isoformat()
    return None


def carried(article: Article, doc: Doc, statements: Sequence[Statement]) -> list[str | None]:
    """The day of every statement of an article, in the order given, which must be text order.

    A day that :func:`said_on` gives goes on for what the same speaker says next, until another occasion is spoken of
    ("has said", "earlier this month"). Of 72 days carried so on the gold files of 36 stories, 28 are theirs and one is
    another; for 43 they give none.
    """
    found: list[str | None] = []
    for number, statement in enumerate(statements):
        day = said_on(article, doc, statement)
        if day is None and number and found[-1] and _goes_on(article.text, statements[number - 1], statement):
            day = found[-1]
        found.append(day)
    return found


def _goes_on(text: str, before: Statement, statement: Statement) -> bool:
    return not _OTHER_TIME.search(lead(text, statement)) and same_speaker(text, before, statement)


def lead(text: str, statement: Statement) -> str:
    """The words around a statement's source and cue, as far as its content on either side or its sentence goes."""
    marks = [span for span in (statement.source, statement.cue) if span is not None]
    if not marks:
        return ""
    first, last = min(span.start for span in marks), max(span.end for span in marks)
    start, end = sentence(text, Span(first, last))
    begin = max([start, *(span.end for span in statement.content if span.end <= first)])
    return text[begin : min([end, *(span.start for span in statement.content if span.start >= last)])]


def same_speaker(text: str, before: Statement, statement: Statement) -> bool:
    """Whether a statement has the speaker of the one before it: known by id, or by a pronoun or a repeated name."""
    if statement.speaker is not None and before.speaker is not None:
        return statement.speaker == before.speaker
    if statement.source is None or before.source is None:
        return statement.source is None
    words, earlier = statement.source.of(text), before.source.of(text)
    if words.lower() in PRONOUNS:
        return True
    names = _NAME.findall(re.split(r",| who ", words)[0])
    return words == earlier or (bool(names) and re.search(rf"\b{re.escape(names[-1])}\b", earlier) is not None)


def _published(article: Article) -> date | None:
    try:
        return date.fromisoformat((article.published or "")[:10])
    except ValueError:
        return None


def _around(text: str, statement: Statement) -> Iterator[re.Match[str]]:
    """The days in the words around the cue, the most telling first: behind it, before it, in a document's name."""
    marks = [span for span in (statement.source, statement.cue) if span is not None]
    if not marks:
        return
    anchor = Span(min(span.start for span in marks), max(span.end for span in marks))
    start, end = sentence(text, anchor)
    cue = statement.cue or anchor
    last = max(span.end for span in statement.content)
    behind = min([end, *(span.start for span in statement.content if span.start >= cue.end)])
    ahead = max([start, *(span.end for span in statement.content if span.end <= anchor.start)])
    regions = [Span(cue.end, behind), Span(ahead, anchor.start)]
    if statement.source is not None:
        regions.append(Span(statement.source.end, cue.start))
        if _DOCUMENT.search(text, *statement.source):
            regions.append(statement.source)
    for region in regions:
        for found in _DAY.finditer(text, region.start, max(region)):
            if _tells(text, found, region, anchor):
                yield found
    if cue.end <= last <= end and (behind_it := _RIGHT_BEHIND.match(text, last, end)):
        day = _DAY.match(text, behind_it.end())
        if day and not day["of"]:
            yield day


def _tells(text: str, found: re.Match[str], region: Span, anchor: Span) -> bool:
    """Whether a day is that of the saying, and of nothing else in the same words."""
    if found["of"] and not _OCCASION.match(text, found.end()):
        return False
    between = text[found.end() : anchor.start] if found.end() <= anchor.start else ""
    return not _ELSE.search(text[region.start : found.start()]) and not _ELSE.search(between)


def _resolved(found: re.Match[str], published: date | None) -> date | None:
    if found["weekday"]:
        if published is None or (found["before"] or "").strip() in ("next", "every", "each"):
            return None
        back = (published.weekday() - _WEEKDAYS.index(found["weekday"].lower())) % 7
        if (found["before"] or "").strip() == "last" and back == 0:
            back = 7
        return published - timedelta(days=back)
    if found["near"]:
        if published is None:
            return None
        return published - timedelta(days=found["near"].lower() == "yesterday")
    return _calendar_day(found, published)


def _calendar_day(found: re.Match[str], published: date | None) -> date | None:
    month = _MONTHS.index((found["month"] or found["month2"])[:3].lower()) + 1
    day, year = int(found["day"] or found["day2"]), found["year"] or found["year2"]
    try:
        if year:
            return date(int(year), month, day)
        if published is None:
            return None
        this_year = date(published.year, month, day)
        return this_year if this_year <= published else date(published.year - 1, month, day)
    except ValueError:
        return None


def sentence(text: str, span: Span) -> tuple[int, int]:
    """Where the sentence around a span begins and ends, by its stops.

    A parse is no surer where quotations and sentences cross, and a paragraph ends every sentence.
    """
    starts, ends = _stops(text)
    before = bisect.bisect_right(ends, span.start) - 1
    after = bisect.bisect_left(ends, span.end)
    begin = max(text.rfind("\n", 0, span.start) + 1, ends[before] if before >= 0 else 0)
    line = text.find("\n", span.end)
    end = len(text) if line < 0 else line
    return begin, ends[after] if after < len(ends) and starts[after] < end else end


@lru_cache(maxsize=512)  # articles of a story, which are gone through several times
def _stops(text: str) -> tuple[list[int], list[int]]:
    """Where the stops of a text's sentences begin and end."""
    found = [stop.span() for stop in _STOP.finditer(text)]
    return [start for start, _ in found], [end for _, end in found]
