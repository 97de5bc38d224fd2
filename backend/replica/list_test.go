package replica_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

// crowd makes n customers with names that collide in case, accents and parts.
func crowd(n int, seed uint64) []customer.Customer {
	random := rand.New(rand.NewPCG(seed, 1))
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	all := make([]customer.Customer, n)
	for i := range all {
		first := pick("Ann", "ann", "Émile", "Emile", "Zoë", "ÅSA", "Bob_", "50%", "O'Neil", "李", "بشار", "🙂", "anna-maria")
		last := pick("Lee", "de Vries", "DE VRIES", "Müller", "Mueller", "x", "İstanbul", "Straße")
		all[i] = customer.Customer{
			ID: fmt.Sprintf("%08x-%d", random.Uint32(), i), FirstName: first, LastName: last,
			Username: fmt.Sprintf("%s%d@%s.example", pick("a", "B", "info", "x_y"), i, pick("shop", "SHOP", "bakery")),
			Company:  pick("Shop & Co", "shop & co", "Bäckerei", "Ünique", "100%", "a_b"),
			Status:   customer.Statuses()[random.IntN(3)], Tags: []string{},
			Facts: customer.Facts{
				CreatedAt: customer.Time(random.IntN(50) * 1000), LastLoginAt: customer.Time(random.IntN(5) * 1000),
				Revision: int64(i + 1),
			},
		}
	}
	return all
}

func TestListBounds(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "600", crowd(600, 1)...)
	for _, c := range []struct{ limit, offset, want int }{
		{0, 0, 1}, {-5, 0, 1}, {500, 0, 500}, {501, 0, 500}, {1 << 40, 0, 500}, {10, -3, 10}, {10, 595, 5},
		{10, 600, 0}, {10, 1 << 60, 0},
	} {
		if page := list(t, r, customer.Query{Limit: c.limit, Offset: c.offset}); len(page.Rows) != c.want || page.Total != 600 {
			t.Errorf("limit %d, offset %d: %d rows of %d", c.limit, c.offset, len(page.Rows), page.Total)
		}
	}
	_, err := r.List(t.Context(), customer.Query{Sort: "name; DROP TABLE entry"})
	wantCode(t, err, customer.Invalid)
	_, err = r.List(t.Context(), customer.Query{Status: "locked' OR 1=1"})
	wantCode(t, err, customer.Invalid)
}

func TestListHostileText(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "50", crowd(50, 1)...)
	for _, text := range []string{
		strings.Repeat("a", 4000), "a" + strings.Repeat(".", 3999), strings.Repeat("%", 4000), strings.Repeat("İ", 2000),
		"' OR 1=1 --", "\xc3\x28", "a\x00x\x00y\x00z\x00q", "tag:" + strings.Repeat("x", 3990), `"` + strings.Repeat(" .", 1999),
		strings.Repeat("@a", 2000),
	} {
		if page := list(t, r, customer.Query{Text: text, Limit: 10}); page.Total != 0 || page.Everything != 50 {
			t.Errorf("%.20q: %d of %d", text, page.Total, page.Everything)
		}
	}
	_, err := r.List(t.Context(), customer.Query{Text: strings.Repeat("\x00", 1<<20)})
	wantCode(t, err, customer.Invalid)
}

func TestListSeesEveryChange(t *testing.T) {
	t.Parallel()
	r := open(t)
	empty := list(t, r, customer.Query{Limit: 10})
	if empty.Rows == nil || empty.Everything != 0 {
		t.Errorf("empty: %+v", empty)
	}
	absorb(t, r, "1", ann(1))
	enqueue(t, r, create("bob", "m1"))
	page := list(t, r, customer.Query{Limit: 10, Sort: customer.SortUsername})
	if page.Counts.PendingActivate != 2 || page.Rows[0].Waiting || !page.Rows[1].Waiting {
		t.Errorf("after adding: %+v", page)
	}
	enqueue(t, r, update("m2", customer.Fields{Status: p(customer.PendingActivate)}, customer.Fields{Status: p(customer.Locked)}))
	page = list(t, r, customer.Query{Limit: 10, Status: customer.Locked, Text: "ann"})
	if page.Total != 1 || page.Counts.Locked != 1 || page.Rows[0].Status != customer.Locked || !page.Rows[0].Waiting {
		t.Errorf("after locking: %+v", page)
	}
	outgoing(t, r)
	settle(t, r, customer.Result{MutationID: "m2", Outcome: customer.Rejected, Error: customer.Fail(customer.Invalid, "No.")})
	page = list(t, r, customer.Query{Limit: 10, Status: customer.Locked, Text: "ann"})
	if page.Total != 1 || page.Rows[0].Waiting || !page.Rows[0].NeedsAttention {
		t.Errorf("after the refusal: %+v", page)
	}
}

func TestUsernameOwner(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	if id, err := r.UsernameOwner(t.Context(), " ANN@shop.Example "); id != "ann" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
	enqueue(t, r, update("m1", customer.Fields{Username: p("ann@shop.example")}, customer.Fields{Username: p("new@shop.example")}))
	_, err := r.UsernameOwner(t.Context(), "ann@shop.example")
	wantCode(t, err, customer.NotFound)
	if id, err := r.UsernameOwner(t.Context(), "new@shop.example"); id != "ann" || err != nil {
		t.Errorf("got %q, %v", id, err)
	}
}
