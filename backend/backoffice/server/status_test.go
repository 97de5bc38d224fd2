package server

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"partnerdesk/backend/customer"
)

func TestEveryCodeHasItsStatus(t *testing.T) {
	t.Parallel()
	hidden := map[customer.Code]bool{customer.Busy: true, customer.Storage: true} // they name files
	for code, status := range map[customer.Code]int{
		customer.Invalid: 422, customer.Required: 422, customer.TooLong: 422,
		customer.UsernameTaken: 409, customer.Conflict: 409, customer.Waiting: 409,
		customer.NotFound: 404, customer.Unauthorized: 401, customer.Forbidden: 403,
		customer.AccountLocked: 423, customer.LinkInvalid: 410, customer.TooMany: 429,
		customer.Offline: 503, customer.Busy: 503, customer.Storage: 503,
		customer.Version: 426, customer.Untrusted: 502,
		customer.Keyring: 500, customer.Internal: 500, "unheard of": 500,
	} {
		p := problemOf(fmt.Errorf("do something: %w", customer.FailField(code, "field", "A sentence.")))
		shown := p.Detail == "A sentence." && p.Field == "field"
		if p.Status != status || p.Code != code || shown == hidden[code] || p.Title != http.StatusText(status) {
			t.Errorf("%s: %+v", code, p)
		}
	}
}

func TestOtherErrorsStayInside(t *testing.T) {
	t.Parallel()
	p := problemOf(errors.New("open /home/ada/secret: permission denied"))
	if p.Status != 500 || p.Code != customer.Internal || strings.Contains(p.Detail, "secret") {
		t.Errorf("%+v", p)
	}
}

func TestHostAllowed(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		host    string
		allowed []string
		want    bool
	}{
		{"127.0.0.1:7360", []string{"127.0.0.1:7360"}, true},
		{"127.0.0.1:7361", []string{"127.0.0.1:7360"}, false},
		{"localhost:7360", []string{"127.0.0.1:7360", "localhost:7360"}, true},
		{"LOCALHOST:7360", []string{"localhost:7360"}, true},
		{"desk.example", []string{"desk.example"}, true},
		{"desk.example:8443", []string{"desk.example"}, true},
		{"[::1]:7360", []string{"::1"}, true},
		{"[::1]:7360", []string{"[::1]:7360"}, true},
		{"", []string{"desk.example"}, false},
		{"desk.example.evil.example", []string{"desk.example"}, false},
		{"evil.example", nil, false},
	} {
		if got := HostAllowed(test.host, test.allowed); got != test.want {
			t.Errorf("%q of %q: %v", test.host, test.allowed, got)
		}
	}
}
