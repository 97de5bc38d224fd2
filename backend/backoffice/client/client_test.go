package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, fine := range map[string]bool{
		"https://desk.example":       true,
		"https://desk.example:8443/": true,
		" https://desk.example ":     true,
		"http://127.0.0.1:7360":      true,
		"http://[::1]:7360":          true,
		"http://localhost:7360":      true,
		"http://desk.example":        false,
		"http://127.0.0.1.evil.test": false,
		"http://192.168.1.5":         false,
		"http://0.0.0.0:7360":        false,
		"desk.example":               false,
		"ftp://desk.example":         false,
		"javascript:alert(1)":        false,
		"file:///etc/passwd":         false,
		"https://":                   false,
		"https://a:b@desk.example":   false,
		"https://desk.example/login": false,
		"https://desk.example?x=1":   false,
		"https://desk.example#x":     false,
		"https://desk.example:port":  false,
		"https://desk\x00.example":   false,
		"":                           false,
	} {
		_, err := client.New(address, nil)
		if (err == nil) != fine {
			t.Errorf("%q: %v", address, err)
		}
		var e *customer.Error
		if err != nil && (!errors.As(err, &e) || e.Code != customer.Invalid || e.Field != "address") {
			t.Errorf("%q: %#v", address, err)
		}
	}
}

func TestTypedAddresses(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"desk.example.com":             "https://desk.example.com",
		" Desk.Example.com/ ":          "https://desk.example.com",
		"desk.example.com:8443":        "https://desk.example.com:8443",
		"HTTPS://desk.example.com:443": "https://desk.example.com",
		"http://127.0.0.1:7360/":       "http://127.0.0.1:7360",
		"http://localhost:80":          "http://localhost",
		"https://[::1]:443":            "https://[::1]",
		"intranet":                     "https://intranet",
		"http://desk.example.com":      "",
		"ftp://desk.example.com":       "",
		"name@desk.example.com":        "",
		"desk.example.com/login":       "",
		"desk example com":             "",
		"javascript:alert(1)":          "",
		" ":                            "",
	} {
		got, err := client.Address(typed)
		var e *customer.Error
		if got != want || want == "" && (!errors.As(err, &e) || e.Field != "address" || e.Code != customer.Invalid) {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

// respond serves one canned answer.
func respond(t *testing.T, handler http.HandlerFunc) *client.Client {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	c, err := client.New(s.URL, s.Client())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	problem := func(p api.Problem) string {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	several := api.Problem{Status: 422, Code: customer.Invalid, Detail: "Two.", Errors: []api.FieldProblem{
		{Code: customer.Required, Field: "a", Detail: "A."}, {Code: customer.TooLong, Field: "b", Detail: "B."},
	}}
	for _, test := range []struct {
		name, kind, body string
		status           int
		code             customer.Code
		field, message   string
	}{
		{"a problem", api.ProblemType, problem(api.Problem{Status: 423, Code: customer.AccountLocked, Detail: "Locked."}), 423, customer.AccountLocked, "", "Locked."},
		{"with a charset", api.ProblemType + "; charset=utf-8", problem(api.Problem{Status: 404, Code: customer.NotFound, Detail: "Gone."}), 404, customer.NotFound, "", "Gone."},
		{"of a field", api.ProblemType, problem(api.Problem{Status: 422, Code: customer.TooLong, Field: "reason", Detail: "Long."}), 422, customer.TooLong, "reason", "Long."},
		{"of fields", api.ProblemType, problem(several), 422, customer.Invalid, "", "a: A.; b: B."},
		{"a code from the future", api.ProblemType, problem(api.Problem{Status: 409, Code: "frozen", Detail: "Frozen."}), 409, "frozen", "", "Frozen."},
		{"401 without a problem", "text/plain", "no", 401, customer.Unauthorized, "", "Sign in to the Back Office again."},
		{"429 without a problem", "text/html", "<p>", 429, customer.TooMany, "", "Too many attempts. Wait a minute and try again."},
		{"a proxy's 413", "text/html", "<h1>Too large</h1>", 413, customer.TooLong, "", "This is more than the Back Office lets through."},
		{"a proxy's 502", "text/html", "<h1>Bad gateway</h1>", 502, customer.Offline, "", "The Back Office does not answer."},
		{"somebody else's 404", "text/html", "<h1>Not found</h1>", 404, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"a broken problem", api.ProblemType, `{"code":`, 400, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"a problem without a code", api.ProblemType, `{}`, 500, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"a login page", "text/html", "<form>", 200, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"no type", "", "{}", 200, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"broken JSON", "application/json", `{"name":`, 200, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"another shape", "application/json", `{"name":7}`, 200, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"no content", "", "", 204, customer.Offline, "", "What answers at this address is not a Back Office."},
		{"too much", "application/json", `"` + strings.Repeat("a", 64<<20), 200, customer.Offline, "", "The Back Office's answer is too large."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := respond(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header()["Content-Type"] = []string{test.kind}
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			_, err := c.Meta(t.Context())
			var e *customer.Error
			if !errors.As(err, &e) || e.Code != test.code || e.Field != test.field || err.Error() != test.message {
				t.Errorf("%#v", err)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	reached := make(chan string, 1)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		reached <- r.Header.Get("Authorization")
	}))
	t.Cleanup(elsewhere.Close)
	c := respond(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
	})
	c.SetToken("secret")
	_, err := c.SignIn(t.Context(), "a@b.example", "password")
	if customer.CodeOf(err) != customer.Offline || !strings.Contains(err.Error(), "another address") {
		t.Errorf("error %v", err)
	}
	if len(reached) != 0 {
		t.Error("the redirect was followed")
	}
	around := respond(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	if _, err := around.Meta(t.Context()); customer.CodeOf(err) != customer.Offline {
		t.Errorf("in circles: %v", err)
	}
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := client.New(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]func() error{
		"SignIn":   func() error { _, err := c.SignIn(t.Context(), "a@b.example", "x"); return err },
		"SignOut":  func() error { return c.SignOut(t.Context()) },
		"Meta":     func() error { _, err := c.Meta(t.Context()); return err },
		"Changes":  func() error { _, err := c.Changes(t.Context(), "", 0, time.Second); return err },
		"Mutate":   func() error { _, err := c.Mutate(t.Context(), make([]customer.Mutation, 1)); return err },
		"LogInAs":  func() error { _, err := c.LogInAs(t.Context(), "1", "", ""); return err },
		"NewLink":  func() error { _, err := c.NewLink(t.Context(), "1", true); return err },
		"Events":   func() error { _, err := c.Events(t.Context(), "1", 0); return err },
		"Mails":    func() error { _, err := c.Mails(t.Context(), "1"); return err },
		"Visits":   func() error { _, err := c.Visits(t.Context()); return err },
		"EndVisit": func() error { return c.EndVisit(t.Context(), "1") },
	}
	for name, call := range calls {
		if err := call(); customer.CodeOf(err) != customer.Offline || err.Error() != "The Back Office can't be reached." {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnUntrustedCertificate(t *testing.T) {
	t.Parallel()
	s := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	c, err := client.New(s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Meta(t.Context())
	if customer.CodeOf(err) != customer.Untrusted || !strings.Contains(err.Error(), "an authority that this computer does not know") {
		t.Errorf("error %v", err)
	}
}

func TestTheCallerGivesUp(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := respond(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := c.Changes(ctx, "1", 0, 30*time.Second)
	if !errors.Is(err, context.Canceled) || customer.CodeOf(err) != customer.Offline {
		t.Errorf("error %v", err)
	}
}

// TestClientsShareNoConnection: a connection to a Back Office that was closed
// must not be taken up by the client of the next one on the same port.
func TestClientsShareNoConnection(t *testing.T) {
	t.Parallel()
	from := make(chan string, 2)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from <- r.RemoteAddr
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"visits":[]}`))
	}))
	t.Cleanup(server.Close)
	for range 2 {
		c, err := client.New(server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Visits(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if first, second := <-from, <-from; first == second {
		t.Errorf("both clients used the connection from %s", first)
	}
}

func TestReachable(t *testing.T) {
	t.Parallel()
	status := http.StatusOK
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer web.Close()
	c, err := client.New(web.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Reachable(t.Context()) {
		t.Error("it is there, and is not found")
	}
	if status = http.StatusBadGateway; c.Reachable(t.Context()) {
		t.Error("a proxy before one that is away is taken for it")
	}
	if web.Close(); c.Reachable(t.Context()) {
		t.Error("nothing is there, and is found")
	}
}
