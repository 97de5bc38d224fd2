package server

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"partnerdesk/backend/backoffice/route"
	"partnerdesk/backend/customer"
)

// guard refuses what must not reach a handler: requests for another host, from
// a web page of another origin, and paths or methods that do not exist.
func (s *server) guard(mux *route.Mux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		switch {
		case s.Hosts != nil && !HostAllowed(r.Host, s.Hosts()):
			write(w, problem(http.StatusMisdirectedRequest, customer.Fail(customer.Forbidden, "This address is not served here.")))
		case !s.sameOrigin(r):
			WriteProblem(w, customer.Fail(customer.Forbidden, "Web pages may not use this API."))
		case !plainQuery(r.URL.RawQuery):
			WriteProblem(w, customer.Fail(customer.Invalid, "The address holds a parameter that is given twice or can't be read."))
		default:
			s.serve(mux, w, r)
		}
	})
}

// serve answers with problem details where the mux has no handler.
func (s *server) serve(mux *route.Mux, w http.ResponseWriter, r *http.Request) {
	h, pattern := mux.Handler(r)
	if pattern != "" {
		mux.ServeHTTP(w, r)
		return
	}
	p := problemOf(customer.Fail(customer.NotFound, "There is nothing at this address."))
	refusal := refusal{header: http.Header{}}
	h.ServeHTTP(&refusal, r)
	if refusal.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", refusal.header.Get("Allow"))
		p = problem(refusal.status, customer.Fail(customer.Invalid, "This address does not take "+r.Method+" requests."))
	}
	write(w, p)
}

// refusal learns how the mux would refuse a request.
type refusal struct {
	header http.Header
	status int
}

func (r *refusal) Header() http.Header         { return r.header }
func (r *refusal) Write(b []byte) (int, error) { return len(b), nil }
func (r *refusal) WriteHeader(status int)      { r.status = status }

// sameOrigin reports that a request does not come from another site's page.
// Partner Desk is no browser and sends neither header.
func (s *server) sameOrigin(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default:
		return false
	}
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		return true
	}
	own, err := url.Parse(s.PublicURL())
	if err != nil || len(origins) > 1 {
		return false
	}
	return strings.EqualFold(origins[0], own.Scheme+"://"+own.Host)
}

// HostAllowed reports whether a request's Host is one of allowed, without
// regard to case; an entry without a port allows every port.
func HostAllowed(host string, allowed []string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	return slices.ContainsFunc(allowed, func(a string) bool {
		return strings.EqualFold(a, host) || strings.EqualFold(strings.Trim(a, "[]"), strings.Trim(name, "[]"))
	})
}

// plainQuery reports that a query can be read in one way only.
func plainQuery(raw string) bool {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return false
	}
	for _, v := range values {
		if len(v) > 1 {
			return false
		}
	}
	return true
}
