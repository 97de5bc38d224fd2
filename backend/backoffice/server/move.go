package server

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

type moveInput struct{ Body api.MoveRequest }

type moveOutput struct{ Body api.MoveResponse }

func (s *server) addMove(a huma.API) {
	add(s, a, operation{
		id: "move", method: http.MethodPost, path: "/move", may: manageMembers, body: maxMove,
		summary: "Take customer accounts of another Back Office in, with their passwords and history; safe to repeat",
	}, s.move)
}

func (s *server) move(ctx context.Context, in *moveInput) (*moveOutput, error) {
	if err := checkMove(in.Body.Accounts); err != nil {
		return nil, err
	}
	results := make([]api.MoveResult, 0, len(in.Body.Accounts))
	for _, m := range in.Body.Accounts {
		result, err := s.Store.MoveIn(ctx, callerOf(ctx).in, m, in.Body.MailPending)
		if err != nil {
			return nil, err // those before it are in; sending all again has no further effect
		}
		results = append(results, result)
	}
	return &moveOutput{api.MoveResponse{Results: results}}, nil
}

// checkMove refuses what no desk would send; the store refuses the rest,
// account by account.
func checkMove(accounts []api.MovedAccount) error {
	if len(accounts) == 0 {
		return customer.FailField(customer.Required, "accounts", "Send at least one account.")
	}
	var wrong []customer.Error
	for i, m := range accounts {
		if !customer.IsID(m.Customer.ID) {
			wrong = append(wrong, *customer.FailField(customer.Invalid, "accounts["+strconv.Itoa(i)+"].customer.id", "This must be a UUID."))
		}
	}
	return customer.FailFields(wrong)
}
