package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// held is what the replica holds of one customer.
type held struct {
	seq       int64 // zero when the replica does not know the customer
	server    *customer.Customer
	effective customer.Customer
	revision  int64
	stale     bool // of an earlier epoch
}

// knows reports that c is not newer than the server's copy.
func (h held) knows(c customer.Customer) bool {
	return h.server != nil && !h.stale && h.revision >= c.Revision
}

func find(ctx context.Context, tx querier, id string) (held, error) {
	var h held
	var server, effective sql.NullString
	err := tx.QueryRowContext(ctx, "SELECT seq, server, revision, effective, stale FROM customer WHERE id = ?", id).
		Scan(&h.seq, &server, &h.revision, &effective, &h.stale)
	if errors.Is(err, sql.ErrNoRows) {
		return held{}, nil
	}
	if err != nil {
		return held{}, fmt.Errorf("find customer: %w", err)
	}
	if server.Valid {
		h.server = &customer.Customer{}
		if err := json.Unmarshal([]byte(server.String), h.server); err != nil {
			return held{}, fmt.Errorf("read customer %s: %w", id, err)
		}
		h.effective = *h.server
	}
	if effective.Valid {
		h.effective = customer.Customer{}
		if err := json.Unmarshal([]byte(effective.String), &h.effective); err != nil {
			return held{}, fmt.Errorf("read customer %s: %w", id, err)
		}
	}
	return h, nil
}

// refresh writes a customer's effective values anew from the server's copy and
// the outbox. A customer of which neither is left disappears.
func refresh(ctx context.Context, tx querier, id string, h held) (customer.Customer, error) {
	waiting, err := outboxOf(ctx, tx, id)
	if err != nil {
		return customer.Customer{}, err
	}
	return refreshFrom(ctx, tx, id, h, waiting)
}

// refreshFrom is refresh with the outbox read.
func refreshFrom(ctx context.Context, tx querier, id string, h held, waiting []pending) (_ customer.Customer, err error) {
	if len(waiting) > 0 && waiting[0].Kind == customer.Create && waiting[0].outcome != "" && h.server != nil {
		if waiting, err = compare(ctx, tx, waiting, *h.server); err != nil {
			return customer.Customer{}, err
		}
	}
	if h.server == nil && len(waiting) == 0 {
		return customer.Customer{}, remove(ctx, tx, h.seq)
	}
	effective := customer.Customer{ID: id, Tags: []string{}}
	if h.server != nil {
		effective = *h.server
	}
	var attention bool
	for _, p := range waiting {
		if p.Kind == customer.Create && h.server == nil {
			effective.CreatedAt = p.MadeAt
		}
		effective = p.Fields.Apply(effective)
		attention = attention || p.outcome != ""
	}
	return effective, put(ctx, tx, h, effective, len(waiting) > 0, attention)
}

// compare holds a creation that came back, the first of the entries, against the
// server's copy of the customer. It returns the entries that are left.
func compare(ctx context.Context, tx querier, entries []pending, server customer.Customer) ([]pending, error) {
	left := addedAfterAll(entries[0], server)
	if left.Fields.Empty() {
		return entries[1:], left.drop(ctx, tx)
	}
	return append([]pending{left}, entries[1:]...), left.save(ctx, tx)
}

func remove(ctx context.Context, tx querier, seq int64) error {
	for _, table := range []string{"entry", "customer"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE seq = ?", seq); err != nil {
			return fmt.Errorf("remove from %s: %w", table, err)
		}
	}
	return nil
}

const (
	addCustomer = `INSERT INTO customer (server, revision, effective, waiting, attention, stale, id)
VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`
	updateCustomer = `UPDATE customer SET server = ?, revision = ?, effective = ?, waiting = ?, attention = ?, stale = ? WHERE seq = ?`
)

// put writes the server's copy in h and the effective values beside it. It
// returns conflict when a customer that h does not know is there.
func put(ctx context.Context, tx querier, h held, effective customer.Customer, waiting, attention bool) error {
	if h.seq == 0 {
		added, err := add(ctx, tx, h, effective, waiting, attention)
		if err == nil && !added {
			err = thereAlready()
		}
		return err
	}
	values, err := h.values(effective, waiting, attention)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, updateCustomer, append(values, h.seq)...); err != nil {
		return fmt.Errorf("write customer: %w", err)
	}
	return putEntry(ctx, tx, h.seq, effective, waiting, attention)
}

// add is put of a customer that is not here; when it is, nothing is written.
func add(ctx context.Context, tx querier, h held, effective customer.Customer, waiting, attention bool) (added bool, err error) {
	values, err := h.values(effective, waiting, attention)
	if err != nil {
		return false, err
	}
	done, err := tx.ExecContext(ctx, addCustomer, append(values, effective.ID)...)
	if err != nil {
		return false, fmt.Errorf("write customer: %w", err)
	}
	n, err1 := done.RowsAffected()
	seq, err2 := done.LastInsertId()
	if err := errors.Join(err1, err2); err != nil || n == 0 {
		return false, err
	}
	return true, putEntry(ctx, tx, seq, effective, waiting, attention)
}

// values are those of a customer's row but for its number and id.
func (h held) values(effective customer.Customer, waiting, attention bool) ([]any, error) {
	var server, local any
	if h.server != nil {
		text, err := json.Marshal(h.server)
		if err != nil {
			return nil, fmt.Errorf("write customer: %w", err)
		}
		server = string(text)
	}
	if h.server == nil || waiting {
		text, err := json.Marshal(effective)
		if err != nil {
			return nil, fmt.Errorf("write customer: %w", err)
		}
		local = string(text)
	}
	values := make([]any, 0, 7) // and the number or the id behind them
	return append(values, server, h.revision, local, waiting, attention, h.stale), nil
}
