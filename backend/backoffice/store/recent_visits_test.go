package store_test

import (
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

func TestRecentVisits(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	anna := h.add(t, "a@shop.example", customer.Activated, phc)
	bram := h.add(t, "b@shop.example", customer.Activated, phc)
	_, first := h.visitBy(t, h.in, anna.ID, "the menu")
	began := customer.At(h.clock.Now())
	h.clock.Add(time.Minute)
	must(t, h.EndVisit(ctx, h.in, first.ID))
	h.visitBy(t, h.in, bram.ID, "")

	visits, err := h.RecentVisits(ctx, h.in.Partner.ID, 20)
	must(t, err)
	same(t, "visits", len(visits), 2)
	same(t, "newest", visits[0].CustomerID, bram.ID)
	same(t, "one that is over", visits[1], customer.PastVisit{
		CustomerID: anna.ID, CustomerName: anna.Name(), Company: anna.Company,
		MemberName: h.in.Member.Name, Reason: "the menu", At: began,
	})
	visits, err = h.RecentVisits(ctx, h.in.Partner.ID, 1)
	must(t, err)
	same(t, "limit", len(visits), 1)

	stranger, _ := h.partner(t, "s@agency.example", "S")
	visits, err = h.RecentVisits(ctx, stranger.Partner.ID, 20)
	must(t, err)
	same(t, "another partner's", len(visits), 0)
}
