package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// Get returns one customer with its waiting changes laid over it; not_found
// when the replica does not know it.
func (r *Replica) Get(ctx context.Context, id string) (rec customer.Record, err error) {
	err = r.look(ctx, "get customer", func(tx *sql.Tx) error {
		rec, err = record(ctx, tx, id)
		return err
	})
	return rec, err
}

func record(ctx context.Context, tx querier, id string) (customer.Record, error) {
	h, err := find(ctx, tx, id)
	if err != nil {
		return customer.Record{}, err
	}
	if h.seq == 0 {
		return customer.Record{}, unknown()
	}
	entries, err := outboxOf(ctx, tx, id)
	if err != nil {
		return customer.Record{}, err
	}
	rec := customer.Record{Customer: h.effective, Sent: len(entries) > 0, DropRemoves: h.server == nil}
	for _, e := range entries {
		rec.Sent = rec.Sent && e.sent()
		rec.DropRemoves = rec.DropRemoves && !e.sent()
		if e.outcome == "" {
			rec.Waiting = true
			continue
		}
		rec.Problem = e.problem(h.server)
	}
	return rec, nil
}

// UsernameOwner returns the id of the customer that has the username, compared
// without regard to case; not_found when none in the replica has it.
func (r *Replica) UsernameOwner(ctx context.Context, username string) (id string, err error) {
	err = r.look(ctx, "find username", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT id FROM entry WHERE username_key = ? ORDER BY id LIMIT 1",
			customer.UsernameKey(username)).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			return customer.Fail(customer.NotFound, "No customer has this username.")
		}
		return err
	})
	return id, err
}

// Setting reads the setting into the value that into points to and reports
// whether it was there.
func (r *Replica) Setting(ctx context.Context, key string, into any) (found bool, err error) {
	var value string
	err = r.look(ctx, "read setting", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT value FROM setting WHERE key = ?", key).Scan(&value)
		found = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || !found {
		return false, err
	}
	if err := json.Unmarshal([]byte(value), into); err != nil {
		return false, fmt.Errorf("read setting %s: %w", key, err)
	}
	return true, nil
}

// SetSetting keeps v, as JSON, under key.
func (r *Replica) SetSetting(ctx context.Context, key string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("write setting %s: %w", key, err)
	}
	return r.db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO setting (key, value) VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET value = ?2`, key, string(value)); err != nil {
			return fmt.Errorf("write setting %s: %w", key, err)
		}
		return nil
	})
}
