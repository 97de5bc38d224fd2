package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// What is kept of what the user did. The newest action is kept whole, however
// many customers it changed.
const (
	maxActions       = 200
	maxActionChanges = 300_000
	sweptAtOnce      = 500 // changes removed in one transaction, so that no edit waits for many
)

// begin returns the number of the action in the history, under its latest title, and how many changes
// it has made. One that is new ends what could be made again, and the oldest beyond what is kept.
func begin(ctx context.Context, tx querier, a customer.Action) (seq, made int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE action SET title = ? WHERE id = ? RETURNING seq, made", a.Title, a.ID).Scan(&seq, &made)
	if !errors.Is(err, sql.ErrNoRows) {
		return seq, made, err
	}
	err = tx.QueryRowContext(ctx, "INSERT INTO action (id, kind, title, made_at) VALUES (?, ?, ?, ?) RETURNING seq",
		a.ID, a.Kind, a.Title, a.MadeAt).Scan(&seq)
	if err != nil {
		return 0, 0, fmt.Errorf("begin an action: %w", err)
	}
	return seq, 0, sweep(ctx, tx, seq)
}

// sweep ends what could be made again and forgets what is beyond the bounds;
// newest stays.
func sweep(ctx context.Context, tx querier, newest int64) error {
	const beyond = `SELECT seq FROM (SELECT seq, row_number() OVER newest_first AS nth,
    sum(done) OVER newest_first AS changes FROM action WHERE seq < ?1 AND done > 0
    WINDOW newest_first AS (ORDER BY seq DESC)) WHERE nth >= ?2 OR changes > ?3`
	for _, step := range []struct {
		what string
		args []any
	}{
		{"UPDATE action SET undone = 0, redo = redo + 1 WHERE undone > 0 AND seq < ?1", []any{newest}},
		{"UPDATE action SET done = 0 WHERE seq IN (" + beyond + ")", []any{newest, maxActions, maxActionChanges}},
		{`DELETE FROM action_change WHERE (action, pos) IN (SELECT action, pos FROM action_change
    WHERE action IN (SELECT seq FROM action WHERE done = 0 AND seq < ?1) LIMIT ?2)`, []any{newest, sweptAtOnce}},
		{`DELETE FROM action WHERE done = 0 AND seq < ?1
    AND NOT EXISTS (SELECT 1 FROM action_change WHERE action = action.seq)`, []any{newest}},
	} {
		if _, err := tx.ExecContext(ctx, step.what, step.args...); err != nil {
			return fmt.Errorf("sweep the history: %w", err)
		}
	}
	return nil
}

// change is what an action did to one customer.
type change struct {
	pos           int64
	customerID    string
	kind          customer.MutationKind
	before, after customer.Fields
	password      bool
	quiet         bool
}

// keep records a change of the action at c.pos and reports whether it did: a
// further one of the same customer joins the earlier.
func (c change) keep(ctx context.Context, tx querier, action int64) (kept bool, err error) {
	if c.after.Empty() && !c.password {
		return false, nil
	}
	before, after, err := c.texts()
	if err != nil {
		return false, err
	}
	done, err := tx.ExecContext(ctx, `INSERT INTO action_change (action, pos, customer_id, kind, before, after, password, quiet)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (action, customer_id) DO NOTHING`,
		action, c.pos, c.customerID, c.kind, before, after, c.password, c.quiet)
	if err != nil {
		return false, fmt.Errorf("keep a change: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return false, errors.Join(err, c.join(ctx, tx, action))
	}
	return true, nil
}

// join lays the change over the action's earlier one of the same customer.
func (c change) join(ctx context.Context, tx querier, action int64) error {
	var earlier change
	err := earlier.scan(tx.QueryRowContext(ctx, "SELECT "+changeColumns+
		" FROM action_change WHERE action = ? AND customer_id = ?", action, c.customerID))
	if err != nil {
		return err
	}
	earlier.before, earlier.after = c.before.With(earlier.before), earlier.after.With(c.after)
	before, after, err := earlier.texts()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE action_change SET before = ?, after = ?, password = ?, quiet = ? WHERE action = ? AND pos = ?",
		before, after, earlier.password || c.password, earlier.quiet && c.quiet, action, earlier.pos)
	return err
}

const changeColumns = "pos, customer_id, kind, before, after, password, quiet"

func (c *change) scan(row interface{ Scan(...any) error }) error {
	var before, after string
	if err := row.Scan(&c.pos, &c.customerID, &c.kind, &before, &after, &c.password, &c.quiet); err != nil {
		return fmt.Errorf("read a change: %w", err)
	}
	err := errors.Join(json.Unmarshal([]byte(before), &c.before), json.Unmarshal([]byte(after), &c.after))
	if err != nil {
		return fmt.Errorf("read a change of customer %s: %w", c.customerID, err)
	}
	return nil
}

func (c change) texts() (before, after string, err error) {
	b, err1 := json.Marshal(c.before)
	a, err2 := json.Marshal(c.after)
	if err := errors.Join(err1, err2); err != nil {
		return "", "", fmt.Errorf("keep a change: %w", err)
	}
	return string(b), string(a), nil
}
