package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"partnerdesk/backend/customer"
)

// FeedPage is one page of the change feed.
type FeedPage struct {
	Customers []customer.Customer
	Next      int64  // the revision to ask with next time
	Remaining int    // how many are to come after this page
	Total     int    // how many customers there are; counted only while some remain
	Epoch     string // see api.Changes
}

// Changes returns the partner's customers that changed after a revision, in
// the order of their changes, each once and as it is now. All of it is one
// moment of the database.
func (s *Store) Changes(ctx context.Context, partnerID string, since int64, limit int) (page FeedPage, err error) {
	limit = max(1, min(limit, 5000))
	tx, err := s.db.Read.BeginTx(ctx, nil)
	if err != nil {
		return FeedPage{}, fmt.Errorf("read changes: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // only read from
	scan := func(scan func(...any) error) (customer.Customer, error) {
		a, err := scanAccount(scan)
		return a.Customer, err
	}
	page.Customers, err = collect(ctx, tx, "read changes", scan,
		accountQuery+`WHERE c.partner_id = ? AND c.revision > ? ORDER BY c.revision LIMIT ?`, partnerID, since, limit+1)
	if err != nil {
		return FeedPage{}, err
	}
	page.Next = since
	more := len(page.Customers) > limit
	if more {
		page.Customers = page.Customers[:limit]
	}
	if n := len(page.Customers); n > 0 {
		page.Next = page.Customers[n-1].Revision
	}
	return page, page.describe(ctx, tx, partnerID, more)
}

func (p *FeedPage) describe(ctx context.Context, tx *sql.Tx, partnerID string, more bool) error {
	var newest int64
	err := tx.QueryRowContext(ctx, `SELECT id, value FROM epoch, counters WHERE name = 'revision'`).Scan(&p.Epoch, &newest)
	if p.Next > newest { // the asker knows more than this database: a copy was put in its place by hand
		p.Epoch += "-" + strconv.FormatInt(newest, 10)
	}
	if err == nil && more {
		err = tx.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE revision > ?) FROM customers WHERE partner_id = ?`,
			p.Next, partnerID).Scan(&p.Total, &p.Remaining)
	}
	if err != nil {
		return fmt.Errorf("read changes: %w", err)
	}
	return nil
}
