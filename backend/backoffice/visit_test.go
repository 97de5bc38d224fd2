package backoffice_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

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
