"""Who is said to hold which place, and who to support whom with what: as of a date, and by whose word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from whosays.claims import events, things
from whosays.claims.claim import Name
from whosays.claims.deeds import Deed, Party
from whosays.claims.event import Participant, Standing
from whosays.claims.events import Called
from whosays.claims.phrases import Phrase
from whosays.statements.analysis import Analysis
from whosays.text.span import Span

MOST: Final = 40  # in one report
_HOLD: Final = frozenset(
    "hold control govern administer occupy seize capture take retake recapture regain overrun conquer annex reclaim "
    "liberate secure".split()
)
_SUPPORT: Final = frozenset(
    "support back arm fund finance aid assist equip sponsor bankroll subsidise subsidize".split()
)
_GIVE: Final = frozenset("provide give send supply deliver ship offer lend sell".split())
# What is given counts as support if it is one of these.
_HELP: Final = frozenset(
    "aid help support assistance weapon arms arm ammunition missile rocket rifle tank drone equipment gear money fund "
    "funding cash loan credit troop soldier force fighter adviser advisor trainer training intelligence fuel food "
    "medicine supply vehicle aircraft jet helicopter backing cover protection shelter".split()
)
_PLACES: Final = frozenset(
    "city town village capital base port airport airfield dam province region district territory border crossing "
    "bridge area neighbourhood neighborhood suburb enclave island oilfield road highway building square hill valley "
    "stronghold checkpoint headquarters coast".split()
)
# "Rebel-held Orsk", "the foreign-backed militia"
_JOINED: Final = re.compile(
    r"^(?:the |an? )?((?:[\w.’']+ )?[\w.’']+)-(held|controlled|occupied|ruled|backed|supported|funded|financed|armed|"
    r"sponsored|trained)\s+(\S.*)$",
    re.I | re.S,
)
_JOINED_HOLD: Final = frozenset("held controlled occupied ruled".split())
# What stands before the hyphen and is nobody.
_NOBODY: Final = frozenset("long well newly jointly closely tightly self state-of-the-art asset".split())


def find(
    analyses: Sequence[Analysis],
    deeds: Sequence[Sequence[Deed]],
    found: Sequence[Sequence[Phrase]],
    names: Sequence[Name],
) -> tuple[Standing, ...]:
    """What the articles say of who holds and who supports, each once in an article, in the order of the text."""
    called = Called(analyses, names)
    rows: dict[tuple[object, ...], Standing] = {}
    for place, analysis in enumerate(analyses):
        own = [*_of_deeds(place, analysis, deeds[place], called), *_of_phrases(place, analysis, found[place], called)]
        for row, who, what in sorted(own, key=lambda r: (r[0].span, r[0].kind, r[1], r[2])):
            rows.setdefault((row.kind, who, what, place), row)
    return tuple(rows.values())[:MOST]


def _of_deeds(
    place: int, analysis: Analysis, deeds: Sequence[Deed], called: Called
) -> Iterator[tuple[Standing, str, str]]:
    spots = {at for spot in analysis.places for at in range(spot.span.start, spot.span.end)}
    for deed in deeds:
        if deed.to_come or deed.actor is None:
            continue
        if deed.lemma in _HOLD and deed.target and _is_place(deed.target.phrase, spots):
            yield _row("holds", deed, (deed.actor, deed.target), None, (place, analysis, called))
        elif deed.lemma in _SUPPORT and deed.target and _can_be_helped(deed.target.phrase):
            means = next((party.span for case, party in deed.obliques if case == "with"), None)
            yield _row("supports", deed, (deed.actor, deed.target), means, (place, analysis, called))
        elif deed.lemma in _GIVE and (given := _given(deed)):
            yield _row("supports", deed, (deed.actor, given[0]), given[1], (place, analysis, called))


def _given(deed: Deed) -> tuple[Party, Span] | None:
    """To whom help is given, and which: "sent the militia rifles", "provided rifles to it", "supplied it with them"."""
    if deed.target is None:
        return None
    to = next((party for case, party in deed.obliques if case in ("to", "for", "") and party != deed.target), None)
    stuff = next((party for case, party in deed.obliques if case == "with"), None)
    if deed.target.phrase.head in _HELP:
        return (to, deed.target.span) if to and _can_be_helped(to.phrase) else None
    if stuff and stuff.phrase.head in _HELP and _can_be_helped(deed.target.phrase):
        return deed.target, stuff.span
    return None


def _is_place(phrase: Phrase, spots: set[int]) -> bool:
    return phrase.core.end - 1 in spots or phrase.head in _PLACES


def _can_be_helped(phrase: Phrase) -> bool:
    """Whether a phrase names somebody or a body: a plan or a bill is backed in another sense."""
    return bool(phrase.name) or things.is_people(phrase.head)


def _row(
    kind: Literal["holds", "supports"],
    deed: Deed,
    parties: tuple[Party, Party],
    means: Span | None,
    within: tuple[int, Analysis, Called],
) -> tuple[Standing, str, str]:
    place, analysis, called = within
    actor, what = parties
    row = Standing(
        kind=kind,
        who=called.participant(place, actor),
        what=called.participant(place, what),
        means=means,
        as_of=events.day(deed.time) or _as_of(analysis, deed.statement),
        article=analysis.article.id,
        span=deed.span,
        statement=deed.statement,
    )
    return row, called.key(place, actor), called.key(place, what)


def _as_of(analysis: Analysis, statement: str | None) -> str | None:
    """The day of a statement, or else of publication."""
    said = next((s.said_on for s in analysis.statements if s.id == statement), None)
    return said or (analysis.article.published or "")[:10] or None


def _of_phrases(
    place: int, analysis: Analysis, found: Sequence[Phrase], called: Called
) -> Iterator[tuple[Standing, str, str]]:
    """What a joined adjective says: "rebel-held Orsk"."""
    text = analysis.article.text
    spots = {at for spot in analysis.places for at in range(spot.span.start, spot.span.end)}
    for phrase in found:
        match = _JOINED.match(phrase.core.of(text))
        if match is None or match[1].lower() in _NOBODY:
            continue
        holds = match[2].lower() in _JOINED_HOLD
        if not (_is_place(phrase, spots) if holds else _can_be_helped(phrase)):
            continue
        at = phrase.core.start
        statement = _statement(analysis, at)
        row = Standing(
            kind="holds" if holds else "supports",
            who=Participant(Span(at + match.start(1), at + match.end(1))),
            what=Participant(
                Span(at + match.start(3), at + match.end(3)), called.entity(place, Party(phrase.core, phrase))
            ),
            means=None,
            as_of=_as_of(analysis, statement),
            article=analysis.article.id,
            span=phrase.core,
            statement=statement,
        )
        yield row, match[1].lower(), match[3].lower()


def _statement(analysis: Analysis, at: int) -> str | None:
    holding = [s.id for s in analysis.statements for span in s.content if span.start <= at < span.end]
    return holding[0] if holding else None
