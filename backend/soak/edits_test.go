package soak

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
)

// dialog is a customer as a desk showed it, with the outbox behind it.
type dialog struct {
	record customer.Record
	outbox []entry
}

// fieldsOf makes a set of fields from their JSON names.
func fieldsOf(values map[string]any) (f customer.Fields) {
	text, err := json.Marshal(values)
	if err == nil {
		err = json.Unmarshal(text, &f)
	}
	if err != nil {
		panic(err)
	}
	return f
}

// value makes a value of a field: one that was never used, where there are
// enough of them.
func (h *history) value(field string) any {
	h.unique++
	n := strconv.Itoa(h.unique)
	switch field {
	case "country":
		return []string{"NL", "DE", "FR", ""}[h.draw(0, 3, field)]
	case "language":
		return []string{"en", "nl", "de"}[h.draw(0, 2, field)]
	case "website":
		return "https://u" + n + ".example"
	case "tags":
		return []string{"tag " + n, "soak"}
	}
	return field[:2] + " " + n
}

var editable = []string{
	"first_name", "last_name", "company", "phone", "website", "street", "postal_code", "city", "country", "language",
	"notes", "tags", "lock_reason",
}

// some draws one to three of the fields, a few more often than the rest so that
// desks meet.
func (h *history) some(fields []string) customer.Fields {
	values := map[string]any{}
	for range h.draw(1, 3, "fields") {
		i := h.draw(0, 2*len(fields), "field")
		if i >= len(fields) {
			i %= 3
		}
		name := fields[i%len(fields)]
		values[name] = h.value(name)
	}
	return fieldsOf(values)
}

// usernames are few, so that they collide, also by case.
var usernames = []string{
	"anna@shop.example", "ben@shop.example", "Anna@shop.example", "chris@shop.example", "BEN@Shop.example",
}

func (h *history) drawUsername() string {
	if n := h.draw(0, len(usernames)+2, "username"); n > 2 {
		return usernames[n-3]
	}
	h.unique++
	return fmt.Sprintf("user%d@shop.example", h.unique)
}

// status draws a status, with a reason for most locks.
func (h *history) status(values map[string]any) {
	s := customer.Statuses()[h.draw(0, 2, "status")]
	values["status"] = s
	if s == customer.Locked && h.draw(0, 3, "reason") > 0 {
		values["lock_reason"] = h.value("lock_reason")
	}
}

// person is a customer to add.
func (h *history) person() customer.Fields {
	values := map[string]any{"username": h.drawUsername(), "language": "en"}
	for _, name := range []string{"first_name", "last_name", "company"} {
		values[name] = h.value(name)
	}
	h.status(values)
	return fieldsOf(values)
}

// stranger is a customer of another partner, who has a username that desks
// want too.
func (h *history) stranger() customer.Fields {
	name := usernames[h.draw(0, len(usernames)-1, "username")]
	return h.person().With(customer.Fields{Username: &name})
}

// phc is a password hash that was never used.
func (h *history) phc() customer.Fields {
	h.unique++
	hash, err := quickHasher{}.Hash(context.Background(), "customer's own "+strconv.Itoa(h.unique))
	if err != nil {
		h.Fatal(err)
	}
	return customer.Fields{PasswordHash: &hash}
}

func (h *history) password() string {
	h.unique++
	return "violet-Tractor-" + strconv.Itoa(h.unique) + "-mellow"
}

func (h *history) stepAdd() {
	if len(h.ids) < 6 {
		h.add(h.pickDesk())
	}
}

func (h *history) add(d *node) {
	id := newID(h.step, h.calls, 4095, d.n)
	c := h.person().Apply(customer.Customer{ID: id})
	e := desk.Edit{New: true, Customer: c}
	if h.oneIn(4, "with a password") {
		e.Password = h.password()
	}
	h.ids = append(h.ids, id)
	h.model.names[id] = "customer " + strconv.Itoa(len(h.ids))
	h.save(d, dialog{}, e)
	if d.p != nil && h.oneIn(8, "OK is pressed twice") {
		h.save(d, h.look(d, id), e)
	}
}

// look opens a customer's dialog; its record is empty where the desk does not
// know the customer.
func (h *history) look(d *node, id string) dialog {
	on := h.peek(d, id)
	if h.live { // something may have been sent since
		h.model.sentOf(d, id, on.outbox)
	}
	h.model.shown(h, d, on.record)
	return on
}

// peek is look without a user's eyes.
func (h *history) peek(d *node, id string) dialog {
	r, _ := h.ask(d, command{Do: "open dialog", ID: id})
	if r.Record == nil {
		return dialog{outbox: r.Outbox}
	}
	return dialog{*r.Record, r.Outbox}
}

// dialogOf is a dialog to edit in: a fresh one, or one that is open since
// before.
func (h *history) dialogOf(d *node, id string) (dialog, bool) {
	if id == "" {
		return dialog{}, false
	}
	fresh := h.look(d, id)
	if old, open := d.dialogs[id]; open && h.oneIn(2, "in the open dialog") {
		delete(d.dialogs, id)
		return dialog{old.record, fresh.outbox}, true
	}
	return fresh, fresh.record.Customer.ID != ""
}

func (h *history) stepDialog() {
	d, id := h.pickDesk(), h.pickCustomer()
	if id == "" {
		return
	}
	if shown := h.look(d, id); shown.record.Customer.ID != "" {
		d.dialogs[id] = shown
		h.Logf("%d: %s keeps a dialog of %s open", h.step, d.name, h.model.name(id))
	}
}

func (h *history) edit(d *node, on dialog, set customer.Fields, password string) {
	base, settles := on.record.Customer, ""
	if p := on.record.Problem; p != nil {
		settles = p.MutationID
	}
	h.save(d, on, desk.Edit{Base: base, Customer: set.Apply(base), Password: password, Settles: settles})
}

func (h *history) stepEdit() {
	d := h.pickDesk()
	if on, ok := h.dialogOf(d, h.pickCustomer()); ok {
		set := h.some(editable)
		if h.oneIn(6, "back to an earlier value") {
			set = h.model.earlier(h, set, on.record.Customer.ID)
		}
		h.edit(d, on, set, "")
	}
}

func (h *history) stepStatus() {
	d := h.pickDesk()
	if on, ok := h.dialogOf(d, h.pickCustomer()); ok {
		values := map[string]any{}
		h.status(values)
		if h.oneIn(4, "and more") {
			values["notes"] = h.value("notes")
		}
		password := ""
		if h.oneIn(6, "with a password") {
			password = h.password()
		}
		h.edit(d, on, fieldsOf(values), password)
	}
}

func (h *history) stepUsername() {
	d := h.pickDesk()
	if on, ok := h.dialogOf(d, h.pickCustomer()); ok {
		values := map[string]any{"username": h.drawUsername()}
		if h.oneIn(4, "with the status") {
			h.status(values)
		}
		h.edit(d, on, fieldsOf(values), "")
	}
}

func (h *history) stepPassword() {
	d := h.pickDesk()
	if on, ok := h.dialogOf(d, h.pickCustomer()); ok {
		h.edit(d, on, customer.Fields{}, h.password())
	}
}

// user has a user of a desk do something that the desk may die over; then it
// must be done wholly or not at all. It returns the customer as it then is, and
// whether it was done.
func (h *history) user(d *node, before []entry, c command) (dialog, bool) {
	if !h.live && h.oneIn(40, "kill") {
		c.DieAt = h.draw(1, 10, "desk dies at write")
	}
	id := c.ID
	if c.Edit != nil {
		id, c.ID = c.Edit.Customer.ID, c.Edit.Customer.ID
	}
	r, alive := h.ask(d, c)
	if alive {
		h.Logf("%d: %s: %s %s%s: %v", h.step, d.name, c.Do, h.model.name(id), told(c), r.Error)
		if r.Error != nil {
			return dialog{}, false
		}
		if r.Record != nil {
			return dialog{*r.Record, r.Outbox}, true
		}
		return h.peek(d, id), true
	}
	h.open(d, 0)
	now := h.peek(d, id)
	done := !slices.EqualFunc(before, now.outbox, same)
	h.Logf("%d: %s did it before it died: %v", h.step, d.name, done)
	return now, done
}

// told is what a user's act changes, for the log.
func told(c command) string {
	switch {
	case c.Edit != nil && c.Edit.New:
		return " (new) " + c.Edit.Customer.Username
	case c.Edit != nil:
		base := customer.Diff(c.Edit.Customer, c.Edit.Base)
		return " " + text(base) + " to " + text(base.Of(c.Edit.Customer))
	case c.Keep != nil:
		return " " + text(c.Keep)
	}
	return ""
}

func same(a, b entry) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

func (h *history) save(d *node, on dialog, e desk.Edit) {
	after, done := h.user(d, on.outbox, command{Do: "save", Edit: &e})
	if !done {
		return
	}
	h.count["edits"]++
	delete(d.dialogs, e.Customer.ID) // a desk has one dialog at a time
	h.model.saved(h, d, on, e, after)
}

// stepMeet has two desks change the same of a customer before either hears of
// the other, and perhaps send it.
func (h *history) stepMeet() {
	id := h.pickCustomer()
	first := h.draw(0, len(h.desks)-1, "desk")
	field := append([]string{"status", "username"}, editable...)[h.draw(0, len(editable)+1, "field")]
	for i := range 2 {
		d := h.desks[(first+i)%len(h.desks)]
		h.reopen(d)
		on, ok := h.dialogOf(d, id)
		if !ok {
			continue
		}
		values := map[string]any{}
		switch field {
		case "status":
			h.status(values)
		case "username":
			values["username"] = h.drawUsername()
		default:
			values[field] = h.value(field)
		}
		h.edit(d, on, fieldsOf(values), "")
		if d.p != nil && h.draw(0, 1, "send") == 1 {
			h.push(d)
		}
	}
}

func (h *history) stepNewLink() {
	d, id := h.pickDesk(), h.pickCustomer()
	if id != "" {
		c, office := h.trouble(command{Do: "new link", ID: id, Deliver: h.draw(0, 2, "deliver") > 0})
		h.arm(office)
		if r, alive := h.ask(d, c); alive {
			h.Logf("%d: %s: a new link for %s (mail: %v) %v: %v", h.step, d.name, h.model.name(id), c.Deliver, c.Plan, r.Error)
		}
		h.ping(office)
	}
}
