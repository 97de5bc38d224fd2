package pages_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"partnerdesk/backend/backoffice/pages"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// watched notes which hashes passwords were checked against.
type watched struct {
	*password.Hasher
	mu     sync.Mutex
	hashes []string
}

func (w *watched) Verify(ctx context.Context, phc, secret string) (bool, error) {
	w.mu.Lock()
	w.hashes = append(w.hashes, phc)
	w.mu.Unlock()
	return w.Hasher.Verify(ctx, phc, secret)
}

func TestEveryLoginChecksOnePassword(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	active := o.add("active@visser.example", customer.Activated)
	o.add("locked@visser.example", customer.Locked)
	o.add("new@visser.example", customer.PendingActivate)
	w := &watched{Hasher: o.hasher}
	handler, err := pages.New(pages.Options{Accounts: o.store, Hasher: w, Clock: o.clock, Secure: func() bool { return true }})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, username, secret string
		hashed                 bool // whether there is a hash to check against
		status                 int
	}{
		{"unknown", "nobody@visser.example", "wrong", false, 422},
		{"no password yet", "new@visser.example", "wrong", false, 422},
		{"locked", "locked@visser.example", "wrong", true, 422},
		{"wrong", active.Username, "wrong", true, 422},
		{"no password typed", active.Username, "", true, 422},
		{"far too long", active.Username, strings.Repeat("x", 5000), false, 422},
		{"right", active.Username, goodPassword, true, 303},
	} {
		w.hashes = nil
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(form("username", tt.username, "password", tt.secret)))
		r.Header.Set("Content-Type", formType)
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		if answer.Code != tt.status || len(w.hashes) != 1 || (w.hashes[0] != "") != tt.hashed {
			t.Errorf("%s: status %d after %d checks, against a hash: %v", tt.name, answer.Code, len(w.hashes), !slices.Contains(w.hashes, ""))
		}
		if answer.Header().Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: https without Strict-Transport-Security", tt.name)
		}
		if cookie := answer.Header().Get("Set-Cookie"); tt.status == 303 && !strings.Contains(cookie, "; Secure") {
			t.Errorf("%s: cookie %q goes over http too", tt.name, cookie)
		}
	}
}

func TestNewNeedsItsParts(t *testing.T) {
	t.Parallel()
	if _, err := pages.New(pages.Options{}); err == nil {
		t.Error("made without accounts and hasher")
	}
}

// overtaken changes the password right after it was found to be right.
type overtaken struct {
	*password.Hasher
	change func()
}

func (o *overtaken) Verify(ctx context.Context, phc, secret string) (bool, error) {
	ok, err := o.Hasher.Verify(ctx, phc, secret)
	o.change()
	return ok, err
}

func TestLoginLosesToANewPassword(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	hash := o.hash(newPassword)
	handler, err := pages.New(pages.Options{Accounts: o.store, Clock: o.clock, Hasher: &overtaken{o.hasher, func() {
		o.apply(customer.Mutation{Kind: customer.Update, CustomerID: c.ID, BaseRevision: c.Revision,
			Fields: customer.Fields{PasswordHash: &hash}})
	}}})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(form("username", c.Username, "password", goodPassword)))
	r.Header.Set("Content-Type", formType)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, r)
	if answer.Code != 422 || len(answer.Result().Cookies()) != 0 || !strings.Contains(answer.Body.String(), "not right") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

// TestOneAddressLocksNobodyOut guesses from one address, and then from many.
func TestOneAddressLocksNobodyOut(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	handler, err := pages.New(pages.Options{Accounts: o.store, Hasher: quick{}, Clock: o.clock})
	if err != nil {
		t.Fatal(err)
	}
	try := func(address, secret string) int {
		r := httptest.NewRequest(http.MethodPost, "/login", strings.NewReader(form("username", c.Username, "password", secret)))
		r.Header.Set("Content-Type", formType)
		r.RemoteAddr = address + ":4000"
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		return answer.Code
	}
	last := 0
	for range 100 {
		last = try("192.0.2.1", "guess")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the guesser got %d", last)
	}
	if got := try("192.0.2.2", "right"); got != http.StatusSeeOther {
		t.Errorf("the customer got %d", got)
	}
	for i := range 100 {
		last = try("198.51.100."+strconv.Itoa(i), "guess")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the last of a hundred guessers got %d", last)
	}
}

// quick takes one password for right.
type quick struct{ pages.Hasher }

func (quick) Verify(_ context.Context, phc, secret string) (bool, error) {
	return phc != "" && secret == "right", nil
}

// TestARightCurrentPasswordCostsNothing chooses weak passwords, many times over.
func TestARightCurrentPasswordCostsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	csrf := b.csrf()
	for range 20 {
		b.post("/c/"+c.ID+"/password", "csrf", csrf, "current", goodPassword, "password", "x", "confirm", "x").want(422, "", "password-error")
	}
	for range 15 {
		b.post("/c/"+c.ID+"/password", "csrf", csrf, "current", "guess", "password", "x", "confirm", "x").want(422, "", "current-error")
	}
	b.post("/c/"+c.ID+"/password", "csrf", csrf, "current", "guess", "password", "x", "confirm", "x").want(429, "", "Too many attempts")
}
