package server_test

import (
	"context"
	"net/http"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// interrupted does something after the first mutation that it applies.
type interrupted struct {
	*store.Store
	then func()
}

func (i *interrupted) Apply(ctx context.Context, in store.SignIn, m customer.Mutation) (customer.Result, error) {
	result, err := i.Store.Apply(ctx, in, m)
	if then := i.then; then != nil {
		i.then = nil
		then()
	}
	return result, err
}

// TestABatchStopsWhereItsMemberIsMadeSupport: what was applied before stays and
// is answered when it is sent again; the rest waits for somebody who may.
func TestABatchStopsWhereItsMemberIsMadeSupport(t *testing.T) {
	t.Parallel()
	var between interrupted
	o := open(t, func(s *store.Store) server.Store { between.Store = s; return &between })
	mo := o.member(o.ours, "mo@agency.example", "Mo", api.RoleManager)
	role := api.RoleSupport
	between.then = func() {
		_, err := o.store.ChangeMember(o.t.Context(), o.ours.in, mo.in.Member.ID, store.MemberChange{Role: &role})
		check(t, err)
	}
	all := []customer.Mutation{create("one@shop.example"), create("two@shop.example")}
	send := func(token string, mutations ...customer.Mutation) answer {
		return o.do(call{method: "POST", path: "/api/v1/mutations", token: token, body: api.MutationsRequest{Mutations: mutations}})
	}
	if a := send(mo.token, all...); a.status != http.StatusUnauthorized || a.problem.Code != customer.Unauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
	again := into[api.Session](t, o.do(call{method: "POST", path: "/api/v1/session",
		body: api.Credentials{Username: "mo@agency.example", Password: secret}}))
	for _, mutations := range [][]customer.Mutation{all, all[1:]} {
		if a := send(again.Token, mutations...); a.status != http.StatusForbidden || a.problem.Code != customer.Forbidden {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	for token, mutations := range map[string][]customer.Mutation{again.Token: all[:1], o.ours.token: all} {
		for _, r := range into[api.MutationsResponse](t, send(token, mutations...)).Results {
			if r.Outcome != customer.Applied {
				t.Errorf("%+v", r)
			}
		}
	}
}
