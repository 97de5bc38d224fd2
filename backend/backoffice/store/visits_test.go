package store_test

import (
	"slices"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

func TestVisit(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	ticket, expires, err := h.CreateTicket(ctx, h.in, made.ID, "menu is\nbroken", "password")
	must(t, err)
	same(t, "ticket ends", expires, customer.At(h.clock.Now().Add(time.Minute)))
	token, session, err := h.RedeemTicket(ctx, ticket)
	must(t, err)
	same(t, "reason", session.Reason, "menu is broken")
	same(t, "destination", session.Destination, "password")
	same(t, "visit", session.Visit, true)
	same(t, "ends", session.ExpiresAt, customer.At(h.clock.Now().Add(time.Hour)))
	_, _, err = h.RedeemTicket(ctx, ticket)
	wantCode(t, err, customer.LinkInvalid)
	_, err = h.SessionByToken(ctx, newID(), token)
	wantCode(t, err, customer.Unauthorized)

	open, err := h.Visits(ctx, h.in.Partner.ID)
	must(t, err)
	if len(open) != 1 || open[0].ID != session.ID || open[0].CustomerName != "Anna Jansen" || open[0].PartnerName != "Agency" {
		t.Errorf("visits %+v", open)
	}

	changed, err := h.UpdateProfile(ctx, session, customer.Fields{City: ptr("Breda"), Notes: ptr("x"),
		Username: ptr("b@shop.example"), Status: ptr(customer.Locked), PasswordHash: ptr(otherPHC)})
	must(t, err)
	same(t, "city", changed.City, "Breda")
	same(t, "username", changed.Username, made.Username)
	same(t, "status", changed.Status, made.Status)
	must(t, h.ChangePassword(ctx, session, otherPHC))
	_, err = h.SessionByToken(ctx, made.ID, token)
	must(t, err)
	same(t, "last login", h.now(t, made.ID).LastLoginAt, 0)

	must(t, h.EndSession(ctx, session.ID))
	must(t, h.EndSession(ctx, session.ID))
	_, err = h.SessionByToken(ctx, made.ID, token)
	wantCode(t, err, customer.Unauthorized)
	_, err = h.UpdateProfile(ctx, session, customer.Fields{City: ptr("Delft")})
	wantCode(t, err, customer.Unauthorized)

	seen, _, err := h.CustomerEvents(ctx, made.ID, 0, 50)
	must(t, err)
	kinds := []customer.EventKind{}
	for _, e := range slices.Backward(seen) {
		kinds = append(kinds, e.Kind)
		if e.Kind != customer.EventCreated && (!e.Visit || e.Actor.Name != "Agency" || e.Actor.Kind != customer.ActorPartner) {
			t.Errorf("not told as the partner's act: %+v", e)
		}
		if e.Kind == customer.EventVisited {
			same(t, "reason", e.Detail, "menu is broken")
		}
	}
	want := []customer.EventKind{customer.EventCreated, customer.EventVisited, customer.EventChanged,
		customer.EventPasswordChanged, customer.EventVisitEnded}
	if !slices.Equal(kinds, want) {
		t.Errorf("events %v, want %v", kinds, want)
	}
}

func TestVisitEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*testing.T, *house, string){
		"by the partner": func(t *testing.T, h *house, _ string) {
			open, err := h.Visits(t.Context(), h.in.Partner.ID)
			must(t, err)
			must(t, h.EndVisit(t.Context(), h.in, open[0].ID))
			wantCode(t, h.EndVisit(t.Context(), h.in, open[0].ID), customer.NotFound)
		},
		"by signing out": func(t *testing.T, h *house, _ string) { must(t, h.EndSignIn(t.Context(), h.in.ID)) },
		"by a new password": func(t *testing.T, h *house, _ string) {
			must(t, h.SetMemberPassword(t.Context(), h.in.Member.Username, phc))
		},
		"by disabling":  func(t *testing.T, h *house, _ string) { must(t, h.DisablePartner(t.Context(), h.in.Partner.ID)) },
		"after an hour": func(_ *testing.T, h *house, _ string) { h.clock.Add(time.Hour) },
		"by locking the account": func(t *testing.T, h *house, id string) {
			h.update(t, id, customer.Fields{Status: ptr(customer.Locked)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, ctx := open(t), t.Context()
			made := h.add(t, "a@shop.example", customer.PendingActivate, "")
			ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
			must(t, err)
			token, _ := h.visit(t, made.ID, "")
			end(t, h, made.ID)
			_, err = h.SessionByToken(ctx, made.ID, token)
			wantCode(t, err, customer.Unauthorized)
			open, err := h.Visits(ctx, h.in.Partner.ID)
			must(t, err)
			same(t, "open visits", len(open), 0)
			if name != "by the partner" {
				_, _, err = h.RedeemTicket(ctx, ticket)
				wantCode(t, err, customer.LinkInvalid)
			}
			must(t, h.Sweep(ctx))
			events := h.kinds(t, made.ID)
			if !slices.Contains(events, customer.EventVisitEnded) {
				t.Errorf("no end in %v", events)
			}
		})
	}
}

func TestVisitEndsWithTheSignIn(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	var err error
	_, h.in, err = h.CreateSignIn(ctx, h.in.Member.ID, phc, 10*time.Minute)
	must(t, err)
	token, session := h.visit(t, made.ID, "")
	same(t, "ends", session.ExpiresAt, h.in.ExpiresAt)
	h.clock.Add(10 * time.Minute)
	_, err = h.SessionByToken(ctx, made.ID, token)
	wantCode(t, err, customer.Unauthorized)
	_, _, err = h.CreateTicket(ctx, h.in, made.ID, "", "")
	wantCode(t, err, customer.Unauthorized)
}

func TestTicketRefused(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	shut := h.add(t, "a@shop.example", customer.Locked, "")
	_, _, err := h.CreateTicket(ctx, h.in, shut.ID, "", "")
	wantCode(t, err, customer.AccountLocked)
	made := h.add(t, "b@shop.example", customer.Activated, phc)
	ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
	must(t, err)
	h.clock.Add(time.Minute)
	for _, bad := range []string{ticket, "", "x", ticket + "x"} {
		_, _, err = h.RedeemTicket(ctx, bad)
		wantCode(t, err, customer.LinkInvalid)
	}
}

func TestOwnSessions(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	one, first, err := h.LogIn(ctx, made.ID)
	must(t, err)
	two, second, err := h.LogIn(ctx, made.ID)
	must(t, err)
	must(t, h.RequestReset(ctx, made.Username))
	reset := h.tokenOf(t, made.ID)
	must(t, h.ChangePassword(ctx, first, otherPHC))
	_, err = h.SessionByToken(ctx, made.ID, one)
	must(t, err)
	_, err = h.SessionByToken(ctx, made.ID, two)
	wantCode(t, err, customer.Unauthorized)
	wantCode(t, h.ChangePassword(ctx, second, phc), customer.Unauthorized)
	_, _, err = h.LinkOwner(ctx, reset)
	wantCode(t, err, customer.LinkInvalid)
	h.clock.Add(14 * 24 * time.Hour)
	_, err = h.SessionByToken(ctx, made.ID, one)
	wantCode(t, err, customer.Unauthorized)
}

// TestLoginLosesToANewPassword is a login whose password was checked just
// before a new one ended all sessions.
func TestLoginLosesToANewPassword(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	_, checked, _, err := h.LoginCredentials(ctx, made.Username)
	must(t, err)
	h.update(t, made.ID, customer.Fields{PasswordHash: ptr(otherPHC)})
	_, _, err = h.Store.LogIn(ctx, made.ID, checked)
	wantCode(t, err, customer.Unauthorized)
	bare := h.add(t, "b@shop.example", customer.Activated, "")
	_, _, err = h.Store.LogIn(ctx, bare.ID, "")
	wantCode(t, err, customer.Unauthorized)
}

// TestVisitWhenTheClockGoesBack: setting the clock back must not make a visit
// or a ticket last longer; a small correction ends neither.
func TestVisitWhenTheClockGoesBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		back  time.Duration
		works bool
	}{{2 * time.Second, true}, {2 * time.Hour, false}} {
		h, ctx := open(t), t.Context()
		made := h.add(t, "a@shop.example", customer.Activated, phc)
		own, _, err := h.LogIn(ctx, made.ID)
		must(t, err)
		ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
		must(t, err)
		token, _ := h.visit(t, made.ID, "")
		h.clock.Add(-c.back)
		_, err = h.SessionByToken(ctx, made.ID, token)
		same(t, "visit goes on", err == nil, c.works)
		visits, err := h.Visits(ctx, h.in.Partner.ID)
		must(t, err)
		same(t, "visit is told", len(visits) == 1, c.works)
		_, _, err = h.RedeemTicket(ctx, ticket)
		same(t, "ticket works", err == nil, c.works)
		_, err = h.SessionByToken(ctx, made.ID, own)
		must(t, err) // the customer is not logged out by it
	}
}

// TestSigningOutEndsEveryVisitOfTheMember: a desk that was started anew signs
// out with another sign-in than the one its visits were begun from.
func TestSigningOutEndsEveryVisitOfTheMember(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	dana, token := h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	visit, _ := h.visitBy(t, dana, made.ID, "")
	ticket, _, err := h.CreateTicket(ctx, dana, made.ID, "", "")
	must(t, err)
	other, _ := h.visit(t, made.ID, "")
	_, now, err := h.CreateSignIn(ctx, dana.Member.ID, phc, time.Hour)
	must(t, err)

	must(t, h.EndSignIn(ctx, now.ID))
	_, err = h.SessionByToken(ctx, made.ID, visit)
	wantCode(t, err, customer.Unauthorized)
	_, _, err = h.RedeemTicket(ctx, ticket)
	wantCode(t, err, customer.LinkInvalid)
	_, err = h.SessionByToken(ctx, made.ID, other)
	must(t, err)
	_, err = h.SignInByToken(ctx, token)
	must(t, err)
	events, _, err := h.Events(ctx, h.in.Partner.ID, made.ID, 0, 1)
	must(t, err)
	same(t, "ended by", events[0].Actor, customer.Actor{Kind: customer.ActorPartner, ID: dana.Member.ID, Name: "Dana"})
	same(t, "last event", events[0].Kind, customer.EventVisitEnded)
}

// TestVisitsOfSeveralMembers: each visit is told of the person who makes it,
// everybody sees all of them, and support ends its own only.
func TestVisitsOfSeveralMembers(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	dana, _ := h.colleague(t, "dana@agency.example", "Dana", api.RoleSupport)
	kim, _ := h.colleague(t, "kim@agency.example", "Kim", api.RoleSupport)
	mo, _ := h.colleague(t, "mo@agency.example", "Mo", api.RoleManager)
	stranger, _ := h.partner(t, "s@agency.example", "S")
	for _, c := range []struct {
		visitor, ends store.SignIn
		code          customer.Code
	}{
		{dana, kim, customer.Forbidden},
		{h.in, dana, customer.Forbidden},
		{dana, stranger, customer.NotFound},
		{dana, dana, ""},
		{dana, mo, ""},
		{dana, h.in, ""},
		{h.in, mo, ""},
	} {
		token, session := h.visitBy(t, c.visitor, made.ID, "why")
		same(t, "visitor", session.Member, api.Member{ID: c.visitor.Member.ID, Name: c.visitor.Member.Name})
		found, err := h.SessionByToken(ctx, made.ID, token)
		must(t, err)
		same(t, "visitor", found.Member, session.Member)
		open, err := h.Visits(ctx, h.in.Partner.ID)
		must(t, err)
		same(t, "visitor", open[0].MemberID, c.visitor.Member.ID)
		same(t, "visitor", open[0].MemberName, c.visitor.Member.Name)
		same(t, "partner", open[0].PartnerName, "Agency")
		err = h.EndVisit(ctx, c.ends, session.ID)
		same(t, c.ends.Member.Name+" ends the visit of "+c.visitor.Member.Name, customer.CodeOf(err), c.code)
		_, err = h.SessionByToken(ctx, made.ID, token)
		same(t, "goes on", err == nil, c.code != "")
		if c.code != "" {
			must(t, h.EndVisit(ctx, c.visitor, session.ID))
			continue
		}
		events, _, err := h.Events(ctx, h.in.Partner.ID, made.ID, 0, 2)
		must(t, err)
		same(t, "ended by", events[0].Actor, customer.Actor{Kind: customer.ActorPartner, ID: c.ends.Member.ID, Name: c.ends.Member.Name})
		same(t, "visited by", events[1].Actor, customer.Actor{Kind: customer.ActorPartner, ID: c.visitor.Member.ID, Name: c.visitor.Member.Name})
	}
}
