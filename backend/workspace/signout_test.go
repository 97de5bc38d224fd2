package workspace_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/workspace"
)

func (b *bench) phase(t *testing.T) syncing.Phase {
	t.Helper()
	s, err := b.SyncState()
	if err != nil {
		t.Fatal(err)
	}
	return s.Phase
}

func (b *bench) untilPhase(t *testing.T, phase syncing.Phase) {
	t.Helper()
	b.until(t, string(phase), func() bool { return b.phase(t) == phase })
}

// works reports whether a sign-in has not ended.
func (o *sharedOffice) works(t *testing.T, token string) bool {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.url+"/api/v1/meta", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode == http.StatusOK
}

// tokens are the Authorization headers that were seen.
func (o *sharedOffice) tokens() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	seen := map[string]bool{}
	var all []string
	for _, asked := range o.asked {
		if _, token, _ := strings.Cut(asked, " Bearer "); token != "" && !seen[token] {
			seen[token] = true
			all = append(all, "Bearer "+token)
		}
	}
	return all
}

func TestSignOutForgetsTheSignInAndKeepsWhatWaits(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	id := b.connect(t, office).Workspace.ID
	b.untilPhase(t, syncing.Saved)
	office.answers(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/mutations") {
			hangUp(w, r)
		}
		office.Handler().ServeHTTP(w, r)
	})
	b.queue(t, "anna@bikes.example")
	s, err := b.SignOut(t.Context())
	if err != nil || s.Screen != workspace.ScreenSignIn || s.SignedIn || !s.Workspace.SignedOut || s.Workspace.ID != id {
		t.Fatalf("signed out: %+v, %v", s, err)
	}
	office.answers(nil)
	for _, token := range office.tokens() {
		if office.works(t, token) {
			t.Error("a sign-in still works at the Back Office")
		}
	}
	if len(b.keyring.secrets) != 0 {
		t.Error("the password is still in the keyring")
	}
	b.untilPhase(t, syncing.SignedOut)
	look := func(when string) {
		if s, err := b.WorkOffline(); customer.CodeOf(err) != customer.Unauthorized || s.Screen != workspace.ScreenSignIn {
			t.Errorf("%s, working offline: %+v, %v", when, s, err)
		}
		if _, err := b.Desk(); customer.CodeOf(err) != customer.Unauthorized {
			t.Errorf("%s, the customers can be read: %v", when, err)
		}
		if s := b.CheckKeyring(t.Context()); s.Screen != workspace.ScreenSignIn || s.SignedIn {
			t.Errorf("%s, trying the keyring: %+v", when, s)
		}
	}
	look("at once")
	b.keyring.secrets[id] = memberPassword // as if it could not be deleted then
	if s := b.restart(t); s.Screen != workspace.ScreenSignIn || s.SignedIn || !s.Workspace.SignedOut {
		t.Fatalf("after a restart: %+v", s)
	}
	if len(b.keyring.secrets) != 0 {
		t.Error("the password is still in the keyring after a restart")
	}
	look("after a restart")
	if office.usernames(t)["anna@bikes.example"] {
		t.Fatal("the change did not wait")
	}
	if s, err = b.SignIn(t.Context(), memberPassword); err != nil || s.Screen != workspace.ScreenList || !s.SignedIn || s.Workspace.SignedOut {
		t.Fatalf("signed in again: %+v, %v", s, err)
	}
	b.until(t, "what waited is at the Back Office", func() bool { return office.usernames(t)["anna@bikes.example"] })
	if s := b.restart(t); s.Screen != workspace.ScreenList || s.Workspace.SignedOut {
		t.Errorf("after another restart: %+v", s)
	}
}

func TestSignInTellsAWrongPasswordAndABackOfficeThatIsAway(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	office.answers(hangUp)
	if s, err := b.SignOut(t.Context()); err != nil || s.Screen != workspace.ScreenSignIn || !s.Workspace.SignedOut {
		t.Fatalf("signed out while the Back Office is away: %+v, %v", s, err)
	}
	var e *customer.Error
	if _, err := b.SignIn(t.Context(), memberPassword); !errors.As(err, &e) || e.Code != customer.Offline || e.Message != "The Back Office can't be reached." {
		t.Errorf("the Back Office is away: %#v", err)
	}
	office.answers(nil)
	for secret, code := range map[string]customer.Code{"": customer.Required, "another": customer.Unauthorized} {
		if _, err := b.SignIn(t.Context(), secret); !errors.As(err, &e) || e.Code != code || e.Field != "password" {
			t.Errorf("password %q: %#v", secret, err)
		}
	}
	if s := b.State(); s.Screen != workspace.ScreenSignIn || s.SignedIn || !s.Workspace.SignedOut {
		t.Errorf("state = %+v", s)
	}
}

// TestConnectingAgainEndsBeingSignedOut, too.
func TestConnectingAgainEndsBeingSignedOut(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	id := b.connect(t, office).Workspace.ID
	if _, err := b.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := b.connect(t, office); s.Screen != workspace.ScreenList || s.Workspace.SignedOut || s.Workspace.ID != id {
		t.Errorf("connected again: %+v", s)
	}
	if s := b.restart(t); s.Screen != workspace.ScreenList || s.Workspace.SignedOut {
		t.Errorf("after a restart: %+v", s)
	}
}

func TestOnlyASharedBackOfficeIsSignedOutOf(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	if s, err := b.SignOut(t.Context()); customer.CodeOf(err) != customer.Conflict || s.Screen != workspace.ScreenList {
		t.Errorf("signed out here: %+v, %v", s, err)
	}
}

// TestAnEndedSignInIsRenewedByItself: the desk has its password still.
func TestAnEndedSignInIsRenewedByItself(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.untilPhase(t, syncing.Saved)
	office.setPassword(t, memberPassword) // ends the sign-in
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if s := b.State(); !s.SignedIn || s.Screen != workspace.ScreenList {
		t.Errorf("state = %+v", s)
	}
}

// TestARefusedPasswordIsAskedAndNothingIsLost: the password was changed
// elsewhere.
func TestARefusedPasswordIsAskedAndNothingIsLost(t *testing.T) {
	t.Parallel()
	const another = "blue kingfishers at 5 lakes"
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.untilPhase(t, syncing.Saved)
	office.setPassword(t, another)
	b.queue(t, "anna@bikes.example")
	b.untilPhase(t, syncing.SignedOut)
	b.until(t, "the window is told", func() bool { return !b.State().SignedIn })
	if s := b.State(); s.Screen != workspace.ScreenList || s.Workspace.SignedOut {
		t.Fatalf("state = %+v, want the list to stay", s)
	}
	if !b.has(t, "anna@bikes.example")() {
		t.Error("the change is lost")
	}
	if _, err := b.SignIn(t.Context(), memberPassword); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("the old password: %v", err)
	}
	s, err := b.SignIn(t.Context(), another)
	if err != nil || !s.SignedIn || s.Screen != workspace.ScreenList {
		t.Fatalf("signed in: %+v, %v", s, err)
	}
	b.until(t, "what waited is at the Back Office", func() bool { return office.usernames(t)["anna@bikes.example"] })
	if s := b.restart(t); !s.SignedIn || s.Screen != workspace.ScreenList {
		t.Errorf("after a restart: %+v", s)
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "")
}

// TestAPasswordThatWasChangedWhileTheDeskWasOff is asked on the list, too.
func TestAPasswordThatWasChangedWhileTheDeskWasOff(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.Close()
	office.setPassword(t, "blue kingfishers at 5 lakes")
	b.again(t)
	b.Start(t.Context(), false)
	b.until(t, "the window is told", func() bool { return !b.State().SignedIn })
	if s := b.State(); s.Screen != workspace.ScreenList {
		t.Errorf("state = %+v", s)
	}
}

// TestAnotherBackOfficeAtTheAddressGetsNothing: it was set up anew, say, and
// the customers of the old one do not belong there.
func TestAnotherBackOfficeAtTheAddressGetsNothing(t *testing.T) {
	t.Parallel()
	office, other := share(t, nil), share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.untilPhase(t, syncing.Saved)
	office.answers(hangUp)
	b.queue(t, "anna@bikes.example")
	b.Close()
	office.answers(other.Handler().ServeHTTP)
	b.again(t)
	b.Start(t.Context(), false)
	b.untilPhase(t, syncing.Offline)
	s, err := b.SyncState()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(s.Message, "another one than before") {
		t.Errorf("state = %+v", s)
	}
	if _, err := b.SignIn(t.Context(), memberPassword); customer.CodeOf(err) != customer.Conflict {
		t.Errorf("signing in there: %v", err)
	}
	if len(other.usernames(t)) != 0 {
		t.Error("the change went to another Back Office")
	}
}
