package sqlitedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Copy writes a consistent copy of the database at from, which may be in use,
// to a new file, readable by the user alone. The copy is read through before
// it gets its name: a file that is there is complete and whole. Returns
// fs.ErrExist when there is a file of that name already.
func Copy(ctx context.Context, from, to string) error {
	d := &DB{o: Options{Path: from}}
	if _, err := os.Stat(from); err != nil { // SQLite would make it
		return d.cantOpen(err)
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	if _, err := os.Lstat(to); err == nil { // said before the work
		return fmt.Errorf("copy: %s: %w", to, fs.ErrExist)
	}
	part, err := os.CreateTemp(filepath.Dir(to), filepath.Base(to)+".*.part") // so that two don't write one
	if err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	unfinished := part.Name()
	defer func() { _ = os.Remove(unfinished) }() // what is left of a copy that failed, or its first name
	if err := part.Close(); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	if err := d.copyTo(ctx, unfinished); err != nil {
		return (&DB{o: Options{Path: to}}).Explain(fmt.Errorf("copy: %w", err))
	}
	if err := Check(ctx, unfinished); err != nil {
		return fmt.Errorf("check the copy: %w", err)
	}
	if err := giveName(unfinished, to); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// giveName gives a complete file its name, which must be free: fs.ErrExist
// otherwise.
func giveName(unfinished, name string) error {
	err := os.Link(unfinished, name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	taken, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // a disk without second names
	if err != nil {
		return err
	}
	if err := errors.Join(taken.Close(), os.Rename(unfinished, name)); err != nil {
		return errors.Join(err, os.Remove(name))
	}
	return nil
}

// CopyUnused writes what a database that nobody uses holds, with the log that
// may lie beside it, to a new file. Neither of them is changed. What is copied
// without a log is not looked at.
func CopyUnused(ctx context.Context, from, to string) (err error) {
	d := &DB{o: Options{Path: from}}
	if _, err := os.Stat(from + "-wal"); errors.Is(err, fs.ErrNotExist) {
		return d.Explain(copyFile(from, to))
	}
	whole := to + ".whole" // SQLite moves the log into the file that it opens
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			_ = os.Remove(whole + suffix)
		}
	}()
	for _, suffix := range []string{"", "-wal"} {
		if err := copyFile(from+suffix, whole+suffix); err != nil {
			return d.Explain(err)
		}
	}
	return Copy(ctx, whole, to)
}

// Check reads a database file that nobody uses from its beginning to its end,
// and changes nothing. Returns ErrDamaged for one that is damaged, no database,
// or lacks one of these tables.
func Check(ctx context.Context, path string, tables ...string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("check: %w", err)
	}
	d := &DB{o: Options{Path: path}}
	defer func() { err = d.Explain(err) }()
	if _, err := os.Stat(path); err != nil {
		return d.cantOpen(err)
	}
	if d.Read, err = sql.Open("sqlite", unusedDSN(path)); err != nil {
		return err
	}
	defer func() { _ = d.Close() }() // it was only read
	var found string
	if err := d.Read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return fmt.Errorf("check: %w", err)
	}
	if found != "ok" {
		return d.damaged(fmt.Errorf("check: %s", found))
	}
	var names string
	if err := d.Read.QueryRowContext(ctx, "SELECT coalesce(group_concat(name, ' '), '') FROM sqlite_schema WHERE type = 'table'").
		Scan(&names); err != nil {
		return fmt.Errorf("read the tables: %w", err)
	}
	for _, table := range tables {
		if !slices.Contains(strings.Fields(names), table) {
			return d.damaged(fmt.Errorf("no table %s", table))
		}
	}
	return nil
}

// unusedDSN reads a file as it is, without a log beside it.
func unusedDSN(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // a Windows drive
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: "mode=ro&immutable=1"}).String()
}
