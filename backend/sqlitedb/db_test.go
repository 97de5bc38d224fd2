package sqlitedb_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/sqlitedb"
)

const first = `-- +goose Up
CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE part (thing INTEGER NOT NULL REFERENCES thing (id)) STRICT;
`

const second = `-- +goose Up
ALTER TABLE thing ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
`

func migrations(files ...string) fs.FS {
	m := fstest.MapFS{}
	for i, f := range files {
		m[string(rune('1'+i))+"_step.sql"] = &fstest.MapFile{Data: []byte(f)}
	}
	return m
}

func noon() time.Time { return time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC) }

func open(t *testing.T, o sqlitedb.Options) *sqlitedb.DB {
	t.Helper()
	if o.Migrations == nil {
		o.Migrations = migrations(first)
	}
	if o.Clock == nil {
		o.Clock = noon
	}
	d, err := sqlitedb.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func add(t *testing.T, d *sqlitedb.DB, name string) {
	t.Helper()
	err := d.Tx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO thing (name) VALUES (?)", name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, d *sqlitedb.DB) (n int) {
	t.Helper()
	if err := d.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM thing").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpenKeepsFilesPrivate(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir := filepath.Join(t.TempDir(), "data", "deep")
	path := filepath.Join(dir, "a ?#%25 name.db") // every character that a URI gives a meaning
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "one")
	backup, err := d.Backup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{
		dir: 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600,
		filepath.Dir(backup): 0o700, backup: 0o600,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", name, got, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 4 {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestOpenClosesAReadableFile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "x.db")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, sqlitedb.Options{Path: path})
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	// A folder that was there and held something keeps its mode.
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("folder %v, %v", info.Mode(), err)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if _, err := d.Read.ExecContext(t.Context(), "INSERT INTO thing (name) VALUES ('x')"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestForeignKeysAreOn(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	_, err := d.Write.ExecContext(t.Context(), "INSERT INTO part VALUES (7)")
	if err == nil || sqlitedb.IsUnique(err) {
		t.Errorf("got %v", err)
	}
}

func TestIsUnique(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	add(t, d, "one")
	for _, q := range []string{"INSERT INTO thing (name) VALUES ('one')", "INSERT INTO thing VALUES (1, 'two')"} {
		if _, err := d.Write.ExecContext(t.Context(), q); !sqlitedb.IsUnique(err) {
			t.Errorf("%s: %v is not unique", q, err)
		}
	}
	for _, err := range []error{nil, sql.ErrNoRows, errors.New("UNIQUE constraint failed")} {
		if sqlitedb.IsUnique(err) {
			t.Errorf("%v is unique", err)
		}
	}
}

func TestTxRollsBack(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	insert := func(tx *sql.Tx) {
		if _, err := tx.ExecContext(t.Context(), "INSERT INTO thing (name) VALUES ('x')"); err != nil {
			t.Error(err)
		}
	}
	boom := errors.New("boom")
	if err := d.Tx(t.Context(), func(tx *sql.Tx) error { insert(tx); return boom }); !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = d.Tx(t.Context(), func(tx *sql.Tx) error { insert(tx); panic("boom") })
	}()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Tx(ended, func(*sql.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := count(t, d); n != 0 {
		t.Errorf("%d rows stayed", n)
	}
	add(t, d, "the writer is free")
}

func TestThrowaway(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db"), Throwaway: true})
	add(t, d, "one")
	if path, err := d.BackupDaily(t.Context()); path != "" || err != nil {
		t.Errorf("backed up to %q, %v", path, err)
	}
}

// storage checks that err says one thing to the user, and says each part.
func storage(t *testing.T, err error, parts ...string) {
	t.Helper()
	var plain *customer.Error
	if !errors.As(err, &plain) || plain.Code != customer.Storage {
		t.Fatalf("got %v", err)
	}
	for _, part := range parts {
		if !strings.Contains(plain.Message, part) {
			t.Errorf("%q does not say %q", plain.Message, part)
		}
	}
}

func TestDiskFull(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	add(t, d, "one")
	if _, err := d.Write.ExecContext(t.Context(), "PRAGMA max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	err := d.Tx(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO thing (name) VALUES (?)", strings.Repeat("x", 1<<20))
		return err
	})
	storage(t, err, "disk is full", d.Path())
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestCloseWaitsForAReader(t *testing.T) {
	t.Parallel()
	d := open(t, sqlitedb.Options{Path: filepath.Join(t.TempDir(), "d.db")})
	tx, err := d.Read.BeginTx(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	var over atomic.Bool
	go func() {
		for d.Read.PingContext(context.Background()) == nil { // until Close is at work
			runtime.Gosched()
		}
		over.Store(true)
		_ = tx.Rollback()
	}()
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if !over.Load() {
		t.Error("closed while a reader had the file open")
	}
	if n := d.Read.Stats().OpenConnections; n != 0 {
		t.Errorf("%d connections are open", n)
	}
}
