package workspace_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/workspace"
)

const bobPassword = "brown otters under 6 bridges"

// staff is a Back Office with the desk of its owner and that of another member.
func staff(t *testing.T, role api.Role) (office *sharedOffice, owner, other *bench, member api.Member) {
	t.Helper()
	office, owner, other = share(t, nil), newBench(t), newBench(t)
	owner.connect(t, office)
	member, err := owner.AddMember(t.Context(), api.NewMember{Username: "bob@wheels.example", Name: "Bob Sims", Role: role, Password: bobPassword})
	if err != nil {
		t.Fatal(err)
	}
	other.connectAs(t, workspace.Connection{Address: office.url, Username: member.Username, Password: bobPassword})
	other.untilPhase(t, syncing.Saved)
	return office, owner, other, member
}

func to[T any](v T) *T { return &v }

// TestTwoMembersOnOneComputer have a workspace each.
func TestTwoMembersOnOneComputer(t *testing.T) {
	t.Parallel()
	office, owner, _, _ := staff(t, api.RoleManager)
	first := owner.State().Workspace.ID
	office.answers(hangUp)
	owner.queue(t, "anna@bikes.example")
	office.answers(nil)
	s := owner.connectAs(t, workspace.Connection{Address: office.url, Username: "bob@wheels.example", Password: bobPassword})
	if len(s.Known) != 2 || s.Workspace.ID == first || s.Workspace.Role != api.RoleManager {
		t.Errorf("state = %+v", s)
	}
}

func TestAnOwnerManagesTheMembers(t *testing.T) {
	t.Parallel()
	_, owner, other, bob := staff(t, api.RoleManager)
	all, err := owner.Members(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "Bob Sims" || all[0].ID != bob.ID || all[0].Role != api.RoleManager {
		t.Errorf("members = %+v, %v", all, err)
	}
	s := other.State().Workspace
	if s.MemberName != "Bob Sims" || s.PartnerUsername != "bob@wheels.example" || s.Role != api.RoleManager || s.PartnerName != "Wheel Agency" {
		t.Errorf("the member's workspace = %+v", s)
	}
	_, err = owner.AddMember(t.Context(), api.NewMember{Username: "BOB@wheels.example", Name: "Bob", Role: api.RoleSupport, Password: bobPassword})
	if customer.CodeOf(err) != customer.UsernameTaken {
		t.Errorf("added twice: %v", err)
	}
	_, err = other.Members(t.Context())
	_, addErr := other.AddMember(t.Context(), api.NewMember{Username: "carl@wheels.example", Name: "Carl", Role: api.RoleOwner, Password: bobPassword})
	_, changeErr := other.ChangeMember(t.Context(), bob.ID, api.MemberChange{Role: to(api.RoleOwner)})
	for _, err := range []error{err, addErr, changeErr} {
		if customer.CodeOf(err) != customer.Forbidden {
			t.Errorf("as manager: %v", err)
		}
	}
}

// TestAChangedRoleReachesTheDesk: the change ends the member's sign-ins, and
// the desk learns its role as it signs in again.
func TestAChangedRoleReachesTheDesk(t *testing.T) {
	t.Parallel()
	_, owner, other, bob := staff(t, api.RoleManager)
	c := other.add(t, "anna@bikes.example", customer.PendingActivate, "")
	if _, err := owner.ChangeMember(t.Context(), bob.ID, api.MemberChange{Role: to(api.RoleSupport), Name: to("Robert Sims")}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.desk(t).Events(t.Context(), c.ID, 0); err != nil { // any call finds out
		t.Fatal(err)
	}
	if _, err := other.desk(t).NewLink(t.Context(), c.ID, true); customer.CodeOf(err) != customer.Forbidden {
		t.Errorf("a mail as support: %v", err)
	}
	edited := c
	edited.City = "Delft"
	if _, err := other.desk(t).Save(t.Context(), desk.Edit{Base: c, Customer: edited}); customer.CodeOf(err) != customer.Forbidden {
		t.Errorf("an edit as support: %v", err)
	}
	support := func() bool {
		s := other.State()
		return s.SignedIn && s.Workspace.Role == api.RoleSupport && s.Workspace.MemberName == "Robert Sims"
	}
	other.until(t, "the window is told", support)
	if err := other.desk(t).LogInAs(t.Context(), c.ID, "", ""); err != nil {
		t.Errorf("log in as: %v", err)
	}
	other.again(t)
	other.Start(t.Context(), false)
	if !support() {
		t.Errorf("after a restart: %+v", other.State())
	}
	if _, err := other.desk(t).Save(t.Context(), desk.Edit{Base: c, Customer: edited}); customer.CodeOf(err) != customer.Forbidden {
		t.Errorf("an edit as support after a restart: %v", err)
	}
}

// TestADisabledMemberIsSignedOutAndLosesNothing.
func TestADisabledMemberIsSignedOutAndLosesNothing(t *testing.T) {
	t.Parallel()
	office, owner, other, bob := staff(t, api.RoleManager)
	if _, err := owner.ChangeMember(t.Context(), bob.ID, api.MemberChange{Disabled: to(true)}); err != nil {
		t.Fatal(err)
	}
	other.queue(t, "anna@bikes.example")
	other.untilPhase(t, syncing.SignedOut)
	other.until(t, "the window is told", func() bool { return !other.State().SignedIn })
	if s := other.State(); s.Screen != workspace.ScreenList {
		t.Errorf("state = %+v", s)
	}
	var e *customer.Error
	if _, err := other.SignIn(t.Context(), bobPassword); !errors.As(err, &e) || e.Code != customer.Unauthorized || e.Field != "password" ||
		e.Message != "This password is not right, or you may not sign in any more. Ask an owner." {
		t.Errorf("signing in: %v", err)
	}
	if _, err := owner.ChangeMember(t.Context(), bob.ID, api.MemberChange{Disabled: to(false)}); err != nil {
		t.Fatal(err)
	}
	if _, err := other.SignIn(t.Context(), bobPassword); err != nil {
		t.Fatal(err)
	}
	other.until(t, "what waited is at the Back Office", func() bool { return office.usernames(t)["anna@bikes.example"] })
}

// TestAChangedPasswordIsUsedFromThenOn: it is kept, and the desk signs in with
// it.
func TestAChangedPasswordIsUsedFromThenOn(t *testing.T) {
	t.Parallel()
	const another = "blue kingfishers at 5 lakes"
	office, owner, other, _ := staff(t, api.RoleSupport)
	for _, wrong := range []struct{ current, next, field string }{
		{"", another, "current"}, {"another", another, "current"}, {bobPassword, "short", "new"}, {bobPassword, "", "new"},
	} {
		err := other.ChangePassword(t.Context(), wrong.current, wrong.next)
		var e *customer.Error
		if !errors.As(err, &e) || e.Field != wrong.field {
			t.Errorf("%+v: %#v", wrong, err)
		}
	}
	if err := other.ChangePassword(t.Context(), bobPassword, another); err != nil {
		t.Fatal(err)
	}
	id := other.State().Workspace.ID
	if other.keyring.secrets[id] != another {
		t.Error("the keyring holds another password")
	}
	tried := office.signIns()
	if _, err := other.desk(t).Visits(t.Context()); err != nil || office.signIns() != tried {
		t.Errorf("this sign-in has ended: %v", err)
	}
	if s := other.restart(t); s.Screen != workspace.ScreenList {
		t.Fatalf("after a restart: %+v", s)
	}
	other.untilPhase(t, syncing.Saved)
	if err := owner.ChangePassword(t.Context(), bobPassword, another); customer.CodeOf(err) != customer.Invalid {
		t.Errorf("with somebody else's password: %v", err)
	}
}

// TestAnOwnerGivesItselfAPasswordLikeAnyMember: that ends its sign-ins, and
// syncing tries the old password before the answer is here.
func TestAnOwnerGivesItselfAPasswordLikeAnyMember(t *testing.T) {
	t.Parallel()
	const another = "blue kingfishers at 5 lakes"
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	b.untilPhase(t, syncing.Saved)
	all, err := b.Members(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("members = %+v, %v", all, err)
	}
	refused := make(chan struct{})
	once := sync.OnceFunc(func() { close(refused) })
	office.answers(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPatch {
			office.Handler().ServeHTTP(w, r)
			if r.URL.Path == "/api/v1/session" {
				once()
			}
			return
		}
		answer := httptest.NewRecorder()
		office.Handler().ServeHTTP(answer, r)
		<-refused
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		_, _ = w.Write(answer.Body.Bytes())
	})
	if _, err := b.ChangeMember(t.Context(), all[0].ID, api.MemberChange{Password: to(another)}); err != nil {
		t.Fatal(err)
	}
	office.answers(nil)
	b.untilPhase(t, syncing.Saved)
	if !b.State().SignedIn || b.keyring.secrets[b.State().Workspace.ID] != another {
		t.Errorf("state = %+v", b.State())
	}
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
}

// TestThePasswordOfThisComputerCanBeChanged, too.
func TestThePasswordOfThisComputerCanBeChanged(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.setUp(t)
	if err := b.ChangePassword(t.Context(), ownerPassword, bobPassword); err != nil {
		t.Fatal(err)
	}
	if s := b.restart(t); s.Screen != workspace.ScreenList {
		t.Fatalf("after a restart: %+v", s)
	}
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
}
