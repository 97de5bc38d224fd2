package replica

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
)

// TestACancelledChangeKeepsTheIndex ends changes at one moment after the other:
// none of them was committed, so nothing is loaded anew.
func TestACancelledChangeKeepsTheIndex(t *testing.T) {
	t.Parallel()
	made := 0
	r, err := Open(t.Context(), filepath.Join(t.TempDir(), "replica.db"), Options{
		Clock: time.Now, NewID: func() string { made++; return fmt.Sprint(made) }, Throwaway: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	all := crowd.Slice(9, 60)
	if err := r.Absorb(t.Context(), all, "1"); err != nil {
		t.Fatal(err)
	}
	x, err := r.ready(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for after := time.Duration(0); ; after += after/10 + 100*time.Microsecond {
		city := fmt.Sprint("Delft ", after)
		var changes []customer.Mutation
		for _, c := range all {
			changes = append(changes, customer.Mutation{CustomerID: c.ID, Kind: customer.Update, Fields: customer.Fields{City: &city}})
		}
		ctx, cancel := context.WithTimeout(t.Context(), after)
		err := r.Perform(ctx, customer.Action{ID: "a"}, changes)
		cancel()
		if r.search.index.Load() != x {
			t.Fatalf("the index is not kept after %v: %v", after, err)
		}
		if err == nil {
			break
		}
	}
}
