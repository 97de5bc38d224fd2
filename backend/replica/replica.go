package replica

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"partnerdesk/backend/sqlitedb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options are what a replica needs from outside.
type Options struct {
	Clock func() time.Time // required
	NewID func() string    // makes mutation ids (UUIDv7); required
	// Throwaway gives up safety for speed; for a sample workspace.
	Throwaway bool
}

// Replica is an open replica. Its methods may be called at the same time.
type Replica struct {
	db *sqlitedb.DB
	o  Options

	version atomic.Int64 // grows with every change to customers or the outbox
	search  searching

	mu      sync.Mutex
	changed chan struct{} // closed at the next change
}

// Open opens the replica at path, making it when it is missing. Failures that
// a user can meet are a *customer.Error with code storage or busy.
func Open(ctx context.Context, path string, o Options) (*Replica, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	db, err := sqlitedb.Open(ctx, sqlitedb.Options{
		Path: path, Migrations: files, Clock: o.Clock, Throwaway: o.Throwaway,
	})
	if err != nil {
		return nil, fmt.Errorf("open the replica: %w", err)
	}
	if err := db.Tx(ctx, func(tx *sql.Tx) error {
		s := prepared(tx)
		defer s.close()
		return derive(ctx, s)
	}); err != nil {
		return nil, errors.Join(fmt.Errorf("open the replica: %w", err), db.Close())
	}
	return &Replica{db: db, o: o, changed: make(chan struct{}), search: searching{step: make(chan struct{}, 1)}}, nil
}

// Close closes the file.
func (r *Replica) Close() error {
	r.stopLoading()
	return r.db.Close()
}

// BackupDaily makes a backup unless there is one of today; the path is empty then.
func (r *Replica) BackupDaily(ctx context.Context) (path string, err error) {
	return r.db.BackupDaily(ctx)
}

// Changed returns a channel that is closed after the next commit that changed
// a customer or the outbox. Take it before reading, so that nothing is missed.
func (r *Replica) Changed() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

// change runs f in a transaction, brings what it changed into the index, and
// then tells whoever waits on Changed.
func (r *Replica) change(ctx context.Context, what string, f func(*statements) error) error {
	if err := r.commit(ctx, f); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	r.version.Add(1)
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.changed)
	r.changed = make(chan struct{})
	return nil
}

func (r *Replica) commit(ctx context.Context, f func(*statements) error) error {
	if err := r.search.lock(ctx); err != nil {
		return err
	}
	defer r.search.unlock()
	var t touched
	err := r.db.Tx(ctx, func(tx *sql.Tx) error {
		s := prepared(tx)
		defer s.close()
		if err := watch(ctx, s); err != nil {
			return err
		}
		if err := f(s); err != nil {
			return err
		}
		changed, err := whatChanged(ctx, s)
		if err == nil {
			t = changed // from here on only the commit can fail
		}
		return err
	})
	switch {
	case err == nil:
		r.search.take(t)
	case errors.Is(err, ctx.Err()), errors.Is(err, sql.ErrTxDone): // rolled back
	case len(t.docs)+len(t.gone) > 0: // the disk failed, and what it holds is not certain
		r.search.index.Store(nil)
	}
	return err
}

// look runs f in a transaction of a reader: one moment of the database.
func (r *Replica) look(ctx context.Context, what string, f func(*sql.Tx) error) error {
	tx, err := r.db.Read.BeginTx(ctx, nil)
	if err == nil {
		defer func() { _ = tx.Rollback() }()
		err = f(tx)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, r.db.Explain(err))
	}
	return nil
}
