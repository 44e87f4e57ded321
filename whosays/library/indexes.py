"""Second step of the tables: what makes a library of a million statements answer at once.

Statements get numbers in the order of publication, so that a full-text index gives the newest hits first and stops;
what they are filtered and counted by stands in a narrow row each (``said``) and, as words of their own (``xo17``: in
outlet 17), in the full-text index, which thereby meets filters and words in one pass. ``docs/tables.md`` says what each
column holds. Only articles as they stand are indexed: what an article said before is in ``statements`` alone.
"""

from __future__ import annotations

from typing import Final

# A statement's number: the day of publication (that of adding, where there is none), then the version, then its place.
DAY_BITS: Final = 41
VERSION_BITS: Final = 14
MOST_STATEMENTS: Final = (1 << VERSION_BITS) - 1  # of one version; one more would have a number of the next version's

_NUMBER: Final = f"""
(CAST(julianday(coalesce(date(substr(a.published, 1, 10)), substr(a.added, 1, 10))) - 1721424.5 AS INTEGER)
 << {DAY_BITS}) + (v.id << {VERSION_BITS})
"""
# The number before that of a version's first statement.
FIRST_NUMBER: Final = f"SELECT {_NUMBER} FROM versions v JOIN articles a ON a.id = v.article WHERE v.id = ?"

# Characters between a place and a statement beside it: one sentence of news, which has 120 to 150.
_BESIDE: Final = 150

_PLACE_IS: Final = (
    "n.name = {0}.name AND n.country = coalesce({0}.country, '') AND n.latitude = {0}.latitude "
    "AND n.longitude = {0}.longitude"
)

STEP: Final = f"""
DROP TRIGGER statements_added;
DROP TRIGGER statements_gone;
DROP TRIGGER speakers_added;
DROP TABLE statements_search;

UPDATE statements SET id = number + (
    SELECT {_NUMBER} FROM versions v JOIN articles a ON a.id = v.article WHERE v.id = statements.version
);

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    statements INTEGER NOT NULL DEFAULT 0,
    unnamed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    statements INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE said (
    statement INTEGER PRIMARY KEY,
    article INTEGER NOT NULL,
    outlet INTEGER,
    speaker INTEGER,
    naming TEXT NOT NULL,
    polarity TEXT NOT NULL
);
CREATE TABLE relayed (
    statement INTEGER NOT NULL,
    step INTEGER NOT NULL,
    relay INTEGER NOT NULL,
    outlet INTEGER,
    speaker INTEGER,
    PRIMARY KEY (statement, step)
) WITHOUT ROWID;
CREATE TABLE place_names (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    precision TEXT NOT NULL,
    geonames INTEGER,
    articles INTEGER NOT NULL DEFAULT 0,
    UNIQUE (name, country, latitude, longitude)
);
CREATE TABLE place_articles (
    place INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (place, article)
) WITHOUT ROWID;
CREATE TABLE place_statements (
    place INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    inside INTEGER NOT NULL,
    PRIMARY KEY (place, statement)
) WITHOUT ROWID;

INSERT INTO outlets (name)
    SELECT outlet FROM articles WHERE outlet IS NOT NULL
    UNION SELECT j.value FROM statements s, json_each(s.via) j WHERE s.via <> '[]';
INSERT INTO speaker_names (name) SELECT name FROM speakers WHERE true ORDER BY id ON CONFLICT DO NOTHING;
INSERT INTO said
    SELECT s.id, a.id, o.id, n.id, s.naming, s.polarity
    FROM statements s JOIN articles a ON a.version = s.version LEFT JOIN outlets o ON o.name = a.outlet
    LEFT JOIN speakers p ON p.id = s.speaker LEFT JOIN speaker_names n ON n.name = p.name ORDER BY s.id;
INSERT INTO relayed
    SELECT s.id, j.key, r.id, d.outlet, d.speaker
    FROM statements s JOIN said d ON d.statement = s.id, json_each(s.via) j JOIN outlets r ON r.name = j.value
    WHERE s.via <> '[]';
INSERT INTO place_names (name, country, latitude, longitude, precision, geonames)
    SELECT name, coalesce(country, ''), latitude, longitude, precision, geonames FROM places WHERE true
    ON CONFLICT DO NOTHING;
INSERT INTO place_articles
    SELECT DISTINCT n.id, a.id FROM places p JOIN articles a ON a.version = p.version
    JOIN place_names n ON {_PLACE_IS.format("p")};
INSERT INTO place_statements
    SELECT n.id, s.id, max(s.start <= p.start AND p."end" <= s."end")
    FROM places p JOIN place_names n ON {_PLACE_IS.format("p")}
    CROSS JOIN statements s ON s.version = p.version AND s.start < p."end" + {_BESIDE} AND s."end" > p.start - {_BESIDE}
    CROSS JOIN said d ON d.statement = s.id GROUP BY n.id, s.id;
DROP INDEX articles_by_outlet;
CREATE INDEX articles_by_outlet ON articles (outlet, published);
CREATE INDEX said_by_speaker ON said (speaker);
CREATE INDEX said_by_speaker_and_outlet ON said (speaker, outlet, naming, polarity);
CREATE INDEX said_by_outlet ON said (outlet, speaker, naming);
CREATE INDEX said_by_article ON said (article);
UPDATE outlets SET (statements, unnamed) =
    (SELECT count(*), coalesce(sum(naming = 'anonymous'), 0) FROM said WHERE outlet = outlets.id)
    WHERE id IN (SELECT outlet FROM said);
UPDATE speaker_names SET statements = (SELECT count(*) FROM said WHERE speaker = speaker_names.id);
UPDATE place_names SET articles = (SELECT count(*) FROM place_articles WHERE place = place_names.id);
CREATE INDEX speaker_names_by_statements ON speaker_names (statements);
CREATE INDEX place_names_by_articles ON place_names (articles);
CREATE INDEX relayed_by_relay ON relayed (relay, outlet, speaker);
CREATE INDEX relayed_by_outlet ON relayed (outlet, relay);
CREATE INDEX relayed_by_speaker ON relayed (speaker, relay);
CREATE INDEX place_articles_by_article ON place_articles (article);
CREATE INDEX place_statements_by_statement ON place_statements (statement);

CREATE VIEW statement_texts AS
SELECT s.id, s.content, s.source, p.name || ' ' || p.described_as AS speaker,
       'xa' || d.article || coalesce(' xo' || d.outlet, '') || coalesce(' xs' || d.speaker, '') || ' xn' || d.naming
       || ' xp' || d.polarity AS about, d.article
FROM said d JOIN statements s ON s.id = d.statement LEFT JOIN speakers p ON p.id = s.speaker;

CREATE VIRTUAL TABLE statements_search USING fts5 (
    content, source, speaker, about, content='statement_texts', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO statements_search (rowid, content, source, speaker, about)
    SELECT id, content, source, speaker, about FROM statement_texts ORDER BY id;
CREATE VIRTUAL TABLE speaker_names_search USING fts5 (
    name, content='speaker_names', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO speaker_names_search (rowid, name) SELECT id, name FROM speaker_names;
CREATE VIRTUAL TABLE place_names_search USING fts5 (
    name, content='place_names', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
INSERT INTO place_names_search (rowid, name) SELECT id, name FROM place_names;
CREATE VIRTUAL TABLE speaker_words USING fts5vocab (speakers_search, row);

CREATE TRIGGER outlets_met AFTER INSERT ON articles WHEN new.outlet IS NOT NULL BEGIN
    INSERT INTO outlets (name) VALUES (new.outlet) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER speakers_added AFTER INSERT ON speakers BEGIN
    INSERT INTO speakers_search (rowid, name, described_as) VALUES (new.id, new.name, new.described_as);
    INSERT INTO speaker_names (name) VALUES (new.name) ON CONFLICT DO NOTHING;
END;
-- while the speaker is still there for the index to be told what it loses
CREATE TRIGGER speakers_going BEFORE DELETE ON speakers BEGIN
    DELETE FROM statements WHERE speaker = old.id;
END;
CREATE TRIGGER speaker_names_added AFTER INSERT ON speaker_names BEGIN
    INSERT INTO speaker_names_search (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER place_names_added AFTER INSERT ON place_names BEGIN
    INSERT INTO place_names_search (rowid, name) VALUES (new.id, new.name);
END;
CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
    INSERT INTO said
        SELECT new.id, a.id, o.id, n.id, new.naming, new.polarity
        FROM articles a LEFT JOIN outlets o ON o.name = a.outlet LEFT JOIN speakers p ON p.id = new.speaker
        LEFT JOIN speaker_names n ON n.name = p.name WHERE a.version = new.version;
    INSERT INTO statements_search (rowid, content, source, speaker, about)
        SELECT id, content, source, speaker, about FROM statement_texts WHERE id = new.id;
    INSERT INTO outlets (name) SELECT value FROM json_each(new.via) WHERE true ON CONFLICT DO NOTHING;
    INSERT INTO relayed
        SELECT new.id, j.key, r.id, d.outlet, d.speaker
        FROM json_each(new.via) j JOIN outlets r ON r.name = j.value JOIN said d ON d.statement = new.id;
END;
CREATE TRIGGER statements_going BEFORE DELETE ON statements BEGIN
    INSERT INTO statements_search (statements_search, rowid, content, source, speaker, about)
        SELECT 'delete', id, content, source, speaker, about FROM statement_texts WHERE id = old.id;
    DELETE FROM said WHERE statement = old.id;
END;
CREATE TRIGGER articles_changed AFTER UPDATE OF version ON articles WHEN old.version IS NOT new.version BEGIN
    INSERT INTO statements_search (statements_search, rowid, content, source, speaker, about)
        SELECT 'delete', id, content, source, speaker, about FROM statement_texts WHERE article = new.id;
    DELETE FROM said WHERE article = new.id;
    DELETE FROM place_articles WHERE article = new.id;
END;
CREATE TRIGGER articles_gone AFTER DELETE ON articles BEGIN
    DELETE FROM place_articles WHERE article = old.id;
END;
CREATE TRIGGER said_added AFTER INSERT ON said BEGIN
    UPDATE speaker_names SET statements = statements + 1 WHERE id = new.speaker;
    UPDATE outlets SET statements = statements + 1, unnamed = unnamed + (new.naming = 'anonymous')
        WHERE id = new.outlet;
END;
CREATE TRIGGER said_gone AFTER DELETE ON said BEGIN
    UPDATE speaker_names SET statements = statements - 1 WHERE id = old.speaker;
    UPDATE outlets SET statements = statements - 1, unnamed = unnamed - (old.naming = 'anonymous')
        WHERE id = old.outlet;
    DELETE FROM relayed WHERE statement = old.statement;
    DELETE FROM place_statements WHERE statement = old.statement;
END;
CREATE TRIGGER places_added AFTER INSERT ON places BEGIN
    INSERT INTO place_names (name, country, latitude, longitude, precision, geonames)
        VALUES (new.name, coalesce(new.country, ''), new.latitude, new.longitude, new.precision, new.geonames)
        ON CONFLICT DO NOTHING;
    INSERT INTO place_articles
        SELECT n.id, a.id FROM articles a JOIN place_names n ON {_PLACE_IS.format("new")} WHERE a.version = new.version
        ON CONFLICT DO NOTHING;
    INSERT INTO place_statements
        SELECT n.id, s.id, s.start <= new.start AND new."end" <= s."end"
        FROM statements s CROSS JOIN said d ON d.statement = s.id JOIN place_names n ON {_PLACE_IS.format("new")}
        WHERE s.version = new.version AND s.start < new."end" + {_BESIDE} AND s."end" > new.start - {_BESIDE}
        ON CONFLICT DO UPDATE SET inside = max(inside, excluded.inside);
END;
CREATE TRIGGER places_gone AFTER DELETE ON places BEGIN
    DELETE FROM place_articles WHERE article = (SELECT id FROM articles WHERE version = old.version);
END;
CREATE TRIGGER place_articles_added AFTER INSERT ON place_articles BEGIN
    UPDATE place_names SET articles = articles + 1 WHERE id = new.place;
END;
CREATE TRIGGER place_articles_gone AFTER DELETE ON place_articles BEGIN
    UPDATE place_names SET articles = articles - 1 WHERE id = old.place;
END;
"""
