"""A report in the terminal: the answer on the first screen, the words that bear it out below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from whosays.report import brief, chronicle, document, phrases
from whosays.report.report import Report
from whosays.report.view import passages
from whosays.report.view.claims import Row, Shared
from whosays.report.view.conflicts import Clash
from whosays.report.view.names import Name
from whosays.report.view.passages import Shown
from whosays.report.view.silence import Silence
from whosays.report.view.story import Outlet, Story
from whosays.report.view.view import View

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
    view = View(document.make(report))
    page = _Page(width, colour)
    _compared(page, view)
    _told(page, chronicle.make(report, view.outlets))
    _articles(page, view)
    page.line(f"whosays {report.version}, model {report.model}. Every passage above stands in its article, at the "
              "characters that the report document gives.", style=_FAINT)  # fmt: skip
    return page.text


def render_statements(report: Report, width: int = PAPER, colour: bool = False) -> str:
    """Only the statements, article by article."""
    story = Story(document.make(report))
    page = _Page(width, colour)
    for number, outlet in enumerate(story.outlets):
        if number:
            page.gap()
        _article(page, outlet, passages.said_in(story, outlet))
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
        self._written.write("\n")

    def _put(self, text: Text) -> None:
        text.rstrip()
        self._console.print(text, no_wrap=True, overflow="ignore", crop=False)


def _compared(page: _Page, view: View) -> None:
    page.line(" · ".join(view.head.figures), style=_HEADING)
    if nothing := brief.opening(view):
        page.line(nothing)
    for answer in brief.make(view):
        _answer(page, answer)
    if view.rows:
        page.gap()
        page.line(brief.LEGEND, style=_FAINT)
    for note in view.head.notes:
        page.line(note, lead="Note: ")
    if view.shared:
        page.heading("Several outlets, one origin")
        for number, shared in enumerate(view.shared[:MOST_ORIGINS], start=1):
            _shared(page, number, shared)
        _more(page, len(view.shared) - MOST_ORIGINS, "origin", 2)
    if view.conflicts:
        page.heading("Conflicts")
        for clash in view.conflicts:
            _clash(page, clash)
    if view.rows:
        page.heading("Shared claims, one by one")
        for row in view.rows:
            _claim(page, row)
    if any(silence.only for silence in view.silence):
        page.heading("What only one article has")
        for silence in view.silence:
            _only(page, silence)
    if view.compared and view.names:
        page.heading("How each names whom")
        for name in view.names[:MOST_NAMES]:
            _name(page, name)
        _more(page, len(view.names) - MOST_NAMES, "name", 1, "in the Markdown and JSON reports")


def _told(page: _Page, told: chronicle.Chronicle) -> None:
    if told.events:
        page.heading("What happened, in the order of time")
        for event in told.events:
            _event(page, event)
    if told.standing:
        page.heading("Who is said to hold and support what")
        for stance in told.standing[:MOST_STANCES]:
            _stance(page, stance)
        _more(page, len(told.standing) - MOST_STANCES, "line", 1, "in the Markdown and JSON reports")


def _articles(page: _Page, view: View) -> None:
    page.heading("All statements, article by article")
    for number, outlet in enumerate(view.outlets, start=1):
        page.gap()
        place = f"{number} of {len(view.outlets)}: " if len(view.outlets) > 1 else ""
        _article(page, outlet, passages.said_in(view.story, outlet), place)
    page.gap()


def _answer(page: _Page, answer: brief.Answer) -> None:
    """An answer beside its title; the passages beneath a line are cut to one line each."""
    page.gap()
    for number, line in enumerate(answer.lines):
        page.line(line.text, lead=Text(("" if number else answer.title).ljust(COLUMN), style=_HEADING))
        for lead, words in line.beneath:
            room = max(NARROWEST, page.width - COLUMN - len(lead) - 5)
            shown = f"{lead} {phrases.quoted(phrases.shorten(words, room))}"
            page.line(shown, indent=COLUMN + 2, style=_FAINT)


def _shared(page: _Page, number: int, shared: Shared) -> None:
    note = f" ({shared.origin.note})" if shared.origin.note else ""
    page.gap()
    page.line(Text.assemble((shared.origin.who, _WHO), note), indent=1, lead=f"{number}. ")
    for chain in shared.chains[:MOST_CHAINS]:
        page.line(_chain(chain), indent=6)
    _more(page, len(shared.chains) - MOST_CHAINS, "article", 6)
    for hanging in shared.hanging:
        page.line(_because(hanging.link, hanging.grounds), indent=4)
        for row, words in hanging.claims[:MOST_CLAIMS]:
            page.line(words, indent=6, lead=f"{row.anchor}  ")
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


def _clash(page: _Page, clash: Clash) -> None:
    page.gap()
    why = clash.sentence.removeprefix(clash.kind)
    confidence = f" (confidence {clash.confidence:.2f})"
    words = Text.assemble((clash.kind, _CLASH), why, (confidence, _FAINT))
    page.line(words, indent=1, lead=f"{clash.number}. ")
    for side in clash.sides:
        _passage(page, side, 4)


def _claim(page: _Page, row: Row) -> None:
    page.gap()
    lead = f"{row.anchor}  "
    page.line(Text(phrases.quoted(row.text), style=_WHO), lead=lead)
    page.line(f"{row.verdict} ({row.link})" if row.link else row.verdict, indent=len(lead))
    for source in row.sources:
        page.line(source.sentence, indent=len(lead), lead="- ")
        if source.grounds:
            page.line(_because(source.link, source.grounds), indent=len(lead) + 2)
    for one in row.said:
        _passage(page, one, len(lead))
    if row.silent:
        page.line(f"Silent: {phrases.listed(o.name for o in row.silent)}", indent=len(lead), style=_FAINT)


def _passage(page: _Page, one: Shown, indent: int, within: bool = False) -> None:
    """A passage with who says it; ``within`` its own article, whose name need not be repeated."""
    chain = one.chain.partition(phrases.ARROW)[2] or one.chain if within else one.chain
    facts = [*one.about, f"[{one.id}]"] if one.id else one.about
    page.line(Text.assemble(_chain(chain), *((f" · {fact}", _FAINT) for fact in facts)), indent=indent)
    page.passage(one.text, indent + 2)


def _only(page: _Page, silence: Silence) -> None:
    page.gap()
    page.line(Text.assemble((silence.outlet.name, _WHO), f": {silence.share_only}"), indent=1)
    for one in silence.only:
        page.line(Text.assemble(one.line, (f" [{one.id}]", _FAINT)), indent=3, lead="- ")


def _name(page: _Page, name: Name) -> None:
    page.gap()
    page.line(Text(name.who, style=_WHO), indent=1)
    for outlet, labels in name.labels:
        if labels:
            page.line(f"{outlet.name}: {', '.join(label.text for label in labels)}", indent=3, lead="- ")


def _event(page: _Page, event: chronicle.Happening) -> None:
    who = Text(f" ({'; '.join(event.sources)})", style=_FAINT)
    page.line(Text.assemble(event.words, who), indent=1, lead=f"{event.when or 'undated'}  ")


def _stance(page: _Page, stance: chronicle.Stance) -> None:
    means = f" with {stance.means}" if stance.means else ""
    known = [f"as of {stance.as_of}"] if stance.as_of else []
    about = Text(f" ({'; '.join([*known, *stance.sources])})", style=_FAINT)
    page.line(Text.assemble((stance.who, _WHO), f": {stance.does} {stance.what}{means}", about), indent=1, lead="- ")


def _article(page: _Page, outlet: Outlet, said: Sequence[Shown], place: str = "") -> None:
    page.line(Text(outlet.name, style=_WHO), lead=place)
    page.line(" · ".join(outlet.facts), style=_FAINT)
    if not said:
        page.line("No statement was found in this article.", indent=2)
    for one in said:
        page.gap()
        _passage(page, one, 2, within=True)
