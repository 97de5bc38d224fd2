package server_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// The answers of the table: a status, and for a refusal its code.
const (
	fine    = "200"
	done    = "204"
	unknown = "401 unauthorized" // not signed in
	never   = "403 forbidden"    // the role does not allow it
	hidden  = "404 not_found"    // another partner's
)

// callers are the columns of the table.
var callers = []string{"nobody", "owner", "manager", "support", "disabled", "stranger"}

// rights has every call of the API, what it is done to, and how each
// caller is answered. Everything is our partner's; the stranger is an owner of
// another partner, and the disabled was an owner of ours.
func rights() []right {
	ask := func(method, path string, body any) func(*office, caller) call {
		return func(o *office, c caller) call {
			return call{method: method, path: "/api/v1" + strings.ReplaceAll(path, "{id}", o.ours.customer), token: c.token, body: body}
		}
	}
	return []right{
		{"GET /openapi.json", ask("GET", "/openapi.json", nil), answers{fine, fine, fine, fine, fine, fine}},
		{"POST /session", signInAgain, answers{unknown, fine, fine, fine, unknown, fine}},
		{"DELETE /session", ask("DELETE", "/session", nil), answers{unknown, done, done, done, unknown, done}},
		{"GET /meta", ask("GET", "/meta", nil), answers{unknown, fine, fine, fine, unknown, fine}},
		{"GET /changes", ask("GET", "/changes", nil), answers{unknown, fine, fine, fine, unknown, fine}},
		{"POST /mutations", changeOurs, answers{unknown, fine, fine, never, unknown, fine}}, // with "rejected" for the stranger
		{"POST /customers/{id}/login-as", ask("POST", "/customers/{id}/login-as", api.LogInAsRequest{}), answers{unknown, fine, fine, fine, unknown, hidden}},
		{"POST /customers/{id}/activation-mail", ask("POST", "/customers/{id}/activation-mail", api.ActivationMailRequest{}),
			answers{unknown, fine, fine, never, unknown, hidden}},
		{"GET /customers/{id}/events", ask("GET", "/customers/{id}/events", nil), answers{unknown, fine, fine, fine, unknown, hidden}},
		{"GET /customers/{id}/mails", ask("GET", "/customers/{id}/mails", nil), answers{unknown, fine, fine, fine, unknown, hidden}},
		{"GET /visits", ask("GET", "/visits", nil), answers{unknown, fine, fine, fine, unknown, fine}},
		{"GET /visits/recent", ask("GET", "/visits/recent", nil), answers{unknown, fine, fine, fine, unknown, fine}},
		{"DELETE /visits/{id}", endOwnersVisit, answers{unknown, done, done, never, unknown, hidden}},
		{"DELETE /visits/{id}", endOwnVisit, answers{unknown, done, done, done, unknown, done}},
		{"POST /move", moveIn, answers{unknown, fine, never, never, unknown, fine}},
		{"GET /members", ask("GET", "/members", nil), answers{unknown, fine, never, never, unknown, fine}},
		{"POST /members", addMember, answers{unknown, fine, never, never, unknown, fine}},
		{"PATCH /members/{id}", changeColleague, answers{unknown, fine, never, never, unknown, hidden}},
		{"POST /password", ask("POST", "/password", api.PasswordChange{Current: secret, New: newSecret}), answers{unknown, done, done, done, unknown, done}},
	}
}

type answers [6]string

type right struct {
	operation string // the pattern, below the API's path
	call      func(*office, caller) call
	want      answers
}

// caller is a member made for one call.
type caller struct {
	name, username string
	signedIn              // zero for nobody
	visit          string // the id of a visit of its own, or of the owner for who can have none
}

// caller makes the member of a column and signs it in.
func (o *office) caller(name string) caller {
	o.t.Helper()
	c := caller{name: name, username: newID() + "@agency.example", visit: o.visit(o.ours)}
	role, of := api.RoleOwner, o.ours
	switch name {
	case "nobody":
		return c
	case "manager", "support":
		role = api.Role(name)
	case "stranger":
		of = o.theirs
	}
	c.signedIn = o.member(of, c.username, "Colleague of "+of.partner.Name, role)
	if name == "disabled" {
		yes := true
		_, err := o.store.ChangeMember(o.t.Context(), o.ours.in, c.in.Member.ID, store.MemberChange{Disabled: &yes})
		check(o.t, err)
		return c
	}
	c.visit = o.visit(c.signedIn)
	return c
}

// visit logs a member in as a customer of its partner.
func (o *office) visit(s signedIn) string {
	o.t.Helper()
	ticket, _, err := o.store.CreateTicket(o.t.Context(), s.in, s.customer, "", "")
	check(o.t, err)
	_, session, err := o.store.RedeemTicket(o.t.Context(), ticket)
	check(o.t, err)
	return session.ID
}

func signInAgain(_ *office, c caller) call {
	return call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: c.username, Password: secret}}
}

func changeOurs(o *office, c caller) call {
	m := lock(customer.Customer{ID: o.ours.customer, Status: customer.PendingActivate})
	notes := newID()
	m.Fields, m.Base = customer.Fields{Notes: &notes}, customer.Fields{}
	return call{method: "POST", path: "/api/v1/mutations", token: c.token, body: api.MutationsRequest{Mutations: []customer.Mutation{m}}}
}

func endOwnersVisit(o *office, c caller) call {
	return call{method: "DELETE", path: "/api/v1/visits/" + o.visit(o.ours), token: c.token}
}

func endOwnVisit(_ *office, c caller) call {
	return call{method: "DELETE", path: "/api/v1/visits/" + c.visit, token: c.token}
}

func addMember(_ *office, c caller) call {
	return call{method: "POST", path: "/api/v1/members", token: c.token, body: api.NewMember{
		Username: newID() + "@agency.example", Name: "New", Role: api.RoleSupport, Password: secret,
	}}
}

func changeColleague(o *office, c caller) call {
	colleague := o.member(o.ours, newID()+"@agency.example", "Colleague", api.RoleManager)
	role := api.RoleOwner
	return call{method: "PATCH", path: "/api/v1/members/" + colleague.in.Member.ID, token: c.token, body: api.MemberChange{Role: &role}}
}

// TestRights goes through the table. A refusal changes nothing at all; nothing
// a stranger does touches our partner's data or shows any of it.
func TestRights(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	for _, r := range rights() {
		for i, name := range callers {
			c := o.caller(name)
			ask := r.call(o, c)
			everything, ours := o.dump(""), ""
			outside := name == "stranger" || name == "nobody"
			if outside {
				ours = o.dump(o.ours.partner.ID)
			}
			a := o.do(ask)
			got := strconv.Itoa(a.status)
			if a.status >= 400 {
				got += " " + string(a.problem.Code)
			}
			if got != r.want[i] {
				t.Errorf("%s by %s: %s, want %s\n%.300s", r.operation, name, got, r.want[i], a.body)
			}
			reads := strings.HasPrefix(r.operation, "GET ") || a.status >= 400
			if changed := o.dump("") != everything; changed == reads {
				t.Errorf("%s by %s, answered %d: changed something: %t", r.operation, name, a.status, changed)
			}
			if outside {
				o.wantNothingOfOurs(r.operation, name, a)
			}
			if outside && o.dump(o.ours.partner.ID) != ours {
				t.Errorf("%s by %s changed our partner's data", r.operation, name)
			}
		}
	}
}

// wantNothingOfOurs fails when the answer shows anything of our partner.
func (o *office) wantNothingOfOurs(operation, name string, a answer) {
	o.t.Helper()
	for _, own := range []string{o.ours.partner.ID, o.ours.partner.Username, o.ours.partner.Name, o.ours.customer, o.ours.in.Member.ID} {
		if strings.Contains(string(a.body), own) {
			o.t.Errorf("%s by %s shows %q: %.500s", operation, name, own, a.body)
		}
	}
}

// TestEveryOperationIsInTheTable fails when a call is added without a row, also
// one that is not in the OpenAPI document.
func TestEveryOperationIsInTheTable(t *testing.T) {
	t.Parallel()
	served := []string{}
	for _, pattern := range server.Patterns() {
		served = append(served, strings.Replace(pattern, server.Prefix, "", 1))
	}
	listed := []string{}
	for _, r := range rights() {
		listed = append(listed, r.operation)
	}
	slices.Sort(served)
	slices.Sort(listed)
	if listed = slices.Compact(listed); !slices.Equal(served, listed) {
		t.Errorf("the API serves\n%s\nthe table has\n%s", strings.Join(served, "\n"), strings.Join(listed, "\n"))
	}
}
