package store_test

import (
	"slices"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// colleague adds a member to the partner and signs it in.
func (h *house) colleague(t *testing.T, username, name string, role api.Role) (store.SignIn, string) {
	t.Helper()
	m, err := h.AddMember(t.Context(), h.in, api.Member{Username: username, Name: name, Role: role}, phc)
	must(t, err)
	token, in, err := h.CreateSignIn(t.Context(), m.ID, phc, 30*24*time.Hour)
	must(t, err)
	return in, token
}

func TestMembers(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	same(t, "owner", h.in.Member, api.Member{ID: h.in.Member.ID, Username: "partner@agency.example", Name: "Agency",
		Role: api.RoleOwner, CreatedAt: customer.At(h.clock.Now()), LastSignInAt: customer.At(h.clock.Now())})
	h.clock.Add(time.Minute)
	added, err := h.AddMember(ctx, h.in, api.Member{ID: "x", Username: " Zoe@Agency.example ", Name: " zoë ", Role: api.RoleManager,
		Disabled: true, LastSignInAt: 7}, phc)
	must(t, err)
	same(t, "added", added, api.Member{ID: added.ID, Username: "Zoe@Agency.example", Name: "zoë", Role: api.RoleManager,
		CreatedAt: customer.At(h.clock.Now())})
	_, _ = h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	_, err = h.ChangeMember(ctx, h.in, added.ID, store.MemberChange{Disabled: ptr(true)})
	must(t, err)
	bob, _ := h.colleague(t, "bob@agency.example", "bob", api.RoleOwner)
	stranger, _ := h.partner(t, "s@agency.example", "S")

	all, err := h.Members(ctx, h.in.Partner.ID)
	must(t, err)
	names := []string{}
	for _, m := range all {
		names = append(names, m.Name)
	}
	if !slices.Equal(names, []string{"Agency", "bob", "Dana", "zoë"}) {
		t.Errorf("members %v", names)
	}
	for _, taken := range []string{"ZOE@agency.example", "partner@agency.example", "S@agency.example"} {
		_, err = h.AddMember(ctx, h.in, api.Member{Username: taken, Name: "N", Role: api.RoleOwner}, phc)
		wantCode(t, err, customer.UsernameTaken)
	}
	for _, wrong := range []api.Member{
		{Name: "N", Role: api.RoleOwner},
		{Username: "n@agency.example", Role: api.RoleOwner},
		{Username: "n@agency.example", Name: "a\nb", Role: api.RoleOwner},
		{Username: "n@agency.example", Name: "N"},
		{Username: "n@agency.example", Name: "N", Role: "admin"},
	} {
		if _, err := h.AddMember(ctx, h.in, wrong, phc); customer.CodeOf(err) == "" || customer.CodeOf(err) == customer.Internal {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	_, err = h.ChangeMember(ctx, stranger, bob.Member.ID, store.MemberChange{Name: ptr("Eve")})
	wantCode(t, err, customer.NotFound)
	_, err = h.ChangeMember(ctx, h.in, newID(), store.MemberChange{Name: ptr("Eve")})
	wantCode(t, err, customer.NotFound)
	_, err = h.ChangeMember(ctx, h.in, bob.Member.ID, store.MemberChange{Name: ptr(" ")})
	wantCode(t, err, customer.Required)
	must(t, h.EndSignIn(ctx, bob.ID))
	_, err = h.ChangeMember(ctx, bob, h.in.Member.ID, store.MemberChange{Role: ptr(api.RoleSupport)})
	wantCode(t, err, customer.Unauthorized)
	_, err = h.AddMember(ctx, bob, api.Member{Username: "n@agency.example", Name: "N", Role: api.RoleOwner}, phc)
	wantCode(t, err, customer.Unauthorized)
}

// TestChangeMemberEndsSignIns: what a member may do never outlasts the change
// that takes it away.
func TestChangeMemberEndsSignIns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change store.MemberChange
		ends   bool
	}{
		"name":             {store.MemberChange{Name: ptr("Dana Visser")}, false},
		"the same role":    {store.MemberChange{Role: ptr(api.RoleManager)}, false},
		"enabled as it is": {store.MemberChange{Disabled: ptr(false)}, false},
		"nothing":          {store.MemberChange{}, false},
		"role":             {store.MemberChange{Role: ptr(api.RoleSupport)}, true},
		"password":         {store.MemberChange{PasswordHash: ptr(otherPHC)}, true},
		"disabled":         {store.MemberChange{Disabled: ptr(true)}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ctx := open(t), t.Context()
			made := h.add(t, "a@shop.example", customer.Activated, phc)
			dana, token := h.colleague(t, "dana@agency.example", "Dana", api.RoleManager)
			ticket, _, err := h.CreateTicket(ctx, dana, made.ID, "", "")
			must(t, err)
			visit, _ := h.visitBy(t, dana, made.ID, "")
			heard := h.Changed(h.in.Partner.ID)

			_, err = h.ChangeMember(ctx, h.in, dana.Member.ID, c.change)
			must(t, err)
			_, err = h.SignInByToken(ctx, token)
			same(t, "sign-in ended", customer.CodeOf(err) == customer.Unauthorized, c.ends)
			_, err = h.SessionByToken(ctx, made.ID, visit)
			same(t, "visit ended", customer.CodeOf(err) == customer.Unauthorized, c.ends)
			_, _, err = h.RedeemTicket(ctx, ticket)
			same(t, "ticket ended", customer.CodeOf(err) == customer.LinkInvalid, c.ends)
			_, err = h.SignInByToken(ctx, h.token)
			must(t, err)
			if !c.ends {
				return
			}
			select {
			case <-heard:
			default:
				t.Error("a desk that waits for changes was not told")
			}
			events, _, err := h.Events(ctx, h.in.Partner.ID, made.ID, 0, 1)
			must(t, err)
			same(t, "ended by", events[0].Actor.ID, h.in.Member.ID)
		})
	}
}

func TestMemberCredentials(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	dana, _ := h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	_, err := h.ChangeMember(ctx, h.in, dana.Member.ID, store.MemberChange{PasswordHash: ptr(otherPHC)})
	must(t, err)
	_, hash, err := h.MemberCredentials(ctx, "DANA@agency.example")
	must(t, err)
	same(t, "hash", hash, otherPHC)
	// The password was checked a moment before it was changed.
	_, _, err = h.CreateSignIn(ctx, dana.Member.ID, phc, time.Hour)
	wantCode(t, err, customer.Unauthorized)
	_, _, err = h.CreateSignIn(ctx, dana.Member.ID, "", time.Hour)
	wantCode(t, err, customer.Unauthorized)

	_, err = h.ChangeMember(ctx, h.in, dana.Member.ID, store.MemberChange{Disabled: ptr(true)})
	must(t, err)
	_, _, err = h.MemberCredentials(ctx, "dana@agency.example")
	wantCode(t, err, customer.NotFound)
	_, _, err = h.CreateSignIn(ctx, dana.Member.ID, otherPHC, time.Hour)
	wantCode(t, err, customer.NotFound)
	back, err := h.ChangeMember(ctx, h.in, dana.Member.ID, store.MemberChange{Disabled: ptr(false)})
	must(t, err)
	same(t, "disabled", back.Disabled, false)
	h.clock.Add(time.Hour)
	_, in, err := h.CreateSignIn(ctx, dana.Member.ID, otherPHC, time.Hour)
	must(t, err)
	same(t, "last sign-in", in.Member.LastSignInAt, customer.At(h.clock.Now()))

	must(t, h.SetMemberPassword(ctx, "Dana@agency.example", phc))
	_, hash, err = h.MemberCredentials(ctx, "dana@agency.example")
	must(t, err)
	same(t, "hash", hash, phc)
	wantCode(t, h.SetOwnPassword(ctx, in, otherPHC), customer.Unauthorized)
}

// TestTheLastOwner stays one, and can sign in.
func TestTheLastOwner(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	me := h.in.Member.ID
	_, _ = h.partner(t, "other@agency.example", "Other") // another partner's owner doesn't count
	bob, _ := h.colleague(t, "bob@agency.example", "Bob", api.RoleOwner)
	_, err := h.ChangeMember(ctx, h.in, bob.Member.ID, store.MemberChange{Disabled: ptr(true)})
	must(t, err)
	for _, c := range []store.MemberChange{
		{Disabled: ptr(true)}, {Role: ptr(api.RoleManager)}, {Role: ptr(api.RoleSupport), Name: ptr("Nobody"), PasswordHash: ptr(otherPHC)},
	} {
		_, err := h.ChangeMember(ctx, h.in, me, c)
		wantCode(t, err, customer.Conflict)
	}
	in, err := h.SignInByToken(ctx, h.token)
	must(t, err)
	same(t, "nothing changed", in, h.in)
	_, hash, err := h.MemberCredentials(ctx, h.in.Member.Username)
	must(t, err)
	same(t, "hash", hash, phc)

	_, err = h.ChangeMember(ctx, h.in, bob.Member.ID, store.MemberChange{Disabled: ptr(false)})
	must(t, err)
	changed, err := h.ChangeMember(ctx, h.in, me, store.MemberChange{Role: ptr(api.RoleManager)})
	must(t, err)
	same(t, "role", changed.Role, api.RoleManager)
	_, err = h.ChangeMember(ctx, h.in, bob.Member.ID, store.MemberChange{Disabled: ptr(true)})
	wantCode(t, err, customer.Unauthorized)
}

func TestTwoOwnersAtOnce(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	bob, _ := h.colleague(t, "bob@agency.example", "Bob", api.RoleOwner)
	turns := make(chan store.SignIn, 8)
	for range 4 {
		turns <- h.in
		turns <- bob
	}
	down := store.MemberChange{Role: ptr(api.RoleSupport)}
	won := atOnce(t, customer.Unauthorized, func() error {
		in := <-turns
		other := bob
		if in == bob {
			other = h.in
		}
		_, err := h.ChangeMember(ctx, in, other.Member.ID, down)
		return err
	})
	all, err := h.Members(ctx, h.in.Partner.ID)
	must(t, err)
	owners := slices.DeleteFunc(all, func(m api.Member) bool { return m.Role != api.RoleOwner })
	same(t, "owners", len(owners), 1)
	if won == 0 {
		t.Error("nobody was demoted")
	}
}

// TestSetOwnPassword keeps the member where it is and ends its other sign-ins.
func TestSetOwnPassword(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	dana, here := h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	there, elsewhere, err := h.CreateSignIn(ctx, dana.Member.ID, phc, time.Hour)
	must(t, err)
	mine, _ := h.visitBy(t, dana, made.ID, "")
	other, _ := h.visitBy(t, elsewhere, made.ID, "")
	must(t, h.SetOwnPassword(ctx, dana, otherPHC))
	_, err = h.SignInByToken(ctx, here)
	must(t, err)
	_, err = h.SessionByToken(ctx, made.ID, mine)
	must(t, err)
	_, err = h.SignInByToken(ctx, there)
	wantCode(t, err, customer.Unauthorized)
	_, err = h.SessionByToken(ctx, made.ID, other)
	wantCode(t, err, customer.Unauthorized)
	_, err = h.SignInByToken(ctx, h.token)
	must(t, err)
	_, hash, err := h.MemberCredentials(ctx, dana.Member.Username)
	must(t, err)
	same(t, "hash", hash, otherPHC)
}

func TestPartnersAsTheOperatorSeesThem(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	h.add(t, "a@shop.example", customer.Activated, phc)
	h.add(t, "b@shop.example", customer.Activated, phc)
	dana, _ := h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	_, _ = h.colleague(t, "bob@agency.example", "Bob", api.RoleManager)
	_, err := h.ChangeMember(ctx, h.in, dana.Member.ID, store.MemberChange{Disabled: ptr(true)})
	must(t, err)
	begun := customer.At(h.clock.Now())
	h.clock.Add(time.Hour)
	other, token := h.partner(t, "other@agency.example", "Other")
	must(t, h.DisablePartner(ctx, other.Partner.ID))

	all, err := h.Partners(ctx)
	must(t, err)
	want := []store.PartnerEntry{
		{Partner: h.in.Partner, CreatedAt: begun, Members: 2, Customers: 2},
		{Partner: other.Partner, CreatedAt: begun + 3600_000, DisabledAt: begun + 3600_000, Members: 1},
	}
	if !slices.Equal(all, want) {
		t.Errorf("partners %+v", all)
	}
	one, err := h.PartnerByUsername(ctx, "Other@Agency.example")
	must(t, err)
	same(t, "found", one, want[1])
	_, err = h.PartnerByUsername(ctx, "dana@agency.example") // a member is no partner
	wantCode(t, err, customer.NotFound)

	_, err = h.SignInByToken(ctx, token)
	wantCode(t, err, customer.Unauthorized)
	must(t, h.EnablePartner(ctx, other.Partner.ID))
	_, err = h.SignInByToken(ctx, token) // what ended stays ended
	wantCode(t, err, customer.Unauthorized)
	_, _, err = h.CreateSignIn(ctx, other.Member.ID, phc, time.Hour)
	must(t, err)
	wantCode(t, h.DisablePartner(ctx, newID()), customer.NotFound)
	wantCode(t, h.EnablePartner(ctx, newID()), customer.NotFound)
}
