package syncing_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/server"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

const (
	username = "partner@agency.example"
	secret   = "correct horse battery"
)

// office is a real Back Office behind a wire that can be cut.
type office struct {
	*store.Store
	url   string
	stop  chan struct{}
	in    store.SignIn // another desk's
	token atomic.Value // the last one seen on the wire

	mu    sync.Mutex
	fault func(w http.ResponseWriter, r *http.Request, next http.Handler)
	paths []string // asked for, in order
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func p[T any](v T) *T { return &v }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func openOffice(t *testing.T) *office {
	t.Helper()
	dir := t.TempDir()
	s, err := store.Open(t.Context(), filepath.Join(dir, "backoffice.db"), store.Options{
		Throwaway: true, PublicURL: func() string { return "http://127.0.0.1" },
		Compose: func(mail.Letter) (mail.Content, error) { return mail.Content{Subject: "x", Text: "x", HTML: "x"}, nil },
	})
	must(t, err)
	hasher := password.NewHasher(2)
	hash, err := hasher.Hash(t.Context(), secret)
	must(t, err)
	_, owner, err := s.CreatePartner(t.Context(), username, "Agency", hash)
	must(t, err)
	o := &office{Store: s, stop: make(chan struct{})}
	_, o.in, err = s.CreateSignIn(t.Context(), owner.ID, hash, time.Hour)
	must(t, err)
	api, err := server.New(server.Options{
		Store: s, Mails: mail.Files{Dir: filepath.Join(dir, "mail")}, Passwords: hasher,
		PublicURL: func() string { return "http://127.0.0.1" }, Stopping: o.stop,
	})
	must(t, err)
	web := httptest.NewServer(o.wire(api))
	o.url = web.URL
	t.Cleanup(func() { close(o.stop); web.Close(); _ = s.Close() })
	return o
}

func (o *office) wire(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		fault := o.fault
		o.paths = append(o.paths, r.URL.Path)
		o.mu.Unlock()
		if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			o.token.Store(token)
		}
		if fault == nil {
			next.ServeHTTP(w, r)
			return
		}
		fault(w, r, next)
	})
}

// breaks makes the wire do something else with requests; nil mends it.
func (o *office) breaks(fault func(http.ResponseWriter, *http.Request, http.Handler)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fault = fault
}

func (o *office) asked(path string) (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, have := range o.paths {
		if strings.HasSuffix(have, path) {
			n++
		}
	}
	return n
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func person(name string) customer.Fields {
	return customer.Fields{
		Username: p(name + "@shop.example"), FirstName: p("Ann"), LastName: p("Lee"), Company: p("Shop"),
		Language: p("en"), Status: p(customer.PendingActivate),
	}
}

// elsewhere applies a change as another desk of the same partner would.
func (o *office) elsewhere(t *testing.T, m customer.Mutation) customer.Customer {
	t.Helper()
	if m.ID == "" {
		m.ID = newID()
	}
	res, err := o.Apply(t.Context(), o.in, m)
	must(t, err)
	if res.Outcome != customer.Applied && res.Outcome != customer.Merged {
		t.Fatalf("elsewhere: %+v, %v", res, res.Error)
	}
	return *res.Customer
}

func (o *office) all(t *testing.T) map[string]customer.Customer {
	t.Helper()
	feed, err := o.Changes(t.Context(), o.in.Partner.ID, 0, 1000)
	must(t, err)
	byID := map[string]customer.Customer{}
	for _, c := range feed.Customers {
		byID[c.ID] = c
	}
	return byID
}

// desk is a replica that is kept in step with an office.
type desk struct {
	*replica.Replica
	*syncing.Syncer
	told     chan struct{} // something was reported
	messages sync.Map      // of the reported states
	password atomic.Value
	stop     func()
}

func openDesk(t *testing.T, o *office) *desk {
	t.Helper()
	return openDeskOn(t, o, filepath.Join(t.TempDir(), "replica.db"))
}

// openDeskOn opens a desk on a replica that may be there already.
func openDeskOn(t *testing.T, o *office, path string) *desk {
	t.Helper()
	r, err := replica.Open(t.Context(), path, replica.Options{Clock: time.Now, NewID: newID})
	must(t, err)
	c, err := client.New(o.url, nil)
	must(t, err)
	d := &desk{Replica: r, told: make(chan struct{}, 1)}
	d.password.Store(secret)
	tell := func() {
		select {
		case d.told <- struct{}{}:
		default:
		}
	}
	d.Syncer = syncing.New(syncing.Options{
		Replica: r, Remote: c, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		Credential: func(context.Context) (string, string, error) {
			if d.password.Load() == "" {
				return "", "", customer.Fail(customer.Unauthorized, "You are signed out.")
			}
			return username, d.password.Load().(string), nil
		},
		OnState: func(s syncing.State) { d.messages.Store(s.Message, true); tell() }, OnChange: tell,
		Random: func() float64 { return 0 },
	})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { d.Run(ctx); close(ended) }()
	d.stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(func() { d.stop(); _ = r.Close() })
	return d
}

// until waits for a condition that a report can bring about.
func (d *desk) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit := time.NewTimer(2 * time.Minute)
	defer limit.Stop()
	for !ok() {
		select {
		case <-d.told:
		case <-limit.C:
			t.Fatalf("never %s; state %+v", what, d.State())
		}
	}
}

func (d *desk) untilPhase(t *testing.T, phase syncing.Phase) {
	t.Helper()
	d.until(t, string(phase), func() bool { return d.State().Phase == phase })
}

func (d *desk) record(t *testing.T, id string) customer.Record {
	t.Helper()
	rec, err := d.Get(t.Context(), id)
	if customer.CodeOf(err) != customer.NotFound {
		must(t, err)
	}
	return rec
}

func (d *desk) create(t *testing.T, name string) string {
	t.Helper()
	id := newID()
	_, err := d.Enqueue(t.Context(), customer.Mutation{
		ID: newID(), CustomerID: id, Kind: customer.Create, Fields: person(name),
	}, "")
	must(t, err)
	return id
}

func (d *desk) edit(t *testing.T, id string, f customer.Fields) {
	t.Helper()
	rec, settles := d.record(t, id), ""
	if rec.Problem != nil {
		settles = rec.Problem.MutationID
	}
	_, err := d.Enqueue(t.Context(), customer.Mutation{
		ID: newID(), CustomerID: id, Kind: customer.Update, BaseRevision: rec.Customer.Revision, Fields: f,
	}, settles)
	must(t, err)
}
