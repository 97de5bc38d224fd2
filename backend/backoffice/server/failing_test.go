package server_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// failingStore can't apply anything.
type failingStore struct {
	*store.Store
	err error
}

func (f *failingStore) Apply(context.Context, store.SignIn, customer.Mutation) (customer.Result, error) {
	return customer.Result{}, f.err
}

func TestFailuresOfTheStore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err    error
		status int
		code   customer.Code
	}{
		{errors.New("database disk image is malformed at /home/ada"), http.StatusInternalServerError, customer.Internal},
		{customer.Fail(customer.Storage, "The disk is full at /home/ada."), http.StatusServiceUnavailable, customer.Storage},
	} {
		o := open(t, func(s *store.Store) server.Store { return &failingStore{s, test.err} })
		a := o.do(call{
			method: "POST", path: "/api/v1/mutations", token: o.ours.token,
			body: api.MutationsRequest{Mutations: []customer.Mutation{create("ada@shop.example")}},
		})
		if a.status != test.status || a.problem.Code != test.code || strings.Contains(string(a.body), "/home") {
			t.Errorf("%v: %d %s", test.err, a.status, a.body)
		}
	}
}
