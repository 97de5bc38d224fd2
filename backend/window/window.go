// Package window guards the seam between Go and the page in the window: panics
// and errors of bound methods, what the framework may log, and the headers
// under which the page is served. It knows nothing of customers.
package window

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"partnerdesk/backend/customer"
)

// Guard turns a panic in a bound method into an error, since a panic would
// leave the page waiting for ever: defer Guard(&err).
func Guard(err *error) {
	if p := recover(); p != nil {
		slog.Error("panic in a bound method", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		*err = customer.Fail(customer.Internal, "Something went wrong inside Partner Desk. Nothing was lost; try again.")
	}
}

// FormatError gives the page an error as a JSON customer.Error. Anything that
// is not meant for a user is logged and told in one honest sentence.
func FormatError(err error) any {
	var e *customer.Error
	if !errors.As(err, &e) {
		slog.Error("bound method failed", "error", err)
		e = customer.Fail(customer.Internal, "Something went wrong inside Partner Desk. Nothing was lost; try again.")
	}
	raw, marshalErr := json.Marshal(e)
	if marshalErr != nil {
		return `{"code":"internal","message":"Something went wrong inside Partner Desk."}`
	}
	return string(raw)
}

// ContentSecurityPolicy of the page: its own files only, no inline script or
// style, no frames (a frame could reach the bound methods).
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"

// Secure adds the security headers to everything the window is served.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", ContentSecurityPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}
