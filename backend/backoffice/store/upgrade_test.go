package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// openVersion1 makes a database as the first release left it: a partner that
// is signed in and visits its customer, who is logged in, and a disabled one.
func openVersion1(t *testing.T, path string, now customer.Time) {
	t.Helper()
	first, err := os.ReadFile("migrations/00001_begin.sql")
	must(t, err)
	db, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: fstest.MapFS{"00001_begin.sql": {Data: first}}})
	must(t, err)
	defer func() { must(t, db.Close()) }()
	hash := func(token string) []byte { sum := sha256.Sum256([]byte(token)); return sum[:] }
	must(t, db.Tx(t.Context(), func(tx *sql.Tx) error {
		for _, s := range []struct {
			statement string
			args      []any
		}{
			{`INSERT INTO partners VALUES ('p1', 'Owner@Agency.example', 'owner@agency.example', 'Agency', ?, 1000, 0)`, []any{phc}},
			{`INSERT INTO partners VALUES ('p2', 'gone@agency.example', 'gone@agency.example', 'Gone', ?, 2000, 3000)`, []any{otherPHC}},
			{`INSERT INTO sign_ins VALUES ('i1', 'p1', ?, ?, ?)`, []any{hash("desk"), now - 5000, now + 3600_000}},
			{`INSERT INTO customers VALUES ('c1', 'p1', 'a@shop.example', 'a@shop.example', 'Anna', 'Jansen', 'Bloem', '', '', '', '',
				'', '', 'en', 'activated', '', '', '[]', ?, 1000, 1000, 0, '', '', '', '', 0, 0, 1)`, []any{phc}},
			{`UPDATE counters SET value = 1 WHERE name = 'revision'`, nil},
			{`INSERT INTO events (customer_id, at, kind, actor_kind, actor_id, actor_name, visit, changes, detail, mail_kind)
				VALUES ('c1', 1000, 'created', 'partner', 'p1', 'Agency', 0, '[]', '', '')`, nil},
			{`INSERT INTO tickets VALUES (?, 'c1', 'i1', 'a reason', 'profile', ?)`, []any{hash("ticket"), now + 50_000}},
			{`INSERT INTO sessions VALUES ('s1', ?, 'c1', 'i1', 'menu', 'profile', ?, ?)`, []any{hash("visit"), now - 4000, now + 60_000}},
			{`INSERT INTO sessions VALUES ('s2', ?, 'c1', NULL, '', '', ?, ?)`, []any{hash("own"), now - 4000, now + 60_000}},
		} {
			if _, err := tx.ExecContext(t.Context(), s.statement, s.args...); err != nil {
				return err
			}
		}
		return nil
	}))
}

// TestUpgradeFromTheFirstRelease: the partner of before is its own owner now,
// and nobody is thrown out by it.
func TestUpgradeFromTheFirstRelease(t *testing.T) {
	t.Parallel()
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "backoffice.db")
	at := &clock{now: time.UnixMilli(1_800_000_000_000)}
	now := customer.At(at.Now())
	openVersion1(t, path, now)
	for range 2 { // and once more, with nothing left to upgrade
		s, err := store.Open(ctx, path, store.Options{Clock: at.Now, Compose: compose})
		must(t, err)
		checkUpgraded(t, s, now)
		must(t, s.Close())
	}
	same(t, "backups", len(sqlitedb.Backups(path)), 1)

	s, err := store.Open(ctx, path, store.Options{Clock: at.Now, Compose: compose})
	must(t, err)
	defer func() { must(t, s.Close()) }()
	goOn(ctx, t, s)
}

func checkUpgraded(t *testing.T, s *store.Store, now customer.Time) {
	t.Helper()
	ctx := t.Context()
	owner := api.Member{ID: "p1", Username: "Owner@Agency.example", Name: "Agency", Role: api.RoleOwner, CreatedAt: 1000, LastSignInAt: now - 5000}
	members, err := s.Members(ctx, "p1")
	must(t, err)
	if !slices.Equal(members, []api.Member{owner}) {
		t.Errorf("members %+v", members)
	}
	m, hash, err := s.MemberCredentials(ctx, "owner@agency.example")
	must(t, err)
	same(t, "owner", m, owner)
	same(t, "password", hash, phc)
	_, _, err = s.MemberCredentials(ctx, "gone@agency.example")
	wantCode(t, err, customer.NotFound)
	in, err := s.SignInByToken(ctx, "desk")
	must(t, err)
	same(t, "signed in", in.Member, owner)
	same(t, "partner", in.Partner, api.Partner{ID: "p1", Username: "Owner@Agency.example", Name: "Agency"})
	visits, err := s.Visits(ctx, "p1")
	must(t, err)
	if len(visits) != 1 || visits[0].ID != "s1" || visits[0].MemberName != "Agency" || visits[0].Reason != "menu" {
		t.Errorf("visits %+v", visits)
	}
	visit, err := s.SessionByToken(ctx, "c1", "visit")
	must(t, err)
	same(t, "visitor", visit.Member.ID, "p1")
	_, err = s.SessionByToken(ctx, "c1", "own")
	must(t, err)
	events, _, err := s.Events(ctx, "p1", "c1", 0, 10)
	must(t, err)
	if len(events) != 1 || events[0].Actor.ID != owner.ID {
		t.Errorf("history %+v", events)
	}
}

// goOn works on in an upgraded database.
func goOn(ctx context.Context, t *testing.T, s *store.Store) {
	t.Helper()
	token, in, err := s.CreateSignIn(ctx, "p1", phc, time.Hour)
	must(t, err)
	_, _, err = s.CreateSignIn(ctx, "p2", otherPHC, time.Hour)
	wantCode(t, err, customer.NotFound)
	_, session, err := s.RedeemTicket(ctx, "ticket")
	must(t, err)
	same(t, "reason", session.Reason, "a reason")
	page, err := s.Changes(ctx, "p1", 0, 10)
	must(t, err)
	same(t, "customers", len(page.Customers), 1)
	m, err := s.AddMember(ctx, in, api.Member{Username: "dana@agency.example", Name: "Dana Visser", Role: api.RoleSupport}, phc)
	must(t, err)
	same(t, "role", m.Role, api.RoleSupport)
	must(t, s.EndSignIn(ctx, in.ID))
	_, err = s.SignInByToken(ctx, token)
	wantCode(t, err, customer.Unauthorized)
	must(t, s.Sweep(ctx))
	_, _, err = s.CreatePartner(ctx, "OWNER@agency.example", "Twice", phc)
	wantCode(t, err, customer.UsernameTaken)
	_, _, err = s.CreatePartner(ctx, "dana@agency.example", "Twice", phc)
	wantCode(t, err, customer.UsernameTaken)
}
