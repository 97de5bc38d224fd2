package server_test

import (
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

// refused is a request that must be refused, and how.
type refused struct {
	name   string
	call   call
	status int
	code   customer.Code
	field  string
}

func TestHostileRequests(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	all := append(hostileBodies(o), hostileMutations(o)...)
	all = append(all, hostileMembers(o)...)
	all = append(all, hostileMoves(o)...)
	all = append(all, hostileAddresses(o)...)
	all = append(all, hostileHeaders(o)...)
	if len(all) < 160 {
		t.Errorf("only %d hostile requests", len(all))
	}
	before := o.dump("")
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) {
			if r.call.token == "" {
				r.call.token = o.ours.token
			}
			a := o.do(r.call)
			if a.status != r.status || a.problem.Code != r.code || a.problem.Field != r.field {
				t.Errorf("got %d %q of %q, want %d %q of %q\n%.500s", a.status, a.problem.Code, a.problem.Field, r.status, r.code, r.field, a.body)
			}
			if a.problem.Status != a.status || a.problem.Detail == "" || strings.Contains(a.problem.Detail, "expected ") ||
				a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("problem %+v", a.problem)
			}
			if len(a.body) > 20_000 || strings.Contains(string(a.body), "swordfish") {
				t.Errorf("the answer repeats what was sent: %.200s", a.body)
			}
		})
	}
	t.Run("and nothing came of it", func(t *testing.T) {
		if o.dump("") != before {
			t.Error("the database has changed")
		}
		feed, err := o.store.Changes(t.Context(), o.ours.partner.ID, 0, 100)
		check(t, err)
		if len(feed.Customers) != 1 || feed.Customers[0].Status != customer.PendingActivate {
			t.Errorf("customers %+v", feed.Customers)
		}
	})
}

// hostileBodies go to the calls with small bodies.
func hostileBodies(o *office) []refused {
	signIn := func(body any) call { return call{method: "POST", path: "/api/v1/session", body: body} }
	visit := func(body any) call {
		return call{method: "POST", path: "/api/v1/customers/" + o.ours.customer + "/login-as", body: body}
	}
	mail := func(body any) call {
		return call{method: "POST", path: "/api/v1/customers/" + o.ours.customer + "/activation-mail", body: body}
	}
	long := strings.Repeat("a", 10<<20)
	return []refused{
		{"no body", signIn(nil), 400, customer.Invalid, ""},
		{"empty body", signIn(""), 400, customer.Invalid, ""},
		{"spaces only", signIn(" \n\t "), 400, customer.Invalid, ""},
		{"broken JSON", signIn(`{"username":"a@b.example","password":`), 400, customer.Invalid, ""},
		{"a trailing comma", signIn(`{"username":"a@b.example","password":"x",}`), 400, customer.Invalid, ""},
		{"a second value", signIn(`{"username":"a@b.example","password":"swordfish"}{}`), 400, customer.Invalid, ""},
		{"rubbish at the end", signIn(`{"username":"a@b.example","password":"swordfish"}]`), 400, customer.Invalid, ""},
		{"single quotes", signIn(`{'username':'a'}`), 400, customer.Invalid, ""},
		{"a comment", signIn(`{/* hello */}`), 400, customer.Invalid, ""},
		{"NaN", signIn(`{"username":NaN,"password":"x"}`), 400, customer.Invalid, ""},
		{"a byte order mark", signIn("\xef\xbb\xbf{}"), 400, customer.Invalid, ""},
		{"UTF-16", signIn([]byte("{\x00}\x00")), 400, customer.Invalid, ""},
		{"a raw NUL", signIn("{\"username\":\"a\x00b\",\"password\":\"x\"}"), 400, customer.Invalid, ""},
		{"an escaped NUL", signIn(`{"username":"a\u0000b","password":"x"}`), 422, customer.Invalid, "username"},
		{"NUL in a name", signIn(`{"user\u0000name":"a","password":"x"}`), 422, customer.Invalid, ""},
		{"invalid UTF-8", signIn("{\"username\":\"a\xff\xfe\",\"password\":\"x\"}"), 400, customer.Invalid, ""},
		{"an unfinished escape", signIn(`{"username":"\u12"}`), 400, customer.Invalid, ""},
		{"null", signIn(`null`), 422, customer.Invalid, ""},
		{"a list", signIn(`[]`), 422, customer.Invalid, ""},
		{"a text", signIn(`"swordfish"`), 422, customer.Invalid, ""},
		{"a number", signIn(`1e999999`), 400, customer.Invalid, ""},
		{"nothing in it", signIn(`{}`), 422, customer.Invalid, ""},
		{"no password", signIn(`{"username":"a@b.example"}`), 422, customer.Required, "password"},
		{"a number for text", signIn(`{"username":7,"password":"swordfish"}`), 422, customer.Invalid, "username"},
		{"null for text", signIn(`{"username":null,"password":"x"}`), 422, customer.Invalid, "username"},
		{"a list for text", signIn(`{"username":["a"],"password":"x"}`), 422, customer.Invalid, "username"},
		{"an object for text", signIn(`{"username":{"$ne":""},"password":"x"}`), 422, customer.Invalid, "username"},
		{"an unknown field", signIn(`{"username":"a","password":"x","admin":true}`), 422, customer.Invalid, "admin"},
		{"a name given twice", signIn(`{"username":"a","username":"b","password":"x"}`), 422, customer.Invalid, "username"},
		{"a name in two cases", signIn(`{"username":"a","Username":"b","password":"x"}`), 422, customer.Invalid, "Username"},
		{"a long username", signIn(`{"username":"` + strings.Repeat("a", 255) + `","password":"x"}`), 422, customer.TooLong, "username"},
		{"a long password", signIn(`{"username":"a","password":"` + strings.Repeat("a", 1025) + `"}`), 422, customer.TooLong, "password"},
		{"10 MB of password", signIn(`{"username":"a","password":"` + long + `"}`), 413, customer.TooLong, ""},
		{"deep lists", signIn(strings.Repeat("[", 20_000)), 422, customer.Invalid, ""},
		{"deep objects", signIn(strings.Repeat(`{"a":`, 10_000) + "1"), 422, customer.Invalid, ""},
		{"no such destination", visit(`{"destination":"admin"}`), 422, customer.Invalid, "destination"},
		{"a destination that is an address", visit(`{"destination":"//evil.example"}`), 422, customer.Invalid, "destination"},
		{"a long reason", visit(`{"reason":"` + strings.Repeat("é", 201) + `"}`), 422, customer.TooLong, "reason"},
		{"a line break in a reason", visit(`{"reason":"a\r\nSet-Cookie: b"}`), 422, customer.Invalid, "reason"},
		{"no deliver", mail(`{}`), 422, customer.Required, "deliver"},
		{"a text for true", mail(`{"deliver":"true"}`), 422, customer.Invalid, "deliver"},
		{"a number for true", mail(`{"deliver":1}`), 422, customer.Invalid, "deliver"},
	}
}

// hostileMutations go to /mutations, whole batches that no desk would send.
func hostileMutations(o *office) []refused {
	send := func(body any) call { return call{method: "POST", path: "/api/v1/mutations", body: body} }
	one := func(change string) call {
		return send(`{"mutations":[{"id":"` + newID() + `","customer_id":"` + o.ours.customer +
			`","kind":"update","base_revision":1,"base":{},"made_at":0,` + change + `}]}`)
	}
	with := func(id, customerID, kind, revision string) call {
		return send(`{"mutations":[{"id":"` + id + `","customer_id":"` + customerID + `","kind":"` + kind +
			`","base_revision":` + revision + `,"fields":{},"base":{},"made_at":0}]}`)
	}
	id, ours := newID(), o.ours.customer
	many := strings.TrimSuffix(strings.Repeat(`{},`, 201), ",")
	return []refused{
		{"no mutations", send(`{}`), 422, customer.Required, "mutations"},
		{"an empty batch", send(`{"mutations":[]}`), 422, customer.Required, "mutations"},
		{"null for a batch", send(`{"mutations":null}`), 422, customer.Invalid, "mutations"},
		{"an object for a batch", send(`{"mutations":{}}`), 422, customer.Invalid, "mutations"},
		{"too many mutations", send(`{"mutations":[` + many + `]}`), 422, customer.Invalid, ""},
		{"null for a mutation", send(`{"mutations":[null]}`), 422, customer.Invalid, "mutations[0]"},
		{"3 MB", send(`{"mutations":[` + strings.Repeat(" ", 3<<20) + `]}`), 413, customer.TooLong, ""},
		{"an id that is no UUID", with("1 OR 1=1", ours, "update", "1"), 422, customer.Invalid, "mutations[0].id"},
		{"an id in capitals", with(strings.ToUpper(id), ours, "update", "1"), 422, customer.Invalid, "mutations[0].id"},
		{"an id in braces", with("{"+id+"}", ours, "update", "1"), 422, customer.Invalid, "mutations[0].id"},
		{"an empty customer id", with(id, "", "update", "1"), 422, customer.Invalid, "mutations[0].customer_id"},
		{"an unknown kind", with(id, ours, "delete", "1"), 422, customer.Invalid, "mutations[0].kind"},
		{"a negative revision", with(id, ours, "update", "-1"), 422, customer.Invalid, "mutations[0].base_revision"},
		{"half a revision", with(id, ours, "update", "1.5"), 422, customer.Invalid, "mutations[0].base_revision"},
		{"a huge revision", with(id, ours, "update", "99999999999999999999"), 422, customer.Invalid, "mutations[0].base_revision"},
		{"no fields", one(`"x":1`), 422, customer.Invalid, ""},
		{"a fact for a field", one(`"fields":{"has_password":true}`), 422, customer.Invalid, "mutations[0].fields.has_password"},
		{"a clear password", one(`"fields":{"password":"swordfish"}`), 422, customer.Invalid, "mutations[0].fields.password"},
		{"a number for a status", one(`"fields":{"status":2}`), 422, customer.Invalid, "mutations[0].fields.status"},
		{"a text for tags", one(`"fields":{"tags":"vip"}`), 422, customer.Invalid, "mutations[0].fields.tags"},
		{"a number for a tag", one(`"fields":{"tags":["vip",1]}`), 422, customer.Invalid, "mutations[0].fields.tags[1]"},
		{"NUL in notes", one(`"fields":{"notes":"a\u0000"}`), 422, customer.Invalid, "mutations[0].fields.notes"},
		{"a field given twice", one(`"fields":{"notes":"a","notes":"b"}`), 422, customer.Invalid, "mutations[0].fields.notes"},
	}
}

// hostileAddresses are in the path and the query.
func hostileAddresses(o *office) []refused {
	get := func(path string) call { return call{method: "GET", path: path} }
	events := "/api/v1/customers/" + o.ours.customer + "/events"
	return []refused{
		{"a cursor that is no number", get("/api/v1/changes?since=abc"), 422, customer.Invalid, "since"},
		{"a negative cursor", get("/api/v1/changes?since=-1"), 422, customer.Invalid, "since"},
		{"a cursor beyond numbers", get("/api/v1/changes?since=9999999999999999999"), 422, customer.Invalid, "since"},
		{"a long cursor", get("/api/v1/changes?since=" + strings.Repeat("1", 100)), 422, customer.TooLong, "since"},
		{"a cursor with SQL", get("/api/v1/changes?since=1%20OR%201"), 422, customer.Invalid, "since"},
		{"no limit at all", get("/api/v1/changes?limit=0"), 422, customer.Invalid, "limit"},
		{"a negative limit", get("/api/v1/changes?limit=-5"), 422, customer.Invalid, "limit"},
		{"a huge limit", get("/api/v1/changes?limit=1000000000"), 422, customer.Invalid, "limit"},
		{"a limit beyond numbers", get("/api/v1/changes?limit=99999999999999999999"), 422, customer.Invalid, "limit"},
		{"a wait for ever", get("/api/v1/changes?wait=86400"), 422, customer.Invalid, "wait"},
		{"a negative wait", get("/api/v1/changes?wait=-1"), 422, customer.Invalid, "wait"},
		{"an unknown parameter", get("/api/v1/changes?partner=" + o.theirs.partner.ID), 422, customer.Invalid, "partner"},
		{"a parameter given twice", get("/api/v1/changes?since=1&since=2"), 422, customer.Invalid, ""},
		{"a broken escape", get("/api/v1/changes?since=%zz"), 422, customer.Invalid, ""},
		{"a semicolon", get("/api/v1/changes?since=1;limit=2"), 422, customer.Invalid, ""},
		{"negative events", get(events + "?before=-1"), 422, customer.Invalid, "before"},
		{"huge page of events", get(events + "?limit=100000"), 422, customer.Invalid, "limit"},
		{"a customer that is no UUID", get("/api/v1/customers/1'--/events"), 404, customer.NotFound, ""},
		{"a customer with NUL", get("/api/v1/customers/%00/mails"), 404, customer.NotFound, ""},
		{"a customer that is not UTF-8", get("/api/v1/customers/%ff%fe/mails"), 404, customer.NotFound, ""},
		{"a long customer", get("/api/v1/customers/" + strings.Repeat("a", 2000) + "/mails"), 422, customer.TooLong, "id"},
		{"a way out of the path", get("/api/v1/customers/..%2f..%2fhealthz/mails"), 404, customer.NotFound, ""},
		{"an unknown path", get("/api/v1/partners"), 404, customer.NotFound, ""},
		{"an unknown version", get("/api/v2/meta"), 404, customer.NotFound, ""},
		{"the API itself", get("/api/"), 404, customer.NotFound, ""},
		{"a slash at the end", get("/api/v1/meta/"), 404, customer.NotFound, ""},
		{"the wrong method", call{method: "PUT", path: "/api/v1/meta"}, 405, customer.Invalid, ""},
		{"OPTIONS", call{method: "OPTIONS", path: "/api/v1/session"}, 405, customer.Invalid, ""},
		{"an invented method", call{method: "BREW", path: "/api/v1/changes"}, 405, customer.Invalid, ""},
	}
}

// hostileHeaders would be fine but for their headers.
func hostileHeaders(o *office) []refused {
	with := func(name, value string) call {
		return call{method: "GET", path: "/api/v1/meta", header: map[string]string{name: value}}
	}
	at := func(host string) call { return call{method: "GET", path: "/api/v1/meta", host: host} }
	kind := func(contentType string) call {
		return call{
			method: "POST", path: "/api/v1/session", body: `{"username":"a@b.example","password":"swordfish"}`,
			header: map[string]string{"Content-Type": contentType},
		}
	}
	return []refused{
		{"a foreign origin", with("Origin", "https://evil.example"), 403, customer.Forbidden, ""},
		{"no origin's origin", with("Origin", "null"), 403, customer.Forbidden, ""},
		{"our origin without TLS", with("Origin", "http://desk.example"), 403, customer.Forbidden, ""},
		{"our origin as a beginning", with("Origin", publicURL+".evil.example"), 403, customer.Forbidden, ""},
		{"our origin with a port", with("Origin", publicURL+":8443"), 403, customer.Forbidden, ""},
		{"a cross-site fetch", with("Sec-Fetch-Site", "cross-site"), 403, customer.Forbidden, ""},
		{"a same-site fetch", with("Sec-Fetch-Site", "same-site"), 403, customer.Forbidden, ""},
		{"a rebound name", at("evil.example"), 421, customer.Forbidden, ""},
		{"a rebound name with our port", at("evil.example:7360"), 421, customer.Forbidden, ""},
		{"our name as a beginning", at("desk.example.evil.example"), 421, customer.Forbidden, ""},
		{"another loopback", at("[::1]:7360"), 421, customer.Forbidden, ""},
		{"basic authorization", with("Authorization", "Basic b3VyczpzZWNyZXQ="), 401, customer.Unauthorized, ""},
		{"a bare token", with("Authorization", o.ours.token), 401, customer.Unauthorized, ""},
		{"an empty token", with("Authorization", "Bearer "), 401, customer.Unauthorized, ""},
		{"a token with SQL", with("Authorization", "Bearer ' OR ''='"), 401, customer.Unauthorized, ""},
		{"a sign-in's id for a token", with("Authorization", "Bearer "+o.ours.in.ID), 401, customer.Unauthorized, ""},
		{"a form", kind("application/x-www-form-urlencoded"), 415, customer.Invalid, ""},
		{"plain text", kind("text/plain"), 415, customer.Invalid, ""},
		{"XML", kind("application/xml"), 415, customer.Invalid, ""},
		{"an odd type", kind("a;b+c"), 415, customer.Invalid, ""},
	}
}

func TestAllowedHostsAndOrigins(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	for _, c := range []call{
		{host: "desk.example"},
		{host: "DESK.example:443"},
		{header: map[string]string{"Origin": publicURL}},
		{header: map[string]string{"Sec-Fetch-Site": "none"}},
		{header: map[string]string{"Accept": "text/html"}},
		{header: map[string]string{"Authorization": "bearer " + o.ours.token}},
	} {
		c.method, c.path, c.token = "GET", "/api/v1/meta", o.ours.token
		if a := o.do(c); a.status != http.StatusOK {
			t.Errorf("%+v: %d %s", c, a.status, a.body)
		}
	}
	a := o.do(call{method: "PUT", path: "/api/v1/session"})
	if got := a.header.Get("Allow"); got != "DELETE, POST" {
		t.Errorf("Allow: %q", got)
	}
}
