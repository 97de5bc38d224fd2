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

// hasty disables a member just after its password was looked up.
type hasty struct {
	*store.Store
	owner store.SignIn
}

func (h *hasty) MemberCredentials(ctx context.Context, username string) (api.Member, string, error) {
	m, hash, err := h.Store.MemberCredentials(ctx, username)
	if err == nil {
		yes := true
		_, err = h.ChangeMember(ctx, h.owner, m.ID, store.MemberChange{Disabled: &yes})
	}
	return m, hash, err
}

func TestAMemberWhoIsDisabledWhileSigningIn(t *testing.T) {
	t.Parallel()
	var h hasty
	o := open(t, func(s *store.Store) server.Store { h.Store = s; return &h })
	h.owner = o.ours.in
	o.member(o.ours, "dana@agency.example", "Dana", api.RoleSupport)
	a := o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: "dana@agency.example", Password: secret}})
	if a.status != http.StatusUnauthorized || a.problem.Code != customer.Unauthorized {
		t.Errorf("%d %s", a.status, a.body)
	}
}
