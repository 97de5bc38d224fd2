package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// Outgoing returns up to limit mutations to send now, oldest first and at most
// one a customer, and marks them attempted: from here on they may have reached
// the Back Office. Customers with a problem wait.
func (r *Replica) Outgoing(ctx context.Context, limit int) ([]customer.Mutation, error) {
	// The oldest of its customer, of whom none came back; many may wait, so it
	// looks no further than it has to.
	const next = `WHERE outcome = '' AND NOT EXISTS (SELECT 1 FROM outbox AS other
WHERE other.customer_id = outbox.customer_id AND (other.seq < outbox.seq OR other.outcome <> ''))
ORDER BY seq LIMIT ?`
	var all []pending
	read := func(tx *sql.Tx) (err error) {
		all, err = queryOutbox(ctx, tx, next, limit)
		return err
	}
	if err := r.look(ctx, "read outbox", read); err != nil || len(all) == 0 {
		return nil, err
	}
	err := r.db.Tx(ctx, func(tx *sql.Tx) error {
		if err := read(tx); err != nil { // it may have changed since
			return err
		}
		for _, p := range all {
			if p.attempted {
				continue
			}
			if _, err := tx.ExecContext(ctx, "UPDATE outbox SET attempted = 1 WHERE seq = ?", p.seq); err != nil {
				return fmt.Errorf("mark attempted: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("take outgoing mutations: %w", err)
	}
	out := make([]customer.Mutation, len(all))
	for i, p := range all {
		out[i] = p.Mutation
	}
	return out, nil
}

// Settle records what became of mutations, all of them in one transaction.
// Applied and merged ones leave the outbox; a later change stays on top of the
// server's new copy. Conflicts and rejected ones stay as the customer's
// problem, joined with a change that waited behind them. A result for a
// mutation that is not in the outbox (its answer came twice) only brings the
// server's copy.
func (r *Replica) Settle(ctx context.Context, results ...customer.Result) error {
	if len(results) == 0 {
		return nil
	}
	return r.change(ctx, "settle", func(tx *statements) error {
		for _, res := range results {
			if err := settleOne(ctx, tx, res); err != nil {
				return err
			}
		}
		return nil
	})
}

func settleOne(ctx context.Context, tx querier, res customer.Result) error {
	found, err := queryOutbox(ctx, tx, "WHERE id = ?", res.MutationID)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		if res.Customer == nil {
			return nil
		}
		return absorbOne(ctx, tx, *res.Customer)
	}
	settled := found[0]
	h, err := find(ctx, tx, settled.CustomerID)
	if err != nil {
		return err
	}
	if c := res.Customer; c != nil && !h.knows(*c) {
		h.server, h.revision, h.stale = c, c.Revision, false
	}
	if err := settle(ctx, tx, settled, res, h.server); err != nil {
		return err
	}
	_, err = refresh(ctx, tx, settled.CustomerID, h)
	return err
}

func settle(ctx context.Context, tx querier, settled pending, res customer.Result, server *customer.Customer) error {
	entries, err := outboxOf(ctx, tx, settled.CustomerID)
	if err != nil {
		return err
	}
	done := res.Outcome == customer.Applied || res.Outcome == customer.Merged
	for _, later := range entries {
		if later.seq <= settled.seq {
			continue
		}
		if !done {
			settled = fold(settled, later)
			if err := later.drop(ctx, tx); err != nil {
				return err
			}
			continue
		}
		if server != nil {
			later = rebase(later, settled, *server)
		}
		if later.Fields.Empty() {
			err = later.drop(ctx, tx)
		} else {
			err = later.save(ctx, tx)
		}
		if err != nil {
			return err
		}
	}
	if done {
		return settled.drop(ctx, tx)
	}
	settled.outcome, settled.err, settled.conflicts = res.Outcome, res.Error, res.Conflicts
	return settled.save(ctx, tx)
}

// Absorb takes a page of the change feed and its cursor in one transaction. A
// copy that is not newer than the one here is passed over.
func (r *Replica) Absorb(ctx context.Context, customers []customer.Customer, cursor string) error {
	return r.change(ctx, "absorb changes", func(tx *statements) error {
		if err := absorb(ctx, tx, customers); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO feed (only_one, cursor) VALUES (1, ?1)
ON CONFLICT (only_one) DO UPDATE SET cursor = ?1`, cursor) // of the epoch that Follow was told
		return err
	})
}

// Cursor is where the change feed goes on; empty before the first page.
func (r *Replica) Cursor(ctx context.Context) (cursor string, err error) {
	err = r.look(ctx, "read cursor", func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, "SELECT cursor FROM feed").Scan(&cursor)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return cursor, err
}
