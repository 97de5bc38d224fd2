package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

// TestARestoredBackOfficeIsHeardAgain goes back to a backup that knows less
// than the desk has seen: what changes from then on must still reach the desk.
func TestARestoredBackOfficeIsHeardAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	file := filepath.Join(b.dir, "local", "backoffice", "backoffice.db")
	b.until(t, "today's backup is there", func() bool { return len(sqlitedb.Backups(file)) > 0 })
	saved := func(id string) func() bool {
		return func() bool {
			got, err := b.desk(t).Customer(t.Context(), id)
			return err == nil && got.Customer.MailState == customer.MailSaved
		}
	}
	for _, username := range []string{"anna@bikes.example", "anton@bikes.example", "ans@bikes.example"} {
		b.until(t, "the desk knows that the mail is a file", saved(b.add(t, username, customer.PendingActivate, "").ID))
	}
	b.Close()
	if err := os.WriteFile(file, []byte(strings.Repeat("this is not a database", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	b.Start(t.Context(), false)
	if s, err := b.RestoreBackup(t.Context()); err != nil || s.Problem != nil {
		t.Fatalf("restored: %+v, %v", s, err)
	}
	c := b.add(t, "bob@bikes.example", customer.PendingActivate, "")
	b.until(t, "the desk hears of the mail after the restoring", saved(c.ID))
}
