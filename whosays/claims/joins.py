"""Lineages that the texts show, or let one infer, to be one: relays, shared words, shared names, bare repetitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from whosays.claims import kinship, wording
from whosays.claims import lineage as lineages
from whosays.claims.claim import Link
from whosays.claims.difference import listed
from whosays.claims.lineage import Lineage, Story, verb
from whosays.statements.statement import Statement
from whosays.text import agencies

# Words in a row that two reporters do not both happen to write: on the tuning stories every pair of passages in the
# outlets' own voice that shares so many is one text, mostly an agency's.
FEWEST_COPIED: Final = 12
MOST_COMPARED: Final = 6  # members of each side that are laid side by side
NO_RUN: Final = wording.Run(0, "")

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
                reason = f"{listed(outlets)} {verb(outlets, 'credits', 'credit')} it to {house}, whose own words say it"
                after = f"{house} says it in its own words" if is_house else ""
                lineage.take(by_outlet.pop(house), "stated", reason, after)
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
    runs = (wording.longest_run(*pair, wording.FEWEST_QUOTED) for pair in pairs)
    run = max(runs, key=lambda r: r.length, default=NO_RUN)
    if not run.length:
        return ""
    return _credits(f"the same quoted words, “{run.text}”,", by_speaker[other], other, story)


def _credits(what: str, lineage: Lineage, id_: str, story: Story) -> str:
    outlets = story.outlets(lineage.statements)
    return f"{listed(outlets)} {verb(outlets, 'credits', 'credit')} {what} to {story.called(id_)}"


def _kindred(kept: str, other: str, by_speaker: Lineages, story: Story) -> str:
    """The same content credited to a document and its author, an organisation and who speaks for it, two documents
    of which at most one is named, an outlet and whomever it had it from, or two unnamed people described alike."""
    speakers = [story.speakers.get(kept), story.speakers.get(other)]
    one, two = speakers
    if one is None or two is None:
        return ""
    kinds = [_naming(by_speaker[kept]), _naming(by_speaker[other])]
    credit = _credits("the same content", by_speaker[other], other, story)
    if kinds == ["document", "document"] and not (kinship.owners(one) and kinship.owners(two)):
        return f"{credit}: we take it for the same document"
    if agencies.is_outlet(one.name) != agencies.is_outlet(two.name):
        return f"{credit}: we infer that the outlet reports what the other is credited with"
    if kinship.related(one, two):
        return f"{credit}: we infer from what they are called that they are one origin"
    if kinds == ["anonymous", "anonymous"] and kinship.unnamed(one) & kinship.unnamed(two):
        return f"{credit}: we infer that the unnamed speakers are the same"
    return ""


def _naming(lineage: Lineage) -> str:
    return lineage.statements[0].naming if lineage.statements else ""


def _join_texts(by_outlet: Lineages, story: Story) -> None:
    """Joins outlets that print the same text as their own; the one that published first stands for both."""
    ranked = sorted(by_outlet, key=lambda house: (_published(by_outlet[house], story), house))
    for kept, other in _pairs(ranked, by_outlet):
        words = _copied(by_outlet[kept], by_outlet[other], story)
        if words:
            passed = by_outlet.pop(other)
            outlets = story.named(passed.articles)
            prints = f"{listed(outlets)} {verb(outlets, 'prints', 'print')}"
            by_outlet[kept].take(passed, "inferred", f"{prints} the same words, “{words}”: one text behind both")


def _copied(one: Lineage, other: Lineage, story: Story) -> str:
    """Words that passages of two lineages have in common, as the first has them; "" if none is copied."""
    longest = NO_RUN
    for a in one.passages[:MOST_COMPARED]:
        for b in other.passages[:MOST_COMPARED]:
            run = wording.longest_run(a.span.of(story.text(a.article)), b.span.of(story.text(b.article)))
            longest = max(longest, run, key=lambda r: r.length)
            for shared in story.copies.get(frozenset((a.article, b.article)), ()):
                spans = {shared.one.article: shared.one.span, shared.other.article: shared.other.span}
                if spans[a.article].overlaps(a.span) and spans[b.article].overlaps(b.span) and run.text:
                    return run.text
    return longest.text if longest.length >= FEWEST_COPIED else ""


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
        bare = f"{listed(silent)} {verb(silent, 'names', 'name')} no source, so we infer the link"
        credit = f"{listed(crediting)} {verb(crediting, 'credits', 'credit')} it to {story.called(speaker)}"
        lineage.take(passed, "inferred", f"{credit}; {bare}", bare)
