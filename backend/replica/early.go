package replica

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica/index"
)

// early is a search that SQL can answer while the index is being loaded.
type early struct {
	index.Search
	key string // the column to sort by
}

// earlyOf returns ok for a search without text, sorted by what has a column.
func earlyOf(s index.Search) (e early, ok bool) {
	key, ok := map[index.Field]string{
		index.ByName: "name_key", index.ByUsername: "username_key", index.ByCompany: "company_key", index.ByStatus: "status",
		index.ByCreated: "created_at", index.ByActivated: "activated_at", index.ByLastLogin: "last_login_at",
	}[s.Sort]
	return early{s, key}, ok && len(s.Query.Terms) == 0
}

func (r *Replica) listEarly(ctx context.Context, e early) (customer.Page, error) {
	page := customer.Page{Rows: []customer.Row{}}
	err := r.look(ctx, "list customers", func(tx *sql.Tx) error {
		if err := e.count(ctx, tx, &page); err != nil {
			return fmt.Errorf("count: %w", err)
		}
		seqs, err := e.page(ctx, tx, page.Total)
		if err != nil || len(seqs) == 0 {
			return err
		}
		page.Rows, err = rowsOf(ctx, tx, seqs, query.Query{})
		return err
	})
	return page, err
}

// where is the condition without the status. The plus signs keep SQLite from
// choosing an index for a filter: the sort order's index holds all it needs.
func (e early) where() (condition string, args []any) {
	condition = "true"
	if e.From != 0 {
		condition, args = condition+" AND +created_at >= ?", append(args, e.From)
	}
	if e.To != 0 {
		condition, args = condition+" AND +created_at < ?", append(args, e.To)
	}
	return condition, args
}

func (e early) count(ctx context.Context, tx querier, page *customer.Page) error {
	condition, args := e.where()
	// All counts in one pass; no grouping, so no sorting either.
	c := &page.Counts
	err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM entry), count(*), count(*) FILTER (WHERE status = 0),
count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = 2) FROM entry INDEXED BY entry_name WHERE `+condition, args...).
		Scan(&page.Everything, &c.All, &c.PendingActivate, &c.Activated, &c.Locked)
	page.Total = c.All
	if e.Status >= 0 {
		page.Total = []int{c.PendingActivate, c.Activated, c.Locked}[e.Status]
	}
	return err
}

// page returns the rows' numbers in order, walking from the nearer end.
func (e early) page(ctx context.Context, tx querier, total int) ([]int64, error) {
	size := min(e.Limit, total-e.Offset)
	if size <= 0 {
		return nil, nil
	}
	offset, descending := e.Offset, e.Descending
	if fromEnd := total - e.Offset - size; fromEnd < offset {
		offset, descending = fromEnd, !descending
	}
	source := "NOT INDEXED"
	if e.Sort == index.ByName {
		source = "INDEXED BY entry_name"
	}
	condition, args := e.where()
	if e.Status >= 0 {
		condition, args = condition+" AND +status = ?", append(args, e.Status)
	}
	order := e.key + ", id"
	if descending {
		order = e.key + " DESC, id DESC"
	}
	seqs, err := numbers(ctx, tx, "SELECT seq FROM entry "+source+" WHERE "+condition+
		" ORDER BY "+order+" LIMIT ? OFFSET ?", append(args, size, offset)...)
	if descending != e.Descending {
		slices.Reverse(seqs)
	}
	return seqs, err
}

func numbers(ctx context.Context, tx querier, query string, args ...any) (all []int64, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("find rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, fmt.Errorf("find rows: %w", err)
		}
		all = append(all, n)
	}
	return all, rows.Err()
}
