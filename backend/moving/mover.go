package moving

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"partnerdesk/backend/backoff"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Source is where the customers come from.
type Source interface {
	Count(ctx context.Context) (int, error)
	// Accounts returns the accounts after an id, in the order of their ids, each
	// with the first part of its history; none at the end.
	Accounts(ctx context.Context, after string, limit int) ([]api.MovedAccount, error)
	// Events returns the next part of a history, after an event's id, and
	// whether there is more.
	Events(ctx context.Context, customerID string, after int64) ([]customer.Event, bool, error)
}

// Target is where they go: a Back Office that the caller signed in to.
type Target interface {
	SignIn(ctx context.Context, username, password string) (api.Session, error)
	Move(ctx context.Context, r api.MoveRequest) (api.MoveResponse, error)
	Changes(ctx context.Context, since string, limit int, wait time.Duration) (api.Changes, error)
}

// Options are what a Mover is made of. All are required.
type Options struct {
	Source Source
	Keep   func(Progress) error // makes progress safe
	// Refuse makes those safe that were refused in an epoch of the target's
	// data. It is called before they are counted, and again when that failed.
	Refuse  func(epoch string, refused []Refused) error
	OnState func() // called when State says something new; must not block
	Clock   func() time.Time
	Random  func() float64 // in [0,1), to spread tries
	Logger  *slog.Logger
}

// Mover is one move. It is safe for concurrent use.
type Mover struct {
	o        Options
	mu       sync.Mutex
	progress Progress
	told     time.Time // when OnState was last called
}

// New makes a Mover that goes on from p. One that was cut off stands as stopped.
func New(o Options, p Progress) *Mover {
	if p.Phase == Running {
		p.Phase, p.Problem = Stopped, nil
	}
	if p.Refused == nil {
		p.Refused = []Refused{}
	}
	return &Mover{o: o, progress: p}
}

// State says where the move stands.
func (m *Mover) State() State { return m.look().State }

func (m *Mover) look() Progress {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.progress
	p.Refused = slices.Clone(p.Refused)
	return p
}

// minReport is the shortest time between two calls of OnState, but for those
// that tell of more than numbers.
const minReport = 100 * time.Millisecond

// change notes progress and tells of it.
func (m *Mover) change(change func(*Progress)) {
	m.mu.Lock()
	phase, problem := m.progress.Phase, m.progress.Problem
	change(&m.progress)
	now := m.o.Clock()
	news := phase != m.progress.Phase || problem != m.progress.Problem || now.Sub(m.told) >= minReport || now.Before(m.told)
	if news {
		m.told = now
	}
	m.mu.Unlock()
	if news {
		m.o.OnState()
	}
}

// Start makes the move running, and that safe. Call Run then.
func (m *Mover) Start(ctx context.Context) error {
	total, err := m.o.Source.Count(ctx)
	if err != nil {
		return err
	}
	p := m.look()
	p.Phase, p.Problem, p.Total = Running, nil, total
	if err := m.o.Keep(p); err != nil {
		return err
	}
	m.change(func(now *Progress) { *now = p })
	return nil
}

// Run moves until all customers are answered, ctx ends, or something is in the
// way that trying again does not mend. The target is signed in; the password is
// there to sign in again.
func (m *Mover) Run(ctx context.Context, to Target, password string) {
	r := &run{Mover: m, to: to, password: password, backoff: backoff.Backoff{Random: m.o.Random}}
	err := r.all(ctx)
	p := m.look()
	p.Phase, p.Problem = Done, nil
	if err != nil {
		p.Phase, p.Problem = Stopped, m.problem(ctx, err)
	}
	if err := m.o.Keep(p); err != nil {
		m.o.Logger.Error("keep how far the move is", "error", err)
		if p.Phase == Done {
			p.Phase, p.Problem = Stopped, m.problem(ctx, err)
		}
	}
	m.change(func(now *Progress) { *now = p })
}

// problem is why the move stopped; nil when it was told to.
func (m *Mover) problem(ctx context.Context, err error) *customer.Error {
	var e *customer.Error
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	m.o.Logger.Error("move customers", "error", err)
	return customer.Fail(customer.Internal, "Something went wrong. The log has the details.")
}
