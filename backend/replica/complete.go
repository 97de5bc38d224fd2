package replica

import (
	"context"
	"database/sql"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
)

// CompleteSearch says what can stand at the caret of a search text, which is
// counted in UTF-16 code units. Values that exist are offered once the index is
// there.
func (r *Replica) CompleteSearch(ctx context.Context, text string, caret int) (c customer.Completion, err error) {
	c = query.Complete(text, caret, func(of query.Field, typed string) (values []string) {
		values, err = r.known(ctx, of, typed)
		return values
	})
	return c, err
}

// known are the values of a field that go on from what was typed, as they are
// written.
func (r *Replica) known(ctx context.Context, of query.Field, typed string) (values []string, err error) {
	x := r.search.index.Load()
	if x == nil {
		return nil, nil
	}
	all, err := x.Known(ctx, of, query.Fold(typed), query.MaxChoices)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	err = r.look(ctx, "read values", func(tx *sql.Tx) error {
		for _, k := range all {
			rows, err := rowsOf(ctx, tx, []int64{k.Seq}, query.Query{})
			if err != nil {
				return err
			}
			for _, row := range rows {
				values = append(values, written(row, of, k.Value))
			}
		}
		return nil
	})
	return values, err
}

// written is a folded value as a customer has it; the folded one when it has
// changed by now.
func written(row customer.Row, of query.Field, folded string) string {
	for _, text := range query.Texts(customer.Customer{Company: row.Company, City: row.City, Tags: row.Tags}, of) {
		if query.Fold(text) == folded {
			return text
		}
	}
	return folded
}
