"""Through which outlets and agencies a statement came: "told Reuters", "on NBC's 'Meet the Press'", "CNN reported".

A relay is told from other listeners by its name: it is in the table of :mod:`whosays.text.agencies`, or has the form of
an outlet's name ("The Harbour Tribune", "state television", "radio station KXYZ"). Where it stands says how it came
into the statement: as the one who was told, as the place of an interview, or as the one who reports it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from spacy.tokens import Doc

from whosays.statements.statement import Statement
from whosays.text import agencies
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span


class Named(NamedTuple):
    """An outlet's name in the text, with its usual form."""

    span: Span
    name: str


# ------------------------------------------------------------------ names of outlets
_FORMS: Final = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(form).replace("'", "['’]") for form in agencies.forms()) + r")(?![\w-])"
)
_PROPER: Final = r"(?!The\b|An?\b|In\b|On\b|But\b|And\b)[A-Z][\w&’'-]*"
_KIND: Final = (
    r"Times|Post|Journal|Tribune|Herald|Gazette|Chronicle|Observer|Inquirer|Enquirer|Examiner|Dispatch|Courier"
    r"|Register|Telegraph|Mirror|Daily News|Evening News|News Agency|Broadcasting Network|Broadcasting Corporation"
    r"|Broadcasting|Newspapers|Magazine|Radio|Television|TV|Morning News|Free Press|Globe|Sentinel|Bulletin|Monitor"
)
_BY_FORM: Final = re.compile(rf"(?<![\w-])(?:{_PROPER}\s+){{1,4}}?(?:{_KIND})(?![\w-])(?! (?:Office|Service|City)\b)")
_BESIDE_KIND: Final = re.compile(
    rf"\b(?:newspaper|daily|broadcaster|magazine|radio station|(?:TV|television) (?:station|channel|network)"
    rf"|news (?:agency|site|website|outlet|channel)|affiliate)\s+(?:the\s+|The\s+)?({_PROPER}(?:\s+{_PROPER}){{0,2}})"
    rf"|({_PROPER}(?:\s+{_PROPER}){{0,2}})\s+(?:newspaper|magazine|television|radio|TV|news agency)\b"
)
_STATE: Final = re.compile(
    rf"\b(?:{_PROPER}(?:['’]s)?\s+)?(?:state|official|state-run|state-owned)\s+(?:television|TV|radio|media|broadcaster"
    r"|news agency|newspaper)\b"
)
_CALL_LETTERS: Final = re.compile(r"(?<![\w-])[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?(?![\w-])")
_SHORT: Final = re.compile(rf"\b[Tt]he ({_KIND})(?! [A-Z])(?![\w-])")
_COMMON: Final = re.compile(r"\b[Tt]he (?:news)?(?:paper|network|outlet|broadcaster|magazine| agency)(?![\w-])")
_PROGRAMME: Final = re.compile(r"[“\"‘']([A-Z][^”\"\n]{2,40}?)[,.]?[”\"’']")
# A form that is also a word ("The National", "Slate") is none where the name goes on ("The National Guard").
_GOES_ON: Final = re.compile(r" (?!(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b)[A-Z][a-z]")


@lru_cache(maxsize=8)
def _named(text: str, own: str | None) -> tuple[Named, ...]:
    """The outlets named in a text, in order; the table's reading comes before one by form.

    "The Post" and "the paper" are the outlet named last before them that they fit, or the article's ``own``.
    """
    found = [Named(span, name) for span, name in _in_table(text)]
    for pattern in (_BY_FORM, _BESIDE_KIND, _STATE, _CALL_LETTERS):
        for hit in pattern.finditer(text):
            group = next((k for k in range(1, pattern.groups + 1) if hit[k]), 0)
            span = Span(*hit.span(group))
            if not any(span.overlaps(other.span) for other in found):
                found.append(Named(span, _tidy(span.of(text))))
    found.sort()
    for pattern in (_SHORT, _COMMON):
        for hit in pattern.finditer(text):
            span = Span(*hit.span())
            if any(span.overlaps(other.span) for other in found):
                continue
            names = [own] if own else []
            names += [n.name for n in sorted(found) if n.span.end <= span.start]
            fitting = [name for name in names if pattern is _COMMON or name.endswith(hit[1])]
            if fitting:
                found.append(Named(span, fitting[-1]))
    return tuple(sorted(found))


def _in_table(text: str) -> Iterator[tuple[Span, str]]:
    for hit in _FORMS.finditer(text):
        name = agencies.canonical(hit.group())
        wordlike = not hit.group().isupper() and (hit.group().startswith("The ") or " " not in hit.group())
        if name and not (wordlike and _GOES_ON.match(text, hit.end())):
            yield Span(*hit.span()), name


def _tidy(name: str) -> str:
    tidy = re.sub(r"\s+", " ", re.sub(r"^(?:The|A|An|In|On|But|And|According to)\s+", "", name))
    return agencies.canonical(tidy) or re.sub(r"['’]s?$", "", tidy)


# ------------------------------------------------------------------ how an outlet comes into a statement
_TOLD: Final = re.compile(
    r"\b(?:told|tell|tells|telling|inform(?:ed|s|ing)?|assured|confirm(?:ed|s|ing)?|acknowledg(?:ed|es|ing)|admit(?:ted|s)?"
    r"|explained|emailed|texted|said|say|says|spoke|speaking)\b",
    re.IGNORECASE,
)
# What may stand between a cue and the outlet that it leads to.
_TO: Final = re.compile(r"^[\s,]*(?:exclusively\s+)?(?:(?:to|with|for)\s+)?(?:the\s+|The\s+)?(?P<by>[\w’' -]{0,40}?)[“\"‘']?$")
_MEDIUM: Final = re.compile(
    r"\b(?:interviews?|appear(?:ed|ing|ance)|speaking|spoke|talking|comments?|remarks?|statements?|op-ed|column|essay"
    r"|article|letter|writing|written|wrote|conversation|quoted|session|e-?mail|broadcast|aired?|show|provided|published)\b"
    r"[^.;\n]{0,60}?\b(?:on|in|to|with|for|by|at|of)\s+[^,;.\n]{0,45}?[“\"‘']?$",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    r"(?:^|[\s,])(?:(?:on|in|via|by|to)(?: \w+day(?: \w+)?(?: on)?)?|(?:on|to) (?:an?|the) \w+(?: \w+)? of)\s+"
    r"(?:the\s+|The\s+)?(?:\w+['’]s\s+)?[“\"‘']?$", re.IGNORECASE
)
_REPORTED: Final = re.compile(
    r"^[^\w\s]*\s*(?:(?:\w+|on \w+day)\s+){0,3}?(?:report(?:ed|s|ing)|reveal(?:ed|s)|disclosed|learned|found|quot(?:ed|es|ing)"
    r"|cit(?:ed|es|ing)|published|said|says|wrote|writes)\b"
)
_CREDITED: Final = re.compile(
    r"\b(?:according to|per|via|(?:report(?:ed|s|ing)?|published|quoted|obtained|cited)(?: first)?(?: \w+day)? (?:by|in|from)"
    r"|as|reported|report(?:s|ed)? (?:in|by|from|on)|(?:quoted|cited|carried|told) by)\s+"
    r"(?:(?:an?|the|The|one|this|reports?|in|from|by|at|new|local|front-page|story|article|account|\w+day(?:['’]s)?)\s+){0,6}[“\"‘']?$"
)
# Where an outlet's name comes into a sentence for another reason than as a relay.
_ASIDE: Final = re.compile(r"\b(?:following|after|amid|since|about|against|between|whose|who|which|like|unlike|because|including)\b")


def find(article: Article, layout: Layout, doc: Doc, statement: Statement) -> tuple[str, ...]:
    """The relays of one statement, nearest the speaker first, as its own sentence names them.

    An outlet that is itself the speaker is no relay, nor is a person, a committee or "reporters". The agency of a
    dateline relays the article, not the statement: see :func:`of_article`.
    """
    del layout
    found: list[Named] = []
    around = _Around.of(doc, statement)
    speaking = statement.source
    for named in _named(article.text, article.outlet):
        if speaking is not None and _is_source(named, speaking, article.text):
            continue
        if named not in found and around.leads_to(named):
            found.append(named)
    return tuple(dict.fromkeys(named.name for named in sorted(found, key=around.distance)))


def of_article(article: Article, layout: Layout) -> tuple[str, ...]:
    """The wire service whose dateline or byline an article bears: the relay of all of it, unless it is its own outlet."""
    own = agencies.canonical(article.outlet) if article.outlet else None
    return (layout.agency,) if layout.agency and layout.agency != own else ()


def _is_source(named: Named, source: Span, text: str) -> bool:
    """Whether the outlet is the one that speaks: it stands at the head of the source and nothing says "in" or "on"."""
    if not named.span.overlaps(source):
        return False
    return not re.search(r"\b(?:in|on|to|for|with)\b[^,]*$", text[source.start : named.span.start])


class _Around(NamedTuple):
    """The parts of a statement's sentence that are not its content."""

    text: str
    start: int
    end: int
    anchor: Span
    cue: Span | None
    content: tuple[Span, ...]

    @classmethod
    def of(cls, doc: Doc, statement: Statement) -> _Around:
        marks = [span for span in (statement.source, statement.cue) if span is not None] or [statement.content[-1]]
        anchor = Span(min(span.start for span in marks), max(span.end for span in marks))
        start, end = _sentence(doc, anchor)
        return cls(doc.text, start, end, anchor, statement.cue, statement.content)

    def leads_to(self, named: Named) -> bool:
        """Whether the words before or after the outlet's name make it a relay of this statement."""
        at = named.span
        if not self.start <= at.start < self.end or any(span.covers(at) for span in self.content):
            return False
        if self.cue is not None and at.start >= self.cue.end and self._after_cue(at):
            return True
        before = self._before(at)
        after = self.text[at.end : min([self.end, *(s.start for s in self.content if s.start >= at.end)])]
        if at.end <= self.anchor.start:
            return bool(_MEDIUM.search(before) or _ON.search(before) or _REPORTED.match(after)
                        or _CREDITED.search(before))
        return bool(_CREDITED.search(before) or _REPORTED.match(after) or _MEDIUM.search(before))

    def _after_cue(self, at: Span) -> bool:
        assert self.cue is not None
        between = self.text[self.cue.end : at.start]
        if any(self.cue.end <= span.start < at.start for span in self.content):
            return False
        if _ASIDE.search(between) or len(between) > 120:
            return False
        if _ON.search(between) or _MEDIUM.search(between):
            return True
        return bool(_TOLD.search(self.cue.of(self.text)) and _TO.match(between))

    def _before(self, at: Span) -> str:
        begin = max([self.start, *(s.end for s in self.content if s.end <= at.start)])
        return self.text[begin : at.start]

    def distance(self, named: Named) -> tuple[int, int]:
        """Relays that stand nearer the cue are nearer the speaker."""
        at = named.span
        return (at.start - self.anchor.end if at.start >= self.anchor.end else self.anchor.start - at.end, at.start)


def _sentence(doc: Doc, span: Span) -> tuple[int, int]:
    inside = doc.char_span(span.start, span.end, alignment_mode="expand")
    if inside is None:
        return span.start, span.end
    first, last = inside[0].sent, inside[-1].sent
    return int(first.start_char), int(last.end_char)
