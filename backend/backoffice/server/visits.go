package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
)

type visitsOutput struct{ Body api.Visits }

type recentVisitsOutput struct{ Body api.RecentVisits }

// recentVisits is how many of the latest are told.
const recentVisits = 20

type visitInput struct {
	ID string `path:"id" maxLength:"64" doc:"The visit's id."`
}

func (s *server) addVisits(a huma.API) {
	add(s, a, operation{
		id: "visits", method: http.MethodGet, path: "/visits", summary: "The partner's open log-in-as sessions, newest first",
	}, s.visits)
	add(s, a, operation{
		id: "recent-visits", method: http.MethodGet, path: "/visits/recent", summary: "The partner's 20 latest log-ins as a customer, newest first, open or over",
	}, s.recentVisits)
	add(s, a, operation{
		id: "end-visit", method: http.MethodDelete, path: "/visits/{id}", summary: "End a log-in-as session; support ends its own only",
		problems: []int{http.StatusNotFound},
	}, s.endVisit)
}

func (s *server) visits(ctx context.Context, _ *struct{}) (*visitsOutput, error) {
	visits, err := s.Store.Visits(ctx, callerOf(ctx).in.Partner.ID)
	if err != nil {
		return nil, err
	}
	return &visitsOutput{api.Visits{Visits: list(visits)}}, nil
}

func (s *server) recentVisits(ctx context.Context, _ *struct{}) (*recentVisitsOutput, error) {
	visits, err := s.Store.RecentVisits(ctx, callerOf(ctx).in.Partner.ID, recentVisits)
	if err != nil {
		return nil, err
	}
	return &recentVisitsOutput{api.RecentVisits{Visits: list(visits)}}, nil
}

func (s *server) endVisit(ctx context.Context, in *visitInput) (*struct{}, error) {
	return nil, s.Store.EndVisit(ctx, callerOf(ctx).in, in.ID)
}
