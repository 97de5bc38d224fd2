package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	_ "modernc.org/sqlite" // looks into the files

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// create creates a customer with this username, who is mailed a link.
func create(ctx context.Context, c *client.Client, name string) error {
	first, last, company, status := "Grace", "Hopper", "Cobol & Co", customer.PendingActivate
	results, err := c.Mutate(ctx, []customer.Mutation{{
		ID: uuid.NewString(), CustomerID: uuid.NewString(), Kind: customer.Create,
		Fields: customer.Fields{Username: &name, FirstName: &first, LastName: &last, Company: &company, Status: &status},
	}})
	if err == nil && results[0].Outcome != customer.Applied {
		err = fmt.Errorf("%s: %+v", name, results[0])
	}
	return err
}

// usernames lists the customers.
func usernames(t *testing.T, c *client.Client) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for since := ""; ; {
		page, err := c.Changes(t.Context(), since, 1000, 0)
		check(t, err)
		for _, one := range page.Customers {
			all[one.Username] = true
		}
		if since = page.Next; !page.More {
			return all
		}
	}
}

func TestBackupWhileWritingAndRestore(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	s := serve(t, dir)
	addPartner(t, dir)
	c := s.client(t)
	check(t, create(t.Context(), c, "before@shop.example"))

	stop, written := make(chan struct{}), make(chan error)
	during := 0
	go func() {
		var err error
		for err == nil {
			select {
			case <-stop:
				written <- nil
				return
			default:
				err = create(t.Context(), c, fmt.Sprintf("during%d@shop.example", during))
				during++
			}
		}
		written <- err
	}()
	backup := filepath.Join(elsewhere, "office.db")
	r := must(t, run(t, "", "backup", "--data", dir, "--to", backup))
	close(stop)
	check(t, <-written)
	if !strings.HasPrefix(r.out, "Backed up to "+backup+" (") {
		t.Errorf("said %q", r.out)
	}
	info, err := os.Stat(backup)
	check(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is %v", info.Mode().Perm())
	}
	check(t, create(t.Context(), c, "after@shop.example"))
	earlier, err := c.Changes(t.Context(), "", 1000, 0)
	check(t, err)

	if r := run(t, "", "restore", "--data", dir, "--from", backup); r.code != exitFailed || !strings.Contains(r.err, "is served already") {
		t.Errorf("restored under a server: %+v", r)
	}
	s.stop(t)
	r = must(t, run(t, "", "restore", "--data", dir, "--from", backup))
	kept, err := filepath.Glob(filepath.Join(dir, "backoffice.db.replaced-*"))
	check(t, err)
	if len(kept) != 1 || !strings.Contains(r.out, "kept as "+kept[0]) {
		t.Errorf("said %q, kept %q", r.out, kept)
	}

	again := serve(t, dir)
	back, err := client.New(again.url, nil)
	check(t, err)
	_, err = back.SignIn(t.Context(), username, secret)
	check(t, err)
	all := usernames(t, back)
	if !all["before@shop.example"] || all["after@shop.example"] || len(all) > during+2 {
		t.Errorf("restored %d customers, %d were added during the backup", len(all), during)
	}
	later, err := back.Changes(t.Context(), earlier.Next, 1000, 0)
	check(t, err)
	if len(later.Customers) == 0 || later.Epoch == earlier.Epoch {
		t.Errorf("a desk would not notice: %d customers, epoch %q and %q", len(later.Customers), earlier.Epoch, later.Epoch)
	}
	check(t, create(t.Context(), back, "after@shop.example")) // and on it goes
	again.stop(t)
}

// A desk that was signed in before has to sign in again.
func TestRestoreEndsSignIns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	backup := filepath.Join(t.TempDir(), "office.db")
	addPartner(t, dir)
	s := serve(t, dir)
	s.client(t)
	must(t, run(t, "", "backup", "--data", dir, "--to", backup))
	s.stop(t)
	must(t, run(t, "", "restore", "--data", dir, "--from", backup))
	var n int
	query(t, backup, "SELECT count(*) FROM sign_ins", &n)
	if n != 1 {
		t.Errorf("the backup holds %d sign-ins", n)
	}
	query(t, backoffice.File(dir), "SELECT count(*) FROM sign_ins", &n)
	if n != 0 {
		t.Errorf("%d sign-ins outlived the restore", n)
	}
}

// query reads one value from a database that nobody uses.
func query(t *testing.T, path, statement string, into any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	check(t, err)
	defer func() { check(t, db.Close()) }()
	check(t, db.QueryRowContext(t.Context(), statement).Scan(into))
}

func execute(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=busy_timeout(10000)")
	check(t, err)
	defer func() { check(t, db.Close()) }()
	_, err = db.ExecContext(t.Context(), statement)
	check(t, err)
}

func TestRestoreRefusesAndKeeps(t *testing.T) {
	t.Parallel()
	dir, files := t.TempDir(), t.TempDir()
	addPartner(t, dir)
	good := filepath.Join(files, "good")
	must(t, run(t, "", "backup", "--data", dir, "--to", good))
	content, err := os.ReadFile(good)
	check(t, err)
	damaged := bytes.Clone(content)
	for i := 8192; i < len(damaged); i++ {
		damaged[i] = byte(i * 7)
	}
	for name, content := range map[string][]byte{
		"damaged": damaged, "cut": content[:len(content)/2/4096*4096], "text": []byte(strings.Repeat("Dear diary. ", 1000)),
		"empty": nil, "newer": content,
	} {
		check(t, os.WriteFile(filepath.Join(files, name), content, 0o600))
	}
	execute(t, filepath.Join(files, "newer"), "INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)")
	execute(t, filepath.Join(files, "other"), "CREATE TABLE diary (day TEXT)")

	before, err := os.ReadFile(backoffice.File(dir))
	check(t, err)
	for name, want := range map[string]string{
		"damaged": "The backup is damaged, or is no backup", "cut": "The backup is damaged, or is no backup",
		"text": "The backup is damaged, or is no backup", "empty": "The backup is damaged, or is no backup",
		"other": "The backup is damaged, or is no backup", "newer": "made by a newer version of this program",
	} {
		r := run(t, "", "restore", "--data", dir, "--from", filepath.Join(files, name))
		if r.code != exitFailed || !strings.Contains(r.err, want) || !strings.HasSuffix(r.err, "othing was changed.\n") {
			t.Errorf("%s: exit code %d\n%s%s", name, r.code, r.out, r.err)
		}
		after, err := os.ReadFile(backoffice.File(dir))
		check(t, err)
		if left, _ := filepath.Glob(filepath.Join(dir, "*re*")); !bytes.Equal(before, after) || len(left) != 0 {
			t.Errorf("%s: the data was changed: %q", name, left)
		}
	}
	must(t, run(t, "", "restore", "--data", dir, "--from", good))
}

// TestRestoreFromAFolderOfItsOwn: a backup may lie anywhere in the data
// folder, and stays there.
func TestRestoreFromAFolderOfItsOwn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	folder := filepath.Join(dir, "restore")
	check(t, os.Mkdir(folder, 0o700))
	backup := filepath.Join(folder, "backoffice.db")
	must(t, run(t, "", "backup", "--data", dir, "--to", backup))
	must(t, run(t, "", "restore", "--data", dir, "--from", backup))
	if _, err := os.Stat(backup); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".restore*")); len(left) != 0 {
		t.Errorf("left %q", left)
	}
}

// TestRestoreWhatWasKept: a restore can be taken back, with what was still in
// the log of a server that was killed.
func TestRestoreWhatWasKept(t *testing.T) {
	t.Parallel()
	dir, backup := t.TempDir(), filepath.Join(t.TempDir(), "office.db")
	addPartner(t, dir)
	must(t, run(t, "", "backup", "--data", dir, "--to", backup))
	s := serve(t, dir)
	check(t, create(t.Context(), s.client(t), "late@shop.example"))
	files := map[string][]byte{}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(backoffice.File(dir) + suffix)
		check(t, err)
		files[suffix] = content
	}
	s.stop(t)
	for suffix, content := range files { // as if it had been killed
		check(t, os.WriteFile(backoffice.File(dir)+suffix, content, 0o600))
	}
	must(t, run(t, "", "restore", "--data", dir, "--from", backup))
	kept, err := filepath.Glob(filepath.Join(dir, "backoffice.db.replaced-*[0-9]"))
	check(t, err)
	if len(kept) != 1 {
		t.Fatalf("kept %q", kept)
	}
	must(t, run(t, "", "restore", "--data", dir, "--from", kept[0]))
	again := serve(t, dir)
	if all := usernames(t, again.client(t)); !all["late@shop.example"] {
		t.Errorf("restored %v", all)
	}
	again.stop(t)
}

func TestRestoreWhereThereIsNothing(t *testing.T) {
	t.Parallel()
	dir, fresh := t.TempDir(), filepath.Join(t.TempDir(), "fresh")
	addPartner(t, dir)
	into := t.TempDir()
	r := must(t, run(t, "", "backup", "--data", dir, "--to", into)) // under a name of its own
	files, err := filepath.Glob(filepath.Join(into, "backoffice-*.db"))
	check(t, err)
	if len(files) != 1 || !strings.Contains(r.out, files[0]) {
		t.Fatalf("said %q, wrote %q", r.out, files)
	}
	if r := must(t, run(t, "", "restore", "--data", fresh, "--from", files[0])); strings.Contains(r.out, "kept") {
		t.Errorf("said %q", r.out)
	}
	serve(t, fresh).client(t)
}

func TestBackupMistakes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	taken := filepath.Join(t.TempDir(), "taken")
	check(t, os.WriteFile(taken, []byte("precious"), 0o600))
	for _, test := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"backup"}, exitUsage, "--to is needed"},
		{[]string{"backup", "--to", taken}, exitUsage, "--to names a file that exists already"},
		{[]string{"backup", "--to", filepath.Join(taken, "below")}, exitFailed, "not a directory"},
		{[]string{"backup", "--data", dir + "/typo", "--to", taken + "2"}, exitUsage, "--data names a folder that holds no Back Office"},
		{[]string{"restore"}, exitUsage, "--from is needed"},
		{[]string{"restore", "--from", taken + "2"}, exitUsage, "--from names no file"},
	} {
		r := run(t, "", append([]string{test.args[0], "--data", dir}, test.args[1:]...)...)
		if r.code != test.code || !strings.Contains(r.err, test.want) {
			t.Errorf("%q: exit code %d\n%s%s", test.args, r.code, r.out, r.err)
		}
	}
	if content, err := os.ReadFile(taken); err != nil || string(content) != "precious" {
		t.Errorf("%q %v", content, err)
	}
}

// The database is not upgraded under a server of an older version.
func TestCommandsBesideAnOlderServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	s := serve(t, dir)
	execute(t, backoffice.File(dir), "DELETE FROM goose_db_version WHERE version_id = (SELECT max(version_id) FROM goose_db_version)")
	r := run(t, "", "partner", "list", "--data", dir)
	if r.code != exitFailed || !strings.Contains(r.err, "in use by an older version") {
		t.Errorf("%+v", r)
	}
	must(t, run(t, "", "backup", "--data", dir, "--to", t.TempDir())) // before the upgrade, say
	s.stop(t)
}
