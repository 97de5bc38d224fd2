package replica_test

import (
	"reflect"
	"slices"
	"testing"

	"partnerdesk/backend/customer"
)

func TestSettleRebases(t *testing.T) {
	t.Parallel()
	type fields = customer.Fields
	for name, c := range map[string]struct {
		first, second customer.Mutation
		server        func(*customer.Customer)
		wantFields    fields
		wantBase      fields
		none          bool
	}{
		"another field": {
			first:      update("m1", fields{City: p("")}, fields{City: p("Bonn")}),
			second:     update("m2", fields{Phone: p("")}, fields{Phone: p("1")}),
			server:     func(c *customer.Customer) { c.City = "Bonn" },
			wantFields: fields{Phone: p("1")}, wantBase: fields{Phone: p("")},
		},
		"the same field": {
			first:      update("m1", fields{City: p("")}, fields{City: p("Bonn")}),
			second:     update("m2", fields{City: p("Bonn")}, fields{City: p("Ulm")}),
			server:     func(c *customer.Customer) { c.City = "Bonn" },
			wantFields: fields{City: p("Ulm")}, wantBase: fields{City: p("Bonn")},
		},
		"stored in another form": {
			first:      update("m1", fields{Website: p("")}, fields{Website: p(" shop.example ")}),
			second:     update("m2", fields{Website: p(" shop.example ")}, fields{Website: p("https://new.example")}),
			server:     func(c *customer.Customer) { c.Website = "https://shop.example" },
			wantFields: fields{Website: p("https://new.example")}, wantBase: fields{Website: p("https://shop.example")},
		},
		"somebody else changed it since": {
			first:      update("m1", fields{City: p("")}, fields{City: p("Bonn")}),
			second:     update("m2", fields{City: p("Bonn")}, fields{City: p("Ulm")}),
			server:     func(c *customer.Customer) { c.City = "Köln" },
			wantFields: fields{City: p("Ulm")}, wantBase: fields{City: p("Bonn")}, // the Back Office will see the conflict
		},
		"back in the server's form": {
			first:  update("m1", fields{Website: p("")}, fields{Website: p("shop.example")}),
			second: update("m2", fields{Website: p("shop.example")}, fields{Website: p("https://shop.example")}),
			server: func(c *customer.Customer) { c.Website = "https://shop.example" },
			none:   true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t)
			absorb(t, r, "1", ann(1))
			enqueue(t, r, c.first)
			outgoing(t, r)
			enqueue(t, r, c.second)
			server := ann(9)
			c.server(&server)
			settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Merged, Customer: &server})
			out := outgoing(t, r)
			if c.none {
				if rec := get(t, r, "ann"); len(out) != 0 || rec.Waiting || !reflect.DeepEqual(rec.Customer, server) {
					t.Errorf("outgoing %+v, record %+v", out, rec)
				}
				return
			}
			if len(out) != 1 || !reflect.DeepEqual(out[0].Fields, c.wantFields) || !reflect.DeepEqual(out[0].Base, c.wantBase) || out[0].BaseRevision != 9 {
				t.Errorf("outgoing %+v", out)
			}
			if rec := get(t, r, "ann"); !reflect.DeepEqual(rec.Customer, c.wantFields.Apply(server)) {
				t.Errorf("record %+v", rec)
			}
		})
	}
}

func TestConflictUntilTheUserPicks(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	enqueue(t, r, update("m1", customer.Fields{City: p(""), Phone: p("")}, customer.Fields{City: p("Bonn"), Phone: p("1")}))
	outgoing(t, r)
	enqueue(t, r, update("m2", customer.Fields{Notes: p("")}, customer.Fields{Notes: p("call")})) // waits behind
	theirs := ann(4)
	theirs.City = "Köln"
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})

	rec := get(t, r, "ann")
	want := &customer.Problem{
		MutationID: "m1", Outcome: customer.Conflicted, Conflicts: []string{"city"},
		Base:   customer.Fields{City: p(""), Phone: p(""), Notes: p("")},
		Mine:   customer.Fields{City: p("Bonn"), Phone: p("1"), Notes: p("call")},
		Theirs: customer.Fields{City: p("Köln"), Phone: p(""), Notes: p("")},
	}
	if rec.Waiting || !reflect.DeepEqual(rec.Problem, want) || rec.Customer.City != "Bonn" || rec.Customer.Revision != 4 {
		t.Fatalf("record %+v, problem %+v", rec, rec.Problem)
	}
	if out := outgoing(t, r); len(out) != 0 {
		t.Errorf("a problem went out: %+v", out)
	}

	// The user takes theirs for the city; the rest goes again as a new mutation.
	for _, test := range []struct {
		revision int64
		settles  string
	}{{3, rec.Problem.MutationID}, {0, rec.Problem.MutationID}, {4, ""}, {4, "m0"}} { // an earlier copy, or no such conflict
		_, err := r.Enqueue(t.Context(), seen(test.revision, update("m3", customer.Fields{}, customer.Fields{City: p("Köln")})), test.settles)
		wantCode(t, err, customer.Conflict)
	}
	rec = enqueue(t, r, seen(4, update("m3", customer.Fields{}, customer.Fields{City: p("Köln")})))
	if !rec.Waiting || rec.Problem != nil || rec.Customer.City != "Köln" || rec.Customer.Notes != "call" {
		t.Errorf("record %+v", rec)
	}
	out := outgoing(t, r)
	if len(out) != 1 || out[0].ID != "m3" || out[0].BaseRevision != 4 ||
		!reflect.DeepEqual(out[0].Fields, customer.Fields{Phone: p("1"), Notes: p("call")}) ||
		!reflect.DeepEqual(out[0].Base, customer.Fields{Phone: p(""), Notes: p("")}) {
		t.Errorf("outgoing %+v", out)
	}
	// The first answer arrives once more: nothing changes.
	rec = get(t, r, "ann")
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})
	if again := get(t, r, "ann"); !reflect.DeepEqual(again, rec) {
		t.Errorf("record %+v", again)
	}
}

// TestSettlingKeepsOtherBases settles a conflict about the city while somebody
// else changes the phone: that must be a conflict too.
func TestSettlingKeepsOtherBases(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	enqueue(t, r, update("m1", customer.Fields{City: p(""), Phone: p("")}, customer.Fields{City: p("Bonn"), Phone: p("1")}))
	outgoing(t, r)
	theirs := ann(4)
	theirs.City = "Köln"
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})
	theirs.Phone, theirs.Revision = "2", 5
	absorb(t, r, "5", theirs)
	enqueue(t, r, seen(5, update("m2", customer.Fields{Notes: p("")}, customer.Fields{Notes: p("call")})))
	out := outgoing(t, r)
	if len(out) != 1 || !reflect.DeepEqual(out[0].Fields, customer.Fields{City: p("Bonn"), Phone: p("1"), Notes: p("call")}) ||
		!reflect.DeepEqual(out[0].Base, customer.Fields{City: p("Köln"), Phone: p(""), Notes: p("")}) {
		t.Errorf("outgoing %+v", out)
	}
}

func TestConflictMineAgain(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	enqueue(t, r, update("m1", customer.Fields{City: p("")}, customer.Fields{City: p("Bonn")}))
	outgoing(t, r)
	theirs := ann(4)
	theirs.City = "Köln"
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Conflicted, Customer: &theirs, Conflicts: []string{"city"}})
	enqueue(t, r, seen(4, update("m2", customer.Fields{}, customer.Fields{}))) // mine, unchanged
	out := outgoing(t, r)
	if len(out) != 1 || out[0].ID != "m2" || *out[0].Fields.City != "Bonn" || *out[0].Base.City != "Köln" {
		t.Errorf("outgoing %+v", out)
	}
}

func TestRejectedCreateIsCorrected(t *testing.T) {
	t.Parallel()
	r := open(t)
	enqueue(t, r, create("ann", "m1"))
	outgoing(t, r)
	taken := customer.FailField(customer.UsernameTaken, "username", "Taken.")
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Rejected, Error: taken})
	rec := get(t, r, "ann")
	if rec.Waiting || rec.Problem == nil || !reflect.DeepEqual(rec.Problem.Error, taken) || rec.Problem.Conflicts == nil || *rec.Problem.Mine.FirstName != "Ann" {
		t.Fatalf("record %+v, %+v", rec, rec.Problem)
	}
	rec = enqueue(t, r, update("m2", customer.Fields{}, customer.Fields{Username: p("ann2@shop.example")}))
	if !rec.Waiting || rec.Problem != nil {
		t.Errorf("record %+v", rec)
	}
	out := outgoing(t, r)
	if len(out) != 1 || out[0].ID != "m2" || out[0].Kind != customer.Create || *out[0].Fields.Username != "ann2@shop.example" || *out[0].Fields.FirstName != "Ann" {
		t.Errorf("outgoing %+v", out)
	}
}

func TestDiscard(t *testing.T) {
	t.Parallel()
	r := open(t)
	wantCode(t, r.Discard(t.Context(), "nobody"), customer.NotFound)

	// Never created: it disappears.
	enqueue(t, r, create("bob", "m1"))
	if err := r.Discard(t.Context(), "bob"); err != nil {
		t.Fatal(err)
	}
	_, err := r.Get(t.Context(), "bob")
	wantCode(t, err, customer.NotFound)
	if page := list(t, r, customer.Query{Limit: 5}); page.Everything != 0 {
		t.Errorf("page %+v", page)
	}

	// Waiting: back to the server's copy.
	absorb(t, r, "1", ann(1))
	if err := r.Discard(t.Context(), "ann"); err != nil { // nothing to drop
		t.Fatal(err)
	}
	enqueue(t, r, update("m2", customer.Fields{}, customer.Fields{City: p("Bonn")}))
	if err := r.Discard(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	if rec := get(t, r, "ann"); rec.Waiting || !reflect.DeepEqual(rec.Customer, ann(1)) {
		t.Errorf("record %+v", rec)
	}

	// On its way: it can't be dropped; what waits behind it can.
	enqueue(t, r, update("m3", customer.Fields{}, customer.Fields{City: p("Bonn")}))
	outgoing(t, r)
	wantCode(t, r.Discard(t.Context(), "ann"), customer.Conflict)
	enqueue(t, r, update("m4", customer.Fields{}, customer.Fields{City: p("Ulm")}))
	if err := r.Discard(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	if rec := get(t, r, "ann"); !rec.Waiting || rec.Customer.City != "Bonn" {
		t.Errorf("record %+v", rec)
	}

	// Came back: dropped.
	settle(t, r, customer.Result{MutationID: "m3", Outcome: customer.Rejected, Error: customer.Fail(customer.Invalid, "No.")})
	if err := r.Discard(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	if rec := get(t, r, "ann"); rec.Waiting || rec.Problem != nil || !reflect.DeepEqual(rec.Customer, ann(1)) {
		t.Errorf("record %+v", rec)
	}
}

// TestAddedAfterAll loses the answer to a creation; when the change goes again
// it is refused for another reason, as when the member may not edit any more.
// What the Back Office has is what the user wanted, so nothing is left to do.
func TestAddedAfterAll(t *testing.T) {
	t.Parallel()
	r := open(t)
	enqueue(t, r, create("ann", "m1"))
	outgoing(t, r)
	absorb(t, r, "1", ann(1))
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Rejected, Error: customer.Fail(customer.Forbidden, "No.")})
	if rec := get(t, r, "ann"); rec.Problem != nil || rec.Waiting || rec.Customer.Revision != 1 {
		t.Errorf("record %+v", rec)
	}
	if out := outgoing(t, r); len(out) != 0 {
		t.Errorf("outgoing %+v", out)
	}
}

// TestAddedElsewhereMeanwhile: what differs from a customer that another desk
// added again is a conflict, the status among it, and goes only when chosen.
func TestAddedElsewhereMeanwhile(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} { // the copy comes before or after the refusal
		r := open(t)
		enqueue(t, r, create("ann", "m1"))
		outgoing(t, r)
		theirs := ann(3)
		theirs.City, theirs.Status, theirs.LockReason = "Ulm", customer.Locked, "Did not pay"
		refused := customer.Result{MutationID: "m1", Outcome: customer.Rejected, Error: customer.Fail(customer.NotFound, "Gone.")}
		if late {
			settle(t, r, refused)
			absorb(t, r, "1", theirs)
		} else {
			absorb(t, r, "1", theirs)
			settle(t, r, refused)
		}
		problem := get(t, r, "ann").Problem
		if problem == nil || problem.Outcome != customer.Conflicted || problem.Error != nil ||
			!slices.Contains(problem.Conflicts, "status") || *problem.Theirs.Status != customer.Locked {
			t.Fatalf("problem %+v", problem)
		}
		if out := outgoing(t, r); len(out) != 0 {
			t.Errorf("sent before anybody chose: %+v", out)
		}
		enqueue(t, r, seen(3, update("m2", customer.Fields{}, problem.Theirs)))
		if rec := get(t, r, "ann"); rec.Problem != nil || rec.Waiting || rec.Customer.Status != customer.Locked {
			t.Errorf("all theirs: %+v", rec)
		}
	}
}
