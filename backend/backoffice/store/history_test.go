package store_test

import (
	"testing"
	"time"

	"partnerdesk/backend/customer"
)

func TestHistory(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	h.update(t, made.ID, customer.Fields{City: ptr("Breda"), Tags: &[]string{"vip", "north"}, Status: ptr(customer.Locked),
		LockReason: ptr("unpaid"), PasswordHash: ptr(otherPHC)})
	h.update(t, made.ID, customer.Fields{Notes: ptr("call first")})
	all, before, err := h.Events(ctx, h.in.Partner.ID, made.ID, 0, 3)
	must(t, err)
	if len(all) != 3 || before != all[2].ID {
		t.Fatalf("page %+v, before %d", all, before)
	}
	older, before, err := h.Events(ctx, h.in.Partner.ID, made.ID, before, 3)
	must(t, err)
	same(t, "before", before, 0)
	all = append(all, older...)
	want := []struct {
		kind    customer.EventKind
		changes []customer.FieldChange
	}{
		{customer.EventChanged, []customer.FieldChange{{Field: "notes", To: "call first"}}},
		{customer.EventPasswordChanged, nil},
		{customer.EventStatusChanged, []customer.FieldChange{{Field: "status", From: "activated", To: "locked"}, {Field: "lock_reason", To: "unpaid"}}},
		{customer.EventChanged, []customer.FieldChange{{Field: "city", To: "Breda"}, {Field: "tags", To: "vip, north"}}},
		{customer.EventCreated, nil},
	}
	same(t, "events", len(all), len(want))
	for i, w := range want {
		same(t, "kind", all[i].Kind, w.kind)
		same(t, "actor", all[i].Actor, customer.Actor{Kind: customer.ActorPartner, ID: h.in.Member.ID, Name: "Agency"})
		same(t, "changes", len(all[i].Changes), len(w.changes))
		for j, c := range w.changes {
			same(t, "change", all[i].Changes[j], c)
		}
	}

	// The customer sees neither notes, tags nor the reason, page by page.
	seen := []customer.Event{}
	for before := int64(0); ; {
		page, next, err := h.CustomerEvents(ctx, made.ID, before, 1)
		must(t, err)
		seen = append(seen, page...)
		if before = next; next == 0 {
			break
		}
	}
	same(t, "seen", len(seen), 4)
	for _, e := range seen {
		for _, c := range e.Changes {
			if c.Field != "status" && c.Field != "city" {
				t.Errorf("the customer sees %+v", c)
			}
		}
	}
}

func TestPartners(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	_, _, err := h.CreatePartner(ctx, "PARTNER@agency.example", "Other", phc)
	wantCode(t, err, customer.UsernameTaken)
	for _, c := range [][2]string{{"no address", "A"}, {"", "A"}, {"a@b.example", " "}, {"a@b.example", "a\nb"}} {
		if _, _, err := h.CreatePartner(ctx, c[0], c[1], phc); err == nil {
			t.Errorf("%q was taken", c)
		}
	}
	owner, hash, err := h.MemberCredentials(ctx, "Partner@Agency.example")
	must(t, err)
	same(t, "owner", owner, h.in.Member)
	same(t, "hash", hash, phc)
	_, _, err = h.MemberCredentials(ctx, "nobody@agency.example")
	wantCode(t, err, customer.NotFound)

	in, err := h.SignInByToken(ctx, h.token)
	must(t, err)
	same(t, "sign-in", in, h.in)
	must(t, h.EndSignIn(ctx, in.ID))
	_, err = h.SignInByToken(ctx, h.token)
	wantCode(t, err, customer.Unauthorized)
	token, _, err := h.CreateSignIn(ctx, owner.ID, phc, time.Hour)
	must(t, err)
	h.clock.Add(time.Hour)
	_, err = h.SignInByToken(ctx, token)
	wantCode(t, err, customer.Unauthorized)

	must(t, h.DisablePartner(ctx, in.Partner.ID))
	_, _, err = h.CreateSignIn(ctx, owner.ID, phc, time.Hour)
	wantCode(t, err, customer.NotFound)
	_, _, err = h.MemberCredentials(ctx, owner.Username)
	wantCode(t, err, customer.NotFound)
	wantCode(t, h.SetMemberPassword(ctx, "nobody@agency.example", phc), customer.NotFound)
	must(t, h.Ping(ctx))
}

func TestRestored(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	own, _, err := h.LogIn(ctx, made.ID)
	must(t, err)
	visit, _ := h.visit(t, made.ID, "")
	ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
	must(t, err)
	must(t, h.RequestReset(ctx, made.Username))
	reset := h.tokenOf(t, made.ID)
	pending := h.add(t, "b@shop.example", customer.PendingActivate, "")
	activation := h.tokenOf(t, pending.ID)
	before, err := h.Changes(ctx, h.in.Partner.ID, 0, 10)
	must(t, err)

	must(t, h.Restored(ctx))

	kinds := h.kinds(t, made.ID)
	same(t, "last in the history", kinds[len(kinds)-1], customer.EventVisitEnded)
	for _, token := range []string{own, visit} {
		_, err = h.SessionByToken(ctx, made.ID, token)
		wantCode(t, err, customer.Unauthorized)
	}
	_, _, err = h.RedeemTicket(ctx, ticket)
	wantCode(t, err, customer.LinkInvalid)
	_, err = h.SignInByToken(ctx, h.token)
	wantCode(t, err, customer.Unauthorized)
	_, _, err = h.LinkOwner(ctx, reset)
	wantCode(t, err, customer.LinkInvalid)
	_, _, err = h.LinkOwner(ctx, activation)
	must(t, err)
	page, err := h.Changes(ctx, h.in.Partner.ID, before.Next+1000, 10)
	must(t, err)
	if page.Epoch == before.Epoch {
		t.Error("the epoch is still the same")
	}
	same(t, "told again", len(page.Customers), 2)
	h.signIn(t)
	changed := h.update(t, made.ID, customer.Fields{City: ptr("Breda")})
	same(t, "goes on from there", changed.Revision, page.Next+1)
}
