package store

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/backoffice/mail"
	"partnerdesk/backend/sqlitedb"
)

//go:embed migrations/*.sql
var migrations embed.FS

// How long things last.
const (
	LinkLifetime    = 7 * 24 * time.Hour  // activation and set-your-password links
	ResetLifetime   = time.Hour           // reset-your-password links
	TicketLifetime  = time.Minute         // log-in-as tickets
	VisitLifetime   = time.Hour           // log-in-as sessions
	SessionLifetime = 14 * 24 * time.Hour // a customer's own sessions
)

// Options are what a Store needs from outside. Compose is required.
type Options struct {
	Clock  func() time.Time // nil: time.Now
	NewID  func() string    // UUIDv7; nil: made from the machine's clock
	Random io.Reader        // for tokens; nil: crypto/rand
	// PublicURL is where customers reach the pages, without a slash at the end.
	PublicURL func() string
	Compose   func(mail.Letter) (mail.Content, error)
	// MailQueued is called after a commit that queued mail; may be nil.
	MailQueued func()
	// Throwaway trades safety against a power cut for speed, for workspaces
	// that can be made again.
	Throwaway bool
	// InUse says that a server has the database open; it is not upgraded then.
	InUse bool
}

// Store is the Back Office's database. It is safe for concurrent use.
type Store struct {
	db *sqlitedb.DB
	o  Options

	mu      sync.Mutex
	waiting map[string]chan struct{} // by partner; closed at the next change
	counted map[string]counted       // by partner: the last count of the feed
}

var _ mail.Outbox = (*Store)(nil)

// Open opens the database at path, making or upgrading it as needed. The
// caller closes the Store.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Compose == nil {
		return nil, errors.New("open the back office's database: no way to compose mails given")
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.NewID == nil {
		o.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.PublicURL == nil {
		o.PublicURL = func() string { return "" }
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	db, err := sqlitedb.Open(ctx, sqlitedb.Options{Path: path, Migrations: files, Clock: o.Clock, Throwaway: o.Throwaway, InUse: o.InUse})
	if err != nil {
		return nil, fmt.Errorf("open the back office's database: %w", err)
	}
	s := &Store{db: db, o: o, waiting: map[string]chan struct{}{}, counted: map[string]counted{}}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// prepare makes SQLite overwrite what is erased, so that no token of a mail
// that went out lingers in a free page.
func (s *Store) prepare(ctx context.Context) error {
	if _, err := s.db.Write.ExecContext(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return fmt.Errorf("prepare the back office's database: %w", err)
	}
	return nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	var n int
	if err := s.db.Read.QueryRowContext(ctx, "SELECT count(*) FROM counters").Scan(&n); err != nil {
		return fmt.Errorf("reach the back office's database: %w", err)
	}
	return nil
}

// Changed returns a channel that is closed at the next change to one of the
// partner's customers or visits, or when a sign-in of its members ends. Ask for it before reading, so that nothing
// falls between.
func (s *Store) Changed(partnerID string) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.waiting[partnerID]
	if !ok {
		c = make(chan struct{})
		s.waiting[partnerID] = c
	}
	return c
}

func (s *Store) announce(partners map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range partners {
		if c, ok := s.waiting[id]; ok {
			close(c)
			delete(s.waiting, id)
		}
	}
}
