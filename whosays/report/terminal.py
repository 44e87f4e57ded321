"""A report in the terminal: the answer on the first screen, the words that bear it out below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whosays.report import check, outline, phrases
from whosays.report.parts import (
    LEGEND,
    Answer,
    Clash,
    Common,
    Happening,
    Member,
    Naming,
    Outline,
    Section,
    Shared,
    Stance,
)
from whosays.report.report import Report

WIDEST: Final = 104  # columns; longer lines lose the eye on its way back
NARROWEST: Final = 30
PAPER: Final = 100  # columns in a file
COLUMN: Final = 10  # in which the answers of the first screen begin, behind their titles

# What the first screen shows of a long list; the rest stands claim by claim below it.
MOST_ORIGINS: Final = 12
MOST_CHAINS: Final = 8
MOST_CLAIMS: Final = 6
MOST_NAMES: Final = 15
MOST_STANCES: Final = 15

# Few colours, and none that judges: a green mark would say "confirmed", which no report does.
_HEADING: Final = "bold"
_WHO: Final = "bold"
_FAINT: Final = "dim"
_LINK: Final = {"stated": "bold", "inferred": "yellow", "unknown": "yellow"}
_CLASH: Final = "magenta"


def render(report: Report, width: int = PAPER, colour: bool = False) -> str:
    """The report as lines of at most ``width`` columns. Raises OffsetMismatch if it does not reproduce its articles."""
    check.offsets(report)
    page = _Page(width, colour)
    _outline(page, outline.make(report))
    page.line(f"whosays {report.version}, model {report.model}. Every passage above stands in its article, at the "
              "characters that the report document gives.", style=_FAINT)  # fmt: skip
    return page.text


def render_statements(report: Report, width: int = PAPER, colour: bool = False) -> str:
    """Only the statements, article by article."""
    check.offsets(report)
    page = _Page(width, colour)
    made = outline.make(report)
    for number, section in enumerate(made.sections):
        if number:
            page.gap()
        _section(page, section)
    return page.text


def screen(stream: TextIO) -> tuple[int, bool]:
    """The columns of the terminal behind a stream, and whether to write colours to it."""
    console = Console(file=stream)
    colour = console.is_terminal and not console.no_color and not console.legacy_windows
    return console.width, colour and console.color_system is not None


class _Page:
    """Lines of wrapped text, one below the other."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width = max(NARROWEST, min(width, WIDEST))
        self._written = io.StringIO()
        self._console = Console(
            file=self._written,
            width=self.width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )

    @property
    def text(self) -> str:
        return self._written.getvalue()

    def line(self, words: str | Text, indent: int = 0, lead: str | Text = "", style: str = "") -> None:
        """A paragraph that starts with ``lead`` and hangs below its own first word."""
        head = lead if isinstance(lead, Text) else Text(lead)
        body = words if isinstance(words, Text) else Text(words, style=style)
        room = max(12, self.width - indent - cell_len(head.plain))
        for number, wrapped in enumerate(body.wrap(self._console, room)):
            start = head if number == 0 else Text(" " * cell_len(head.plain))
            self._put(Text.assemble(" " * indent, start, wrapped))

    def passage(self, words: str, indent: int) -> None:
        """Words of an article, all of them, with a bar beside them."""
        bar = Text("│ ", style=_FAINT)
        for wrapped in Text(words).wrap(self._console, max(12, self.width - indent - 2)):
            self._put(Text.assemble(" " * indent, bar, wrapped))

    def heading(self, words: str) -> None:
        self.gap()
        self.line(words, style=_HEADING)
        self._put(Text("─" * min(cell_len(words), self.width), style=_FAINT))

    def gap(self) -> None:
        self._put(Text(""))

    def _put(self, text: Text) -> None:
        text.rstrip()
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _outline(page: _Page, made: Outline) -> None:
    page.line(" · ".join(made.headline), style=_HEADING)
    if made.opening:
        page.line(made.opening)
    for answer in made.answers:
        _answer(page, answer)
    if made.claims:
        page.gap()
        page.line(LEGEND, style=_FAINT)
    for note in made.notes:
        page.line(note, lead="Note: ")
    if made.common:
        page.heading("Several outlets, one origin")
        for number, common in enumerate(made.common[:MOST_ORIGINS], start=1):
            _common(page, number, common)
        _more(page, len(made.common) - MOST_ORIGINS, "origin", 2)
    if made.clashes:
        page.heading("Conflicts")
        for number, clash in enumerate(made.clashes, start=1):
            _clash(page, number, clash)
    if made.claims:
        page.heading("Shared claims, one by one")
        for claim in made.claims:
            _claim(page, claim)
    if any(section.only for section in made.sections):
        page.heading("What only one article has")
        for section in made.sections:
            _only(page, section)
    if made.namings:
        page.heading("How each names whom")
        for naming in made.namings[:MOST_NAMES]:
            _naming(page, naming)
        _more(page, len(made.namings) - MOST_NAMES, "name", 1, "in the Markdown and JSON reports")
    if made.events:
        page.heading("What happened, in the order of time")
        for event in made.events:
            _event(page, event)
    if made.standing:
        page.heading("Who is said to hold and support what")
        for stance in made.standing[:MOST_STANCES]:
            _stance(page, stance)
        _more(page, len(made.standing) - MOST_STANCES, "line", 1, "in the Markdown and JSON reports")
    page.heading("All statements, article by article")
    for number, section in enumerate(made.sections, start=1):
        page.gap()
        _section(page, section, f"{number} of {len(made.sections)}: " if len(made.sections) > 1 else "")
    page.gap()


def _answer(page: _Page, answer: Answer) -> None:
    """An answer beside its title; the passages beneath a line are cut to one line each."""
    page.gap()
    for number, line in enumerate(answer.lines):
        page.line(line.text, lead=Text(("" if number else answer.title).ljust(COLUMN), style=_HEADING))
        for lead, words in line.beneath:
            room = max(NARROWEST, page.width - COLUMN - len(lead) - 5)
            shown = f"{lead} {phrases.quoted(phrases.shorten(words, room))}"
            page.line(shown, indent=COLUMN + 2, style=_FAINT)


def _common(page: _Page, number: int, common: Common) -> None:
    about = f" ({common.about})" if common.about else ""
    page.gap()
    page.line(Text.assemble((common.who, _WHO), about), indent=1, lead=f"{number}. ")
    for chain in common.chains[:MOST_CHAINS]:
        page.line(_chain(chain), indent=6)
    _more(page, len(common.chains) - MOST_CHAINS, "article", 6)
    for hanging in common.hanging:
        page.line(_because(hanging.link, hanging.grounds), indent=4)
        for id_, words in hanging.claims[:MOST_CLAIMS]:
            page.line(words, indent=6, lead=f"{id_}  ")
        _more(page, len(hanging.claims) - MOST_CLAIMS, "claim", 6)


def _because(link: str, grounds: str) -> Text:
    return Text.assemble((link, _LINK[link]), f": {grounds}" if grounds else "")


def _chain(chain: str) -> Text:
    """A chain with its last link, the speaker, set off."""
    before, arrow, last = chain.rpartition(phrases.ARROW)
    return Text.assemble(before, (arrow, _FAINT), (last, _WHO if arrow else ""))


def _more(page: _Page, number: int, noun: str, indent: int, where: str = "below") -> None:
    if number > 0:
        page.line(f"… and {phrases.counted(number, f'more {noun}')}, {where}", indent=indent, style=_FAINT)


def _clash(page: _Page, number: int, clash: Clash) -> None:
    page.gap()
    confidence = f" (confidence {clash.confidence:.2f})"
    page.line(
        Text.assemble((clash.kind, _CLASH), f": {clash.why}" if clash.why else "", (confidence, _FAINT)),
        indent=1,
        lead=f"{number}. ",
    )
    for side in clash.sides:
        _member(page, side, 4)


def _claim(page: _Page, claim: Shared) -> None:
    page.gap()
    lead = f"{claim.id}  "
    page.line(Text(phrases.quoted(claim.words), style=_WHO), lead=lead)
    inside = min(len(lead), 6)
    page.line(claim.verdict, indent=inside)
    for source in claim.sources:
        page.line(source.sentence, indent=inside, lead="- ")
        if source.grounds:
            page.line(_because(source.link, source.grounds), indent=inside + 2)
    for member in claim.members:
        _member(page, member, inside)
    if claim.silent:
        page.line(f"Silent: {phrases.listed(claim.silent)}", indent=inside, style=_FAINT)


def _member(page: _Page, member: Member, indent: int) -> None:
    page.line(_about(member, _chain(member.chain), member.facts), indent=indent)
    page.passage(member.words, indent + 2)


def _about(member: Member, who: Text, facts: Sequence[str]) -> Text:
    tail = [*facts, f"[{member.id}]"] if member.id else list(facts)
    return Text.assemble(who, *((f" · {fact}", _FAINT) for fact in tail))


def _only(page: _Page, section: Section) -> None:
    page.gap()
    share = f"{len(section.only)} of {phrases.counted(len(section.statements), 'statement')}"
    page.line(Text.assemble((section.article, _WHO), f": {share}"), indent=1)
    for member in section.only:
        page.line(Text.assemble(member.line, (f" [{member.id}]", _FAINT)), indent=3, lead="- ")


def _naming(page: _Page, naming: Naming) -> None:
    page.gap()
    page.line(Text(naming.who, style=_WHO), indent=1)
    for article, labels in naming.labels:
        page.line(f"{article}: {', '.join(labels)}", indent=3, lead="- ")


def _event(page: _Page, event: Happening) -> None:
    who = Text(f" ({'; '.join(event.sources)})", style=_FAINT)
    page.line(Text.assemble(event.words, who), indent=1, lead=f"{event.when or 'undated'}  ")


def _stance(page: _Page, stance: Stance) -> None:
    means = f" with {stance.means}" if stance.means else ""
    known = [f"as of {stance.as_of}"] if stance.as_of else []
    about = Text(f" ({'; '.join([*known, *stance.sources])})", style=_FAINT)
    page.line(Text.assemble((stance.who, _WHO), f": {stance.does} {stance.what}{means}", about), indent=1, lead="- ")


def _section(page: _Page, section: Section, place: str = "") -> None:
    page.line(Text(section.article, style=_WHO), lead=place)
    page.line(" · ".join(section.about), style=_FAINT)
    if not section.statements:
        page.line("No statement was found in this article.", indent=2)
    for member in section.statements:
        page.gap()
        _said(page, member)


def _said(page: _Page, member: Member) -> None:
    """A statement under its own article, whose name need not be repeated."""
    _, _, upstream = member.chain.partition(phrases.ARROW)
    page.line(_about(member, _chain(upstream or member.chain), (*member.facts, *member.details)), indent=2)
    page.passage(member.words, 4)
