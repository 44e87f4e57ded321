"""Through which outlets and agencies a statement came: "told Reuters", "on NBC's 'Meet the Press'", "CNN reported".

A relay is told from other listeners by its name: it is in the table of :mod:`whosays.text.agencies`, or has the form of
an outlet's name ("The Harbour Tribune", "state television", "radio station KXYZ"). Where it stands says how it came
into the statement: as the one who was told, as the place of an interview, or as the one who reports it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from spacy.tokens import Doc

from whosays.statements import days, outlet_names
from whosays.statements.outlet_names import Named
from whosays.statements.statement import Statement
from whosays.text import agencies
from whosays.text.article import Article
from whosays.text.layout import Layout
from whosays.text.span import Span

# ------------------------------------------------------------------ how an outlet comes into a statement
_TOLD: Final = re.compile(
    r"\b(?:told|tell|tells|telling|inform(?:ed|s|ing)?|assured|confirm(?:ed|s|ing)?|acknowledg(?:ed|es|ing)"
    r"|admit(?:ted|s)?|explained|emailed|texted|said|say|says|spoke|speaking)\b",
    re.IGNORECASE,
)
# What may stand between a cue and the outlet that it leads to.
_TO: Final = re.compile(
    r"^[\s,]*(?:exclusively\s+)?(?:(?:to|with|for)\s+)?(?:the\s+|The\s+)?(?P<by>[\w’' -]{0,40}?)[“\"‘']?$"
)
_MEDIUM: Final = re.compile(
    r"\b(?:interviews?|appear(?:ed|ing|ance)|speaking|spoke|talking|comments?|remarks?|statements?|op-ed|column|essay"
    r"|article|letter|writing|written|wrote|conversation|quoted|session|e-?mail|broadcast|aired?|show|provided"
    r"|published)\b"
    r"[^.;\n]{0,60}?\b(?:on|in|to|with|for|by|at|of)\s+[^,;.\n]{0,45}?[“\"‘']?$",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    r"(?:^|[\s,])(?:(?:on|in|via|by|to)(?: \w+day(?: \w+)?(?: on)?)?|(?:on|to) (?:an?|the) \w+(?: \w+)? of)\s+"
    r"(?:the\s+|The\s+)?(?:\w+['’]s\s+)?[“\"‘']?$",
    re.IGNORECASE,
)
_REPORTED: Final = re.compile(
    r"^(?:\s+(?:news agency|news site|newspaper|agency|magazine)\b)?[^\w\s]*\s*"
    r"(?:(?:has|have|had|also|first|later|then|who|\w+ly|(?:on )?\w+day)\s+){0,3}?"
    r"(?:report(?:ed|s|ing)|reveal(?:ed|s)|disclosed|learned|found|quot(?:ed|es|ing)|cit(?:ed|es|ing)|published|said|says|wrote|writes)\b"
)
_CREDITED: Final = re.compile(
    r"\b(?:according to|per|via"
    r"|(?:report(?:ed|s|ing)?|published|quoted|obtained|cited)(?: first)?(?: \w+day)? (?:by|in|from)"
    r"|as|reported|report(?:s|ed)? (?:in|by|from|on)|(?:quoted|cited|carried|told) by)\s+"
    r"(?:(?:an?|the|The|one|this|reports?|in|from|by|at|new|local|front-page|story|article|account|\w+day(?:['’]s)?)\s+)"
    r"{0,6}[“\"‘']?$"
)
_INTERVIEW: Final = re.compile(r"^(?:['’]s?)?\s+(?:\w+\s+){0,2}?(?:interview|appearance|op-ed|broadcast|town hall)\b")
_OCCASION: Final = re.compile(
    r"\b(?:reporters|tweet(?:ed|s)?|twitter|rally|speech|statement|hearing|news conference|letter|press conference"
    r"|floor|email|e-mail|memo|earlier|previously|last week|last month|last year|wrote|written)\b",
    re.IGNORECASE,
)
_SAME_OCCASION: Final = re.compile(r"\b[Ii]n (?:the|that|this|the same) (?:\w+ )?interview,")
_TITLE: Final = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|President|Senator|Representative|Secretary)\.?"
_NAME: Final = rf"{outlet_names.PROPER}(?:\s+[A-Z]\.)?(?:\s+{outlet_names.PROPER}){{0,2}}"
_TOLD_PERSON: Final = re.compile(rf"(?:told|tells|telling) (?:{_TITLE} )?({_NAME})")
_WITH_PERSON: Final = re.compile(
    rf"\b(?:interview|session|conversation) with (?:[\w’' ]{{2,30}}['’]s? )?(?:(?:[a-zA-Z-]+ )?host )?({_NAME})"
    rf"|(?:host|anchor) ({_NAME})|\bon ({_NAME})['’]s (?:\w+ )?(?:show|program|programme|podcast)\b"
)
_OWN_REPORT: Final = re.compile(r"(?:[\w-]+ ){0,4}(?:report|story|article|investigation|account|editorial)s?\b")
_CREDITING_CUE: Final = re.compile(r"\b(?:according|per|citing|via)\b", re.IGNORECASE)
_ACCORDING: Final = re.compile(
    r"\baccording to (?:reports? from |reports? by |statements? (?:from|by) )?"
    r"((?:[^,.;:()\n“”\"]|(?<=\b[A-Z])\.|\.(?=\w))+?)(?=[,.;:()\n“”\"]|$| he was | who | which | that )"
)
FARTHEST_ON: Final = 120  # characters from a cue to the outlet: "said in an interview taped on Friday with …"
FARTHEST: Final = 60  # characters between a statement and the quotation that goes on
# Where an outlet's name comes into a sentence for another reason than as a relay.
_ASIDE: Final = re.compile(
    r"\b(?:following|after|amid|since|about|against|between|whose|who|which|like|unlike|because|including)\b"
)


def carried(
    article: Article,
    layout: Layout,
    doc: Doc,
    statements: Sequence[Statement],
    outlets: frozenset[str] = frozenset(),
) -> list[tuple[str, ...]]:
    """The relays of every statement, nearest the speaker first; statements are given in text order.

    First as its own sentence names them. An outlet that is itself the speaker is no relay, nor is just any listener
    ("told reporters", "told the committee"). Whoever the words go back to by "according to" is one: "…, he said,
    according to two people present". The agency of a dateline relays the article, not the statement: see
    :func:`of_article`. Then comes what the other statements tell. Words within somebody else's words came
    through that speaker and through their relays. And an interview goes on for a second cue of the same source and for
    a quotation right behind: no further, for the gold files carry it further in less than half of the cases.

    ``outlets`` are names of the outlets and agencies of the story's other articles: "told Tidewire" leads to a relay
    where another article's dateline is "(Tidewire)".
    """
    text = article.text
    told = _told(article, layout) | outlets
    links = [tuple(_led_to(article, statement, told)) for statement in statements]
    around = [outer(doc, statement, statements) for statement in statements]
    last: int | None = None  # the statement before, past those within the words of others
    for number, statement in enumerate(statements):
        at, last = last, number if around[number] is None else last
        before = statements[at] if at is not None else None
        if links[number]:
            continue
        if at is not None and before is not None and _goes_on(text, before, statement):
            links[number] = tuple(link for link in links[at] if link.goes_on)
        elif _SAME_OCCASION.search(days.lead(text, statement)):
            links[number] = _spoken_of(article, told, 0, _start(statement))
        else:
            since = _sentence_before(article, before, statement)
            links[number] = _spoken_of(article, told, since, _start(statement))
    names = [_names(own) for own in links]
    found = zip(names, around, strict=True)
    return [own if by is None else _within(text, statements[by], own, names[by]) for own, by in found]


def outer(doc: Doc, statement: Statement, statements: Sequence[Statement]) -> int | None:
    """The statement within whose content this one's cue and source stand, by number; the narrowest of them."""
    if statement.cue is None:
        return None
    around = [
        (sum(span.end - span.start for span in other.content), number)
        for number, other in enumerate(statements)
        if other.content[0].start <= statement.cue.start < other.content[-1].end  # most are elsewhere
        and other is not statement
        and any(span.covers(statement.cue) for span in other.content)
        and (statement.source is None or any(span.covers(statement.source) for span in other.content))
    ]
    said = doc.char_span(*statement.cue, alignment_mode="expand") if around else None
    if said is None or all(token.pos_ != "VERB" for token in said):
        return None  # "his call to …": a noun tells of no occasion
    return min(around)[1]


def with_speakers(doc: Doc, statements: Sequence[Statement], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The relays of every statement once its speakers are known; ``names``: what a speaker is called, by id.

    Words within somebody else's words came through that speaker also where only "she" names them.
    """
    found = []
    for statement in statements:
        by = outer(doc, statement, statements)
        through = statements[by] if by is not None else None
        own = statement.via
        if through is not None and through.speaker is not None and _is_pronoun(doc.text, through):
            nearest = own[: len(own) - len(through.via)] if own[len(own) - len(through.via) :] == through.via else own
            own = tuple(dict.fromkeys((*nearest, _untitled(names[through.speaker]), *through.via)))
        found.append(own)
    return found


def _is_pronoun(text: str, statement: Statement) -> bool:
    return statement.source is not None and statement.source.of(text).lower() in days.PRONOUNS


def _untitled(name: str) -> str:
    return re.split(rf"\b{_TITLE}\s+", name)[-1]


def of_article(article: Article, layout: Layout) -> tuple[str, ...]:
    """The wire service of an article's dateline or byline, the relay of all of it; none where it is its own outlet."""
    own = agencies.canonical(article.outlet) if article.outlet else None
    return (layout.agency,) if layout.agency and layout.agency != own else ()


class Link(NamedTuple):
    """An outlet as a relay; ``goes_on`` where it was spoken to, and will be for the next statement too."""

    named: Named
    distance: int
    goes_on: bool


def _names(links: Iterable[Link]) -> tuple[str, ...]:
    ordered = sorted(links, key=lambda link: (link.distance, link.named.span))
    return tuple(dict.fromkeys(link.named.name for link in ordered))


def _told(article: Article, layout: Layout) -> frozenset[str]:
    """The outlets that an article tells of by what it is: its own and the agency of its dateline."""
    return frozenset(name for name in (article.outlet, layout.agency) if name)


def _led_to(article: Article, statement: Statement, told: frozenset[str]) -> Iterator[Link]:
    text = article.text
    around = _Around.of(text, statement)
    met = False
    known = outlet_names.find(text, article.outlet, told)
    speaking = {n.name for n in known if statement.source is not None and _is_source(n, statement.source, text)}
    for named in known:
        how = None if named.name in speaking else around.leads_to(named.span)
        if how:
            met = True
            yield Link(named, around.distance(named.span), how == "spoken to")
    if not met:
        yield from _people(article, around)


def _people(article: Article, around: _Around) -> Iterator[Link]:
    """Interviewers, and those to whom "according to" credits what somebody else said."""
    rest = around.rest()
    if around.cue is not None and (told := _TOLD_PERSON.match(article.text, around.cue.start)):
        span = Span(*told.span(1))
        hosts = {name.split()[-1] for hit in _WITH_PERSON.finditer(article.text) for name in hit.groups() if name}
        if told[1].split()[-1] in hosts:
            yield Link(Named(span, _full_name(article.text, span)), 0, True)
            return
    for pattern in (_WITH_PERSON, _ACCORDING):
        if pattern is _ACCORDING and (around.cue is None or _CREDITING_CUE.search(around.cue.of(article.text))):
            continue
        hit = pattern.search(article.text, rest.start, rest.end)
        if hit:
            span = Span(*hit.span(hit.lastindex or 0))
            yield Link(Named(span, _full_name(article.text, span)), around.distance(span), pattern is _WITH_PERSON)


def _full_name(text: str, span: Span) -> str:
    """A person's whole name, as the text has it earlier or later, for "Mr. Sheehan" or a bare surname."""
    words = re.split(r",| (?:who|which|that) ", " ".join(span.of(text).split()))[0]
    words = re.sub(rf"^(?:[Tt]he\s+|{_TITLE}\s+)", "", words)
    if not re.fullmatch(r"[A-Z][\w’'-]+", words):
        return words
    whole = re.search(rf"(?<!\w)(?!{_TITLE})[A-Z][a-z]+(?: [A-Z]\.)? {re.escape(words)}\b", text)
    return whole.group() if whole else words


def _is_source(named: Named, source: Span, text: str) -> bool:
    """Whether the outlet speaks for itself: "a report in the Courier", but not "an op-ed by Ann Lee in …"."""
    if not named.span.overlaps(source):
        return False
    before = text[source.start : named.span.start]
    if not re.search(r"\b(?:in|on|to|for|with)\b[^,]*$", before):
        return True
    return bool(_OWN_REPORT.match(before)) and " by " not in before


def _goes_on(text: str, before: Statement, statement: Statement) -> bool:
    """Whether a statement is the same speaker's, on the same occasion, as the one before it."""
    if statement.source is not None and statement.source == before.source:
        return True
    if statement.kind != "direct" or _OCCASION.search(days.lead(text, statement)):
        return False
    between = text[_end(before) : _start(statement)]
    return len(between) <= FARTHEST and "\n" not in between and days.same_speaker(text, before, statement)


def _within(text: str, through: Statement, own: tuple[str, ...], further: tuple[str, ...]) -> tuple[str, ...]:
    """The relays of words within ``through``: its speaker, unless a pronoun names them, then its own relays."""
    speaker: tuple[str, ...] = ()
    if through.source is not None and not _is_pronoun(text, through):
        speaker = (agencies.canonical(through.source.of(text)) or _full_name(text, through.source),)
    named: dict[str, str] = {}
    for name in (*own, *speaker, *further):
        named.setdefault(name.casefold().removeprefix("the "), name)  # "The Finance Ledger" is the "Finance Ledger"
    return tuple(named.values())


def _spoken_of(article: Article, told: frozenset[str], since: int, start: int) -> tuple[Link, ...]:
    """The outlet of the interview that was spoken of last, between ``since`` and where a statement starts."""
    for named in reversed(outlet_names.find(article.text, article.outlet, told)):
        if named.span.start < since or named.span.end > start:
            continue
        before = article.text[days.sentence(article.text, named.span)[0] : named.span.start]
        if _MEDIUM.search(before):
            return (Link(named, start - named.span.end, True),)
    return ()


def _sentence_before(article: Article, before: Statement | None, statement: Statement) -> int:
    """Where the sentence before a statement begins, if it tells of the same person and is no statement itself.

    "She spoke to the Courier last week. She said …"
    """
    own = days.sentence(article.text, Span(_start(statement), _end(statement)))[0]
    pronoun = _is_pronoun(article.text, statement)
    begin = days.sentence(article.text, Span(own - 2, own - 1))[0] if own > 2 else 0
    return begin if pronoun and (before is None or _end(before) <= begin) else own


def _start(statement: Statement) -> int:
    return min(span.start for span in (*statement.content, statement.source, statement.cue) if span is not None)


def _end(statement: Statement) -> int:
    return max(span.end for span in (*statement.content, statement.source, statement.cue) if span is not None)


class _Around(NamedTuple):
    """A statement's sentence, and where in it the source and cue stand."""

    text: str
    start: int
    end: int
    anchor: Span
    cue: Span | None
    content: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, statement: Statement) -> _Around:
        marks = [span for span in (statement.source, statement.cue) if span is not None] or [statement.content[-1]]
        anchor = Span(min(span.start for span in marks), max(span.end for span in marks))
        start, end = days.sentence(text, anchor)
        if statement.content[-1].end > end and statement.content[-1].start < end:
            end = days.sentence(text, Span(statement.content[-1].end - 2, statement.content[-1].end - 1))[1]
        return cls(text, start, end, anchor, statement.cue, statement.content)

    def leads_to(self, at: Span) -> str | None:
        """How the words around an outlet's name make it a relay of this statement, if they do."""
        if not self.start <= at.start < self.end or any(span.covers(at) for span in self.content):
            return None
        if self.cue is not None and at.start >= self.cue.end and self._after_cue(at):
            return "spoken to"
        begin = max([self.start, *(s.end for s in self.content if s.end <= at.start)])
        before = self.text[begin : at.start]
        if _ASIDE.search(before[-80:] if at.end <= self.anchor.start else self.text[self.anchor.end : at.start][-80:]):
            return None
        after = self.text[at.end : min([self.end, *(s.start for s in self.content if s.start >= at.end)])]
        if _MEDIUM.search(before) or _INTERVIEW.match(after):
            return "spoken to"
        if at.end <= self.anchor.start and _ON.search(before):
            return "spoken to"
        return "reports" if _CREDITED.search(before) or _REPORTED.match(after) else None

    def _after_cue(self, at: Span) -> bool:
        assert self.cue is not None
        between = self.text[self.cue.end : at.start]
        if any(self.cue.end <= span.start < at.start for span in self.content):
            return False
        if _ASIDE.search(between) or len(between) > FARTHEST_ON:
            return False
        if _ON.search(between) or _MEDIUM.search(between):
            return True
        return bool(_TOLD.search(self.cue.of(self.text)) and _TO.match(between))

    def rest(self) -> Span:
        """What of the sentence follows both the content and the cue."""
        behind = max([self.anchor.end, *(span.end for span in self.content if span.end <= self.end)])
        return Span(behind, max(behind, self.end))

    def distance(self, at: Span) -> int:
        """Relays that stand nearer the cue are nearer the speaker."""
        return at.start - self.anchor.end if at.start >= self.anchor.end else self.anchor.start - at.end
