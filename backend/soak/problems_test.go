package soak

import (
	"slices"

	"partnerdesk/backend/customer"
)

func (h *history) stepDrop() {
	d := h.pickDesk()
	if on, ok := h.dialogOf(d, h.pickCustomer()); ok {
		h.drop(d, on)
	}
}

func (h *history) drop(d *node, on dialog) {
	id := on.record.Customer.ID
	if len(on.outbox) == 0 {
		return
	}
	after, done := h.user(d, on.outbox, command{Do: "drop", ID: id})
	if done {
		h.count["dropped"]++
		h.model.acted(h, d, id, on.outbox, after.outbox)
		h.model.shown(h, d, after.record)
	}
}

func (h *history) stepSettle() {
	d := h.pickDesk()
	r, _ := h.ask(d, command{Do: "open dialog"})
	problems := slices.DeleteFunc(r.Outbox, func(e entry) bool { return e.Outcome == "" })
	if len(problems) > 0 {
		h.settle(d, problems[h.draw(0, 3, "problem")%len(problems)].CustomerID)
	}
}

// settle has the user do something about a customer that needs attention.
func (h *history) settle(d *node, id string) {
	on := h.look(d, id)
	p := on.record.Problem
	switch {
	case p == nil && h.live: // it came just now
		return
	case p == nil:
		h.Fatalf("%s: the outbox has a problem of %s, but its record shows none", d.name, h.model.name(id))
	}
	if h.oneIn(5, "give it up") {
		h.drop(d, on)
		return
	}
	if p.Outcome == customer.Conflicted {
		h.resolve(d, on)
		return
	}
	if p.Error == nil {
		h.Fatalf("%s: %s was rejected without a reason", d.name, h.model.name(id))
	}
	h.count["corrected"]++
	h.edit(d, on, fieldsOf(map[string]any{"username": h.drawUsername()}), "")
}

// resolve chooses field by field.
func (h *history) resolve(d *node, on dialog) {
	p, id := on.record.Problem, on.record.Customer.ID
	keep := map[string]string{}
	for _, name := range p.Conflicts {
		keep[name] = "mine"
		if h.draw(0, 1, "keep theirs") == 1 {
			keep[name] = "theirs"
		}
	}
	after, done := h.user(d, on.outbox, command{Do: "resolve", ID: id, Keep: keep, Fields: p.Theirs})
	if !done {
		return
	}
	h.count["conflicts resolved"]++
	now := customer.Fields{}
	if after.record.Customer.ID != "" {
		now = p.Mine.Of(after.record.Customer)
	}
	for name, whose := range keep {
		want, _ := p.Mine.Text(name)
		if whose == "theirs" {
			want, _ = p.Theirs.Text(name)
		}
		if have, _ := now.Text(name); have != want {
			h.Fatalf("%s kept %s's %s of %s: %q, but has %q", d.name, whose, name, h.model.name(id), want, have)
		}
	}
	h.model.acted(h, d, id, on.outbox, after.outbox)
	h.model.shown(h, d, after.record)
}
