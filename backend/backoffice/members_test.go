package backoffice_test

import (
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

const otherPassword = "seven Herons & 1 kettle"

// signIn is a desk of its own with somebody's sign-in.
func (r *running) signIn(t *testing.T, username, password string) (*client.Client, api.Session, error) {
	t.Helper()
	c, err := client.New(r.url, nil)
	check(t, err)
	session, err := c.SignIn(t.Context(), username, password)
	return c, session, err
}

// TestMembersAgainstTheRealThing goes through the calls about members.
func TestMembersAgainstTheRealThing(t *testing.T) {
	t.Parallel()
	r := run(t)
	ctx := t.Context()
	owner := r.client(t)
	made := newCustomer("ada@shop.example")
	_, err := owner.Mutate(ctx, []customer.Mutation{made})
	check(t, err)
	added, err := owner.AddMember(ctx, api.NewMember{Username: "dana@agency.example", Name: "Dana Visser", Role: api.RoleSupport, Password: plainPassword})
	check(t, err)
	_, err = owner.AddMember(ctx, api.NewMember{Username: "Dana@agency.example", Name: "Dana Visser", Role: api.RoleSupport, Password: plainPassword})
	expect(t, "twice", err, customer.UsernameTaken, "username")

	dana, session, err := r.signIn(t, "dana@agency.example", plainPassword)
	check(t, err)
	if session.Member.ID != added.ID || session.Member.Role != api.RoleSupport || session.Partner.Name != "Our Agency" ||
		session.Contract != api.Contract || session.Name != "Test Office" {
		t.Errorf("session %+v", session)
	}
	_, err = dana.Mutate(ctx, []customer.Mutation{newCustomer("bob@shop.example")})
	expect(t, "support adds a customer", err, customer.Forbidden, "")
	_, err = dana.NewLink(ctx, made.CustomerID, false)
	expect(t, "support copies a link", err, customer.Forbidden, "")
	_, err = dana.Members(ctx)
	expect(t, "support lists members", err, customer.Forbidden, "")
	link, err := dana.LogInAs(ctx, made.CustomerID, "a question", "")
	check(t, err)
	if link.URL == "" {
		t.Error("no link")
	}
	expect(t, "a wrong password", dana.ChangePassword(ctx, api.PasswordChange{Current: "not it", New: otherPassword}), customer.Invalid, "current")
	check(t, dana.ChangePassword(ctx, api.PasswordChange{Current: plainPassword, New: otherPassword}))
	_, err = dana.Meta(ctx) // goes on
	check(t, err)

	role := api.RoleManager
	changed, err := owner.ChangeMember(ctx, added.ID, api.MemberChange{Role: &role})
	check(t, err)
	if changed.Role != role {
		t.Errorf("changed %+v", changed)
	}
	_, err = dana.Meta(ctx)
	expect(t, "after a new role", err, customer.Unauthorized, "")
	dana, session, err = r.signIn(t, "dana@agency.example", otherPassword)
	check(t, err)
	if session.Member.Role != role {
		t.Errorf("session %+v", session)
	}
	_, err = dana.Mutate(ctx, []customer.Mutation{newCustomer("bob@shop.example")})
	check(t, err)
	members, err := owner.Members(ctx)
	check(t, err)
	if len(members) != 2 || members[0].Name != "Dana Visser" || members[1].Role != api.RoleOwner {
		t.Errorf("members %+v", members)
	}
	_, err = owner.ChangeMember(ctx, members[1].ID, api.MemberChange{Role: &role})
	expect(t, "the last owner", err, customer.Conflict, "")
}

// TestThePartnersOfABackOffice are what its operator sees and does.
func TestThePartnersOfABackOffice(t *testing.T) {
	t.Parallel()
	r := run(t)
	ctx := t.Context()
	c := r.client(t)
	_, err := c.Mutate(ctx, []customer.Mutation{newCustomer("ada@shop.example")})
	check(t, err)
	_, err = r.CreatePartner(ctx, "other@agency.example", "Other", plainPassword)
	check(t, err)
	all, err := r.Partners(ctx)
	check(t, err)
	if len(all) != 2 || all[0].Username != partnerName || all[0].Members != 1 || all[0].Customers != 1 || all[0].CreatedAt == 0 ||
		all[1].Customers != 0 {
		t.Errorf("partners %+v", all)
	}

	check(t, r.SetPassword(ctx, "OURS@agency.example", otherPassword))
	_, err = c.Meta(ctx)
	expect(t, "after a new password", err, customer.Unauthorized, "")
	_, _, err = r.signIn(t, partnerName, plainPassword)
	expect(t, "the old password", err, customer.Unauthorized, "")
	c, _, err = r.signIn(t, partnerName, otherPassword)
	check(t, err)
	expect(t, "a weak password", r.SetPassword(ctx, partnerName, "password"), customer.Invalid, "password")
	expect(t, "nobody's password", r.SetPassword(ctx, "nobody@agency.example", otherPassword), customer.NotFound, "")

	check(t, r.DisablePartner(ctx, partnerName))
	_, err = c.Meta(ctx)
	expect(t, "disabled", err, customer.Unauthorized, "")
	_, _, err = r.signIn(t, partnerName, otherPassword)
	expect(t, "a disabled partner", err, customer.Unauthorized, "")
	_, _, err = r.signIn(t, "other@agency.example", plainPassword)
	check(t, err)
	check(t, r.EnablePartner(ctx, partnerName))
	_, _, err = r.signIn(t, partnerName, otherPassword)
	check(t, err)
	expect(t, "disable nobody", r.DisablePartner(ctx, "nobody@agency.example"), customer.NotFound, "")
}
