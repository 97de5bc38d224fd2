package replica_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

func action(id string) customer.Action {
	return customer.Action{ID: id, Kind: customer.BulkAction, Title: "Do " + id, MadeAt: 3000}
}

func perform(t testing.TB, r *replica.Replica, a customer.Action, changes ...customer.Mutation) {
	t.Helper()
	if err := r.Perform(context.Background(), a, changes); err != nil {
		t.Fatal(err)
	}
}

// of is the update of one of a crowd.
func of(c customer.Customer, fields customer.Fields) customer.Mutation {
	return customer.Mutation{CustomerID: c.ID, Kind: customer.Update, Fields: fields}
}

func TestPerformTakesChangesAsEnqueueDoes(t *testing.T) {
	t.Parallel()
	r, plain := openQuick(t), openQuick(t)
	all := crowd(50, 1)
	changes := []customer.Mutation{create("new", "m-new")}
	for i, c := range all {
		changes = append(changes, of(c, customer.Fields{Status: p(customer.Locked), LockReason: p(fmt.Sprint(i)), Tags: &[]string{"vip"}}))
	}
	absorb(t, r, "1", all...)
	absorb(t, plain, "1", all...)
	perform(t, r, action("a"), changes[:20]...)
	perform(t, r, action("a"), changes[20:]...)
	for _, m := range changes {
		enqueue(t, plain, m)
	}
	for _, m := range changes {
		got, want := get(t, r, m.CustomerID), get(t, plain, m.CustomerID)
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
	}
	sent, want := outgoing(t, r), outgoing(t, plain)
	if len(sent) != len(want) || len(sent) != len(changes) {
		t.Fatalf("%d go out, want %d", len(sent), len(want))
	}
	for i := range sent {
		if sent[i].CustomerID != want[i].CustomerID || sent[i].Kind != want[i].Kind ||
			strings.Join(sent[i].Fields.Names(), " ") != strings.Join(want[i].Fields.Names(), " ") {
			t.Errorf("got %+v\nwant %+v", sent[i], want[i])
		}
	}
}

func TestPerformLeavesNothingOfWhatFails(t *testing.T) {
	t.Parallel()
	r := openQuick(t)
	absorb(t, r, "1", ann(1))
	err := r.Perform(context.Background(), action("a"), []customer.Mutation{
		update("m1", customer.Fields{}, customer.Fields{City: p("Delft")}),
		of(customer.Customer{ID: "nobody"}, customer.Fields{City: p("Delft")}),
	})
	wantCode(t, err, customer.NotFound)
	for _, again := range []string{"ann", "new"} { // who is there, and who has just been added
		err = r.Perform(context.Background(), action("a"), []customer.Mutation{
			update("m1", customer.Fields{}, customer.Fields{City: p("Delft")}), create("new", "m2"), create(again, "m3"),
		})
		wantCode(t, err, customer.Conflict)
	}
	if got := get(t, r, "ann"); got.Waiting || got.Customer.City != "" {
		t.Errorf("left %+v", got)
	}
	if page := list(t, r, customer.Query{}); page.Total != 1 || len(outgoing(t, r)) != 0 {
		t.Errorf("left %+v", page)
	}
}

// TestPerformCountsEachCustomerOnce: an action in several parts, with customers
// that come twice in one part or in two, is taken back page by page and whole.
func TestPerformCountsEachCustomerOnce(t *testing.T) {
	t.Parallel()
	r := openQuick(t)
	all := crowd(6, 1)
	absorb(t, r, "1", all...)
	city := func(i int, name string) customer.Mutation { return of(all[i], customer.Fields{City: p(name)}) }
	perform(t, r, action("a"), city(0, "Delft"), city(1, "Delft"), city(0, "Gouda"), create("new", "m-new"))
	perform(t, r, action("a"), of(customer.Customer{ID: "new"}, customer.Fields{City: p("Gouda")}), city(2, all[2].City), city(3, "Delft"))
	perform(t, r, action("b"), city(4, "Delft"))
	perform(t, r, action("a"), city(5, "Delft"), city(1, "Gouda"))
	undo := func(id string, changes int) {
		t.Helper()
		var pages []int
		for next := int64(0); len(pages) == 0 || next != 0; {
			var done customer.Reversal
			var err error
			if done, next, err = r.Reverse(context.Background(), id, false, next, 2); err != nil {
				t.Fatal(err)
			}
			pages = append(pages, done.Changed)
			changes -= done.Changed
		}
		if changes != 0 {
			t.Errorf("action %s took back %v, %d are missing", id, pages, changes)
		}
	}
	last, _, err := r.History(context.Background())
	if err != nil || last.ID != "b" || last.Done != 1 {
		t.Errorf("the last action is %+v, %v", last, err)
	}
	undo("b", 1)
	if last, _, err = r.History(context.Background()); err != nil || last.ID != "a" || last.Done != 5 {
		t.Errorf("the last action is %+v, %v", last, err)
	}
	undo("a", 5)
	for _, c := range all {
		if got := get(t, r, c.ID); got.Waiting || got.Customer.City != c.City {
			t.Errorf("left %+v", got)
		}
	}
	_, err = r.Get(context.Background(), "new")
	wantCode(t, err, customer.NotFound)
}

func BenchmarkPerform(b *testing.B) {
	r := full(b)
	all := crowd(many, 11)
	n, round := 0, 0
	for b.Loop() {
		from := n % many
		if from == 0 {
			round++
		}
		n += 1000
		changes := make([]customer.Mutation, 1000)
		for i := range changes {
			changes[i] = of(all[from+i], customer.Fields{Tags: &[]string{fmt.Sprint(round)}, Status: p(customer.Locked)})
		}
		perform(b, r, action("a"), changes...)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "changes/s")
}

func BenchmarkPerformCreate(b *testing.B) {
	r := full(b)
	n := 0
	for b.Loop() {
		changes := make([]customer.Mutation, 1000)
		for i := range changes {
			n++
			changes[i] = create(fmt.Sprintf("new-%d", n), fmt.Sprintf("m-%d", n))
		}
		perform(b, r, action("a"), changes...)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "changes/s")
}
