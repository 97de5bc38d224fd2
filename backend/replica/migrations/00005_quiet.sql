-- +goose Up
-- 1 for a change that is applied without mails.
ALTER TABLE outbox ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
