package backoffice

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestPanics(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	b := &BackOffice{options: Options{Clock: time.Now, Meter: noMeter{}, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/customers/{id}", func(http.ResponseWriter, *http.Request) { panic(errors.New("a bug")) })
	mux.HandleFunc("GET /login", func(http.ResponseWriter, *http.Request) { panic("a bug") })
	mux.HandleFunc("GET /late", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("a", 1<<20))
		panic("a bug")
	})
	s := httptest.NewServer(b.observe(mux))
	for path, want := range map[string]string{
		"/api/v1/customers/ada@shop.example?token=swordfish": "application/problem+json",
		"/login?token=swordfish":                             "text/plain; charset=utf-8",
	} {
		resp, err := http.Get(s.URL + path) //nolint:noctx // a test
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusInternalServerError || resp.Header.Get("Content-Type") != want ||
			strings.Contains(string(body), "a bug") {
			t.Errorf("%s: %d %s %s %v", path, resp.StatusCode, resp.Header.Get("Content-Type"), body, err)
		}
		_ = resp.Body.Close()
	}
	resp, err := http.Get(s.URL + "/late") //nolint:noctx // a test
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		_ = resp.Body.Close()
	}
	if err == nil {
		t.Error("an answer that broke off looks whole")
	}
	s.Close()
	lines := log.String()
	for _, secret := range []string{"swordfish", "ada@shop.example"} {
		if strings.Contains(lines, secret) {
			t.Errorf("the log holds %q:\n%s", secret, lines)
		}
	}
	for _, wanted := range []string{`path="GET /api/v1/customers/{id}"`, "stack=", "status=500", "a bug"} {
		if !strings.Contains(lines, wanted) {
			t.Errorf("the log lacks %q:\n%s", wanted, lines)
		}
	}
}
