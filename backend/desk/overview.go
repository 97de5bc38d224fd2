package desk

import (
	"context"
	"time"

	"partnerdesk/backend/customer"
)

// overviewMonths are told, the one that runs among them.
const overviewMonths = 24

// Overview returns the customers in figures, by months of the calendar of this
// computer.
func (d *Desk) Overview(ctx context.Context) (customer.Overview, error) {
	months := lastMonths(d.o.Clock(), overviewMonths)
	begins := make([]customer.Time, len(months))
	for i, month := range months {
		begins[i] = customer.At(month)
	}
	o, err := d.o.Replica.Overview(ctx, begins)
	for i := range o.Months {
		o.Months[i].Month = months[i].Format("2006-01")
	}
	return o, err
}

// lastMonths returns the begins of the last n months, the oldest first, in the
// time zone of now.
func lastMonths(now time.Time, n int) []time.Time {
	begins := make([]time.Time, n)
	year, month, _ := now.Date()
	for i := range begins {
		// Counted by the calendar, so that a month is as long as it is.
		begins[i] = time.Date(year, month+time.Month(i-n+1), 1, 0, 0, 0, 0, now.Location())
	}
	return begins
}

// RecentVisits returns the latest log-ins as a customer, newest first.
func (d *Desk) RecentVisits(ctx context.Context) ([]customer.PastVisit, error) {
	return d.o.Remote.RecentVisits(ctx)
}
