package load

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

const (
	username = "owner@agency.example"
	secret   = "correct horse battery staple"
	clients  = 8 // at the same time
)

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func p[T any](v T) *T { return &v }

func must(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// office is a Back Office that is served as its program serves it, on a disk
// that is waited for.
func office(b *testing.B) string {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	must(b, err)
	url := "http://" + l.Addr().String()
	o, err := backoffice.Open(b.Context(), backoffice.Options{
		DataDir: filepath.Join(b.TempDir(), "office"), PublicURL: func() string { return url },
		Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})
	must(b, err)
	_, err = o.CreatePartner(b.Context(), username, "Agency", secret)
	must(b, err)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- o.Serve(ctx, l) }()
	b.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			b.Error(err)
		}
		if err := o.Close(); err != nil {
			b.Error(err)
		}
	})
	return url
}

// bare is the yardstick: it reads a request and answers with so many bytes.
func bare(b *testing.B, answer []byte) string {
	b.Helper()
	l, err := new(net.ListenConfig).Listen(b.Context(), "tcp", "127.0.0.1:0")
	must(b, err)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(answer)
	})}
	go func() { _ = s.Serve(l) }()
	b.Cleanup(func() { _ = s.Close() })
	return "http://" + l.Addr().String()
}

// elsewhere makes each request come from another address, as a trusted proxy
// tells it: many desks share one machine here.
type elsewhere struct {
	next *http.Transport
	n    atomic.Uint32
}

func (e *elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	n := e.n.Add(1)
	r.Header.Set("X-Forwarded-For", netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)}).String())
	return e.next.RoundTrip(r)
}

// desk is a client that is signed in.
func desk(b *testing.B, url string) *client.Client {
	b.Helper()
	c := stranger(b, url)
	_, err := c.SignIn(b.Context(), username, secret)
	must(b, err)
	return c
}

func stranger(b *testing.B, url string) *client.Client {
	b.Helper()
	c, err := client.New(url, &http.Client{Transport: &elsewhere{next: &http.Transport{MaxIdleConnsPerHost: 64}}})
	must(b, err)
	return c
}

func person() customer.Mutation {
	id := newID()
	return customer.Mutation{ID: newID(), CustomerID: id, Kind: customer.Create, Fields: customer.Fields{
		Username: p(id + "@shop.example"), FirstName: p("Anna"), LastName: p("de Vries"), Company: p("Delft Bikes"),
		City: p("Delft"), Country: p("NL"), Language: p("nl"), Status: p(customer.Locked), Notes: p("Prefers to be called in the morning."),
	}}
}

// drive makes b.N calls, several at a time, and reports what they took.
func drive(b *testing.B, call func() error) {
	b.Helper()
	took := make([]time.Duration, b.N)
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for range clients {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(b.N); i = next.Add(1) - 1 {
				began := time.Now()
				if err := call(); err != nil {
					b.Error(err)
					return
				}
				took[i] = time.Since(began)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	report(b, took)
}

func report(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	milliseconds := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "calls/s")
	b.ReportMetric(milliseconds(0.5), "p50-ms")
	b.ReportMetric(milliseconds(0.99), "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// fill makes n customers, a multiple of 200.
func fill(b *testing.B, c *client.Client, n int) {
	b.Helper()
	for made := 0; made < n; made += 200 {
		batch := make([]customer.Mutation, 200)
		for i := range batch {
			batch[i] = person()
		}
		_, err := c.Mutate(b.Context(), batch)
		must(b, err)
	}
}
