package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

const (
	publicURL = "https://desk.example"
	secret    = "correct horse battery staple"
)

// office is a real store behind a real HTTP server, with two partners who
// have one customer each.
type office struct {
	t        *testing.T
	url      string
	path     string // of the database
	store    *store.Store
	files    mail.Files
	clock    *clock
	hash     string // of secret, everybody's password
	ours     signedIn
	theirs   signedIn
	stopping chan struct{}
	ended    chan struct{} // one value for each request that was answered
}

type signedIn struct {
	partner  api.Partner
	in       store.SignIn
	token    string
	customer string // the id of a customer of this partner
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// open starts a Back Office. wrap, when given, stands between API and store.
func open(t *testing.T, wrap func(*store.Store) server.Store) *office {
	t.Helper()
	dir := t.TempDir()
	o := &office{
		t: t, path: filepath.Join(dir, "backoffice.db"), files: mail.Files{Dir: filepath.Join(dir, "mail")}, stopping: make(chan struct{}), ended: make(chan struct{}, 1000),
		clock: &clock{now: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)},
	}
	var err error
	o.store, err = store.Open(t.Context(), o.path, store.Options{
		Clock: o.clock.Now, PublicURL: func() string { return publicURL }, Compose: mail.Compose, Throwaway: true,
	})
	check(t, err)
	t.Cleanup(func() { check(t, o.store.Close()) })
	hasher := password.NewHasher(2)
	o.hash, err = hasher.Hash(t.Context(), secret)
	check(t, err)
	o.ours = o.partner("ours@agency.example")
	o.theirs = o.partner("theirs@agency.example")
	var behind server.Store = o.store
	if wrap != nil {
		behind = wrap(o.store)
	}
	handler, err := server.New(server.Options{
		Store: behind, Mails: o.files, Passwords: hasher, Clock: o.clock.Now, Name: "Test Office", Version: "1.2.3",
		Destinations: []customer.Destination{{ID: "profile", Title: "Profile"}, {ID: "password", Title: "Password"}, {ID: "activity", Title: "Activity"}},
		PublicURL:    func() string { return publicURL }, Stopping: o.stopping,
		Hosts: func() []string { return []string{"127.0.0.1", "desk.example"} },
	})
	check(t, err)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { o.ended <- struct{}{} }()
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	o.url = s.URL
	return o
}

func (o *office) partner(username string) signedIn {
	o.t.Helper()
	p, owner, err := o.store.CreatePartner(o.t.Context(), username, "Agency "+username, o.hash)
	check(o.t, err)
	token, in, err := o.store.CreateSignIn(o.t.Context(), owner.ID, o.hash, time.Hour)
	check(o.t, err)
	s := signedIn{partner: p, in: in, token: token}
	m := create("customer-of-" + username)
	result, err := o.store.Apply(o.t.Context(), in, m)
	check(o.t, err)
	if result.Outcome != customer.Applied {
		o.t.Fatalf("create a customer: %+v", result)
	}
	s.customer = m.CustomerID
	return s
}

// saveMails writes the queued mails of our customer as files, and returns the
// id of the newest.
func (o *office) saveMails() (id string) {
	o.t.Helper()
	queued, err := o.store.QueuedMails(o.t.Context(), customer.At(o.clock.Now()), 10)
	check(o.t, err)
	for _, q := range queued {
		if q.Mail.CustomerID != o.ours.customer {
			continue
		}
		id = q.Mail.ID
		check(o.t, o.files.Save(mail.Message{
			ID: id, From: mail.Address{Address: "office@desk.example"}, To: mail.Address{Address: q.Mail.To}, Date: o.clock.Now(), Link: q.Mail.Link,
			Content: mail.Content{Subject: q.Mail.Subject, Text: q.Mail.Text, HTML: q.HTML},
		}))
		check(o.t, o.store.MailSaved(o.t.Context(), id))
	}
	return id
}

// create is a mutation that makes a Pending customer.
func create(username string) customer.Mutation {
	text := func(s string) *string { return &s }
	status := customer.PendingActivate
	return customer.Mutation{
		ID: newID(), CustomerID: newID(), Kind: customer.Create,
		Fields: customer.Fields{
			Username: &username, FirstName: text("Ada"), LastName: text("Byron"), Company: text("Engines"), Status: &status,
		},
	}
}

// lock is a mutation that locks a customer.
func lock(c customer.Customer) customer.Mutation {
	locked := customer.Locked
	before := c.Status
	return customer.Mutation{
		ID: newID(), CustomerID: c.ID, Kind: customer.Update, BaseRevision: c.Revision,
		Fields: customer.Fields{Status: &locked}, Base: customer.Fields{Status: &before},
	}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// call is one request and what came back.
type call struct {
	method, path string
	token        string
	body         any // a string or []byte goes as it is; anything else as JSON; nil for none
	header       map[string]string
	host         string
}

type answer struct {
	status  int
	header  http.Header
	body    []byte
	problem api.Problem
}

func (o *office) do(c call) answer {
	o.t.Helper()
	a, err := o.try(o.t.Context(), c)
	check(o.t, err)
	return a
}

func (o *office) try(ctx context.Context, c call) (answer, error) {
	var body io.Reader
	switch b := c.body.(type) {
	case nil:
	case string:
		body = strings.NewReader(b)
	case []byte:
		body = bytes.NewReader(b)
	default:
		text, err := json.Marshal(b)
		if err != nil {
			return answer{}, err
		}
		body = bytes.NewReader(text)
	}
	r, err := http.NewRequestWithContext(ctx, c.method, o.url+c.path, body)
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	if c.host != "" {
		r.Host = c.host
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	a := answer{status: resp.StatusCode, header: resp.Header, body: text}
	if resp.Header.Get("Content-Type") == api.ProblemType {
		err = json.Unmarshal(text, &a.problem)
	}
	return a, err
}

// into decodes a successful answer.
func into[T any](t *testing.T, a answer) T {
	t.Helper()
	var out T
	if a.status != http.StatusOK {
		t.Fatalf("status %d: %s", a.status, a.body)
	}
	check(t, json.Unmarshal(a.body, &out))
	return out
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
