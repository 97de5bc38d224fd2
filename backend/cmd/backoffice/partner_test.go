package main

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

const otherSecret = "a quite different phrase 7"

func TestPartnersWhileServing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := serve(t, dir)
	addPartner(t, dir)
	must(t, run(t, otherSecret, "partner", "add", "--data", dir, "--username", "bob@other.example", "--name", "Bob & Sons"))

	c := s.client(t)
	must(t, run(t, otherSecret+"\n", "partner", "password", "--data", dir, "--username", "ADA@agency.example"))
	if _, err := c.Meta(t.Context()); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("a sign-in outlived its password: %v", err)
	}
	if err := s.signIn(t, secret); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("the old password: %v", err)
	}
	check(t, s.signIn(t, otherSecret))

	must(t, run(t, "", "partner", "disable", "--data", dir, "--username", username))
	if err := s.signIn(t, otherSecret); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("a disabled partner signs in: %v", err)
	}
	table := must(t, run(t, "", "partner", "list", "--data", dir)).out
	if lines := strings.Split(table, "\n"); len(lines) != 4 || !strings.HasPrefix(lines[1], username+"  Ada's Agency  1 ") ||
		strings.HasSuffix(lines[1], " no") || !strings.HasSuffix(lines[2], " no") {
		t.Errorf("the list is\n%s", table)
	}
	must(t, run(t, "", "partner", "enable", "--data", dir, "--username", username))
	check(t, s.signIn(t, otherSecret))

	var all []struct {
		Username   string
		Members    int
		DisabledAt int64 `json:"disabled_at"`
	}
	check(t, json.Unmarshal([]byte(must(t, run(t, "", "partner", "list", "--json", "--data", dir)).out), &all))
	if len(all) != 2 || all[0].Username != username || all[0].Members != 1 || all[0].DisabledAt != 0 {
		t.Errorf("%+v", all)
	}
	s.stop(t)
}

// A desk that waits for changes is answered within its poll at the latest, and
// not let in again.
func TestDisablingEndsLongPolls(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := serve(t, dir)
	addPartner(t, dir)
	c := s.client(t)
	page, err := c.Changes(t.Context(), "", 0, 0)
	check(t, err)
	waited := make(chan error, 1)
	go func() {
		_, err := c.Changes(t.Context(), page.Next, 0, 2e9)
		waited <- err
	}()
	must(t, run(t, "", "partner", "disable", "--data", dir, "--username", username))
	if err := <-waited; err != nil && customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("the poll: %v", err)
	}
	if _, err := c.Changes(t.Context(), page.Next, 0, 2e9); customer.CodeOf(err) != customer.Unauthorized {
		t.Errorf("the next poll: %v", err)
	}
	s.stop(t)
}

func TestPartnerMistakes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	addPartner(t, dir)
	for _, test := range []struct {
		name, stdin string
		args        []string
		code        int
		want        string
	}{
		{"no email address", secret, []string{"add", "--username", "ada", "--name", "A"}, exitUsage, "--username must be an email address"},
		{"no name", secret, []string{"add", "--username", "b@agency.example"}, exitUsage, "--name must be the partner's name"},
		{"no data", secret, []string{"add", "--data", ""}, exitUsage, "--data is needed"},
		{"no password", "", []string{"add", "--username", "b@agency.example", "--name", "B"}, exitFailed, "standard input holds no password"},
		{"two lines", "one\ntwo\n", []string{"add", "--username", "b@agency.example", "--name", "B"}, exitFailed, "on one line"},
		{"a weak password", "password\n", []string{"add", "--username", "b@agency.example", "--name", "B"}, exitFailed, "password"},
		{"a taken username", secret, []string{"add", "--username", "ADA@agency.example", "--name", "B"}, exitFailed, "already"},
		{"nobody's password", secret, []string{"password", "--username", "b@agency.example"}, exitFailed, "can't be found"},
		{"a weak new password", "password\n", []string{"password", "--username", username}, exitFailed, "password"},
		{"disabling nobody", "", []string{"disable", "--username", "b@agency.example"}, exitFailed, "can't be found"},
		{"enabling nobody", "", []string{"enable", "--username", "b@agency.example"}, exitFailed, "can't be found"},
		{"disabling without a name", "", []string{"disable"}, exitUsage, "--username must be an email address"},
		{"a folder without a Back Office", "", []string{"list", "--data", filepath.Join(dir, "typo")}, exitUsage, "--data names a folder that holds no Back Office"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"partner", test.args[0], "--data", dir}, test.args[1:]...)
			r := run(t, test.stdin, args...)
			if r.code != test.code || !strings.HasPrefix(r.err, "backoffice partner "+test.args[0]+": ") || !strings.Contains(r.err, test.want) ||
				strings.Count(r.err, "\n") != 1 {
				t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
			}
		})
	}
}

// A username is never taken from the environment, where NAME is the office's.
func TestThePartnersNameIsItsOwn(t *testing.T) {
	t.Parallel()
	r := runWith(t, []string{"BACKOFFICE_NAME=Our Office"}, secret, "partner", "add", "--data", t.TempDir(), "--username", username)
	if r.code != exitUsage || !strings.Contains(r.err, "--name must be") {
		t.Errorf("%+v", r)
	}
}

func (s *served) signIn(t *testing.T, password string) error {
	t.Helper()
	c, err := client.New(s.url, nil)
	check(t, err)
	_, err = c.SignIn(t.Context(), username, password)
	var e *customer.Error
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	return err
}
