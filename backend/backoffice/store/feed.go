package store

import (
	"context"

	"partnerdesk/backend/customer"
)

// Changes returns the partner's customers that changed after a revision, in
// the order of their changes, each once and as it is now; the revision to ask
// with next time; and whether there is more right now.
func (s *Store) Changes(ctx context.Context, partnerID string, since int64, limit int) ([]customer.Customer, int64, bool, error) {
	limit = max(1, min(limit, 5000))
	scan := func(scan func(...any) error) (customer.Customer, error) {
		a, err := scanAccount(scan)
		return a.Customer, err
	}
	page, err := collect(ctx, s.db.Read, "read changes", scan,
		accountQuery+`WHERE c.partner_id = ? AND c.revision > ? ORDER BY c.revision LIMIT ?`, partnerID, since, limit+1)
	if err != nil {
		return nil, 0, false, err
	}
	more := len(page) > limit
	if more {
		page = page[:limit]
	}
	if len(page) > 0 {
		since = page[len(page)-1].Revision
	}
	return page, since, more, nil
}
