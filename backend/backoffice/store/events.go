package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"partnerdesk/backend/customer"
)

// actor is who really acts, and whether inside a visit.
type actor struct {
	customer.Actor
	visit bool
}

func systemActor() actor {
	return actor{Actor: customer.Actor{Kind: customer.ActorSystem, Name: "Back Office"}}
}

func customerActor(c customer.Customer) actor {
	return actor{Actor: customer.Actor{Kind: customer.ActorCustomer, ID: c.ID, Name: c.Name()}}
}

// event is what a caller of record says beside who and when.
type event struct {
	kind     customer.EventKind
	changes  []customer.FieldChange
	detail   string
	mailKind customer.MailKind
	at       customer.Time // zero: now
}

func (t *tx) record(ctx context.Context, customerID string, by actor, e event) error {
	if e.changes == nil {
		e.changes = []customer.FieldChange{}
	}
	if e.at == 0 {
		e.at = t.now
	}
	changes, err := json.Marshal(e.changes)
	if err != nil {
		return fmt.Errorf("write an event's changes: %w", err)
	}
	_, err = t.exec(ctx, "record an event", `INSERT INTO events
		(customer_id, at, kind, actor_kind, actor_id, actor_name, visit, changes, detail, mail_kind)
		VALUES (?,?,?,?,?,?,?,?,?,?)`,
		customerID, e.at, e.kind, by.Kind, by.ID, by.Name, by.visit, string(changes), e.detail, e.mailKind)
	return err
}

func scanEvent(scan func(...any) error) (customer.Event, error) {
	var e customer.Event
	var changes string
	err := scan(&e.ID, &e.CustomerID, &e.At, &e.Kind, &e.Actor.Kind, &e.Actor.ID, &e.Actor.Name, &e.Visit, &changes,
		&e.Detail, &e.MailKind)
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal([]byte(changes), &e.Changes)
}

// Events returns one page of the account's history, newest first: the events
// older than the one with the id before (0: from the newest), and the id to
// ask the next page with, 0 when there is none. NotFound for another partner's
// customer.
func (s *Store) Events(ctx context.Context, partnerID, customerID string, before int64, limit int) ([]customer.Event, int64, error) {
	if _, err := partnersAccount(ctx, s.db.Read, partnerID, customerID); err != nil {
		return nil, 0, err
	}
	return s.eventPage(ctx, customerID, before, pageSize(limit))
}

func (s *Store) eventPage(ctx context.Context, customerID string, before int64, limit int) ([]customer.Event, int64, error) {
	if before <= 0 {
		before = 1<<63 - 1
	}
	events, err := collect(ctx, s.db.Read, "read the history", scanEvent, `SELECT id, customer_id, at, kind, actor_kind,
		actor_id, actor_name, visit, changes, detail, mail_kind FROM events
		WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?`, customerID, before, limit+1)
	if err != nil || len(events) <= limit {
		return events, 0, err
	}
	events = events[:limit]
	return events, events[limit-1].ID, nil
}

// CustomerEvents is Events as the customer sees them: without the partner's
// notes, tags and lock reasons, copied links and what became of mails.
func (s *Store) CustomerEvents(ctx context.Context, customerID string, before int64, limit int) ([]customer.Event, int64, error) {
	if _, err := findAccount(ctx, s.db.Read, "WHERE c.id = ?", customerID); err != nil {
		return nil, 0, err
	}
	limit = pageSize(limit)
	shown := []customer.Event{}
	for {
		page, next, err := s.eventPage(ctx, customerID, before, limit)
		if err != nil {
			return nil, 0, err
		}
		for _, e := range page {
			if e, ok := forCustomer(e); ok {
				if len(shown) == limit {
					return shown, shown[limit-1].ID, nil
				}
				shown = append(shown, e)
			}
		}
		if next == 0 {
			return shown, 0, nil
		}
		before = next
	}
}

// forCustomer returns the event without what only the partner may see, and
// whether anything is left to show.
func forCustomer(e customer.Event) (customer.Event, bool) {
	switch e.Kind {
	case customer.EventLinkCopied, customer.EventMailQueued, customer.EventMailSent, customer.EventMailSaved,
		customer.EventMailFailed:
		return e, false
	case customer.EventChanged, customer.EventStatusChanged:
		e.Changes = slices.DeleteFunc(e.Changes, func(c customer.FieldChange) bool {
			return c.Field == "notes" || c.Field == "tags" || c.Field == "lock_reason"
		})
		return e, len(e.Changes) > 0
	}
	return e, true
}

func pageSize(limit int) int {
	if limit <= 0 {
		return 50
	}
	return min(limit, 500)
}
