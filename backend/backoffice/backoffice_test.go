package backoffice_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/customer"
)

const (
	partnerName   = "ours@agency.example"
	plainPassword = "correct horse battery staple"
)

// running is a Back Office served on loopback, as the desk embeds it.
type running struct {
	*backoffice.BackOffice
	url, dir string
	log      *record
	stop     func() // ends serving; safe to call again
}

// record is a log that several goroutines may write.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(b)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

func run(t *testing.T) *running {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	r := &running{url: "http://" + l.Addr().String(), dir: filepath.Join(t.TempDir(), "office"), log: &record{}}
	r.BackOffice, err = backoffice.Open(t.Context(), backoffice.Options{
		DataDir: r.dir, Name: "Test Office", Version: "1.2.3", PublicURL: func() string { return r.url },
		Logger: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Hosts: func() []string { return []string{l.Addr().String()} },
	})
	check(t, err)
	_, err = r.CreatePartner(t.Context(), partnerName, "Our Agency", plainPassword)
	check(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	var work sync.WaitGroup
	work.Go(func() { r.Run(ctx) })
	served := make(chan error, 1)
	go func() { served <- r.Serve(ctx, l) }()
	r.stop = sync.OnceFunc(func() {
		cancel()
		check(t, <-served)
		work.Wait()
	})
	t.Cleanup(func() {
		r.stop()
		check(t, r.Close())
	})
	return r
}

func (r *running) client(t *testing.T) *client.Client {
	t.Helper()
	c, err := client.New(r.url, nil)
	check(t, err)
	_, err = c.SignIn(t.Context(), partnerName, plainPassword)
	check(t, err)
	return c
}

func (r *running) get(t *testing.T, path, host string) (status int, header http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
	check(t, err)
	if host != "" {
		req.Host = host
	}
	resp, err := http.DefaultClient.Do(req)
	check(t, err)
	check(t, resp.Body.Close())
	return resp.StatusCode, resp.Header
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHealthAndHosts(t *testing.T) {
	t.Parallel()
	r := run(t)
	for _, test := range []struct {
		path, host string
		status     int
	}{
		{"/healthz", "", 200},
		{"/healthz", "evil.example", 421},
		{"/login", "", 200},
		{server.EnterPath, "", 200}, // where log-in-as links lead
		{"/login", "evil.example", 421},
		{"/login", "evil.example:7360", 421},
		{"/api/v1/meta", "evil.example", 421},
		{"/api/v1/meta", "", 401},
		{"/api/v1/openapi.json", "", 200},
	} {
		status, header := r.get(t, test.path, test.host)
		if status != test.status || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s at %q: %d, want %d", test.path, test.host, status, test.status)
		}
	}
}

func TestDataIsTheUsersAlone(t *testing.T) {
	t.Parallel()
	r := run(t)
	for path, mode := range map[string]os.FileMode{"": 0o700, "backoffice.db": 0o600} {
		info, err := os.Stat(filepath.Join(r.dir, path))
		check(t, err)
		if info.Mode().Perm() != mode {
			t.Errorf("%q is %v", path, info.Mode().Perm())
		}
	}
}

func TestTheLogHoldsNothingPersonal(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	_, err := c.Mutate(t.Context(), []customer.Mutation{newCustomer("ada@shop.example")})
	check(t, err)
	r.get(t, "/activate?token=swordfish", "")
	r.get(t, "/ada@shop.example", "")
	r.stop()
	log := r.log.String()
	if !strings.Contains(log, `path="POST /api/v1/mutations" status=200`) {
		t.Errorf("the log lacks a request:\n%s", log)
	}
	for _, personal := range []string{"swordfish", "ada@", partnerName, "horse", "Byron"} {
		if strings.Contains(log, personal) {
			t.Errorf("the log holds %q:\n%s", personal, log)
		}
	}
}

func TestServeEndsLongPolls(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	page, err := c.Changes(t.Context(), "", 0, 0)
	check(t, err)
	answered := make(chan error, 1)
	go func() {
		_, err := c.Changes(t.Context(), page.Next, 0, 30e9)
		answered <- err
	}()
	r.stop() // fails when a poll holds it up for longer than the grace
	if err := <-answered; err != nil && customer.CodeOf(err) != customer.Offline {
		t.Errorf("error %v", err)
	}
	if _, err := c.Meta(t.Context()); customer.CodeOf(err) != customer.Offline {
		t.Errorf("after stopping: %v", err)
	}
}

func TestCreatePartner(t *testing.T) {
	t.Parallel()
	r := run(t)
	for _, test := range []struct {
		username, name, password string
		code                     customer.Code
		field                    string
	}{
		{"", "Agency", plainPassword, customer.Required, "username"},
		{"agency", "Agency", plainPassword, customer.Invalid, "username"},
		{"new@agency.example", " ", plainPassword, customer.Required, "name"},
		{"new@agency.example", strings.Repeat("é", 101), plainPassword, customer.TooLong, "name"},
		{"new@agency.example", "A\x00", plainPassword, customer.Invalid, "name"},
		{"new@agency.example", "A\xff", plainPassword, customer.Invalid, "name"},
		{"new@agency.example", "Agency", "", "", "password"},
		{"new@agency.example", "Agency", "password", "", "password"},
		{"OURS@agency.example", "Agency", plainPassword, customer.UsernameTaken, "username"},
	} {
		_, err := r.CreatePartner(t.Context(), test.username, test.name, test.password)
		var e *customer.Error
		if !errors.As(err, &e) || (test.code != "" && e.Code != test.code) || e.Field != test.field {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

func TestOpenTellsWhyNot(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	check(t, os.WriteFile(file, []byte("in the way"), 0o600))
	_, err := backoffice.Open(t.Context(), backoffice.Options{DataDir: file, PublicURL: func() string { return "" }})
	if customer.CodeOf(err) != customer.Storage {
		t.Errorf("error %v", err)
	}
	if _, err := backoffice.Open(t.Context(), backoffice.Options{}); err == nil {
		t.Error("opened without a folder")
	}
}
