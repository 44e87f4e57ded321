"""How a command ends: what it made in its place, one line for what went wrong, an exit code that tells which."""

from __future__ import annotations

import os
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

from whosays import errors
from whosays.errors import UsageError, WhosaysError

INTERRUPTED: Final = 130  # 128 + SIGINT, as shells count


def screen(output: Path | None) -> tuple[int, bool]:
    """Columns and colour for what is read by eye."""
    from whosays.report import terminal

    return terminal.screen(sys.stdout) if output is None or str(output) == "-" else (terminal.PAPER, False)


@contextmanager
def clear() -> Iterator[None]:
    """Every way in which a command can end badly, as one line and an exit code."""
    try:
        yield
    except typer.Exit:
        raise
    except WhosaysError as problem:
        say(problem)
        raise typer.Exit(problem.exit_code) from None
    except BrokenPipeError:
        _close_quietly()
        raise typer.Exit(errors.FINE) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except MemoryError:
        say("there is not enough memory for these articles. Give fewer at a time, or use --statements-only.")
        raise typer.Exit(errors.FAILED) from None
    except Exception as fault:
        at = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{Path(at.filename).name}:{at.lineno}"
        say(f"internal failure at {where} ({type(fault).__name__}: {fault}). Please report this with the article.")
        raise typer.Exit(errors.FAILED) from None


def say(problem: WhosaysError | str) -> None:
    """One line on standard error, which takes any letter that the terminal cannot show as its number."""
    line = printable(" ".join(str(problem).split()))
    print(f"whosays: {line}", file=sys.stderr)


class Telling:
    """Problems as they come, each on its line: of one file the first MOST, and in the end how many more there were."""

    MOST: Final = 20

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def takes(self, problem: WhosaysError) -> bool:
        """Whether a problem is among the first of its file."""
        self._counts[problem.where] += 1
        return self._counts[problem.where] <= self.MOST

    def say(self, problem: WhosaysError) -> None:
        if self.takes(problem):
            say(problem)

    def more(self) -> list[tuple[str, int]]:
        """The files that had more, and how many."""
        return [(where, count - self.MOST) for where, count in self._counts.items() if where and count > self.MOST]

    def end(self) -> None:
        for where, count in self.more():
            say(f"{'standard input' if where == '-' else where}: {count:,} more that could not be used")


def printable(words: str) -> str:
    """Words from outside, which must not move the cursor, ring, or change the terminal's colours, on one line."""
    return "".join(letter if letter.isprintable() else " " for letter in words)


def check_writable(output: Path) -> None:
    """Find out before the work, not after it, that its result cannot be kept."""
    if str(output) == "-":
        return
    folder = output.parent
    if output.is_dir():
        raise _unwritable(output, "it is a folder")
    if not folder.is_dir():
        raise _unwritable(output, f"there is no folder {folder}")
    if not os.access(output if output.exists() else folder, os.W_OK):
        raise _unwritable(output, "not permitted")


def _unwritable(output: Path, why: str) -> UsageError:
    return UsageError(str(output), f"cannot be written ({why})", "Give another file after -o.")


def write(made: str | bytes, output: Path | None) -> None:
    """Write UTF-8, whatever the terminal's own encoding; half a letter as the number that JSON also reads."""
    encoded = made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made
    if output is None or str(output) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded)
        sys.stdout.flush()
        return
    try:
        output.write_bytes(encoded)
    except OSError as error:
        raise _unwritable(output, (error.strerror or "it failed").lower()) from None


def write_all(lines: Iterable[str], output: Path | None) -> None:
    """The same for what is too long to hold: line by line, as it is made. A file is there whole, or not at all."""
    if output is None or str(output) == "-":
        sys.stdout.flush()
        for line in lines:
            sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
        sys.stdout.flush()
        return
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("wb") as file:
            file.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
        partial.replace(output)
    except OSError as error:
        raise _unwritable(output, (error.strerror or "it failed").lower()) from None
    finally:
        partial.unlink(missing_ok=True)


def _close_quietly() -> None:
    """Let the interpreter close standard output without complaint when nobody reads it any more."""
    unread = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(unread, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(unread)
