package sqlitedb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// kept is how many backups of a file stay.
const kept = 7

// stamp is the part of a backup's name that says when it was made, in UTC.
const stamp = "20060102-150405.000"

// Backup writes a consistent copy of the file to backups/NAME-YYYYMMDD….db
// beside it, readable by the user alone, and removes all but the last seven. It
// returns the copy's path. Writers go on meanwhile.
func (d *DB) Backup(ctx context.Context) (path string, err error) {
	dir := backupDir(d.o.Path)
	if err := prepareFolder(dir); err != nil {
		return "", d.Explain(fmt.Errorf("back up: %w", err))
	}
	path = filepath.Join(dir, backupName(d.o.Path)+d.o.Clock().UTC().Format(stamp)+".db")
	unfinished := path + ".part"
	if err := d.copyTo(ctx, unfinished); err != nil {
		_ = os.Remove(unfinished)
		return "", d.Explain(fmt.Errorf("back up: %w", err))
	}
	if err := os.Rename(unfinished, path); err != nil {
		return "", d.Explain(fmt.Errorf("back up: %w", err))
	}
	all := Backups(d.o.Path)
	for _, old := range all[min(kept, len(all)):] {
		if err := os.Remove(old); err != nil {
			return path, fmt.Errorf("remove an old backup: %w", err)
		}
	}
	return path, nil
}

// BackupDaily makes a backup unless there is one of today (UTC) already; the
// path is empty then. A throwaway database has none.
func (d *DB) BackupDaily(ctx context.Context) (path string, err error) {
	if d.o.Throwaway {
		return "", nil
	}
	today := d.o.Clock().UTC().Format(time.DateOnly)
	if all := Backups(d.o.Path); len(all) > 0 && backupTime(d.o.Path, all[0]).Format(time.DateOnly) == today {
		return "", nil
	}
	return d.Backup(ctx)
}

// Backups lists the backups of the database at path, newest first. Each was
// complete when it was made.
func Backups(path string) []string {
	entries, err := os.ReadDir(backupDir(path))
	if err != nil {
		return nil
	}
	var all []string
	for _, e := range entries {
		if name := filepath.Join(backupDir(path), e.Name()); !backupTime(path, name).IsZero() {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	slices.Reverse(all)
	return all
}

// copyTo writes the copy over a connection of its own, so that neither the
// writer nor a reader waits for it.
func (d *DB) copyTo(ctx context.Context, path string) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	pool, err := openPool(d.o, true)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "VACUUM INTO ?", path)
	if closeErr := pool.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return f.Sync() // VACUUM INTO leaves it to the system
}

func backupDir(path string) string { return filepath.Join(filepath.Dir(path), "backups") }

func backupName(path string) string {
	base := filepath.Base(path)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "-"
}

// backupTime reads when a backup of the database at path was made from its
// name; zero when it is not one.
func backupTime(path, backup string) time.Time {
	name, found := strings.CutPrefix(filepath.Base(backup), backupName(path))
	if !found {
		return time.Time{}
	}
	at, err := time.Parse(stamp+".db", name)
	if err != nil {
		return time.Time{}
	}
	return at
}
