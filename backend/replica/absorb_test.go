package replica_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

func TestAbsorbNeverGoesBack(t *testing.T) {
	t.Parallel()
	r := open(t)
	if cursor, err := r.Cursor(t.Context()); cursor != "" || err != nil {
		t.Errorf("cursor %q, %v", cursor, err)
	}
	newer := ann(5)
	newer.City = "Ulm"
	absorb(t, r, "5", newer)
	absorb(t, r, "4", ann(4))
	if rec := get(t, r, "ann"); !reflect.DeepEqual(rec.Customer, newer) {
		t.Errorf("record %+v", rec)
	}
	if cursor, _ := r.Cursor(t.Context()); cursor != "4" {
		t.Errorf("cursor %q", cursor)
	}
	// An old answer does not take it back either.
	enqueue(t, r, update("m1", customer.Fields{}, customer.Fields{Phone: p("1")}))
	outgoing(t, r)
	old := ann(3)
	old.Phone = "1"
	settle(t, r, customer.Result{MutationID: "m1", Outcome: customer.Applied, Customer: &old})
	if rec := get(t, r, "ann"); rec.Customer.Revision != 5 || rec.Waiting {
		t.Errorf("record %+v", rec)
	}
}

func TestAbsorbKeepsWaitingChangesOnTop(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	enqueue(t, r, update("m1", customer.Fields{City: p("")}, customer.Fields{City: p("Bonn")}))
	newer := ann(2)
	newer.Phone, newer.City, newer.Tags = "9", "Köln", nil
	absorb(t, r, "2", newer)
	rec := get(t, r, "ann")
	if rec.Customer.Phone != "9" || rec.Customer.City != "Bonn" || rec.Customer.Revision != 2 || rec.Customer.Tags == nil || !rec.Waiting {
		t.Errorf("record %+v", rec)
	}
	out := outgoing(t, r)
	if len(out) != 1 || *out[0].Base.City != "" || out[0].BaseRevision != 1 {
		t.Errorf("the base is what the user saw: %+v", out)
	}
	// The feed shows our own creation before its answer is here.
	enqueue(t, r, create("bob", "m2"))
	outgoing(t, r)
	bob := ann(3)
	bob.ID, bob.Username = "bob", "bob@shop.example"
	absorb(t, r, "3", bob)
	settle(t, r, customer.Result{MutationID: "m2", Outcome: customer.Applied, Customer: &bob})
	if rec := get(t, r, "bob"); rec.Waiting || !reflect.DeepEqual(rec.Customer, bob) {
		t.Errorf("record %+v", rec)
	}
}

func TestWaiting(t *testing.T) {
	t.Parallel()
	r := open(t)
	var all []customer.Customer
	for i := range 6 {
		c := ann(int64(i + 1))
		c.ID = fmt.Sprint("c", i)
		all = append(all, c)
	}
	absorb(t, r, "6", all...)
	edit := func(i int, f customer.Fields) {
		enqueue(t, r, customer.Mutation{ID: fmt.Sprint("m", i), CustomerID: all[i].ID, Kind: customer.Update, Fields: f})
	}
	enqueue(t, r, create("bob", "mb"))                                              // new, with a mail
	edit(0, customer.Fields{City: p("Bonn")})                                       // edit
	edit(1, customer.Fields{Status: p(customer.Locked), LockReason: p("late")})     // lock
	edit(2, customer.Fields{Status: p(customer.Locked), Phone: p("1")})             // lock and edit
	edit(3, customer.Fields{Username: p("new@shop.example")})                       // edit, with a mail
	edit(4, customer.Fields{Status: p(customer.Activated), PasswordHash: p("phc")}) // edit
	edit(5, customer.Fields{Company: p("Other")})                                   // comes back
	outgoing(t, r)
	settle(t, r, customer.Result{MutationID: "m5", Outcome: customer.Rejected, Error: customer.Fail(customer.Invalid, "No.")})
	got, err := r.Waiting(t.Context())
	want := replica.Waiting{Total: 6, Creates: 1, Edits: 4, ActivationMails: 2, Locks: 2, NeedsAttention: 1}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestChanged(t *testing.T) {
	t.Parallel()
	r := open(t)
	told := func(ch <-chan struct{}) bool {
		select {
		case <-ch:
			return true
		default:
			return false
		}
	}
	ch := r.Changed()
	if err := r.SetSetting(t.Context(), "x", 1); err != nil || told(ch) {
		t.Errorf("a setting is no change: %v", err)
	}
	if err := r.Discard(t.Context(), "nobody"); err == nil || told(ch) {
		t.Error("a failure is no change")
	}
	absorb(t, r, "1", ann(1))
	if !told(ch) || told(r.Changed()) {
		t.Error("an absorbed page is one change")
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "replica.db")
	r := openAt(t, path)
	var q customer.Query
	if found, err := r.Setting(t.Context(), "filters", &q); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
	want := customer.Query{Text: "é'%", Status: customer.Locked}
	for _, v := range []customer.Query{{}, want} {
		if err := r.SetSetting(t.Context(), "filters", v); err != nil {
			t.Fatal(err)
		}
	}
	_ = r.Close()
	r = openAt(t, path)
	if found, err := r.Setting(t.Context(), "filters", &q); !found || err != nil || q != want {
		t.Errorf("found %v, %v, %+v", found, err, q)
	}
	var wrong int
	if found, err := r.Setting(t.Context(), "filters", &wrong); found || err == nil {
		t.Error("a setting of another shape was read")
	}
}

// TestAcknowledgedEditsSurvive copies the open files, which is what a crash
// leaves behind, while edits go on, and finds every acknowledged one in the copy.
func TestAcknowledgedEditsSurvive(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "replica.db")
	r := openAt(t, path)
	for i := range 20 {
		id := fmt.Sprint("c", i)
		enqueue(t, r, create(id, "m-"+id))
		if i%5 != 0 {
			continue
		}
		crashed := filepath.Join(t.TempDir(), "replica.db")
		for _, suffix := range []string{"", "-wal"} {
			content, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(crashed+suffix, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		after := openAt(t, crashed)
		if page := list(t, after, customer.Query{Limit: 50}); page.Total != i+1 {
			t.Errorf("%d of %d customers", page.Total, i+1)
		}
		if out := outgoing(t, after); len(out) != i+1 {
			t.Errorf("%d of %d mutations", len(out), i+1)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	r := open(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 10 {
				id := fmt.Sprintf("c%d-%d", i, j)
				if _, err := r.Enqueue(t.Context(), create(id, "m"+id), ""); err != nil {
					t.Error(err)
				}
				if _, err := r.List(t.Context(), customer.Query{Text: "shop", Limit: 10}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if page := list(t, r, customer.Query{Limit: 1}); page.Total != 80 || page.Everything != 80 {
		t.Errorf("page %+v", page)
	}
}

// TestAbsorbTakesACustomerThatComesTwice: new ones, known ones and one that
// changes here, each twice in a page; the newer copy stays.
func TestAbsorbTakesACustomerThatComesTwice(t *testing.T) {
	t.Parallel()
	r := open(t)
	known, changing := ann(1), ann(2)
	known.ID, changing.ID = "known", "changing"
	absorb(t, r, "2", known, changing)
	enqueue(t, r, customer.Mutation{CustomerID: "changing", Kind: customer.Update, Fields: customer.Fields{City: p("Bonn")}})
	var page []customer.Customer
	for revision := int64(3); revision < 5; revision++ {
		for _, id := range []string{"new", "known", "changing"} {
			c := ann(revision)
			c.ID, c.Phone = id, fmt.Sprint(revision)
			page = append(page, c)
		}
	}
	page = append(page, page[0]) // an older one behind it
	absorb(t, r, "4", page...)
	for id, city := range map[string]string{"new": "", "known": "", "changing": "Bonn"} {
		if rec := get(t, r, id); rec.Customer.Phone != "4" || rec.Customer.Revision != 4 || rec.Customer.City != city {
			t.Errorf("record %+v", rec)
		}
	}
	if page := list(t, r, customer.Query{}); page.Total != 3 {
		t.Errorf("listed %+v", page)
	}
}
