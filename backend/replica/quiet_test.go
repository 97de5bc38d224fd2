package replica_test

import (
	"testing"

	"partnerdesk/backend/customer"
)

func quiet(m customer.Mutation) customer.Mutation {
	m.Quiet = true
	return m
}

// A quiet change goes out as such and is not told as one that mails. With a later
// one it stays quiet unless that one mails by itself.
func TestQuietChanges(t *testing.T) {
	t.Parallel()
	type fields = customer.Fields
	locked := customer.Locked
	status := func(m string) customer.Mutation {
		return update(m, fields{}, fields{Status: &locked})
	}
	for name, c := range map[string]struct {
		changes []customer.Mutation
		quiet   bool
	}{
		"new":                     {[]customer.Mutation{quiet(create("ann", "m1"))}, true},
		"not":                     {[]customer.Mutation{create("ann", "m1")}, false},
		"new, then an edit":       {[]customer.Mutation{quiet(create("ann", "m1")), update("m2", fields{}, fields{City: p("Bonn")})}, true},
		"new, then an address":    {[]customer.Mutation{quiet(create("ann", "m1")), update("m2", fields{}, fields{Username: p("x@y.example")})}, true},
		"new, then a status":      {[]customer.Mutation{quiet(create("ann", "m1")), status("m2")}, false},
		"an edit behind one loud": {[]customer.Mutation{create("ann", "m1"), quiet(update("m2", fields{}, fields{City: p("Bonn")}))}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			for _, m := range c.changes {
				enqueue(t, r, m)
			}
			w, err := r.Waiting(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			out := outgoing(t, r)
			if len(out) != 1 || out[0].Quiet != c.quiet {
				t.Errorf("goes out as %+v", out)
			}
			if mails := !c.quiet && name != "new, then a status"; (w.ActivationMails == 1) != mails {
				t.Errorf("%d activation mails are said to wait", w.ActivationMails)
			}
		})
	}
}

func TestByUsername(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "c", ann(1))
	enqueue(t, r, create("bob", "m1"))
	enqueue(t, r, update("m2", customer.Fields{City: p("")}, customer.Fields{City: p("Bonn")}))
	found, err := r.ByUsername(t.Context(), []string{"ANN@shop.example", " bob@shop.example", "none@shop.example"})
	if err != nil || len(found) != 2 {
		t.Fatalf("found %v, %v", found, err)
	}
	if c := found["ann@shop.example"]; c.Customer.City != "Bonn" || !c.Waiting || c.Problem != nil {
		t.Errorf("ann is %+v", c)
	}
	other := ann(2)
	other.City = "Ulm"
	settle(t, r, customer.Result{MutationID: "m2", Outcome: customer.Conflicted, Customer: &other, Conflicts: []string{"city"}})
	found, err = r.ByUsername(t.Context(), []string{"ann@shop.example"})
	if err != nil || found["ann@shop.example"].Problem == nil {
		t.Errorf("ann with a conflict is %+v, %v", found, err)
	}
}
