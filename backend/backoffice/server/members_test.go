package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

const newSecret = "seven Herons & 1 kettle"

// member adds a member to a partner and signs it in.
func (o *office) member(of signedIn, username, name string, role api.Role) signedIn {
	o.t.Helper()
	m, err := o.store.AddMember(o.t.Context(), of.in, api.Member{Username: username, Name: name, Role: role}, o.hash)
	check(o.t, err)
	s := of
	s.token, s.in, err = o.store.CreateSignIn(o.t.Context(), m.ID, o.hash, time.Hour)
	check(o.t, err)
	return s
}

func (o *office) signIn(username, password string) answer {
	o.t.Helper()
	return o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: username, Password: password}})
}

func TestTheSessionSaysWhoAndWhere(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.member(o.ours, "dana@agency.example", "Dana Visser", api.RoleSupport)
	s := into[api.Session](t, o.signIn("Dana@agency.example", secret))
	m := s.Member
	if s.Contract != api.Contract || s.Name != "Test Office" || s.Partner != o.ours.partner || m.Name != "Dana Visser" ||
		m.Username != "dana@agency.example" || m.Role != api.RoleSupport || m.Disabled || m.LastSignInAt != customer.At(o.clock.Now()) {
		t.Errorf("session %+v", s)
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	list := func() []api.Member {
		return into[api.Members](t, o.do(call{method: "GET", path: "/api/v1/members", token: o.ours.token})).Members
	}
	send := func(method, path string, body any) answer {
		return o.do(call{method: method, path: "/api/v1/members" + path, token: o.ours.token, body: body})
	}
	if all := list(); len(all) != 1 || all[0] != o.ours.in.Member {
		t.Fatalf("at first: %+v", all)
	}
	dana := into[api.Member](t, send("POST", "", api.NewMember{
		Username: " dana@agency.example ", Name: "Dana Visser", Role: api.RoleSupport, Password: secret,
	}))
	if dana.ID == "" || dana.Username != "dana@agency.example" || dana.Role != api.RoleSupport || dana.LastSignInAt != 0 {
		t.Errorf("added %+v", dana)
	}
	signedIn := into[api.Session](t, o.signIn("dana@agency.example", secret))
	changes := call{method: "GET", path: "/api/v1/changes", token: signedIn.Token}
	if a := o.do(changes); a.status != http.StatusOK {
		t.Errorf("the feed: %d", a.status)
	}
	role, name, password, yes, no := api.RoleManager, "Dana de Vries", newSecret, true, false
	dana = into[api.Member](t, send("PATCH", "/"+dana.ID, api.MemberChange{Name: &name}))
	if a := o.do(changes); a.status != http.StatusOK || dana.Name != name {
		t.Errorf("after a new name: %d %+v", a.status, dana)
	}
	dana = into[api.Member](t, send("PATCH", "/"+dana.ID, api.MemberChange{Role: &role, Password: &password}))
	if a := o.do(changes); a.status != http.StatusUnauthorized || dana.Role != role {
		t.Errorf("after a new role: %d %+v", a.status, dana)
	}
	if a := o.signIn("dana@agency.example", secret); a.status != http.StatusUnauthorized {
		t.Errorf("the old password: %d", a.status)
	}
	if s := into[api.Session](t, o.signIn("dana@agency.example", newSecret)); s.Member.Role != role {
		t.Errorf("session %+v", s)
	}
	dana = into[api.Member](t, send("PATCH", "/"+dana.ID, api.MemberChange{Disabled: &yes}))
	if a := o.signIn("dana@agency.example", newSecret); a.status != http.StatusUnauthorized || !dana.Disabled {
		t.Errorf("disabled: %d %+v", a.status, dana)
	}
	into[api.Member](t, send("PATCH", "/"+dana.ID, api.MemberChange{Disabled: &no}))
	if a := o.signIn("dana@agency.example", newSecret); a.status != http.StatusOK {
		t.Errorf("enabled again: %d", a.status)
	}
	if a := send("PATCH", "/"+o.ours.in.Member.ID, api.MemberChange{Role: &role}); a.status != http.StatusConflict ||
		a.problem.Code != customer.Conflict || !strings.Contains(a.problem.Detail, "only owner") {
		t.Errorf("the last owner: %d %+v", a.status, a.problem)
	}
	if a := send("POST", "", api.NewMember{Username: "THEIRS@agency.example", Name: "X", Role: role, Password: secret}); a.status != http.StatusConflict ||
		a.problem.Code != customer.UsernameTaken || a.problem.Field != "username" {
		t.Errorf("a username that is taken: %d %+v", a.status, a.problem)
	}
	if a := send("POST", "", api.NewMember{Username: "dana", Role: role, Password: "password"}); len(a.problem.Errors) != 3 {
		t.Errorf("all wrong: %d %+v", a.status, a.problem)
	}
	weak := "Dana de Vries"
	if a := send("PATCH", "/"+dana.ID, api.MemberChange{Password: &weak}); a.status != 422 || a.problem.Field != "password" {
		t.Errorf("a name for a password: %d %+v", a.status, a.problem)
	}
	if all := list(); len(all) != 2 {
		t.Errorf("members %+v", all)
	}
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	dana := o.member(o.ours, "dana@agency.example", "Dana Visser", api.RoleSupport)
	other := into[api.Session](t, o.signIn("dana@agency.example", secret))
	change := func(current, next string) answer {
		return o.do(call{method: "POST", path: "/api/v1/password", token: dana.token, body: api.PasswordChange{Current: current, New: next}})
	}
	for _, c := range []struct {
		current, next, field string
		code                 customer.Code
	}{
		{"not it", newSecret, "current", customer.Invalid},
		{"", newSecret, "current", customer.Invalid},
		{secret, "", "new", customer.Required},
		{secret, "short", "new", customer.Invalid},
		{secret, "dana visser", "new", customer.Invalid},
		{secret, strings.Repeat("é", 257), "new", customer.TooLong},
	} {
		if a := change(c.current, c.next); a.status != 422 || a.problem.Code != c.code || a.problem.Field != c.field {
			t.Errorf("%.20q for %.20q: %d %+v", c.next, c.current, a.status, a.problem)
		}
	}
	if a := change(secret, newSecret); a.status != http.StatusNoContent {
		t.Fatalf("change: %d %s", a.status, a.body)
	}
	for token, want := range map[string]int{dana.token: 200, other.Token: 401, o.ours.token: 200} {
		if a := o.do(call{method: "GET", path: "/api/v1/meta", token: token}); a.status != want {
			t.Errorf("afterwards: %d, want %d", a.status, want)
		}
	}
	if a := o.signIn("dana@agency.example", secret); a.status != http.StatusUnauthorized {
		t.Errorf("the old password: %d", a.status)
	}
	if a := o.signIn("dana@agency.example", newSecret); a.status != http.StatusOK {
		t.Errorf("the new password: %d", a.status)
	}
}

// TestGuessingTheCurrentPasswordIsLimited, together with signing in: a token
// gives no more guesses than anybody has.
func TestGuessingTheCurrentPasswordIsLimited(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	guess := func() answer {
		return o.do(call{method: "POST", path: "/api/v1/password", token: o.ours.token, body: api.PasswordChange{Current: "guess", New: newSecret}})
	}
	for range 10 {
		if a := guess(); a.status != 422 {
			t.Fatalf("guess: %d %+v", a.status, a.problem)
		}
	}
	if a := guess(); a.status != http.StatusTooManyRequests || a.problem.Code != customer.TooMany || a.header.Get("Retry-After") == "" {
		t.Errorf("one more: %d %+v", a.status, a.problem)
	}
	if a := o.signIn("ours@agency.example", secret); a.status != http.StatusTooManyRequests {
		t.Errorf("signing in: %d", a.status)
	}
}

func TestPasswordsForMembersAreLimited(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	dana := o.member(o.ours, "dana@agency.example", "Dana Visser", api.RoleSupport)
	password := newSecret
	give := func() answer {
		return o.do(call{method: "PATCH", path: "/api/v1/members/" + dana.in.Member.ID, token: o.ours.token, body: api.MemberChange{Password: &password}})
	}
	for range 20 {
		if a := give(); a.status != http.StatusOK {
			t.Fatalf("within the allowance: %d %s", a.status, a.body)
		}
	}
	if a := give(); a.status != http.StatusTooManyRequests {
		t.Errorf("beyond it: %d", a.status)
	}
}
