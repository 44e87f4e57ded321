"""The tables of a library, as steps from one version to the next; ``docs/tables.md`` says what each column holds.

A step is never changed once it was released: a later version of whosays adds one. ``PRAGMA user_version`` counts the
steps that a file has behind it, ``PRAGMA application_id`` says that it is a library at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from whosays.library import indexes

APPLICATION: Final = 0x77686F73  # "whos"

_FIRST: Final = """
-- What was read, by its hash: the same bytes are kept once, however often they come.
CREATE TABLE blobs (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    packed BLOB NOT NULL
);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    characters INTEGER NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 1,
    merged_into INTEGER REFERENCES stories (id),
    begun TEXT NOT NULL,
    changed TEXT NOT NULL
);

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    own_id TEXT,
    outlet TEXT,
    published TEXT,
    title TEXT,
    url TEXT,
    byline TEXT,
    language TEXT,
    version INTEGER REFERENCES versions (id) DEFERRABLE INITIALLY DEFERRED,
    versions INTEGER NOT NULL DEFAULT 1,
    added TEXT NOT NULL,
    changed TEXT NOT NULL
);
CREATE INDEX articles_by_published ON articles (published);
CREATE INDEX articles_by_outlet ON articles (outlet);
CREATE INDEX articles_by_added ON articles (added);
CREATE INDEX articles_by_version ON articles (version);

CREATE TABLE versions (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    title TEXT,
    byline TEXT,
    published TEXT,
    text INTEGER NOT NULL REFERENCES texts (id),
    raw TEXT NOT NULL REFERENCES blobs (sha256),
    media_type TEXT NOT NULL,
    place TEXT NOT NULL,
    line INTEGER,
    added TEXT NOT NULL,
    UNIQUE (article, number)
);
CREATE INDEX versions_by_text ON versions (text);
CREATE INDEX versions_by_raw ON versions (raw);

CREATE TABLE addresses (
    address TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    found TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX addresses_by_article ON addresses (article);

CREATE TABLE analyses (
    version INTEGER PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    program TEXT NOT NULL,
    made TEXT NOT NULL,
    statements INTEGER NOT NULL,
    embedding BLOB
);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    naming TEXT NOT NULL,
    described_as TEXT NOT NULL,
    grounds TEXT NOT NULL
);
CREATE INDEX speakers_by_version ON speakers (version);
CREATE INDEX speakers_by_name ON speakers (name);

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    speaker INTEGER REFERENCES speakers (id) ON DELETE CASCADE,
    content TEXT NOT NULL,
    source TEXT,
    cue TEXT,
    via TEXT NOT NULL,
    kind TEXT NOT NULL,
    naming TEXT NOT NULL,
    polarity TEXT NOT NULL,
    said_on TEXT,
    confidence REAL NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    spans TEXT NOT NULL,
    source_start INTEGER,
    source_end INTEGER,
    cue_start INTEGER,
    cue_end INTEGER,
    UNIQUE (version, number)
);
CREATE INDEX statements_by_speaker ON statements (speaker);
CREATE INDEX statements_by_said_on ON statements (said_on);

CREATE TABLE dates (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    first TEXT,
    last TEXT,
    precision TEXT NOT NULL,
    anchor TEXT
);
CREATE INDEX dates_by_version ON dates (version);
CREATE INDEX dates_by_first ON dates (first);

CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    precision TEXT NOT NULL,
    geonames INTEGER
);
CREATE INDEX places_by_version ON places (version);
CREATE INDEX places_by_name ON places (name);

CREATE TABLE sketches (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    published_at REAL,
    sketch BLOB NOT NULL
);
CREATE INDEX sketches_by_published_at ON sketches (published_at);

CREATE TABLE story_articles (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    story INTEGER NOT NULL REFERENCES stories (id),
    placed TEXT NOT NULL
);
CREATE INDEX story_articles_by_story ON story_articles (story);

CREATE TABLE story_changes (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    story INTEGER NOT NULL REFERENCES stories (id),
    change TEXT NOT NULL,
    grounds TEXT NOT NULL,
    article INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    other INTEGER REFERENCES stories (id)
);
CREATE INDEX story_changes_by_story ON story_changes (story);

CREATE TABLE copies (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    of INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    share REAL NOT NULL,
    PRIMARY KEY (article, of)
) WITHOUT ROWID;
CREATE INDEX copies_by_of ON copies (of);

CREATE TABLE reports (
    story INTEGER PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    story_version INTEGER NOT NULL,
    model TEXT NOT NULL,
    program TEXT NOT NULL,
    made TEXT NOT NULL,
    statements INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    conflicts INTEGER NOT NULL,
    packed BLOB NOT NULL
);

CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT,
    etag TEXT,
    last_modified TEXT,
    every_seconds REAL NOT NULL,
    next_due TEXT,
    first_try TEXT,
    last_try TEXT,
    last_success TEXT,
    last_error TEXT,
    error TEXT,
    fetched INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    place TEXT NOT NULL,
    article INTEGER REFERENCES articles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 1,
    first_failed TEXT NOT NULL,
    last_failed TEXT NOT NULL,
    UNIQUE (source, place)
);

-- What most questions are about: each article as it stands now.
CREATE VIEW current_statements AS
SELECT s.id, a.key AS article, a.outlet, a.published, p.name AS speaker, s.content, s.source, s.cue, s.via, s.kind,
       s.naming, s.polarity, s.said_on, s.confidence, s.start, s."end", m.story
FROM statements s
JOIN articles a ON a.version = s.version
LEFT JOIN speakers p ON p.id = s.speaker
LEFT JOIN story_articles m ON m.article = a.id;

CREATE VIEW article_texts AS
SELECT v.id, a.key AS article, v.number, v.title, t.text
FROM versions v JOIN articles a ON a.id = v.article JOIN texts t ON t.id = v.text;

CREATE VIRTUAL TABLE articles_search USING fts5 (
    title, text, content='article_texts', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statements_search USING fts5 (
    content, source, content='statements', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE speakers_search USING fts5 (
    name, described_as, content='speakers', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
    INSERT INTO statements_search (rowid, content, source) VALUES (new.id, new.content, new.source);
END;
CREATE TRIGGER statements_gone AFTER DELETE ON statements BEGIN
    INSERT INTO statements_search (statements_search, rowid, content, source)
    VALUES ('delete', old.id, old.content, old.source);
END;
CREATE TRIGGER speakers_added AFTER INSERT ON speakers BEGIN
    INSERT INTO speakers_search (rowid, name, described_as) VALUES (new.id, new.name, new.described_as);
END;
CREATE TRIGGER speakers_gone AFTER DELETE ON speakers BEGIN
    INSERT INTO speakers_search (speakers_search, rowid, name, described_as)
    VALUES ('delete', old.id, old.name, old.described_as);
END;
CREATE TRIGGER versions_added AFTER INSERT ON versions BEGIN
    INSERT INTO articles_search (rowid, title, text)
    VALUES (new.id, new.title, (SELECT text FROM texts WHERE id = new.text));
END;
"""

# From the latest article on, whether or not it says when it was published.
_BY_MOMENT: Final = "CREATE INDEX articles_by_moment ON articles (coalesce(published, added));"

# What analysts said. There is no key to other tables: a mark outlives what it is about.
_MARKS: Final = """
CREATE TABLE marks (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL,
    story INTEGER,
    targets TEXT NOT NULL,
    value TEXT NOT NULL,
    undoes TEXT REFERENCES marks (key)
);
CREATE INDEX marks_by_action ON marks (action, about);
CREATE INDEX marks_by_story ON marks (story);
CREATE INDEX marks_undoing ON marks (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE marked (
    what TEXT NOT NULL,
    name TEXT NOT NULL,
    mark INTEGER NOT NULL REFERENCES marks (id),
    PRIMARY KEY (what, name, mark)
) WITHOUT ROWID;

CREATE TRIGGER marks_stay BEFORE UPDATE ON marks BEGIN
    SELECT raise(ABORT, 'marks are only added');
END;
CREATE TRIGGER marks_never_go BEFORE DELETE ON marks BEGIN
    SELECT raise(ABORT, 'marks are only added');
END;
CREATE TRIGGER marks_in_nobodys_place BEFORE INSERT ON marks
WHEN EXISTS (SELECT 1 FROM marks WHERE id = new.id OR key = new.key) BEGIN
    SELECT raise(ABORT, 'marks are only added');
END;
CREATE TRIGGER marked_stay BEFORE UPDATE ON marked BEGIN
    SELECT raise(ABORT, 'marks are only added');
END;
CREATE TRIGGER marked_never_go BEFORE DELETE ON marked BEGIN
    SELECT raise(ABORT, 'marks are only added');
END;
"""

STEPS: Final = (_FIRST, _BY_MOMENT, indexes.STEP, _MARKS)
VERSION: Final = len(STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a library, or an empty file, to the tables of this version, all of it or nothing.

    Whoever comes second to a new file waits for the first and finds the work done.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        [[done]] = connection.execute("PRAGMA user_version")
        for step in STEPS[done:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _statements(step: str) -> Iterator[str]:
    """The single statements of a step; a trigger has semicolons of its own."""
    written = ""
    for line in step.splitlines(keepends=True):
        written += line
        if written.strip() and sqlite3.complete_statement(written):
            yield written
            written = ""
