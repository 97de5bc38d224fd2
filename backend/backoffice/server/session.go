package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// SignInLifetime is how long a partner's sign-in lasts.
const SignInLifetime = 30 * 24 * time.Hour

type signInInput struct{ Body api.Credentials }

type sessionOutput struct{ Body api.Session }

type metaOutput struct{ Body api.Meta }

func (s *server) addSession(a huma.API) {
	add(s, a, operation{
		id: "sign-in", method: http.MethodPost, path: "/session", summary: "Sign a partner in", open: true, body: maxBody,
		problems: []int{http.StatusUnauthorized, http.StatusTooManyRequests},
	}, s.signIn)
	add(s, a, operation{
		id: "sign-out", method: http.MethodDelete, path: "/session", summary: "Sign the partner out; the visits begun from this sign-in end",
	}, s.signOut)
	add(s, a, operation{
		id: "meta", method: http.MethodGet, path: "/meta", summary: "What this Back Office is and where a log-in-as can land",
	}, s.meta)
}

func (s *server) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	account, address := customer.UsernameKey(in.Body.Username), callerOf(ctx).address
	pair := account + " " + address
	if err := within(s.limits.address, address); err != nil {
		return nil, err
	}
	if err := within(s.limits.pair, pair); err != nil {
		return nil, err
	}
	if err := within(s.limits.account, account); err != nil {
		return nil, err
	}
	partner, hash, err := s.Store.PartnerCredentials(ctx, in.Body.Username)
	if err != nil && customer.CodeOf(err) != customer.NotFound {
		return nil, err
	}
	if err != nil {
		hash = "" // verified all the same, so that the time taken tells nothing
	}
	ok, err := s.Passwords.Verify(ctx, hash, in.Body.Password)
	if err != nil {
		return nil, err
	}
	if !ok || hash == "" {
		return nil, customer.Fail(customer.Unauthorized, "The username or the password is not right.")
	}
	token, signIn, err := s.Store.CreateSignIn(ctx, partner.ID, SignInLifetime)
	if err != nil {
		return nil, err
	}
	s.limits.pair.Forget(pair)
	s.limits.account.Forget(account)
	return &sessionOutput{api.Session{Token: token, ExpiresAt: signIn.ExpiresAt, Partner: partner, Contract: api.Contract, Name: s.Name,
		Member: api.Member{ID: partner.ID, Username: partner.Username, Name: partner.Name, Role: api.RoleOwner}}}, nil
}

func (s *server) signOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, s.Store.EndSignIn(ctx, callerOf(ctx).in.ID)
}

func (s *server) meta(context.Context, *struct{}) (*metaOutput, error) {
	return &metaOutput{api.Meta{Name: s.Name, Version: s.Version, Destinations: list(s.Destinations)}}, nil
}

// failed is fail for a huma handler.
func (s *server) failed(ctx context.Context, id string, err error) error {
	var l *limitError
	if errors.As(err, &l) {
		p, retryAfter := tooMany(l.wait)
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {retryAfter}})
	}
	return s.fail(ctx, id, err)
}
