package store_test

import (
	"fmt"
	"slices"
	"testing"

	"partnerdesk/backend/customer"
)

// want is what an account looks like after it went from one status to another.
type want struct {
	mail     customer.MailKind // queued by the change; empty: none
	oldLink  bool              // the link from before works
	sessions bool              // the customer's own and the partner's visit go on
	tickets  bool              // an unused ticket works
}

func TestStatusChanges(t *testing.T) {
	t.Parallel()
	const pending, active, locked = customer.PendingActivate, customer.Activated, customer.Locked
	for _, c := range []struct {
		from, to customer.Status
		password bool
		want     want
	}{
		{pending, active, false, want{mail: customer.MailSetPassword, sessions: true, tickets: true}},
		{pending, active, true, want{sessions: true, tickets: true}},
		{pending, locked, false, want{}},
		{pending, locked, true, want{}},
		{active, pending, false, want{mail: customer.MailActivation, tickets: true}},
		{active, pending, true, want{mail: customer.MailActivation, tickets: true}},
		{active, locked, false, want{}},
		{active, locked, true, want{}},
		{locked, pending, false, want{mail: customer.MailActivation}},
		{locked, pending, true, want{mail: customer.MailActivation}},
		{locked, active, false, want{mail: customer.MailSetPassword}},
		{locked, active, true, want{}},
		{pending, pending, false, want{oldLink: true, sessions: true, tickets: true}},
		{active, active, true, want{oldLink: true, sessions: true, tickets: true}},
		{locked, locked, true, want{}},
	} {
		t.Run(fmt.Sprintf("%s to %s, password %t", c.from, c.to, c.password), func(t *testing.T) {
			t.Parallel()
			testStatusChange(t, c.from, c.to, c.password, c.want)
		})
	}
}

func testStatusChange(t *testing.T, from, to customer.Status, password bool, want want) {
	h, ctx := open(t), t.Context()
	hash := ""
	if password {
		hash = phc
	}
	made := h.add(t, "a@shop.example", from, hash)
	var link, ticket, own, visit string
	if from != customer.Locked {
		answer, err := h.NewLink(ctx, h.in, made.ID, true)
		must(t, err)
		link = tokenIn(answer.Link)
		ticket, _, err = h.CreateTicket(ctx, h.in, made.ID, "", "")
		must(t, err)
		visit, _ = h.visit(t, made.ID, "help")
	}
	if from == customer.Activated && hash != "" {
		var err error
		own, _, err = h.LogIn(ctx, made.ID)
		must(t, err)
	}
	before, events := len(h.mails(t, made.ID)), len(h.kinds(t, made.ID))

	after := h.update(t, made.ID, customer.Fields{Status: &to, LockReason: ptr("unpaid")})

	same(t, "status", after.Status, to)
	same(t, "lock reason kept", after.LockReason == "unpaid", to == customer.Locked)
	mails := h.mails(t, made.ID)
	if queued := mails[before:]; want.mail == "" {
		same(t, "mails queued", len(queued), 0)
	} else if len(queued) != 1 || queued[0].Kind != want.mail {
		t.Errorf("mails queued: %v, want one %s", queued, want.mail)
	}
	if link != "" {
		_, _, err := h.LinkOwner(ctx, link)
		same(t, "old link works", err == nil, want.oldLink)
		_, err = h.UseLink(ctx, link, phc)
		same(t, "old link can be used", err == nil, want.oldLink)
		if !want.oldLink {
			same(t, "old mail", mails[before-1].State, customer.MailCancelled)
		}
	}
	if want.mail != "" {
		owner, kind, err := h.LinkOwner(ctx, h.tokenOf(t, made.ID))
		must(t, err)
		same(t, "new link's owner", owner.ID, made.ID)
		same(t, "new link's kind", kind, want.mail)
		same(t, "mail state", after.MailState, customer.MailQueued)
		same(t, "link ends", after.LinkExpiresAt, mails[len(mails)-1].LinkExpiresAt)
	}
	if own != "" {
		_, err := h.SessionByToken(ctx, made.ID, own)
		same(t, "own session goes on", err == nil, want.sessions && !want.oldLink)
	}
	if visit != "" {
		_, err := h.SessionByToken(ctx, made.ID, visit)
		same(t, "visit goes on", err == nil, want.sessions)
		_, _, err = h.RedeemTicket(ctx, ticket)
		same(t, "ticket works", err == nil, want.tickets)
	}
	_, _, err := h.LogIn(ctx, made.ID)
	now := h.now(t, made.ID)
	login := map[customer.Status]customer.Code{
		customer.PendingActivate: customer.Waiting, customer.Locked: customer.AccountLocked}[now.Status]
	if now.Status == customer.Activated && !now.HasPassword {
		login = customer.Unauthorized
	}
	same(t, "login", customer.CodeOf(err), login)
	if from != to {
		if got := h.kinds(t, made.ID)[events]; got != customer.EventStatusChanged {
			t.Errorf("first new event is %s", got)
		}
		if got := h.kinds(t, made.ID); visit != "" && !want.sessions && !slices.Contains(got, customer.EventVisitEnded) {
			t.Errorf("no end of the visit in %v", got)
		}
	}
}

func TestCreatedIn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status customer.Status
		hash   string
		mail   customer.MailKind
	}{
		{customer.PendingActivate, "", customer.MailActivation},
		{customer.PendingActivate, phc, customer.MailActivation},
		{customer.Activated, "", customer.MailSetPassword},
		{customer.Activated, phc, ""},
		{customer.Locked, "", ""},
		{customer.Locked, phc, ""},
	} {
		t.Run(fmt.Sprintf("%s, password %t", c.status, c.hash != ""), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			made := h.add(t, "a@shop.example", c.status, c.hash)
			same(t, "mail", made.MailKind, c.mail)
			same(t, "activated", made.ActivatedAt != 0, c.status == customer.Activated)
			same(t, "has password", made.HasPassword, c.hash != "")
			same(t, "created", made.CreatedAt, customer.At(h.clock.Now()))
			same(t, "feed", h.now(t, made.ID).Revision, made.Revision)
		})
	}
}

func TestUsernameChanges(t *testing.T) {
	t.Parallel()
	type sent struct {
		kind customer.MailKind
		to   string
	}
	for _, c := range []struct {
		status customer.Status
		hash   string
		to     string
		want   []sent
	}{
		{customer.PendingActivate, "", "new@shop.example", []sent{{customer.MailActivation, "new@shop.example"}}},
		{customer.PendingActivate, "", "OLD@shop.example", nil},
		{customer.Activated, phc, "new@shop.example", []sent{
			{customer.MailUsernameChanged, "old@shop.example"}, {customer.MailUsernameChanged, "new@shop.example"}}},
		{customer.Activated, "", "new@shop.example", []sent{
			{customer.MailUsernameChanged, "old@shop.example"}, {customer.MailUsernameChanged, "new@shop.example"},
			{customer.MailSetPassword, "new@shop.example"}}},
		{customer.Locked, phc, "new@shop.example", nil},
	} {
		t.Run(fmt.Sprintf("%s, password %t, to %s", c.status, c.hash != "", c.to), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			made := h.add(t, "old@shop.example", c.status, c.hash)
			if c.status == customer.Activated && c.hash != "" {
				must(t, h.RequestReset(t.Context(), "old@shop.example"))
			}
			before := h.mails(t, made.ID)
			h.update(t, made.ID, customer.Fields{Username: &c.to})
			var got []sent
			for _, m := range h.mails(t, made.ID)[len(before):] {
				got = append(got, sent{m.Kind, m.To})
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("mails %v, want %v", got, c.want)
			}
			for _, m := range before {
				_, _, err := h.LinkOwner(t.Context(), tokenIn(m.Link))
				same(t, "old link works", err == nil, c.want == nil)
			}
		})
	}
}

func TestPartnerSetsPassword(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	own, _, err := h.LogIn(ctx, made.ID)
	must(t, err)
	visit, _ := h.visit(t, made.ID, "")
	must(t, h.RequestReset(ctx, made.Username))
	reset := h.tokenOf(t, made.ID)
	h.update(t, made.ID, customer.Fields{PasswordHash: ptr(otherPHC)})
	got, err := h.PasswordHash(ctx, made.ID)
	must(t, err)
	same(t, "hash", got, otherPHC)
	_, err = h.SessionByToken(ctx, made.ID, own)
	wantCode(t, err, customer.Unauthorized)
	_, err = h.SessionByToken(ctx, made.ID, visit)
	must(t, err)
	_, _, err = h.LinkOwner(ctx, reset)
	wantCode(t, err, customer.LinkInvalid)
	if !slices.Contains(h.kinds(t, made.ID), customer.EventPasswordChanged) {
		t.Error("no event")
	}
}

// TestUsernameAndStatusChange changes both in one edit.
func TestUsernameAndStatusChange(t *testing.T) {
	t.Parallel()
	told := []string{"username_changed old@shop.example", "username_changed new@shop.example"}
	for _, c := range []struct {
		from, to customer.Status
		hash     string
		want     []string
	}{
		{customer.Activated, customer.PendingActivate, phc, append(slices.Clone(told), "activation new@shop.example")},
		{customer.Activated, customer.Locked, phc, nil}, // it says to log in, and nobody can
		{customer.PendingActivate, customer.Activated, "", []string{"set_password new@shop.example"}},
		{customer.PendingActivate, customer.Locked, "", nil},
	} {
		t.Run(fmt.Sprintf("%s to %s", c.from, c.to), func(t *testing.T) {
			t.Parallel()
			h := open(t)
			made := h.add(t, "old@shop.example", c.from, c.hash)
			before := len(h.mails(t, made.ID))
			h.update(t, made.ID, customer.Fields{Username: ptr("new@shop.example"), Status: &c.to})
			var got []string
			for _, m := range h.mails(t, made.ID)[before:] {
				got = append(got, string(m.Kind)+" "+m.To)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("mails %v, want %v", got, c.want)
			}
		})
	}
}

// TestUnlockedUnderANewName tells a customer who was active before.
func TestUnlockedUnderANewName(t *testing.T) {
	t.Parallel()
	h := open(t)
	made := h.add(t, "old@shop.example", customer.Activated, phc)
	h.update(t, made.ID, customer.Fields{Status: ptr(customer.Locked)})
	h.update(t, made.ID, customer.Fields{Status: ptr(customer.Activated), Username: ptr("new@shop.example")})
	mails := h.mails(t, made.ID)
	if len(mails) != 2 || mails[0].To != "old@shop.example" || mails[1].To != "new@shop.example" {
		t.Errorf("mails %v", mails)
	}
}
