package desk_test

import (
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

func TestOverviewTellsMonthsOfTheCalendarHere(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add(t, "ann", customer.PendingActivate, "")
	o, err := b.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Months) != 24 || o.Counts.PendingActivate != 1 {
		t.Fatalf("got %+v", o)
	}
	for i, m := range o.Months {
		at := time.UnixMilli(int64(m.Begins))
		if at.Day() != 1 || at.Hour() != 0 || at.Format("2006-01") != m.Month {
			t.Errorf("%s begins at %v", m.Month, at)
		}
		if i > 0 && m.Month <= o.Months[i-1].Month {
			t.Errorf("%s comes after %s", m.Month, o.Months[i-1].Month)
		}
	}
	if last := o.Months[23]; last.Created != 1 {
		t.Errorf("the customer of now is not in the last month: %+v", last)
	}
}
