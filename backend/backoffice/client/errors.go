package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"time"

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
	var noTLS tls.RecordHeaderError
	var network net.Error
	switch {
	case caller.Err() != nil:
		return offline("The Back Office was not asked to the end.", caller.Err())
	case errors.Is(err, errRedirect):
		return offline("The Back Office sends us to another address. Check the address.", err)
	case errors.As(err, &untrusted):
		return &callError{customer.Fail(customer.Untrusted, distrust(untrusted.Err)), err}
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &noTLS):
		return offline("What answers at this address does not speak https.", err)
	case errors.As(err, &network) && network.Timeout():
		return offline("The Back Office does not answer.", err)
	}
	return offline("The Back Office can't be reached.", err)
}

// distrust says what is wrong with a certificate.
func distrust(err error) string {
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore):
		return "The Back Office's certificate is not valid yet. Check the date of this computer."
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "The Back Office's certificate has expired. Whoever runs the Back Office has to renew it."
	case errors.As(err, &name):
		return "The Back Office's certificate is for another name than this address. Check the address."
	case errors.As(err, &authority):
		return "The Back Office's certificate comes from an authority that this computer does not know, so anybody could have made it."
	}
	return "The Back Office's certificate can't be trusted."
}

// refused turns an answer that is no success into an error. Nothing but a Back
// Office's own word makes a sign-in wrong: a call that is open to all and gets
// "unauthorized" from something else has found no Back Office.
func refused(answer *http.Response, body []byte, open bool) error {
	status := answer.StatusCode
	cause := fmt.Errorf("status %d", status)
	var p api.Problem
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err == nil && kind == api.ProblemType && json.Unmarshal(body, &p) == nil && p.Code != "" && p.Detail != "" {
		return &callError{shown(p), cause}
	}
	switch {
	case status == http.StatusUnauthorized && !open:
		return &callError{customer.Fail(customer.Unauthorized, "Sign in to the Back Office again."), cause}
	case status == http.StatusRequestEntityTooLarge: // by a proxy: the Back Office says so in its own words
		return &callError{customer.Fail(customer.TooLong, "This is more than the Back Office lets through."), cause}
	case status == http.StatusTooManyRequests:
		return &callError{customer.Fail(customer.TooMany, "Too many attempts. Wait a minute and try again."), cause}
	case status == http.StatusBadGateway, status == http.StatusServiceUnavailable, status == http.StatusGatewayTimeout:
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
