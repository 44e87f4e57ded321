"""What all pages work on: one library, opened for each request, and what is being added to it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from whosays.desk.reports import Pages
from whosays.library import store
from whosays.library.errors import NoLibrary, ReplacedLibrary
from whosays.library.store import Library
from whosays.settings import Settings

if TYPE_CHECKING:
    from whosays.desk.intake import Intake
    from whosays.desk.reports import Reports
    from whosays.library.analyses import Made

_PATIENCE = 5.0  # seconds that a request waits for a writer, whose turns take well under one


@dataclass
class Desk:
    """The library that is served. Several threads use it at once, each with a connection of its own."""

    path: Path
    settings: Settings = field(default_factory=Settings)
    _idle: list[Library] = field(default_factory=list, init=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False)
    _file: tuple[int, int] | None = field(default=None, init=False)  # the one that is served
    pages: Pages = field(default_factory=Pages, init=False)
    _begin: threading.RLock = field(default_factory=threading.RLock, init=False)  # of what is there once
    _made: Made | None = field(default=None, init=False)
    _intake: Intake | None = field(default=None, init=False)
    _reports: Reports | None = field(default=None, init=False)

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The library for the length of a request; raises :class:`~whosays.errors.LibraryError`.

        A connection is used again by later requests, the latest first, so that few are open while little is asked.
        A file that was removed is not made again, which would hide the loss. Nor is one opened that took its place:
        SQLite would mix it with what is still in the old one's log.
        """
        with self._turn:
            if self._file is not None and (found := _file(self.path)) != self._file:
                raise ReplacedLibrary(str(self.path)) if found else NoLibrary(str(self.path))
            library = self._idle.pop() if self._idle else None
        if library is None:
            library = Library.open(self.path, create=self._file is None, patience=_PATIENCE, one_thread=False)
            with self._turn:
                self._file = self._file or _file(self.path)
        try:
            yield library
        except sqlite3.Error as error:
            library.close()
            raise store.explained(error, self.path) from None
        except BaseException:
            self._put_back(library)
            raise
        self._put_back(library)

    def _put_back(self, library: Library) -> None:
        if library.connection.in_transaction:
            library.close()
            return
        with self._turn:
            self._idle.append(library)

    @property
    def made(self) -> Made:
        """What analyses and reports are made by now; loads the model when it is first asked for."""
        with self._begin:
            if self._made is None:
                from whosays import __version__
                from whosays.library import analysing

                self._made = analysing.made_by(__version__)
            return self._made

    @property
    def intake(self) -> Intake:
        """What is being added, in the order in which it was given."""
        with self._begin:
            if self._intake is None:
                from whosays.desk.intake import Intake

                self._intake = Intake(self)
            return self._intake

    @property
    def reports(self) -> Reports:
        """What is being made of the stories, while nobody waits."""
        with self._begin:
            if self._reports is None:
                from whosays.desk.reports import Reports

                self._reports = Reports(self)
            return self._reports

    def close(self) -> None:
        """Let what is being added come to its next safe point, and close every connection."""
        if self._intake is not None:
            self._intake.close()
        if self._reports is not None:
            self._reports.close()
        with self._turn:
            while self._idle:
                self._idle.pop().close()


def _file(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now, whatever its name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
