package syncing_test

import (
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/syncing"
)

// TestSteps takes the steps of syncing one by one.
func TestSteps(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := newDesk(t, o)
	ctx := t.Context()
	id := d.create(t, "ann")
	if n, err := d.Push(ctx); n != 0 || customer.CodeOf(err) != customer.Unauthorized {
		t.Fatalf("pushed %d before signing in, %v", n, err)
	}
	must(t, d.Pull(ctx)) // signs in
	other := d.create(t, "bob")
	n, err := d.Push(ctx)
	must(t, err)
	if n != 2 || o.all(t)[id].Revision == 0 || o.all(t)[other].Revision == 0 {
		t.Errorf("pushed %d", n)
	}
	made := o.elsewhere(t, customer.Mutation{CustomerID: id, Kind: customer.Update, Fields: customer.Fields{City: p("Bonn")}})
	must(t, d.Pull(ctx))
	if rec := d.record(t, id); rec.Customer.Revision != made.Revision || rec.Customer.City != "Bonn" {
		t.Errorf("pulled %+v", rec)
	}
	o.breaks(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { hangUp(w) })
	if err := d.Pull(ctx); customer.CodeOf(err) != customer.Offline {
		t.Errorf("pulled over a cut wire: %v", err)
	}
}

// TestARestoredBackOfficeIsFollowed puts the Back Office back to before two of
// three customers were made.
func TestARestoredBackOfficeIsFollowed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	kept, lost := d.create(t, "ann"), d.create(t, "bob")
	d.until(t, "created", func() bool { return d.record(t, kept).Customer.Revision > 0 && d.record(t, lost).Customer.Revision > 0 })
	d.untilPhase(t, syncing.Saved)
	o.forget(t, lost)
	must(t, o.Restored(t.Context())) // ends the sign-ins; the desk signs in again
	d.Wake()
	d.until(t, "told", func() bool { return d.record(t, lost).Problem != nil && d.State().NeedsAttention == 1 })
	if rec := d.record(t, kept); rec.Problem != nil || rec.Customer.Revision != o.all(t)[kept].Revision {
		t.Errorf("kept %+v", rec)
	}
	// The user adds it again.
	d.edit(t, lost, customer.Fields{City: p("Ulm")})
	d.until(t, "added again", func() bool { return o.all(t)[lost].City == "Ulm" })
	d.until(t, "saved", func() bool { s := d.State(); return s.Phase == syncing.Saved && s.NeedsAttention == 0 })
}

// TestTheReturnOfTheBackOfficeIsNoticed has no Wake: after failures with long
// pauses the desk finds the address answering again.
func TestTheReturnOfTheBackOfficeIsNoticed(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := openDesk(t, o)
	d.untilPhase(t, syncing.Saved)
	o.goAway(t)
	id := d.create(t, "ann")
	d.untilPhase(t, syncing.Offline)
	d.until(t, "pausing for long", func() bool { return d.probes.Load() > 0 })
	o.comeBack(t)
	d.until(t, "created", func() bool { return o.all(t)[id].Revision > 0 })
	d.untilPhase(t, syncing.Saved)
}

// TestTheFirstFetchShowsHowFarItIsAndGoesOn cuts the wire after some pages.
func TestTheFirstFetchShowsHowFarItIsAndGoesOn(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	const all = 3500
	o.makeMany(t, all)
	pages := 0
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/changes") {
			if pages++; pages > 3 { // the first was refused: not signed in yet
				hangUp(w)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
	d := newDesk(t, o)
	if err := d.Pull(t.Context()); customer.CodeOf(err) != customer.Offline {
		t.Fatalf("pulled %v", err)
	}
	page, err := d.List(t.Context(), customer.Query{Limit: 10}) // usable from the first page
	must(t, err)
	if page.Everything != 2000 || len(page.Rows) != 10 {
		t.Errorf("%d customers after two pages", page.Everything)
	}
	var asked []string
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if strings.HasSuffix(r.URL.Path, "/changes") {
			asked = append(asked, r.URL.Query().Get("since"))
		}
		next.ServeHTTP(w, r)
	})
	progress := make(chan syncing.State, 100)
	d.onState.Store(func(s syncing.State) {
		if s.ToFetch > 0 {
			progress <- s
		}
	})
	d.run(t)
	s := <-progress
	if s.ToFetch != all || s.Fetched < 2000 || s.Fetched >= all {
		t.Errorf("told %d of %d", s.Fetched, s.ToFetch)
	}
	d.untilPhase(t, syncing.Saved)
	page, err = d.List(t.Context(), customer.Query{Limit: 10})
	must(t, err)
	if s := d.State(); page.Everything != all || s.ToFetch != 0 || asked[0] == "" {
		t.Errorf("%d customers, state %+v, asked from %q", page.Everything, s, asked[0])
	}
}

// TestALateReplyIsNoLoss is a call that takes longer than its context.
func TestALateReplyIsNoLoss(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	d := newDesk(t, o)
	must(t, d.Pull(t.Context()))
	id := d.create(t, "ann")
	applied := make(chan struct{})
	o.breaks(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		next.ServeHTTP(w, r)
		if strings.HasSuffix(r.URL.Path, "/mutations") {
			close(applied)
			<-r.Context().Done() // the client gives up
		}
	})
	ctx, giveUp := contextUntil(t, applied)
	defer giveUp()
	if _, err := d.Push(ctx); err == nil {
		t.Error("the call came to its end")
	}
	o.breaks(nil)
	n, err := d.Push(t.Context())
	must(t, err)
	if rec := d.record(t, id); n != 1 || rec.Waiting || rec.Customer.Revision == 0 {
		t.Errorf("sent %d, %+v", n, rec)
	}
	if events, _, err := o.Events(t.Context(), o.in.Partner.ID, id, 0, 100); err != nil || created(events) != 1 {
		t.Errorf("created %d times, %v", created(events), err)
	}
}

func created(events []customer.Event) (n int) {
	for _, e := range events {
		if e.Kind == customer.EventCreated {
			n++
		}
	}
	return n
}
