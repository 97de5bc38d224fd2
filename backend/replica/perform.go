package replica

import (
	"context"

	"partnerdesk/backend/customer"
)

// Perform takes the changes of an action, each as Enqueue does that settles
// nothing, and keeps with them what it takes to take them back. All of them are
// one transaction; an error of one leaves none of them. Called again with the
// same action's id, the changes join it.
func (r *Replica) Perform(ctx context.Context, a customer.Action, changes []customer.Mutation) error {
	if len(changes) == 0 {
		return nil
	}
	return r.change(ctx, "perform an action", func(tx *statements) error {
		return r.performing(ctx, tx, a, func(p *performer) error {
			for _, m := range changes {
				if err := p.take(ctx, r.completed(m), ""); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Edit is Enqueue as an action of its own, or as a part of one.
func (r *Replica) Edit(ctx context.Context, a customer.Action, m customer.Mutation, settles string) (customer.Record, error) {
	var rec customer.Record
	err := r.change(ctx, "edit", func(tx *statements) error {
		err := r.performing(ctx, tx, a, func(p *performer) error { return p.take(ctx, r.completed(m), settles) })
		if err != nil {
			return err
		}
		rec, err = record(ctx, tx, m.CustomerID)
		return err
	})
	return rec, err
}

func (r *Replica) completed(m customer.Mutation) customer.Mutation {
	if m.ID == "" {
		m.ID = r.o.NewID()
	}
	if m.MadeAt == 0 {
		m.MadeAt = customer.At(r.o.Clock())
	}
	for _, f := range []*customer.Fields{&m.Fields, &m.Base} {
		if f.Tags != nil && *f.Tags == nil {
			f.Tags = &[]string{} // null would mean: not in the set
		}
	}
	return m
}

// performer takes changes of one action within one transaction.
type performer struct {
	*statements
	action int64
	made   int64 // how many changes the action has made, the last one's pos
}

func (r *Replica) performing(ctx context.Context, tx *statements, a customer.Action, do func(*performer) error) error {
	action, before, err := begin(ctx, tx, a)
	if err != nil {
		return err
	}
	p := &performer{statements: tx, action: action, made: before}
	if err := do(p); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE action SET made = ?, done = done + ? WHERE seq = ?", p.made, p.made-before, action)
	return err
}

// take enqueues a change and keeps what it did.
func (p *performer) take(ctx context.Context, m customer.Mutation, settles string) error {
	var h held
	var entries []pending
	var err error
	if m.Kind != customer.Create { // put finds out when one to create is there
		if h, err = find(ctx, p, m.CustomerID); err != nil {
			return err
		}
		if entries, err = outboxOf(ctx, p, m.CustomerID); err != nil {
			return err
		}
	}
	entries, err = enqueue(ctx, p, h, entries, m, settles)
	if err != nil {
		return err
	}
	now, err := refreshFrom(ctx, p, m.CustomerID, h, entries)
	if err != nil {
		return err
	}
	after := customer.Diff(h.effective, now)
	c := change{
		pos: p.made + 1, customerID: m.CustomerID, kind: m.Kind, after: after,
		password: m.Fields.PasswordHash != nil, quiet: m.Quiet,
	}
	if m.Kind != customer.Create {
		c.before = after.Of(h.effective)
	}
	kept, err := c.keep(ctx, p, p.action)
	if kept {
		p.made++
	}
	return err
}
