-- +goose Up
CREATE TABLE customer (
    seq       INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE,
    server    TEXT,                       -- JSON as the Back Office last said; NULL: it never heard of it
    revision  INTEGER NOT NULL DEFAULT 0, -- of server
    effective TEXT,                       -- JSON with the waiting changes on top; NULL: the same as server
    waiting   INTEGER NOT NULL DEFAULT 0,
    attention INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What lists filter and sort by, of the effective values, in a narrow table.
CREATE TABLE entry (
    seq           INTEGER PRIMARY KEY, -- customer.seq
    id            TEXT    NOT NULL,
    name_key      TEXT    NOT NULL,
    username_key  TEXT    NOT NULL,
    company_key   TEXT    NOT NULL,
    status        INTEGER NOT NULL,    -- in the order in which statuses are shown
    created_at    INTEGER NOT NULL,
    last_login_at INTEGER NOT NULL,
    search        TEXT    NOT NULL     -- name, username and company in lower case, a line each
) STRICT;

-- Each holds all that a page without text needs to be found.
CREATE INDEX entry_name ON entry (name_key, id, status, created_at);
CREATE INDEX entry_username ON entry (username_key, id, status, created_at);
CREATE INDEX entry_company ON entry (company_key, id, status, created_at);
CREATE INDEX entry_status ON entry (status, id, created_at);
CREATE INDEX entry_created ON entry (created_at, id, status);
CREATE INDEX entry_last_login ON entry (last_login_at, id, status, created_at);

CREATE TABLE outbox (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT    NOT NULL UNIQUE, -- the mutation's
    customer_id   TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    base_revision INTEGER NOT NULL,
    fields        TEXT    NOT NULL,        -- JSON
    base          TEXT    NOT NULL,        -- JSON
    made_at       INTEGER NOT NULL,
    attempted     INTEGER NOT NULL DEFAULT 0,
    outcome       TEXT    NOT NULL DEFAULT '', -- conflict or rejected once it came back
    error         TEXT,                    -- JSON, when rejected
    conflicts     TEXT                     -- JSON list of fields, when in conflict
) STRICT;

CREATE INDEX outbox_customer ON outbox (customer_id, seq);

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE feed (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    cursor   TEXT NOT NULL
) STRICT;
