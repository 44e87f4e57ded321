"""A report as Markdown: for a wiki, a ticket or a notebook, and plain enough to read as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from whosays.report import check, document, outline, phrases
from whosays.report.page import claims, method, names, silence, sourcing
from whosays.report.page.story import Story
from whosays.report.parts import LEGEND, Answer, Clash, Common, Happening, Member, Outline, Section, Shared, Stance
from whosays.report.report import Report

# What would turn words of an article into layout, links or HTML.
_MARKS: Final = re.compile(r"([\\`*_\[\]<>~|])")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_OPENING: Final = re.compile(r"^(?:([#+=-])|(\d+)([.)]))(?=\s|$|[-=])")

_SILENCE: Final = (
    "What each article does not carry. A short or an early article carries less, and a claim in other words may have "
    "been missed by us. Silence is shown, not explained."
)


def render(report: Report) -> str:
    """The report as Markdown text. Raises OffsetMismatch if it does not reproduce its articles."""
    check.offsets(report)
    made = outline.make(report)
    ending = (
        f"*whosays {_plain(report.version)}, model {_plain(report.model)}. Every passage above stands in "
        "its article, at the characters that the report document gives.*"
    )
    story = Story(document.make(report))
    return "\n".join([*_outline(made, story), ending, ""])


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    escaped = _ENTITY.sub("&amp;", _MARKS.sub(r"\\\1", text))
    return _OPENING.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", escaped)


def _code(id_: str) -> str:
    return f"`{id_.replace('`', chr(39))}`"


def _outline(made: Outline, story: Story) -> Iterator[str]:
    yield from ("# Who says so?", "", f"**{_plain(' · '.join(made.headline))}**", "")
    if made.opening:
        yield from (made.opening, "")
    for answer in made.answers:
        yield from _answer(answer)
    if made.claims:
        yield from (LEGEND, "")
    for note in made.notes:
        yield from (f"Note: {_plain(note)}", "")
    if made.common:
        yield from ("## Several outlets, one origin", "")
        for common in made.common:
            yield from _common(common)
    if made.clashes:
        yield from ("## Conflicts", "")
        for number, clash in enumerate(made.clashes, start=1):
            yield from _clash(number, clash)
    if made.claims:
        yield from ("## Shared claims, one by one", "")
        for claim in made.claims:
            yield from _claim(claim)
    if story.compared:
        yield from _silence(story)
    if any(section.only for section in made.sections):
        yield from ("## What only one article has", "")
        for section in made.sections:
            yield from _only(section)
    if story.compared:
        yield from _names(story)
        yield from _sourcing(story)
    if made.events:
        yield from ("## What happened, in the order of time", "")
        yield from (_event(event) for event in made.events)
        yield ""
    if made.standing:
        yield from ("## Who is said to hold and support what", "")
        yield from ("| who | | what | with | as of | by whose word |", "|---|---|---|---|---|---|")
        yield from (_stance(stance) for stance in made.standing)
        yield ""
    yield from ("## All statements, article by article", "")
    for section in made.sections:
        yield from _section(section)
    yield from _method()


def _method() -> Iterator[str]:
    """How often a report is wrong, as measured."""
    yield from ("## How often this is right", "", f"Measured on {method.MEASURED_ON}.", "")
    yield from ("| | right | |", "|---|---|---|")
    yield from (f"| {rate.what} | {rate.right} | {rate.meaning} |" for rate in method.RATES)
    yield ""


def _answer(answer: Answer) -> Iterator[str]:
    yield from (f"**{answer.title}**", "")
    for line in answer.lines:
        yield f"- {_plain(line.text)}"
        for lead, words in line.beneath:
            yield f"  - {_plain(lead)} {_plain(phrases.quoted(phrases.shorten(words)))}"
    yield ""


def _common(common: Common) -> Iterator[str]:
    yield from (f"### {_plain(common.who)}{f' ({common.about})' if common.about else ''}", "")
    yield from (f"- {_plain(chain)}" for chain in common.chains)
    for hanging in common.hanging:
        yield from ("", _because(hanging.link, hanging.grounds), "")
        yield from (f"- {_plain(id_)}: {_plain(words)}" for id_, words in hanging.claims)
    yield ""


def _because(link: str, grounds: str) -> str:
    return f"*{link}*: {_plain(grounds)}" if grounds else f"*{link}*"


def _clash(number: int, clash: Clash) -> Iterator[str]:
    why = f": {_plain(clash.why)}" if clash.why else ""
    yield from (f"{number}. **{clash.kind}**{why} (confidence {clash.confidence:.2f})", "")
    for side in clash.sides:
        yield from _member(side)


def _claim(claim: Shared) -> Iterator[str]:
    yield from (f"### {_plain(claim.id)}. {_plain(phrases.quoted(claim.words))}", "", f"{claim.verdict}", "")
    for source in claim.sources:
        because = f" — {_because(source.link, source.grounds)}" if source.grounds else ""
        yield f"- {_plain(source.sentence)}{because}"
    yield ""
    for member in claim.members:
        yield from _member(member)
    if claim.silent:
        yield from (f"Silent: {_plain(phrases.listed(claim.silent))}", "")


def _member(member: Member) -> Iterator[str]:
    yield from _said(member.chain, member.facts, member)


def _said(who: str, facts: tuple[str, ...], member: Member) -> Iterator[str]:
    """A line that says who, and the words as a quotation of their own."""
    tail = "".join(f" · {_plain(fact)}" for fact in facts)
    id_ = f" · {_code(member.id)}" if member.id else ""
    yield from (f"{_plain(who)}{tail}{id_}", "", f"> {_plain(member.words)}", "")


def _only(section: Section) -> Iterator[str]:
    share = f"{len(section.only)} of {phrases.counted(len(section.statements), 'statement')}"
    yield from (f"**{_plain(section.article)}**: {share}", "")
    yield from (f"- {_code(member.id)} {_plain(member.line)}" for member in section.only)
    if section.only:
        yield ""


def _silence(story: Story) -> Iterator[str]:
    """What each article does not carry, with its hour and length, which may explain it."""
    found = [one for one in silence.find(story, claims.find(story)) if one.lacks]
    if not found:
        return
    yield from ("## Silence", "", _SILENCE, "")
    for one in found:
        about = f"{one.outlet.moment.text}, {phrases.counted(one.outlet.words, 'word')}"
        share = f"{len(one.lacks)} of {phrases.counted(one.claims, 'shared claim')}"
        yield from (f"**{_plain(one.outlet.name)}** ({_plain(about)}): {share}", "")
        for lacking in one.lacks:
            carriers = phrases.listed(outlet.name for outlet in lacking.carriers)
            later = "; all published later" if lacking.later else ""
            yield f"- {lacking.row.anchor}: {_plain(phrases.quoted(lacking.row.text))}, in {_plain(carriers)}{later}"
        yield ""


def _names(story: Story) -> Iterator[str]:
    """How the articles name the same people, where they differ; loaded words are bold."""
    found = names.find(story)
    if not found:
        return
    yield from ("## How each names whom", "")
    if any(name.loaded for name in found):
        yield from ("Loaded words are bold.", "")
    for name in found:
        yield from (f"**{_plain(name.who)}**", "")
        for outlet, labels in name.labels:
            if labels:
                yield f"- {_plain(outlet.name)}: {', '.join(map(_label, labels))}"
        yield ""


def _label(label: names.Label) -> str:
    words = "".join(f"**{_plain(piece.text)}**" if piece.own else _plain(piece.text) for piece in label.words)
    times = f" ×{label.count}" if label.count > 1 else ""
    return f"“{words}”{times}{' (in quoted words)' if label.quoted else ''}"


def _sourcing(story: Story) -> Iterator[str]:
    groups = sourcing.find(story, claims.find(story))
    if groups:
        yield from ("## Notes on the sourcing", "")
    for group in groups:
        yield from (f"**{group.title}.** {group.about}", "")
        for note in group.notes:
            first = f": {_plain(phrases.quoted(note.shown[0].text))}" if note.shown else ""
            yield f"- {_plain(note.why)}{first}"
        yield ""


def _event(event: Happening) -> str:
    return f"- {event.when or 'undated'}: {_plain(event.words)} ({_plain('; '.join(event.sources))})"


def _stance(stance: Stance) -> str:
    cells = (stance.who, stance.does, stance.what, stance.means, stance.as_of, "; ".join(stance.sources))
    return f"| {' | '.join(map(_plain, cells))} |"


def _section(section: Section) -> Iterator[str]:
    yield from (f"### {_plain(section.article)}", "", _plain(" · ".join(section.about)), "")
    if not section.statements:
        yield from ("No statement was found in this article.", "")
    for member in section.statements:
        _, _, upstream = member.chain.partition(phrases.ARROW)
        yield from _said(upstream or member.chain, (*member.facts, *member.details), member)
