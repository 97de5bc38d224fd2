package pages_test

import (
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

// TestForgotTellsNothing: the answer is the same, in words, status and
// headers, whatever there is behind the address.
func TestForgotTellsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add("active@visser.example", customer.Activated)
	o.add("locked@visser.example", customer.Locked)
	o.add("pending@visser.example", customer.PendingActivate)
	first := ""
	for _, username := range []string{"nobody@visser.example", "active@visser.example", "locked@visser.example", "pending@visser.example", "ACTIVE@visser.example"} {
		for range 2 {
			b := o.browser().post("/forgot", "username", username)
			got := strings.ReplaceAll(b.body, username, "USERNAME")
			if first == "" {
				first = got
			}
			if b.status != 200 || got != first || len(b.sent.Values("Set-Cookie")) > 0 {
				t.Errorf("%s: %d %s", username, b.status, b.body)
			}
		}
	}
	b := o.browser()
	for range 5 {
		b.post("/forgot", "username", "nobody@visser.example")
	}
	b.want(429, "") // an account that is not there is limited as any other
}

// TestLogInAsLandsInTheAccount: a destination that is none leads to the
// profile, never elsewhere.
func TestLogInAsLandsInTheAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	for _, destination := range []string{"", "/login", "//evil.example", "https://evil.example/", "../../login", "logout", "profile\r\nX: y"} {
		o.browser().visit(c, "", destination).want(200, "/c/"+c.ID+"/profile", "End session")
	}
	for _, destination := range []string{"password", "activity"} {
		o.browser().visit(c, "", destination).want(200, "/c/"+c.ID+"/"+destination, "End session")
	}
}

// TestLockEndsTheCustomersSession is the lock as the customer meets it.
func TestLockEndsTheCustomersSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	b := o.browser().logIn(c)
	csrf := b.csrf()
	kept := b.cookie(c)
	c, _, _, err := o.store.LoginCredentials(t.Context(), c.Username)
	if err != nil {
		t.Fatal(err)
	}
	c = o.setStatus(c, customer.Locked)
	b.post("/c/"+c.ID+"/profile", "csrf", csrf, "city", "Gouda").want(401, "", "Your session has ended")
	b.post("/login", "username", c.Username, "password", goodPassword).want(422, "/login", "account is locked", "Bright Agency")
	o.setStatus(c, customer.Activated)
	old := o.browser()
	old.header.Set("Cookie", "pd_session="+kept)
	old.get("/c/"+c.ID+"/profile").want(401, "") // unlocking brings no session back
	o.browser().logIn(c).want(200, "", "!Gouda")
}

// TestAVisitIsNoLogin: the customer's activity tells it as the partner's, and
// the customer's own session beside it goes on.
func TestAVisitIsNoLogin(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	own := o.browser().logIn(c)
	seen, _, _, err := o.store.LoginCredentials(t.Context(), c.Username)
	if err != nil {
		t.Fatal(err)
	}
	o.wait(time.Hour)
	visit := o.browser().visit(c, "Check the menu", "profile")
	visit.post("/c/"+c.ID+"/profile", "csrf", visit.csrf(), "city", "Gouda").want(200, "", "saved")
	after, _, _, err := o.store.LoginCredentials(t.Context(), c.Username)
	if err != nil || after.LastLoginAt != seen.LastLoginAt {
		t.Errorf("last login %v, want %v, %v", after.LastLoginAt, seen.LastLoginAt, err)
	}
	own.get("/c/"+c.ID+"/activity").want(200, "", "Bright Agency", "Check the menu", "Gouda")
	visit.post("/c/"+c.ID+"/logout", "csrf", visit.csrf()).want(200, "/ended")
	own.get("/c/"+c.ID+"/profile").want(200, "/c/"+c.ID+"/profile", "Gouda", "!End session")
}
