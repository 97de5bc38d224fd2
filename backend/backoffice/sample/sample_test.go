package sample_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/sample"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

const phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

var monday = time.Date(2026, 11, 23, 14, 30, 0, 0, time.UTC)

func options(dir string) sample.Options {
	return sample.Options{DataDir: dir, PublicURL: "http://127.0.0.1:7360", Username: "you@agency.example", Name: "Sample Agency",
		PasswordHash: phc, Customers: 300, Seed: 7, Now: monday}
}

func made(t testing.TB, o sample.Options) (*store.Store, api.Partner, []customer.Customer) {
	t.Helper()
	p, err := sample.Make(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(o.DataDir, "backoffice.db"), store.Options{Clock: func() time.Time { return o.Now }, Compose: mail.Compose})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	all, err := s.Changes(t.Context(), p.ID, 0, 5000)
	if err != nil {
		t.Fatal(err)
	}
	return s, p, all.Customers
}

func TestMake(t *testing.T) {
	t.Parallel()
	o := options(t.TempDir())
	s, p, all := made(t, o)
	if len(all) != o.Customers {
		t.Fatalf("%d customers, want %d", len(all), o.Customers)
	}
	count := map[string]int{}
	for _, c := range all {
		if err := customer.Validate(c); err != nil {
			t.Errorf("%s: %v", c.Username, err)
		}
		if !strings.HasSuffix(c.Username, ".example") || (c.Website != "" && !strings.HasSuffix(c.Website, ".example")) {
			t.Errorf("%s, %s: not at .example", c.Username, c.Website)
		}
		count[string(c.Status)]++
		count["in "+c.Country]++
		recent := customer.At(o.Now.Add(-3 * 24 * time.Hour))
		for what, is := range map[string]bool{
			"expired":      c.Status == customer.PendingActivate && c.LinkExpiresAt != 0 && c.LinkExpiresAt < customer.At(o.Now),
			"can activate": c.Status == customer.PendingActivate && c.LinkExpiresAt > customer.At(o.Now),
			"new":          c.CreatedAt > recent,
			"just in":      c.LastLoginAt > recent,
			"old":          c.CreatedAt < customer.At(o.Now.AddDate(-1, 0, 0)),
			"no password":  c.Status == customer.Activated && !c.HasPassword,
			"reasons":      c.Status == customer.Locked && c.LockReason != "",
			"tags":         len(c.Tags) > 0,
		} {
			if is {
				count[what]++
			}
		}
		if c.MailState == customer.MailQueued {
			t.Errorf("%s: a mail is still queued", c.Username)
		}
	}
	for what, least := range map[string]int{
		"pending_activate": 20, "activated": 150, "locked": 15, "expired": 3, "can activate": 3, "new": 4, "just in": 10,
		"old": 40, "no password": 3, "reasons": 15, "tags": 100, "in NL": 50, "in DE": 25, "in PL": 5, "in TR": 3,
	} {
		if count[what] < least {
			t.Errorf("%s: %d, want at least %d", what, count[what], least)
		}
	}
	t.Log(count)
	checkHistories(t, s, p, all, o)
}

func checkHistories(t *testing.T, s *store.Store, p api.Partner, all []customer.Customer, o sample.Options) {
	t.Helper()
	kinds := map[customer.EventKind]int{}
	files := mail.Files{Dir: filepath.Join(o.DataDir, "mail")}
	for _, c := range all {
		events, _, err := s.Events(t.Context(), p.ID, c.ID, 0, 500)
		if err != nil {
			t.Fatal(err)
		}
		last := customer.At(o.Now)
		for _, e := range events {
			kinds[e.Kind]++
			if e.At > last || e.At < c.CreatedAt {
				t.Errorf("%s: %s at %s is out of order", c.Username, e.Kind, e.At.Time())
			}
			last = e.At
		}
		mails, err := s.Mails(t.Context(), p.ID, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			text, link, err := files.Read(m.ID)
			if err != nil || text == "" || (m.LinkExpiresAt != 0 && link == "") {
				t.Errorf("mail %s of %s: link %q, %v", m.ID, c.Username, link, err)
			}
			if m.LinkExpiresAt != 0 {
				_, token, _ := strings.Cut(link, "token=")
				if _, _, err := s.LinkOwner(t.Context(), token); err != nil {
					t.Errorf("the link in mail %s doesn't work: %v", m.ID, err)
				}
			}
		}
	}
	for _, kind := range []customer.EventKind{customer.EventCreated, customer.EventChanged, customer.EventStatusChanged,
		customer.EventMailSaved, customer.EventActivated, customer.EventLoggedIn, customer.EventVisited,
		customer.EventVisitEnded, customer.EventPasswordChanged} {
		if kinds[kind] < 5 {
			t.Errorf("only %d events %s", kinds[kind], kind)
		}
	}
	t.Log(kinds)
	open, err := s.Visits(t.Context(), p.ID)
	if err != nil || len(open) != 0 {
		t.Errorf("open visits %v, %v", open, err)
	}
}

func TestSameSeedSamePeople(t *testing.T) {
	t.Parallel()
	_, _, one := made(t, options(t.TempDir()))
	_, _, two := made(t, options(t.TempDir()))
	if !reflect.DeepEqual(one, two) {
		t.Error("two runs differ")
	}
	o := options(t.TempDir())
	o.Seed = 8
	_, _, three := made(t, o)
	if reflect.DeepEqual(one, three) {
		t.Error("another seed made the same")
	}
}

// TestEveryHour makes sure that no moment of the week, and no seed, breaks a history.
func TestEveryHour(t *testing.T) {
	t.Parallel()
	for i := range 8 {
		o := options(t.TempDir())
		o.Customers, o.Seed, o.Now = 60, uint64(i), monday.Add(time.Duration(i)*25*time.Hour+time.Duration(i*7)*time.Minute)
		if _, err := sample.Make(t.Context(), o); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		dir, err := os.MkdirTemp(b.TempDir(), "")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sample.Make(b.Context(), options(dir)); err != nil {
			b.Fatal(err)
		}
	}
}
