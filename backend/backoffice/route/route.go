// Package route is a mux that can be asked what it serves, so that a test finds
// out what was added without saying who may have it. It decides nothing.
package route

import (
	"net/http"
	"slices"
)

// Mux is an http.ServeMux that remembers the patterns it was given.
type Mux struct {
	*http.ServeMux
	patterns []string
}

// New returns a Mux that serves nothing yet.
func New() *Mux { return &Mux{ServeMux: http.NewServeMux()} }

// Handle is that of http.ServeMux.
func (m *Mux) Handle(pattern string, h http.Handler) {
	m.patterns = append(m.patterns, pattern)
	m.ServeMux.Handle(pattern, h)
}

// HandleFunc is that of http.ServeMux.
func (m *Mux) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	m.Handle(pattern, http.HandlerFunc(h))
}

// Patterns lists what is served, in order.
func (m *Mux) Patterns() []string { return slices.Sorted(slices.Values(m.patterns)) }
