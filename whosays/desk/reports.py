"""Reports that are made while nobody waits, and the pages that are made of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from whosays.errors import InternalError, WhosaysError
from whosays.library import reporting
from whosays.library.placing import Placing

if TYPE_CHECKING:
    from whosays.desk.desk import Desk

_MOST: Final = 200  # stories that are waited for; what was asked for longest ago is left
_KEPT: Final = 64  # of some 50 KB each


class Reports:
    """Makes reports, one at a time: what somebody waits for first."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._problems: OrderedDict[int, WhosaysError] = OrderedDict()
        self._turn = threading.Condition()
        self._closing = False
        self._worker = threading.Thread(target=self._work, name="reports", daemon=True)
        self._worker.start()

    def want(self, stories: Iterable[int]) -> None:
        """Have reports on these stories made, the first of them first, behind what somebody waits for."""
        with self._turn:
            for story in stories:
                if story not in self._problems:
                    self._wanted.setdefault(story)
            while len(self._wanted) > _MOST:
                self._wanted.popitem()
            self._turn.notify_all()

    def wait(self, story: int, seconds: float) -> None:
        """Have a report made before all others, and wait for it for a while; raises what kept it from being made."""
        with self._turn:
            self._problems.pop(story, None)
            self._wanted[story] = None
            self._wanted.move_to_end(story, last=False)
            self._turn.notify_all()
            self._turn.wait_for(lambda: story not in self._wanted or self._closing, seconds)
            if story in self._problems:
                raise self._problems[story]

    def close(self) -> None:
        with self._turn:
            self._closing = True
            self._turn.notify_all()

    def _work(self) -> None:
        self._settle()
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._wanted or self._closing)
                if self._closing:
                    return
                story = next(iter(self._wanted))
            problem = self._make(story)
            with self._turn:
                self._wanted.pop(story, None)
                if problem is not None:
                    self._problems[story] = problem
                    while len(self._problems) > _MOST:
                        self._problems.popitem(last=False)
                self._turn.notify_all()

    def _settle(self) -> None:
        """Find the stories of articles that were safe before, by a program that was stopped in between."""
        with suppress(WhosaysError), self._desk.library() as library:
            Placing(library).settle()

    def _make(self, story: int) -> WhosaysError | None:
        try:
            with self._desk.library() as library:
                reporting.of_story(library, story, self._desk.made)
        except WhosaysError as problem:
            return problem
        except Exception as fault:  # of ours; the next report is still made
            return InternalError("", f"the report could not be made ({type(fault).__name__}: {fault})")
        return None


class Pages:
    """Pages and files as they were sent last, packed, by all that they depend on."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: str) -> bytes | None:
        with self._turn:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def keep(self, key: str, page: bytes) -> None:
        with self._turn:
            self._pages[key] = page
            while len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
