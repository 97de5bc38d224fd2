-- +goose Up
-- A partner is an agency; its members are the people who sign in for it.

CREATE TABLE members (
    id              TEXT PRIMARY KEY,
    partner_id      TEXT NOT NULL REFERENCES partners (id),
    username        TEXT NOT NULL,
    username_key    TEXT NOT NULL UNIQUE, -- lower case; over the whole Back Office
    name            TEXT NOT NULL,
    role            TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'support')),
    password_hash   TEXT NOT NULL,
    created_at      INTEGER NOT NULL,
    disabled_at     INTEGER NOT NULL DEFAULT 0,
    last_sign_in_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX members_partner ON members (partner_id);

-- Until now the partner itself signed in. It becomes its own first owner, with
-- the partner's id, so that what the history tells of it is told of that owner.
INSERT INTO members (id, partner_id, username, username_key, name, role, password_hash, created_at, last_sign_in_at)
SELECT p.id, p.id, p.username, p.username_key, p.name, 'owner', p.password_hash, p.created_at,
    coalesce((SELECT max(i.created_at) FROM sign_ins i WHERE i.partner_id = p.id), 0)
FROM partners p;

ALTER TABLE partners DROP COLUMN password_hash;

-- A sign-in is a member's. The three tables that hang together are made anew
-- and renamed last, which moves their references along; foreign keys stay on.
CREATE TABLE new_sign_ins (
    id         TEXT PRIMARY KEY,
    member_id  TEXT NOT NULL REFERENCES members (id),
    token_hash BLOB NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE new_tickets (
    token_hash  BLOB PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    sign_in_id  TEXT NOT NULL REFERENCES new_sign_ins (id),
    reason      TEXT NOT NULL,
    destination TEXT NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE new_sessions (
    id          TEXT PRIMARY KEY,
    token_hash  BLOB NOT NULL UNIQUE,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    sign_in_id  TEXT REFERENCES new_sign_ins (id),
    reason      TEXT NOT NULL,
    destination TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

INSERT INTO new_sign_ins (id, member_id, token_hash, created_at, expires_at)
SELECT id, partner_id, token_hash, created_at, expires_at FROM sign_ins;

INSERT INTO new_tickets (token_hash, customer_id, sign_in_id, reason, destination, expires_at)
SELECT token_hash, customer_id, sign_in_id, reason, destination, expires_at FROM tickets;

INSERT INTO new_sessions (id, token_hash, customer_id, sign_in_id, reason, destination, created_at, expires_at)
SELECT id, token_hash, customer_id, sign_in_id, reason, destination, created_at, expires_at FROM sessions ORDER BY rowid;

DROP TABLE tickets;
DROP TABLE sessions;
DROP TABLE sign_ins;

ALTER TABLE new_sign_ins RENAME TO sign_ins;
ALTER TABLE new_tickets RENAME TO tickets;
ALTER TABLE new_sessions RENAME TO sessions;

CREATE INDEX sign_ins_member ON sign_ins (member_id);
CREATE INDEX tickets_customer ON tickets (customer_id);
CREATE INDEX tickets_sign_in ON tickets (sign_in_id);
CREATE INDEX sessions_customer ON sessions (customer_id);
CREATE INDEX sessions_sign_in ON sessions (sign_in_id) WHERE sign_in_id IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);
