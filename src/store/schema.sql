-- schema.sql - the tables of a store, for SQLite and PostgreSQL, by steps of the schema's version.
--
-- The build turns this file into C (tool/schema_to_c.cmake). A line "-- step N" begins what brings
-- a store from version N-1 to version N; a new store takes all steps. A step that has been released
-- is never changed: what comes later is a new step. A line that begins with "sqlite>" or
-- "postgres>" is for that database alone. Replaced in the rest: @TEXT@ text that is sorted by its
-- bytes, @REAL@ a double, @KEYED@ what ends a table that is kept in the order of its key, @LIST@
-- the aggregate that joins text. Every statement ends with a semicolon at a line's end, and no
-- other line does. docs/store.md describes each table.

-- step 1

CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO schema_version VALUES (0);

CREATE TABLE coders (
    coder INTEGER PRIMARY KEY,
    fingerprint @TEXT@ NOT NULL UNIQUE,
    model @TEXT@ NOT NULL,
    version @TEXT@ NOT NULL
);

CREATE TABLE documents (
    doc INTEGER PRIMARY KEY,
    id @TEXT@ NOT NULL UNIQUE,
    published @TEXT@,
    published_from @TEXT@,
    url @TEXT@,
    title @TEXT@,
    author @TEXT@,
    site @TEXT@,
    language @TEXT@,
    dateline @TEXT@,
    hash @TEXT@ NOT NULL,
    revision INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    records INTEGER NOT NULL
);
CREATE INDEX documents_published ON documents (published, doc);
CREATE INDEX documents_revision ON documents (revision);

CREATE TABLE texts (
    doc INTEGER PRIMARY KEY,
    text @TEXT@ NOT NULL
);

CREATE TABLE codings (
    doc INTEGER PRIMARY KEY,
    coder INTEGER NOT NULL
);

CREATE TABLE sentences (
    doc INTEGER NOT NULL,
    n INTEGER NOT NULL,
    para INTEGER NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
postgres>    words TSVECTOR NOT NULL,
    PRIMARY KEY (doc, n)
)@KEYED@;
sqlite>CREATE VIRTUAL TABLE words USING fts5 (
sqlite>    text, content='', columnsize=0, tokenize='ascii'
sqlite>);
postgres>CREATE INDEX sentences_words ON sentences USING gin (words);

CREATE TABLE records (
    doc INTEGER NOT NULL,
    n INTEGER NOT NULL,
    type @TEXT@ NOT NULL,
    mode @TEXT@,
    cameo @TEXT@,
    intensity @REAL@,
    status @TEXT@ NOT NULL,
    reciprocal INTEGER NOT NULL,
    date_from @TEXT@,
    date_to @TEXT@,
    date_grain @TEXT@,
    contexts @TEXT@,
    commitment @TEXT@,
    due_from @TEXT@,
    due_to @TEXT@,
    of_n INTEGER,
    same_as_n INTEGER,
    para INTEGER NOT NULL,
    sentence INTEGER NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    trigger_begin INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    confidence @REAL@ NOT NULL,
    rule @TEXT@,
    day @TEXT@,
    PRIMARY KEY (doc, n)
)@KEYED@;
CREATE INDEX records_day ON records (day, doc);
CREATE INDEX records_type ON records (type, doc);

CREATE TABLE record_json (
    doc INTEGER NOT NULL,
    n INTEGER NOT NULL,
    json @TEXT@ NOT NULL,
    PRIMARY KEY (doc, n)
)@KEYED@;

CREATE TABLE sides (
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    role @TEXT@ NOT NULL,
    n INTEGER NOT NULL,
    country @TEXT@,
    sectors @TEXT@,
    name @TEXT@,
    person @TEXT@,
    office @TEXT@,
    text @TEXT@,
    span_begin INTEGER,
    span_end INTEGER,
    PRIMARY KEY (doc, record, role, n)
)@KEYED@;
CREATE INDEX sides_country ON sides (country, role, doc, record);

CREATE TABLE sources (
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stance @TEXT@ NOT NULL,
    cue @TEXT@,
    channel @TEXT@,
    said @TEXT@,
    quote INTEGER NOT NULL,
    country @TEXT@,
    sectors @TEXT@,
    name @TEXT@,
    person @TEXT@,
    office @TEXT@,
    text @TEXT@,
    PRIMARY KEY (doc, record, n)
)@KEYED@;
CREATE INDEX sources_country ON sources (country, doc, record);

CREATE TABLE counts (
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind @TEXT@ NOT NULL,
    least BIGINT,
    most BIGINT,
    about INTEGER NOT NULL,
    counted @TEXT@,
    text @TEXT@,
    PRIMARY KEY (doc, record, n)
)@KEYED@;

CREATE TABLE places (
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    text @TEXT@,
    name @TEXT@,
    country @TEXT@,
    lat @REAL@,
    lon @REAL@,
    gazetteer @TEXT@,
    span_begin INTEGER,
    span_end INTEGER,
    PRIMARY KEY (doc, record)
)@KEYED@;
CREATE INDEX places_country ON places (country, doc, record);

CREATE TABLE marks (
    doc INTEGER NOT NULL,
    n INTEGER NOT NULL,
    kind @TEXT@ NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (doc, n)
)@KEYED@;

CREATE TABLE diagnostics (
    doc INTEGER NOT NULL,
    n INTEGER NOT NULL,
    stage @TEXT@ NOT NULL,
    reason @TEXT@ NOT NULL,
    span_begin INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    PRIMARY KEY (doc, n)
)@KEYED@;

-- step 2

CREATE TABLE stories (
    story INTEGER PRIMARY KEY,
    first_doc INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    json @TEXT@
);
CREATE TABLE story_documents (
    story INTEGER NOT NULL,
    doc INTEGER NOT NULL,
    likeness @REAL@,
    PRIMARY KEY (story, doc)
)@KEYED@;
CREATE INDEX story_documents_doc ON story_documents (doc);

CREATE TABLE incident_base (
    incident INTEGER PRIMARY KEY,
    id @TEXT@ NOT NULL UNIQUE,
    type @TEXT@ NOT NULL,
    mode @TEXT@,
    status @TEXT@,
    date_from @TEXT@,
    date_to @TEXT@,
    place @TEXT@,
    place_country @TEXT@,
    lat @REAL@,
    lon @REAL@,
    actors @TEXT@,
    recipients @TEXT@,
    killed_least BIGINT,
    killed_most BIGINT,
    disputed INTEGER NOT NULL,
    confidence @REAL@,
    json @TEXT@
);
CREATE INDEX incident_base_date ON incident_base (date_from, incident);
CREATE TABLE incident_records (
    incident INTEGER NOT NULL,
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    account INTEGER,
    reason @TEXT@,
    PRIMARY KEY (incident, doc, record)
)@KEYED@;
CREATE INDEX incident_records_doc ON incident_records (doc, record);

CREATE TABLE promises (
    promise INTEGER PRIMARY KEY,
    id @TEXT@ NOT NULL UNIQUE,
    doc INTEGER NOT NULL,
    record INTEGER NOT NULL,
    promiser @TEXT@,
    promisee @TEXT@,
    what @TEXT@,
    made @TEXT@,
    due_from @TEXT@,
    due_to @TEXT@,
    state @TEXT@ NOT NULL,
    json @TEXT@
);
CREATE INDEX promises_doc ON promises (doc, record);
CREATE TABLE promise_states (
    promise INTEGER NOT NULL,
    n INTEGER NOT NULL,
    state @TEXT@ NOT NULL,
    since @TEXT@,
    doc INTEGER,
    record INTEGER,
    reason @TEXT@,
    PRIMARY KEY (promise, n)
)@KEYED@;
CREATE INDEX promise_states_doc ON promise_states (doc, record);

CREATE TABLE woven (
    name @TEXT@ PRIMARY KEY,
    value @TEXT@
)@KEYED@;

CREATE VIEW sides_flat AS
SELECT doc, record, role, n, country, sectors,
    CASE WHEN sectors IS NULL THEN country WHEN country IS NULL THEN sectors
        ELSE country || '.' || sectors END AS code,
    COALESCE(person, name, text) AS name
FROM sides;

CREATE VIEW events_flat AS
SELECT d.id || '#' || r.n AS id, d.id AS doc, d.published, d.site, d.url,
    r.type, r.mode, r.cameo, r.intensity,
    (SELECT @LIST@(s.code, '; ') FROM (SELECT code FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'actor' ORDER BY x.n) s) AS actor,
    (SELECT @LIST@(s.name, '; ') FROM (SELECT name FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'actor' ORDER BY x.n) s)
        AS actor_name,
    (SELECT @LIST@(s.code, '; ') FROM (SELECT code FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'recipient' ORDER BY x.n) s)
        AS recipient,
    (SELECT @LIST@(s.name, '; ') FROM (SELECT name FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'recipient' ORDER BY x.n) s)
        AS recipient_name,
    (SELECT @LIST@(s.code, '; ') FROM (SELECT code FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'mediator' ORDER BY x.n) s)
        AS mediator,
    r.reciprocal, r.date_from, r.date_to,
    COALESCE(p.name, p.text) AS place, p.country AS place_country, p.lat, p.lon,
    r.status,
    (SELECT @LIST@(s.said, '; ') FROM (SELECT CASE x.stance WHEN 'asserts' THEN ''
        ELSE x.stance || ': ' END || COALESCE(x.person, x.name, x.text, '') AS said FROM sources x
        WHERE x.doc = r.doc AND x.record = r.n ORDER BY x.n) s) AS sources,
    (SELECT MAX(c.least) FROM counts c WHERE c.doc = r.doc AND c.record = r.n
        AND c.kind = 'killed') AS killed_least,
    (SELECT MAX(c.most) FROM counts c WHERE c.doc = r.doc AND c.record = r.n
        AND c.kind = 'killed') AS killed_most,
    r.commitment, r.due_from, r.due_to, r.para, r.sentence, r.confidence, r.rule,
sqlite>    json_extract(j.json, '$.evidence.text') AS text
postgres>    j.json::json #>> '{evidence,text}' AS text
FROM records r
JOIN record_json j ON j.doc = r.doc AND j.n = r.n
JOIN documents d ON d.doc = r.doc
LEFT JOIN places p ON p.doc = r.doc AND p.record = r.n;

CREATE VIEW dyad_month AS
SELECT a.country AS actor, b.country AS recipient,
    SUBSTR(r.day, 1, 7) AS month, r.type,
    COUNT(*) AS events, COUNT(DISTINCT r.doc) AS documents,
    SUM(CASE WHEN r.status IN ('happened', 'ongoing') THEN 1 ELSE 0 END) AS happened,
    AVG(r.intensity) AS intensity
FROM records r
JOIN sides a ON a.doc = r.doc AND a.record = r.n AND a.role = 'actor'
JOIN sides b ON b.doc = r.doc AND b.record = r.n
    AND (b.role = 'recipient' OR (r.reciprocal = 1 AND b.role = 'actor' AND b.n <> a.n))
WHERE a.country IS NOT NULL AND b.country IS NOT NULL
GROUP BY a.country, b.country, SUBSTR(r.day, 1, 7), r.type;

CREATE VIEW incidents AS
SELECT i.incident, i.id, i.type, i.mode, i.status, i.date_from, i.date_to, i.place,
    i.place_country, i.lat, i.lon, i.actors, i.recipients, i.killed_least, i.killed_most,
    i.disputed, i.confidence,
    (SELECT COUNT(*) FROM incident_records x WHERE x.incident = i.incident) AS records,
    (SELECT COUNT(DISTINCT x.doc) FROM incident_records x WHERE x.incident = i.incident)
        AS documents
FROM incident_base i;

CREATE VIEW commitments AS
SELECT d.id || '#' || r.n AS id, d.id AS doc, d.published,
    (SELECT @LIST@(s.code, '; ') FROM (SELECT code FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'actor' ORDER BY x.n) s) AS promiser,
    (SELECT @LIST@(s.code, '; ') FROM (SELECT code FROM sides_flat x
        WHERE x.doc = r.doc AND x.record = r.n AND x.role = 'recipient' ORDER BY x.n) s)
        AS promisee,
    r.commitment, r.date_from AS made, r.due_from, r.due_to, r.type, r.status, q.state
FROM records r
JOIN documents d ON d.doc = r.doc
LEFT JOIN promises q ON q.doc = r.doc AND q.record = r.n
WHERE r.commitment IS NOT NULL;
