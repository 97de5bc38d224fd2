package syncing_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net"
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
	file  string
	url   string
	stop  chan struct{}
	in    store.SignIn // another desk's
	token atomic.Value // the last one seen on the wire

	handler http.Handler
	web     *httptest.Server

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
	partner, err := s.CreatePartner(t.Context(), username, "Agency", hash)
	must(t, err)
	o := &office{Store: s, file: filepath.Join(dir, "backoffice.db"), stop: make(chan struct{})}
	_, o.in, err = s.CreateSignIn(t.Context(), partner.ID, time.Hour)
	must(t, err)
	api, err := server.New(server.Options{
		Store: s, Mails: mail.Files{Dir: filepath.Join(dir, "mail")}, Passwords: hasher,
		PublicURL: func() string { return "http://127.0.0.1" }, Stopping: o.stop,
	})
	must(t, err)
	o.handler = o.wire(api)
	o.web = httptest.NewServer(o.handler)
	o.url = o.web.URL
	t.Cleanup(func() { close(o.stop); o.web.Close(); _ = s.Close() })
	return o
}

// goAway stops serving; comeBack serves at the same address again.
func (o *office) goAway(t *testing.T) {
	t.Helper()
	o.web.CloseClientConnections()
	o.web.Close()
}

func (o *office) comeBack(t *testing.T) {
	t.Helper()
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", strings.TrimPrefix(o.url, "http://"))
	must(t, err)
	o.web = httptest.NewUnstartedServer(o.handler)
	must(t, o.web.Listener.Close())
	o.web.Listener = l
	o.web.Start()
}

// forget removes a customer, as a backup from before it was made does.
func (o *office) forget(t *testing.T, id string) {
	t.Helper()
	db, err := sql.Open("sqlite", o.file)
	must(t, err)
	for _, table := range []string{"links", "mails", "events", "tickets", "sessions"} {
		_, err := db.ExecContext(t.Context(), "DELETE FROM "+table+" WHERE customer_id = ?", id)
		must(t, err)
	}
	_, err = db.ExecContext(t.Context(), "DELETE FROM customers WHERE id = ?", id)
	must(t, err)
	must(t, db.Close())
}

// makeMany makes customers as fast as SQLite can.
func (o *office) makeMany(t *testing.T, n int) {
	t.Helper()
	first := o.elsewhere(t, customer.Mutation{CustomerID: newID(), Kind: customer.Create, Fields: person("first")})
	db, err := sql.Open("sqlite", o.file)
	must(t, err)
	columns := "partner_id, first_name, last_name, company, phone, website, street, postal_code, city, country, language, " +
		"status, lock_reason, notes, tags, password_hash, created_at, activated_at, last_login_at, mail_id, mail_kind, " +
		"mail_state, mail_error, mail_at, link_expires_at"
	_, err = db.ExecContext(t.Context(), `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO customers (id, username, username_key, revision, `+columns+`)
		SELECT printf('0190a000-0000-7000-8000-%012d', i), i || '@many.example', i || '@many.example',
		(SELECT value FROM counters) + i, `+columns+` FROM customers, n WHERE customers.id = ?`, n-1, first.ID)
	must(t, err)
	_, err = db.ExecContext(t.Context(), "UPDATE counters SET value = value + ?", n)
	must(t, err)
	must(t, db.Close())
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
	password atomic.Value
	onState  atomic.Value // func(syncing.State); may be unset
	probes   atomic.Int32
	stop     func()
}

// openDesk makes a desk and lets it run.
func openDesk(t *testing.T, o *office) *desk {
	t.Helper()
	d := newDesk(t, o)
	d.run(t)
	return d
}

// remote is a client that counts its probes.
type remote struct {
	*client.Client
	desk *desk
}

func (r remote) Reachable(ctx context.Context) bool {
	reached := r.Client.Reachable(ctx)
	r.desk.probes.Add(1)
	r.desk.tell()
	return reached
}

func (d *desk) tell() {
	select {
	case d.told <- struct{}{}:
	default:
	}
}

func newDesk(t *testing.T, o *office) *desk {
	t.Helper()
	r, err := replica.Open(t.Context(), filepath.Join(t.TempDir(), "replica.db"),
		replica.Options{Clock: time.Now, NewID: newID})
	must(t, err)
	c, err := client.New(o.url, nil)
	must(t, err)
	d := &desk{Replica: r, told: make(chan struct{}, 1)}
	d.password.Store(secret)
	d.Syncer = syncing.New(syncing.Options{
		Replica: r, Remote: remote{c, d}, Clock: time.Now, Logger: slog.New(slog.DiscardHandler),
		Credential: func(context.Context) (string, string, error) {
			if d.password.Load() == "" {
				return "", "", customer.Fail(customer.Unauthorized, "You are signed out.")
			}
			return username, d.password.Load().(string), nil
		},
		OnState: func(s syncing.State) {
			if told, ok := d.onState.Load().(func(syncing.State)); ok {
				told(s)
			}
			d.tell()
		},
		OnChange: d.tell,
		Random:   func() float64 { return 0 },
	})
	t.Cleanup(func() { _ = r.Close() })
	return d
}

func (d *desk) run(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { d.Run(ctx); close(ended) }()
	d.stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(d.stop)
}

// contextUntil is a context that ends when done closes.
func contextUntil(t *testing.T, done <-chan struct{}) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		select {
		case <-done:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// until waits for a condition that a report can bring about.
func (d *desk) until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	limit := time.NewTimer(30 * time.Second)
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
	})
	must(t, err)
	return id
}

func (d *desk) edit(t *testing.T, id string, f customer.Fields) {
	t.Helper()
	_, err := d.Enqueue(t.Context(), customer.Mutation{ID: newID(), CustomerID: id, Kind: customer.Update, Fields: f})
	must(t, err)
}
