package workspace_test

import (
	"cmp"
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
	"partnerdesk/backend/workspace"
)

const (
	memberName     = "ann@wheels.example"
	memberPassword = "grey herons over 4 canals"
)

// sharedOffice is a real Back Office on a wire that can be cut, as several desks
// would share it.
type sharedOffice struct {
	*backoffice.BackOffice
	url     string
	partner string // its id

	mu     sync.Mutex
	public string           // where customers reach it; empty for url
	fault  http.HandlerFunc // answers in the place of the Back Office; nil for none
	asked  []string         // method, path and token, in order
}

// share serves a Back Office with one partner; over https with a certificate.
func share(t *testing.T, certificate *tls.Certificate, bend ...func(*backoffice.Options)) *sharedOffice {
	t.Helper()
	o := &sharedOffice{}
	options := backoffice.Options{DataDir: t.TempDir(), Name: "Wheel Office", Version: "test", PublicURL: o.publicURL}
	for _, b := range bend {
		b(&options)
	}
	var err error
	o.BackOffice, err = backoffice.Open(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	partner, err := o.CreatePartner(t.Context(), memberName, "Wheel Agency", memberPassword)
	if err != nil {
		t.Fatal(err)
	}
	o.partner = partner.ID
	web := httptest.NewUnstartedServer(http.HandlerFunc(o.serve))
	web.Config.ErrorLog = log.New(io.Discard, "", 0)
	if certificate != nil {
		web.TLS = &tls.Config{Certificates: []tls.Certificate{*certificate}}
		web.StartTLS()
	} else {
		web.Start()
	}
	o.url = web.URL
	t.Cleanup(func() {
		if err := o.Close(); err != nil { // ends what waits
			t.Error(err)
		}
		web.Close()
	})
	return o
}

func (o *sharedOffice) publicURL() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return cmp.Or(o.public, o.url)
}

// isPublicAt makes links lead to another address than desks talk to.
func (o *sharedOffice) isPublicAt(url string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.public = url
}

func (o *sharedOffice) serve(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	fault := o.fault
	o.asked = append(o.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("Authorization"))
	o.mu.Unlock()
	if fault != nil {
		fault(w, r)
		return
	}
	o.Handler().ServeHTTP(w, r)
}

// answers makes something else answer; nil mends it.
func (o *sharedOffice) answers(fault http.HandlerFunc) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.fault = fault
}

// signIns counts how often somebody signed in.
func (o *sharedOffice) signIns() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, asked := range o.asked {
		if asked == "POST /api/v1/session " {
			n++
		}
	}
	return n
}

// hangUp is an answer that never comes.
func hangUp(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// setPassword gives the member another password at the Back Office, which ends
// its sign-ins.
func (o *sharedOffice) setPassword(t *testing.T, word string) {
	t.Helper()
	hash, err := password.NewHasher(1).Hash(t.Context(), word)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Store().SetMemberPassword(t.Context(), memberName, hash); err != nil {
		t.Fatal(err)
	}
}

// usernames are those of the customers at the Back Office.
func (o *sharedOffice) usernames(t *testing.T) map[string]bool {
	t.Helper()
	page, err := o.Store().Changes(t.Context(), o.partner, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, c := range page.Customers {
		names[c.Username] = true
	}
	return names
}

func (o *sharedOffice) connection() workspace.Connection {
	return workspace.Connection{Address: o.url, Username: memberName, Password: memberPassword}
}

// connect starts the desk, if need be, and connects it as the owner.
func (b *bench) connect(t *testing.T, o *sharedOffice) workspace.State {
	t.Helper()
	return b.connectAs(t, o.connection())
}

func (b *bench) connectAs(t *testing.T, c workspace.Connection) workspace.State {
	t.Helper()
	if s := b.State(); s.Screen == workspace.ScreenWelcome {
		b.Start(t.Context(), false)
	}
	s, err := b.Connect(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// queue saves a new customer and does not wait for the Back Office.
func (b *bench) queue(t *testing.T, username string) customer.Customer {
	t.Helper()
	c := b.desk(t).NewCustomer()
	c.Username, c.FirstName, c.LastName, c.Company = username, "Anna", "de Vries", "Bikes"
	r, err := b.desk(t).Save(t.Context(), desk.Edit{New: true, Customer: c})
	if err != nil {
		t.Fatal(err)
	}
	return r.Customer
}

func (b *bench) has(t *testing.T, username string) func() bool {
	return func() bool {
		t.Helper()
		page, err := b.desk(t).List(t.Context(), customer.Query{Text: username, Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		return page.Total == 1
	}
}

func (b *bench) restart(t *testing.T) workspace.State {
	t.Helper()
	b.again(t)
	return b.Start(t.Context(), false)
}
