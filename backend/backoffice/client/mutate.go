package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Bounds of one request, well within what a Back Office takes.
const (
	maxBatch      = 200           // mutations
	maxBatchBytes = 1<<20 - 1<<10 // the whole request fits in 1 MiB, which is what many a proxy lets through
	// slowWrite is how long a Back Office with a slow disk takes to make one
	// change safe.
	slowWrite = 200 * time.Millisecond
)

// Mutate sends changes, oldest first, in as many requests as they need, and
// returns one result each. When a request fails, some changes may be applied
// and no result is returned: sending all again is safe.
func (c *Client) Mutate(ctx context.Context, mutations []customer.Mutation) ([]customer.Result, error) {
	results := make([]customer.Result, 0, len(mutations))
	for len(mutations) > 0 {
		n := batch(mutations, maxBatch)
		var out api.MutationsResponse
		r := request{
			method: http.MethodPost, path: "/mutations", body: api.MutationsRequest{Mutations: mutations[:n]},
			wait: time.Duration(n) * slowWrite,
		}
		if err := c.do(ctx, r, &out); err != nil {
			return nil, err
		}
		if len(out.Results) != n {
			return nil, offline(notABackOffice, errors.New("not one result for each mutation"))
		}
		results = append(results, out.Results...)
		mutations = mutations[n:]
	}
	return results, nil
}

// batch says how many items go into one request of at most most: at least one.
func batch[T any](items []T, most int) int {
	size := 0
	for n, item := range items {
		text, err := json.Marshal(item)
		if err != nil {
			return max(n, 1) // the request itself will tell
		}
		size += len(text) + 1
		if n > 0 && (n == most || size > maxBatchBytes) {
			return n
		}
	}
	return len(items)
}
