package server

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

type changesInput struct {
	Since string `query:"since" maxLength:"19" doc:"The cursor of the last answer; empty for everything."`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"500" doc:"The most customers to answer with."`
	Wait  int    `query:"wait" minimum:"0" maximum:"30" default:"0" doc:"Seconds to wait for a change when there is none."`
}

type changesOutput struct{ Body api.Changes }

type mutationsInput struct{ Body api.MutationsRequest }

type mutationsOutput struct{ Body api.MutationsResponse }

func (s *server) addFeed(a huma.API) {
	add(s, a, operation{
		id: "changes", method: http.MethodGet, path: "/changes",
		summary: "The customers that changed since a cursor; with wait, a long poll that answers as soon as something changed",
	}, s.changes)
	add(s, a, operation{
		id: "mutate", method: http.MethodPost, path: "/mutations", may: editOrRepeat, body: maxMutations,
		summary: "Apply changes made on a desk; safe to repeat",
	}, s.mutate)
}

func (s *server) changes(ctx context.Context, in *changesInput) (*changesOutput, error) {
	var since int64
	if in.Since != "" {
		n, err := strconv.ParseInt(in.Since, 10, 64)
		if err != nil || n < 0 {
			return nil, customer.FailField(customer.Invalid, "since", "This is not a cursor of the change feed.")
		}
		since = n
	}
	partner := callerOf(ctx).in.Partner.ID
	changed := s.Store.Changed(partner) // before reading, so that no change falls between
	out, err := s.page(ctx, partner, since, in.Limit)
	if err != nil || len(out.Body.Customers) > 0 || in.Wait == 0 {
		return out, err
	}
	s.Meter.Waiting(1)
	defer s.Meter.Waiting(-1)
	timer := time.NewTimer(time.Duration(in.Wait) * time.Second)
	defer timer.Stop()
	select {
	case <-changed:
		if _, err := s.Store.SignInByToken(ctx, callerOf(ctx).token); err != nil {
			return nil, err // signed out in the meantime
		}
		return s.page(ctx, partner, since, in.Limit)
	case <-timer.C:
	case <-s.Stopping:
	case <-ctx.Done():
	}
	return out, nil
}

func (s *server) page(ctx context.Context, partner string, since int64, limit int) (*changesOutput, error) {
	page, err := s.Store.Changes(ctx, partner, since, limit)
	if err != nil {
		return nil, err
	}
	return &changesOutput{api.Changes{
		Customers: list(page.Customers), Next: strconv.FormatInt(page.Next, 10), More: page.Remaining > 0,
		Remaining: page.Remaining, Total: page.Total, Epoch: page.Epoch,
	}}, nil
}

func (s *server) mutate(ctx context.Context, in *mutationsInput) (*mutationsOutput, error) {
	if err := checkMutations(in.Body.Mutations); err != nil {
		return nil, err
	}
	results := make([]customer.Result, 0, len(in.Body.Mutations))
	for _, m := range in.Body.Mutations {
		result, err := s.Store.Apply(ctx, callerOf(ctx).in, m)
		if err != nil {
			return nil, err // those before it are applied; sent again, they are answered as they would have been
		}
		s.Meter.Mutated(result.Outcome)
		results = append(results, result)
	}
	return &mutationsOutput{api.MutationsResponse{Results: results}}, nil
}

// checkMutations refuses a batch that no desk would send. What a user can get
// wrong is for the store to reject, mutation by mutation.
func checkMutations(mutations []customer.Mutation) error {
	if len(mutations) == 0 {
		return customer.FailField(customer.Required, "mutations", "Send at least one mutation.")
	}
	var wrong []customer.Error
	for i, m := range mutations {
		at := "mutations[" + strconv.Itoa(i) + "]."
		switch {
		case !customer.IsID(m.ID):
			wrong = append(wrong, *customer.FailField(customer.Invalid, at+"id", "This must be a UUID."))
		case !customer.IsID(m.CustomerID):
			wrong = append(wrong, *customer.FailField(customer.Invalid, at+"customer_id", "This must be a UUID."))
		case m.Kind != customer.Create && m.Kind != customer.Update:
			wrong = append(wrong, *customer.FailField(customer.Invalid, at+"kind", "This must be create or update."))
		case m.BaseRevision < 0:
			wrong = append(wrong, *customer.FailField(customer.Invalid, at+"base_revision", "This must be at least 0."))
		}
	}
	return customer.FailFields(wrong)
}

// list makes an empty list of nil, so that JSON never says null.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
