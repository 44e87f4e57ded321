"""Articles in the library: which one an article is, and what has changed in it since it was last read."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from whosays.library import store
from whosays.library.store import Library
from whosays.text.article import Article
from whosays.text.entry import Entry

# What links carry to tell where a reader came from; it says nothing about what is read.
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|ocid|cmpid|cmp|smid|igshid|guccounter")
_LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an article that was given to the library.

    ``article`` and ``version`` are rows of those tables, ``key`` is the id by which reports call the article.
    """

    what: Literal["new", "changed", "known"]
    article: int
    version: int
    key: str


def address(url: str | None) -> str | None:
    """The form in which two links to one page are the same; ``None`` for a link to no page of its own.

    Scheme, ``www.``, fragment, a last slash and what only tells where the reader came from do not count.
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    asked = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k.lower())]
    path = parts.path.rstrip("/")
    if not path and not asked:
        return None
    shown_port = f":{port}" if port not in (None, 80, 443) else ""
    return f"{host}{shown_port}{path}" + (f"?{urlencode(asked)}" if asked else "")


def at(library: Library, url: str) -> int | None:
    """The article that was found at ``url`` before."""
    place = address(url)
    row = library.one("SELECT article FROM addresses WHERE address = ?", (place,)) if place else None
    return row[0] if row else None


def look_up(library: Library, entry: Entry) -> Kept | None:
    """The article as the library has it, if it has it just so; ``None`` where it is new or has changed."""
    text = library.one("SELECT id FROM texts WHERE sha256 = ?", (entry.article.text_sha256,))
    if text is None:
        return None
    article = _same(library.connection, entry, text[0])
    return _as_it_stands(library.connection, entry, article, text[0]) if article is not None else None


def keep(connection: sqlite3.Connection, entry: Entry, also_at: Iterable[str] = ()) -> Kept:
    """Take an article in, within a change to the library.

    It is known where its words and its title are as they were, a new version where they changed at its address.
    ``also_at``: further addresses that lead to it.
    """
    text = _text(connection, entry.article)
    article = _same(connection, entry, text)
    if article is None:
        kept = _new(connection, entry, text)
    else:
        kept = _as_it_stands(connection, entry, article, text) or _changed(connection, entry, article, text)
    for url in (entry.article.url, *also_at):
        lead(connection, url, kept.article)
    return kept


def lead(connection: sqlite3.Connection, url: str | None, article: int) -> None:
    """Remember that an address leads to an article; the first article found there keeps it."""
    if place := address(url):
        connection.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?, ?)", (place, article, store.now()))


def _same(connection: sqlite3.Connection, entry: Entry, text: int) -> int | None:
    """The article that this one is: at the same address, or else with the same words in the same outlet.

    Two ids that a source gives on purpose are two articles, whatever else they share.
    """
    own = entry.article.id if entry.has_own_id else None
    candidates = []
    if place := address(entry.article.url):
        candidates += connection.execute(
            "SELECT a.id, a.own_id FROM addresses d JOIN articles a ON a.id = d.article WHERE d.address = ?", (place,)
        ).fetchall()
    candidates += connection.execute(
        "SELECT DISTINCT a.id, a.own_id FROM versions v JOIN articles a ON a.id = v.article "
        "WHERE v.text = ? AND a.outlet IS ? ORDER BY a.id",
        (text, entry.article.outlet),
    ).fetchall()
    return next((article for article, its in candidates if own is None or its is None or own == its), None)


def _as_it_stands(connection: sqlite3.Connection, entry: Entry, article: int, text: int) -> Kept | None:
    """The article, if what was read is what stands there, or what this kind of source gave last.

    A feed and a page may differ in a comma for ever; that makes no new version each time one of them is read.
    """
    rows = connection.execute(
        "SELECT v.id, v.text, v.title, a.key FROM articles a JOIN versions v ON v.article = a.id "
        "WHERE a.id = ? AND (v.id = a.version OR v.id = "
        "(SELECT max(id) FROM versions WHERE article = a.id AND media_type = ?)) ORDER BY v.id DESC",
        (article, entry.media_type),
    ).fetchall()
    for version, its_text, title, key in rows:
        if its_text == text and entry.article.title in (None, title):
            return Kept("known", article, version, key)
    return None


def _new(connection: sqlite3.Connection, entry: Entry, text: int) -> Kept:
    given, when = entry.article, store.now()
    [[article]] = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM articles")
    key = _free_key(connection, given.id, article)
    version = _version(connection, entry, article, text)
    connection.execute(
        "INSERT INTO articles (id, key, own_id, outlet, published, title, url, byline, language, version, added, "
        "changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article, key, given.id if entry.has_own_id else None, given.outlet, given.published, given.title, given.url,
         given.byline, given.language, version, when, when),
    )  # fmt: skip
    return Kept("new", article, version, key)


def _changed(connection: sqlite3.Connection, entry: Entry, article: int, text: int) -> Kept:
    given = entry.article
    version = _version(connection, entry, article, text)
    connection.execute(
        "UPDATE articles SET version = ?, versions = versions + 1, changed = ?, title = coalesce(?, title), "
        "byline = coalesce(?, byline), published = coalesce(published, ?) WHERE id = ?",
        (version, store.now(), given.title, given.byline, given.published, article),
    )
    [[key]] = connection.execute("SELECT key FROM articles WHERE id = ?", (article,))
    return Kept("changed", article, version, key)


def _version(connection: sqlite3.Connection, entry: Entry, article: int, text: int) -> int:
    given = entry.article
    written = connection.execute(
        "INSERT INTO versions (article, number, title, byline, published, text, raw, media_type, place, line, added) "
        "SELECT ?, (SELECT count(*) + 1 FROM versions WHERE article = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?",
        (article, article, given.title, given.byline, given.published, text, _blob(connection, entry.raw),
         entry.media_type, entry.where, entry.line, store.now()),
    )  # fmt: skip
    assert written.lastrowid is not None
    return written.lastrowid


def _text(connection: sqlite3.Connection, article: Article) -> int:
    digest = article.text_sha256
    row = connection.execute("SELECT id FROM texts WHERE sha256 = ?", (digest,)).fetchone()
    if row is not None:
        known: int = row[0]
        return known
    written = connection.execute(
        "INSERT INTO texts (sha256, characters, text) VALUES (?, ?, ?)", (digest, len(article.text), article.text)
    )
    assert written.lastrowid is not None
    return written.lastrowid


def _blob(connection: sqlite3.Connection, raw: bytes) -> str:
    digest = hashlib.sha256(raw).hexdigest()
    if connection.execute("SELECT 1 FROM blobs WHERE sha256 = ?", (digest,)).fetchone() is None:
        connection.execute("INSERT INTO blobs VALUES (?, ?, ?)", (digest, len(raw), zlib.compress(raw)))
    return digest


def raw(library: Library, digest: str) -> bytes:
    """The bytes with this hash, as they were read."""
    row = library.one("SELECT packed FROM blobs WHERE sha256 = ?", (digest,))
    if row is None:
        raise KeyError(digest)
    return zlib.decompress(row[0])


def _free_key(connection: sqlite3.Connection, wanted: str, article: int) -> str:
    """The id that the article came with, or one made from it that no other article has."""
    key = " ".join(wanted.split())[:_LONGEST_KEY] or "article"
    while connection.execute("SELECT 1 FROM articles WHERE key = ?", (key,)).fetchone():
        key = f"{key}-{article}"
    return key
