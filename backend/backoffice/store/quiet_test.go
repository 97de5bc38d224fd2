package store_test

import (
	"testing"

	"partnerdesk/backend/customer"
)

// A quiet change does all that it entails but mail; a mail can be asked for later.
func TestQuietChangesMailNobody(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, status := range customer.Statuses() {
		m := customer.Mutation{ID: newID(), CustomerID: newID(), Kind: customer.Create, Quiet: true,
			Fields: person(string(status)+"@shop.example", status)}
		res, err := h.Apply(t.Context(), h.in, m)
		must(t, err)
		same(t, "outcome", res.Outcome, customer.Applied)
		for _, fields := range []customer.Fields{
			{Username: ptr("new-" + string(status) + "@shop.example")},
			{Status: ptr(customer.Locked)}, {Status: ptr(customer.Activated)}, {Status: ptr(customer.PendingActivate)},
		} {
			_, err := h.Apply(t.Context(), h.in, customer.Mutation{ID: newID(), CustomerID: m.CustomerID,
				Kind: customer.Update, Fields: fields, Quiet: true, BaseRevision: h.now(t, m.CustomerID).Revision})
			must(t, err)
		}
		same(t, "status", h.now(t, m.CustomerID).Status, customer.PendingActivate)
		same(t, "mails", len(h.mails(t, m.CustomerID)), 0)
		same(t, "link", h.now(t, m.CustomerID).LinkExpiresAt, 0)
		_, err = h.NewLink(t.Context(), h.in, m.CustomerID, true)
		must(t, err)
		same(t, "mails asked for", len(h.mails(t, m.CustomerID)), 1)
	}
}

// A quiet change that is sent again mails nobody either, and one that was made
// loud under way is another change, which is refused.
func TestAQuietChangeStaysQuiet(t *testing.T) {
	t.Parallel()
	h := open(t)
	m := customer.Mutation{ID: newID(), CustomerID: newID(), Kind: customer.Create, Quiet: true,
		Fields: person("a@shop.example", customer.PendingActivate)}
	for range 2 {
		res, err := h.Apply(t.Context(), h.in, m)
		must(t, err)
		same(t, "outcome", res.Outcome, customer.Applied)
	}
	m.Quiet = false
	res, err := h.Apply(t.Context(), h.in, m)
	must(t, err)
	same(t, "loud", res.Outcome, customer.Rejected)
	same(t, "mails", len(h.mails(t, m.CustomerID)), 0)
}
