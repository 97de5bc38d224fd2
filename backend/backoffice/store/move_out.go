package store

import (
	"context"
	"fmt"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Bounds of what is read at once of a workspace that moves out: few accounts
// have a history that is longer.
const (
	maxPart = 256 << 10 // characters of events in one part of a history
	maxPage = 1 << 20   // characters of a page of accounts, more or less
)

// MoveOut returns up to limit accounts of the partner to move elsewhere, in the
// order of their ids: those after the given one (empty: from the first), each
// with its password hash and the first part of its history. None when there
// are no more.
func (s *Store) MoveOut(ctx context.Context, partnerID, after string, limit int) ([]api.MovedAccount, error) {
	page, err := collect(ctx, s.db.Read, "read accounts to move", scanAccount,
		accountQuery+`WHERE c.partner_id = ? AND c.id > ? ORDER BY c.id LIMIT ?`, partnerID, after, pageSize(limit))
	if err != nil {
		return nil, err
	}
	out, size := []api.MovedAccount{}, 0
	for _, a := range page {
		part, err := s.part(ctx, a.ID, 0)
		if err != nil {
			return nil, err
		}
		out = append(out, api.MovedAccount{Customer: a.Customer, PasswordHash: a.passwordHash, Events: part.events, More: part.more})
		if size += part.size + len(a.Notes); size > maxPage {
			break
		}
	}
	return out, nil
}

// MoveOutEvents returns the next part of an account's history: its events after
// the one with the id after, oldest first, and whether there are more. NotFound
// for another partner's customer.
func (s *Store) MoveOutEvents(ctx context.Context, partnerID, customerID string, after int64) ([]customer.Event, bool, error) {
	if _, err := partnersAccount(ctx, s.db.Read, partnerID, customerID); err != nil {
		return nil, false, err
	}
	part, err := s.part(ctx, customerID, after)
	return part.events, part.more, err
}

// part is a part of a history.
type part struct {
	events []customer.Event
	size   int // characters, of what can be long
	more   bool
}

// part reads at least one event, if there is one, and as many as fit.
func (s *Store) part(ctx context.Context, customerID string, after int64) (part, error) {
	var p part
	scan := func(scan func(...any) error) (customer.Event, error) {
		return scanEvent(func(targets ...any) error { return scan(append(targets, &p.size)...) })
	}
	var err error
	p.events, err = collect(ctx, s.db.Read, "read the history", scan, `SELECT id, customer_id, at, kind, actor_kind, actor_id,
		actor_name, visit, changes, detail, mail_kind, size FROM (
			SELECT *, sum(length(changes) + length(detail)) OVER (ORDER BY id) AS size FROM (
				SELECT * FROM events WHERE customer_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3))
		WHERE size - length(changes) - length(detail) < ?4 ORDER BY id`, customerID, after, api.MaxMovedEvents, maxPart)
	if err != nil || len(p.events) == 0 {
		return p, err
	}
	err = s.db.Read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM events WHERE customer_id = ? AND id > ?)`,
		customerID, p.events[len(p.events)-1].ID).Scan(&p.more)
	if err != nil {
		return p, fmt.Errorf("read the history: %w", err)
	}
	return p, nil
}
