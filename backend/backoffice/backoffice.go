package backoffice

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/backoffice/trace"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// Options say where a Back Office keeps its data and how it is reached.
type Options struct {
	DataDir   string        // made when missing, readable by the user alone
	Name      string        // shown to partners and customers
	Version   string        // of the program
	PublicURL func() string // where customers reach it, such as http://127.0.0.1:7360
	Clock     func() time.Time
	Logger    *slog.Logger
	Hosts     func() []string // allowed Host values; nil: any
	// Proxies are the networks of reverse proxies that are trusted to say, in
	// X-Forwarded-For, whose request they hand on.
	Proxies []netip.Prefix
	// ProxiesOnly refuses requests that come neither from one of them nor from
	// this machine, for a Back Office that others reach over plain http.
	ProxiesOnly bool
	Meter       Meter // nil: nothing is counted
	// Throwaway trades safety against a power cut for speed, for the sample
	// workspace.
	Throwaway bool
	// InUse says that another program serves the data. Its database is not
	// upgraded then: Busy when it is of an older version.
	InUse bool
}

// BackOffice is an open Back Office.
type BackOffice struct {
	options   Options
	store     *store.Store
	passwords *password.Hasher
	mails     mail.Files
	queue     *mail.Queue
	handler   http.Handler
	pages     gate

	stop     sync.Once
	stopping chan struct{} // closed when waiting requests must end
}

// hashesAtOnce bounds the memory and the processors that password hashing
// takes: each hash needs 19 MiB.
const hashesAtOnce = 2

// Open opens the Back Office in o.DataDir, making it when there is none. The
// caller must Close it. A database that can't be used is a *customer.Error.
func Open(ctx context.Context, o Options) (*BackOffice, error) {
	if o.DataDir == "" || o.PublicURL == nil {
		return nil, errors.New("back office: DataDir and PublicURL are needed")
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	o.Logger = slog.New(trace.Handler(o.Logger.Handler()))
	if o.Meter == nil {
		o.Meter = noMeter{}
	}
	if o.Name == "" {
		o.Name = "Back Office"
	}
	if err := os.MkdirAll(o.DataDir, 0o700); err != nil {
		o.Logger.Error("make data folder", "error", err)
		return nil, customer.Fail(customer.Storage, "The folder for the Back Office's data can't be made.")
	}
	b := &BackOffice{
		options: o, passwords: password.NewHasher(hashesAtOnce),
		mails: mail.Files{Dir: filepath.Join(o.DataDir, "mail")}, stopping: make(chan struct{}),
	}
	var err error
	b.store, err = store.Open(ctx, File(o.DataDir), store.Options{
		Clock: o.Clock, NewID: newID, Random: rand.Reader, PublicURL: o.PublicURL,
		Compose: mail.Compose, MailQueued: func() { b.queue.Wake() }, Throwaway: o.Throwaway, InUse: o.InUse,
	})
	if err != nil {
		return nil, fmt.Errorf("open the back office's database: %w", err)
	}
	b.queue = mail.NewQueue(outbox{b.store, o.Meter}, b.mails, o.Clock, o.Logger)
	if b.handler, err = b.newHandler(); err != nil {
		return nil, errors.Join(err, b.store.Close())
	}
	return b, nil
}

// File is the database file of the Back Office in a folder.
func File(dataDir string) string { return filepath.Join(dataDir, "backoffice.db") }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// Handler serves everything: the API, the customer pages and /healthz.
func (b *BackOffice) Handler() http.Handler { return b.handler }

// Store is the database, for who moves its customers away or puts a backup back.
func (b *BackOffice) Store() *store.Store { return b.store }

// Run sends mails and clears away what has expired, until ctx ends.
func (b *BackOffice) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { b.queue.Run(ctx) })
	running.Go(func() { b.sweep(ctx) })
	running.Wait()
}

// sweepEvery is how often expired links, tickets and sessions are removed.
// They stop working at their own moment, whether removed or not.
const sweepEvery = 15 * time.Minute

func (b *BackOffice) sweep(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := b.store.Sweep(ctx); err != nil && ctx.Err() == nil {
			b.options.Logger.ErrorContext(ctx, "clear away what has expired", "error", err)
		}
		b.backUp(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// backUp makes today's backup of the database if it is not there yet.
func (b *BackOffice) backUp(ctx context.Context) {
	if b.options.Throwaway {
		return
	}
	if _, err := b.store.BackupDaily(ctx); err != nil && ctx.Err() == nil {
		b.options.Logger.ErrorContext(ctx, "daily backup", "error", err)
	}
}

// Close ends waiting requests and closes the database. Stop serving, and end
// Run, before.
func (b *BackOffice) Close() error {
	b.endWaiting()
	return b.store.Close()
}

func (b *BackOffice) endWaiting() { b.stop.Do(func() { close(b.stopping) }) }
