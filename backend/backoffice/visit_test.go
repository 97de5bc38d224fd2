package backoffice_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// browser is a web browser without script.
type browser struct {
	t    *testing.T
	http *http.Client
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	check(t, err)
	return &browser{t, &http.Client{Jar: jar}}
}

// visit gets a page, or posts a form, and returns the address and text of the
// page where that ends.
func (b *browser) visit(address string, form url.Values) (status int, path, text string) {
	b.t.Helper()
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.t.Context(), method, address, body)
	check(b.t, err)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	resp, err := b.http.Do(r)
	check(b.t, err)
	page, err := io.ReadAll(resp.Body)
	check(b.t, err)
	check(b.t, resp.Body.Close())
	return resp.StatusCode, resp.Request.URL.Path, string(page)
}

// TestLogInAsTwoCustomersSideBySide goes from the desk's click to the pages.
func TestLogInAsTwoCustomersSideBySide(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	b := newBrowser(t)
	var accounts []string
	for _, username := range []string{"ada@shop.example", "bob@shop.example"} {
		m := newCustomer(username)
		_, err := c.Mutate(t.Context(), []customer.Mutation{m})
		check(t, err)
		link, err := c.LogInAs(t.Context(), m.CustomerID, "a question", "activity")
		check(t, err)
		page, ticket, _ := strings.Cut(link.URL, "#")
		form := url.Values{"ticket": {ticket}}
		status, path, text := b.visit(page, form)
		if status != http.StatusOK || path != "/c/"+m.CustomerID+"/activity" || !strings.Contains(text, "Our Agency") {
			t.Fatalf("%s: %d at %s\n%s", username, status, path, text)
		}
		accounts = append(accounts, r.url+path)
		if status, _, _ := newBrowser(t).visit(page, form); status == http.StatusOK {
			t.Errorf("%s: the ticket worked twice", username)
		}
	}
	for _, account := range accounts {
		if status, path, _ := b.visit(account, nil); status != http.StatusOK || !strings.HasSuffix(account, path) {
			t.Errorf("%s: %d at %s", account, status, path)
		}
	}
	visits, err := c.Visits(t.Context())
	check(t, err)
	if len(visits) != 2 {
		t.Fatalf("visits %+v", visits)
	}
	check(t, c.SignOut(t.Context())) // ends every visit begun from this sign-in
	for _, account := range accounts {
		if status, path, _ := b.visit(account, nil); status == http.StatusOK && strings.HasSuffix(account, path) {
			t.Errorf("%s: still open after the partner signed out", account)
		}
	}
}

// TestAVisitNeverNests: what a visit holds opens nothing else, neither the API,
// where visits begin, nor another account; and a desk's token is no session.
func TestAVisitNeverNests(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	one, two := newCustomer("ada@shop.example"), newCustomer("bob@shop.example")
	_, err := c.Mutate(t.Context(), []customer.Mutation{one, two})
	check(t, err)
	link, err := c.LogInAs(t.Context(), one.CustomerID, "", "")
	check(t, err)
	page, ticket, _ := strings.Cut(link.URL, "#")
	b := newBrowser(t)
	_, _, _ = b.visit(page, url.Values{"ticket": {ticket}})
	account, err := url.Parse(r.url + "/c/" + one.CustomerID + "/profile")
	check(t, err)
	cookies := b.http.Jar.Cookies(account)
	if len(cookies) != 1 {
		t.Fatalf("cookies %v", cookies)
	}
	for _, token := range []string{cookies[0].Value, ticket} {
		inside, err := client.New(r.url, nil)
		check(t, err)
		inside.SetToken(token)
		if _, err := inside.LogInAs(t.Context(), two.CustomerID, "", ""); customer.CodeOf(err) != customer.Unauthorized {
			t.Errorf("a visit began another: %v", err)
		}
		if _, err := inside.Changes(t.Context(), "", 10, 0); customer.CodeOf(err) != customer.Unauthorized {
			t.Errorf("a visit read the partner's customers: %v", err)
		}
	}
	session, err := c.SignIn(t.Context(), partnerName, plainPassword)
	check(t, err)
	for _, token := range []string{cookies[0].Value, session.Token} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+"/c/"+two.CustomerID+"/profile", nil)
		check(t, err)
		req.AddCookie(&http.Cookie{Name: cookies[0].Name, Value: token})
		resp, err := http.DefaultClient.Do(req)
		check(t, err)
		check(t, resp.Body.Close())
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("another account answered %d", resp.StatusCode)
		}
	}
}
