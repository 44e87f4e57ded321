"""Which parts of an article are its prose, and which are the page around it.

Nothing is thrown away: what is not prose keeps its characters and the reason why it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from . import agencies, datelines, furniture
from .article import Article
from .furniture import Reason
from .span import Span


@dataclass(frozen=True, slots=True)
class Unread:
    """Characters that are not analysed, and why."""

    span: Span
    reason: Reason


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's text, divided: ``unread`` and ``prose`` are in text order and never overlap.

    Together they hold every character but white space. ``prose`` has one span for each paragraph; ``dateline`` is
    one of the unread spans. ``agency`` is the wire service that the dateline or byline names, which makes it the
    relay of the whole article, and ``contributors`` are the outlets that a closing credit names; both in the forms
    of :mod:`whosays.text.agencies` where that knows them.
    """

    unread: tuple[Unread, ...]
    prose: tuple[Span, ...]
    agency: str | None = None
    dateline: Span | None = None
    contributors: tuple[str, ...] = ()


_LINE: Final = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_CLOSED: Final = re.compile(r"[.!?…:;,—–-][\"'”’)\]*]*$")
_STOPPED: Final = re.compile(r"[.…:;,][\"'”’)\]*]*$")
_SMALL: Final = frozenset(
    "a an and as at but by for from if in into is nor of off on onto or over per so than that the to up via vs with "
    "after before amid against under its it be".split()
)
# Words that make a short line a sentence about somebody's words, and the ages in a list of people.
_NO_SUBHEAD: Final = re.compile(
    r"\b(?i:said|says|told|tells|asked|added|wrote|writes|tweeted|posted|replied|continued|responded|according|reports?"
    r"|reported|announced)\b|, \d+$"
)
_BEGINS_ANEW: Final = (
    r"(?=\s+[\"'“‘(]?[^\Wa-z_])"
    r"(?!\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_SHORTEST_REPEATED: Final = 4  # words
_TOP_LINES: Final = 4  # among which an outlet's name alone on its line is a byline
_LEAD_LINES: Final = 3  # a headline, a second line of it and a subhead
_LONGEST_HEADLINE: Final = 160
_LONGEST_SUBHEAD: Final = 80
_SHORTEST_PARAGRAPH: Final = 80


def find(article: Article) -> Layout:
    """Divide an article's text into prose and what is not to be analysed as prose."""
    text = article.text
    lines = [span for found in _LINE.finditer(text) if (span := _trimmed(text, Span(*found.span())))]
    words = [span.of(text) for span in lines]
    reasons = _reasons(words, article.title)
    unread = [Unread(span, why) for span, why in zip(lines, reasons, strict=True) if why]
    prose = [span for span, why in zip(lines, reasons, strict=True) if not why]
    if prose and (led := _repeated_head(article, prose[0])):
        unread += led
        rest = _trimmed(text, Span(led[-1].span.end, prose[0].end))
        prose[:1] = [rest] if rest else []
    agency = _byline_agency(unread, text)
    closing = [part.span.of(text) for part in unread if part.reason == "credit"]
    dateline = _first_dateline(text, prose)
    if dateline is not None:
        agency = dateline.agency or agency
        prose = list(_without(text, prose, dateline.span))
        unread.append(Unread(dateline.span, "dateline"))
    for number, paragraph in enumerate(prose):
        if (begins := furniture.tail(paragraph.of(text))) is not None:
            credit = Span(paragraph.start + begins, paragraph.end)
            unread.append(Unread(credit, "credit"))
            closing.append(credit.of(text))
            before = Span(paragraph.start, credit.start)
            prose[number] = _trimmed(text, before) or before
    return Layout(
        unread=tuple(sorted(unread, key=lambda part: part.span)),
        prose=tuple(prose),
        agency=agency,
        dateline=dateline.span if dateline else None,
        contributors=tuple(_outlets(closing)),
    )


def _repeated_head(article: Article, paragraph: Span) -> list[Unread]:
    """The article's title, and its author behind that, before the first words of a paragraph: a page that was cut off
    may lose its lines. A title of few words may be how the first sentence begins, and stays."""
    title, text = article.title or "", article.text
    if len(_WORD.findall(title)) < _SHORTEST_REPEATED or not (led := _leads(title, text, paragraph)):
        return []
    found = [Unread(led, "headline")]
    after = _trimmed(text, Span(led.end, paragraph.end))
    if article.byline and after and (by := _leads(article.byline, text, after)):
        found.append(Unread(by, "byline"))
    return found


def _leads(written: str, text: str, paragraph: Span) -> Span | None:
    """The words at the start of a paragraph, "By" before them or not, where a capital other than a day's follows."""
    if len(written) > 2 * _LONGEST_HEADLINE:
        return None
    folded = written.casefold().split()
    first = [word.casefold() for word in paragraph.of(text).split(maxsplit=len(folded) + 1)]
    if folded not in (first[: len(folded)], first[1 : len(folded) + 1]):
        return None
    words = r"\s+".join(map(re.escape, written.split()))
    found = re.compile(rf"(?i:(?:by\s+)?{words}){_BEGINS_ANEW}").match(text, *paragraph)
    return Span(*found.span()) if found else None


def _trimmed(text: str, span: Span) -> Span | None:
    """The span without white space and invisible marks at its ends; ``None`` where nothing is left."""
    start, end = span
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return Span(start, end) if start < end else None


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter in "\ufeff\u200b\u200c\u200d\u2060"


def _reasons(lines: Sequence[str], title: str | None) -> list[Reason | None]:
    reasons: list[Reason | None] = [furniture.reason(line) for line in lines]
    for number, line in enumerate(lines[1:], start=1):
        if reasons[number] is None and furniture.opens_links(lines[number - 1]) and _is_title(line):
            reasons[number] = "link"
    for number, line in enumerate(lines[:_TOP_LINES]):
        if reasons[number] is None and agencies.is_outlet(line):
            reasons[number] = "byline"
    _mark_headlines(lines, reasons, title)
    for number in range(1, len(lines)):
        if reasons[number] is None and _is_subhead(number, lines, reasons):
            reasons[number] = "headline"
    return reasons


def _mark_headlines(lines: Sequence[str], reasons: list[Reason | None], title: str | None) -> None:
    """The headline and what belongs to it, at the top of the text; something must follow it."""
    marked = 0
    for number, line in enumerate(lines[:-1]):
        if reasons[number] is not None:
            if reasons[number] in ("link", "label", "time", "byline", "subscription", "caption", "ornament"):
                continue
            return
        if marked == _LEAD_LINES or datelines.find(line, Span(0, len(line))) is not None:
            return
        if not (_is_given_title(line, title) or _is_headline(line)):
            return
        reasons[number] = "headline"
        marked += 1


def _is_given_title(line: str, title: str | None) -> bool:
    """Whether the line is the article's title; one that was given a full stop is left as a sentence."""
    if not title or line.endswith("."):
        return bool(title) and line == title
    return _WORD.findall(line.casefold()) == _WORD.findall(title.casefold()) != []


def _is_headline(line: str) -> bool:
    """A first line without a stop, or a question or cry in title case; a sentence with its full stop is prose."""
    if len(line) > _LONGEST_HEADLINE or _STOPPED.search(line) or not line[0].isprintable():
        return False
    if line[0] in "•*-–—>" or len(_WORD.findall(line)) < 2:
        return False
    return not _CLOSED.search(line) or _title_share(line) >= 0.8


def _is_subhead(number: int, lines: Sequence[str], reasons: Sequence[Reason | None]) -> bool:
    """A short line without a stop between paragraphs of prose, or below the last of them.

    In a list (its neighbours are short too) it is an item, and in quotation marks somebody's words: both are prose.
    """
    line = lines[number]
    if len(line) > _LONGEST_SUBHEAD or _CLOSED.search(line) or not line[0].isupper() or _NO_SUBHEAD.search(line):
        return False
    before = next((lines[n] for n in range(number - 1, -1, -1) if reasons[n] is None), "")
    after = next((n for n in range(number + 1, len(lines)) if reasons[n] is None), None)
    if not _is_paragraph(before) or (after is not None and not _is_paragraph(lines[after])):
        return False
    count = len(_WORD.findall(line))
    return count >= 2 and (_title_share(line) >= 0.75 or (after is not None and count <= 6 and "," not in line))


def _is_paragraph(line: str) -> bool:
    return len(line) >= _SHORTEST_PARAGRAPH and bool(re.search(r"[.!?…:][\"'”’)\]*]*$", line))


def _is_title(line: str) -> bool:
    """Whether a line under "SEE ALSO:" is the link's title rather than the article going on."""
    return len(line) <= _LONGEST_HEADLINE and (not _CLOSED.search(line) or _title_share(line) >= 0.8)


def _title_share(line: str) -> float:
    """The share of words with a capital among those that title case would give one."""
    weighty = [word for word in _WORD.findall(line) if word.casefold() not in _SMALL]
    return sum(word[0].isupper() for word in weighty) / len(weighty) if weighty else 0.0


def _first_dateline(text: str, prose: Sequence[Span]) -> datelines.Dateline | None:
    """The dateline of the first paragraph; a standfirst of a sentence or two may come before it."""
    for paragraph in prose[:3]:
        if (found := datelines.find(text, paragraph)) is not None:
            return found
    return None


def _without(text: str, prose: Sequence[Span], taken: Span) -> Iterator[Span]:
    for paragraph in prose:
        rest = _trimmed(text, Span(taken.end, paragraph.end)) if paragraph.overlaps(taken) else paragraph
        if rest is not None:
            yield rest


def _byline_agency(unread: Sequence[Unread], text: str) -> str | None:
    for part in unread:
        if part.reason == "byline":
            for named in _outlets([part.span.of(text)]):
                if agencies.is_agency(named):
                    return named
    return None


def _outlets(lines: Sequence[str]) -> Iterator[str]:
    """The outlets that credit lines name, each once, in order."""
    seen: set[str] = set()
    for line in lines:
        for part in re.split(r",|;|\||/|\band\b|\bfor\b|\bby\b|\bBY\b|\bcontributed\b|[()]", line):
            named = agencies.canonical(part)
            if named is not None and named not in seen:
                seen.add(named)
                yield named
