package importing

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"

	"partnerdesk/backend/customer"
)

// Replica is the local database, as far as an import needs it.
type Replica interface {
	ByUsername(ctx context.Context, usernames []string) (map[string]customer.Record, error)
	Perform(ctx context.Context, a customer.Action, changes []customer.Mutation) error
	Setting(ctx context.Context, key string, into any) (bool, error)
	SetSetting(ctx context.Context, key string, value any) error
}

// Options are what an Importer is made of. All but TempDir are required.
type Options struct {
	Replica Replica
	// Work runs a job on many customers, the only one at the time; Busy while there
	// is another.
	Work func(ctx context.Context, title string, total int, work func(ctx context.Context, done func(int)) error) (cancelled bool, err error)
	// Change runs do while nobody else changes customers; an error when nothing
	// may be changed.
	Change  func(ctx context.Context, do func() error) error
	OnState func() // called when State says something new; must not block
	Clock   func() time.Time
	NewID   func() string // UUIDv7
	Logger  *slog.Logger
	// TempDir is where rows wait; empty for the system's.
	TempDir string
}

// Importer is the import of an open workspace: one file at a time. It is safe
// for concurrent use.
type Importer struct {
	o    Options
	mu   sync.Mutex
	file *opened // nil: none is open
	told time.Time
}

// opened is a file under import. Its fields change under Importer.mu, but what a
// job works on while it runs.
type opened struct {
	File
	dir    string // of its own, for rows that wait
	state  State
	plan   Plan
	cancel context.CancelFunc // of the job under way; nil: none
	ended  chan struct{}      // closed when that job has ended

	rows   *spool
	seen   seen
	others []uint32
	lists  map[Kind]*index
	failed *spool // rows that the run did not take in, each with its reason
}

// New makes an Importer.
func New(o Options) *Importer { return &Importer{o: o} }

// State says where the import stands.
func (i *Importer) State() State {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.file == nil {
		return State{Phase: None}
	}
	return i.file.state
}

// minReport is the shortest time between two calls of OnState, but for those
// that tell of another phase.
const minReport = 100 * time.Millisecond

// tell changes the state and tells of it.
func (i *Importer) tell(f *opened, change func(*State)) {
	i.mu.Lock()
	phase := f.state.Phase
	change(&f.state)
	now := i.o.Clock()
	news := phase != f.state.Phase || now.Sub(i.told) >= minReport || now.Before(i.told)
	if news {
		i.told = now
	}
	i.mu.Unlock()
	if news {
		i.o.OnState()
	}
}

func nothingOpen() error {
	return customer.Fail(customer.NotFound, "No file is open. Choose one first.")
}

func busy() error {
	return customer.Fail(customer.Busy, "This import is still at work. Wait for it, or cancel it.")
}

// current returns the file that is open and has no job under way.
func (i *Importer) current() (*opened, error) {
	switch {
	case i.file == nil:
		return nil, nothingOpen()
	case i.file.cancel != nil:
		return nil, busy()
	}
	return i.file, nil
}

// start runs a job on the open file, which ends with the phase that it returns.
func (i *Importer) start(phase Phase, ready func(*opened) error, job func(context.Context, *opened) (Phase, error)) (State, error) {
	i.mu.Lock()
	f, err := i.current()
	if err == nil {
		err = ready(f)
	}
	if err != nil {
		i.mu.Unlock()
		return State{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	f.cancel, f.ended = cancel, make(chan struct{})
	before := f.state.Phase
	f.state.Phase, f.state.Done, f.state.Total, f.state.Problem = phase, 0, 0, nil
	state := f.state
	i.mu.Unlock()
	go func() {
		defer close(f.ended)
		next, err := job(ctx, f)
		if err != nil && phase == Rehearsing {
			next = before
			if next == Rehearsed || next == Done || next == Stopped {
				next = Opened // its lists are gone
			}
		} else if err != nil {
			next = Stopped
		}
		problem := i.problem(ctx, err)
		cancel()
		i.tell(f, func(s *State) { s.Phase, s.Problem, f.cancel = next, problem, nil })
	}()
	return state, nil
}

// problem is why a job ended early; nil when it did not or was told to.
func (i *Importer) problem(ctx context.Context, err error) *customer.Error {
	var e *customer.Error
	switch {
	case err == nil || ctx.Err() != nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	i.o.Logger.Error("import customers", "error", err)
	return customer.Fail(customer.Internal, "Something went wrong. The log has the details.")
}

// Cancel ends the job under way, if any; what a run has taken in stays.
func (i *Importer) Cancel() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.file != nil && i.file.cancel != nil {
		i.file.cancel()
	}
}

// Close ends the job under way and forgets the file.
func (i *Importer) Close() {
	i.mu.Lock()
	f := i.file
	i.file = nil
	i.mu.Unlock()
	if f == nil {
		return
	}
	i.mu.Lock()
	cancel, ended := f.cancel, f.ended
	i.mu.Unlock()
	if cancel != nil {
		cancel()
		<-ended
	}
	f.drop()
	if err := os.RemoveAll(f.dir); err != nil {
		i.o.Logger.Error("remove the rows of an import", "error", err)
	}
}

// drop closes what a rehearsal and a run made; the folder is removed as a whole.
func (f *opened) drop() {
	if f.rows != nil {
		_ = f.rows.close()
	}
	f.dropLists()
	f.rows = nil
}

func (f *opened) dropLists() {
	for _, list := range f.lists {
		_ = list.close()
	}
	if f.failed != nil {
		_ = f.failed.close()
	}
	f.lists, f.failed = nil, nil
}
