package store

import (
	"context"
	"slices"

	"partnerdesk/backend/customer"
)

// change gives the account the values of next and, when password is not nil,
// that password; it does whatever these changes entail, and saves. It changes
// nothing when nothing differs. Facts in next are ignored.
func (t *tx) change(ctx context.Context, a *account, next customer.Customer, password *string, by actor) error {
	before := a.Customer
	next.ID, next.Facts = a.ID, a.Facts
	diff := customer.Diff(before, next)
	if diff.Empty() && password == nil {
		return nil
	}
	a.Customer = next
	if err := t.recordChanges(ctx, before, next, diff, by); err != nil {
		return err
	}
	if password != nil {
		if err := t.setPassword(ctx, a, *password, ""); err != nil {
			return err
		}
		if err := t.record(ctx, a.ID, by, event{kind: customer.EventPasswordChanged}); err != nil {
			return err
		}
	}
	if err := t.follow(ctx, a, before, by); err != nil {
		return err
	}
	return t.save(ctx, a)
}

// follow does what a new status, a new username, or both mean for the account.
func (t *tx) follow(ctx context.Context, a *account, before customer.Customer, by actor) error {
	renamed := customer.UsernameKey(before.Username) != customer.UsernameKey(a.Username)
	if before.Status == a.Status {
		if renamed {
			return t.renamed(ctx, a, before.Username, by)
		}
		return nil
	}
	// The customer has used the old one, and may use the new one.
	if renamed && before.ActivatedAt != 0 && a.Status != customer.Locked {
		if err := t.tellNewUsername(ctx, a, before.Username, by); err != nil {
			return err
		}
	}
	return t.enter(ctx, a, by)
}

// recordChanges writes the fields to the history, a change of status by
// itself; the lock reason goes with it.
func (t *tx) recordChanges(ctx context.Context, before, next customer.Customer, diff customer.Fields, by actor) error {
	var status, fields []customer.FieldChange
	for _, name := range diff.Names() {
		from, _ := diff.Of(before).Text(name)
		to, _ := diff.Text(name)
		change := customer.FieldChange{Field: name, From: from, To: to}
		if name == "status" || (name == "lock_reason" && before.Status != next.Status) {
			status = append(status, change)
		} else {
			fields = append(fields, change)
		}
	}
	slices.SortStableFunc(status, func(a, b customer.FieldChange) int {
		return rank(a.Field) - rank(b.Field)
	})
	if len(fields) > 0 {
		if err := t.record(ctx, next.ID, by, event{kind: customer.EventChanged, changes: fields}); err != nil {
			return err
		}
	}
	if len(status) > 0 {
		return t.record(ctx, next.ID, by, event{kind: customer.EventStatusChanged, changes: status})
	}
	return nil
}

// rank puts the status before its reason.
func rank(field string) int {
	if field == "status" {
		return 0
	}
	return 1
}

// enter does what becoming its present status means for an account. The
// caller saves.
func (t *tx) enter(ctx context.Context, a *account, by actor) error {
	if err := t.killLinks(ctx, a); err != nil {
		return err
	}
	switch a.Status {
	case customer.PendingActivate:
		if err := t.endAllSessions(ctx, a, by); err != nil {
			return err
		}
		_, err := t.mailLink(ctx, a, customer.MailActivation, byRule, by)
		return err
	case customer.Activated:
		a.ActivatedAt = t.now
		if a.HasPassword {
			return nil
		}
		_, err := t.mailLink(ctx, a, customer.MailSetPassword, byRule, by)
		return err
	case customer.Locked:
		if err := t.killTickets(ctx, a.ID); err != nil {
			return err
		}
		return t.endAllSessions(ctx, a, by)
	}
	return nil
}

// renamed does what a new username means for an account whose status stays.
// Links in mails to the old address die with it. The caller saves.
func (t *tx) renamed(ctx context.Context, a *account, old string, by actor) error {
	if a.Status == customer.Locked {
		return nil
	}
	if err := t.killLinks(ctx, a); err != nil {
		return err
	}
	if a.Status == customer.PendingActivate {
		_, err := t.mailLink(ctx, a, customer.MailActivation, byRule, by)
		return err
	}
	if err := t.tellNewUsername(ctx, a, old, by); err != nil || a.HasPassword {
		return err
	}
	_, err := t.mailLink(ctx, a, customer.MailSetPassword, byRule, by)
	return err
}

// tellNewUsername tells the old address and the new one. The caller saves.
func (t *tx) tellNewUsername(ctx context.Context, a *account, old string, by actor) error {
	for _, to := range []string{old, a.Username} {
		if err := t.mailNotice(ctx, a, to, old, by); err != nil {
			return err
		}
	}
	return nil
}

// setPassword gives the account a password: mails to set one die, and the
// customer's own sessions end, except the one named. The caller saves.
func (t *tx) setPassword(ctx context.Context, a *account, hash, exceptSession string) error {
	a.passwordHash, a.HasPassword = hash, true
	if err := t.killLinks(ctx, a, customer.MailSetPassword, customer.MailResetPassword); err != nil {
		return err
	}
	return t.endOwnSessions(ctx, a.ID, exceptSession)
}
