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

// SignInLifetime is how long a member's sign-in lasts.
const SignInLifetime = 30 * 24 * time.Hour

type signInInput struct{ Body api.Credentials }

type sessionOutput struct{ Body api.Session }

type metaOutput struct{ Body api.Meta }

func (s *server) addSession(a huma.API) {
	add(s, a, operation{
		id: "sign-in", method: http.MethodPost, path: "/session", summary: "Sign a member of a partner in", open: true, body: maxBody,
		problems: []int{http.StatusUnauthorized, http.StatusTooManyRequests},
	}, s.signIn)
	add(s, a, operation{
		id: "sign-out", method: http.MethodDelete, path: "/session", summary: "Sign the member out; all visits of the member end, those begun from other sign-ins too, which go on themselves",
	}, s.signOut)
	add(s, a, operation{
		id: "meta", method: http.MethodGet, path: "/meta", summary: "What this Back Office is and where a log-in-as can land",
	}, s.meta)
}

func (s *server) signIn(ctx context.Context, in *signInInput) (*sessionOutput, error) {
	address := callerOf(ctx).address
	known, ok, err := s.verify(ctx, in.Body.Username, in.Body.Password, address)
	if err != nil {
		return nil, err
	}
	s.Meter.SignedIn(ok)
	if !ok {
		return nil, wrongPassword()
	}
	token, signIn, err := s.Store.CreateSignIn(ctx, known.member.ID, known.hash, SignInLifetime)
	if customer.CodeOf(err) == customer.NotFound {
		return nil, wrongPassword() // disabled since the password was checked
	}
	if err != nil {
		return nil, err
	}
	s.limits.forget(in.Body.Username, address)
	return &sessionOutput{api.Session{
		Token: token, ExpiresAt: signIn.ExpiresAt, Partner: signIn.Partner, Member: signIn.Member,
		Contract: api.Contract, Name: s.Name,
	}}, nil
}

func wrongPassword() *customer.Error {
	return customer.Fail(customer.Unauthorized, "The username or the password is not right.")
}

// credential is a member and the hash of its password.
type credential struct {
	member api.Member
	hash   string
}

// verify tells whether a password is that of the member who can sign in with
// this username. It takes one from the allowance of failures, and the time it
// takes doesn't tell whether there is such a member.
func (s *server) verify(ctx context.Context, username, secret, address string) (known credential, ok bool, err error) {
	if err := s.limits.try(username, address); err != nil {
		return credential{}, false, err
	}
	known.member, known.hash, err = s.Store.MemberCredentials(ctx, username)
	if err != nil && customer.CodeOf(err) != customer.NotFound {
		return credential{}, false, err
	}
	if err != nil {
		known.hash = "" // verified all the same
	}
	ok, err = s.Passwords.Verify(ctx, known.hash, secret)
	return known, ok && known.hash != "", err
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
