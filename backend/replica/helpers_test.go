package replica_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
)

func now() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

func options() replica.Options {
	var n atomic.Int64
	return replica.Options{Clock: now, NewID: func() string { return fmt.Sprintf("made-%d", n.Add(1)) }}
}

func open(t testing.TB) *replica.Replica {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "replica.db"))
}

// openQuick opens a replica that does not wait for the disk.
func openQuick(t testing.TB) *replica.Replica {
	t.Helper()
	o := options()
	o.Throwaway = true
	r, err := replica.Open(context.Background(), filepath.Join(t.TempDir(), "replica.db"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func openAt(t testing.TB, path string) *replica.Replica {
	t.Helper()
	r, err := replica.Open(context.Background(), path, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func p[T any](v T) *T { return &v }

// ann is a customer as the Back Office knows it.
func ann(revision int64) customer.Customer {
	return customer.Customer{
		ID: "ann", Username: "ann@shop.example", FirstName: "Ann", LastName: "Lee", Company: "Shop",
		Language: "en", Status: customer.PendingActivate, Tags: []string{},
		Facts: customer.Facts{CreatedAt: 1000, Revision: revision},
	}
}

func create(id, mutation string) customer.Mutation {
	c := ann(0)
	c.Username = id + "@shop.example"
	f := customer.Diff(customer.Customer{}, c)
	return customer.Mutation{ID: mutation, CustomerID: id, Kind: customer.Create, Fields: f, MadeAt: 2000}
}

func update(mutation string, base, fields customer.Fields) customer.Mutation {
	return customer.Mutation{
		ID: mutation, CustomerID: "ann", Kind: customer.Update, BaseRevision: 1, Fields: fields, Base: base, MadeAt: 3000,
	}
}

// seen is m made by who saw a revision of the server's copy.
func seen(revision int64, m customer.Mutation) customer.Mutation {
	m.BaseRevision = revision
	return m
}

func absorb(t testing.TB, r *replica.Replica, cursor string, cs ...customer.Customer) {
	t.Helper()
	if err := r.Absorb(context.Background(), cs, cursor); err != nil {
		t.Fatal(err)
	}
}

func enqueue(t testing.TB, r *replica.Replica, m customer.Mutation) customer.Record {
	t.Helper()
	settles := "" // what is in sight
	if rec, err := r.Get(context.Background(), m.CustomerID); err == nil && rec.Problem != nil {
		settles = rec.Problem.MutationID
	}
	rec, err := r.Enqueue(context.Background(), m, settles)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func outgoing(t testing.TB, r *replica.Replica) []customer.Mutation {
	t.Helper()
	all, err := r.Outgoing(context.Background(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func settle(t testing.TB, r *replica.Replica, res customer.Result) {
	t.Helper()
	if err := r.Settle(context.Background(), res); err != nil {
		t.Fatal(err)
	}
}

func get(t testing.TB, r *replica.Replica, id string) customer.Record {
	t.Helper()
	rec, err := r.Get(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func list(t testing.TB, r *replica.Replica, q customer.Query) customer.Page {
	t.Helper()
	page, err := r.List(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func wantCode(t testing.TB, err error, code customer.Code) {
	t.Helper()
	if customer.CodeOf(err) != code {
		t.Errorf("got %v, want code %s", err, code)
	}
}
