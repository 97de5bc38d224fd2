package replica_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

func TestOverview(t *testing.T) {
	t.Parallel()
	r := open(t)
	// Where summer time begins and ends, months are not as long as each other.
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Skip("this machine knows no time zones:", err)
	}
	first := func(month time.Month) customer.Time {
		return customer.At(time.Date(2026, month, 1, 0, 0, 0, 0, zone))
	}
	begins := []customer.Time{first(time.March), first(time.April), first(time.May)}
	n := 0
	make := func(status customer.Status, made, activated customer.Time) customer.Customer {
		n++
		c := ann(int64(n))
		c.ID, c.Username, c.Status = fmt.Sprint("c", n), fmt.Sprintf("c%d@shop.example", n), status
		c.CreatedAt, c.ActivatedAt = made, activated
		return c
	}
	absorb(t, r, "1",
		make(customer.Activated, first(time.March)-1, first(time.March)),
		make(customer.Activated, first(time.April)-1, first(time.May)),
		make(customer.Locked, first(time.April), first(time.May)+1),
		make(customer.PendingActivate, first(time.May)+1, 0),
		make(customer.PendingActivate, first(time.January), 0),
		make(customer.Activated, first(time.January), first(time.February)),
	)
	want := customer.Overview{
		Counts:  customer.Counts{All: 6, PendingActivate: 2, Activated: 3, Locked: 1},
		Earlier: customer.MonthFigures{Created: 3, Activated: 1},
		Months: []customer.MonthFigures{
			{Begins: begins[0], Created: 1, Activated: 1},
			{Begins: begins[1], Created: 1},
			{Begins: begins[2], Created: 1, Activated: 2},
		},
	}
	got, err := r.Overview(t.Context(), begins)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}

	// What waits to be sent counts as it is shown.
	enqueue(t, r, create("new", "m1"))
	got, err = r.Overview(t.Context(), begins)
	if err != nil || got.Counts.PendingActivate != 3 || got.Counts.All != 7 {
		t.Errorf("with a new customer: %+v, %v", got, err)
	}
}

func TestOverviewOfNobody(t *testing.T) {
	t.Parallel()
	o, err := open(t).Overview(t.Context(), []customer.Time{1, 2})
	if err != nil || o.Counts.All != 0 || len(o.Months) != 2 {
		t.Errorf("got %+v, %v", o, err)
	}
}

func BenchmarkOverview(b *testing.B) {
	r := full(b)
	for b.Loop() {
		if _, err := r.Overview(b.Context(), []customer.Time{1000, 9000, 30000}); err != nil {
			b.Fatal(err)
		}
	}
}
