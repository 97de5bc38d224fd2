package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"partnerdesk/backend/customer"
)

// tx is one writing transaction and what has to be told after its commit.
type tx struct {
	*sql.Tx
	o       *Options
	now     customer.Time
	touched map[string]bool // partners whose customers or visits changed, or a sign-in ended
	mailed  bool
	quiet   bool // no mails for changes of status or username
}

// write runs do in one transaction and commits unless it fails; then it tells
// those who wait for changes and the mail queue.
func (s *Store) write(ctx context.Context, do func(*tx) error) error {
	return s.db.Explain(s.transact(ctx, do))
}

func (s *Store) transact(ctx context.Context, do func(*tx) error) error {
	begun, err := s.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	t := &tx{Tx: begun, o: &s.o, now: customer.At(s.o.Clock()), touched: map[string]bool{}}
	if err := do(t); err != nil {
		if back := begun.Rollback(); back != nil && !errors.Is(back, sql.ErrTxDone) {
			return errors.Join(err, back)
		}
		return err
	}
	if err := begun.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	s.announce(t.touched)
	if t.mailed && s.o.MailQueued != nil {
		s.o.MailQueued()
	}
	return nil
}

// exec runs a statement and returns the number of rows it changed.
func (t *tx) exec(ctx context.Context, what, query string, args ...any) (int64, error) {
	done, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("%s: %w", what, err)
	}
	return n, nil
}

// querier is a *sql.DB or a *sql.Tx.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads all rows of a query with scan.
func collect[T any](ctx context.Context, q querier, what string, scan func(func(...any) error) (T, error), query string, args ...any) (out []T, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	out = []T{}
	for rows.Next() {
		v, err := scan(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return out, nil
}

// oneText reads a single text value.
func oneText(scan func(...any) error) (v string, err error) {
	err = scan(&v)
	return v, err
}

// since is the moment d before now.
func since(now customer.Time, d time.Duration) customer.Time {
	return now - customer.Time(d.Milliseconds())
}

// after is the moment d after now.
func after(now customer.Time, d time.Duration) customer.Time {
	return now + customer.Time(d.Milliseconds())
}
