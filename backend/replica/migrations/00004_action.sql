-- +goose Up
-- What the user did here, oldest first, so that it can be taken back.
CREATE TABLE action (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    id      TEXT    NOT NULL UNIQUE,
    kind    TEXT    NOT NULL,
    title   TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    made    INTEGER NOT NULL DEFAULT 0, -- how many changes were recorded; their pos
    done    INTEGER NOT NULL DEFAULT 0, -- how many of them can be taken back
    undone  INTEGER NOT NULL DEFAULT 0, -- how many were taken back and can be made again
    redo    INTEGER NOT NULL DEFAULT 1  -- grows when what was taken back can't be made again any more
) STRICT;

-- What an action did to one customer.
CREATE TABLE action_change (
    action      INTEGER NOT NULL, -- its seq
    pos         INTEGER NOT NULL, -- in the order in which they were made
    customer_id TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    before      TEXT    NOT NULL, -- JSON, the fields it changed
    after       TEXT    NOT NULL, -- JSON
    password    INTEGER NOT NULL, -- 1 when it set one, which is kept nowhere
    quiet       INTEGER NOT NULL, -- 1 when it was made without mails
    undone      INTEGER NOT NULL DEFAULT 0, -- 0: not taken back; action.redo as it was; -1: it can't be
    PRIMARY KEY (action, pos)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX action_change_customer ON action_change (action, customer_id);

-- What still goes, without what came back.
CREATE INDEX outbox_waiting ON outbox (seq) WHERE outcome = '';
