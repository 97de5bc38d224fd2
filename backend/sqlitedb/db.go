package sqlitedb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"time"
)

// Options say which file to open and how.
type Options struct {
	// Path is the database file. Its folder is made when it is missing.
	Path string
	// Migrations holds numbered goose .sql files at its root. They are
	// append-only, one transaction each.
	Migrations fs.FS
	// Clock names the backups; nil means the real one.
	Clock func() time.Time
	// Throwaway gives up safety for speed (synchronous=OFF, no backups): for
	// sample workspaces and the like.
	Throwaway bool
	// InUse says that another program has the file open. It is not upgraded
	// under that program then: one of another version is a *customer.Error with
	// code busy.
	InUse bool
}

// DB is an open database file.
type DB struct {
	// Write has a single connection, so that writers queue in Go and never meet
	// SQLITE_BUSY. Its transactions take the write lock when they begin.
	Write *sql.DB
	// Read has several connections, which can't change anything.
	Read *sql.DB

	o Options
}

// Open opens the file, making it when it is missing, and migrates it. A file
// that can't be opened, comes from a newer version or is damaged is left as it
// is, and the failure is a *customer.Error with code storage that says so and
// names the last good backup.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return nil, fmt.Errorf("find the database %s: %w", o.Path, err)
	}
	o.Path = path
	d := &DB{o: o}
	fresh, err := prepareFile(path)
	if err != nil {
		return nil, d.cantOpen(err)
	}
	if err := d.open(ctx, fresh); err != nil {
		_ = d.Close()
		return nil, d.Explain(err)
	}
	return d, nil
}

func (d *DB) open(ctx context.Context, fresh bool) error {
	var err error
	if d.Write, err = openPool(d.o, true); err != nil {
		return err
	}
	d.Write.SetMaxOpenConns(1)
	if err := d.checkWriter(ctx); err != nil {
		return err
	}
	if !fresh {
		if err := d.quickCheck(ctx); err != nil {
			return err
		}
	}
	if err := d.migrate(ctx, fresh); err != nil {
		return err
	}
	if d.Read, err = openPool(d.o, false); err != nil {
		return err
	}
	readers := max(4, runtime.NumCPU())
	d.Read.SetMaxOpenConns(readers)
	d.Read.SetMaxIdleConns(readers)
	return expect(ctx, d.Read, "query_only", "1")
}

// lastQueries is how long Close waits for those who still read or write.
const lastQueries = 5 * time.Second

// Close ends every connection, those in use as soon as they are free: a file
// that is still open can't be removed on Windows. The last one moves the
// write-ahead log into the file.
func (d *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{d.Read, d.Write} {
		if pool == nil {
			continue
		}
		errs = append(errs, pool.Close())
		// database/sql closes a connection in use when it is given back, but
		// has no way to wait for that.
		for end := time.Now().Add(lastQueries); pool.Stats().OpenConnections > 0; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				errs = append(errs, fmt.Errorf("close %s: a query does not end", d.o.Path))
				break
			}
		}
	}
	return errors.Join(errs...)
}

// Path is the absolute path of the file.
func (d *DB) Path() string { return d.o.Path }

// Tx runs f in a transaction of the writer. An error of f, or a panic, rolls
// it back. Failures of the disk come back as a *customer.Error.
func (d *DB) Tx(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := d.Write.BeginTx(ctx, nil)
	if err != nil {
		return d.Explain(fmt.Errorf("begin: %w", err))
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := f(tx); err != nil {
		return d.Explain(err)
	}
	if err := tx.Commit(); err != nil {
		return d.Explain(fmt.Errorf("commit: %w", err))
	}
	return nil
}
