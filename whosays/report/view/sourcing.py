"""Notes on the sourcing: what an editor asks about where the words come from. Each is a note, none a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from whosays.report import phrases
from whosays.report.view import passages
from whosays.report.view.claims import Row
from whosays.report.view.passages import Shown
from whosays.report.view.story import Story

# Verbs of judging and believing. They are looked for in the words of the cue only: what is said stays unjudged.
_OPINION: Final = re.compile(
    r"\b(?:accus|believ|blam|call(?:ed|s|ing)\b(?! (?:for|on))|condemn|criticis|criticiz|denounc|describ|doubt|fear|"
    r"hail|hop(?:e|ed|es|ing)\b|mock|prais|think|thought|scold|slam|suspect|warn)",
    re.I,
)
_SINGULAR: Final = re.compile(
    r"^(?:an?|one|the)\s.*\b(?:source|official|diplomat|aide|officer|person|spokes\w+)\b", re.I
)
_PLURAL: Final = re.compile(r"\b(?:sources|officials|diplomats|aides|officers|people|experts|observers)\b", re.I)


@dataclass(frozen=True, slots=True)
class Note:
    """``kind`` says what it is about and ``why`` what was seen; ``shown`` are the passages that it rests on."""

    kind: str
    why: str
    shown: tuple[Shown, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Group:
    """The notes of one kind; ``about`` says what they are, and why they may matter."""

    title: str
    about: str
    notes: tuple[Note, ...]


def find(story: Story, rows: Sequence[Row]) -> tuple[Group, ...]:
    """The groups that have a note."""
    every = (
        Group(
            "An unnamed source giving an opinion",
            "Namelessness is for facts that cannot be had otherwise; many newsrooms do not grant it to judgements.",
            tuple(_opinions(story)),
        ),
        Group(
            "Several sources where another outlet has one",
            "The same words are credited to “sources” here and to one source there.",
            tuple(_plurals(story, rows)),
        ),
        Group(
            "At second hand, without credit",
            "Another article names the agency or outlet through which it came, or the source; this one does not.",
            tuple(_uncredited(story, rows)),
        ),
        Group(
            "The same text in two articles",
            "They share most of their words outside quotation marks: one may be written from the other, or both from a "
            "third.",
            tuple(_copied(story)),
        ),
        Group(
            "All of an article through an agency",
            "Its dateline or byline names a wire service.",
            tuple(_wired(story)),
        ),
    )
    return tuple(group for group in every if group.notes)


def _opinions(story: Story) -> Iterable[Note]:
    for id_, statement in story.statements.items():
        cue = statement["text"]["cue"] or ""
        if statement["naming"] == "anonymous" and _OPINION.search(cue):
            shown = passages.show(story, id_)
            who = phrases.called(statement["text"]["source"] or shown.voice.name)
            yield Note("opinion", f"{who}, unnamed: {phrases.quoted(phrases.clean(cue))}", (shown,), shown.keys)


def _plurals(story: Story, rows: Sequence[Row]) -> Iterable[Note]:
    """Members of a claim of whom one is credited to a single unnamed source and another to several."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        one = [s for s in row.said if s.voice.naming == "anonymous" and _SINGULAR.search(s.voice.name)]
        many = [s for s in row.said if s.voice.naming == "anonymous" and _PLURAL.search(s.voice.name)]
        for shown in many:
            others = [s for s in one if s.outlet is not shown.outlet]
            if others and (shown.outlet.anchor, shown.voice.name) not in seen:
                seen.add((shown.outlet.anchor, shown.voice.name))
                why = f"{shown.outlet.name} has {phrases.quoted(shown.voice.name)}, {others[0].outlet.name} "
                why += phrases.quoted(others[0].voice.name)
                yield Note("plural", why, (shown, others[0]), f"{shown.keys} {others[0].keys}")


def _uncredited(story: Story, rows: Sequence[Row]) -> Iterable[Note]:
    for row in rows:
        for origin in row.origins:
            if origin.link != "inferred" or len(origin.outlets) < 2:
                continue
            inside = [shown for shown in row.said if shown.outlet in origin.outlets]
            bare = [s for s in inside if s.voice.number == 0 or (origin.via and not s.relays)]
            told = [s for s in inside if s not in bare]
            if bare and told:
                names = phrases.listed(dict.fromkeys(shown.outlet.name for shown in bare))
                through = f" through {phrases.listed(origin.via)}" if origin.via else ""
                why = f"{names}: another article has it from {origin.who}{through}"
                yield Note("second hand", why, (*bare, told[0]), row.keys)


def _copied(story: Story) -> Iterable[Note]:
    for shared in story.document.get("shared_text") or ():
        (first, (start, end)), (second, _) = shared["passages"]
        one, other = story.outlet[first], story.outlet[second]
        words = phrases.shorten(phrases.clean(story.texts[one.id][start:end]), 200)
        why = f"{one.name} and {other.name} share {shared['share']:.0%} of the words of {phrases.quoted(words)}"
        yield Note("shared text", why, (), f"{one.anchor} {other.anchor}")


def _wired(story: Story) -> Iterable[Note]:
    for outlet in story.outlets:
        if outlet.relays:
            yield Note("wire", f"{outlet.name}: {phrases.listed(outlet.relays)}", (), outlet.anchor)
