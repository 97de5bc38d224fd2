package replica

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/query"
	"partnerdesk/backend/replica/index"
)

// maxLimit is the largest page in rows.
const maxLimit = 500

// List returns one page of customers by their effective values. Text is in the
// language of package query. Rows with equal keys follow their ids. Limit is
// brought into 1..500. An unknown sort or status is invalid, and so is a text
// that package query refuses.
func (r *Replica) List(ctx context.Context, q customer.Query) (customer.Page, error) {
	s, err := r.newSearch(q)
	if err != nil {
		return customer.Page{}, err
	}
	if e, ok := earlyOf(s); ok && r.search.index.Load() == nil {
		defer r.loadSoon()
		return r.listEarly(ctx, e)
	}
	for try := 0; ; try++ {
		version := r.version.Load()
		page, err := r.list(ctx, s)
		// A change between the index and the rows would show neither state.
		if err != nil || version == r.version.Load() || try == 3 {
			return page, err
		}
	}
}

func (r *Replica) list(ctx context.Context, s index.Search) (customer.Page, error) {
	x, err := r.ready(ctx)
	if err != nil {
		return customer.Page{}, err
	}
	found, err := x.Find(ctx, s)
	if err != nil {
		return customer.Page{}, err
	}
	page := customer.Page{
		Rows: []customer.Row{}, Total: found.Total, Everything: found.Everything,
		Counts: customer.Counts{
			All: found.All, PendingActivate: found.Counts[0], Activated: found.Counts[1], Locked: found.Counts[2],
		},
	}
	if len(found.Seqs) == 0 {
		return page, nil
	}
	err = r.look(ctx, "read a page", func(tx *sql.Tx) (err error) {
		page.Rows, err = rowsOf(ctx, tx, found.Seqs, s.Query)
		return err
	})
	return page, err
}

// newSearch checks a query and reads its text.
func (r *Replica) newSearch(q customer.Query) (index.Search, error) {
	sorts := map[customer.SortField]index.Field{
		"": index.ByName, customer.SortName: index.ByName, customer.SortUsername: index.ByUsername,
		customer.SortCompany: index.ByCompany, customer.SortCity: index.ByCity, customer.SortCountry: index.ByCountry,
		customer.SortStatus: index.ByStatus, customer.SortCreated: index.ByCreated,
		customer.SortActivated: index.ByActivated, customer.SortLastLogin: index.ByLastLogin,
	}
	by, known := sorts[q.Sort]
	s := index.Search{
		From: int64(q.CreatedFrom), To: int64(q.CreatedTo), Status: statusRank(q.Status), Sort: by,
		Descending: q.Descending, Offset: max(q.Offset, 0), Limit: min(max(q.Limit, 1), maxLimit),
	}
	switch {
	case !known:
		return s, customer.FailField(customer.Invalid, "sort", "The list can't be sorted by this.")
	case q.Status != "" && !q.Status.Valid():
		return s, customer.FailField(customer.Invalid, "status", "Choose Pending Activate, Activated or Locked.")
	}
	var err error
	s.Query, err = query.Parse(q.Text, r.o.Clock())
	return s, err
}

// listed is a row as it is stored, with what a search may be found in besides.
type listed struct {
	customer.Row
	Notes string `json:"notes"`
}

func (l listed) matches(q query.Query) []customer.Match {
	return q.Matches(customer.Customer{
		FirstName: l.FirstName, LastName: l.LastName, Username: l.Username, Company: l.Company,
		Phone: l.Phone, City: l.City, Tags: l.Tags, Notes: l.Notes,
	})
}

// rowsOf returns the list's rows of the given numbers, in their order, with
// where they match the search.
func rowsOf(ctx context.Context, tx *sql.Tx, seqs []int64, q query.Query) ([]customer.Row, error) {
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
		var row listed
		var waiting, attention bool
		if err := rows.Scan(&seq, &text, &waiting, &attention); err != nil {
			return nil, fmt.Errorf("read rows: %w", err)
		}
		if err := json.Unmarshal(text, &row); err != nil { // a Row's names are a Customer's
			return nil, fmt.Errorf("read row: %w", err)
		}
		row.Waiting, row.NeedsAttention = waiting && !attention, attention
		row.Matches = row.matches(q)
		found[seq] = row.Row
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
