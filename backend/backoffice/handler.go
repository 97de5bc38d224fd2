package backoffice

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"partnerdesk/backend/backoffice/pages"
	"partnerdesk/backend/backoffice/route"
	"partnerdesk/backend/backoffice/server"
)

// maxForm is the most bytes a form of a customer page may have.
const maxForm = 64 << 10

func (b *BackOffice) newHandler() (http.Handler, error) {
	o := b.options
	api, err := server.New(server.Options{
		Store: b.store, Mails: b.mails, Passwords: b.passwords, Clock: o.Clock, Name: o.Name, Version: o.Version,
		Destinations: pages.Destinations(), PublicURL: o.PublicURL, Hosts: o.Hosts, Logger: o.Logger, Stopping: b.stopping,
		Meter: o.Meter,
	})
	if err != nil {
		return nil, fmt.Errorf("make the API: %w", err)
	}
	customerPages, err := pages.New(pages.Options{
		Accounts: b.store, Hasher: b.passwords, Clock: o.Clock, Name: o.Name, Logger: o.Logger,
		Secure: func() bool { return strings.HasPrefix(o.PublicURL(), "https://") },
	})
	if err != nil {
		return nil, fmt.Errorf("make the customer pages: %w", err)
	}
	return b.observe(b.admit(b.forwarded(b.routes(api, customerPages)))), nil
}

// routes serves the API, the customer pages and the health.
func (b *BackOffice) routes(api, customerPages http.Handler) *route.Mux {
	mux := route.New()
	mux.Handle("/api/", api)
	mux.Handle(healthPath, b.checkHost(http.HandlerFunc(b.health)))
	mux.Handle("/", b.checkHost(b.pages.guard(boundForm(customerPages))))
	return mux
}

// healthPath is where anybody may ask whether the Back Office can serve.
const healthPath = "/healthz"

// health answers 200 when the database can be read.
func (b *BackOffice) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, http.StatusMethodNotAllowed, "Only GET is served here.")
		return
	}
	if err := b.store.Ping(ctx); err != nil {
		b.options.Logger.ErrorContext(ctx, "database does not answer", "error", err)
		plain(w, http.StatusServiceUnavailable, "The database does not answer.")
		return
	}
	plain(w, http.StatusOK, "ok")
}

// checkHost refuses requests for a host that is not ours, so that no foreign
// name can be pointed at this server (DNS rebinding).
func (b *BackOffice) checkHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.options.Hosts != nil && !server.HostAllowed(r.Host, b.options.Hosts()) {
			plain(w, http.StatusMisdirectedRequest, "This address is not served here.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// boundForm bounds the size of a form and the time it may take to arrive.
func boundForm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(time.Minute)) // not every writer has one
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		next.ServeHTTP(w, r)
	})
}

// plain answers with one sentence.
func plain(w http.ResponseWriter, status int, sentence string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(sentence + "\n")) // the client may be gone
}
