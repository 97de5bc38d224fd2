package workspace_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
)

// member adds a member to the shared Back Office, with the usual password.
func (o *sharedOffice) member(t *testing.T, username string, role api.Role) api.Member {
	t.Helper()
	owner := signInAt(t, o.Store(), memberName)
	_, hash, err := o.Store().MemberCredentials(t.Context(), memberName)
	if err != nil {
		t.Fatal(err)
	}
	m, err := o.Store().AddMember(t.Context(), owner, api.Member{Username: username, Name: "Dana Visser", Role: role}, hash)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOnlyAnOwnerStartsAMove(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.setUp(t)
	b.add(t, "anna@bikes.example", customer.PendingActivate, "")
	words := map[api.Role]string{api.RoleManager: "Your role there is Manager:", api.RoleSupport: "Your role there is Support:"}
	for role, word := range words {
		r := office.moveRequest(false)
		r.Username = office.member(t, string(role)+"@wheels.example", role).Username
		s, err := b.StartMove(t.Context(), r)
		var e *customer.Error
		if !errors.As(err, &e) || e.Code != customer.Forbidden || !strings.Contains(e.Message, word) || s.Phase != moving.None {
			t.Errorf("%s: %+v, %v", role, s, err)
		}
	}
	if names := office.usernames(t); len(names) != 0 {
		t.Errorf("customers there: %v", names)
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "") // nothing is frozen
}

// TestAnOwnerWhoBecomesAManagerMovesNoFurther: and the one who is owner then
// can't be asked for by this move, but it can be given up.
func TestAnOwnerWhoBecomesAManagerMovesNoFurther(t *testing.T) {
	t.Parallel()
	office, b := share(t, nil), newBench(t)
	b.fill(t, mixed(t, 120))
	second := office.member(t, "second@wheels.example", api.RoleOwner)
	office.atMove(func(n int, _ http.ResponseWriter, r *http.Request) bool {
		if n == 2 {
			role := api.RoleManager
			if _, err := office.Store().ChangeMember(r.Context(), signInAt(t, office.Store(), memberName), second.ID, store.MemberChange{Role: &role}); err != nil {
				t.Error(err)
			}
		}
		return true
	})
	request := office.moveRequest(false)
	request.Username = second.Username
	b.startMove(t, request)
	s := b.reaches(t, moving.Stopped)
	if s.Problem == nil || s.Problem.Code != customer.Forbidden || s.Moved != 50 {
		t.Errorf("state %+v, %v", s, s.Problem)
	}
	if _, err := b.ResumeMove(t.Context(), memberPassword); customer.CodeOf(err) != customer.Forbidden {
		t.Errorf("resumed as a manager: %v", err)
	}
	if s, err := b.GiveUpMove(); err != nil || s.Phase != moving.None {
		t.Fatalf("given up: %+v, %v", s, err)
	}
	b.startMove(t, office.moveRequest(false))
	if s := b.moved(t); s.Moved != 120 || s.RefusedTotal != 0 {
		t.Errorf("by another owner: %+v", s)
	}
	office.eachOnce(t, b, false)
}
