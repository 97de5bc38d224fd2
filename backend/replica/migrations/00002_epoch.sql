-- +goose Up
-- The Back Office's epoch that the cursor belongs to; empty: not told yet.
ALTER TABLE feed ADD COLUMN epoch TEXT NOT NULL DEFAULT '';

-- 1 while the feed of a new epoch has not brought the customer yet.
ALTER TABLE customer ADD COLUMN stale INTEGER NOT NULL DEFAULT 0;

CREATE INDEX customer_stale ON customer (stale) WHERE stale = 1;
