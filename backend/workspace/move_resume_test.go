package workspace_test

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
)

// mixed puts n customers of all statuses.
func mixed(t *testing.T, n int) func(*store.Store, store.SignIn) {
	return func(s *store.Store, in store.SignIn) {
		for i := range n {
			name := "c" + strconv.Itoa(i) + "@bikes.example"
			switch i % 10 {
			case 0, 5:
				put(t, s, in, name, customer.PendingActivate, "")
			case 2, 7:
				put(t, s, in, name, customer.Locked, phc)
			case 3:
				put(t, s, in, name, customer.Activated, "")
			default:
				put(t, s, in, name, customer.Activated, phc)
			}
		}
	}
}

// quick lets a Back Office give up safety against a power cut.
func quick(o *backoffice.Options) { o.Throwaway = true }

// TestMoveOfAThousand is stopped once by the user, cut off once by the end of
// the program right after the Back Office took what it was sent, loses replies
// now and then, and yet moves each customer once and mails each one that is to
// be mailed once.
func TestMoveOfAThousand(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil, quick), newBench(t)
	b.fill(t, mixed(t, 1000))
	stop, cut := make(chan struct{}), make(chan struct{})
	office.atMove(func(n int, w http.ResponseWriter, r *http.Request) bool {
		switch n {
		case 3, 18:
			office.loseReply(w, r)
		case 6:
			office.Handler().ServeHTTP(w, r)
			close(stop)
			<-r.Context().Done() // the answer is not out before this returns
			return false
		case 12:
			office.Handler().ServeHTTP(discard{}, r)
			close(cut)
			<-r.Context().Done()
			return false
		}
		return true
	})
	b.startMove(t, office.moveRequest(true))
	<-stop
	s := b.StopMove()
	if s.Phase != moving.Stopped || s.Problem != nil || s.Moved < 150 || s.Moved > 250 || s.Total != 1000 {
		t.Errorf("stopped: %+v", s)
	}
	if _, err := b.ResumeMove(t.Context(), memberPassword); err != nil {
		t.Fatal(err)
	}
	<-cut
	before := b.MoveState()
	b.restart(t)
	after := b.MoveState()
	if after.Phase != moving.Stopped || after.Problem != nil || after.Moved != before.Moved || after.Total != 1000 {
		t.Errorf("after a restart: %+v, before %+v", after, before)
	}
	c := everybody(t, office.Store(), office.partner)["c1@bikes.example"]
	b.refusesEdits(t, c.ID, "moving to "+office.url)
	if _, err := b.StartMove(t.Context(), office.moveRequest(true)); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("started beside one that stopped: %v", err)
	}
	if _, err := b.ResumeMove(t.Context(), memberPassword); err != nil {
		t.Fatal(err)
	}
	s = b.moved(t)
	if s.Moved != 1000 || s.RefusedTotal != 0 || s.Total != 1000 || s.Pending != 0 {
		t.Errorf("state %+v", s)
	}
	if n := office.moves(); n > 28 { // 20 pages and those that went twice
		t.Errorf("%d requests: it began anew instead of going on", n)
	}
	office.eachOnce(t, b, true)
}

// discard is an answer that nobody hears.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

func TestALongHistoryMovesWhole(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.fill(t, func(s *store.Store, in store.SignIn) {
		c := put(t, s, in, "long@bikes.example", customer.PendingActivate, "")
		for i := range 1100 {
			city := "City " + strconv.Itoa(i)
			c = change(t, s, in, c, customer.Fields{City: &city})
		}
		put(t, s, in, "short@bikes.example", customer.Activated, phc)
	})
	office.atMove(func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n == 2 {
			office.loseReply(w, r)
		}
		return true
	})
	b.startMove(t, office.moveRequest(true))
	b.moved(t)
	if n := office.moves(); n != 4 { // three parts, one of them twice
		t.Errorf("%d requests", n)
	}
	office.eachOnce(t, b, true)
}

// TestTheTargetGoesAway: it is tried again by itself, and a sign-in that ended
// is made anew.
func TestTheTargetGoesAway(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.fill(t, mixed(t, 120))
	office.atMove(func(n int, w http.ResponseWriter, r *http.Request) bool {
		switch n {
		case 1:
			hangUp(w, r)
		case 2:
			http.Error(w, "<h1>Bad gateway</h1>", http.StatusBadGateway)
			return false
		case 4:
			token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			in, err := office.Store().SignInByToken(r.Context(), token)
			if err == nil {
				err = office.Store().EndSignIn(r.Context(), in.ID)
			}
			if err != nil {
				t.Error(err)
			}
		}
		return true
	})
	b.startMove(t, office.moveRequest(false))
	waiting := false
	b.until(t, "the move is through", func() bool {
		s := b.MoveState()
		waiting = waiting || s.Phase == moving.Running && s.Problem != nil && s.Problem.Code == customer.Offline
		return s.Phase == moving.Done
	})
	if !waiting {
		t.Error("it was never told that the Back Office is away")
	}
	if s := b.moved(t); s.Problem != nil || s.Moved != 120 || s.Pending != 36 {
		t.Errorf("state %+v", s)
	}
	office.eachOnce(t, b, false)
}

// TestANewPasswordStopsAMove: the move stops with the reason and goes on with
// the new password.
func TestANewPasswordStopsAMove(t *testing.T) {
	t.Parallel()
	const another = "9 purple herons over Delft"
	office, b := share(t, nil), newBench(t)
	b.fill(t, mixed(t, 120))
	office.atMove(func(n int, _ http.ResponseWriter, _ *http.Request) bool {
		if n == 2 {
			office.setPassword(t, another)
		}
		return true
	})
	b.startMove(t, office.moveRequest(true))
	s := b.reaches(t, moving.Stopped)
	if s.Problem == nil || s.Problem.Code != customer.Unauthorized || s.Moved != 50 {
		t.Errorf("state %+v, %v", s, s.Problem)
	}
	_, err := b.ResumeMove(t.Context(), memberPassword)
	var e *customer.Error
	if !errors.As(err, &e) || e.Code != customer.Unauthorized || e.Field != "password" {
		t.Errorf("resumed with the old password: %v", err)
	}
	if _, err := b.ResumeMove(t.Context(), ""); customer.CodeOf(err) != customer.Required {
		t.Errorf("resumed without a password: %v", err)
	}
	if _, err := b.ResumeMove(t.Context(), another); err != nil {
		t.Fatal(err)
	}
	if s := b.moved(t); s.Moved != 120 || s.Problem != nil {
		t.Errorf("state %+v", s)
	}
	office.eachOnce(t, b, true)
}

// TestAStoppedMoveCanBeGivenUp: then customers can be changed here again, and
// their pages are open.
func TestAStoppedMoveCanBeGivenUp(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.fill(t, mixed(t, 120))
	reached := make(chan struct{})
	office.atMove(func(n int, w http.ResponseWriter, r *http.Request) bool {
		if n == 2 {
			close(reached)
			office.never(w, r)
		}
		return n != 2
	})
	b.startMove(t, office.moveRequest(true))
	<-reached
	if _, err := b.GiveUpMove(); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("given up while it runs: %v", err)
	}
	home := b.State().Workspace.Address
	id := everybody(t, office.Store(), office.partner)["c1@bikes.example"].ID
	b.refusesEdits(t, id, "moving to "+office.url)
	if status, _ := login(t, home, "c1@bikes.example", "x"); status != http.StatusServiceUnavailable {
		t.Errorf("the page answers %d while the move runs", status)
	}
	b.StopMove()
	b.refusesEdits(t, id, "moving to "+office.url)
	s, err := b.GiveUpMove()
	if err != nil || s.Phase != moving.None || s.Address != "" {
		t.Fatalf("given up: %+v, %v", s, err)
	}
	b.edit(t, id, func(c *customer.Customer) { c.City = "Delft" })
	if status, _ := login(t, home, "c1@bikes.example", "x"); status == http.StatusServiceUnavailable {
		t.Error("the page is still closed")
	}
	if b.restart(t); b.MoveState().Phase != moving.None {
		t.Errorf("after a restart: %+v", b.MoveState())
	}
}

// TestABackupPutBackAtTheTarget: what moved before may be gone, so the move
// begins with the first customer again.
func TestABackupPutBackAtTheTarget(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.fill(t, mixed(t, 120))
	office.atMove(func(n int, _ http.ResponseWriter, r *http.Request) bool {
		if n == 3 {
			if err := office.Store().Restored(r.Context()); err != nil {
				t.Error(err)
			}
		}
		return true
	})
	b.startMove(t, office.moveRequest(true))
	if s := b.moved(t); s.Moved != 120 || s.RefusedTotal != 0 {
		t.Errorf("state %+v", s)
	}
	if n := office.moves(); n != 6 { // three, of which the last was refused, and three
		t.Errorf("%d requests", n)
	}
	office.eachOnce(t, b, true)
}
