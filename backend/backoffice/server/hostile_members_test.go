package server_test

import (
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// hostileMembers go to the calls about members and their passwords.
func hostileMembers(o *office) []refused {
	add := func(body string) call { return call{method: "POST", path: "/api/v1/members", body: body} }
	one := func(username, name, role, password string) call {
		return add(`{"username":"` + username + `","name":"` + name + `","role":"` + role + `","password":"` + password + `"}`)
	}
	change := func(body string) call {
		return call{method: "PATCH", path: "/api/v1/members/" + o.ours.in.Member.ID, body: body}
	}
	own := func(body string) call { return call{method: "POST", path: "/api/v1/password", body: body} }
	at := func(id string) call {
		return call{method: "PATCH", path: "/api/v1/members/" + id, body: `{"name":"swordfish"}`}
	}
	const good, username = "swordfish heron kettle", "new@agency.example"
	long := strings.Repeat("a", 10<<20)
	return []refused{
		{"no member at all", add(``), 400, customer.Invalid, ""},
		{"nothing in a member", add(`{}`), 422, customer.Invalid, ""},
		{"a member's id of one's own", add(`{"id":"x","username":"` + username + `","name":"N","role":"owner","password":"` + good + `"}`), 422, customer.Invalid, "id"},
		{"a member of another partner", add(`{"partner_id":"` + o.theirs.partner.ID + `","username":"` + username + `","name":"N","role":"owner","password":"` + good + `"}`), 422, customer.Invalid, "partner_id"},
		{"no role", one(username, "N", "", good), 422, customer.Invalid, "role"},
		{"an invented role", one(username, "N", "admin", good), 422, customer.Invalid, "role"},
		{"a role in capitals", one(username, "N", "OWNER", good), 422, customer.Invalid, "role"},
		{"a list of roles", add(`{"username":"` + username + `","name":"N","role":["owner"],"password":"` + good + `"}`), 422, customer.Invalid, "role"},
		{"no address for a member", one("nobody", "N", "owner", good), 422, customer.Invalid, "username"},
		{"two addresses", one("a@b.example,c@d.example", "N", "owner", good), 422, customer.Invalid, "username"},
		{"a hidden mark in an address", one(`a\u202eb@agency.example`, "N", "owner", good), 422, customer.Invalid, "username"},
		{"a long address", one(strings.Repeat("a", 255), "N", "owner", good), 422, customer.TooLong, "username"},
		{"no name", one(username, " ", "owner", good), 422, customer.Required, "name"},
		{"a long name", one(username, strings.Repeat("é", 101), "owner", good), 422, customer.TooLong, "name"},
		{"a line break in a name", one(username, `a\nb`, "owner", good), 422, customer.Invalid, "name"},
		{"a hidden mark in a name", one(username, `a\u202eb`, "owner", good), 422, customer.Invalid, "name"},
		{"no password for a member", one(username, "N", "owner", ""), 422, customer.Required, "password"},
		{"a weak password", one(username, "N", "owner", "password1"), 422, customer.Invalid, "password"},
		{"the name as password", one(username, "Swordfish Jansen", "owner", "swordfishjansen"), 422, customer.Invalid, "password"},
		{"a long password for a member", one(username, "N", "owner", strings.Repeat("é", 257)), 422, customer.TooLong, "password"},
		{"10 MB of member", one(username, long, "owner", good), 413, customer.TooLong, ""},
		{"a hash for a password", add(`{"username":"` + username + `","name":"N","role":"owner","password_hash":"` + o.hash + `"}`), 422, customer.Invalid, ""},

		{"no change at all", change(``), 400, customer.Invalid, ""},
		{"a list of changes", change(`[]`), 422, customer.Invalid, ""},
		{"a new username", change(`{"username":"` + username + `"}`), 422, customer.Invalid, "username"},
		{"a new id", change(`{"id":"x"}`), 422, customer.Invalid, "id"},
		{"a fact of a member", change(`{"last_sign_in_at":1}`), 422, customer.Invalid, "last_sign_in_at"},
		{"an invented new role", change(`{"role":"root"}`), 422, customer.Invalid, "role"},
		{"a text for disabled", change(`{"disabled":"false"}`), 422, customer.Invalid, "disabled"},
		{"an empty name", change(`{"name":"\t"}`), 422, customer.Required, "name"},
		{"NUL in a new name", change(`{"name":"a\u0000"}`), 422, customer.Invalid, "name"},
		{"an empty password", change(`{"password":""}`), 422, customer.Required, "password"},
		{"disabling the last owner", change(`{"disabled":true}`), 409, customer.Conflict, ""},
		{"demoting the last owner", change(`{"role":"support"}`), 409, customer.Conflict, ""},
		{"a member that is no UUID", at("1'--"), 404, customer.NotFound, ""},
		{"a member with NUL", at("%00"), 404, customer.NotFound, ""},
		{"a member that is not UTF-8", at("%ff%fe"), 404, customer.NotFound, ""},
		{"a customer for a member", at(o.ours.customer), 404, customer.NotFound, ""},
		{"a partner for a member", at(o.ours.partner.ID), 404, customer.NotFound, ""},
		{"another partner's member", at(o.theirs.in.Member.ID), 404, customer.NotFound, ""},
		{"a long member", at(strings.Repeat("a", 2000)), 422, customer.TooLong, "id"},
		{"the members of all", call{method: "GET", path: "/api/v1/members?partner=" + o.theirs.partner.ID}, 422, customer.Invalid, "partner"},
		{"a member taken away", call{method: "DELETE", path: "/api/v1/members/" + o.ours.in.Member.ID}, 405, customer.Invalid, ""},

		{"no passwords", own(`{}`), 422, customer.Invalid, ""},
		{"no new password", own(`{"current":"swordfish"}`), 422, customer.Required, "new"},
		{"null for the current password", own(`{"current":null,"new":"swordfish"}`), 422, customer.Invalid, "current"},
		{"a wrong current password", own(`{"current":"swordfish","new":"` + good + `"}`), 422, customer.Invalid, "current"},
		{"a current password of 100 KB", own(`{"current":"` + long[:100_000] + `","new":"` + good + `"}`), 413, customer.TooLong, ""},
		{"a long current password", own(`{"current":"` + long[:1025] + `","new":"` + good + `"}`), 422, customer.TooLong, "current"},
		{"somebody else's password", own(`{"member":"` + o.theirs.in.Member.ID + `","current":"x","new":"` + good + `"}`), 422, customer.Invalid, "member"},
	}
}

// TestSupportSeesNoLinks: whoever reads a link can set the customer's password.
func TestSupportSeesNoLinks(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	support := o.member(o.ours, "dana@agency.example", "Dana", api.RoleSupport)
	manager := o.member(o.ours, "mo@agency.example", "Mo", api.RoleManager)
	base := "/api/v1/customers/" + o.ours.customer
	into[api.ActivationMail](t, o.do(call{method: "POST", path: base + "/activation-mail", token: manager.token, body: api.ActivationMailRequest{Deliver: true}}))
	for _, state := range []customer.MailState{customer.MailQueued, customer.MailSaved} {
		if state == customer.MailSaved {
			o.saveMails()
		}
		for _, who := range []signedIn{manager, support} {
			a := o.do(call{method: "GET", path: base + "/mails", token: who.token})
			mails := into[api.Mails](t, a).Mails
			if len(mails) != 2 || mails[0].State != state || mails[0].Subject == "" || mails[0].To == "" || mails[0].LinkExpiresAt == 0 {
				t.Fatalf("%s: mails %+v", who.in.Member.Role, mails)
			}
			shown := mails[0].Link != "" && mails[0].Text != ""
			if may := who.in.Member.Role.MayEdit(); shown != may || strings.Contains(string(a.body), "token=") != may {
				t.Errorf("%s sees a link in a mail that is %s: %t", who.in.Member.Role, state, shown)
			}
		}
	}
}

// TestEveryRefusalOfARoleIsASentence that says whom to ask, before the body is
// even looked at.
func TestEveryRefusalOfARoleIsASentence(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	support := o.member(o.ours, "dana@agency.example", "Dana", api.RoleSupport)
	for path, sentence := range map[string]string{
		"/customers/x/activation-mail": "Your role is support, which can't change customers. Ask an owner or a manager.",
		"/members":                     "Only an owner can do this.",
	} {
		a := o.do(call{method: "POST", path: "/api/v1" + path, token: support.token, body: `{"rubbish":`})
		if a.status != http.StatusForbidden || a.problem.Code != customer.Forbidden || a.problem.Detail != sentence {
			t.Errorf("%s: %d %+v", path, a.status, a.problem)
		}
	}
}
