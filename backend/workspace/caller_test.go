package workspace_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"partnerdesk/backend/browser"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
)

// TestACallGoesAgainWithAFreshSignIn: the sign-in was ended at the Back Office,
// and syncing, whose question is still open, has not heard.
func TestACallGoesAgainWithAFreshSignIn(t *testing.T) {
	t.Parallel()
	office := share(t, nil)
	b := newBench(t)
	b.connect(t, office)
	c := b.add(t, "anna@bikes.example", customer.Activated, customerWord)
	b.untilPhase(t, syncing.Saved)
	office.setPassword(t, memberPassword) // ends the sign-in
	if err := b.desk(t).LogInAs(t.Context(), c.ID, "", ""); err != nil {
		t.Fatal(err)
	}
	b.add(t, "bob@bikes.example", customer.PendingActivate, "")
	if n := office.signIns(); n != 2 {
		t.Errorf("%d sign-ins, want syncing to use the fresh one", n)
	}
	office.setPassword(t, "blue kingfishers at 5 lakes")
	if err := b.desk(t).LogInAs(t.Context(), c.ID, "", ""); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("with a password that was changed: %v", err)
	}
	if b.State().SignedIn {
		t.Error("the window believes to be signed in")
	}
	b.untilPhase(t, syncing.SignedOut)
	tried := office.signIns()
	if err := b.desk(t).LogInAs(t.Context(), c.ID, "", ""); customer.CodeOf(err) != customer.Unauthorized || office.signIns() != tried {
		t.Errorf("tried a refused password again: %v", err)
	}
}

// TestLinksLeadToTheBackOfficeOnly takes the real way into the system browser.
// Not beside other tests, for it sets the browser.
func TestLinksLeadToTheBackOfficeOnly(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "browser")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ncd "+dir+"\nprintf '%s' \"$1\" > got\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{
		"BROWSER": script, "HOME": dir, "DISPLAY": "", "WAYLAND_DISPLAY": "", "XDG_CURRENT_DESKTOP": "", "DESKTOP_SESSION": "",
		"XDG_DATA_DIRS": dir, "XDG_DATA_HOME": dir, "XDG_CONFIG_HOME": dir, "XDG_CONFIG_DIRS": dir,
	} {
		t.Setenv(name, value)
	}
	away, here := share(t, authority.sign(t, nil)), share(t, nil)
	for i, test := range []struct {
		office *sharedOffice
		public string
		opens  bool
	}{
		{away, "", true},
		{away, "https://customers.wheels.example", true},
		{away, "https://customers.wheels.example:8443/", true},
		{away, "http://customers.wheels.example", false}, // anybody on the way could read the ticket
		{away, "http://127.0.0.1:7360", false},           // it has no business on this computer
		{away, "file://127.0.0.1", false},
		{here, "http://localhost:7360", true},
		{here, "https://customers.wheels.example", true},
		{here, "http://customers.wheels.example", false},
	} {
		b := newBench(t)
		b.browser = func(origins func() []string) desk.Browser { return browser.New(origins) }
		b.again(t)
		b.connect(t, test.office)
		c := b.add(t, strconv.Itoa(i)+"@bikes.example", customer.Activated, customerWord)
		test.office.isPublicAt(test.public)
		err := b.desk(t).LogInAs(t.Context(), c.ID, "", "")
		got, _ := os.ReadFile(filepath.Join(dir, "got"))
		_ = os.Remove(filepath.Join(dir, "got"))
		if opened := len(got) > 0; opened != test.opens || opened != (err == nil) || !opened && customer.CodeOf(err) != customer.Forbidden {
			t.Errorf("%s at %q: opened %q, %v", test.office.url, test.public, got, err)
		}
		if test.opens && !strings.HasPrefix(string(got), strings.TrimSuffix(test.office.publicURL(), "/")+"/enter#") {
			t.Errorf("%s at %q: opened %q", test.office.url, test.public, got)
		}
		test.office.isPublicAt("")
	}
}
