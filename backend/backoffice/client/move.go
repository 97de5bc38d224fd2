package client

import (
	"context"
	"errors"
	"net/http"
	"time"

	"partnerdesk/backend/backoffice/api"
)

// maxMoved is the most accounts in one request.
const maxMoved = 100

// Move brings accounts in, in as many requests as they need, and returns one
// result each. When a request fails, some accounts may be in and no result is
// returned: sending all again is safe. Forbidden for who is no owner.
func (c *Client) Move(ctx context.Context, m api.MoveRequest) (api.MoveResponse, error) {
	all := api.MoveResponse{Results: make([]api.MoveResult, 0, len(m.Accounts))}
	for accounts := m.Accounts; len(accounts) > 0; {
		n := batch(accounts, maxMoved)
		var out api.MoveResponse
		r := request{
			method: http.MethodPost, path: "/move", body: api.MoveRequest{Accounts: accounts[:n], MailPending: m.MailPending},
			wait: time.Duration(n) * slowWrite,
		}
		if err := c.do(ctx, r, &out); err != nil {
			return api.MoveResponse{}, err
		}
		if len(out.Results) != n {
			return api.MoveResponse{}, offline(notABackOffice, errors.New("not one result for each account"))
		}
		all.Results = append(all.Results, out.Results...)
		accounts = accounts[n:]
	}
	return all, nil
}
