package workspace_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/workspace"
)

func TestConnectOpensASharedWorkspaceAndTheNextStartToo(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	s := b.connect(t, office)
	want := workspace.Info{
		ID: s.Workspace.ID, Kind: workspace.KindShared, PartnerName: "Wheel Agency", PartnerUsername: memberName,
		MemberID: s.Workspace.MemberID, MemberName: "Wheel Agency", Role: api.RoleOwner, OfficeName: "Wheel Office", Address: office.url,
	}
	if s.Screen != workspace.ScreenList || !s.SignedIn || s.Workspace != want || want.ID == "" || want.MemberID == "" {
		t.Fatalf("state = %+v", s)
	}
	if len(s.Known) != 1 || s.Known[0] != (workspace.KnownWorkspace{
		ID: want.ID, Kind: workspace.KindShared, PartnerName: "Wheel Agency", PartnerUsername: memberName,
		OfficeName: "Wheel Office", Address: office.url, Open: true,
	}) {
		t.Errorf("known = %+v", s.Known)
	}
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if !office.usernames(t)["anna@bikes.example"] {
		t.Error("the customer is not at the Back Office")
	}
	if s = b.restart(t); s.Screen != workspace.ScreenList || !s.SignedIn || s.Workspace != want {
		t.Fatalf("state after a restart = %+v", s)
	}
	if !b.has(t, "anna@bikes.example")() {
		t.Error("the replica is another one after a restart")
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "")
}

// TestASignInIsUsedByAll: neither connecting nor signing in again leaves a
// sign-in behind that nobody uses.
func TestASignInIsUsedByAll(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if n := office.signIns(); n != 1 {
		t.Errorf("%d sign-ins", n)
	}
}

// TestConnectWithoutAKeyring asks for the password at each start, and shows the
// list without it to whoever did not sign out.
func TestConnectWithoutAKeyring(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.keyring.breakWith(customer.Fail(customer.Keyring, "No keyring was found."))
	if s := b.connect(t, office); s.Screen != workspace.ScreenList || s.Keyring == nil {
		t.Fatalf("state = %+v", s)
	}
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if s := b.restart(t); s.Screen != workspace.ScreenSignIn || s.SignedIn || s.Workspace.SignedOut || s.Keyring == nil {
		t.Fatalf("after a restart: %+v", s)
	}
	if s, err := b.WorkOffline(); err != nil || s.Screen != workspace.ScreenList || s.SignedIn || !b.has(t, "anna@bikes.example")() {
		t.Fatalf("offline: %+v, %v", s, err)
	}
	b.queue(t, "bob@bikes.example")
	if s, err := b.SignIn(t.Context(), memberPassword); err != nil || !s.SignedIn {
		t.Fatalf("signed in: %+v, %v", s, err)
	}
	b.until(t, "what waited is at the Back Office", func() bool { return office.usernames(t)["bob@bikes.example"] })
}

func TestConnectingAgainOpensTheKnownWorkspace(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	first := b.connect(t, office)
	office.answers(hangUp)
	b.queue(t, "anna@bikes.example")
	office.answers(nil)
	b.connect(t, office)
	b.until(t, "the change that waited is at the Back Office", func() bool { return office.usernames(t)["anna@bikes.example"] })
	typed := office.connection()
	typed.Username = "ANN@wheels.example"
	s, err := b.Connect(t.Context(), typed)
	if err != nil || s.Workspace.ID != first.Workspace.ID || len(s.Known) != 1 {
		t.Errorf("connected again: %+v, %v", s, err)
	}
	other := share(t, nil) // the same username, and yet another Back Office
	if s := b.connect(t, other); s.Workspace.ID == first.Workspace.ID || len(s.Known) != 2 || b.has(t, "anna@bikes.example")() {
		t.Errorf("connected to another: %+v", s)
	}
}

func TestConnectTellsWrongFields(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Start(t.Context(), false)
	_, err := b.Connect(t.Context(), workspace.Connection{Address: "http://desk.example.com", Username: "ann"})
	var e *customer.Error
	if !errors.As(err, &e) || len(e.Fields) != 3 || e.Fields[0].Field != "address" || e.Fields[1].Field != "username" || e.Fields[2].Field != "password" {
		t.Errorf("error = %#v", err)
	}
	s := b.State()
	if s.Screen != workspace.ScreenWelcome || len(s.Known) != 0 {
		t.Errorf("state = %+v", s)
	}
	if _, err := os.Stat(filepath.Join(b.dir, "shared")); err == nil {
		t.Error("a refused connection left a folder behind")
	}
}

// TestASecondProgramConnectsNothing: data that another program uses is not
// opened by any way.
func TestASecondProgramConnectsNothing(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	known := b.connect(t, office).Workspace.ID
	b.again(t)
	b.Refuse(customer.Fail(customer.Busy, "Partner Desk is open already."))
	for name, do := range map[string]func() (workspace.State, error){
		"connect": func() (workspace.State, error) { return b.Connect(t.Context(), office.connection()) },
		"open":    func() (workspace.State, error) { return b.OpenWorkspace(t.Context(), known) },
		"forget":  func() (workspace.State, error) { return b.ForgetWorkspace(t.Context(), known, true) },
	} {
		if s, err := do(); customer.CodeOf(err) != customer.Busy || s.Screen != workspace.ScreenProblem {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}
