"""A report as Markdown: for a wiki, a ticket or a notebook, and plain enough to read as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from whosays.report import brief, chronicle, document, phrases
from whosays.report.report import Report
from whosays.report.view import method, names, passages, sourcing
from whosays.report.view.claims import Row, Shared
from whosays.report.view.conflicts import Clash
from whosays.report.view.passages import Shown
from whosays.report.view.silence import Silence
from whosays.report.view.story import Outlet
from whosays.report.view.view import View

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
    view = View(document.make(report))
    ending = (
        f"*whosays {_plain(report.version)}, model {_plain(report.model)}. Every passage above stands in "
        "its article, at the characters that the report document gives.*"
    )
    told = chronicle.make(report, view.outlets)
    return "\n".join([*_compared(view), *_told(told), *_articles(view), *_method(), ending, ""])


def _plain(text: str) -> str:
    """Words that Markdown shows as they are."""
    escaped = _ENTITY.sub("&amp;", _MARKS.sub(r"\\\1", text))
    return _OPENING.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", escaped)


def _code(id_: str) -> str:
    return f"`{id_.replace('`', chr(39))}`"


def _compared(view: View) -> Iterator[str]:
    yield from ("# Who says so?", "", f"**{_plain(' · '.join(view.head.figures))}**", "")
    if nothing := brief.opening(view):
        yield from (nothing, "")
    for answer in brief.make(view):
        yield from _answer(answer)
    if view.rows:
        yield from (brief.LEGEND, "")
    for note in view.head.notes:
        yield from (f"Note: {_plain(note)}", "")
    if view.shared:
        yield from ("## Several outlets, one origin", "")
        for shared in view.shared:
            yield from _shared(shared)
    if view.conflicts:
        yield from ("## Conflicts", "")
        for clash in view.conflicts:
            yield from _clash(clash)
    if view.rows:
        yield from ("## Shared claims, one by one", "")
        for row in view.rows:
            yield from _claim(row)
    yield from _silence([one for one in view.silence if one.lacks])
    if any(silence.only for silence in view.silence):
        yield from ("## What only one article has", "")
        for silence in view.silence:
            yield from _only(silence)
    if view.compared:
        yield from _names(view.names)
        yield from _sourcing(view.sourcing)


def _told(told: chronicle.Chronicle) -> Iterator[str]:
    if told.events:
        yield from ("## What happened, in the order of time", "")
        yield from (_event(event) for event in told.events)
        yield ""
    if told.standing:
        yield from ("## Who is said to hold and support what", "")
        yield from ("| who | | what | with | as of | by whose word |", "|---|---|---|---|---|---|")
        yield from (_stance(stance) for stance in told.standing)
        yield ""


def _articles(view: View) -> Iterator[str]:
    yield from ("## All statements, article by article", "")
    for outlet in view.outlets:
        yield from _article(outlet, passages.said_in(view.story, outlet))


def _method() -> Iterator[str]:
    """How often a report is wrong, as measured."""
    yield from ("## How often this is right", "", f"Measured on {method.MEASURED_ON}.", "")
    yield from ("| | right | |", "|---|---|---|")
    yield from (f"| {rate.what} | {rate.right} | {rate.meaning} |" for rate in method.RATES)
    yield ""


def _answer(answer: brief.Answer) -> Iterator[str]:
    yield from (f"**{answer.title}**", "")
    for line in answer.lines:
        yield f"- {_plain(line.text)}"
        for lead, words in line.beneath:
            yield f"  - {_plain(lead)} {_plain(phrases.quoted(phrases.shorten(words)))}"
    yield ""


def _shared(shared: Shared) -> Iterator[str]:
    yield from (f"### {_plain(shared.origin.name)}", "")
    yield from (f"- {_plain(chain)}" for chain in shared.chains)
    for hanging in shared.hanging:
        yield from ("", _because(hanging.link, hanging.grounds), "")
        yield from (f"- {row.anchor}: {_plain(words)}" for row, words in hanging.claims)
    yield ""


def _because(link: str, grounds: str) -> str:
    return f"*{link}*: {_plain(grounds)}" if grounds else f"*{link}*"


def _clash(clash: Clash) -> Iterator[str]:
    why = _plain(clash.sentence.removeprefix(clash.kind))
    yield from (f"{clash.number}. **{clash.kind}**{why} (confidence {clash.confidence:.2f})", "")
    for side in clash.sides:
        yield from _passage(side)


def _claim(row: Row) -> Iterator[str]:
    verdict = f"{row.verdict} ({row.link})" if row.link else row.verdict
    yield from (f"### {row.anchor}. {_plain(phrases.quoted(row.text))}", "", verdict, "")
    for source in row.sources:
        because = f" — {_because(source.link, source.grounds)}" if source.grounds else ""
        yield f"- {_plain(source.sentence)}{because}"
    yield ""
    for one in row.said:
        yield from _passage(one)
    if row.silent:
        yield from (f"Silent: {_plain(phrases.listed(outlet.name for outlet in row.silent))}", "")


def _passage(one: Shown, within: bool = False) -> Iterator[str]:
    """A line that says who, and the words as a quotation; ``within`` its own article, which need not be named."""
    chain = one.chain.partition(phrases.ARROW)[2] or one.chain if within else one.chain
    tail = "".join(f" · {_plain(fact)}" for fact in one.about)
    id_ = f" · {_code(one.id)}" if one.id else ""
    yield from (f"{_plain(chain)}{tail}{id_}", "", f"> {_plain(one.text)}", "")


def _only(silence: Silence) -> Iterator[str]:
    yield from (f"**{_plain(silence.outlet.name)}**: {silence.share_only}", "")
    yield from (f"- {_code(one.id)} {_plain(one.line)}" for one in silence.only)
    if silence.only:
        yield ""


def _silence(found: Sequence[Silence]) -> Iterator[str]:
    """What each article does not carry, with its hour and length, which may explain it."""
    if not found:
        return
    yield from ("## Silence", "", _SILENCE, "")
    for one in found:
        about = f"{one.outlet.moment.text}, {phrases.counted(one.outlet.words, 'word')}"
        yield from (f"**{_plain(one.outlet.name)}** ({_plain(about)}): {one.share}", "")
        for lacking in one.lacks:
            carriers = phrases.listed(outlet.name for outlet in lacking.carriers)
            later = "; all published later" if lacking.later else ""
            yield f"- {lacking.row.anchor}: {_plain(phrases.quoted(lacking.row.text))}, in {_plain(carriers)}{later}"
        yield ""


def _names(found: Sequence[names.Name]) -> Iterator[str]:
    """How the articles name the same people, where they differ; loaded words are bold."""
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
    return f"“{words}”{label.note}"


def _sourcing(groups: Sequence[sourcing.Group]) -> Iterator[str]:
    if groups:
        yield from ("## Notes on the sourcing", "")
    for group in groups:
        yield from (f"**{group.title}.** {group.about}", "")
        for note in group.notes:
            first = f": {_plain(phrases.quoted(note.shown[0].text))}" if note.shown else ""
            yield f"- {_plain(note.why)}{first}"
        yield ""


def _event(event: chronicle.Happening) -> str:
    return f"- {event.when or 'undated'}: {_plain(event.words)} ({_plain('; '.join(event.sources))})"


def _stance(stance: chronicle.Stance) -> str:
    cells = (stance.who, stance.does, stance.what, stance.means, stance.as_of, "; ".join(stance.sources))
    return f"| {' | '.join(map(_plain, cells))} |"


def _article(outlet: Outlet, said: Sequence[Shown]) -> Iterator[str]:
    yield from (f"### {_plain(outlet.name)}", "", _plain(" · ".join(outlet.facts)), "")
    if not said:
        yield from ("No statement was found in this article.", "")
    for one in said:
        yield from _passage(one, within=True)
