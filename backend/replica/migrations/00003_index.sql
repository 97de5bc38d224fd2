-- +goose Up
-- What lists filter and sort by, of the effective values, in a narrow table: the
-- index in memory is loaded from it. It holds nothing that customer does not.
DROP TABLE entry;

CREATE TABLE entry (
    seq           INTEGER PRIMARY KEY, -- customer.seq
    id            TEXT    NOT NULL,
    name_key      TEXT    NOT NULL,    -- folded, as what is searched for
    username_key  TEXT    NOT NULL,
    company_key   TEXT    NOT NULL,    -- folded
    country       TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    status        INTEGER NOT NULL,    -- in the order in which statuses are shown
    waiting       INTEGER NOT NULL,
    attention     INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    activated_at  INTEGER NOT NULL,
    last_login_at INTEGER NOT NULL,
    search        TEXT    NOT NULL     -- phone, city, notes and each tag, folded, a unit separator between
) STRICT;

-- For the first page, until the index in memory is there, and for its totals.
CREATE INDEX entry_name ON entry (name_key, id, status, created_at);
CREATE INDEX entry_username ON entry (username_key, id);

-- The form of what the program derives; another one is derived anew.
CREATE TABLE derived (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    version  INTEGER NOT NULL
) STRICT;
