package pages_test

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/pages"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

const (
	goodPassword = "violet tram 83 over the Maas"
	newPassword  = "seven Herons & 1 kettle"
)

// office is a real store behind real pages on a real server.
type office struct {
	t      *testing.T
	store  *store.Store
	hasher *password.Hasher
	server *httptest.Server
	signIn store.SignIn

	mu  sync.Mutex
	now time.Time
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) wait(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, hasher: password.NewHasher(2), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	var err error
	o.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "office.db"), store.Options{
		Clock: o.clock, NewID: func() string { return uuid.Must(uuid.NewV7()).String() },
		PublicURL: func() string { return o.server.URL }, Compose: mail.Compose, Throwaway: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.store.Close() })
	handler, err := pages.New(pages.Options{Accounts: o.store, Hasher: o.hasher, Clock: o.clock, Name: "Nine Streets Platform"})
	if err != nil {
		t.Fatal(err)
	}
	o.server = httptest.NewServer(handler)
	t.Cleanup(o.server.Close)
	hash := o.hash(goodPassword)
	_, owner, err := o.store.CreatePartner(t.Context(), "desk@agency.example", "Bright Agency", hash)
	if err != nil {
		t.Fatal(err)
	}
	if _, o.signIn, err = o.store.CreateSignIn(t.Context(), owner.ID, hash, 24*time.Hour); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) hash(secret string) string {
	o.t.Helper()
	hash, err := o.hasher.Hash(context.Background(), secret)
	if err != nil {
		o.t.Fatal(err)
	}
	return hash
}

// add makes a customer; with a password unless it is Pending Activate.
func (o *office) add(username string, status customer.Status) customer.Customer {
	o.t.Helper()
	first, last, company, lang := "Anna", "Visser", "Visser Bloemen", "en"
	f := customer.Fields{Username: &username, FirstName: &first, LastName: &last, Company: &company, Language: &lang, Status: &status}
	if status != customer.PendingActivate {
		hash := o.hash(goodPassword)
		f.PasswordHash = &hash
	}
	return o.apply(customer.Mutation{Kind: customer.Create, CustomerID: uuid.Must(uuid.NewV7()).String(), Fields: f})
}

func (o *office) apply(m customer.Mutation) customer.Customer {
	o.t.Helper()
	m.ID = uuid.Must(uuid.NewV7()).String()
	r, err := o.store.Apply(context.Background(), o.signIn, m)
	if err != nil {
		o.t.Fatal(err)
	}
	if r.Outcome != customer.Applied {
		o.t.Fatalf("outcome %q: %v", r.Outcome, r.Error)
	}
	return *r.Customer
}

func (o *office) setStatus(c customer.Customer, s customer.Status) customer.Customer {
	o.t.Helper()
	return o.apply(customer.Mutation{Kind: customer.Update, CustomerID: c.ID, BaseRevision: c.Revision,
		Fields: customer.Fields{Status: &s}, Base: customer.Fields{Status: &c.Status}})
}

// link makes a fresh activation or set-your-password link; its path and query.
func (o *office) link(c customer.Customer) string {
	o.t.Helper()
	m, err := o.store.NewLink(context.Background(), o.signIn, c.ID, false)
	if err != nil {
		o.t.Fatal(err)
	}
	return strings.TrimPrefix(m.Link, o.server.URL)
}

func (o *office) ticket(c customer.Customer, reason, destination string) string {
	o.t.Helper()
	ticket, _, err := o.store.CreateTicket(context.Background(), o.signIn, c.ID, reason, destination)
	if err != nil {
		o.t.Fatal(err)
	}
	return ticket
}

// browser is a client with cookies that remembers the page it is on.
type browser struct {
	o      *office
	client *http.Client
	header http.Header // set on every request

	status int
	url    *url.URL
	body   string
	sent   http.Header // of the answer
}

func (o *office) browser() *browser {
	o.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		o.t.Fatal(err)
	}
	return &browser{o: o, client: &http.Client{Jar: jar}, header: http.Header{}}
}

func (b *browser) do(method, path, contentType, body string) *browser {
	b.o.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, b.o.server.URL+path, strings.NewReader(body))
	if err != nil {
		b.o.t.Fatal(err)
	}
	for name, values := range b.header {
		req.Header[name] = values
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	res, err := b.client.Do(req)
	if err != nil {
		b.o.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		b.o.t.Fatal(err)
	}
	b.status, b.url, b.body, b.sent = res.StatusCode, res.Request.URL, string(content), res.Header
	return b
}

func (b *browser) get(path string) *browser {
	b.o.t.Helper()
	return b.do(http.MethodGet, path, "", "")
}

func (b *browser) post(path string, pairs ...string) *browser {
	b.o.t.Helper()
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", form(pairs...))
}

func form(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

// csrf is the form token of the page the browser is on.
func (b *browser) csrf() string {
	b.o.t.Helper()
	found := csrfField.FindStringSubmatch(b.body)
	if found == nil {
		b.o.t.Fatalf("no form token on %s:\n%s", b.url, b.body)
	}
	return found[1]
}

func (b *browser) logIn(c customer.Customer) *browser {
	b.o.t.Helper()
	b.post("/login", "username", c.Username, "password", goodPassword)
	b.want(200, "/c/"+c.ID+"/profile")
	return b
}

func (b *browser) visit(c customer.Customer, reason, destination string) *browser {
	b.o.t.Helper()
	return b.post("/enter", "ticket", b.o.ticket(c, reason, destination))
}

// want checks the status, the path the browser ended on ("" for any), and
// contents: those after "!" must not be there.
func (b *browser) want(status int, path string, contents ...string) *browser {
	b.o.t.Helper()
	if b.status != status || (path != "" && b.url.Path != path) {
		b.o.t.Fatalf("got %d at %s, want %d at %s\n%s", b.status, b.url.Path, status, path, b.body)
	}
	for _, content := range contents {
		unwanted, not := strings.CutPrefix(content, "!")
		if not && strings.Contains(b.body, unwanted) {
			b.o.t.Errorf("%s holds %q:\n%s", b.url.Path, unwanted, b.body)
		}
		if !not && !strings.Contains(b.body, content) {
			b.o.t.Errorf("%s lacks %q:\n%s", b.url.Path, content, b.body)
		}
	}
	return b
}
