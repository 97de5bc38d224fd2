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
	return page, s.describe(ctx, tx, &page, partnerID, since, more)
}

// describe tells of the page behind since what is beside its customers.
func (s *Store) describe(ctx context.Context, tx *sql.Tx, p *FeedPage, partnerID string, since int64, more bool) error {
	var newest int64
	err := tx.QueryRowContext(ctx, `SELECT id, value FROM epoch, counters WHERE name = 'revision'`).Scan(&p.Epoch, &newest)
	if p.Next > newest { // the asker knows more than this database: a copy was put in its place by hand
		p.Epoch += "-" + strconv.FormatInt(newest, 10)
	}
	if err == nil && more {
		err = s.count(ctx, tx, p, partnerID, since, newest)
	}
	if err != nil {
		return fmt.Errorf("read changes: %w", err)
	}
	return nil
}

// counted is how many customers there were behind a page of the feed.
type counted struct {
	next, newest     int64 // where the page ended, and the newest revision of all
	remaining, total int
}

// count tells how many customers there are. Only the first of several pages that
// are read in a row counts them, while nothing changes.
func (s *Store) count(ctx context.Context, tx *sql.Tx, p *FeedPage, partnerID string, since, newest int64) error {
	s.mu.Lock()
	last, known := s.counted[partnerID]
	s.mu.Unlock()
	if known && last.next == since && last.newest == newest {
		p.Total, p.Remaining = last.total, last.remaining-len(p.Customers)
	} else if err := tx.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE revision > ?) FROM customers WHERE partner_id = ?`,
		p.Next, partnerID).Scan(&p.Total, &p.Remaining); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counted[partnerID] = counted{next: p.Next, newest: newest, remaining: p.Remaining, total: p.Total}
	return nil
}
