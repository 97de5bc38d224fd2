package backoffice_test

import (
	"database/sql"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
	"partnerdesk/backend/sqlitedb"
)

// TestTheOwnerSignsInAfterAnUpgrade with the password from before there were
// members, and goes on with the customers of before.
func TestTheOwnerSignsInAfterAnUpgrade(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	hash, err := password.NewHasher(1).Hash(t.Context(), plainPassword)
	check(t, err)
	first, err := os.ReadFile("store/migrations/00001_begin.sql")
	check(t, err)
	db, err := sqlitedb.Open(t.Context(), sqlitedb.Options{
		Path: filepath.Join(dir, "backoffice.db"), Migrations: fstest.MapFS{"00001_begin.sql": {Data: first}},
	})
	check(t, err)
	check(t, db.Tx(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `INSERT INTO partners VALUES ('p1', ?, ?, 'Our Agency', ?, 1000, 0)`,
			partnerName, partnerName, hash); err != nil {
			return err
		}
		_, err := tx.ExecContext(t.Context(), `INSERT INTO customers VALUES ('01890a5d-ac96-774b-bcce-b302099a8057', 'p1',
			'ada@shop.example', 'ada@shop.example', 'Ada', 'Byron', 'Engines', '', '', '', '', '', '', 'en', 'activated', '', '', '[]',
			'', 1000, 1000, 0, '', '', '', '', 0, 0, 1)`)
		return err
	}))
	check(t, db.Close())

	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	office, err := backoffice.Open(t.Context(), backoffice.Options{DataDir: dir, PublicURL: func() string { return "http://" + l.Addr().String() }})
	check(t, err)
	var serving sync.WaitGroup
	serving.Go(func() { _ = office.Serve(t.Context(), l) })
	t.Cleanup(func() { // after t.Context() ended
		serving.Wait()
		check(t, office.Close())
	})
	c, err := client.New("http://"+l.Addr().String(), nil)
	check(t, err)
	session, err := c.SignIn(t.Context(), partnerName, plainPassword)
	check(t, err)
	if session.Partner.ID != "p1" || session.Member.Role != api.RoleOwner || session.Member.Name != "Our Agency" {
		t.Errorf("session %+v", session)
	}
	page, err := c.Changes(t.Context(), "", 10, 0)
	check(t, err)
	if len(page.Customers) != 1 || page.Customers[0].Username != "ada@shop.example" {
		t.Fatalf("customers %+v", page)
	}
	_, err = c.LogInAs(t.Context(), page.Customers[0].ID, "a question", "")
	check(t, err)
	_, err = c.Mutate(t.Context(), []customer.Mutation{newCustomer("bob@shop.example")})
	check(t, err)
}
