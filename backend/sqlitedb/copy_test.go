package sqlitedb_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"partnerdesk/backend/sqlitedb"
)

func TestCopyIsWholeAndNewOrNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "Ada") // in the log as yet
	to := filepath.Join(dir, "copy.db")
	if err := sqlitedb.Copy(t.Context(), path, to); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(to)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	copied := open(t, sqlitedb.Options{Path: to})
	var n int
	if err := copied.Read.QueryRow("SELECT count(*) FROM thing").Scan(&n); err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}

	if err := sqlitedb.Copy(t.Context(), path, to); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	storage(t, sqlitedb.Copy(t.Context(), filepath.Join(dir, "none.db"), filepath.Join(dir, "new.db")), "can't be opened")
	damaged := filepath.Join(dir, "damaged.db")
	if err := os.WriteFile(damaged, make([]byte, 8192), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sqlitedb.Copy(t.Context(), damaged, filepath.Join(dir, "new.db")); err == nil {
		t.Error("copied what is no database")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "n*")); len(left) != 0 {
		t.Errorf("left %q", left)
	}
}

// TestCopyHasItsNameOnlyWhenItIsComplete: a program that is killed in the
// middle leaves nothing that looks like a backup.
func TestCopyHasItsNameOnlyWhenItIsComplete(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, to := filepath.Join(dir, "x.db"), filepath.Join(dir, "copy.db")
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	other.SetMaxOpenConns(1)
	for _, statement := range []string{"CREATE TABLE thing (name TEXT)", "BEGIN EXCLUSIVE"} { // without a log, so that a copy waits
		if _, err := other.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	copied := make(chan error, 1)
	go func() { copied <- sqlitedb.Copy(t.Context(), path, to) }()
	for begun := false; !begun; {
		unfinished, err := filepath.Glob(filepath.Join(dir, "copy.db*.part"))
		if err != nil {
			t.Fatal(err)
		}
		begun = len(unfinished) > 0
		select {
		case err := <-copied:
			t.Fatalf("copied what is locked: %v", err)
		default:
		}
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy has its name before it is complete: %v", err)
	}
	if _, err := other.ExecContext(t.Context(), "COMMIT"); err != nil {
		t.Fatal(err)
	}
	if err := <-copied; err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "copy*")); len(left) != 1 || left[0] != to {
		t.Errorf("left %q", left)
	}
}

// TestCopyUnusedTakesTheLogAlong, and changes neither.
func TestCopyUnusedTakesTheLogAlong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "Ada")
	kept, to := filepath.Join(dir, "kept"), filepath.Join(dir, "copy.db")
	for _, suffix := range []string{"", "-wal"} { // as a program leaves them that is killed
		if err := os.WriteFile(kept+suffix, read(t, path+suffix), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, log := read(t, kept), read(t, kept+"-wal")
	if err := sqlitedb.CopyUnused(t.Context(), kept, to); err != nil {
		t.Fatal(err)
	}
	if n := count(t, open(t, sqlitedb.Options{Path: to})); n != 1 {
		t.Errorf("%d rows", n)
	}
	if !bytes.Equal(before, read(t, kept)) || !bytes.Equal(log, read(t, kept+"-wal")) {
		t.Error("what was copied is another now")
	}
	if left, _ := filepath.Glob(to + ".*"); len(left) != 0 {
		t.Errorf("left %q", left)
	}
	for _, suffix := range []string{"", "-wal"} { // the log alone would hold every page
		if err := os.WriteFile(kept+suffix, bytes.Repeat([]byte("?"), 8192), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := sqlitedb.CopyUnused(t.Context(), kept, to+"2"); !errors.Is(err, sqlitedb.ErrDamaged) {
		t.Errorf("a damaged file with a log: %v", err)
	}
}

func TestCheckNamesWhatIsDamaged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := sqlitedb.Check(t.Context(), path, "thing"); err != nil {
		t.Error(err)
	}
	if err := sqlitedb.Check(t.Context(), path, "thing", "faces"); !errors.Is(err, sqlitedb.ErrDamaged) {
		t.Errorf("without a table: %v", err)
	}
	if err := sqlitedb.Check(t.Context(), path+"x"); err == nil || errors.Is(err, sqlitedb.ErrDamaged) {
		t.Errorf("a file that is not there: %v", err)
	}
}
