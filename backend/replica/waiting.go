package replica

import (
	"context"
	"database/sql"
	"slices"

	"partnerdesk/backend/customer"
)

// Waiting is what the outbox holds, in numbers.
type Waiting = customer.WaitingChanges

// Waiting counts the outbox.
func (r *Replica) Waiting(ctx context.Context) (w Waiting, err error) {
	err = r.look(ctx, "count waiting changes", func(tx *sql.Tx) error {
		entries, err := queryOutbox(ctx, tx, "ORDER BY seq")
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.outcome != "" {
				w.NeedsAttention++
				continue
			}
			if err := addWaiting(ctx, tx, &w, e); err != nil {
				return err
			}
		}
		return nil
	})
	return w, err
}

func addWaiting(ctx context.Context, tx *sql.Tx, w *Waiting, e pending) error {
	w.Total++
	var mail, lock bool
	if s := e.Fields.Status; s != nil {
		mail, lock = *s == customer.PendingActivate, *s == customer.Locked
	}
	if e.Kind == customer.Update && e.Fields.Status == nil && e.Fields.Username != nil {
		h, err := find(ctx, tx, e.CustomerID)
		if err != nil {
			return err
		}
		mail = h.effective.Status == customer.PendingActivate // a new link goes to the new address
	}
	if mail {
		w.ActivationMails++
	}
	if lock {
		w.Locks++
	}
	if e.Kind == customer.Create {
		w.Creates++
		return nil
	}
	beside := slices.ContainsFunc(e.Fields.Names(), func(name string) bool {
		return name != "status" && name != "lock_reason"
	})
	if beside || !mail && !lock {
		w.Edits++
	}
	return nil
}
