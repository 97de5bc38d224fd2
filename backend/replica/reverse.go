package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// Reverse takes back an action's changes, the latest first, or with again makes
// those anew that were taken back: at most limit of them, in one transaction.
// Only a field that still is as the action left it is changed. It goes on from
// where it was, from being zero at first, and next is zero when it is through.
func (r *Replica) Reverse(ctx context.Context, id string, again bool, from int64, limit int) (done customer.Reversal, next int64, err error) {
	err = r.change(ctx, "reverse an action", func(tx *statements) error {
		v := reverser{statements: tx, newID: r.o.NewID, now: customer.At(r.o.Clock()), again: again, out: &done}
		err := v.QueryRowContext(ctx, "SELECT seq, redo, made_at FROM action WHERE id = ?", id).Scan(&v.seq, &v.redo, &v.madeAt)
		if errors.Is(err, sql.ErrNoRows) {
			return customer.Fail(customer.NotFound, "This is too long ago: it is not kept any more.")
		}
		if err != nil {
			return fmt.Errorf("find the action: %w", err)
		}
		done.Left = map[customer.Left]int{}
		next, err = v.page(ctx, from, limit)
		return err
	})
	return done, next, err
}

// reverser takes back changes of an action, or makes them again.
type reverser struct {
	*statements
	newID  func() string
	now    customer.Time
	seq    int64 // the action's
	redo   int64
	madeAt customer.Time
	again  bool
	out    *customer.Reversal
}

func (v *reverser) page(ctx context.Context, from int64, limit int) (next int64, err error) {
	changes, err := v.changes(ctx, from, limit)
	if err != nil {
		return 0, err
	}
	reversed, passed := 0, 0
	for _, c := range changes {
		mark, counted := int64(-1), &passed
		did, err := v.reverse(ctx, c)
		if err != nil {
			return 0, err
		}
		if did {
			v.out.Changed++
			counted, mark = &reversed, v.redo
			if v.again {
				mark = 0
			}
		}
		*counted++
		if _, err := v.ExecContext(ctx, "UPDATE action_change SET undone = ? WHERE action = ? AND pos = ?", mark, v.seq, c.pos); err != nil {
			return 0, fmt.Errorf("mark a change: %w", err)
		}
		next = c.pos
	}
	count := "UPDATE action SET done = done - ?1 - ?2, undone = undone + ?1 WHERE seq = ?3"
	if v.again {
		count = "UPDATE action SET undone = undone - ?1 - ?2, done = done + ?1 WHERE seq = ?3"
	}
	if _, err := v.ExecContext(ctx, count, reversed, passed, v.seq); err != nil {
		return 0, fmt.Errorf("count changes: %w", err)
	}
	if len(changes) < limit {
		next = 0
	}
	return next, nil
}

func (v *reverser) changes(ctx context.Context, from int64, limit int) (all []change, err error) {
	where, state := "(?3 = 0 OR pos < ?3) ORDER BY pos DESC", int64(0)
	if v.again {
		where, state = "pos > ?3 ORDER BY pos", v.redo
	}
	rows, err := v.QueryContext(ctx, "SELECT "+changeColumns+
		" FROM action_change WHERE action = ?1 AND undone = ?2 AND "+where+" LIMIT ?4", v.seq, state, from, limit)
	if err != nil {
		return nil, fmt.Errorf("read changes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c change
		if err := c.scan(rows); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

// reverse reports whether something of the change was taken back or made again.
func (v *reverser) reverse(ctx context.Context, c change) (bool, error) {
	h, err := find(ctx, v, c.customerID)
	if err != nil {
		return false, err
	}
	entries, err := outboxOf(ctx, v, c.customerID)
	if err != nil {
		return false, err
	}
	switch {
	case c.kind == customer.Create && v.again:
		return v.addAgain(ctx, c, h)
	case c.kind == customer.Create && h.seq != 0:
		return v.dropCreation(ctx, c, h, entries)
	case h.seq == 0:
		v.out.Leave(customer.NotThere, 1)
		return false, nil
	}
	return v.putBack(ctx, c, h, entries)
}

// putBack gives back the values from before, or again those from after.
func (v *reverser) putBack(ctx context.Context, c change, h held, entries []pending) (bool, error) {
	if n := len(entries); n > 0 && entries[n-1].outcome == customer.Conflicted {
		v.out.Leave(customer.InConflict, 1)
		return false, nil
	}
	have, want := c.after, c.before
	if v.again {
		have, want = want, have
	}
	back, since := stillSo(have, want, h.effective)
	if since {
		v.out.Leave(customer.ChangedSince, 1)
	}
	free, err := v.usernameFree(ctx, back, c.customerID)
	if err != nil {
		return false, err
	}
	if !free {
		v.out.Leave(customer.NameTaken, 1)
		back = back.Without("username")
	}
	if !v.again {
		v.countGone(c, h, entries)
	}
	if back.Empty() {
		return false, nil
	}
	entries, err = enqueue(ctx, v, h, entries, customer.Mutation{
		ID: v.newID(), CustomerID: c.customerID, Kind: customer.Update, Fields: back, MadeAt: v.now, Quiet: c.quiet,
	}, "")
	if err != nil {
		return false, err
	}
	now, err := refreshFrom(ctx, v, c.customerID, h, entries)
	v.countMails(entries, now)
	return true, err
}

// stillSo picks from want the fields that are to be put back: those that still
// have the value of have. Since is true when one is neither. The status and the
// reason for it go together.
func stillSo(have, want customer.Fields, now customer.Customer) (back customer.Fields, since bool) {
	current := have.Of(now)
	var changed []string
	for _, name := range have.Names() {
		is, _ := current.Text(name)
		was, _ := have.Text(name)
		wanted, _ := want.Text(name)
		switch {
		case is == wanted:
			want = want.Without(name)
		case is != was:
			changed = append(changed, name)
			if name == "status" || name == "lock_reason" {
				changed = append(changed, "status", "lock_reason")
			}
		}
	}
	return want.Without(changed...), len(changed) > 0
}

func (v *reverser) usernameFree(ctx context.Context, f customer.Fields, customerID string) (free bool, err error) {
	if f.Username == nil {
		return true, nil
	}
	err = v.QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM entry WHERE username_key = ? AND id <> ?)",
		customer.UsernameKey(*f.Username), customerID).Scan(&free)
	return free, err
}

// addAgain adds a customer anew whose creation was dropped.
func (v *reverser) addAgain(ctx context.Context, c change, h held) (bool, error) {
	if h.seq != 0 {
		v.out.Leave(customer.ChangedSince, 1)
		return false, nil
	}
	free, err := v.usernameFree(ctx, c.after, c.customerID)
	if err != nil {
		return false, err
	}
	if !free {
		v.out.Leave(customer.NameTaken, 1)
		return false, nil
	}
	if c.password {
		v.out.Passwords++
	}
	entries, err := enqueue(ctx, v, h, nil, customer.Mutation{
		ID: v.newID(), CustomerID: c.customerID, Kind: customer.Create, Fields: c.after, MadeAt: v.madeAt, Quiet: c.quiet,
	}, "")
	if err != nil {
		return false, err
	}
	now, err := refreshFrom(ctx, v, c.customerID, h, entries)
	v.countMails(entries, now)
	return true, err
}

// dropCreation drops a customer of whom the Back Office never heard.
func (v *reverser) dropCreation(ctx context.Context, c change, h held, entries []pending) (bool, error) {
	if h.server != nil {
		v.out.Leave(customer.AtBackOffice, 1)
		v.out.Stay = append(v.out.Stay, c.customerID)
		v.countGone(c, h, entries)
		return false, nil
	}
	for _, e := range entries {
		if e.sent() {
			v.out.Leave(customer.OnItsWay, 1)
			return false, nil
		}
	}
	if _, since := stillSo(c.after, c.after, h.effective); since {
		v.out.Leave(customer.ChangedSince, 1)
		return false, nil
	}
	for _, e := range entries {
		if err := e.drop(ctx, v); err != nil {
			return false, err
		}
	}
	return true, remove(ctx, v, h.seq)
}

// countGone counts what went out with a change and can't be called back.
func (v *reverser) countGone(c change, h held, entries []pending) {
	if c.password {
		v.out.Passwords++
	}
	if c.after.Status == nil && c.after.Username == nil {
		return
	}
	for _, e := range entries { // has it left at all?
		if !e.sent() && (c.after.Status != nil && e.Fields.Status != nil || c.after.Username != nil && e.Fields.Username != nil) {
			return
		}
	}
	after := c.after.Apply(h.effective)
	activation, setPassword := pending{Mutation: customer.Mutation{Kind: c.kind, Fields: c.after, Base: c.before, Quiet: c.quiet}}.links(after)
	if !activation && !setPassword || h.server == nil {
		return
	}
	switch h.server.MailState {
	case customer.MailSent:
		v.out.MailsSent++
	case customer.MailSaved:
		v.out.MailsSaved++
	}
}

// countMails counts the mails that the last change will have sent.
func (v *reverser) countMails(entries []pending, now customer.Customer) {
	if len(entries) == 0 {
		return
	}
	activation, setPassword := entries[len(entries)-1].links(now)
	if activation {
		v.out.ActivationMails++
	}
	if setPassword {
		v.out.SetPasswordMails++
	}
}
