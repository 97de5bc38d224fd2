package store_test

import (
	"slices"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

func TestMoveRefuses(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	_, active, _ := lives(t, from)
	page, err := from.MoveOut(t.Context(), from.in.Partner.ID, "", 10)
	must(t, err)
	good := page[slices.IndexFunc(page, func(m api.MovedAccount) bool { return m.Customer.ID == active.ID })]
	for name, test := range hostileMoves(good.Events) {
		m := good
		m.Events = slices.Clone(good.Events)
		test.bend(&m)
		r := to.moveIn(t, to.in, m, true)
		if r.Outcome != api.Refused || r.Error == nil || r.Error.Message == "" || r.Error.Code != test.code {
			t.Errorf("%s: %+v %+v, want %s", name, r, r.Error, test.code)
		}
	}
	all, err := to.Changes(t.Context(), to.in.Partner.ID, 0, 100)
	must(t, err)
	same(t, "customers", len(all.Customers), 0)
	same(t, "the good one", to.moveIn(t, to.in, good, true).Outcome, api.Moved)
}

type hostileMove struct {
	bend func(*api.MovedAccount)
	code customer.Code
}

func hostileMoves(events []customer.Event) map[string]hostileMove {
	long := strings.Repeat("x", 1<<20)
	of := func(code customer.Code, bend func(*customer.Customer)) hostileMove {
		return hostileMove{func(m *api.MovedAccount) { bend(&m.Customer) }, code}
	}
	hash := func(text string) hostileMove {
		return hostileMove{func(m *api.MovedAccount) { m.PasswordHash = text }, customer.Invalid}
	}
	entry := func(code customer.Code, bend func(*customer.Event)) hostileMove {
		return hostileMove{func(m *api.MovedAccount) { bend(&m.Events[1]) }, code}
	}
	return map[string]hostileMove{
		"no id":              of(customer.Invalid, func(c *customer.Customer) { c.ID = "" }),
		"a path for an id":   of(customer.Invalid, func(c *customer.Customer) { c.ID = "../../etc" }),
		"an id in capitals":  of(customer.Invalid, func(c *customer.Customer) { c.ID = strings.ToUpper(c.ID) }),
		"no username":        of(customer.Required, func(c *customer.Customer) { c.Username = " " }),
		"header injection":   of(customer.Invalid, func(c *customer.Customer) { c.Username = "a@b.example\r\nBcc: x@y.example" }),
		"script website":     of(customer.Invalid, func(c *customer.Customer) { c.Website = "javascript:alert(1)" }),
		"unknown status":     of(customer.Invalid, func(c *customer.Customer) { c.Status = "deleted" }),
		"NUL in a name":      of(customer.Invalid, func(c *customer.Customer) { c.LastName = "a\x00b" }),
		"long notes":         of(customer.TooLong, func(c *customer.Customer) { c.Notes = long }),
		"many wrong fields":  of(customer.Invalid, func(c *customer.Customer) { c.Company, c.Country = "", "XX" }),
		"never created":      of(customer.Invalid, func(c *customer.Customer) { c.CreatedAt = 0 }),
		"created before all": of(customer.Invalid, func(c *customer.Customer) { c.CreatedAt = -1 << 62 }),
		"a login before all": of(customer.Invalid, func(c *customer.Customer) { c.LastLoginAt = -1 }),
		"a clear password":   hash("secret"),
		"a cheap hash":       hash(strings.Replace(phc, "m=19456", "m=8", 1)),
		"a ruinous hash":     hash(strings.Replace(phc, "m=19456", "m=4194304", 1)),
		"another algorithm":  hash("$2a$10$abcdefghijklmnopqrstuv"),
		"a long hash":        hash(phc + long),
		"an unknown kind":    entry(customer.Invalid, func(e *customer.Event) { e.Kind = "deleted" }),
		"no kind":            entry(customer.Invalid, func(e *customer.Event) { e.Kind = "" }),
		"an unknown actor":   entry(customer.Invalid, func(e *customer.Event) { e.Actor.Kind = "root" }),
		"a long actor":       entry(customer.TooLong, func(e *customer.Event) { e.Actor.Name = long }),
		"an odd actor":       entry(customer.Invalid, func(e *customer.Event) { e.Actor.Name = "An\u202ena" }),
		"an odd actor id":    entry(customer.Invalid, func(e *customer.Event) { e.Actor.ID = "' OR 1" }),
		"a long actor id":    entry(customer.Invalid, func(e *customer.Event) { e.Actor.ID = strings.Repeat("a", 37) }),
		"a long detail":      entry(customer.TooLong, func(e *customer.Event) { e.Detail = long }),
		"a broken detail":    entry(customer.Invalid, func(e *customer.Event) { e.Detail = "\xff\xfe" }),
		"an unknown mail":    entry(customer.Invalid, func(e *customer.Event) { e.MailKind = "spam" }),
		"an unknown field": entry(customer.Invalid, func(e *customer.Event) {
			e.Changes = []customer.FieldChange{{Field: "password_hash", To: phc}}
		}),
		"a long value": entry(customer.TooLong, func(e *customer.Event) {
			e.Changes = []customer.FieldChange{{Field: "notes", To: long}}
		}),
		"many values": entry(customer.TooLong, func(e *customer.Event) {
			e.Changes = slices.Repeat([]customer.FieldChange{{Field: "notes"}}, 1000)
		}),
		"an event before all": entry(customer.Invalid, func(e *customer.Event) { e.At = -5 }),
		"an event without id": entry(customer.Invalid, func(e *customer.Event) { e.ID = 0 }),
		"an event twice":      entry(customer.Invalid, func(e *customer.Event) { e.ID = events[0].ID }),
		"a history backwards": {func(m *api.MovedAccount) { slices.Reverse(m.Events) }, customer.Invalid},
		"a part without end": {func(m *api.MovedAccount) {
			m.Events = slices.Repeat(m.Events[:1], api.MaxMovedEvents+1)
		}, customer.TooLong},
	}
}
