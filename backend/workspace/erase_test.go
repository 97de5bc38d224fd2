package workspace_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/workspace"
)

func (b *bench) erase(t *testing.T) error {
	t.Helper()
	o := workspace.Options{Dir: b.dir, Keyring: b.keyring, Logger: slog.New(slog.DiscardHandler)}
	return workspace.Erase(t.Context(), o, "window.json")
}

func TestEraseLeavesNothingOfOurs(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.setUp(t)
	b.connect(t, office)
	b.Close()
	if len(b.keyring.secrets) == 0 {
		t.Fatal("there was nothing in the keyring")
	}
	check(t, os.WriteFile(filepath.Join(b.dir, "window.json"), []byte("{}"), 0o600))
	mine := filepath.Join(b.dir, "my own notes.txt")
	check(t, os.WriteFile(mine, []byte("mine"), 0o600))

	unlock, err := workspace.Lock(b.dir)
	check(t, err)
	if err := b.erase(t); customer.CodeOf(err) != customer.Busy {
		t.Errorf("while it is open: %v", err)
	}
	unlock()
	check(t, b.erase(t))
	if len(b.keyring.secrets) != 0 {
		t.Errorf("the keyring still has %d secrets", len(b.keyring.secrets))
	}
	entries, err := os.ReadDir(b.dir)
	check(t, err)
	if len(entries) != 1 || entries[0].Name() != filepath.Base(mine) {
		t.Errorf("left %v, want what the user put there", entries)
	}
	check(t, os.Remove(mine))
	check(t, b.erase(t))
	if _, err := os.Stat(b.dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the empty folder stayed: %v", err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
