package replica

import (
	"context"
	"database/sql"
)

// querier is a transaction, or one that prepares each of its statements once.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// statements is a transaction that prepares each statement once, for many rows.
// When ctx ends, the one that runs still does its work, and the next one fails: to
// watch ctx within a statement takes the driver a goroutine each time.
type statements struct {
	tx       *sql.Tx
	prepared map[string]*sql.Stmt
}

var (
	_ querier = (*sql.Tx)(nil)
	_ querier = (*statements)(nil)
)

func prepared(tx *sql.Tx) *statements { return &statements{tx: tx, prepared: map[string]*sql.Stmt{}} }

func (s *statements) close() {
	for _, stmt := range s.prepared {
		_ = stmt.Close() // the transaction's end tells what went wrong
	}
}

// prepare makes sure that the query is among the prepared.
func (s *statements) prepare(ctx context.Context, query string) error {
	if err := ctx.Err(); err != nil || s.prepared[query] != nil {
		return err
	}
	stmt, err := s.tx.PrepareContext(ctx, query) //nolint:sqlclosecheck // close does
	if err == nil {
		s.prepared[query] = stmt
	}
	return err
}

// ExecContext is the transaction's.
func (s *statements) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := s.prepare(ctx, query); err != nil {
		return nil, err
	}
	return s.prepared[query].ExecContext(context.WithoutCancel(ctx), args...)
}

// QueryContext is the transaction's.
func (s *statements) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := s.prepare(ctx, query); err != nil {
		return nil, err
	}
	return s.prepared[query].QueryContext(context.WithoutCancel(ctx), args...)
}

// QueryRowContext is the transaction's.
func (s *statements) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if err := s.prepare(ctx, query); err != nil {
		return s.tx.QueryRowContext(ctx, query, args...) // fails the same way
	}
	return s.prepared[query].QueryRowContext(context.WithoutCancel(ctx), args...)
}
