package workspace_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/workspace"
)

// open is the id of the known workspace that is marked as open, or "".
func openOf(s workspace.State) (id string) {
	for _, k := range s.Known {
		if k.Open {
			id += k.ID
		}
	}
	return id
}

func TestSeveralWorkspacesAreKnownAndOneIsOpen(t *testing.T) {
	t.Parallel()
	first, second := share(t, nil), share(t, nil)
	b := newBench(t)
	b.setUp(t)
	b.add(t, "local@bikes.example", customer.PendingActivate, "")
	one := b.connect(t, first).Workspace.ID
	b.add(t, "first@bikes.example", customer.PendingActivate, "")
	s := b.connect(t, second)
	two := s.Workspace.ID
	var order []string
	for _, k := range s.Known {
		order = append(order, k.ID)
	}
	if want := []string{"local", one, two}; strings.Join(order, " ") != strings.Join(want, " ") || openOf(s) != two {
		t.Fatalf("known = %+v, want %s", s.Known, want)
	}
	b.add(t, "second@bikes.example", customer.PendingActivate, "")
	for id, username := range map[string]string{"local": "local@bikes.example", one: "first@bikes.example", two: "second@bikes.example"} {
		s, err := b.OpenWorkspace(t.Context(), id)
		if err != nil || s.Screen != workspace.ScreenList || s.Workspace.ID != id || openOf(s) != id {
			t.Fatalf("open %s: %+v, %v", id, s, err)
		}
		page, err := b.desk(t).List(t.Context(), customer.Query{Limit: 10})
		if err != nil || page.Total != 1 || page.Rows[0].Username != username {
			t.Errorf("customers of %s = %+v, %v", id, page, err)
		}
		if s := b.restart(t); s.Workspace.ID != id || len(s.Known) != 3 {
			t.Errorf("after a restart: %+v", s)
		}
	}
	for _, id := range []string{"", "sample", "..", "nowhere"} {
		if s, err := b.OpenWorkspace(t.Context(), id); customer.CodeOf(err) != customer.NotFound || s.Screen != workspace.ScreenList {
			t.Errorf("open %q: %+v, %v", id, s, err)
		}
	}
}

// TestChangesWaitWhileAnotherWorkspaceIsOpen: closing one loses nothing.
func TestChangesWaitWhileAnotherWorkspaceIsOpen(t *testing.T) {
	t.Parallel()
	office, other := share(t, nil), share(t, nil)
	b := newBench(t)
	id := b.connect(t, office).Workspace.ID
	office.answers(hangUp)
	b.queue(t, "anna@bikes.example")
	b.connect(t, other)
	office.answers(nil)
	if _, err := b.OpenWorkspace(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.until(t, "what waited is at the Back Office", func() bool { return office.usernames(t)["anna@bikes.example"] })
	if len(other.usernames(t)) != 0 {
		t.Error("the change went to another Back Office")
	}
}

func TestForgetAsksWhenChangesWait(t *testing.T) {
	t.Parallel()
	office, other := share(t, nil), share(t, nil)
	b := newBench(t)
	id := b.connect(t, office).Workspace.ID
	b.untilPhase(t, syncing.Saved)
	office.answers(hangUp)
	b.queue(t, "anna@bikes.example")
	refused := func(message string) {
		t.Helper()
		s, err := b.ForgetWorkspace(t.Context(), id, false)
		if customer.CodeOf(err) != customer.Conflict || err.Error() != message || s.Screen != workspace.ScreenList {
			t.Errorf("forget: %+v, %v, want %q", s, err, message)
		}
	}
	refused("One change has not reached the Back Office and would be lost.")
	b.queue(t, "bob@bikes.example")
	refused("2 changes have not reached the Back Office and would be lost.")
	b.connect(t, other) // so that it is not open any more
	refused("2 changes have not reached the Back Office and would be lost.")
	s, err := b.ForgetWorkspace(t.Context(), id, true)
	if err != nil || len(s.Known) != 1 || s.Workspace.ID == id || s.Screen != workspace.ScreenList {
		t.Fatalf("forgotten: %+v, %v", s, err)
	}
	if _, there := b.keyring.secrets[id]; there || len(b.keyring.secrets) != 1 {
		t.Errorf("%d secrets in the keyring", len(b.keyring.secrets))
	}
	left, err := filepath.Glob(filepath.Join(b.dir, "shared", "*"))
	if err != nil || len(left) != 1 || filepath.Base(left[0]) != s.Workspace.ID {
		t.Errorf("folders %q, %v", left, err)
	}
}

func TestForgettingTheOpenOneShowsTheNext(t *testing.T) {
	t.Parallel()
	first, second := share(t, nil), share(t, nil)
	b := newBench(t)
	one := b.connect(t, first).Workspace.ID
	two := b.connect(t, second).Workspace.ID
	b.untilPhase(t, syncing.Saved)
	s, err := b.ForgetWorkspace(t.Context(), two, false)
	if err != nil || s.Screen != workspace.ScreenList || s.Workspace.ID != one {
		t.Fatalf("forgot the open one: %+v, %v", s, err)
	}
	for _, token := range second.tokens() {
		if second.works(t, token) {
			t.Error("the sign-in of the forgotten one still works")
		}
	}
	b.untilPhase(t, syncing.Saved)
	s, err = b.ForgetWorkspace(t.Context(), one, false)
	if err != nil || s.Screen != workspace.ScreenWelcome || len(s.Known) != 0 || s.Workspace.ID != "" {
		t.Fatalf("forgot the last one: %+v, %v", s, err)
	}
	if s := b.restart(t); s.Screen != workspace.ScreenWelcome {
		t.Errorf("after a restart: %+v", s)
	}
	if _, err := b.UseThisComputer(t.Context(), workspace.Owner{Name: "Wheel Agency", Username: "agency@wheels.example", Password: ownerPassword}); err != nil {
		t.Error(err)
	}
}

func TestTheWorkspaceOfThisComputerCantBeForgotten(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	s, err := b.ForgetWorkspace(t.Context(), "local", true)
	if customer.CodeOf(err) != customer.Conflict || s.Screen != workspace.ScreenList || len(s.Known) != 1 {
		t.Errorf("forgot: %+v, %v", s, err)
	}
}

// TestDataFromBeforeSharingOpens: a folder with local/ and nothing beside it.
func TestDataFromBeforeSharingOpens(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	b.Close()
	raw, err := os.ReadFile(filepath.Join("testdata", "workspace-0.1.json"))
	if err != nil {
		t.Fatal(err)
	}
	id := ""
	for key := range b.keyring.secrets {
		id = key
	}
	text := strings.ReplaceAll(string(raw), "ID", id)
	if err := os.WriteFile(filepath.Join(b.dir, "local", "workspace.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(b.dir, "desk.json")); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	s := b.Start(t.Context(), false)
	if s.Screen != workspace.ScreenList || s.Workspace.ID != "local" || s.Workspace.Role != "owner" || !s.SignedIn || openOf(s) != "local" {
		t.Fatalf("state = %+v", s)
	}
	if !b.has(t, "anna@bikes.example")() {
		t.Error("the customer is gone")
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "")
}

func TestADamagedSharedReplicaIsToldKeptAndRestored(t *testing.T) {
	t.Parallel()
	office, other := share(t, nil), share(t, nil)
	b := newBench(t)
	b.connect(t, other)
	id := b.connect(t, office).Workspace.ID
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	file := filepath.Join(b.dir, "shared", id, "replica.db")
	b.until(t, "today's backup is there", func() bool { return len(sqlitedb.Backups(file)) > 0 })
	b.Close()
	broken := []byte(strings.Repeat("this is not a database", 1000))
	if err := os.WriteFile(file, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, log := range []string{"-wal", "-shm"} { // a log that is left would mend the file
		_ = os.Remove(file + log) // usually gone already
	}
	b.again(t)
	s := b.Start(t.Context(), false)
	if s.Screen != workspace.ScreenProblem || s.Problem == nil || s.Problem.Code != customer.Storage || s.Backup == 0 || len(s.Known) != 2 {
		t.Fatalf("state = %+v, want the problem told and a backup offered", s)
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != string(broken) {
		t.Errorf("the damaged file was not kept: %v", err)
	}
	if _, err := b.ForgetWorkspace(t.Context(), id, false); customer.CodeOf(err) != customer.Conflict ||
		err.Error() != "The data can't be read, so changes may be in it that would be lost." {
		t.Errorf("forgot what can't be counted: %v", err)
	}
	for _, k := range s.Known { // the other one still opens
		if s, err := b.OpenWorkspace(t.Context(), k.ID); k.ID != id && (err != nil || s.Screen != workspace.ScreenList) {
			t.Errorf("open another: %+v, %v", s, err)
		}
	}
	if s, err := b.OpenWorkspace(t.Context(), id); customer.CodeOf(err) != customer.Storage || s.Screen != workspace.ScreenProblem {
		t.Errorf("open the damaged one: %+v, %v", s, err)
	}
	if s, err := b.RestoreBackup(t.Context()); err != nil || s.Screen != workspace.ScreenList || s.Workspace.ID != id {
		t.Fatalf("restored: %+v, %v", s, err)
	}
	b.until(t, "the customer is there", b.has(t, "anna@bikes.example"))
	b.Close()
	if err := os.WriteFile(file, broken, 0o600); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	b.Start(t.Context(), false)
	if s, err := b.ForgetWorkspace(t.Context(), id, true); err != nil || s.Screen != workspace.ScreenList || s.Problem != nil || len(s.Known) != 1 {
		t.Errorf("forgot the damaged one: %+v, %v", s, err)
	}
}

func TestThisComputerIsUsedBesideASharedBackOffice(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	id := b.connect(t, office).Workspace.ID
	owner := workspace.Owner{Name: "Wheel Agency", Username: "agency@wheels.example", Password: ownerPassword}
	s, err := b.UseThisComputer(t.Context(), owner)
	if err != nil || s.Screen != workspace.ScreenList || openOf(s) != "local" || len(s.Known) != 2 {
		t.Fatalf("state = %+v, %v", s, err)
	}
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if len(office.usernames(t)) != 0 {
		t.Error("the customer went to the shared Back Office")
	}
	if s, err := b.OpenWorkspace(t.Context(), id); err != nil || openOf(s) != id {
		t.Errorf("back: %+v, %v", s, err)
	}
	if s, err := b.UseThisComputer(t.Context(), owner); customer.CodeOf(err) != customer.Conflict || openOf(s) != id {
		t.Errorf("used twice: %+v, %v", s, err)
	}
}

func TestMailIsSetWhereTheBackOfficeRuns(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.connect(t, share(t, nil))
	_, err := b.MailSettings()
	_, saveErr := b.SaveMailSettings(t.Context(), workspace.MailSettings{})
	for _, err := range []error{err, saveErr, b.SendTestMail(t.Context(), workspace.MailSettings{}, "a@b.example")} {
		var e *customer.Error
		if !errors.As(err, &e) || e.Code != customer.Conflict || e.Message == "" {
			t.Errorf("error = %v", err)
		}
	}
}

func TestSharedFilesAreForTheUserAlone(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.connect(t, share(t, nil))
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	err := filepath.WalkDir(b.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v, want it readable by the user alone", path, info.Mode())
		}
		if entry.IsDir() {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err == nil && strings.Contains(string(raw), memberPassword) {
			t.Errorf("%s holds the password in clear", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
