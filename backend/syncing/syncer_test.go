package syncing_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

var (
	_ syncing.Replica = (*replica.Replica)(nil)
	_ syncing.Remote  = (*client.Client)(nil)
)

func TestEditsGoOut(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	if s := d.State(); s.OfflineSince != 0 || s.Message != "" {
		t.Errorf("state %+v", s)
	}
	id := d.create(t, "ann")
	d.until(t, "created", func() bool { return o.all(t)[id].Revision > 0 && d.record(t, id).Customer.Revision > 0 })
	d.edit(t, id, customer.Fields{City: p("Bonn")})
	d.edit(t, id, customer.Fields{City: p("Ulm"), Status: p(customer.Locked)})
	d.until(t, "edited", func() bool { c := o.all(t)[id]; return c.City == "Ulm" && c.Status == customer.Locked })
	d.untilPhase(t, syncing.Saved)
	d.until(t, "not waiting", func() bool { return !d.record(t, id).Waiting })
}

func TestChangesComeInWhileConnected(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	id := newID()
	made := o.elsewhere(t, customer.Mutation{CustomerID: id, Kind: customer.Create, Fields: person("ann")})
	d.until(t, "here", func() bool { return d.record(t, id).Customer.Revision == made.Revision })
	made = o.elsewhere(t, customer.Mutation{CustomerID: id, Kind: customer.Update, Fields: customer.Fields{City: p("Bonn")}})
	d.until(t, "changed here", func() bool { return d.record(t, id).Customer.City == "Bonn" })
}

func TestFirstPullComesInPages(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	const n = 1200
	for i := range n {
		o.elsewhere(t, customer.Mutation{CustomerID: newID(), Kind: customer.Create, Fields: person(fmt.Sprint("c", i))})
	}
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	page, err := d.List(t.Context(), customer.Query{Limit: 1})
	must(t, err)
	if page.Total != n {
		t.Errorf("%d of %d customers", page.Total, n)
	}
}

func TestLostRepliesHaveOneEffect(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	var lost atomic.Int32
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/mutations") && lost.Add(1) <= 3 {
			next.ServeHTTP(httptest.NewRecorder(), r) // applied, but the answer gets lost
			hangUp(w)
			return
		}
		next.ServeHTTP(w, r)
	})
	id := d.create(t, "ann")
	d.until(t, "settled", func() bool {
		d.Wake()
		rec := d.record(t, id)
		return rec.Customer.Revision > 0 && !rec.Waiting
	})
	if n := lost.Load(); n < 4 {
		t.Errorf("sent %d times", n)
	}
	d.edit(t, id, customer.Fields{City: p("Bonn")})
	d.until(t, "edited", func() bool { return o.all(t)[id].City == "Bonn" })
	if all := o.all(t); len(all) != 1 {
		t.Errorf("%d customers", len(all))
	}
	events, _, err := o.Events(t.Context(), o.in.Partner.ID, id, 0, 100)
	must(t, err)
	kinds := map[customer.EventKind]int{}
	for _, e := range events {
		kinds[e.Kind]++
	}
	if kinds[customer.EventCreated] != 1 || kinds[customer.EventChanged] != 1 || kinds[customer.EventMailQueued] != 1 {
		t.Errorf("events %v", kinds)
	}
	if rec := d.record(t, id); rec.Problem != nil {
		t.Errorf("problem %+v", rec.Problem)
	}
}

func TestAnEndedSignInIsRenewed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	in, err := o.SignInByToken(t.Context(), o.token.Load().(string))
	must(t, err)
	must(t, o.EndSignIn(t.Context(), in.ID))
	id := d.create(t, "ann")
	d.until(t, "created", func() bool { return o.all(t)[id].Revision > 0 })
	d.untilPhase(t, syncing.Saved)
	if n := o.asked("/session"); n != 2 {
		t.Errorf("signed in %d times", n)
	}
}

// TestASignInThatEndsBeforeItWasUsed is renewed at once like any other.
func TestASignInThatEndsBeforeItWasUsed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/session") {
			next.ServeHTTP(w, r)
			return
		}
		hangUp(w)
	})
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Offline)
	in, err := o.SignInByToken(t.Context(), o.token.Load().(string))
	must(t, err)
	must(t, o.EndSignIn(t.Context(), in.ID))
	o.breaks(nil)
	d.Wake()
	d.untilPhase(t, syncing.Saved)
	d.messages.Range(func(m, _ any) bool {
		if strings.Contains(m.(string), "not signed in") {
			t.Errorf("reported %q", m)
		}
		return true
	})
}

func TestSignedOutUntilWoken(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)

	d.password.Store("")
	in, err := o.SignInByToken(t.Context(), o.token.Load().(string))
	must(t, err)
	must(t, o.EndSignIn(t.Context(), in.ID))
	id := d.create(t, "ann") // the edit is where the desk finds out
	d.untilPhase(t, syncing.SignedOut)
	if s := d.State(); s.Message != "You are signed out." || s.Total != 1 || s.Creates != 1 || s.ActivationMails != 1 {
		t.Errorf("state %+v", s)
	}

	d.password.Store("wrong horse battery")
	asked := o.asked("/session")
	d.Wake()
	d.until(t, "refused", func() bool {
		s := d.State()
		return o.asked("/session") == asked+1 && s.Phase == syncing.SignedOut && s.Message != "You are signed out."
	})

	d.password.Store(secret)
	d.Wake()
	d.until(t, "created", func() bool { return o.all(t)[id].Revision > 0 })
	d.untilPhase(t, syncing.Saved)
}

func TestOfflineAndBack(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.breaks(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { hangUp(w) })
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Offline)
	if s := d.State(); s.OfflineSince == 0 || s.Message == "" {
		t.Errorf("state %+v", s)
	}
	id, other := d.create(t, "ann"), d.create(t, "bob")
	d.until(t, "counted", func() bool { return d.State().Total == 2 })
	if s := d.State(); s.Phase != syncing.Offline || s.Creates != 2 {
		t.Errorf("state %+v", s)
	}
	// What was made offline was never tried, so it can still be dropped.
	must(t, d.Discard(t.Context(), other))
	o.breaks(nil)
	d.Wake()
	d.until(t, "created", func() bool { return o.all(t)[id].Revision > 0 })
	d.untilPhase(t, syncing.Saved)
	if s := d.State(); s.OfflineSince != 0 || s.Message != "" || len(o.all(t)) != 1 {
		t.Errorf("state %+v", s)
	}
}

// TestADiskThatIsFullThere is not taken for this computer's.
func TestADiskThatIsFullThere(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/changes") {
			server.WriteProblem(w, customer.Fail(customer.Storage, "The disk is full."))
			return
		}
		next.ServeHTTP(w, r)
	})
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Offline)
	if s := d.State(); s.OfflineSince == 0 || !strings.HasPrefix(s.Message, "The Back Office") {
		t.Errorf("state %+v", s)
	}
}

func TestProblemsComeBack(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	id := newID()
	o.elsewhere(t, customer.Mutation{CustomerID: id, Kind: customer.Create, Fields: person("ann")})
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)

	// Both sides change the city while the wire is cut.
	o.breaks(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { hangUp(w) })
	d.Wake()
	d.untilPhase(t, syncing.Offline)
	d.edit(t, id, customer.Fields{City: p("Bonn"), Phone: p("1")})
	o.elsewhere(t, customer.Mutation{CustomerID: id, Kind: customer.Update, Fields: customer.Fields{City: p("Köln")}})
	o.breaks(nil)
	d.Wake()
	d.until(t, "in conflict", func() bool { return d.record(t, id).Problem != nil })
	problem := d.record(t, id).Problem
	if problem.Outcome != customer.Conflicted || fmt.Sprint(problem.Conflicts) != "[city]" ||
		*problem.Mine.City != "Bonn" || *problem.Theirs.City != "Köln" || *problem.Base.City != "" {
		t.Errorf("problem %+v", problem)
	}
	// Mine, after all.
	d.edit(t, id, customer.Fields{City: p("Bonn")})
	d.until(t, "settled", func() bool { c := o.all(t)[id]; return c.City == "Bonn" && c.Phone == "1" })

	// A taken username: the change waits, is corrected, and goes.
	taken := d.create(t, "ann")
	d.until(t, "rejected", func() bool { return d.record(t, taken).Problem != nil })
	problem = d.record(t, taken).Problem
	if problem.Outcome != customer.Rejected || problem.Error.Code != customer.UsernameTaken {
		t.Errorf("problem %+v", problem)
	}
	d.until(t, "counted", func() bool { return d.State().NeedsAttention == 1 })
	d.edit(t, taken, customer.Fields{Username: p("ann2@shop.example")})
	d.until(t, "created", func() bool { return o.all(t)[taken].Username == "ann2@shop.example" })
	d.until(t, "saved", func() bool { s := d.State(); return s.Phase == syncing.Saved && s.NeedsAttention == 0 })
}

func TestOneBadChangeHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	o.breaks(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { hangUp(w) })
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Offline)
	_, err := d.Enqueue(t.Context(), customer.Mutation{ // its id is one that the Back Office refuses to read
		ID: "no uuid", CustomerID: newID(), Kind: customer.Create, Fields: person("bad"),
	}, "")
	must(t, err)
	good := d.create(t, "good")
	o.breaks(nil)
	d.Wake()
	d.until(t, "created", func() bool { return o.all(t)[good].Revision > 0 })
	d.until(t, "reported", func() bool { s := d.State(); return s.Phase == syncing.Saved && s.NeedsAttention == 1 })
}

func TestRunEndsWhileTheQuestionIsOpen(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	d.stop() // returns only when every loop has ended; the poll alone would take 25 seconds
	id := d.create(t, "ann")
	if o.all(t)[id].Revision != 0 {
		t.Error("sent after the end")
	}
}
