package update_test

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aead.dev/minisign"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/update"
)

// publisher is who signs versions.
type publisher struct {
	key     minisign.PrivateKey
	public  string
	files   map[string][]byte
	server  *httptest.Server
	fetched atomic.Int32
}

func newPublisher(t *testing.T) *publisher {
	t.Helper()
	public, private, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &publisher{key: private, public: public.String(), files: map[string][]byte{}}
	p.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.fetched.Add(1)
		text, ok := p.files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(text) // who asked may be gone
	}))
	t.Cleanup(p.server.Close)
	return p
}

// publish signs a manifest as the tool minisign does: over its hash.
func (p *publisher) publish(manifest string) {
	reader := minisign.NewReader(strings.NewReader(manifest))
	if _, err := reader.Read(make([]byte, len(manifest)+1)); err != nil {
		panic(err) // it reads from memory
	}
	p.files["/desk.json"] = []byte(manifest)
	p.files["/desk.json.minisig"] = reader.Sign(p.key)
}

func (p *publisher) address() string { return p.server.URL + "/desk.json" }

func (p *publisher) checker(dir string) *update.Checker {
	return update.New(update.Options{
		Dir: dir, Version: "1.2.3", Key: p.public, Address: p.address(),
		Clock:  func() time.Time { return time.UnixMilli(1_790_000_000_000) },
		Logger: slog.New(slog.DiscardHandler), Changed: func() {},
	})
}

func turnOn(t *testing.T, c *update.Checker, address string) {
	t.Helper()
	if _, err := c.Save(update.Settings{On: true, Address: address}); err != nil {
		t.Fatal(err)
	}
}

func TestItIsOffUntilAskedFor(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.publish(`{"version":"9.0.0"}`)
	c := p.checker(t.TempDir())
	want := update.State{Possible: true, Settings: update.Settings{Address: p.address()}}
	if got := c.Look(t.Context()); got != want {
		t.Errorf("state %+v, want %+v", got, want)
	}
	if p.fetched.Load() != 0 {
		t.Error("it asked without being asked for")
	}
}

func TestLook(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ manifest, newest, notes, problem string }{
		"newer":              {`{"version":"1.3.0","notes":"https://desk.example/1.3"}`, "1.3.0", "https://desk.example/1.3", ""},
		"newer by a digit":   {`{"version":"1.2.10"}`, "1.2.10", "", ""},
		"the same":           {`{"version":"1.2.3"}`, "", "", ""},
		"older":              {`{"version":"1.1.9"}`, "", "", ""},
		"a test of the same": {`{"version":"1.2.3-rc.1"}`, "", "", ""},
		"no version":         {`{"version":"new"}`, "", "", "does not say which version"},
		"half a version":     {`{"version":"2"}`, "", "", "does not say which version"},
		"no JSON":            {`<html>`, "", "", "does not say which version"},
		"page in clear":      {`{"version":"1.3.0","notes":"http://desk.example/"}`, "", "", "does not say which version"},
		"page that runs":     {`{"version":"1.3.0","notes":"javascript:alert(1)"}`, "", "", "does not say which version"},
	}
	for name, tt := range tests {
		p := newPublisher(t)
		p.publish(tt.manifest)
		c := p.checker(t.TempDir())
		turnOn(t, c, p.address())
		got := c.Look(t.Context())
		if got.Newest != tt.newest || got.Notes != tt.notes {
			t.Errorf("%s: %+v", name, got)
		}
		if (got.Problem == "") != (tt.problem == "") || !strings.Contains(got.Problem, tt.problem) {
			t.Errorf("%s: problem %q, want %q", name, got.Problem, tt.problem)
		}
		if (got.CheckedAt != 0) != (tt.problem == "") {
			t.Errorf("%s: looked at %d", name, got.CheckedAt)
		}
	}
}

func TestOnlyThePublisherIsBelieved(t *testing.T) {
	t.Parallel()
	p, stranger := newPublisher(t), newPublisher(t)
	stranger.publish(`{"version":"9.0.0"}`)
	c := p.checker(t.TempDir())
	turnOn(t, c, stranger.address())
	if got := c.Look(t.Context()); got.Newest != "" || !strings.Contains(got.Problem, "not signed by the publisher") {
		t.Errorf("a stranger's: %+v", got)
	}
	p.publish(`{"version":"1.3.0"}`)
	p.files["/desk.json"] = []byte(`{"version":"9.0.0"}`)
	turnOn(t, c, p.address())
	if got := c.Look(t.Context()); got.Newest != "" || !strings.Contains(got.Problem, "not signed by the publisher") {
		t.Errorf("changed on the way: %+v", got)
	}
	delete(p.files, "/desk.json.minisig")
	if got := c.Look(t.Context()); got.Newest != "" || !strings.Contains(got.Problem, "can't be reached") {
		t.Errorf("without a signature: %+v", got)
	}
	p.files["/desk.json"] = make([]byte, 65<<10)
	if got := c.Look(t.Context()); !strings.Contains(got.Problem, "does not say") {
		t.Errorf("endless: %+v", got)
	}
}

func TestWhatWasFoundIsKnownAfterARestart(t *testing.T) {
	t.Parallel()
	p, dir := newPublisher(t), t.TempDir()
	p.publish(`{"version":"1.3.0"}`)
	c := p.checker(dir)
	turnOn(t, c, p.address())
	c.Look(t.Context())
	p.server.Close()
	c = p.checker(dir)
	if got := c.State(); got.Newest != "1.3.0" || !got.Settings.On {
		t.Errorf("after a restart: %+v", got)
	}
	if got := c.Look(t.Context()); got.Newest != "1.3.0" || got.CheckedAt != 1_790_000_000_000 || got.Problem == "" {
		t.Errorf("offline: %+v", got)
	}
	if _, err := c.Save(update.Settings{Address: p.address()}); err != nil {
		t.Fatal(err)
	}
	if got := c.State(); got.Newest != "" || got.Settings.On || got.Problem != "" {
		t.Errorf("turned off: %+v", got)
	}
}

func TestAnotherAddressForgetsWhatTheFirstSaid(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.publish(`{"version":"1.3.0"}`)
	c := p.checker(t.TempDir())
	turnOn(t, c, p.address())
	c.Look(t.Context())
	turnOn(t, c, "https://elsewhere.example/desk.json")
	if got := c.State(); got.Newest != "" || got.CheckedAt != 0 {
		t.Errorf("state %+v", got)
	}
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	c := p.checker(t.TempDir())
	for address, code := range map[string]customer.Code{
		"":                                 customer.Required,
		"desk":                             customer.Invalid,
		"http://desk.example/desk.json":    customer.Invalid,
		"ftp://desk.example/desk.json":     customer.Invalid,
		"https://me:pw@desk.example/":      customer.Invalid,
		"https://desk.example/desk.json?a": customer.Invalid,
		"https://desk.example/#a":          customer.Invalid,
		"https:///desk.json":               customer.Invalid,
		"file:///etc/passwd":               customer.Invalid,
	} {
		_, err := c.Save(update.Settings{On: true, Address: address})
		var e *customer.Error
		if customer.CodeOf(err) != code || !asError(err, &e) || e.Field != "address" {
			t.Errorf("Save(%q): %v, want %v on address", address, err, code)
		}
	}
	if got := c.State(); got.Settings.On {
		t.Errorf("state %+v", got)
	}
}

func TestSaveTellsWhenItCannotBeKept(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	c := p.checker(filepath.Join(t.TempDir(), "nowhere"))
	if _, err := c.Save(update.Settings{On: true, Address: p.address()}); customer.CodeOf(err) != customer.Storage {
		t.Errorf("error %v", err)
	}
}

func TestWithoutAKeyNothingIsAsked(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.publish(`{"version":"9.0.0"}`)
	for _, key := range []string{"", "nonsense"} {
		p.public = key
		c := p.checker(t.TempDir())
		turnOn(t, c, p.address())
		c.Run(t.Context()) // returns at once
		if got := c.Look(t.Context()); got.Possible || got.Newest != "" {
			t.Errorf("key %q: %+v", key, got)
		}
	}
	if p.fetched.Load() != 0 {
		t.Error("it asked, and could have believed nothing")
	}
}

func TestADamagedFileTurnsItOff(t *testing.T) {
	t.Parallel()
	p, dir := newPublisher(t), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "updates.json"), []byte(`{"on":true,"addr`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := p.checker(dir).State(); got.Settings.On || got.Settings.Address != p.address() {
		t.Errorf("state %+v", got)
	}
}

func TestNoRedirectLeavesHTTPS(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	turn := httptest.NewServer(http.RedirectHandler("http://desk.example/desk.json", http.StatusFound))
	defer turn.Close()
	c := p.checker(t.TempDir())
	turnOn(t, c, turn.URL+"/desk.json")
	if got := c.Look(t.Context()); !strings.Contains(got.Problem, "can't be reached") {
		t.Errorf("state %+v", got)
	}
}

func TestOpenNotesOpensWhatWasSigned(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.publish(`{"version":"1.3.0","notes":"https://desk.example/1.3"}`)
	opened := ""
	c := update.New(update.Options{
		Dir: t.TempDir(), Version: "1.2.3", Key: p.public, Address: p.address(), Clock: time.Now,
		Logger: slog.New(slog.DiscardHandler), Changed: func() {},
		Open: func(_ context.Context, page string) error { opened = page; return nil },
	})
	if err := c.OpenNotes(t.Context()); customer.CodeOf(err) != customer.NotFound || opened != "" {
		t.Errorf("before: %v, opened %q", err, opened)
	}
	turnOn(t, c, p.address())
	c.Look(t.Context())
	if err := c.OpenNotes(t.Context()); err != nil || opened != "https://desk.example/1.3" {
		t.Errorf("%v, opened %q", err, opened)
	}
}

func TestRunLooksAtTheStartAndWhenTurnedOn(t *testing.T) {
	t.Parallel()
	p := newPublisher(t)
	p.publish(`{"version":"1.3.0"}`)
	changed := make(chan struct{}, 10)
	c := update.New(update.Options{
		Dir: t.TempDir(), Version: "1.2.3", Key: p.public, Clock: time.Now,
		Logger: slog.New(slog.DiscardHandler), Changed: func() { changed <- struct{}{} },
	})
	go c.Run(t.Context())
	turnOn(t, c, p.address())
	<-changed
	if got := c.State(); got.Newest != "1.3.0" {
		t.Errorf("state %+v", got)
	}
}

func asError(err error, into **customer.Error) bool { return errors.As(err, into) }
