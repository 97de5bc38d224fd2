package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// phc is an argon2id hash within bounds; no test needs its password.
const phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

// otherPHC is another hash than phc.
const otherPHC = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$SGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// house is a Back Office's database with one partner signed in.
type house struct {
	*store.Store
	path  string
	clock *clock
	in    store.SignIn
	token string // of the sign-in
}

func compose(l mail.Letter) (mail.Content, error) {
	return mail.Content{
		Subject: fmt.Sprintf("%s for %s", l.Kind, l.ToName),
		Text:    l.Link + " " + l.OldUsername + ">" + l.NewUsername,
		HTML:    "<p>" + strings.Repeat("long letter ", 1000) + l.Link, // fills pages of its own
	}, nil
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{path: filepath.Join(t.TempDir(), "backoffice.db"), clock: &clock{now: time.UnixMilli(1_800_000_000_000)}}
	s, err := store.Open(t.Context(), h.path, store.Options{
		Clock: h.clock.Now, Compose: compose, Throwaway: true,
		PublicURL: func() string { return "http://127.0.0.1:7360" },
	})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	h.Store = s
	h.in, h.token = h.partner(t, "partner@agency.example", "Agency")
	return h
}

func (h *house) partner(t *testing.T, username, name string) (store.SignIn, string) {
	t.Helper()
	_, owner, err := h.CreatePartner(t.Context(), username, name, phc)
	must(t, err)
	token, in, err := h.CreateSignIn(t.Context(), owner.ID, phc, 30*24*time.Hour)
	must(t, err)
	return in, token
}

// signIn signs the owner in (again).
func (h *house) signIn(t *testing.T) {
	t.Helper()
	var err error
	h.token, h.in, err = h.CreateSignIn(t.Context(), h.in.Member.ID, phc, 30*24*time.Hour)
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, code customer.Code) {
	t.Helper()
	if got := customer.CodeOf(err); got != code {
		t.Fatalf("error %v has code %q, want %q", err, got, code)
	}
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func ptr[T any](v T) *T { return &v }

func person(username string, status customer.Status) customer.Fields {
	return customer.Fields{Username: &username, FirstName: ptr("Anna"), LastName: ptr("Jansen"), Company: ptr("Bloem"), Status: &status}
}

func createOf(f customer.Fields) customer.Mutation {
	return customer.Mutation{ID: newID(), CustomerID: newID(), Kind: customer.Create, Fields: f}
}

// updateOf changes c by f, with c as the base.
func updateOf(c customer.Customer, f customer.Fields) customer.Mutation {
	return customer.Mutation{ID: newID(), CustomerID: c.ID, Kind: customer.Update, BaseRevision: c.Revision, Fields: f, Base: f.Of(c)}
}

// LogIn logs a customer in who knows the password.
func (h *house) LogIn(ctx context.Context, customerID string) (string, store.Session, error) {
	hash, err := h.PasswordHash(ctx, customerID)
	if err != nil {
		return "", store.Session{}, err
	}
	return h.Store.LogIn(ctx, customerID, hash)
}

// apply applies m and wants the outcome.
func (h *house) apply(t *testing.T, in store.SignIn, m customer.Mutation, want customer.Outcome) customer.Result {
	t.Helper()
	r, err := h.Apply(t.Context(), in, m)
	must(t, err)
	if r.Outcome != want {
		t.Fatalf("outcome %s (%v, %v), want %s", r.Outcome, r.Error, r.Conflicts, want)
	}
	return r
}

func (h *house) add(t *testing.T, username string, status customer.Status, hash string) customer.Customer {
	t.Helper()
	f := person(username, status)
	if hash != "" {
		f.PasswordHash = &hash
	}
	return *h.apply(t, h.in, createOf(f), customer.Applied).Customer
}

// now is the customer as the change feed tells it.
func (h *house) now(t *testing.T, id string) customer.Customer {
	t.Helper()
	feed, err := h.Changes(t.Context(), h.in.Partner.ID, 0, 1000)
	must(t, err)
	i := slices.IndexFunc(feed.Customers, func(c customer.Customer) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("customer %s is not in the feed", id)
	}
	return feed.Customers[i]
}

func (h *house) update(t *testing.T, id string, f customer.Fields) customer.Customer {
	t.Helper()
	return *h.apply(t, h.in, updateOf(h.now(t, id), f), customer.Applied).Customer
}

// mails lists the customer's mails, oldest first.
func (h *house) mails(t *testing.T, id string) []customer.Mail {
	t.Helper()
	all, err := h.Mails(t.Context(), h.in.Partner.ID, id)
	must(t, err)
	slices.Reverse(all)
	return all
}

// tokenOf is the token in the newest mail with a link.
func (h *house) tokenOf(t *testing.T, id string) string {
	t.Helper()
	all := h.mails(t, id)
	for _, m := range slices.Backward(all) {
		if m.Link != "" {
			return tokenIn(m.Link)
		}
	}
	t.Fatal("no mail has a link")
	return ""
}

func tokenIn(link string) string {
	_, token, _ := strings.Cut(link, "token=")
	return token
}

// kinds lists the kinds of the customer's events, oldest first.
func (h *house) kinds(t *testing.T, id string) []customer.EventKind {
	t.Helper()
	events, _, err := h.Events(t.Context(), h.in.Partner.ID, id, 0, 500)
	must(t, err)
	out := []customer.EventKind{}
	for _, e := range slices.Backward(events) {
		out = append(out, e.Kind)
	}
	return out
}

// visit logs the partner's owner in as the customer.
func (h *house) visit(t *testing.T, id, reason string) (string, store.Session) {
	t.Helper()
	return h.visitBy(t, h.in, id, reason)
}

// visitBy logs a member in as the customer.
func (h *house) visitBy(t *testing.T, in store.SignIn, id, reason string) (string, store.Session) {
	t.Helper()
	ticket, _, err := h.CreateTicket(t.Context(), in, id, reason, "profile")
	must(t, err)
	token, session, err := h.RedeemTicket(t.Context(), ticket)
	must(t, err)
	return token, session
}

func TestActivation(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	c := h.add(t, "Anna@Bloem.example", customer.PendingActivate, "")
	same(t, "mail state", c.MailState, customer.MailQueued)
	same(t, "link ends", c.LinkExpiresAt, customer.At(h.clock.Now().Add(7*24*time.Hour)))

	token := h.tokenOf(t, c.ID)
	for range 2 { // looking doesn't use it
		owner, kind, err := h.LinkOwner(ctx, token)
		must(t, err)
		same(t, "owner", owner.ID, c.ID)
		same(t, "kind", kind, customer.MailActivation)
	}
	_, _, err := h.LogIn(ctx, c.ID)
	wantCode(t, err, customer.Waiting)

	h.clock.Add(time.Hour)
	c, err = h.UseLink(ctx, token, phc)
	must(t, err)
	same(t, "status", c.Status, customer.Activated)
	same(t, "activated", c.ActivatedAt, customer.At(h.clock.Now()))
	same(t, "has password", c.HasPassword, true)
	same(t, "link ends", c.LinkExpiresAt, 0)
	_, err = h.UseLink(ctx, token, phc)
	wantCode(t, err, customer.LinkInvalid)

	session, in, err := h.LogIn(ctx, c.ID)
	must(t, err)
	same(t, "last login", in.Customer.LastLoginAt, customer.At(h.clock.Now()))
	got, err := h.SessionByToken(ctx, c.ID, session)
	must(t, err)
	same(t, "session", got.ID, in.ID)
	want := []customer.EventKind{customer.EventCreated, customer.EventMailQueued, customer.EventActivated, customer.EventLoggedIn}
	if got := h.kinds(t, c.ID); !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}
}
