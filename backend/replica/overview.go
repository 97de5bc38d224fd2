package replica

import (
	"context"
	"fmt"

	"partnerdesk/backend/customer"
)

// Overview counts all customers: by status, and by the month in which they were
// created and activated. Begins are those of the months, the oldest first; the last
// one goes on without an end.
func (r *Replica) Overview(ctx context.Context, begins []customer.Time) (customer.Overview, error) {
	x, err := r.ready(ctx)
	if err != nil {
		return customer.Overview{}, fmt.Errorf("overview: %w", err)
	}
	times := make([]int64, len(begins))
	for i, begin := range begins {
		times[i] = int64(begin)
	}
	f := x.Figures(times)
	o := customer.Overview{
		Counts: customer.Counts{
			PendingActivate: f.Status[statusRank(customer.PendingActivate)],
			Activated:       f.Status[statusRank(customer.Activated)],
			Locked:          f.Status[statusRank(customer.Locked)],
		},
		Earlier: customer.MonthFigures{Created: f.Created[0], Activated: f.Activated[0]},
		Months:  make([]customer.MonthFigures, len(begins)),
	}
	o.Counts.All = o.Counts.PendingActivate + o.Counts.Activated + o.Counts.Locked
	for i := range o.Months {
		o.Months[i] = customer.MonthFigures{Begins: begins[i], Created: f.Created[i+1], Activated: f.Activated[i+1]}
	}
	return o, nil
}
