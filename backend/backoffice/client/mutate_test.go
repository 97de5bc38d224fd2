package client

import (
	"slices"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestBatch(t *testing.T) {
	t.Parallel()
	of := func(notes int) customer.Mutation {
		text := strings.Repeat("a", notes)
		return customer.Mutation{Fields: customer.Fields{Notes: &text}}
	}
	for _, test := range []struct {
		name  string
		given []customer.Mutation
		want  int
	}{
		{"one", []customer.Mutation{of(1)}, 1},
		{"one that is too large", []customer.Mutation{of(2 << 20), of(1)}, 1},
		{"as many as fit", slices.Repeat([]customer.Mutation{of(1)}, 200), 200},
		{"too many", slices.Repeat([]customer.Mutation{of(1)}, 201), 200},
		{"too large together", []customer.Mutation{of(500_000), of(500_000), of(500_000)}, 2},
	} {
		if got := batch(test.given, maxBatch); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}
