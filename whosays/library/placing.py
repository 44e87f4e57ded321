"""Which story an article belongs to. Each has its own until stories are grouped."""

from __future__ import annotations

import sqlite3

from whosays.library import store


def place(connection: sqlite3.Connection, article: int) -> int:
    """The story of an article that was just taken in, or has changed; its number."""
    when = store.now()
    row = connection.execute("SELECT story FROM story_articles WHERE article = ?", (article,)).fetchone()
    if row is not None:
        connection.execute("UPDATE stories SET version = version + 1, changed = ? WHERE id = ?", (when, row[0]))
        known: int = row[0]
        return known
    story = connection.execute("INSERT INTO stories (begun, changed) VALUES (?, ?)", (when, when)).lastrowid
    assert story is not None
    connection.execute("INSERT INTO story_articles VALUES (?, ?, ?)", (article, story, when))
    connection.execute(
        "INSERT INTO story_changes (at, story, change, article) VALUES (?, ?, 'begun', ?)", (when, story, article)
    )
    return story
