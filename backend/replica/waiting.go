package replica

import (
	"context"
	"database/sql"
	"slices"

	"partnerdesk/backend/customer"
)

// Waiting says how many changes have not reached the Back Office and what they
// will do. One change can do several things.
type Waiting struct {
	Total           int `json:"total"`            // changes that wait, without the problems
	Creates         int `json:"creates"`          // new customers
	Edits           int `json:"edits"`            // updates that do more than ask for a mail or lock
	ActivationMails int `json:"activation_mails"` // changes after which an activation mail goes out
	Locks           int `json:"locks"`            // changes that lock an account
	NeedsAttention  int `json:"needs_attention"`  // changes that came back
}

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
			if err := w.add(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	return w, err
}

func (w *Waiting) add(ctx context.Context, tx *sql.Tx, e pending) error {
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
