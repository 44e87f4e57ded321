"""Which story each article belongs to. An article is placed once it is safe; one that is not yet, by the next run."""

from __future__ import annotations

import dataclasses
import sqlite3
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from whosays.library import held, marks, store
from whosays.library.store import Library
from whosays.stories import grouping, sketch
from whosays.stories.grouping import Placement, Stories
from whosays.stories.sketch import Sketch

_DAY: Final = 86_400.0
# Days before and after an old article whose stories it may belong to: together as many as are live at a time.
_AROUND: Final = grouping.WINDOW / 2
_BATCH: Final = 100  # articles placed in one change to the library
_GROWN: Final = 8  # a story is looked at for having become two each time it has grown by so many articles


@dataclass(slots=True)
class Placing:
    """Places articles of one library; keeps the live stories in memory for as long as nobody else changes them."""

    library: Library
    _live: Stories | None = None
    _newest: float = float("-inf")  # the publication time, in seconds, of the newest live article
    # SQLite's number for the last change by somebody else, and the last mark, which may be about stories
    _seen: tuple[int, int] = field(default=(-1, -1))

    def settle(self) -> int:
        """Place all articles that have no story yet, in order of publication; how many there were."""
        waiting = self.library.rows(
            "SELECT k.article, k.published_at FROM sketches k LEFT JOIN story_articles m ON m.article = k.article "
            "WHERE m.article IS NULL ORDER BY k.published_at IS NULL, k.published_at, k.article"
        ).fetchall()
        for start in range(0, len(waiting), _BATCH):
            try:
                with self.library.writing():
                    self._place(waiting[start : start + _BATCH])
            except BaseException:
                self._live = None
                raise
        return len(waiting)

    def _place(self, waiting: list[tuple[int, float | None]]) -> None:
        self._renew()
        # somebody else may have placed them while we waited for our turn
        placed = "SELECT 1 FROM story_articles WHERE article = ?"
        waiting = [pair for pair in waiting if self.library.one(placed, (pair[0],)) is None]
        oldest = self._newest - grouping.WINDOW * _DAY
        late = [(article, at) for article, at in waiting if at is not None and at < oldest]
        for day, articles in groupby(late, key=lambda pair: pair[1] // _DAY):
            around = self._stories(day * _DAY - _AROUND * _DAY, (day + 1) * _DAY + _AROUND * _DAY)
            for article, _ in articles:
                self._add(around, article)
        if late:
            self._live = None  # stories that it does not know of have been begun
        recent = [(article, at) for article, at in waiting if at is None or at >= oldest]
        if recent and self._live is None:
            self._live = self._stories(self._newest - 2 * grouping.WINDOW * _DAY, float("inf"))
        for article, at in recent:
            assert self._live is not None
            self._add(self._live, article)
            self._newest = max(self._newest, self._newest if at is None else at)

    def _renew(self) -> None:
        """Forget the live stories where somebody else has changed the library since they were read."""
        [others] = self.library.one("PRAGMA data_version") or (0,)
        seen = others, marks.latest(self.library)
        if seen != self._seen:
            row = self.library.one("SELECT max(published_at) FROM sketches JOIN story_articles USING (article)")
            self._newest = row[0] if row and row[0] is not None else float("-inf")
            self._seen, self._live = seen, None

    def _stories(self, first: float, last: float) -> Stories:
        """The stories of the articles published between two moments, in seconds."""
        rows = self.library.rows(
            "SELECT m.story, k.article, k.sketch FROM sketches k JOIN story_articles m ON m.article = k.article "
            "WHERE k.published_at BETWEEN ? AND ? ORDER BY k.published_at, k.article",
            (first, last),
        )
        [begun] = self.library.one("SELECT coalesce(max(id), 0) FROM stories") or (0,)
        apart = held.kept_apart(self.library)
        return Stories.resume(((story, _read(article, stored)) for story, article, stored in rows), begun, apart)

    def _add(self, stories: Stories, article: int) -> None:
        [stored] = self.library.one("SELECT sketch FROM sketches WHERE article = ?", (article,)) or (b"",)
        self._write(article, stories, stories.add(_read(article, stored)))

    def _write(self, article: int, stories: Stories, placed: Placement) -> None:
        connection, when = self.library.connection, store.now()
        if placed.begun:
            connection.execute("INSERT INTO stories (id, begun, changed) VALUES (?, ?, ?)", (placed.story, when, when))
        connection.execute("INSERT INTO story_articles VALUES (?, ?, ?)", (article, placed.story, when))
        log(connection, placed.story, "begun" if placed.begun else "joined", placed.grounds, article=article)
        for merged in placed.merged:
            connection.execute("UPDATE story_articles SET story = ? WHERE story = ?", (placed.story, merged))
            connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (placed.story, merged))
            log(connection, placed.story, "merged", placed.grounds, other=merged)
        for copy in placed.copies:
            connection.execute(
                "INSERT OR REPLACE INTO copies VALUES (?, ?, ?)",
                (int(copy.article), int(copy.other), copy.contained_share),
            )
        if not placed.begun:
            touch(connection, placed.story)
            self._part(stories, placed.story)

    def _part(self, stories: Stories, story: int) -> None:
        if len(stories.live.get(story, ())) % _GROWN or story in held.held_together(self.library):
            return
        parting = stories.part(story) if story in stories.live else None
        if parting is None:
            return
        connection, when = self.library.connection, store.now()
        connection.execute("INSERT INTO stories (id, begun, changed) VALUES (?, ?, ?)", (parting.begun, when, when))
        connection.executemany(
            "UPDATE story_articles SET story = ? WHERE article = ?",
            [(parting.begun, int(article)) for article in parting.articles],
        )
        log(connection, story, "parted", parting.grounds, other=parting.begun)
        touch(connection, story)


def changed(connection: sqlite3.Connection, article: int) -> None:
    """An article stands in its story with other words than before."""
    row = connection.execute("SELECT story FROM story_articles WHERE article = ?", (article,)).fetchone()
    if row is not None:
        touch(connection, row[0])
        log(connection, row[0], "changed", "the article changed at its address", article=article)


def touch(connection: sqlite3.Connection, story: int) -> None:
    """A story is another than before: its report is made anew."""
    connection.execute("UPDATE stories SET version = version + 1, changed = ? WHERE id = ?", (store.now(), story))


def log(
    connection: sqlite3.Connection,
    story: int,
    change: str,
    grounds: str,
    *,
    article: int | None = None,
    other: int | None = None,
) -> None:
    """Write down what became of a story, and why."""
    connection.execute(
        "INSERT INTO story_changes (at, story, change, grounds, article, other) VALUES (?, ?, ?, ?, ?, ?)",
        (store.now(), story, change, grounds, article, other),
    )


def _read(article: int, stored: bytes) -> Sketch:
    return dataclasses.replace(sketch.from_bytes(stored), id=str(article))
