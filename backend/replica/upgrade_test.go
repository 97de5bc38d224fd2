package replica_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"testing/fstest"

	people "partnerdesk/backend/crowd"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// older makes a replica as a program with only the first migrations left it.
func older(t *testing.T, path string, all []customer.Customer) {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"00001_replica.sql", "00002_epoch.sql"} {
		text, err := os.ReadFile(filepath.Join("migrations", name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	db, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: files, Clock: now})
	if err != nil {
		t.Fatal(err)
	}
	err = db.Tx(t.Context(), func(tx *sql.Tx) error {
		for i, c := range all {
			text, err := json.Marshal(c)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO customer (seq, id, server, revision, waiting) VALUES (?, ?, ?, ?, ?)`,
				i+1, c.ID, string(text), c.Revision, i%2); err != nil {
				return err
			}
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO entry VALUES (?, ?, 'old', 'old', 'old', 0, 1, 1, 'old')`, i+1, c.ID); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(t.Context(), `INSERT INTO outbox (id, customer_id, kind, base_revision, fields, base, made_at)
VALUES ('m', ?, 'update', 1, '{"status":"locked","city":"Delft"}', '{}', 1)`, all[1].ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderReplicaIsDerivedAnew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "replica.db")
	all := people.Slice(4, 2500)
	older(t, path, all)
	want := plain{}
	for i, c := range all {
		want[c.ID] = customer.Record{Customer: c, Waiting: i%2 == 1}
	}
	for range 2 { // and nothing is derived the second time
		r := openAt(t, path)
		for _, q := range []customer.Query{
			{Limit: 300}, {Text: "muller", Limit: 50}, {Text: "is:waiting gmail", Sort: customer.SortCity, Limit: 100},
		} {
			page, _ := want.list(t, q)
			if got := list(t, r, q); !reflect.DeepEqual(got, page) || page.Total == 0 {
				t.Errorf("%+v: %d of %d, want %d", q, len(got.Rows), got.Total, page.Total)
			}
		}
		if w, err := r.Waiting(t.Context()); err != nil || w.Total != 1 || w.Edits != 1 || w.Locks != 1 {
			t.Errorf("what waited: %+v, %v", w, err)
		}
		if id, err := r.UsernameOwner(t.Context(), all[7].Username); id != all[7].ID || err != nil {
			t.Errorf("the owner of a username: %q, %v", id, err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestChangesWhileTheIndexLoads edits from the moment the replica opens: the
// index has them all, whether they were committed before it read or after.
func TestChangesWhileTheIndexLoads(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "replica.db")
	all := people.Slice(5, 3000)
	r := openAt(t, path)
	absorb(t, r, "1", all...)
	want := plain{}
	for _, c := range all {
		want[c.ID] = customer.Record{Customer: c}
	}
	for round := range 5 {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = openAt(t, path)
		var edits sync.WaitGroup
		for i := range 40 {
			c := all[(round*40+i)*7]
			c.Revision, c.City = int64(10_000+round), fmt.Sprint("Elsewhere ", round)
			want[c.ID] = customer.Record{Customer: c}
			edits.Go(func() {
				if err := r.Absorb(t.Context(), []customer.Customer{c}, "2"); err != nil {
					t.Error(err)
				}
			})
		}
		q := customer.Query{Text: "elsewhere", Sort: customer.SortCity, Limit: 200}
		list(t, r, q) // while they go on
		edits.Wait()
		page, _ := want.list(t, q)
		if got := list(t, r, q); !reflect.DeepEqual(got, page) || page.Total != 40*(round+1) {
			t.Fatalf("round %d: %d, want %d", round, got.Total, page.Total)
		}
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", people.Slice(5, 100)...)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, text := range []string{"an", `"de vries"`, "info@", ""} {
		if _, err := r.List(ctx, customer.Query{Text: text, Limit: 10}); err == nil {
			t.Errorf("%q: answered, though nobody waits", text)
		}
	}
}

// TestARolledBackChangeIsNotFound makes sure that the index follows commits only.
func TestARolledBackChangeIsNotFound(t *testing.T) {
	t.Parallel()
	r := open(t)
	absorb(t, r, "1", ann(1))
	list(t, r, customer.Query{Text: "ann"})
	wheels := update("m1", customer.Fields{}, customer.Fields{Company: p("Never Told")})
	unknown := wheels
	unknown.ID, unknown.CustomerID = "m2", "nobody"
	err := r.Perform(t.Context(), customer.Action{ID: "a1"}, []customer.Mutation{wheels, unknown})
	wantCode(t, err, customer.NotFound)
	if page := list(t, r, customer.Query{Text: `"never told"`}); page.Total != 0 {
		t.Errorf("found what was rolled back: %+v", page.Rows)
	}
	enqueue(t, r, wheels)
	if page := list(t, r, customer.Query{Text: `"never told"`}); page.Total != 1 {
		t.Errorf("after the commit: %+v", page)
	}
}
