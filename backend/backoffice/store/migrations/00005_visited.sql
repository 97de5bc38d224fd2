-- +goose Up
-- The log-ins as a customer, newest first, whatever else happened.
CREATE INDEX events_visited ON events (at) WHERE kind = 'visited';
