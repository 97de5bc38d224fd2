package replica_test

import (
	"context"
	"fmt"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

const many = 100_000

func full(b *testing.B) *replica.Replica {
	b.Helper()
	r := open(b)
	all := crowd(many, 11)
	for i := 0; i < many; i += 1000 {
		absorb(b, r, fmt.Sprint(i+1000), all[i:i+1000]...)
	}
	return r
}

func BenchmarkList(b *testing.B) {
	r := full(b)
	for _, c := range []struct {
		name string
		q    customer.Query
	}{
		{"first page", customer.Query{}},
		{"middle page", customer.Query{Offset: many / 2}},
		{"last page by company", customer.Query{Offset: many - 100, Sort: customer.SortCompany}},
		{"locked, deep", customer.Query{Status: customer.Locked, Offset: many / 6}},
		{"dates, newest first", customer.Query{
			CreatedFrom: 9000, CreatedTo: 30000, Sort: customer.SortCreated, Descending: true, Offset: 5000,
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			c.q.Limit = 100
			for b.Loop() {
				list(b, r, c.q)
			}
		})
	}
	n := 0
	for _, text := range []string{"a", "ann lee", "info12345", "nobody at all"} {
		b.Run("text "+text, func(b *testing.B) {
			for b.Loop() {
				n++ // another range each time, so that no count is remembered
				list(b, r, customer.Query{Text: text, CreatedTo: customer.Time(1_000_000 + n), Limit: 100})
			}
		})
	}
}

func BenchmarkEnqueue(b *testing.B) {
	r := full(b)
	absorb(b, r, "x", ann(many+1))
	for b.Loop() {
		enqueue(b, r, update("", customer.Fields{}, customer.Fields{City: p(fmt.Sprint(b.N))}))
	}
}

func BenchmarkAbsorb(b *testing.B) {
	all := crowd(many, 11)
	for b.Loop() {
		r := open(b)
		for i := 0; i < many; i += 1000 {
			if err := r.Absorb(context.Background(), all[i:i+1000], "x"); err != nil {
				b.Fatal(err)
			}
		}
	}
}
