package replica_test

import (
	"reflect"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

func follow(t *testing.T, r *replica.Replica, epoch string, restarted bool) {
	t.Helper()
	got, err := r.Follow(t.Context(), epoch)
	if err != nil || got != restarted {
		t.Fatalf("follow %s: restarted %t, %v", epoch, got, err)
	}
}

func cursor(t *testing.T, r *replica.Replica) string {
	t.Helper()
	at, err := r.Cursor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// customerOf is one of several customers as the Back Office knows them.
func customerOf(id string, revision int64) customer.Customer {
	c := ann(revision)
	c.ID, c.Username = id, id+"@shop.example"
	return c
}

func TestAnotherEpochBeginsAnew(t *testing.T) {
	t.Parallel()
	r := open(t)
	follow(t, r, "first", false)
	absorb(t, r, "9", customerOf("ann", 7), customerOf("bob", 8), customerOf("cho", 9), customerOf("dan", 6))
	follow(t, r, "first", false)
	if at := cursor(t, r); at != "9" {
		t.Errorf("cursor %q", at)
	}
	hash := "a hash"
	enqueue(t, r, customer.Mutation{ID: "m1", CustomerID: "bob", Kind: customer.Update, Fields: customer.Fields{City: p("Bonn"), PasswordHash: &hash}})
	enqueue(t, r, create("eve", "m2"))

	// A backup was put back: ann as she was, dan changed since; bob and cho are not known.
	follow(t, r, "second", true)
	if at := cursor(t, r); at != "" {
		t.Errorf("cursor %q", at)
	}
	before, changed := customerOf("ann", 3), customerOf("dan", 4)
	changed.City = "Ulm"
	absorb(t, r, "4", before, changed)
	if page := list(t, r, customer.Query{Limit: 10}); page.Everything != 5 {
		t.Errorf("%d customers while the feed is read", page.Everything)
	}
	if err := r.Complete(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []customer.Customer{before, changed} {
		if rec := get(t, r, want.ID); !reflect.DeepEqual(rec.Customer, want) || rec.Problem != nil {
			t.Errorf("%s is %+v", want.ID, rec)
		}
	}
	for _, id := range []string{"bob", "cho"} {
		rec := get(t, r, id)
		if rec.Problem == nil || rec.Problem.Outcome != customer.Rejected || rec.Problem.Error.Code != customer.NotFound || rec.Customer.Username != id+"@shop.example" {
			t.Errorf("%s is %+v", id, rec)
		}
	}
	if rec := get(t, r, "eve"); !rec.Waiting || rec.Problem != nil {
		t.Errorf("eve is %+v", rec)
	}

	// cho is dropped, bob is added again with what waited for him.
	if err := r.Discard(t.Context(), "cho"); err != nil {
		t.Fatal(err)
	}
	_, err := r.Get(t.Context(), "cho")
	wantCode(t, err, customer.NotFound)
	enqueue(t, r, customer.Mutation{ID: "m3", CustomerID: "bob", Kind: customer.Update})
	out := outgoing(t, r)
	if len(out) != 2 || out[1].ID != "m3" || out[1].Kind != customer.Create || *out[1].Fields.City != "Bonn" ||
		*out[1].Fields.FirstName != "Ann" || *out[1].Fields.PasswordHash != hash {
		t.Errorf("outgoing %+v", out)
	}
	// Nothing of it comes up again.
	follow(t, r, "second", false)
	if err := r.Complete(t.Context()); err != nil {
		t.Fatal(err)
	}
	if rec := get(t, r, "bob"); rec.Problem != nil {
		t.Errorf("bob is %+v", rec)
	}
}

// TestTheFirstEpochIsTakenOver is what happens to a replica of a version that
// knew no epochs.
func TestTheFirstEpochIsTakenOver(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "9", customerOf("ann", 7))
	follow(t, r, "first", false)
	if at := cursor(t, r); at != "9" {
		t.Errorf("cursor %q", at)
	}
	follow(t, r, "second", true)
}
