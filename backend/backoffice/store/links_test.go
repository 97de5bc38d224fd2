package store_test

import (
	"bytes"
	"os"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

func TestNewLink(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status   customer.Status
		hash     string
		kind     customer.MailKind
		lifetime time.Duration
		code     customer.Code
	}{
		{customer.PendingActivate, "", customer.MailActivation, 7 * 24 * time.Hour, ""},
		{customer.PendingActivate, phc, customer.MailActivation, 7 * 24 * time.Hour, ""},
		{customer.Activated, "", customer.MailSetPassword, 7 * 24 * time.Hour, ""},
		{customer.Activated, phc, customer.MailResetPassword, time.Hour, ""},
		{customer.Locked, phc, "", 0, customer.AccountLocked},
	} {
		for _, deliver := range []bool{true, false} {
			h, ctx := open(t), t.Context()
			made := h.add(t, "a@shop.example", c.status, c.hash)
			before := h.mails(t, made.ID)
			answer, err := h.NewLink(ctx, h.in, made.ID, deliver)
			same(t, "code", customer.CodeOf(err), c.code)
			if err != nil {
				continue
			}
			same(t, "kind", answer.Kind, c.kind)
			same(t, "queued", answer.State == customer.MailQueued, deliver)
			same(t, "ends", answer.ExpiresAt, customer.At(h.clock.Now().Add(c.lifetime)))
			same(t, "mails", len(h.mails(t, made.ID))-len(before) == 1, deliver)
			for _, m := range before {
				_, _, err := h.LinkOwner(ctx, tokenIn(m.Link))
				wantCode(t, err, customer.LinkInvalid)
			}
			if !deliver && len(before) > 0 {
				same(t, "mail state", h.now(t, made.ID).MailState, customer.MailCancelled)
			}
			kinds := h.kinds(t, made.ID)
			same(t, "copied", kinds[len(kinds)-1] == customer.EventLinkCopied, !deliver)
			h.clock.Add(c.lifetime - time.Millisecond)
			_, kind, err := h.LinkOwner(ctx, tokenIn(answer.Link))
			must(t, err)
			same(t, "kind", kind, c.kind)
			h.clock.Add(time.Millisecond)
			_, _, err = h.LinkOwner(ctx, tokenIn(answer.Link))
			wantCode(t, err, customer.LinkInvalid)
			_, err = h.UseLink(ctx, tokenIn(answer.Link), phc)
			wantCode(t, err, customer.LinkInvalid)
		}
	}
}

func TestMailsAreBounded(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	for range 5 {
		_, err := h.NewLink(ctx, h.in, made.ID, true)
		must(t, err)
	}
	_, err := h.NewLink(ctx, h.in, made.ID, true)
	wantCode(t, err, customer.TooMany)
	_, err = h.NewLink(ctx, h.in, made.ID, false)
	must(t, err)
	for range 5 {
		must(t, h.RequestReset(ctx, "A@SHOP.example"))
	}
	same(t, "mails", len(h.mails(t, made.ID)), 5+3)
	h.clock.Add(time.Hour)
	_, err = h.NewLink(ctx, h.in, made.ID, true)
	must(t, err)
	must(t, h.RequestReset(ctx, made.Username))
	same(t, "mails", len(h.mails(t, made.ID)), 5+3+2)
}

func TestRequestReset(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	must(t, h.RequestReset(ctx, "nobody@shop.example"))
	for username, c := range map[string]struct {
		status customer.Status
		hash   string
		want   customer.MailKind
	}{
		"p@shop.example": {customer.PendingActivate, "", customer.MailActivation},
		"n@shop.example": {customer.Activated, "", customer.MailSetPassword},
		"a@shop.example": {customer.Activated, phc, customer.MailResetPassword},
		"l@shop.example": {customer.Locked, phc, ""},
	} {
		made := h.add(t, username, c.status, c.hash)
		before := len(h.mails(t, made.ID))
		must(t, h.RequestReset(ctx, username))
		all := h.mails(t, made.ID)
		if c.want == "" {
			same(t, username, len(all), before)
			continue
		}
		same(t, username, len(all), before+1)
		same(t, username, all[before].Kind, c.want)
	}
}

func TestResetEndsSessions(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	own, _, err := h.LogIn(ctx, made.ID)
	must(t, err)
	must(t, h.RequestReset(ctx, made.Username))
	_, err = h.UseLink(ctx, h.tokenOf(t, made.ID), otherPHC)
	must(t, err)
	_, err = h.SessionByToken(ctx, made.ID, own)
	wantCode(t, err, customer.Unauthorized)
	_, hash, _, err := h.LoginCredentials(ctx, "A@shop.EXAMPLE")
	must(t, err)
	same(t, "hash", hash, otherPHC)
}

// TestNoTokenInTheFile reads the database's files for every token that was
// ever handed out, once the mails have gone.
func TestNoTokenInTheFile(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	tokens := []string{h.token}
	for i, username := range []string{"sent@a.example", "saved@a.example", "failed@a.example", "cancelled@a.example"} {
		made := h.add(t, username, customer.PendingActivate, "")
		m := h.mails(t, made.ID)[0]
		tokens = append(tokens, h.tokenOf(t, made.ID))
		ticket, _, err := h.CreateTicket(ctx, h.in, made.ID, "", "")
		must(t, err)
		visit, _ := h.visit(t, made.ID, "")
		tokens = append(tokens, ticket, visit)
		switch i {
		case 0:
			must(t, h.MailSent(ctx, m.ID))
		case 1:
			must(t, h.MailSaved(ctx, m.ID))
		case 2:
			must(t, h.MailFailed(ctx, m.ID, "refused", 0))
		case 3:
			h.update(t, made.ID, customer.Fields{Status: ptr(customer.Locked)})
		}
		m = h.mails(t, made.ID)[0]
		same(t, "text and link", m.Text+m.Link, "")
	}
	made := h.add(t, "b@shop.example", customer.Activated, phc)
	own, _, err := h.LogIn(ctx, made.ID)
	must(t, err)
	tokens = append(tokens, own)
	must(t, h.Sweep(ctx))
	for _, name := range []string{h.path, h.path + "-wal"} {
		raw, err := os.ReadFile(name)
		must(t, err)
		for _, token := range tokens {
			if len(token) != 43 || bytes.Contains(raw, []byte(token)) {
				t.Errorf("token %q is in %s, or is no token", token, name)
			}
		}
	}
}

func TestOutbox(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	none, err := h.NextMailAt(ctx)
	must(t, err)
	same(t, "next", none, 0)
	made := h.add(t, "a@shop.example", customer.PendingActivate, "")
	now := customer.At(h.clock.Now())
	due, err := h.QueuedMails(ctx, now, 10)
	must(t, err)
	if len(due) != 1 || due[0].PartnerName != "Agency" || due[0].PartnerAddress != "partner@agency.example" ||
		due[0].ToName != "Anna Jansen" || due[0].HTML == "" || due[0].Mail.Link == "" || due[0].Mail.To != "a@shop.example" {
		t.Fatalf("due %+v", due)
	}
	id := due[0].Mail.ID
	must(t, h.MailFailed(ctx, id, "no answer", now+60_000))
	next, err := h.NextMailAt(ctx)
	must(t, err)
	same(t, "next", next, now+60_000)
	c := h.now(t, made.ID)
	same(t, "state", c.MailState, customer.MailQueued)
	same(t, "error", c.MailError, "no answer")
	due, err = h.QueuedMails(ctx, now, 10)
	must(t, err)
	same(t, "due", len(due), 0)

	must(t, h.MailSent(ctx, id))
	must(t, h.MailSent(ctx, id))
	must(t, h.MailFailed(ctx, id, "too late", 0))
	m := h.mails(t, made.ID)[0]
	same(t, "state", m.State, customer.MailSent)
	same(t, "attempts", m.Attempts, 2)
	same(t, "the link still works", m.LinkExpiresAt, h.now(t, made.ID).LinkExpiresAt)
	same(t, "error", h.now(t, made.ID).MailError, "")
	wantCode(t, h.MailSent(ctx, newID()), customer.NotFound)

	// A link that was swept before its mail went out ended long ago.
	made = h.add(t, "b@shop.example", customer.PendingActivate, "")
	h.clock.Add(8 * 24 * time.Hour)
	must(t, h.Sweep(ctx))
	due, err = h.QueuedMails(ctx, customer.At(h.clock.Now()), 10)
	must(t, err)
	same(t, "link ended", due[0].Mail.LinkExpiresAt, 1)
	same(t, "told on the customer", h.now(t, made.ID).LinkExpiresAt < customer.At(h.clock.Now()), true)
}

func TestTenancy(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	made := h.add(t, "a@shop.example", customer.Activated, phc)
	_, visit := h.visit(t, made.ID, "")
	stranger, _ := h.partner(t, "s@agency.example", "S")
	id := stranger.Partner.ID
	for name, call := range map[string]func() error{
		"Events":       func() error { _, _, err := h.Events(ctx, id, made.ID, 0, 10); return err },
		"Mails":        func() error { _, err := h.Mails(ctx, id, made.ID); return err },
		"NewLink":      func() error { _, err := h.NewLink(ctx, stranger, made.ID, true); return err },
		"CreateTicket": func() error { _, _, err := h.CreateTicket(ctx, stranger, made.ID, "", ""); return err },
		"EndVisit":     func() error { return h.EndVisit(ctx, stranger, visit.ID) },
		// A sign-in's partner is what the database says, not what the caller says.
		"CreateTicket, forged": func() error {
			_, _, err := h.CreateTicket(ctx, store.SignIn{ID: stranger.ID, Partner: h.in.Partner}, made.ID, "", "")
			return err
		},
	} {
		if got := customer.CodeOf(call()); got != customer.NotFound {
			t.Errorf("%s: %s", name, got)
		}
	}
	r := h.apply(t, stranger, updateOf(made, customer.Fields{City: ptr("Breda")}), customer.Rejected)
	same(t, "code", r.Error.Code, customer.NotFound)
	if r.Customer != nil {
		t.Error("the customer was shown")
	}
	page, err := h.Changes(ctx, id, 0, 10)
	must(t, err)
	visits, err := h.Visits(ctx, id)
	must(t, err)
	same(t, "seen", len(page.Customers)+len(visits), 0)
	same(t, "city", h.now(t, made.ID).City, "")
}

// TestClockGoesBack queues a mail by a clock that was a year ahead.
func TestClockGoesBack(t *testing.T) {
	t.Parallel()
	h, ctx := open(t), t.Context()
	h.clock.Add(365 * 24 * time.Hour)
	h.signIn(t)
	made := h.add(t, "a@shop.example", customer.PendingActivate, "")
	h.clock.Add(-365 * 24 * time.Hour)
	now := customer.At(h.clock.Now())
	due, err := h.QueuedMails(ctx, now, 10)
	must(t, err)
	same(t, "due", len(due), 1)
	must(t, h.MailFailed(ctx, h.mails(t, made.ID)[0].ID, "no answer", now+7*3600_000))
	due, err = h.QueuedMails(ctx, now, 10)
	must(t, err)
	same(t, "due after a try", len(due), 0)
}
