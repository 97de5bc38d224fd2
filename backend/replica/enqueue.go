package replica

import (
	"context"
	"slices"

	"partnerdesk/backend/customer"
)

// Enqueue takes a change: its outbox entry and the customer's effective values
// are written in one transaction. It returns the customer as it then is.
//
// An update joins a change of the same customer that was never attempted. It
// joins and renews a change that came back, which then goes again based on the
// server's copy; for that an update may be empty. An ID that is missing is
// made; base values that are missing are the effective ones.
//
// Settles is the mutation id of the problem that the user had in sight, empty
// for none. A conflict is settled only by who saw it, and with it the server's
// copy that it is based on from then on.
//
// It returns not_found for an update of an unknown customer, and conflict when
// the customer to create is there already or when the user saw no such conflict
// or another revision.
func (r *Replica) Enqueue(ctx context.Context, m customer.Mutation, settles string) (customer.Record, error) {
	m = r.completed(m)
	var rec customer.Record
	err := r.change(ctx, "enqueue", func(tx *statements) error {
		h, err := find(ctx, tx, m.CustomerID)
		if err != nil {
			return err
		}
		entries, err := outboxOf(ctx, tx, m.CustomerID)
		if err != nil {
			return err
		}
		if _, err := enqueue(ctx, tx, h, entries, m, settles); err != nil {
			return err
		}
		if _, err := refresh(ctx, tx, m.CustomerID, h); err != nil {
			return err
		}
		rec, err = record(ctx, tx, m.CustomerID)
		return err
	})
	return rec, err
}

// enqueue returns the customer's outbox entries as they then are.
func enqueue(ctx context.Context, tx querier, h held, entries []pending, m customer.Mutation, settles string) ([]pending, error) {
	if m.Kind == customer.Create {
		if h.seq != 0 {
			return nil, thereAlready()
		}
		next := pending{Mutation: m}
		return []pending{next}, next.save(ctx, tx)
	}
	if h.seq == 0 {
		return nil, unknown()
	}
	m.Base = m.Fields.Of(h.effective).With(m.Base)
	saw := m.BaseRevision
	if m.BaseRevision == 0 {
		m.BaseRevision = h.revision
	}
	next := withoutUnchanged(pending{Mutation: m})
	others := entries
	if len(entries) > 0 {
		last := entries[len(entries)-1]
		switch {
		case last.outcome == customer.Conflicted && (settles != last.ID || saw != h.revision):
			return nil, customer.Fail(customer.Conflict, "This customer changed again elsewhere just now. "+
				"Look at the values once more, then choose.")
		case last.outcome != "":
			next = resend(last, m, h.server)
		case !last.attempted:
			next = coalesce(last, m)
		}
		if next.seq != 0 {
			others = entries[:len(entries)-1]
		}
	}
	switch {
	case next.Kind == customer.Create || !next.Fields.Empty():
		return append(slices.Clone(others), next), next.save(ctx, tx)
	case next.seq != 0:
		return others, next.drop(ctx, tx)
	}
	return others, nil // nothing differs, and nothing waited
}

func thereAlready() error { return customer.Fail(customer.Conflict, "This customer is there already.") }

func unknown() error { return customer.Fail(customer.NotFound, "This customer is not there any more.") }

// Discard drops a customer's changes that were never attempted or came back.
// The customer returns to the server's copy, or disappears when the Back Office
// never heard of it. A change that may be at the Back Office already can't be
// dropped: conflict when there is no other, and it stays when there is.
func (r *Replica) Discard(ctx context.Context, customerID string) error {
	return r.change(ctx, "discard", func(tx *statements) error {
		h, err := find(ctx, tx, customerID)
		if err != nil {
			return err
		}
		if h.seq == 0 {
			return unknown()
		}
		entries, err := outboxOf(ctx, tx, customerID)
		if err != nil {
			return err
		}
		dropped := 0
		for _, e := range entries {
			if e.sent() {
				continue
			}
			if err := e.drop(ctx, tx); err != nil {
				return err
			}
			dropped++
		}
		if len(entries) > 0 && dropped == 0 {
			return customer.Fail(customer.Conflict, "This change is on its way to the Back Office and may be "+
				"there already. Wait until it is answered, then change it back.")
		}
		_, err = refresh(ctx, tx, customerID, h)
		return err
	})
}
