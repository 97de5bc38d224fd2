package sqlitedb_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/sqlitedb"
)

func TestOpenRefusesAndKeeps(t *testing.T) {
	t.Parallel()
	made := func(t *testing.T) []byte { // a healthy file
		t.Helper()
		path := filepath.Join(t.TempDir(), "x.db")
		d := open(t, sqlitedb.Options{Path: path})
		for i := range 2000 {
			add(t, d, strings.Repeat("n", 50)+string(rune(0x4e00+i)))
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		return read(t, path)
	}
	healthy := made(t)
	overwritten := bytes.Clone(healthy)
	for i := 8192; i < len(overwritten); i++ {
		overwritten[i] = byte(i * 7)
	}
	for name, content := range map[string][]byte{
		"not a database": []byte(strings.Repeat("Dear diary, this is no database at all. ", 100)),
		"overwritten":    overwritten,
		"cut":            healthy[:len(healthy)/2/4096*4096],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "x.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: migrations(first)})
			storage(t, err, "damaged", path, "There is no backup")
			if !bytes.Equal(read(t, path), content) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestDamagedNamesTheLastBackup(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	backup, err := d.Backup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte("?"), 5000), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: migrations(first)})
	storage(t, err, "damaged", backup)
}

func TestCantOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"a folder": dir, "under a file": filepath.Join(file, "x.db")} {
		_, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: migrations(first)})
		t.Log(name, err)
		storage(t, err, "can't be opened", path)
	}
}

func TestMigrateBacksUpFirst(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "one")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, sqlitedb.Options{Path: path, Migrations: migrations(first, second)})
	if n := count(t, d); n != 1 {
		t.Errorf("%d rows", n)
	}
	if _, err := d.Read.ExecContext(t.Context(), "SELECT size FROM thing"); err != nil {
		t.Error(err)
	}
	backups := sqlitedb.Backups(path)
	if len(backups) != 1 {
		t.Fatalf("backups %v", backups)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}

	// The older program meets the newer file: refused, untouched, backup named.
	before := read(t, path)
	_, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: migrations(first)})
	storage(t, err, "newer version", backups[0])
	if !bytes.Equal(read(t, path), before) {
		t.Error("the file was changed")
	}

	// The backup is the file as it was.
	old := open(t, sqlitedb.Options{Path: backups[0]})
	if n := count(t, old); n != 1 {
		t.Errorf("%d rows in the backup", n)
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "one")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	broken := "-- +goose Up\nDELETE FROM thing;\nINSERT INTO missing VALUES (1);\n"
	if _, err := sqlitedb.Open(t.Context(), sqlitedb.Options{Path: path, Migrations: migrations(first, broken)}); err == nil {
		t.Fatal("opened")
	}
	if n := count(t, open(t, sqlitedb.Options{Path: path})); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestBackups(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	now := noon()
	d := open(t, sqlitedb.Options{Path: path, Clock: func() time.Time { return now }})
	add(t, d, "one")
	for range 10 {
		for again := range 2 {
			backup, err := d.BackupDaily(t.Context())
			if err != nil || (backup == "") != (again == 1) {
				t.Fatalf("day %v, time %d: %q, %v", now, again, backup, err)
			}
		}
		now = now.Add(24 * time.Hour)
	}
	other := filepath.Join(filepath.Dir(path), "backups", "x-notes.txt")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	all := sqlitedb.Backups(path)
	if len(all) != 7 || filepath.Base(all[0]) != "x-20260513-120000.000.db" ||
		filepath.Base(all[6]) != "x-20260507-120000.000.db" {
		t.Errorf("kept %v", all)
	}
	if n := count(t, open(t, sqlitedb.Options{Path: all[0]})); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestUnsavedWorkSurvivesAnAbruptEnd(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "one")
	// A copy of the files while they are open is what a crash leaves behind.
	crashed := filepath.Join(t.TempDir(), "x.db")
	for _, suffix := range []string{"", "-wal"} {
		if err := os.WriteFile(crashed+suffix, read(t, path+suffix), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, open(t, sqlitedb.Options{Path: crashed})); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestRestore(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	d := open(t, sqlitedb.Options{Path: path})
	add(t, d, "one")
	backup, err := d.Backup(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	damage := bytes.Repeat([]byte("?"), 5000)
	for _, name := range []string{path, path + "-wal"} {
		if err := os.WriteFile(name, damage, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keptAs, err := sqlitedb.Restore(path, backup, noon())
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, open(t, sqlitedb.Options{Path: path})); n != 1 {
		t.Errorf("%d rows", n)
	}
	if !bytes.Equal(read(t, keptAs), damage) || !bytes.Equal(read(t, keptAs+"-wal"), damage) {
		t.Error("the damaged files were not kept")
	}
	if _, err := sqlitedb.Restore(path, backup+"x", noon()); err == nil {
		t.Error("restored from nothing")
	}
	if n := count(t, open(t, sqlitedb.Options{Path: path})); n != 1 {
		t.Errorf("%d rows", n)
	}
}
