-- +goose Up
-- The accounts that moved in from another Back Office, so that one that is sent
-- again has the effect of once.

CREATE TABLE moves (
    customer_id TEXT PRIMARY KEY REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
    content     BLOB NOT NULL,    -- SHA-256 of the account as it came
    last_event  INTEGER NOT NULL, -- the highest id, where they come from, of the events that are here
    whole       INTEGER NOT NULL, -- 1 when all parts of its history have come
    moved_at    INTEGER NOT NULL
) STRICT;
