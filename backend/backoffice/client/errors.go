package client

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// callError is a failed call: what the user reads, and its cause for the log
// and for errors.Is.
type callError struct {
	shown *customer.Error
	cause error
}

func (e *callError) Error() string { return e.shown.Error() }

func (e *callError) Unwrap() []error { return []error{e.shown, e.cause} }

// unreachable says why no answer came. When the caller gave up, the error is
// its context's error too.
func unreachable(caller context.Context, err error) error {
	var untrusted *tls.CertificateVerificationError
	var network net.Error
	switch {
	case caller.Err() != nil:
		return offline("The Back Office was not asked to the end.", caller.Err())
	case errors.Is(err, errRedirect):
		return offline("The Back Office sends us to another address. Check the address.", err)
	case errors.As(err, &untrusted):
		return offline("The Back Office's certificate can't be trusted.", err)
	case errors.As(err, &network) && network.Timeout():
		return offline("The Back Office does not answer.", err)
	}
	return offline("The Back Office can't be reached.", err)
}

// refused turns an answer that is no success into an error.
func refused(answer *http.Response, body []byte) error {
	status := answer.StatusCode
	cause := fmt.Errorf("status %d", status)
	var p api.Problem
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err == nil && kind == api.ProblemType && json.Unmarshal(body, &p) == nil && p.Code != "" && p.Detail != "" {
		return &callError{shown(p), cause}
	}
	switch status {
	case http.StatusUnauthorized:
		return &callError{customer.Fail(customer.Unauthorized, "Sign in to the Back Office again."), cause}
	case http.StatusTooManyRequests:
		return &callError{customer.Fail(customer.TooMany, "Too many attempts. Wait a minute and try again."), cause}
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return offline("The Back Office does not answer.", cause)
	}
	return offline(notABackOffice, cause)
}

func shown(p api.Problem) *customer.Error {
	e := &customer.Error{Code: p.Code, Field: p.Field, Message: p.Detail}
	if p.Status == http.StatusUnauthorized {
		e.Code = customer.Unauthorized
	}
	for _, f := range p.Errors {
		e.Fields = append(e.Fields, customer.Error{Code: f.Code, Field: f.Field, Message: f.Detail})
	}
	return e
}
