-- +goose Up
-- What a change will do, in bits, so that a hundred thousand that wait are counted
-- at once: 1 a new customer, 2 an activation mail, 4 a mail if the customer is
-- Pending Activate, 8 a lock, 16 more than the status.
ALTER TABLE outbox ADD COLUMN effects INTEGER NOT NULL DEFAULT 0;

UPDATE outbox SET effects = (kind = 'create')
    + 2 * (fields ->> 'status' IS 'pending_activate' AND NOT quiet)
    + 4 * (kind = 'update' AND fields ->> 'status' IS NULL AND fields ->> 'username' IS NOT NULL AND NOT quiet)
    + 8 * (fields ->> 'status' IS 'locked')
    + 16 * (json_remove(fields, '$.status', '$.lock_reason') <> '{}');

CREATE INDEX outbox_effects ON outbox (effects, outcome, customer_id);
