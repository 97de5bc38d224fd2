package store_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// moveAll takes everything of from in, part by part.
func moveAll(t *testing.T, from, to *house, mailPending bool) map[string][]api.MoveOutcome {
	t.Helper()
	outcomes := map[string][]api.MoveOutcome{}
	after := ""
	for {
		page, err := from.MoveOut(t.Context(), from.in.Partner.ID, after, 2)
		must(t, err)
		if len(page) == 0 {
			return outcomes
		}
		for _, m := range page {
			after = m.Customer.ID
			for {
				r := to.moveIn(t, to.in, m, mailPending)
				outcomes[after] = append(outcomes[after], r.Outcome)
				if !m.More || r.Outcome == api.Refused {
					break
				}
				m.Events, m.More, err = from.MoveOutEvents(t.Context(), from.in.Partner.ID, after, r.LastEvent)
				must(t, err)
			}
		}
	}
}

func (h *house) moveIn(t *testing.T, in store.SignIn, m api.MovedAccount, mailPending bool) api.MoveResult {
	t.Helper()
	r, err := h.MoveIn(t.Context(), in, m, mailPending)
	must(t, err)
	if r.CustomerID != m.Customer.ID {
		t.Errorf("a result for %q, want %q", r.CustomerID, m.Customer.ID)
	}
	return r
}

// history is the customer's events, oldest first.
func (h *house) history(t *testing.T, id string) []customer.Event {
	t.Helper()
	var all []customer.Event
	for before := int64(0); ; {
		page, next, err := h.Events(t.Context(), h.in.Partner.ID, id, before, 500)
		must(t, err)
		all = append(all, page...)
		if before = next; next == 0 {
			slices.Reverse(all)
			return all
		}
	}
}

// sameHistory compares what moved with what there was, but for the ids, and
// returns what follows.
func sameHistory(t *testing.T, got, want []customer.Event) []customer.Event {
	t.Helper()
	if len(got) < len(want) {
		t.Fatalf("%d events, want %d and what came after", len(got), len(want))
	}
	for i, e := range want {
		have := got[i]
		have.ID = e.ID
		if !reflect.DeepEqual(have, e) {
			t.Fatalf("event %d:\n got %+v\nwant %+v", i, have, e)
		}
	}
	return got[len(want):]
}

// lives fills a Back Office with one customer of each kind and what happens to
// them in two days.
func lives(t *testing.T, h *house) (pending, active, lockedOut customer.Customer) {
	t.Helper()
	pending = h.add(t, "pending@shop.example", customer.PendingActivate, "")
	active = h.add(t, "active@shop.example", customer.Activated, phc)
	lockedOut = h.add(t, "locked@shop.example", customer.Activated, otherPHC)
	h.clock.Add(time.Hour)
	_, err := h.UseLink(t.Context(), h.tokenOf(t, h.add(t, "used@shop.example", customer.PendingActivate, "").ID), phc)
	must(t, err)
	h.clock.Add(time.Hour)
	_, _, err = h.LogIn(t.Context(), active.ID)
	must(t, err)
	h.visit(t, active.ID, "Help with a banner")
	h.update(t, active.ID, customer.Fields{
		Phone: ptr("+31 20 1"), Website: ptr("shop.example"), Street: ptr("Dam 1"), PostalCode: ptr("1012"), City: ptr("Amsterdam"),
		Country: ptr("NL"), Language: ptr("nl"), Notes: ptr("Pays late.\nCall first."), Tags: ptr([]string{"vip", "late"}),
	})
	h.clock.Add(24 * time.Hour)
	h.update(t, lockedOut.ID, customer.Fields{Status: ptr(customer.Locked), LockReason: ptr("Did not pay")})
	return h.now(t, pending.ID), h.now(t, active.ID), h.now(t, lockedOut.ID)
}

func TestMoveKeepsEverything(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	lives(t, from)
	to.clock.Add(100 * time.Hour)
	changed := to.Changed(to.in.Partner.ID)
	for id, outcomes := range moveAll(t, from, to, false) {
		if !slices.Equal(outcomes, []api.MoveOutcome{api.Moved}) {
			t.Errorf("%s: %v", id, outcomes)
		}
	}
	<-changed // desks hear of it
	all, err := from.Changes(t.Context(), from.in.Partner.ID, 0, 100)
	must(t, err)
	same(t, "customers", len(all.Customers), 4)
	for _, want := range all.Customers {
		got := to.now(t, want.ID)
		want.MailKind, want.MailState, want.MailError, want.MailAt, want.LinkExpiresAt = "", "", "", 0, 0
		want.Revision = got.Revision
		if !reflect.DeepEqual(got, want) {
			t.Errorf("\n got %+v\nwant %+v", got, want)
		}
		hash, err := from.PasswordHash(t.Context(), want.ID)
		must(t, err)
		moved, err := to.PasswordHash(t.Context(), want.ID)
		must(t, err)
		same(t, "hash", moved, hash)
		same(t, "mails", len(to.mails(t, want.ID)), 0)
		rest := sameHistory(t, to.history(t, want.ID), from.history(t, want.ID))
		if len(rest) != 1 || rest[0].Kind != customer.EventMoved || rest[0].Actor != (customer.Actor{
			Kind: customer.ActorPartner, ID: to.in.Member.ID, Name: to.in.Member.Name}) || rest[0].At != customer.At(to.clock.Now()) {
			t.Errorf("after its history: %+v", rest)
		}
	}
	queued, err := to.QueuedMails(t.Context(), customer.At(to.clock.Now()), 100)
	must(t, err)
	same(t, "mails in the queue", len(queued), 0)
}

func TestMoveTwiceHasTheEffectOfOnce(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	pending, active, _ := lives(t, from)
	to.clock.Add(100 * time.Hour)
	moveAll(t, from, to, true)
	before, err := to.Changes(t.Context(), to.in.Partner.ID, 0, 100)
	must(t, err)
	for _, mail := range []bool{true, false} {
		for id, outcomes := range moveAll(t, from, to, mail) {
			if !slices.Equal(outcomes, []api.MoveOutcome{api.Known}) {
				t.Errorf("%s: %v", id, outcomes)
			}
		}
	}
	again, err := to.Changes(t.Context(), to.in.Partner.ID, before.Next, 100)
	must(t, err)
	same(t, "changes", len(again.Customers), 0)
	rest := sameHistory(t, to.history(t, active.ID), from.history(t, active.ID))
	same(t, "events after the history", len(rest), 1)

	// One fresh link, whoever asked: the customer's who is Pending Activate.
	mails := to.mails(t, pending.ID)
	if len(mails) != 1 || mails[0].Kind != customer.MailActivation || mails[0].To != "pending@shop.example" {
		t.Fatalf("mails %+v", mails)
	}
	if c := to.now(t, pending.ID); c.MailState != customer.MailQueued || c.LinkExpiresAt == 0 {
		t.Errorf("after the mail: %+v", c)
	}
	same(t, "mails to an active one", len(to.mails(t, active.ID)), 0)
	c, err := to.UseLink(t.Context(), to.tokenOf(t, pending.ID), phc)
	must(t, err)
	same(t, "status", c.Status, customer.Activated)

	// What is done here since stays, however often the account is sent.
	to.update(t, active.ID, customer.Fields{City: ptr("Delft")})
	moveAll(t, from, to, true)
	same(t, "city", to.now(t, active.ID).City, "Delft")
	same(t, "status", to.now(t, pending.ID).Status, customer.Activated)
	same(t, "mails", len(to.mails(t, pending.ID)), 1)
}

func TestALongHistoryMovesInParts(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	c := from.add(t, "long@shop.example", customer.PendingActivate, "")
	for i := range 1205 {
		from.update(t, c.ID, customer.Fields{City: ptr(strings.Repeat("x", i%7+1))})
		from.clock.Add(time.Minute)
	}
	// Long notes make a part end earlier than by number.
	for i := range 30 {
		from.update(t, c.ID, customer.Fields{Notes: ptr(strings.Repeat("é", customer.MaxNotes-i))})
	}
	to.clock.Add(100 * time.Hour)
	outcomes := moveAll(t, from, to, true)[c.ID]
	if len(outcomes) < 5 || outcomes[0] != api.Moved || slices.Contains(outcomes[1:], api.Moved) {
		t.Errorf("outcomes %v", outcomes)
	}
	rest := sameHistory(t, to.history(t, c.ID), from.history(t, c.ID))
	if len(rest) != 2 || rest[0].Kind != customer.EventMoved || rest[1].Kind != customer.EventMailQueued {
		t.Errorf("after its history: %+v", rest)
	}
	moveAll(t, from, to, true)
	same(t, "events", len(to.history(t, c.ID)), len(from.history(t, c.ID))+2)
}

// TestAPartThatOverlapsIsTakenOnce stands for a part that was sent, whose
// answer was lost, and that is cut differently the next time.
func TestAPartThatOverlapsIsTakenOnce(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	_, active, _ := lives(t, from)
	to.clock.Add(100 * time.Hour)
	page, err := from.MoveOut(t.Context(), from.in.Partner.ID, "", 10)
	must(t, err)
	m := page[slices.IndexFunc(page, func(m api.MovedAccount) bool { return m.Customer.ID == active.ID })]
	all := m.Events
	for _, cut := range [][2]int{{0, 2}, {0, 3}, {1, 4}, {0, 1}, {2, len(all)}} {
		m.Events, m.More = all[cut[0]:cut[1]], cut[1] < len(all)
		r := to.moveIn(t, to.in, m, false)
		if want := all[max(cut[1], 1)-1].ID; r.LastEvent < want {
			t.Errorf("cut %v: last event %d, want at least %d", cut, r.LastEvent, want)
		}
	}
	same(t, "events after the history", len(sameHistory(t, to.history(t, active.ID), from.history(t, active.ID))), 1)
}

func TestMoveMeetsWhatIsThere(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	_, active, _ := lives(t, from)
	to.clock.Add(100 * time.Hour)
	page, err := from.MoveOut(t.Context(), from.in.Partner.ID, "", 10)
	must(t, err)
	m := page[slices.IndexFunc(page, func(m api.MovedAccount) bool { return m.Customer.ID == active.ID })]
	stranger, _ := to.partner(t, "stranger@agency.example", "Stranger")

	taken := to.add(t, "ACTIVE@shop.example", customer.Activated, phc)
	r := to.moveIn(t, to.in, m, false)
	if r.Outcome != api.Refused || r.Error.Code != customer.UsernameTaken || r.Error.Message == "" || r.LastEvent != 0 {
		t.Errorf("a username that is taken: %+v", r)
	}
	to.update(t, taken.ID, customer.Fields{Username: ptr("other@shop.example")})

	same(t, "the stranger's", to.moveIn(t, stranger, m, false).Outcome, api.Moved)
	r = to.moveIn(t, to.in, m, false)
	if r.Outcome != api.Refused || r.Error.Code != customer.NotFound || strings.Contains(r.Error.Message, "partner") {
		t.Errorf("another partner's account: %+v", r)
	}

	made := createOf(person("made@shop.example", customer.Activated))
	to.apply(t, to.in, made, customer.Applied)
	m.Customer.ID, m.Customer.Username = made.CustomerID, "made@shop.example"
	before := to.now(t, made.CustomerID)
	r = to.moveIn(t, to.in, m, true)
	if r.Outcome != api.Refused || r.Error.Code != customer.Conflict {
		t.Errorf("an account that was made here: %+v", r)
	}
	same(t, "revision", to.now(t, made.CustomerID).Revision, before.Revision)
	same(t, "events", len(to.history(t, made.CustomerID)), 2)
}

// TestAnAccountThatChangedSinceItMovedIsRefused is what a move that was given up
// and begun again meets: no edit made in between is lost without a word.
func TestAnAccountThatChangedSinceItMovedIsRefused(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	_, active, _ := lives(t, from)
	moveAll(t, from, to, false)
	from.update(t, active.ID, customer.Fields{City: ptr("Delft")})
	for id, outcomes := range moveAll(t, from, to, false) {
		want := api.Known
		if id == active.ID {
			want = api.Refused
		}
		if !slices.Equal(outcomes, []api.MoveOutcome{want}) {
			t.Errorf("%s: %v, want %s", id, outcomes, want)
		}
	}
	same(t, "city", to.now(t, active.ID).City, "Amsterdam")
}

func TestAMomentInTheFutureBecomesNow(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	from.clock.Add(1000 * time.Hour)
	from.signIn(t)
	c := from.add(t, "ahead@shop.example", customer.Activated, phc)
	moveAll(t, from, to, false)
	now := customer.At(to.clock.Now())
	same(t, "created", to.now(t, c.ID).CreatedAt, now)
	for _, e := range to.history(t, c.ID) {
		same(t, string(e.Kind), e.At, now)
	}
}

func TestOnlyOnesOwnMoveOut(t *testing.T) {
	t.Parallel()
	h := open(t)
	_, active, _ := lives(t, h)
	stranger, _ := h.partner(t, "stranger@agency.example", "Stranger")
	page, err := h.MoveOut(context.Background(), stranger.Partner.ID, "", 10)
	must(t, err)
	same(t, "accounts", len(page), 0)
	_, _, err = h.MoveOutEvents(t.Context(), stranger.Partner.ID, active.ID, 0)
	wantCode(t, err, customer.NotFound)
}

func TestASignInThatEndedMovesNobody(t *testing.T) {
	t.Parallel()
	from, to := open(t), open(t)
	lives(t, from)
	page, err := from.MoveOut(t.Context(), from.in.Partner.ID, "", 1)
	must(t, err)
	must(t, to.EndSignIn(t.Context(), to.in.ID))
	_, err = to.MoveIn(t.Context(), to.in, page[0], false)
	wantCode(t, err, customer.Unauthorized)
}
