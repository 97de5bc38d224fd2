package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

func TestSignInAndOut(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	a := o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: "OURS@agency.example", Password: secret}})
	s := into[api.Session](t, a)
	if s.Partner != o.ours.partner || s.Token == "" || s.ExpiresAt != customer.At(o.clock.Now().Add(30*24*time.Hour)) {
		t.Errorf("session %+v", s)
	}
	for name, want := range map[string]string{
		"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "Content-Type": "application/json",
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	meta := call{method: "GET", path: "/api/v1/meta", token: s.Token}
	m := into[api.Meta](t, o.do(meta))
	if m.Name != "Test Office" || m.Version != "1.2.3" || len(m.Destinations) != 3 || m.Destinations[0].ID != "profile" {
		t.Errorf("meta %+v", m)
	}
	if a := o.do(call{method: "DELETE", path: "/api/v1/session", token: s.Token}); a.status != http.StatusNoContent {
		t.Errorf("sign out: %d", a.status)
	}
	if a := o.do(meta); a.status != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", a.status)
	}
	o.clock.pass(2 * time.Hour)
	if a := o.do(call{method: "GET", path: "/api/v1/meta", token: o.ours.token}); a.status != http.StatusUnauthorized {
		t.Errorf("after the sign-in expired: %d", a.status)
	}
}

func TestSignInDoesNotTellWhetherAnAccountExists(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	wrong := o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: "ours@agency.example", Password: "not it"}})
	unknown := o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: "nobody@agency.example", Password: "not it"}})
	if wrong.status != http.StatusUnauthorized || string(wrong.body) != string(unknown.body) {
		t.Errorf("wrong password: %d %s\nunknown account: %d %s", wrong.status, wrong.body, unknown.status, unknown.body)
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	for range 3 {
		_, err := o.store.Apply(t.Context(), o.ours.in, create(newID()+"@shop.example"))
		check(t, err)
	}
	seen := map[string]bool{}
	cursor, pages := "", 0
	for more := true; more; pages++ {
		page := into[api.Changes](t, o.do(call{method: "GET", token: o.ours.token, path: "/api/v1/changes?limit=2&since=" + cursor}))
		for _, c := range page.Customers {
			seen[c.ID] = true
		}
		cursor, more = page.Next, page.More
	}
	if len(seen) != 4 || seen[o.theirs.customer] || pages != 2 {
		t.Errorf("%d customers in %d pages", len(seen), pages)
	}
	empty := o.do(call{method: "GET", token: o.ours.token, path: "/api/v1/changes?since=" + cursor})
	if page := into[api.Changes](t, empty); page.Next != cursor || !strings.Contains(string(empty.body), `"customers":[]`) {
		t.Errorf("at the end: %s", empty.body)
	}
}

func TestMutationsAreIdempotent(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	send := call{method: "POST", path: "/api/v1/mutations", token: o.ours.token}
	first := create("new@shop.example")
	send.body = api.MutationsRequest{Mutations: []customer.Mutation{first, create("NEW@shop.example"), first}}
	once := into[api.MutationsResponse](t, o.do(send))
	if got := outcomes(once); got != "applied rejected applied" {
		t.Fatalf("outcomes %s", got)
	}
	if e := once.Results[1].Error; e == nil || e.Code != customer.UsernameTaken || e.Field != "username" {
		t.Errorf("error %+v", e)
	}
	again := into[api.MutationsResponse](t, o.do(send))
	if outcomes(again) != outcomes(once) || again.Results[0].Customer.Revision != once.Results[0].Customer.Revision {
		t.Errorf("sent again: %+v", again)
	}
	all, err := o.store.Changes(t.Context(), o.ours.partner.ID, 0, 100)
	check(t, err)
	if len(all.Customers) != 2 {
		t.Errorf("%d customers, want 2", len(all.Customers))
	}
}

func outcomes(r api.MutationsResponse) string {
	var words []string
	for _, result := range r.Results {
		words = append(words, string(result.Outcome))
	}
	return strings.Join(words, " ")
}

func TestLogInAs(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	ask := call{
		method: "POST", path: "/api/v1/customers/" + o.ours.customer + "/login-as", token: o.ours.token,
		body: api.LogInAsRequest{Reason: " to help ", Destination: "password"},
	}
	link := into[api.Link](t, o.do(ask))
	u, err := url.Parse(link.URL)
	check(t, err)
	if u.Scheme+"://"+u.Host != publicURL || u.RawQuery != "" || len(u.Fragment) < 43 ||
		link.ExpiresAt != customer.At(o.clock.Now().Add(time.Minute)) {
		t.Errorf("link %+v", link)
	}
	_, session, err := o.store.RedeemTicket(t.Context(), u.Fragment)
	check(t, err)
	if !session.Visit || session.Reason != "to help" || session.Destination != "password" {
		t.Errorf("session %+v", session)
	}
	visits := into[api.Visits](t, o.do(call{method: "GET", path: "/api/v1/visits", token: o.ours.token})).Visits
	if len(visits) != 1 || visits[0].CustomerID != o.ours.customer {
		t.Fatalf("visits %+v", visits)
	}
	end := call{method: "DELETE", path: "/api/v1/visits/" + visits[0].ID, token: o.theirs.token}
	if a := o.do(end); a.status != http.StatusNotFound {
		t.Errorf("another partner ends the visit: %d", a.status)
	}
	end.token = o.ours.token
	if a := o.do(end); a.status != http.StatusNoContent {
		t.Errorf("end the visit: %d %s", a.status, a.body)
	}
	c := into[api.Changes](t, o.do(call{method: "GET", path: "/api/v1/changes", token: o.ours.token})).Customers[0]
	_, err = o.store.Apply(t.Context(), o.ours.in, lock(c))
	check(t, err)
	if a := o.do(ask); a.status != http.StatusLocked || a.problem.Code != customer.AccountLocked {
		t.Errorf("locked: %d %+v", a.status, a.problem)
	}
}

func TestMailsAndHistory(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	base := "/api/v1/customers/" + o.ours.customer
	sent := into[api.ActivationMail](t, o.do(call{
		method: "POST", path: base + "/activation-mail", token: o.ours.token, body: api.ActivationMailRequest{Deliver: true},
	}))
	if sent.Kind != customer.MailActivation || sent.State != customer.MailQueued || !strings.HasPrefix(sent.Link, publicURL+"/") {
		t.Errorf("mail %+v", sent)
	}
	id := o.saveMails()
	mails := into[api.Mails](t, o.do(call{method: "GET", path: base + "/mails", token: o.ours.token})).Mails
	if len(mails) == 0 || mails[0].ID != id || mails[0].State != customer.MailSaved || mails[0].Link != sent.Link ||
		!strings.Contains(mails[0].Text, sent.Link) {
		t.Errorf("mails %+v", mails)
	}
	events := into[api.Events](t, o.do(call{method: "GET", path: base + "/events?limit=2", token: o.ours.token}))
	if len(events.Events) != 2 || events.Before == 0 {
		t.Fatalf("events %+v", events)
	}
	copied := into[api.ActivationMail](t, o.do(call{
		method: "POST", path: base + "/activation-mail", token: o.ours.token, body: api.ActivationMailRequest{},
	}))
	if copied.State != "" || copied.Link == "" || copied.Link == sent.Link {
		t.Errorf("link to hand over: %+v", copied)
	}
}

func TestEveryCallNeedsASignInAndOnesOwnCustomer(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	theirs := "/api/v1/customers/" + o.theirs.customer
	update := lock(customer.Customer{ID: o.theirs.customer, Status: customer.PendingActivate})
	for _, c := range []struct {
		call
		foreign int // the answer to a partner whose customer it is not; zero when it concerns no customer
	}{
		{call{method: "DELETE", path: "/api/v1/session"}, 0},
		{call{method: "GET", path: "/api/v1/meta"}, 0},
		{call{method: "GET", path: "/api/v1/changes"}, 0},
		{call{method: "POST", path: "/api/v1/mutations", body: api.MutationsRequest{Mutations: []customer.Mutation{update}}}, 0},
		{call{method: "POST", path: "/api/v1/move", body: api.MoveRequest{Accounts: []api.MovedAccount{arriving("x@shop.example")}}}, 0},
		{call{method: "POST", path: theirs + "/login-as", body: api.LogInAsRequest{}}, http.StatusNotFound},
		{call{method: "POST", path: theirs + "/activation-mail", body: api.ActivationMailRequest{}}, http.StatusNotFound},
		{call{method: "GET", path: theirs + "/events"}, http.StatusNotFound},
		{call{method: "GET", path: theirs + "/mails"}, http.StatusNotFound},
		{call{method: "GET", path: "/api/v1/visits"}, 0},
		{call{method: "GET", path: "/api/v1/members"}, 0},
		{call{method: "POST", path: "/api/v1/members", body: api.NewMember{}}, 0},
		{call{method: "PATCH", path: "/api/v1/members/" + o.theirs.in.Member.ID, body: api.MemberChange{}}, http.StatusNotFound},
		{call{method: "POST", path: "/api/v1/password", body: api.PasswordChange{}}, 0},
		{call{method: "DELETE", path: "/api/v1/visits/" + newID()}, http.StatusNotFound},
	} {
		for _, token := range []string{"", "forged", strings.Repeat("a", 43), o.ours.token + "x", strings.Repeat("x", 5000)} {
			c.token = token
			a := o.do(c.call)
			if a.status != http.StatusUnauthorized || a.problem.Code != customer.Unauthorized || a.header.Get("WWW-Authenticate") != "Bearer" {
				t.Errorf("%s %s with token %.10q: %d %+v", c.method, c.path, token, a.status, a.problem)
			}
		}
		c.token = o.ours.token
		if c.foreign == 0 {
			continue
		}
		if a := o.do(c.call); a.status != c.foreign || a.problem.Code != customer.NotFound {
			t.Errorf("%s %s of another partner: %d %+v", c.method, c.path, a.status, a.problem)
		}
	}
	a := o.do(call{method: "POST", path: "/api/v1/mutations", token: o.ours.token, body: api.MutationsRequest{Mutations: []customer.Mutation{update}}})
	r := into[api.MutationsResponse](t, a).Results[0]
	if r.Outcome != customer.Rejected || r.Error == nil || r.Error.Code != customer.NotFound || r.Customer != nil {
		t.Errorf("mutation of another partner's customer: %+v", r)
	}
}
