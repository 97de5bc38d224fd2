package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"partnerdesk/backend/customer"
)

// Matching returns the ids of the customers that a selection names: those that
// match its query but the excepted, in the list's order; or those of its IDs
// that are here, once each, in the order given. Errors are List's.
func (r *Replica) Matching(ctx context.Context, of customer.Selection) (ids []string, err error) {
	if of.Query == nil {
		err = r.look(ctx, "look for customers", func(tx *sql.Tx) error {
			ids, err = present(ctx, tx, of.IDs)
			return err
		})
		return ids, err
	}
	s, err := r.newSearch(*of.Query)
	if err != nil {
		return nil, err
	}
	x, err := r.ready(ctx)
	if err != nil {
		return nil, err
	}
	if ids, err = x.IDs(ctx, s); err != nil || len(of.Except) == 0 {
		return ids, err
	}
	except := make(map[string]bool, len(of.Except))
	for _, id := range of.Except {
		except[id] = true
	}
	return slices.DeleteFunc(ids, func(id string) bool { return except[id] }), nil
}

// present returns those of the ids that the replica knows.
func present(ctx context.Context, tx *sql.Tx, ids []string) ([]string, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("look for ids: %w", err)
	}
	return texts(ctx, tx, `SELECT value FROM json_each(?)
WHERE EXISTS (SELECT 1 FROM customer WHERE customer.id = value) GROUP BY value ORDER BY min(key)`, string(list))
}

func texts(ctx context.Context, tx *sql.Tx, query string, args ...any) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all = []string{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}
