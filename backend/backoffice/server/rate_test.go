package server_test

import (
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

func TestSignInIsLimitedPerAccount(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	try := func(username, password string) answer {
		return o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: username, Password: password}})
	}
	for range 20 { // a success costs nothing
		if a := try("theirs@agency.example", secret); a.status != http.StatusOK {
			t.Fatalf("sign in: %d", a.status)
		}
	}
	for range 10 {
		if a := try("Ours@Agency.example", "not it"); a.status != http.StatusUnauthorized {
			t.Fatalf("wrong password: %d", a.status)
		}
	}
	a := try("ours@agency.example", secret)
	if a.status != http.StatusTooManyRequests || a.problem.Code != customer.TooMany || a.header.Get("Retry-After") != "30" {
		t.Errorf("even the right password: %d %+v after %q", a.status, a.problem, a.header.Get("Retry-After"))
	}
	if a := try("theirs@agency.example", secret); a.status != http.StatusOK {
		t.Errorf("another account: %d", a.status)
	}
	o.clock.pass(30 * time.Second)
	if a := try("ours@agency.example", secret); a.status != http.StatusOK {
		t.Errorf("after waiting: %d", a.status)
	}
}

// TestOneAddressLocksNobodyOut guesses from one address; the partner signs in
// from another.
func TestOneAddressLocksNobodyOut(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("needs a second loopback address")
	}
	o := open(t, nil)
	try := func(from, password string) int {
		dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		client := &http.Client{Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true}}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, o.url+"/api/v1/session",
			strings.NewReader(`{"username":"ours@agency.example","password":"`+password+`"}`))
		check(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Host = "desk.example"
		answer, err := client.Do(r)
		check(t, err)
		check(t, answer.Body.Close())
		return answer.StatusCode
	}
	last := 0
	for range 40 {
		last = try("127.0.0.1", "guess")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the guesser got %d", last)
	}
	if got := try("127.0.0.2", secret); got != http.StatusOK {
		t.Errorf("the partner got %d", got)
	}
}

func TestSignInIsLimitedPerAddress(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	var last answer
	for range 51 {
		last = o.do(call{method: "POST", path: "/api/v1/session", body: api.Credentials{Username: newID() + "@guess.example", Password: "x"}})
	}
	if last.status != http.StatusTooManyRequests || last.header.Get("Retry-After") == "" {
		t.Errorf("status %d", last.status)
	}
}

func TestLogInAsIsLimitedPerPartner(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	ask := func(s signedIn) answer {
		return o.do(call{method: "POST", path: "/api/v1/customers/" + s.customer + "/login-as", token: s.token, body: api.LogInAsRequest{}})
	}
	for range 120 {
		if a := ask(o.ours); a.status != http.StatusOK {
			t.Fatalf("within the allowance: %d %s", a.status, a.body)
		}
	}
	if a := ask(o.ours); a.status != http.StatusTooManyRequests {
		t.Errorf("beyond it: %d", a.status)
	}
	if a := ask(o.theirs); a.status != http.StatusOK {
		t.Errorf("another partner: %d", a.status)
	}
}
