package backoffice_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

// TestSuspended: customers are told why, mails wait, and the desk goes on.
func TestSuspended(t *testing.T) {
	t.Parallel()
	r := run(t)
	c := r.client(t)
	r.Suspend("The accounts are now at https://desk.example. Log in there.")
	for _, path := range []string{"/login", "/activate?token=x", "/forgot"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.url+path, nil)
		check(t, err)
		resp, err := http.DefaultClient.Do(req)
		check(t, err)
		text, err := io.ReadAll(resp.Body)
		check(t, err)
		check(t, resp.Body.Close())
		if resp.StatusCode != http.StatusServiceUnavailable || !strings.Contains(string(text), "now at https://desk.example") {
			t.Errorf("%s: %d %s", path, resp.StatusCode, text)
		}
	}
	m := newCustomer("ada@shop.example")
	_, err := c.Mutate(t.Context(), []customer.Mutation{m})
	check(t, err)
	page, err := c.Changes(t.Context(), "", 0, 0)
	check(t, err)
	r.Suspend("") // the queue wakes, and the mail is saved
	if status, _ := r.get(t, "/login", ""); status != http.StatusOK {
		t.Errorf("after it: %d", status)
	}
	if page.Customers[0].MailState != customer.MailQueued {
		t.Errorf("mail while suspended: %s", page.Customers[0].MailState)
	}
	for page.Customers[0].MailState != customer.MailSaved {
		page, err = c.Changes(t.Context(), page.Next, 0, 30e9)
		check(t, err)
		if len(page.Customers) != 1 {
			t.Fatal("the mail still waits")
		}
	}
}
