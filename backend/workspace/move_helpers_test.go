package workspace_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/moving"
	"partnerdesk/backend/workspace"
)

// phc is an argon2id hash within bounds; no test needs its password.
const phc = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"

// fill sets the workspace of this computer up and lets a test fill its Back
// Office beside the desk. The workspace is open, and everything fetched, when
// it returns.
func (b *bench) fill(t *testing.T, with func(*store.Store, store.SignIn)) {
	t.Helper()
	b.setUp(t)
	b.Close()
	office, err := backoffice.Open(t.Context(), backoffice.Options{
		DataDir: filepath.Join(b.dir, "local", "backoffice"), PublicURL: func() string { return "http://127.0.0.1:7360" }, Throwaway: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	with(office.Store(), signInAt(t, office.Store(), "agency@wheels.example"))
	n := len(everybody(t, office.Store(), partnerAt(t, office.Store(), "agency@wheels.example")))
	if err := office.Close(); err != nil {
		t.Fatal(err)
	}
	b.restart(t)
	b.through(t, "everything is here and mailed", func() int {
		page, err := b.desk(t).List(t.Context(), customer.Query{Limit: 5000})
		if err != nil {
			t.Fatal(err)
		}
		left := n - page.Total
		for _, r := range page.Rows {
			if r.MailState == customer.MailQueued {
				left++
			}
		}
		return left
	})
}

// through waits until nothing is left, for as long as it goes on.
func (b *bench) through(t *testing.T, what string, left func() int) {
	t.Helper()
	for n := left(); n > 0; {
		before := n
		b.until(t, what, func() bool { n = left(); return n != before })
	}
}

// signInAt signs the partner's owner in.
func signInAt(t *testing.T, s *store.Store, username string) store.SignIn {
	t.Helper()
	m, hash, err := s.MemberCredentials(t.Context(), username)
	if err != nil {
		t.Fatal(err)
	}
	_, in, err := s.CreateSignIn(t.Context(), m.ID, hash, 1<<50)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func partnerAt(t *testing.T, s *store.Store, username string) string {
	t.Helper()
	p, err := s.PartnerByUsername(t.Context(), username)
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// everybody is all customers of a partner by their usernames.
func everybody(t *testing.T, s *store.Store, partnerID string) map[string]customer.Customer {
	t.Helper()
	page, err := s.Changes(t.Context(), partnerID, 0, 5000)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]customer.Customer{}
	for _, c := range page.Customers {
		all[c.Username] = c
	}
	return all
}

func put(t *testing.T, s *store.Store, in store.SignIn, username string, status customer.Status, hash string) customer.Customer {
	t.Helper()
	f := customer.Diff(customer.Customer{}, customer.Customer{
		Username: username, FirstName: "Anna", LastName: "de Vries", Company: "Bikes", Status: status, Language: "nl",
	})
	if hash != "" {
		f.PasswordHash = &hash
	}
	return apply(t, s, in, customer.Mutation{Kind: customer.Create, CustomerID: uuid.Must(uuid.NewV7()).String(), Fields: f})
}

func change(t *testing.T, s *store.Store, in store.SignIn, c customer.Customer, f customer.Fields) customer.Customer {
	t.Helper()
	return apply(t, s, in, customer.Mutation{Kind: customer.Update, CustomerID: c.ID, BaseRevision: c.Revision, Fields: f, Base: f.Of(c)})
}

func apply(t *testing.T, s *store.Store, in store.SignIn, m customer.Mutation) customer.Customer {
	t.Helper()
	m.ID = uuid.Must(uuid.NewV7()).String()
	r, err := s.Apply(t.Context(), in, m)
	if err != nil || r.Outcome != customer.Applied {
		t.Fatalf("%+v, %v", r, err)
	}
	return *r.Customer
}

// history is all events of a customer, oldest first.
func history(t *testing.T, s *store.Store, partnerID, customerID string) []customer.Event {
	t.Helper()
	var all []customer.Event
	for before := int64(0); ; {
		page, next, err := s.Events(t.Context(), partnerID, customerID, before, 500)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if before = next; next == 0 {
			slices.Reverse(all)
			return all
		}
	}
}

// localHistory is the same of a customer on this computer, as the desk sees it.
func (b *bench) localHistory(t *testing.T, customerID string) []customer.Event {
	t.Helper()
	var all []customer.Event
	for before := int64(0); ; {
		page, err := b.desk(t).Events(t.Context(), customerID, before)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page.Events...)
		if before = page.Before; before == 0 {
			slices.Reverse(all)
			return all
		}
	}
}

// sameStory compares a history that moved with what it was and returns what
// follows it.
func sameStory(t *testing.T, got, want []customer.Event) []customer.Event {
	t.Helper()
	if len(got) <= len(want) {
		t.Fatalf("%d events, want %d and the move", len(got), len(want))
	}
	for i, e := range want {
		have := got[i]
		have.ID = e.ID
		if !reflect.DeepEqual(have, e) {
			t.Fatalf("event %d:\n got %+v\nwant %+v", i, have, e)
		}
	}
	return got[len(want):]
}

func (o *sharedOffice) moveRequest(mailPending bool) workspace.MoveRequest {
	return workspace.MoveRequest{Address: o.url, Username: memberName, Password: memberPassword, MailPending: mailPending}
}

// startMove starts a move that must start.
func (b *bench) startMove(t *testing.T, r workspace.MoveRequest) {
	t.Helper()
	if s, err := b.StartMove(t.Context(), r); err != nil || s.Address != r.Address || s.Username != r.Username {
		t.Fatalf("start: %+v, %v", s, err)
	}
}

// moved waits for the move to end well.
func (b *bench) moved(t *testing.T) workspace.MoveState {
	t.Helper()
	s := b.reaches(t, moving.Done)
	b.until(t, "the workspace says where the customers are", func() bool { return b.State().Workspace.MovedTo == s.Address })
	return s
}

func (b *bench) reaches(t *testing.T, phase moving.Phase) (s workspace.MoveState) {
	t.Helper()
	b.through(t, "the move is "+string(phase), func() int {
		s = b.MoveState()
		if s.Phase != moving.Running && s.Phase != phase {
			t.Fatalf("the move is %+v (%v), want %s", s, s.Problem, phase)
		}
		if s.Phase == phase {
			return 0
		}
		return s.Total - s.Moved - s.RefusedTotal + 1
	})
	return s
}

// atMove calls do with the number of each request to move, from 1 on; when it
// returns false, the Back Office is not asked.
func (o *sharedOffice) atMove(do func(n int, w http.ResponseWriter, r *http.Request) bool) {
	n := make(chan int, 1)
	n <- 0
	o.answers(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/v1/move" {
			now := <-n + 1
			n <- now
			if !do(now, w, r) {
				return
			}
		}
		o.Handler().ServeHTTP(w, r)
	})
}

// loseReply has the Back Office do what is asked, and nobody hear of it.
func (o *sharedOffice) loseReply(w http.ResponseWriter, r *http.Request) {
	o.Handler().ServeHTTP(httptest.NewRecorder(), r)
	hangUp(w, r)
}

// never answers, until the asker goes away.
func (o *sharedOffice) never(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body) // else the end of the connection is not seen
	<-r.Context().Done()
}

func (o *sharedOffice) moves() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, asked := range o.asked {
		if strings.HasPrefix(asked, "POST /api/v1/move ") {
			n++
		}
	}
	return n
}

// eachOnce checks that every customer of this computer is at the shared Back
// Office once, with its history and one event more, or two with a mail.
func (o *sharedOffice) eachOnce(t *testing.T, b *bench, mailed bool) {
	t.Helper()
	page, err := b.desk(t).List(t.Context(), customer.Query{Limit: 5000})
	if err != nil {
		t.Fatal(err)
	}
	there := everybody(t, o.Store(), o.partner)
	if len(there) != page.Total || page.Total == 0 {
		t.Errorf("%d customers there, %d here", len(there), page.Total)
	}
	for _, row := range page.Rows {
		if c := there[row.Username]; c.ID != row.ID || c.Status != row.Status {
			t.Fatalf("%s is %+v there", row.Username, c)
		}
		rest := sameStory(t, history(t, o.Store(), o.partner, row.ID), b.localHistory(t, row.ID))
		mails, err := o.Store().Mails(t.Context(), o.partner, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := 0
		if mailed && there[row.Username].NeedsLink() {
			want = 1
		}
		if len(mails) != want || len(rest) != 1+want || rest[0].Kind != customer.EventMoved {
			t.Fatalf("%s has %d mails there, and after its history %+v", row.Username, len(mails), rest)
		}
	}
}

// login logs a customer in on a Back Office's page and returns where that leads.
func login(t *testing.T, address, username, password string) (status int, path string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"username": {username}, "password": {password}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/login", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := (&http.Client{Jar: jar}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode, answer.Request.URL.Path
}

// kept is what the file of a move holds.
func (b *bench) kept(t *testing.T) (p moving.Progress, raw string) {
	t.Helper()
	file := filepath.Join(b.dir, "local", "move.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("move.json is %v, %v", info.Mode(), err)
	}
	return p, string(text)
}
