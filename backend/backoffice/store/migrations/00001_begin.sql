-- +goose Up
-- Times are Unix milliseconds, UTC; 0 means never.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) VALUES ('revision', 0);

CREATE TABLE partners (
    id            TEXT PRIMARY KEY,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    disabled_at   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE sign_ins (
    id         TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES partners (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_ins_partner ON sign_ins (partner_id);

CREATE TABLE customers (
    id              TEXT PRIMARY KEY,
    partner_id      TEXT NOT NULL REFERENCES partners (id),
    username        TEXT NOT NULL,
    username_key    TEXT NOT NULL UNIQUE, -- lower case; over the whole Back Office
    first_name      TEXT NOT NULL,
    last_name       TEXT NOT NULL,
    company         TEXT NOT NULL,
    phone           TEXT NOT NULL,
    website         TEXT NOT NULL,
    street          TEXT NOT NULL,
    postal_code     TEXT NOT NULL,
    city            TEXT NOT NULL,
    country         TEXT NOT NULL,
    language        TEXT NOT NULL,
    status          TEXT NOT NULL CHECK (status IN ('pending_activate', 'activated', 'locked')),
    lock_reason     TEXT NOT NULL,
    notes           TEXT NOT NULL,
    tags            TEXT NOT NULL, -- a JSON array of strings
    password_hash   TEXT NOT NULL, -- empty: none set
    created_at      INTEGER NOT NULL,
    activated_at    INTEGER NOT NULL,
    last_login_at   INTEGER NOT NULL,
    mail_id         TEXT NOT NULL, -- the latest mail; empty when none was made
    mail_kind       TEXT NOT NULL,
    mail_state      TEXT NOT NULL,
    mail_error      TEXT NOT NULL,
    mail_at         INTEGER NOT NULL,
    link_expires_at INTEGER NOT NULL, -- stays when the link expires, so that it can be told
    revision        INTEGER NOT NULL
) STRICT;

CREATE INDEX customers_feed ON customers (partner_id, revision);

-- What became of the mutations that were applied, so that applying twice has
-- the effect of once.
CREATE TABLE mutations (
    id         TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL REFERENCES partners (id),
    body_hash  BLOB NOT NULL,
    result     TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

CREATE INDEX mutations_applied ON mutations (applied_at);

-- Links that work: a link that was used or died has no row.
CREATE TABLE links (
    id          TEXT PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
    kind        TEXT NOT NULL CHECK (kind IN ('activation', 'set_password', 'reset_password')),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX links_customer ON links (customer_id);
CREATE INDEX links_expiry ON links (expires_at);

CREATE TABLE mails (
    id              TEXT PRIMARY KEY,
    customer_id     TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
    kind            TEXT NOT NULL,
    origin          TEXT NOT NULL CHECK (origin IN ('rule', 'partner', 'forgot')),
    link_id         TEXT NOT NULL, -- empty: the mail has no link
    to_name         TEXT NOT NULL,
    to_address      TEXT NOT NULL,
    subject         TEXT NOT NULL,
    text            TEXT NOT NULL, -- text, html and link only while queued
    html            TEXT NOT NULL,
    link            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'saved', 'failed', 'cancelled')),
    error           TEXT NOT NULL DEFAULT '',
    attempts        INTEGER NOT NULL DEFAULT 0,
    created_at      INTEGER NOT NULL,
    sent_at         INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL
) STRICT;

CREATE INDEX mails_customer ON mails (customer_id, created_at);
CREATE INDEX mails_queue ON mails (next_attempt_at) WHERE state = 'queued';

CREATE TABLE events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id TEXT NOT NULL REFERENCES customers (id) DEFERRABLE INITIALLY DEFERRED,
    at          INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    actor_kind  TEXT NOT NULL,
    actor_id    TEXT NOT NULL,
    actor_name  TEXT NOT NULL,
    visit       INTEGER NOT NULL,
    changes     TEXT NOT NULL, -- a JSON array of {field, from, to}
    detail      TEXT NOT NULL,
    mail_kind   TEXT NOT NULL
) STRICT;

CREATE INDEX events_customer ON events (customer_id, id);

-- Log-in-as tickets not used yet.
CREATE TABLE tickets (
    token_hash  BLOB PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    sign_in_id  TEXT NOT NULL REFERENCES sign_ins (id),
    reason      TEXT NOT NULL,
    destination TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX tickets_customer ON tickets (customer_id);
CREATE INDEX tickets_sign_in ON tickets (sign_in_id);

-- Open sessions on customer accounts. One with a sign-in is a visit: the
-- partner logged in as the customer. A session that ended has no row.
CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    sign_in_id  TEXT REFERENCES sign_ins (id),
    reason      TEXT NOT NULL,
    destination TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_customer ON sessions (customer_id);
CREATE INDEX sessions_sign_in ON sessions (sign_in_id) WHERE sign_in_id IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);
