package replica

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"partnerdesk/backend/customer"
)

// known is what absorb has to know of a customer.
const known = `SELECT revision, server IS NOT NULL AND NOT stale,
EXISTS (SELECT 1 FROM outbox WHERE customer_id = customer.id) FROM customer WHERE id = ?`

func absorb(ctx context.Context, tx querier, customers []customer.Customer) error {
	for _, c := range customers {
		if c.Tags == nil {
			c.Tags = []string{}
		}
		var revision int64
		var told, changing bool
		err := tx.QueryRowContext(ctx, known, c.ID).Scan(&revision, &told, &changing)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return fmt.Errorf("find customer: %w", err)
		case told && revision >= c.Revision:
		case changing:
			if err := absorbOne(ctx, tx, c); err != nil {
				return err
			}
		default:
			if err := put(ctx, tx, held{server: &c, revision: c.Revision}, c, false, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// absorbOne takes the server's copy of a customer that has waiting changes.
func absorbOne(ctx context.Context, tx querier, c customer.Customer) error {
	h, err := find(ctx, tx, c.ID)
	if err != nil || h.knows(c) {
		return err
	}
	h.server, h.revision, h.stale = &c, c.Revision, false
	_, err = refresh(ctx, tx, c.ID, h)
	return err
}
