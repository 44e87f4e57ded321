"""Tables and marked passages for the terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from whosays.report import terminal

OPEN: Final = "\x02"  # around the words of a passage that were looked for
CLOSE: Final = "\x03"
_PLAIN: Final = ("»", "«")  # the same where there is no colour


def render(
    heads: Sequence[str], rows: Sequence[Sequence[str]], width: int = terminal.PAPER, colour: bool = False
) -> str:
    """Rows under heads, as wide as they need; the last column wraps. Numbers stand to the right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for place, head in enumerate(heads):
        numbers = bool(rows) and all(row[place].isdigit() or not row[place] for row in rows)
        last = place == len(heads) - 1
        table.add_column(
            head, justify="right" if numbers else "left", overflow="fold", no_wrap=not last,
            ratio=1 if last else None,
        )  # fmt: skip
    for row in rows:
        table.add_row(*(Text(_clean(cell)) for cell in row))
    return _written(table, width, colour)


def passages(found: Sequence[tuple[str, str, str]], width: int = terminal.PAPER, colour: bool = False) -> str:
    """Passages with a line above each (who, bold, and about what, faint), what lies within OPEN and CLOSE marked."""
    lines: list[Text] = []
    for who, about, words in found:
        lines.append(Text.assemble((_clean(who), "bold"), (f"  {_clean(about)}" if about else "", "dim")))
        lines += [Text.assemble(("│ ", "dim"), line) for line in _wrapped(_marked(words, colour), width - 4)]
        lines.append(Text(""))
    return _written(Text("\n").join(lines[:-1]), width, colour) if lines else ""


def changes(pieces: Sequence[tuple[str, str]], width: int = terminal.PAPER, colour: bool = False) -> str:
    """A text with what was taken out (``gone``) and put in (``new``): ``[-so-]`` and ``{+so+}`` without colour."""
    text = Text()
    for change, words in pieces:
        shown = _clean(words, "\n")
        if change == "same":
            text.append(shown)
        elif colour:
            text.append(shown, "strike dim" if change == "gone" else "bold underline")
        else:
            text.append(f"[-{shown}-]" if change == "gone" else f"{{+{shown}+}}")
    return _written(text, width, colour)


def _marked(words: str, colour: bool) -> Text:
    text = Text()
    for number, piece in enumerate(words.replace(CLOSE, OPEN).split(OPEN)):
        shown = " ".join(_clean(piece, " ").split(" "))
        text.append(shown if number % 2 == 0 or colour else shown.join(_PLAIN), "bold yellow" if number % 2 else "")
    return text


def _wrapped(text: Text, width: int) -> list[Text]:
    return list(text.wrap(Console(file=io.StringIO(), width=max(20, width)), max(20, width)))


def _clean(words: str, kept: str = "") -> str:
    """Words from outside, which must not move the cursor or change the terminal's colours."""
    return "".join(letter if letter.isprintable() or letter in kept else " " for letter in words)


def _written(content: Table | Text, width: int, colour: bool) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=max(terminal.NARROWEST, width), force_terminal=colour,
        color_system="standard" if colour else None, legacy_windows=False, markup=False, highlight=False, emoji=False,
    )  # fmt: skip
    console.print(content, soft_wrap=False)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
