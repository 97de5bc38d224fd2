package replica

import (
	"context"

	"partnerdesk/backend/customer"
)

// ListEarly is List while the index is not there yet; ok is false for what
// waits for it.
func (r *Replica) ListEarly(ctx context.Context, q customer.Query) (page customer.Page, ok bool, err error) {
	s, err := r.newSearch(q)
	if err != nil {
		return page, true, err
	}
	e, ok := earlyOf(s)
	if !ok {
		return page, false, nil
	}
	page, err = r.listEarly(ctx, e)
	return page, true, err
}

// Loaded tells whether the index is there.
func (r *Replica) Loaded() bool { return r.search.index.Load() != nil }
