package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// History returns what an undo and a redo would be about; nil when there is
// nothing. An action of which a part was taken back is both.
func (r *Replica) History(ctx context.Context) (undo, redo *customer.PastAction, err error) {
	err = r.look(ctx, "read the history", func(tx *sql.Tx) error {
		undo, err = pastAction(ctx, tx, "WHERE done > 0 ORDER BY seq DESC")
		if err != nil {
			return err
		}
		if undo != nil && undo.Done == 1 {
			if undo.Blocked, err = blocked(ctx, tx, undo.ID); err != nil {
				return err
			}
		}
		redo, err = pastAction(ctx, tx, `WHERE undone > 0
AND seq >= (SELECT coalesce(max(seq), 0) FROM action WHERE done > 0) ORDER BY seq`)
		return err
	})
	return undo, redo, err
}

func pastAction(ctx context.Context, tx *sql.Tx, which string) (*customer.PastAction, error) {
	var a customer.PastAction
	err := tx.QueryRowContext(ctx, "SELECT id, kind, title, made_at, done, undone FROM action "+which+" LIMIT 1").
		Scan(&a.ID, &a.Kind, &a.Title, &a.MadeAt, &a.Done, &a.Undone)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read an action: %w", err)
	}
	return &a, nil
}

// blocked says why the one change of an action can't be taken back, if it can't.
func blocked(ctx context.Context, tx *sql.Tx, id string) (customer.Left, error) {
	var there bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM action
JOIN action_change AS c ON c.action = action.seq AND c.kind = 'create' AND c.undone = 0
JOIN customer ON customer.id = c.customer_id AND server IS NOT NULL WHERE action.id = ?)`, id).Scan(&there)
	if err != nil {
		return "", fmt.Errorf("look for a creation: %w", err)
	}
	if there {
		return customer.AtBackOffice, nil
	}
	return "", nil
}

// Standings returns those of the ids that are here, in the order given.
func (r *Replica) Standings(ctx context.Context, ids []string) (all []customer.Standing, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("look for ids: %w", err)
	}
	err = r.look(ctx, "read customers", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT coalesce(effective, server), attention, coalesce(server ->> 'status', '')
FROM json_each(?) JOIN customer ON customer.id = value ORDER BY key`, string(list))
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var s customer.Standing
			var text sql.RawBytes
			var status customer.Status
			if err := rows.Scan(&text, &s.NeedsAttention, &status); err != nil {
				return err
			}
			if err := json.Unmarshal(text, &s.Customer); err != nil {
				return fmt.Errorf("read a customer: %w", err)
			}
			s.StatusWaiting = status != "" && status != s.Status
			all = append(all, s)
		}
		return rows.Err()
	})
	return all, err
}
