package replica

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"partnerdesk/backend/customer"
)

// counted names what counts depend on.
type counted struct {
	text     string
	from, to customer.Time
}

// countCache keeps the counts of recent queries until something changes.
type countCache struct {
	mu      sync.Mutex
	version int64
	counts  map[counted]customer.Counts
}

// maxCached bounds the cache: what a person types in one go fits.
const maxCached = 200

func (c *countCache) get(version int64, key counted) (customer.Counts, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	counts, ok := c.counts[key]
	return counts, ok && c.version == version
}

func (c *countCache) put(version int64, key counted, counts customer.Counts) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(key.text) > maxSearched {
		return
	}
	if c.version != version || len(c.counts) >= maxCached {
		c.counts = nil
	}
	if c.counts == nil {
		c.counts = map[counted]customer.Counts{}
	}
	c.version = version
	c.counts[key] = counts
}

// maxSearched is far above the length in bytes of what there is to search in.
const maxSearched = 10_000

// countAll counts by status what the selection's text and dates match.
func (r *Replica) countAll(ctx context.Context, tx *sql.Tx, version int64, s selection) (customer.Counts, error) {
	key := counted{text: s.text, from: s.from, to: s.to}
	if counts, ok := r.counts.get(version, key); ok {
		return counts, nil
	}
	counts, err := countRows(ctx, tx, s)
	if err == nil {
		r.counts.put(version, key, counts)
	}
	return counts, err
}

func countRows(ctx context.Context, tx *sql.Tx, s selection) (counts customer.Counts, err error) {
	source := "INDEXED BY entry_status"
	if s.text != "" {
		source = "NOT INDEXED"
	}
	condition, args := s.where()
	// Three counts in one pass; no grouping, so no sorting either.
	err = tx.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE status = 0),
count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = 2) FROM entry `+source+" WHERE "+condition, args...).
		Scan(&counts.All, &counts.PendingActivate, &counts.Activated, &counts.Locked)
	if err != nil {
		return counts, fmt.Errorf("count: %w", err)
	}
	return counts, nil
}
