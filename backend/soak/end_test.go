package soak

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"partnerdesk/backend/customer"
)

// officeEnd is a Back Office's database at the end, read past the product, and
// the journal of how it came to it.
type officeEnd struct {
	accounts map[string]*accountEnd
	deeds    []deed
	begins   int64               // the newest event when the journal began
	applies  map[string]*applied // mutations that were applied, by id
}

// accountEnd is a customer account at the end, with its history.
type accountEnd struct {
	id       string
	ours     bool // the partner's whose desks these are
	now      map[string]string
	password bool
	revision int64
	events   []customer.Event // oldest first
	mails    []customer.Mail  // oldest first
	links    []customer.MailKind
}

// applied is a mutation that was applied, with the deed that did it.
type applied struct {
	customer.Mutation
	by deed
}

func (h *history) readOffice() *officeEnd {
	dir := h.office.dir
	db, err := openReadOnly(filepath.Join(dir, "backoffice.db"))
	if err != nil {
		h.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	end := &officeEnd{accounts: map[string]*accountEnd{}, applies: map[string]*applied{}}
	if end.deeds, end.begins, err = readJournal(dir); err != nil {
		h.Fatal(err)
	}
	for _, read := range []func(*sql.DB) error{end.readAccounts, end.readEvents, end.readMails, end.readLinks} {
		if err := read(db); err != nil {
			h.Fatal(err)
		}
	}
	return end
}

// each runs f on every row of a query.
func each(db *sql.DB, query string, f func(scan func(...any) error) error) error {
	rows, err := db.Query(query)
	if err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	return rows.Err()
}

func (e *officeEnd) readAccounts(db *sql.DB) error {
	const query = `SELECT c.id, p.username, c.password_hash <> '', c.revision, c.username, c.first_name, c.last_name, c.company,
		c.phone, c.website, c.street, c.postal_code, c.city, c.country, c.language, c.status, c.lock_reason, c.notes, c.tags
		FROM customers c JOIN partners p ON p.id = c.partner_id`
	columns := []string{
		"username", "first_name", "last_name", "company", "phone", "website", "street", "postal_code", "city", "country",
		"language", "status", "lock_reason", "notes", "tags",
	}
	return each(db, query, func(scan func(...any) error) error {
		a := &accountEnd{now: map[string]string{}}
		var partner string
		values := make([]string, len(columns))
		into := []any{&a.id, &partner, &a.password, &a.revision}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := scan(into...); err != nil {
			return err
		}
		a.ours = partner == partnerUsername
		for i, name := range columns {
			a.now[name] = values[i]
		}
		var tags []string
		if err := json.Unmarshal([]byte(a.now["tags"]), &tags); err != nil {
			return err
		}
		a.now["tags"], _ = customer.Fields{Tags: &tags}.Text("tags")
		e.accounts[a.id] = a
		return nil
	})
}

func (e *officeEnd) readEvents(db *sql.DB) error {
	const query = `SELECT id, customer_id, kind, actor_kind, actor_id, changes, detail, mail_kind FROM events ORDER BY id`
	return each(db, query, func(scan func(...any) error) error {
		var v customer.Event
		var changes string
		if err := scan(&v.ID, &v.CustomerID, &v.Kind, &v.Actor.Kind, &v.Actor.ID, &changes, &v.Detail, &v.MailKind); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(changes), &v.Changes); err != nil {
			return err
		}
		a := e.accounts[v.CustomerID]
		if a == nil {
			return fmt.Errorf("event %d is of an account that is not there", v.ID)
		}
		a.events = append(a.events, v)
		return nil
	})
}

func (e *officeEnd) readMails(db *sql.DB) error {
	const query = `SELECT id, customer_id, kind, to_address, state, error FROM mails ORDER BY rowid`
	return each(db, query, func(scan func(...any) error) error {
		var m customer.Mail
		if err := scan(&m.ID, &m.CustomerID, &m.Kind, &m.To, &m.State, &m.Error); err != nil {
			return err
		}
		a := e.accounts[m.CustomerID]
		a.mails = append(a.mails, m)
		return nil
	})
}

func (e *officeEnd) readLinks(db *sql.DB) error {
	return each(db, `SELECT customer_id, kind FROM links`, func(scan func(...any) error) error {
		var id string
		var kind customer.MailKind
		if err := scan(&id, &kind); err != nil {
			return err
		}
		e.accounts[id].links = append(e.accounts[id].links, kind)
		return nil
	})
}

// changes are a field's changes, oldest first, with their events.
func (a *accountEnd) changes(field string) (all []customer.FieldChange, events []int64) {
	for _, v := range a.events {
		for _, c := range v.Changes {
			if c.Field == field {
				all, events = append(all, c), append(events, v.ID)
			}
		}
	}
	return all, events
}

// valueAt is a field's value after an event, by the history.
func (a *accountEnd) valueAt(field string, event int64) string {
	all, events := a.changes(field)
	for i, c := range all {
		if events[i] > event {
			return c.From
		}
	}
	return a.now[field]
}

// made is the account's first event.
func (a *accountEnd) made() int64 { return a.events[0].ID }

// between are the account's events of a deed.
func (a *accountEnd) between(d deed) (found []customer.Event) {
	for _, v := range a.events {
		if v.ID > d.First && v.ID <= d.Last {
			found = append(found, v)
		}
	}
	return found
}

// applied reports that a promised value was applied once it had been promised.
func (e *officeEnd) applied(p promise) bool {
	for _, m := range e.applies {
		value, has := valueIn(m.Fields, p.field)
		if deskOf(m.ID) == p.desk && m.CustomerID == p.id && has && value == p.value && m.by.Step >= p.since {
			return true
		}
	}
	return false
}

// had reports that a field ever had a value; of an account that is not there,
// nothing can be said.
func (e *officeEnd) had(p promise) bool {
	a := e.accounts[p.id]
	if a == nil || a.now[p.field] == p.value {
		return true
	}
	all, _ := a.changes(p.field)
	return slices.ContainsFunc(all, func(c customer.FieldChange) bool { return c.From == p.value })
}
