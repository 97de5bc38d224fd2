package soak

import (
	"fmt"
	"slices"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// model is what the test knows from what users saw and were told, and from
// nothing else.
type model struct {
	names map[string]string // of customers, for messages
	// promised are the values that a desk acknowledged and that wait in its
	// outbox; delivered left it without the user's doing. Each must be found at
	// the Back Office, or still be in sight.
	promised  map[place]promise
	delivered []promise
	// already are values that were acknowledged but make no change, since the
	// Back Office has them.
	already []promise
	seen    map[place][]string // every value that a desk showed, in order
	// settled are the mutations that a user dropped, or that were replaced when
	// they settled a problem, with the step. They must not be applied later.
	settled map[string]int
}

// place is a field of a customer on a desk.
type place struct {
	desk      int
	id, field string
}

// promise is a value that a user was told is saved.
type promise struct {
	place
	value string
	since int // step
	// adds is true while it was part of a customer that is to be added: one that
	// another desk added meanwhile may have the value already.
	adds bool
}

const password = "password_hash"

func newModel() *model {
	return &model{
		names: map[string]string{}, promised: map[place]promise{}, seen: map[place][]string{}, settled: map[string]int{},
	}
}

func (m *model) name(id string) string {
	if name := m.names[id]; name != "" || id == "" {
		return name
	}
	return "a customer of the other partner"
}

// valueIn returns the text of a field in a set; a password's is its hash.
func valueIn(f customer.Fields, field string) (string, bool) {
	if field == password {
		if f.PasswordHash == nil {
			return "", false
		}
		return *f.PasswordHash, true
	}
	return f.Text(field)
}

// allOf is every field of a customer, as a set.
func allOf(c customer.Customer) customer.Fields {
	every := customer.Fields{}
	for _, name := range append(slices.Clone(editable), "username", "status") {
		value := any("")
		if name == "tags" {
			value = []string{}
		}
		every = every.With(fieldsOf(map[string]any{name: value}))
	}
	return every.Of(c)
}

// shown takes note of what a desk showed, and fails when it does not show what
// it had acknowledged.
func (m *model) shown(h *history, d *node, rec customer.Record) {
	have := allOf(rec.Customer)
	note := func(f customer.Fields) {
		for _, name := range f.Names() {
			value, _ := f.Text(name)
			at := place{d.n, rec.Customer.ID, name}
			if !slices.Contains(m.seen[at], value) {
				m.seen[at] = append(m.seen[at], value)
			}
		}
	}
	note(have)
	if rec.Problem != nil {
		note(rec.Problem.Theirs)
	}
	for at, p := range m.promised {
		if at.desk != d.n || at.id != rec.Customer.ID || at.field == password {
			continue
		}
		if value, _ := have.Text(at.field); value != p.value {
			h.Fatalf("%s acknowledged %s as %s of %s, but shows %q", d.name, p.value, at.field, m.name(at.id), value)
		}
	}
}

// saved takes note of an acknowledged edit; after is what the desk then showed.
func (m *model) saved(h *history, d *node, on dialog, e desk.Edit, after dialog) {
	base, want := e.Base, customer.Normalize(e.Customer)
	if e.New {
		base = on.record.Customer // nothing, unless OK was pressed before
	}
	changes := customer.Diff(base, want)
	have := changes.Of(after.record.Customer)
	for _, name := range changes.Names() {
		wanted, _ := changes.Text(name)
		if value, _ := have.Text(name); value != wanted && !h.live && !takenBack(on.outbox, name, wanted) {
			h.Fatalf("%s acknowledged %q as %s of %s, but shows %q", d.name, wanted, name, m.name(want.ID), value)
		}
	}
	if e.Password != "" && !after.record.Customer.HasPassword {
		h.Fatalf("%s acknowledged a password of %s, but shows none", d.name, m.name(want.ID))
	}
	m.acted(h, d, want.ID, on.outbox, after.outbox)
	for _, name := range changes.Names() {
		at := place{d.n, want.ID, name}
		value, _ := changes.Text(name)
		if _, waits := m.promised[at]; !waits && !takenBack(on.outbox, name, value) {
			m.already = append(m.already, promise{place: at, value: value, since: h.step})
		}
	}
	m.shown(h, d, after.record)
}

// takenBack reports that a value is the one before the user's own waiting
// change: then there is no change any more, and a newer value of the Back
// Office may show.
func takenBack(before []entry, field, value string) bool {
	return slices.ContainsFunc(before, func(e entry) bool {
		base, known := e.Base.Text(field)
		return known && base == value
	})
}

// acted takes note of what a user's act made of a customer's outbox.
func (m *model) acted(h *history, d *node, id string, before, after []entry) {
	for _, e := range before {
		gone := !slices.ContainsFunc(after, func(a entry) bool { return a.ID == e.ID })
		if gone && e.Attempted && e.Outcome == "" && !h.live {
			h.Fatalf("%s took a change of %s back that may be at the Back Office", d.name, m.name(id))
		}
		if gone {
			m.settled[e.ID] = h.step
		}
	}
	old := map[place]promise{}
	for at, p := range m.promised {
		if at.desk == d.n && at.id == id {
			old[at] = p
			delete(m.promised, at)
		}
	}
	for _, e := range after {
		for _, name := range e.Fields.Names() {
			at := place{d.n, id, name}
			value, _ := valueIn(e.Fields, name)
			p := promise{place: at, value: value, since: h.step}
			switch had, ok := old[at]; {
			case ok && had.value == value:
				p = had
			case slices.ContainsFunc(before, func(b entry) bool { return b.ID == e.ID && b.Attempted }):
				p.since = stepOf(e.ID) // laid bare again
			}
			p.adds = p.adds || e.Kind == customer.Create
			m.promised[at] = p
		}
	}
}

// sent takes note of what left a desk's outbox while it talked to the Back
// Office.
func (m *model) sent(d *node, outbox []entry) { m.sentOf(d, "", outbox) }

// sentOf is sent for one customer only.
func (m *model) sentOf(d *node, id string, outbox []entry) {
	for at, p := range m.promised {
		if at.desk != d.n || id != "" && at.id != id {
			continue
		}
		i := slices.IndexFunc(outbox, func(e entry) bool {
			value, has := valueIn(e.Fields, at.field)
			return e.CustomerID == at.id && has && value == p.value
		})
		if i < 0 {
			m.delivered = append(m.delivered, p)
			delete(m.promised, at)
			continue
		}
		p.adds = p.adds || outbox[i].Kind == customer.Create
		m.promised[at] = p
	}
}

// stepOf is the step in which an id was made.
func stepOf(id string) int {
	var step int
	if _, err := fmt.Sscanf(id[:8], "%x", &step); err != nil {
		return -1
	}
	return step
}

// earlier puts values that were seen before in the place of new ones.
func (m *model) earlier(h *history, set customer.Fields, id string) customer.Fields {
	for _, name := range set.Names() {
		var known []string
		for _, d := range h.desks {
			known = append(known, m.seen[place{d.n, id, name}]...)
		}
		if name != "tags" && len(known) > 0 {
			set = set.With(fieldsOf(map[string]any{name: known[h.draw(0, 5, "earlier value")%len(known)]}))
		}
	}
	return set
}

// username is the newest that any desk showed.
func (m *model) username(h *history, id string) string {
	for _, d := range h.desks {
		if known := m.seen[place{d.n, id, "username"}]; len(known) > 0 {
			return known[len(known)-1]
		}
	}
	return "nobody@shop.example"
}
