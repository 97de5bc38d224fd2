package sqlitedb_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
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
	if err != nil || info.Mode().Perm() != 0o600 {
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
