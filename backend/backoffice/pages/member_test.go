package pages_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// member adds a member to the partner of a sign-in and signs it in.
func (o *office) member(of store.SignIn, username, name string, role api.Role) store.SignIn {
	o.t.Helper()
	hash := o.hash(goodPassword)
	m, err := o.store.AddMember(o.t.Context(), of, api.Member{Username: username, Name: name, Role: role}, hash)
	if err != nil {
		o.t.Fatal(err)
	}
	_, in, err := o.store.CreateSignIn(o.t.Context(), m.ID, hash, 24*time.Hour)
	if err != nil {
		o.t.Fatal(err)
	}
	return in
}

// revision changes with every change to a customer.
func (o *office) revision() int64 {
	o.t.Helper()
	page, err := o.store.Changes(o.t.Context(), o.signIn.Partner.ID, 0, 100)
	if err != nil {
		o.t.Fatal(err)
	}
	return page.Next
}

// TestTheBannerNamesThePerson, and the agency unless they have one name.
func TestTheBannerNamesThePerson(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := o.add("anna@visser.example", customer.Activated)
	owner := o.signIn
	o.browser().visit(c, "", "").want(200, "", "You (<b><bdi>Bright Agency</bdi></b>) are logged in as")
	o.signIn = o.member(owner, "dana@agency.example", "Dana <b>Visser", api.RoleSupport)
	visit := o.browser().visit(c, "Check the menu", "profile")
	visit.want(200, "", "You (<b><bdi>Dana &lt;b&gt;Visser</bdi></b>, <bdi>Bright Agency</bdi>) are logged in as", "!Dana <b>")
	visit.post("/c/"+c.ID+"/profile", "csrf", visit.csrf(), "city", "Gouda").want(200, "", "saved")
	own := o.browser().logIn(c)
	own.get("/c/"+c.ID+"/activity").want(200, "", "Dana &lt;b&gt;Visser, Bright Agency", "Check the menu", "Gouda",
		"<bdi>Bright Agency</bdi>") // who made the account
	events, _, err := o.store.Events(t.Context(), owner.Partner.ID, c.ID, 0, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		if e.Kind == customer.EventChanged && e.Actor != (customer.Actor{Kind: customer.ActorPartner, ID: o.signIn.Member.ID, Name: "Dana <b>Visser"}) {
			t.Errorf("%s by %+v", e.Kind, e.Actor)
		}
	}
}

// TestTheAgencyIsNamedForItsMembersOnly: after a move the history tells of
// people, and of the agency's former name, that are none here.
func TestTheAgencyIsNamedForItsMembersOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c := customer.Customer{
		ID: uuid.NewString(), Username: "moved@visser.example", FirstName: "Mo", LastName: "Ved", Company: "Visser", Status: customer.Activated,
		Facts: customer.Facts{CreatedAt: 1000},
	}
	moved := api.MovedAccount{Customer: c, PasswordHash: o.hash(goodPassword), Events: []customer.Event{{
		ID: 1, At: 1000, Kind: customer.EventCreated, Actor: customer.Actor{Kind: customer.ActorPartner, ID: uuid.NewString(), Name: "Ada’s Agency"},
	}}}
	if r, err := o.store.MoveIn(t.Context(), o.signIn, moved, false); err != nil || r.Outcome != api.Moved {
		t.Fatalf("%+v %v", r, err)
	}
	b := o.browser().logIn(c)
	b.get("/c/"+c.ID+"/activity").want(200, "", "Ada’s Agency", "!Ada’s Agency, Bright Agency")
}

// TestWhoGetsInToAnAccount is the table of every page of an account by whoever
// may come: a visit opens the customer's own pages to each role, and nothing
// else opens them.
func TestWhoGetsInToAnAccount(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	c, other := o.add("anna@visser.example", customer.Activated), o.add("bob@visser.example", customer.Activated)
	owner := o.signIn
	visitor := func(in store.SignIn) func() string {
		return func() string {
			o.signIn = in
			defer func() { o.signIn = owner }()
			return o.browser().visit(c, "", "").want(200, "/c/"+c.ID+"/profile").cookie(c)
		}
	}
	gone := o.member(owner, "gone@agency.example", "Gone", api.RoleOwner)
	goneCookie := visitor(gone)()
	yes := true
	if _, err := o.store.ChangeMember(t.Context(), owner, gone.Member.ID, store.MemberChange{Disabled: &yes}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []struct {
		name   string
		cookie func() string // of a session that is opened for one row
		in     bool
	}{
		{"nobody", func() string { return "" }, false},
		{"the customer", func() string { return o.browser().logIn(c).cookie(c) }, true},
		{"another customer", func() string { return o.browser().logIn(other).cookie(other) }, false},
		{"an owner", visitor(owner), true},
		{"a manager", visitor(o.member(owner, "mo@agency.example", "Mo", api.RoleManager)), true},
		{"support", visitor(o.member(owner, "dana@agency.example", "Dana", api.RoleSupport)), true},
		{"a member who was disabled", func() string { return goneCookie }, false},
	} {
		for _, row := range []struct {
			method, path string
			form         []string
		}{
			{"GET", "", nil}, {"GET", "/", nil}, {"GET", "/profile", nil}, {"GET", "/password", nil}, {"GET", "/activity", nil},
			{"POST", "/profile", []string{"city", "Gouda"}},
			{"POST", "/password", []string{"current", goodPassword, "password", goodPassword, "confirm", goodPassword}},
			{"POST", "/logout", nil},
		} {
			cookie := who.cookie()
			b := o.browser()
			b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			b.header.Set("Cookie", "pd_session="+cookie)
			csrf := ""
			if who.in {
				csrf = b.get("/c/" + c.ID + "/profile").csrf()
			}
			before := o.revision()
			if row.method == "GET" {
				b.get("/c/" + c.ID + row.path)
			} else {
				b.post("/c/"+c.ID+row.path, append(row.form, "csrf", csrf)...)
			}
			got := strconv.Itoa(b.status) + " " + b.sent.Get("Location")
			in := b.status == 200 || strings.HasPrefix(b.sent.Get("Location"), "/c/"+c.ID) ||
				row.path == "/logout" && b.status == 303 && b.sent.Get("Location") != ""
			if in != who.in {
				t.Errorf("%s %s by %s: %s", row.method, row.path, who.name, got)
			}
			if !in && (strings.Contains(b.body, c.Username) || o.revision() != before) {
				t.Errorf("%s %s by %s shows or changes the account: %s", row.method, row.path, who.name, got)
			}
		}
	}
}
