package replica

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

// TestEffectsAreWhatTheMigrationMadeOfThem: changes that waited when it ran are
// told as those that came later.
func TestEffectsAreWhatTheMigrationMadeOfThem(t *testing.T) {
	t.Parallel()
	r, err := Open(t.Context(), filepath.Join(t.TempDir(), "replica.db"), Options{Clock: time.Now, NewID: func() string { return "" }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	text, err := migrations.ReadFile("migrations/00006_effects.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, expression, _ := strings.Cut(string(text), "SET effects = ")
	expression, _, _ = strings.Cut(expression, ";")

	name, pending, locked, active := "x", customer.PendingActivate, customer.Locked, customer.Activated
	n := 0
	err = r.change(t.Context(), "fill", func(tx *statements) error {
		for _, kind := range []customer.MutationKind{customer.Create, customer.Update} {
			for _, status := range []*customer.Status{nil, &pending, &locked, &active} {
				for bits := range 16 {
					var f customer.Fields
					f.Status = status
					for i, field := range []**string{&f.Username, &f.LockReason, &f.PasswordHash} {
						if bits&(1<<i) != 0 {
							*field = &name
						}
					}
					n++
					m := customer.Mutation{ID: fmt.Sprint(n), Kind: kind, Fields: f, Quiet: bits&8 != 0}
					if err := (pendingOf(m)).save(t.Context(), tx); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var differing int
	err = r.db.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM outbox WHERE effects <> "+expression).Scan(&differing)
	if err != nil || differing != 0 || n != 128 {
		t.Errorf("%d of %d differ, %v", differing, n, err)
	}
}

func pendingOf(m customer.Mutation) pending { return pending{Mutation: m} }
