package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// MoveIn takes an account of another Back Office in for the partner, or a
// further part of its history; once, however often it is sent. The account
// keeps what it had there, but for its mails and links, which don't work here.
// No rule of a status runs and nothing is mailed, but for a fresh link
// with mailPending to one that needs it to get in. What is wrong with the
// account is a Refused result and has no effect at all; an error is a failure
// of the Back Office, or Unauthorized when the sign-in has ended.
func (s *Store) MoveIn(ctx context.Context, in SignIn, moved api.MovedAccount, mailPending bool) (api.MoveResult, error) {
	var result api.MoveResult
	err := s.write(ctx, func(t *tx) error {
		live, err := t.liveSignIn(ctx, in.ID)
		if err != nil {
			return err
		}
		a, err := t.checkMoved(live, moved)
		if err != nil {
			return err
		}
		result, err = t.moveIn(ctx, live, a, moved, mailPending)
		return err
	})
	if refused := refusal(err); refused != nil {
		return api.MoveResult{CustomerID: moved.Customer.ID, Outcome: api.Refused, Error: refused}, nil
	}
	if err != nil {
		return api.MoveResult{}, fmt.Errorf("move an account in: %w", err)
	}
	return result, nil
}

// checkMoved returns the account as it is to be here. A moment that lies in the
// future, by a clock that was wrong, becomes now.
func (t *tx) checkMoved(in SignIn, moved api.MovedAccount) (account, error) {
	a := account{Customer: customer.Normalize(moved.Customer), Partner: in.Partner, passwordHash: moved.PasswordHash}
	if !customer.IsID(a.ID) {
		return account{}, customer.Fail(customer.Invalid, "This account has no proper identifier.")
	}
	if err := customer.Validate(a.Customer); err != nil {
		return account{}, err
	}
	if a.passwordHash != "" {
		if err := password.CheckPHC(a.passwordHash); err != nil {
			return account{}, err
		}
	}
	if a.CreatedAt <= 0 || a.ActivatedAt < 0 || a.LastLoginAt < 0 {
		return account{}, customer.FailField(customer.Invalid, "created_at", "The account's dates can't be right.")
	}
	a.Facts = customer.Facts{
		HasPassword: a.passwordHash != "", CreatedAt: min(a.CreatedAt, t.now),
		ActivatedAt: min(a.ActivatedAt, t.now), LastLoginAt: min(a.LastLoginAt, t.now),
	}
	if len(moved.Events) > api.MaxMovedEvents {
		return account{}, customer.FailField(customer.TooLong, "events", "This part of the history is too long.")
	}
	last := int64(0)
	for _, e := range moved.Events {
		if err := customer.CheckEvent(e); err != nil {
			return account{}, err
		}
		if e.ID <= last {
			return account{}, customer.FailField(customer.Invalid, "events", "The history is not in its order.")
		}
		last = e.ID
	}
	return a, nil
}

// arrival is what is known of an account that moves in.
type arrival struct {
	content   []byte
	lastEvent int64
	whole     bool
}

// moveIn takes a checked account, or what is new of its history.
func (t *tx) moveIn(ctx context.Context, in SignIn, came account, moved api.MovedAccount, mailPending bool) (api.MoveResult, error) {
	content, err := contentOf(came)
	if err != nil {
		return api.MoveResult{}, err
	}
	a, have, err := t.arrived(ctx, came, content)
	if err != nil {
		return api.MoveResult{}, err
	}
	result := api.MoveResult{CustomerID: came.ID, Outcome: api.Known, LastEvent: have.lastEvent}
	isNew := have.content == nil
	if isNew {
		a, have.content, result.Outcome = came, content, api.Moved
	}
	for _, e := range moved.Events {
		if e.ID <= have.lastEvent {
			continue
		}
		if err := t.recordMoved(ctx, a.ID, e); err != nil {
			return api.MoveResult{}, err
		}
		have.lastEvent = e.ID
	}
	complete := !have.whole && !moved.More
	if complete {
		have.whole = true
		if err := t.completeMove(ctx, in, &a, mailPending); err != nil {
			return api.MoveResult{}, err
		}
	}
	if isNew || complete {
		if err := t.save(ctx, &a); err != nil {
			return api.MoveResult{}, err
		}
	}
	if !isNew && !complete && have.lastEvent == result.LastEvent {
		return result, nil
	}
	result.LastEvent = have.lastEvent
	return result, t.rememberMove(ctx, a.ID, have)
}

// arrived returns the account as it is here when it moved in before; an arrival
// without content when it is new. It fails when it is another's, was made here,
// or came with other details.
func (t *tx) arrived(ctx context.Context, came account, content []byte) (account, arrival, error) {
	var have arrival
	a, err := findAccount(ctx, t, "WHERE c.id = ?", came.ID)
	switch {
	case customer.CodeOf(err) == customer.NotFound:
		return account{}, arrival{}, nil
	case err != nil:
		return account{}, arrival{}, err
	case a.Partner.ID != came.Partner.ID:
		return account{}, arrival{}, customer.Fail(customer.NotFound, "This account can't be moved in here.")
	}
	err = t.QueryRowContext(ctx, `SELECT content, last_event, whole FROM moves WHERE customer_id = ?`, came.ID).
		Scan(&have.content, &have.lastEvent, &have.whole)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return account{}, arrival{}, customer.Fail(customer.Conflict, "This customer is in the Back Office already, and did not move in.")
	case err != nil:
		return account{}, arrival{}, fmt.Errorf("look for an earlier move: %w", err)
	case string(have.content) != string(content):
		return account{}, arrival{}, customer.Fail(customer.Conflict,
			"This customer moved in earlier and was changed since where it comes from. The Back Office keeps what it has.")
	}
	return a, have, nil
}

// completeMove does what comes after the last part of the history. The caller saves.
func (t *tx) completeMove(ctx context.Context, in SignIn, a *account, mailPending bool) error {
	by := memberActor(in.Member, false)
	if err := t.record(ctx, a.ID, by, event{kind: customer.EventMoved}); err != nil {
		return err
	}
	if !mailPending || !a.NeedsLink() {
		return nil
	}
	_, err := t.mailLink(ctx, a, linkKind(a.Customer), byRule, by)
	return err
}

func (t *tx) recordMoved(ctx context.Context, customerID string, e customer.Event) error {
	by := actor{Actor: e.Actor, visit: e.Visit}
	return t.record(ctx, customerID, by, event{
		kind: e.Kind, changes: e.Changes, detail: e.Detail, mailKind: e.MailKind, at: min(e.At, t.now),
	})
}

func (t *tx) rememberMove(ctx context.Context, customerID string, have arrival) error {
	_, err := t.exec(ctx, "remember a move", `INSERT INTO moves (customer_id, content, last_event, whole, moved_at)
		VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (customer_id) DO UPDATE SET last_event = ?3, whole = ?4`,
		customerID, have.content, have.lastEvent, have.whole, t.now)
	return err
}

// contentOf tells apart what an account was when it came.
func contentOf(a account) ([]byte, error) {
	a.Facts = customer.Facts{}
	body, err := json.Marshal(struct {
		Customer customer.Customer
		Password string
	}{a.Customer, a.passwordHash})
	if err != nil {
		return nil, fmt.Errorf("write an account: %w", err)
	}
	sum := sha256.Sum256(body)
	return sum[:], nil
}
