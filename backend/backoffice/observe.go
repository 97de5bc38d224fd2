package backoffice

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/trace"
)

// observe logs and counts each request and survives a panic. It logs the
// pattern of a path, never the address itself: that may hold a token or a name.
// The request's id is in the answer too, so that a partner can name it.
func (b *BackOffice) observe(next http.Handler) http.Handler {
	log := b.options.Logger
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := b.options.Clock()
		seen := &watched{ResponseWriter: w}
		id := requestID()
		w.Header().Set("X-Request-Id", id)
		r = r.WithContext(trace.Begin(r.Context(), id)) // a copy
		defer func() {
			if fault := recover(); fault != nil {
				if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(fault)
				}
				log.ErrorContext(r.Context(), "panic in a handler", "method", methodOf(r), "path", r.Pattern,
					"fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
				if seen.status != 0 {
					panic(http.ErrAbortHandler) // too late for another answer
				}
				sorry(seen, r)
			}
			took := b.options.Clock().Sub(started)
			log.Log(r.Context(), levelOf(seen.status), "request", "method", methodOf(r), "path", r.Pattern, "status", seen.status,
				"milliseconds", took.Milliseconds())
			b.options.Meter.Served(methodOf(r), r.Pattern, max(seen.status, http.StatusOK), took)
		}()
		next.ServeHTTP(seen, r)
	})
}

// methodOf is one of HTTP's methods, or "other": clients may make methods up.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// requestID is not a secret, only unlikely to come twice.
func requestID() string { return strconv.FormatUint(rand.Uint64(), 36) }

// levelOf keeps the many requests that went well out of a usual log.
func levelOf(status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case status >= http.StatusBadRequest:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

func sorry(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		server.WriteProblem(w, errors.New("panic"))
		return
	}
	plain(w, http.StatusInternalServerError, "Something went wrong on our side. Please try again in a moment.")
}

// watched remembers the status of an answer.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	if err != nil {
		return n, fmt.Errorf("write answer: %w", err)
	}
	return n, nil
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }
