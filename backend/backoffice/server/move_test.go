package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

const movedHash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

// arriving is an account with a short history that moves in.
func arriving(username string) api.MovedAccount {
	id := newID()
	event := func(n int64, kind customer.EventKind) customer.Event {
		return customer.Event{
			ID: n, CustomerID: id, At: 1_700_000_000_000 + customer.Time(n), Kind: kind, Changes: []customer.FieldChange{},
			Actor: customer.Actor{Kind: customer.ActorPartner, ID: newID(), Name: "Wheel Agency"},
		}
	}
	return api.MovedAccount{
		Customer: customer.Customer{
			ID: id, Username: username, FirstName: "Ada", LastName: "Byron", Company: "Engines", Language: "en", Tags: []string{},
			Status: customer.Activated, Facts: customer.Facts{HasPassword: true, CreatedAt: 1_700_000_000_000},
		},
		PasswordHash: movedHash,
		Events:       []customer.Event{event(3, customer.EventCreated), event(7, customer.EventLoggedIn)},
	}
}

func TestMoveIsIdempotentAndRefusesOneByOne(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	one, two, bad := arriving("one@shop.example"), arriving("two@shop.example"), arriving("bad@shop.example")
	bad.PasswordHash = "secret"
	move := call{
		method: "POST", path: "/api/v1/move", token: o.ours.token,
		body: api.MoveRequest{Accounts: []api.MovedAccount{one, bad, two, arriving("ONE@shop.example")}, MailPending: true},
	}
	for _, want := range []string{"moved refused moved refused", "known refused known refused"} {
		got := into[api.MoveResponse](t, o.do(move)).Results
		var words []string
		for _, r := range got {
			words = append(words, string(r.Outcome))
		}
		if strings.Join(words, " ") != want {
			t.Fatalf("outcomes %q, want %q", words, want)
		}
		if got[0].CustomerID != one.Customer.ID || got[0].LastEvent != 7 || got[0].Error != nil ||
			got[1].Error == nil || got[1].Error.Field != "password" || got[3].Error.Code != customer.UsernameTaken {
			t.Errorf("results %+v", got)
		}
	}
	all := into[api.Changes](t, o.do(call{method: "GET", path: "/api/v1/changes", token: o.ours.token})).Customers
	if len(all) != 3 {
		t.Errorf("%d customers, want 3", len(all))
	}
	events := into[api.Events](t, o.do(call{method: "GET", path: "/api/v1/customers/" + one.Customer.ID + "/events", token: o.ours.token})).Events
	if len(events) != 3 || events[0].Kind != customer.EventMoved || events[1].At != one.Events[1].At || events[1].Actor != one.Events[1].Actor {
		t.Errorf("events %+v", events)
	}
}

// hostileMoves go to /move, whole requests that no desk would send.
func hostileMoves(o *office) []refused {
	send := func(body any) call { return call{method: "POST", path: "/api/v1/move", body: body} }
	// with is a fine request but for one replacement in its JSON.
	with := func(old, new string) call {
		m := arriving("hostile@shop.example")
		m.Customer.ID = o.ours.customer
		text, err := json.Marshal(api.MoveRequest{Accounts: []api.MovedAccount{m}})
		if err != nil || !strings.Contains(string(text), old) {
			o.t.Fatalf("no %s in %s (%v)", old, text, err)
		}
		return send(strings.Replace(string(text), old, new, 1))
	}
	id := `"id":"` + o.ours.customer + `"`
	many := strings.TrimSuffix(strings.Repeat(`{},`, 101), ",")
	return []refused{
		{"no accounts", send(`{"mail_pending":false}`), 422, customer.Required, "accounts"},
		{"a move of nobody", send(`{"accounts":[],"mail_pending":false}`), 422, customer.Required, "accounts"},
		{"null for accounts", send(`{"accounts":null,"mail_pending":false}`), 422, customer.Invalid, "accounts"},
		{"null for an account", send(`{"accounts":[null],"mail_pending":false}`), 422, customer.Invalid, "accounts[0]"},
		{"too many accounts", send(`{"accounts":[` + many + `],"mail_pending":false}`), 422, customer.Invalid, ""},
		{"9 MB of accounts", send(`{"accounts":[` + strings.Repeat(" ", 9<<20) + `]}`), 413, customer.TooLong, ""},
		{"an account's id that is no UUID", with(id, `"id":"1 OR 1=1"`), 422, customer.Invalid, "accounts[0].customer.id"},
		{"an account's id in capitals", with(id, `"id":"`+strings.ToUpper(o.ours.customer)+`"`), 422, customer.Invalid, "accounts[0].customer.id"},
		{"a text for mail_pending", with(`"mail_pending":false`, `"mail_pending":"no"`), 422, customer.Invalid, "mail_pending"},
		{"a number for a hash", with(`"password_hash":"`+movedHash+`"`, `"password_hash":1`), 422, customer.Invalid, "accounts[0].password_hash"},
		{"a clear password beside the hash", with(`"more":false`, `"more":false,"password":"swordfish"`), 422, customer.Invalid, "accounts[0].password"},
		{"another partner's id in an account", with(`"tags":[]`, `"tags":[],"partner_id":"x"`), 422, customer.Invalid, "accounts[0].customer.partner_id"},
		{"a text for a time", with(`"created_at":1700000000000`, `"created_at":"2023"`), 422, customer.Invalid, "accounts[0].customer.created_at"},
		{"a time beyond numbers", with(`"created_at":1700000000000`, `"created_at":99999999999999999999`), 422, customer.Invalid, "accounts[0].customer.created_at"},
		{"NUL in an actor", with(`"name":"Wheel Agency"`, `"name":"a\u0000"`), 422, customer.Invalid, "accounts[0].events[0].actor.name"},
		{"a list for an event", with(`"events":[{`, `"events":[[],{`), 422, customer.Invalid, "accounts[0].events[0]"},
		{"an unknown part of an event", with(`"kind":"created"`, `"kind":"created","html":"<b>"`), 422, customer.Invalid, "accounts[0].events[0].html"},
	}
}

func TestAnAccountOfAnotherPartnerIsNotToldOf(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	m := arriving("theirs@shop.example")
	m.Customer.ID = o.theirs.customer
	a := o.do(call{method: "POST", path: "/api/v1/move", token: o.ours.token, body: api.MoveRequest{Accounts: []api.MovedAccount{m}}})
	r := into[api.MoveResponse](t, a).Results[0]
	if a.status != http.StatusOK || r.Outcome != api.Refused || r.Error.Code != customer.NotFound || r.LastEvent != 0 {
		t.Errorf("%d %+v", a.status, r)
	}
}

// moveIn sends an account that nobody has.
func moveIn(_ *office, c caller) call {
	m := arriving(newID() + "@shop.example")
	return call{method: "POST", path: "/api/v1/move", token: c.token, body: api.MoveRequest{Accounts: []api.MovedAccount{m}}}
}
