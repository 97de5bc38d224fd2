-- +goose Up
-- The epoch names one unbroken history of this database: putting a backup back
-- begins another, so that desks ask for everything anew.
CREATE TABLE epoch (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    id       TEXT NOT NULL
) STRICT;

INSERT INTO epoch (only_one, id) VALUES (1, lower(hex(randomblob(16))));
