"""Lineages that the texts show, or let one infer, to be one: relays, shared words, shared names, bare repetitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from whosays.claims import wording
from whosays.claims import lineage as lineages
from whosays.claims.claim import Link
from whosays.claims.lineage import Lineage, Story, listed, verb
from whosays.claims.phrases import ROLES
from whosays.statements.statement import Statement
from whosays.text import agencies

# Words in a row that two reporters do not both happen to write: on the tuning stories every pair of passages in the
# outlets' own voice that shares so many is one text, mostly an agency's.
FEWEST_COPIED: Final = 12
MOST_COMPARED: Final = 6  # members of each side that are laid side by side
NO_RUN: Final = wording.Run(0, "")
_PROPER: Final = re.compile(r"\b[A-Z][\w-]+")
_NOUN: Final = re.compile(r"\b[a-z]{5,}\b")
# Words with capitals that tell nothing of who it is.
_GENERAL: Final = frozenset(
    "the an mr mrs ms dr his her its their our a united states national department ministry office committee "
    "federal monday tuesday wednesday thursday friday saturday sunday news post times".split()
)

Lineages = dict[str, Lineage]


def credited(by_speaker: Lineages, story: Story) -> None:
    """Joins what is credited to speakers who are one origin: relays, then shared quotations, then kindred names."""
    while _follow_relay(by_speaker, story):
        pass
    for reason in (_quoted, _kindred):
        _join(by_speaker, story, reason)


def bare(by_speaker: Lineages, by_outlet: Lineages, story: Story) -> None:
    """Joins what outlets say and credit to nobody: to the speaker whom others name, or to the text they copy."""
    _follow_outlets(by_speaker, by_outlet, story)
    _join_texts(by_outlet, story)
    _repair(by_speaker, by_outlet, story)


def _follow_relay(by_speaker: Lineages, story: Story) -> bool:
    """Counts one speaker through whom another's statement came as that statement's relay, not as a second origin."""
    for upstream in sorted(by_speaker):
        for downstream in sorted(set(by_speaker) - {upstream}):
            names = story.names(downstream)
            naming = [s for s in by_speaker[upstream].statements if names.keys() & {lineages.key(n) for n in s.via}]
            if not naming:
                continue
            passed = by_speaker.pop(downstream)
            aware = [n for s in naming for n in s.via if lineages.key(n) in names]
            by_speaker[upstream].take(passed, *_passed_on(passed, naming, [*aware, *names.values()], story))
            return True
    return False


def _passed_on(passed: Lineage, naming: Sequence[Statement], names: Sequence[str], story: Story) -> tuple[Link, str]:
    """The link of members that are credited to a relay, with the reason: which article states it and which do not."""
    relay = names[0]
    said = f"{listed(story.outlets(naming))} {verb(story.outlets(naming), 'gives', 'give')} {relay} as the relay"
    open_ = [s for s in passed.statements if s.source is None or story.tells(s.article, names)]
    silent = story.outlets(s for s in passed.statements if s not in open_)
    if silent:
        return "inferred", f"{said}; {listed(silent)} {verb(silent, 'does', 'do')} not name it, so we infer the link"
    outlets = story.outlets(passed.statements)
    return "stated", f"{said}, and {listed(outlets)} {verb(outlets, 'credits', 'credit')} it to {relay}"


def _follow_outlets(by_speaker: Lineages, by_outlet: Lineages, story: Story) -> None:
    """An outlet's own words that another article credits to it have the origin that the other article names."""
    for house in sorted(by_outlet):
        for speaker in sorted(by_speaker):
            lineage, own = by_speaker[speaker], by_outlet[house]
            key, is_house = lineages.key(house), lineages.key(house) in story.names(speaker)
            others = [s for s in lineage.statements if s.article not in own.articles]
            naming = others if is_house else [s for s in others if key in map(lineages.key, s.via)]
            if naming:
                outlets = story.outlets(naming)
                reason = (
                    f"{listed(outlets)} {verb(outlets, 'credits', 'credit')} it to {house}, whose own words say it"
                )
                lineage.take(by_outlet.pop(house), "stated", reason)
                break


def _join(by_speaker: Lineages, story: Story, reason: Callable[[str, str, Lineages, Story], str]) -> None:
    """Joins every two lineages that have a ``reason``; the one that more members name stands for both."""
    ranked = sorted(by_speaker, key=lambda id_: (-len(by_speaker[id_].statements), story.called(id_), id_))
    for kept, other in _pairs(ranked, by_speaker):
        why = reason(kept, other, by_speaker, story)
        if why:
            by_speaker[kept].take(by_speaker.pop(other), "inferred", why)


def _pairs(ranked: Sequence[str], lineages: Mapping[str, Lineage]) -> Iterator[tuple[str, str]]:
    """Every two lineages that are still apart, the higher ranked one first."""
    for place, kept in enumerate(ranked):
        for other in ranked[place + 1 :]:
            if kept in lineages and other in lineages:
                yield kept, other


def _quoted(kept: str, other: str, by_speaker: Lineages, story: Story) -> str:
    """The same words between quotation marks are one utterance, whomever they are credited to."""
    pairs = (
        (wording.quoted(a, story.text(a.article)), wording.quoted(b, story.text(b.article)))
        for a in by_speaker[kept].statements[:MOST_COMPARED]
        for b in by_speaker[other].statements[:MOST_COMPARED]
        if a.article != b.article
    )
    run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
    if run.length < wording.FEWEST_QUOTED:
        return ""
    return f"{_credits(by_speaker[other], other, story)} the same quoted words, “{run.text}”"


def _credits(lineage: Lineage, id_: str, story: Story) -> str:
    outlets = story.outlets(lineage.statements)
    return f"{listed(outlets)} {verb(outlets, 'credits', 'credit')} to {story.called(id_)}"


def _kindred(kept: str, other: str, by_speaker: Lineages, story: Story) -> str:
    """Speakers with the same content who belong together by what they are called: a document and who wrote it, an
    organisation and who speaks for it, two accounts of one document, an outlet and whomever it had it from."""
    pair = (kept, other)
    kinds = [_naming(by_speaker[id_]) for id_ in pair]
    owners = [_owners(id_, story) for id_ in pair]
    if all(kinds) and kinds.count("document") == 2 and (not all(owners) or owners[0] & owners[1]):
        return f"{_credits(by_speaker[other], other, story)} the same content: we take it for the same document"
    for place, outlet in enumerate(pair):
        if agencies.is_outlet(story.called(outlet)) and not agencies.is_outlet(story.called(pair[1 - place])):
            return f"{_credits(by_speaker[outlet], outlet, story)} the same content, so we infer that it reports it"
    if set(kinds) == {"named"}:
        return ""  # two people are two, whatever their names share
    if any(_within(owners[a], _described(pair[b], story)) for a, b in ((0, 1), (1, 0))) or len(owners[0] & owners[1]) > 1:
        return f"{_credits(by_speaker[other], other, story)} the same content, and the names go together"
    nouns = [_nouns(id_, story) for id_ in pair]
    if set(kinds) == {"anonymous"} and nouns[0] & nouns[1]:
        return f"{_credits(by_speaker[other], other, story)}, also unnamed, the same content"
    return ""


def _naming(lineage: Lineage) -> str:
    return lineage.statements[0].naming if lineage.statements else ""


def _owners(id_: str, story: Story) -> set[str]:
    """The words with a capital in a speaker's name that tell who it is."""
    words = (word.casefold().removesuffix("'s").removesuffix("’s") for word in _PROPER.findall(story.called(id_)))
    return set(words) - _GENERAL - ROLES


def _described(id_: str, story: Story) -> list[set[str]]:
    """The words of each description of a speaker."""
    return [set(re.findall(r"[\w-]+", name.casefold())) for name in story.names(id_).values()]


def _within(owners: set[str], described: Sequence[set[str]]) -> bool:
    return bool(owners) and any(owners <= words for words in described)


def _nouns(id_: str, story: Story) -> set[str]:
    """The words by which somebody unnamed is described, singular."""
    return {word.removesuffix("s") for word in _NOUN.findall(story.called(id_))} & _UNNAMED


_UNNAMED: Final = frozenset("official officer source people person adviser diplomat lawmaker aide staffer".split())


def _join_texts(by_outlet: Lineages, story: Story) -> None:
    """Joins outlets that print the same text as their own; the one that published first stands for both."""
    ranked = sorted(by_outlet, key=lambda house: (_published(by_outlet[house], story), house))
    for kept, other in _pairs(ranked, by_outlet):
        pairs = (
            (a.span.of(story.text(a.article)), b.span.of(story.text(b.article)))
            for a in by_outlet[kept].passages[:MOST_COMPARED]
            for b in by_outlet[other].passages[:MOST_COMPARED]
        )
        run = max((wording.longest_run(*pair) for pair in pairs), key=lambda r: r.length, default=NO_RUN)
        if run.length >= FEWEST_COPIED:
            passed = by_outlet.pop(other)
            outlets = story.named(passed.articles)
            prints = f"{listed(outlets)} {verb(outlets, 'prints', 'print')}"
            by_outlet[kept].take(passed, "inferred", f"{prints} the same words, “{run.text}”: one text behind both")


def _published(lineage: Lineage, story: Story) -> str:
    """The first date of a lineage's articles; one without a date comes last."""
    return min(story.analyses[id_].article.published or "9999" for id_ in lineage.articles)


def _repair(by_speaker: Lineages, by_outlet: Lineages, story: Story) -> None:
    """What one article credits and another leaves bare goes back to whom the one names, if it names only one."""
    if len(by_speaker) != 1:
        return
    ((speaker, lineage),) = by_speaker.items()
    crediting = story.outlets(lineage.statements)
    for house in sorted(by_outlet):
        passed = by_outlet.pop(house)
        silent = story.named(passed.articles)
        reason = (
            f"{listed(crediting)} {verb(crediting, 'credits', 'credit')} it to {story.called(speaker)}; "
            f"{listed(silent)} {verb(silent, 'names', 'name')} no source, so we infer the link"
        )
        lineage.take(passed, "inferred", reason)
