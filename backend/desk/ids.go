package desk

import (
	"context"

	"partnerdesk/backend/customer"
)

// IDs returns the ids of the query's rows from its offset on, its limit at most,
// in the list's order.
func (d *Desk) IDs(ctx context.Context, q customer.Query) ([]string, error) {
	ids, err := d.o.Replica.Matching(ctx, customer.Selection{Query: &q})
	if err != nil {
		return nil, err
	}
	from := min(max(q.Offset, 0), len(ids))
	return ids[from:min(from+max(q.Limit, 0), len(ids))], nil
}

// CountSelected returns how many customers a selection names.
func (d *Desk) CountSelected(ctx context.Context, s customer.Selection) (int, error) {
	ids, err := d.o.Replica.Matching(ctx, s)
	return len(ids), err
}
