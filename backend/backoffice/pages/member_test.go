package pages_test

import (
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
