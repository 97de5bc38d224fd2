package store

import (
	"context"

	"partnerdesk/backend/customer"
)

// UpdateProfile changes what a customer may change about the account; the
// username, status, lock reason, notes, tags and password in f are left alone.
// Fails with Unauthorized when the session has ended, or the field errors of
// customer.Validate.
func (s *Store) UpdateProfile(ctx context.Context, session Session, f customer.Fields) (customer.Customer, error) {
	f = f.Without("username", "status", "lock_reason", "notes", "tags", "password_hash")
	var now customer.Customer
	err := s.inSession(ctx, session, func(t *tx, live Session, a *account) error {
		next := customer.Normalize(f.Apply(a.Customer))
		if err := customer.Validate(next); err != nil {
			return err
		}
		if err := t.change(ctx, a, next, nil, live.actor()); err != nil {
			return err
		}
		now = a.Customer
		return nil
	})
	if err != nil {
		return customer.Customer{}, err
	}
	return now, nil
}

// PasswordHash returns the account's password hash; empty when none is set,
// NotFound when there is no such account.
func (s *Store) PasswordHash(ctx context.Context, customerID string) (string, error) {
	a, err := findAccount(ctx, s.db.Read, "WHERE c.id = ?", customerID)
	return a.passwordHash, err
}

// ChangePassword sets the account's password from a session. The customer's
// other sessions end, and mailed links to set a password die. Unauthorized
// when the session has ended.
func (s *Store) ChangePassword(ctx context.Context, session Session, passwordHash string) error {
	return s.inSession(ctx, session, func(t *tx, live Session, a *account) error {
		if err := t.setPassword(ctx, a, passwordHash, live.ID); err != nil {
			return err
		}
		if err := t.record(ctx, a.ID, live.actor(), event{kind: customer.EventPasswordChanged}); err != nil {
			return err
		}
		return t.save(ctx, a)
	})
}

// inSession runs do in a transaction in which the session is still open.
func (s *Store) inSession(ctx context.Context, session Session, do func(*tx, Session, *account) error) error {
	return s.write(ctx, func(t *tx) error {
		live, err := findSession(ctx, t, t.now, `s.id = ?2 AND s.customer_id = ?3`, session.ID, session.Customer.ID)
		if err != nil {
			return err
		}
		a, err := findAccount(ctx, t, "WHERE c.id = ?", live.Customer.ID)
		if err != nil {
			return err
		}
		return do(t, live, &a)
	})
}
