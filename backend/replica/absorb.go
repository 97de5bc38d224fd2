package replica

import (
	"context"
	"fmt"

	"partnerdesk/backend/customer"
)

func absorb(ctx context.Context, tx querier, customers []customer.Customer) error {
	for _, c := range customers {
		if c.Tags == nil {
			c.Tags = []string{}
		}
		added, err := add(ctx, tx, held{server: &c, revision: c.Revision}, c, false, false)
		if err == nil && !added {
			err = absorbKnown(ctx, tx, c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// absorbKnown takes the server's copy of a customer that is here.
func absorbKnown(ctx context.Context, tx querier, c customer.Customer) error {
	h := held{server: &c, revision: c.Revision}
	var revision int64
	var told, changing bool
	err := tx.QueryRowContext(ctx, `SELECT seq, revision, server IS NOT NULL AND NOT stale,
EXISTS (SELECT 1 FROM outbox WHERE customer_id = customer.id) FROM customer WHERE id = ?`, c.ID).
		Scan(&h.seq, &revision, &told, &changing)
	switch {
	case err != nil:
		return fmt.Errorf("find customer: %w", err)
	case told && revision >= c.Revision:
		return nil
	case changing:
		return absorbOne(ctx, tx, c)
	}
	return put(ctx, tx, h, c, false, false)
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
