package replica_test

import (
	"testing"

	"partnerdesk/backend/customer"
)

// BenchmarkManyWait looks at an outbox after a bulk change of 100,000.
func BenchmarkManyWait(b *testing.B) {
	r := full(b)
	all := crowd(many, 11)
	for i := 0; i < many; i += 1000 {
		changes := make([]customer.Mutation, 1000)
		for j := range changes {
			changes[j] = of(all[i+j], customer.Fields{Tags: &[]string{"vip"}})
		}
		perform(b, r, action("a"), changes...)
	}
	b.Run("count", func(b *testing.B) {
		for b.Loop() {
			if w, err := r.Waiting(b.Context()); err != nil || w.Total != many {
				b.Fatal(w, err)
			}
		}
	})
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.WaitingChanges(b.Context(), false, 0, 100); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("outgoing", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Outgoing(b.Context(), 20); err != nil {
				b.Fatal(err)
			}
		}
	})
}
