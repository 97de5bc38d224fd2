package server

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/limit"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/backoffice/trace"
	"partnerdesk/backend/customer"
)

// caller is who asks.
type caller struct {
	in      store.SignIn // zero when the call needs no sign-in
	token   string       // of the sign-in
	address string
}

type callerKey struct{}

func callerOf(ctx context.Context) caller {
	c, _ := ctx.Value(callerKey{}).(caller)
	return c
}

// bodyTimeout is how long a request's body may take to arrive.
const bodyTimeout = 30 * time.Second

// prepare runs before every call: where the operation asks for it, it signs
// the caller in and sees whether the role allows the call; and it reads and
// checks the body.
func (s *server) prepare(ctx huma.Context, next func(huma.Context)) {
	op := ctx.Operation()
	r, w := humago.Unwrap(ctx)
	c := caller{address: limit.Address(r.RemoteAddr)}
	if len(op.Security) > 0 {
		var err error
		if c.in, c.token, err = s.authenticate(r); err != nil {
			p := s.fail(r.Context(), op.OperationID, err)
			if p.Status == http.StatusUnauthorized {
				w.Header().Set("WWW-Authenticate", "Bearer")
			}
			write(w, p)
			return
		}
		trace.Note(r.Context(), "partner", c.in.Partner.ID)
		trace.Note(r.Context(), "member", c.in.Member.ID)
		if err := permissionOf(op).check(c.in.Member.Role); err != nil {
			WriteProblem(w, err)
			return
		}
	}
	if op.RequestBody != nil {
		deadline := http.NewResponseController(w)
		_ = deadline.SetReadDeadline(time.Now().Add(bodyTimeout)) // not every writer has one
		if p := readBody(w, r, op.MaxBodyBytes-1); p != nil {
			write(w, p)
			return
		}
		_ = deadline.SetReadDeadline(time.Time{})
	}
	next(huma.WithValue(ctx, callerKey{}, c))
}

// authenticate finds the sign-in of a request's bearer token.
func (s *server) authenticate(r *http.Request) (in store.SignIn, token string, err error) {
	headers := r.Header.Values("Authorization")
	if len(headers) != 1 {
		return in, "", customer.Fail(customer.Unauthorized, "Sign in first.")
	}
	scheme, token, _ := strings.Cut(headers[0], " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > maxToken {
		return in, "", customer.Fail(customer.Unauthorized, "Sign in first.")
	}
	in, err = s.Store.SignInByToken(r.Context(), token)
	return in, token, err
}

// maxToken is more than any token has, in bytes.
const maxToken = 256

// fail makes a problem of err and logs what the caller is not shown.
func (s *server) fail(ctx context.Context, operation string, err error) *api.Problem {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError && ctx.Err() == nil {
		s.Logger.ErrorContext(ctx, "api call failed", "operation", operation, "error", err)
	}
	return p
}
