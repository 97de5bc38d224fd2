package workspace_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/workspace"
)

// refuse connects a new desk to an address and expects to be told why not.
func refuse(t *testing.T, c workspace.Connection, code customer.Code, field, message string) {
	t.Helper()
	b := newBench(t)
	b.Start(t.Context(), false)
	_, err := b.Connect(t.Context(), c)
	var e *customer.Error
	if !errors.As(err, &e) || e.Code != code || e.Field != field || e.Message != message {
		t.Errorf("error = %#v", err)
	}
	if s := b.State(); s.Screen != workspace.ScreenWelcome || len(s.Known) != 0 || len(b.keyring.secrets) != 0 {
		t.Errorf("state = %+v", s)
	}
}

func at(address string) workspace.Connection {
	return workspace.Connection{Address: address, Username: memberName, Password: memberPassword}
}

func TestNoBackOfficeAtTheAddress(t *testing.T) {
	t.Parallel()
	web := func(h http.HandlerFunc) func(*testing.T) string {
		return func(t *testing.T) string {
			s := httptest.NewServer(h)
			t.Cleanup(s.Close)
			return s.URL
		}
	}
	const nothing = "Nothing answers at this address. Check the address, and that the Back Office is running."
	const other = "What answers at this address is not a Back Office."
	for _, test := range []struct {
		name    string
		address func(*testing.T) string
		message string
	}{
		{"no server of this name", func(*testing.T) string {
			return strings.Repeat("a", 64) + ".example" // a name that can't be, so that nobody has to be asked
		}, "There is no server of this name. Check the address."},
		{"nothing listens", func(t *testing.T) string { return fmt.Sprintf("http://127.0.0.1:%d", closedPort(t)) }, nothing},
		{"hangs up", hangingUp, "The Back Office can't be reached."},
		{"a web site", web(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "<p>Welcome!</p>", http.StatusOK) }), other},
		{"a web site without this page", web(http.NotFound), other},
		{"a web site that asks to sign in", web(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", "Basic")
			http.Error(w, "Who are you?", http.StatusUnauthorized)
		}), other},
		{"another API", web(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"status":"fine"}`))
		}), other},
		{"a proxy with nothing behind it", web(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "Bad gateway", http.StatusBadGateway)
		}), "The Back Office does not answer."},
		{"moved", web(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example"+r.URL.Path, http.StatusPermanentRedirect)
		}), "The Back Office sends us to another address. Check the address."},
		{"http where https is meant", func(t *testing.T) string {
			return "https://" + strings.TrimPrefix(web(http.NotFound)(t), "http://")
		}, "What answers at this address does not speak https."},
		{"https where http is meant", func(t *testing.T) string {
			return "http://" + strings.TrimPrefix(share(t, authority.sign(t, nil)).url, "https://")
		}, other},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			refuse(t, at(test.address(t)), customer.Offline, "address", test.message)
		})
	}
}

// hangingUp is the address of a server that takes a call and says nothing.
func hangingUp(t *testing.T) string {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_ = c.Close()
		}
	}()
	return "http://" + l.Addr().String()
}

func TestACertificateIsOnlyTrustedWhenItIsRight(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("this system's authorities can't be replaced for a test")
	}
	stranger := newAuthority("Stranger")
	for _, test := range []struct {
		name        string
		certificate *tls.Certificate
		message     string
	}{
		{"trusted", authority.sign(t, nil), ""},
		{"expired", authority.sign(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }),
			"The Back Office's certificate has expired. Whoever runs the Back Office has to renew it."},
		{"not valid yet", authority.sign(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(30 * time.Minute) }),
			"The Back Office's certificate is not valid yet. Check the date of this computer."},
		{"wrong name", authority.sign(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"desk.example.com"} }),
			"The Back Office's certificate is for another name than this address. Check the address."},
		{"unknown authority", stranger.sign(t, nil),
			"The Back Office's certificate comes from an authority that this computer does not know, so anybody could have made it."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			office := share(t, test.certificate)
			if test.message != "" {
				refuse(t, office.connection(), customer.Untrusted, "address", test.message)
				return
			}
			b := newBench(t)
			if s := b.connect(t, office); s.Workspace.Address != office.url {
				t.Errorf("state = %+v", s)
			}
			b.add(t, "anna@bikes.example", customer.PendingActivate, "")
		})
	}
}

func TestAWrongUsernameOrPasswordIsToldBesideIt(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	wrong := office.connection()
	wrong.Password = "another"
	stranger := office.connection()
	stranger.Username = "bob@wheels.example"
	for _, c := range []workspace.Connection{wrong, stranger} {
		refuse(t, c, customer.Unauthorized, "password", "The username or the password is not right.")
	}
	b := newBench(t)
	b.Start(t.Context(), false)
	var err error
	for range 20 {
		if _, err = b.Connect(t.Context(), wrong); customer.CodeOf(err) == customer.TooMany {
			break
		}
	}
	if customer.CodeOf(err) != customer.TooMany || !strings.Contains(err.Error(), "Too many") {
		t.Errorf("after many attempts: %v", err)
	}
}

// TestAnotherVersionIsToldAndSignedOutOf: an answer without a contract is an
// older Back Office's.
func TestAnotherVersionIsToldAndSignedOutOf(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		contract any
		message  string
	}{
		{nil, "This Back Office is older than this Partner Desk. Whoever runs it has to update it first."},
		{api.Contract - 1, "This Back Office is older than this Partner Desk. Whoever runs it has to update it first."},
		{api.Contract + 1, "This Back Office is newer than this Partner Desk. Update Partner Desk first."},
	} {
		office := share(t, nil)
		office.answers(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodPost {
				office.Handler().ServeHTTP(w, r)
				return
			}
			real := httptest.NewRecorder()
			office.Handler().ServeHTTP(real, r)
			var answer map[string]any
			if err := json.Unmarshal(real.Body.Bytes(), &answer); err != nil {
				t.Error(err)
			}
			delete(answer, "contract")
			if test.contract != nil {
				answer["contract"] = test.contract
			}
			w.Header().Set("Content-Type", "application/json")
			if err := json.NewEncoder(w).Encode(answer); err != nil {
				t.Error(err)
			}
		})
		refuse(t, office.connection(), customer.Version, "", test.message)
		if n := len(office.asked); n != 2 || !strings.HasPrefix(office.asked[1], "DELETE /api/v1/session Bearer ") {
			t.Errorf("asked %q, want the sign-in ended", office.asked)
		}
	}
}
