package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"partnerdesk/backend/customer"
)

// maxLimit is the largest page in rows.
const maxLimit = 500

// List returns one page of customers by their effective values. Text is any
// part of the name ("first last"), the username or the company, without regard
// to case; spaces around it don't count. Rows with equal keys follow their
// ids. Limit is brought into 1..500. An unknown sort or status is invalid.
func (r *Replica) List(ctx context.Context, q customer.Query) (customer.Page, error) {
	s, err := newSelection(q)
	if err != nil {
		return customer.Page{}, err
	}
	page := customer.Page{Rows: []customer.Row{}}
	version := r.version.Load()
	err = r.look(ctx, "list customers", func(tx *sql.Tx) error {
		everything, err := r.countAll(ctx, tx, version, selection{})
		if err != nil {
			return err
		}
		if page.Counts, err = r.countAll(ctx, tx, version, s); err != nil {
			return err
		}
		page.Everything = everything.All
		page.Total = s.total(page.Counts)
		seqs, err := s.page(ctx, tx, page.Total, page.Everything)
		if err != nil || len(seqs) == 0 {
			return err
		}
		page.Rows, err = rowsOf(ctx, tx, seqs)
		return err
	})
	return page, err
}

// selection is a checked query.
type selection struct {
	text       string // lower case
	from, to   customer.Time
	status     customer.Status
	column     string
	descending bool
	offset     int
	limit      int
}

func newSelection(q customer.Query) (selection, error) {
	columns := map[customer.SortField]string{
		"": "name", customer.SortName: "name", customer.SortUsername: "username", customer.SortCompany: "company",
		customer.SortStatus: "status", customer.SortCreated: "created", customer.SortLastLogin: "last_login",
	}
	s := selection{
		text: line(strings.TrimSpace(q.Text)), from: q.CreatedFrom, to: q.CreatedTo, status: q.Status,
		column: columns[q.Sort], descending: q.Descending,
		offset: max(q.Offset, 0), limit: min(max(q.Limit, 1), maxLimit),
	}
	switch {
	case s.column == "":
		return s, customer.FailField(customer.Invalid, "sort", "The list can't be sorted by this.")
	case q.Status != "" && !q.Status.Valid():
		return s, customer.FailField(customer.Invalid, "status", "Choose Pending Activate, Activated or Locked.")
	}
	return s, nil
}

func (s selection) total(c customer.Counts) int {
	switch s.status {
	case customer.PendingActivate:
		return c.PendingActivate
	case customer.Activated:
		return c.Activated
	case customer.Locked:
		return c.Locked
	}
	return c.All
}

// where is the condition without the status. The plus signs keep SQLite from
// choosing an index for a filter: the sort order's index holds all it needs.
func (s selection) where() (condition string, args []any) {
	condition = "true"
	if s.text != "" {
		condition, args = condition+" AND instr(search, ?) > 0", append(args, s.text)
	}
	if s.from != 0 {
		condition, args = condition+" AND +created_at >= ?", append(args, s.from)
	}
	if s.to != 0 {
		condition, args = condition+" AND +created_at < ?", append(args, s.to)
	}
	return condition, args
}

// page returns the rows' numbers in order. It walks the sort order's index from
// the nearer end, or, where few rows match a text, sorts those.
func (s selection) page(ctx context.Context, tx *sql.Tx, total, everything int) ([]int64, error) {
	size := min(s.limit, total-s.offset)
	if size <= 0 {
		return nil, nil
	}
	offset, descending := s.offset, s.descending
	if fromEnd := total - s.offset - size; fromEnd < offset {
		offset, descending = fromEnd, !descending
	}
	source := "INDEXED BY entry_" + s.column
	if walked := (offset + size) * everything / total; s.text != "" && walked > everything/4 {
		source = "NOT INDEXED"
	}
	condition, args := s.where()
	if s.status != "" {
		condition, args = condition+" AND +status = ?", append(args, statusRank(s.status))
	}
	seqs, err := numbers(ctx, tx, "SELECT seq FROM entry "+source+" WHERE "+condition+
		" ORDER BY "+s.order(descending)+" LIMIT ? OFFSET ?", append(args, size, offset)...)
	if descending != s.descending {
		slices.Reverse(seqs)
	}
	return seqs, err
}

func (s selection) order(descending bool) string {
	key := map[string]string{
		"name": "name_key", "username": "username_key", "company": "company_key", "status": "status",
		"created": "created_at", "last_login": "last_login_at",
	}[s.column]
	if descending {
		return key + " DESC, id DESC"
	}
	return key + ", id"
}

func numbers(ctx context.Context, tx *sql.Tx, query string, args ...any) (all []int64, err error) {
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

// rowsOf returns the list's rows of the given numbers, in their order.
func rowsOf(ctx context.Context, tx *sql.Tx, seqs []int64) ([]customer.Row, error) {
	list, err := json.Marshal(seqs)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	rows, err := tx.QueryContext(ctx, `SELECT seq, coalesce(effective, server), waiting, attention
FROM customer WHERE seq IN (SELECT value FROM json_each(?))`, string(list))
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	found := make(map[int64]customer.Row, len(seqs))
	for rows.Next() {
		var seq int64
		var text sql.RawBytes
		var row customer.Row
		var waiting, attention bool
		if err := rows.Scan(&seq, &text, &waiting, &attention); err != nil {
			return nil, fmt.Errorf("read rows: %w", err)
		}
		if err := json.Unmarshal(text, &row); err != nil { // a Row's names are a Customer's
			return nil, fmt.Errorf("read row: %w", err)
		}
		row.Waiting, row.NeedsAttention = waiting && !attention, attention
		row.Matches = []customer.Match{}
		found[seq] = row
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	all := make([]customer.Row, 0, len(seqs))
	for _, seq := range seqs {
		if row, ok := found[seq]; ok {
			all = append(all, row)
		}
	}
	return all, nil
}
