package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// Follow makes the replica follow the feed of an epoch, and reports whether
// that is another than before: then the cursor is empty again, and every
// customer is taken from the feed whatever its revision, until Complete.
func (r *Replica) Follow(ctx context.Context, epoch string) (restarted bool, err error) {
	var cursor, have string
	err = r.look(ctx, "read the epoch", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT cursor, epoch FROM feed").Scan(&cursor, &have)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || have == epoch {
		return false, err
	}
	restarted = have != "" && cursor != ""
	err = r.change(ctx, "follow another epoch", func(tx *statements) error {
		if restarted {
			cursor = ""
			if _, err := tx.ExecContext(ctx, "UPDATE customer SET stale = 1 WHERE server IS NOT NULL"); err != nil {
				return fmt.Errorf("mark customers: %w", err)
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO feed (only_one, cursor, epoch) VALUES (1, ?1, ?2)
ON CONFLICT (only_one) DO UPDATE SET cursor = ?1, epoch = ?2`, cursor, epoch)
		return err
	})
	return restarted && err == nil, err
}

// Complete says that the feed was read to its end. Customers that a new epoch
// did not bring are unknown to the Back Office: they stay, as changes that need
// attention, until the user adds them again or drops them.
func (r *Replica) Complete(ctx context.Context) error {
	var stale []string
	err := r.look(ctx, "look for unknown customers", func(tx *sql.Tx) (err error) {
		stale, err = staleCustomers(ctx, tx)
		return err
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	return r.change(ctx, "keep unknown customers", func(tx *statements) error {
		stale, err := staleCustomers(ctx, tx) // it may have changed since
		if err != nil {
			return err
		}
		for _, id := range stale {
			if err := r.keepUnknown(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
}

func staleCustomers(ctx context.Context, tx querier) (ids []string, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT id FROM customer WHERE stale = 1 ORDER BY seq")
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// keepUnknown turns a customer that the Back Office lost, with whatever waits
// for it, into a creation that needs attention.
func (r *Replica) keepUnknown(ctx context.Context, tx querier, id string) error {
	h, err := find(ctx, tx, id)
	if err != nil {
		return err
	}
	entries, err := outboxOf(ctx, tx, id)
	if err != nil {
		return err
	}
	again := pending{
		Mutation: customer.Mutation{
			ID: r.o.NewID(), CustomerID: id, Kind: customer.Create,
			Fields: customer.Diff(customer.Customer{}, h.effective), MadeAt: customer.At(r.o.Clock()),
		},
		outcome: customer.Rejected,
		err: customer.Fail(customer.NotFound, "The Back Office went back to a backup and no longer knows this customer. "+
			"Press OK to add it again, or drop it."),
	}
	for _, e := range entries {
		again.Fields = again.Fields.With(e.Fields) // a password among them
		if err := e.drop(ctx, tx); err != nil {
			return err
		}
	}
	if err := again.save(ctx, tx); err != nil {
		return err
	}
	h.server, h.revision, h.stale = nil, 0, false
	_, err = refresh(ctx, tx, id, h)
	return err
}
