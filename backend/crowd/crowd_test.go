package crowd_test

import (
	"reflect"
	"testing"

	"partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
)

func TestCustomers(t *testing.T) {
	t.Parallel()
	all := crowd.Slice(7, 5000)
	names, ids := map[string]bool{}, map[string]bool{}
	count := map[string]int{}
	for _, c := range all {
		if err := customer.Validate(c); err != nil {
			t.Errorf("%s: %v", c.Username, err)
		}
		names[customer.UsernameKey(c.Username)], ids[c.ID] = true, true
		count[c.Country]++
		count[string(c.Status)]++
	}
	if len(names) != len(all) || len(ids) != len(all) {
		t.Errorf("%d usernames and %d ids of %d customers", len(names), len(ids), len(all))
	}
	for _, what := range []string{"NL", "DE", "JP", "AE", "KR", "GR", "BG", "pending_activate", "activated", "locked"} {
		if count[what] < 50 {
			t.Errorf("%s: only %d", what, count[what])
		}
	}
	if !reflect.DeepEqual(all[:300], crowd.Slice(7, 300)) {
		t.Error("the same seed made others")
	}
	if reflect.DeepEqual(all[:300], crowd.Slice(8, 300)) {
		t.Error("another seed made the same")
	}
}

func BenchmarkCustomers(b *testing.B) {
	for b.Loop() {
		crowd.Slice(1, 10_000)
	}
}
