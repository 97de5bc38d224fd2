package replica_test

import (
	"path/filepath"
	"testing"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

// The first list is not held up by the index: that is loaded once the list was
// answered, also when nobody searches.
func TestTheIndexIsLoadedAfterTheFirstList(t *testing.T) {
	r := open(t)
	if r.Loaded() {
		t.Fatal("loaded while nobody asked for anything")
	}
	if _, err := r.List(t.Context(), customer.Query{}); err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !r.Loaded() {
		select {
		case <-tick.C:
		case <-t.Context().Done():
			t.Fatal("never loaded")
		}
	}
}

func TestClosingEndsWhatWouldBeLoadedSoon(t *testing.T) {
	r, err := replica.Open(t.Context(), filepath.Join(t.TempDir(), "replica.db"), options())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.List(t.Context(), customer.Query{}); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := r.List(t.Context(), customer.Query{Text: "anna"}); err == nil || r.Loaded() {
		t.Errorf("a closed replica answers a search: %v", err)
	}
}
