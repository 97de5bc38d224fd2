package replica

import (
	"context"
	"encoding/json"
	"fmt"

	"partnerdesk/backend/customer"
)

// pending is one outbox entry.
type pending struct {
	customer.Mutation
	seq       int64
	attempted bool
	outcome   customer.Outcome // empty while it waits
	err       *customer.Error
	conflicts []string
}

// sent says that it may have reached the Back Office, which did not answer yet.
func (p pending) sent() bool { return p.attempted && p.outcome == "" }

const pendingColumns = `seq, id, customer_id, kind, base_revision, fields, base, made_at,
attempted, outcome, coalesce(error, 'null'), coalesce(conflicts, 'null'), quiet`

func scanPending(rows interface{ Scan(...any) error }) (pending, error) {
	var p pending
	var fields, base, fault, conflicts string
	if err := rows.Scan(&p.seq, &p.ID, &p.CustomerID, &p.Kind, &p.BaseRevision, &fields, &base, &p.MadeAt,
		&p.attempted, &p.outcome, &fault, &conflicts, &p.Quiet); err != nil {
		return p, fmt.Errorf("read outbox: %w", err)
	}
	for _, part := range []struct {
		text string
		into any
	}{{fields, &p.Fields}, {base, &p.Base}, {fault, &p.err}, {conflicts, &p.conflicts}} {
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return p, fmt.Errorf("read outbox entry %s: %w", p.ID, err)
		}
	}
	return p, nil
}

// outboxOf returns a customer's outbox entries, oldest first.
func outboxOf(ctx context.Context, tx querier, customerID string) ([]pending, error) {
	return queryOutbox(ctx, tx, "WHERE customer_id = ? ORDER BY seq", customerID)
}

func queryOutbox(ctx context.Context, tx querier, where string, args ...any) (all []pending, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+pendingColumns+" FROM outbox "+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		p, err := scanPending(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read outbox: %w", err)
	}
	return all, nil
}

// save writes p: a new entry at the end when it has no seq yet.
func (p pending) save(ctx context.Context, tx querier) error {
	texts := make([]any, 4)
	for i, part := range []any{p.Fields, p.Base, p.err, p.conflicts} {
		text, err := json.Marshal(part)
		if err != nil {
			return fmt.Errorf("write outbox: %w", err)
		}
		texts[i] = string(text)
	}
	var seq any
	if p.seq != 0 {
		seq = p.seq
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO outbox
(seq, id, customer_id, kind, base_revision, fields, base, made_at, attempted, outcome, error, conflicts, quiet, effects)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (seq) DO UPDATE SET id = ?2, kind = ?4, base_revision = ?5, fields = ?6, base = ?7, made_at = ?8,
attempted = ?9, outcome = ?10, error = ?11, conflicts = ?12, quiet = ?13, effects = ?14`,
		seq, p.ID, p.CustomerID, p.Kind, p.BaseRevision, texts[0], texts[1], p.MadeAt,
		p.attempted, p.outcome, texts[2], texts[3], p.Quiet, p.effects())
	if err != nil {
		return fmt.Errorf("write outbox: %w", err)
	}
	return nil
}

func (p pending) drop(ctx context.Context, tx querier) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM outbox WHERE seq = ?", p.seq); err != nil {
		return fmt.Errorf("drop from outbox: %w", err)
	}
	return nil
}
