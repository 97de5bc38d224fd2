package store

import (
	"context"
	"fmt"
)

// Figures count what the database holds.
type Figures struct {
	Partners, Customers int
	MailsQueued         int   // due now or later
	Bytes               int64 // of the database file, without its write-ahead log
}

// Figures counts what the database holds.
func (s *Store) Figures(ctx context.Context) (f Figures, err error) {
	err = s.db.Read.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM partners WHERE disabled_at = 0), (SELECT count(*) FROM customers),
		(SELECT count(*) FROM mails WHERE state = 'queued'),
		(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)`).
		Scan(&f.Partners, &f.Customers, &f.MailsQueued, &f.Bytes)
	if err != nil {
		return f, fmt.Errorf("count rows: %w", err)
	}
	return f, nil
}
