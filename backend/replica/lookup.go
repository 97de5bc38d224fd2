package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"partnerdesk/backend/customer"
)

// ByUsername returns the customers that have one of the usernames, compared
// without regard to case, by customer.UsernameKey. Problem is set where there is
// one; Sent and DropRemoves only beside it.
func (r *Replica) ByUsername(ctx context.Context, usernames []string) (map[string]customer.Record, error) {
	keys := make([]string, len(usernames))
	for i, name := range usernames {
		keys[i] = customer.UsernameKey(name)
	}
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, fmt.Errorf("look for usernames: %w", err)
	}
	found := map[string]customer.Record{}
	err = r.look(ctx, "look for usernames", func(tx *sql.Tx) error {
		clear(found)
		troubled, err := byUsername(ctx, tx, string(list), found)
		if err != nil {
			return err
		}
		for _, key := range troubled {
			if found[key], err = record(ctx, tx, found[key].Customer.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return found, err
}

// byUsername fills found; of several customers with a username, who must not be,
// the one with the lowest id. It returns the keys of those that need attention.
func byUsername(ctx context.Context, tx *sql.Tx, list string, found map[string]customer.Record) (troubled []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT entry.username_key, coalesce(customer.effective, customer.server),
    customer.waiting, customer.attention
FROM json_each(?) CROSS JOIN entry ON entry.username_key = value JOIN customer ON customer.seq = entry.seq
ORDER BY entry.id DESC`, list)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var key, text string
		var rec customer.Record
		var attention bool
		if err := rows.Scan(&key, &text, &rec.Waiting, &attention); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &rec.Customer); err != nil {
			return nil, fmt.Errorf("read customer %s: %w", key, err)
		}
		found[key] = rec
		if attention {
			troubled = append(troubled, key)
		}
	}
	return troubled, rows.Err()
}

// Customers returns the customers with these ids, with their waiting changes laid
// over them, in the order of the ids; those that are not here are left out.
func (r *Replica) Customers(ctx context.Context, ids []string) (all []customer.Customer, err error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("look for ids: %w", err)
	}
	err = r.look(ctx, "read customers", func(tx *sql.Tx) error {
		texts, err := texts(ctx, tx, `SELECT coalesce(effective, server) FROM json_each(?)
CROSS JOIN customer ON customer.id = value ORDER BY key`, string(list))
		if err != nil {
			return err
		}
		all = make([]customer.Customer, len(texts))
		for i, text := range texts {
			if err := json.Unmarshal([]byte(text), &all[i]); err != nil {
				return fmt.Errorf("read customer: %w", err)
			}
		}
		return nil
	})
	return all, err
}
