package syncing

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Replica is the local database, as far as syncing needs it.
type Replica interface {
	// Changed returns a channel that is closed after the next change.
	Changed() <-chan struct{}
	Waiting(ctx context.Context) (customer.WaitingChanges, error)
	// Outgoing returns mutations to send now and marks them attempted.
	Outgoing(ctx context.Context, limit int) ([]customer.Mutation, error)
	Settle(ctx context.Context, results ...customer.Result) error
	Absorb(ctx context.Context, customers []customer.Customer, cursor string) error
	Cursor(ctx context.Context) (string, error)
	// Follow reports whether the feed's epoch is another than before: then
	// everything is asked for anew, from an empty cursor.
	Follow(ctx context.Context, epoch string) (restarted bool, err error)
	// Complete says that the feed was read to its end.
	Complete(ctx context.Context) error
}

// Remote is the Back Office, as far as syncing needs it. Failures are a
// *customer.Error: offline when no answer came, unauthorized when the sign-in
// has ended or the credential is wrong. SignIn makes later calls use its token.
type Remote interface {
	SignIn(ctx context.Context, username, password string) (api.Session, error)
	Changes(ctx context.Context, since string, limit int, wait time.Duration) (api.Changes, error)
	Mutate(ctx context.Context, mutations []customer.Mutation) ([]customer.Result, error)
	// Reachable tells within a second whether the Back Office can serve.
	Reachable(ctx context.Context) bool
}

// Options are what a Syncer is made of.
type Options struct {
	Replica Replica          // required
	Remote  Remote           // required
	Clock   func() time.Time // required
	Logger  *slog.Logger     // required; nothing of a customer is logged but ids
	// Credential returns what to sign in with. A failure leaves the desk signed
	// out until Wake, with the failure as the message. Required.
	Credential func(ctx context.Context) (username, password string, err error)
	// OnState is told of each new state, one at a time and in order; may be nil.
	OnState func(State)
	// OnChange is told that customers in the replica changed, at most about ten
	// times a second; may be nil.
	OnChange func()
	// Random returns a number in [0,1) for the jitter; nil for the usual one.
	Random func() float64
}

// Syncer keeps one replica and one Back Office in step.
type Syncer struct {
	o Options

	mu    sync.Mutex
	link  link
	moved chan struct{}           // closed when link changes
	wake  chan struct{}           // closed by Wake
	end   context.CancelCauseFunc // ends the session that is under way; nil for none
	state State
}

// New makes a Syncer. It does nothing before Run.
func New(o Options) *Syncer {
	if o.OnState == nil {
		o.OnState = func(State) {}
	}
	if o.OnChange == nil {
		o.OnChange = func() {}
	}
	if o.Random == nil {
		o.Random = rand.Float64
	}
	return &Syncer{
		o: o, moved: make(chan struct{}), wake: make(chan struct{}), state: State{Phase: Syncing},
	}
}

// Push sends the outbox until nothing is left or something fails, and returns
// how many mutations were answered. It is a step of Run for who takes the steps
// one by one instead.
func (s *Syncer) Push(ctx context.Context) (answered int, err error) {
	for {
		n, err := s.send(ctx)
		answered += n
		if err != nil || n == 0 {
			return answered, err
		}
	}
}

// Pull reads the change feed until there is no more, signing in when that is
// asked for: the other step of Run.
func (s *Syncer) Pull(ctx context.Context) error {
	p := &puller{Syncer: s, signedIn: true}
	_, err := p.catchUp(ctx)
	if customer.CodeOf(err) != customer.Unauthorized {
		return err
	}
	if err := p.signIn(ctx); err != nil {
		return err
	}
	_, err = p.catchUp(ctx)
	return err
}

// Run works until ctx ends and returns when all has stopped. It is called once.
func (s *Syncer) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { s.pull(ctx) })
	all.Go(func() { s.push(ctx) })
	all.Go(func() { s.report(ctx) })
	all.Wait()
}

// Wake tries at once what waits for its next try, and signs in again when the
// desk is signed out: after a new credential, or when the user asks.
func (s *Syncer) Wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.wake)
	s.wake = make(chan struct{})
	if s.end != nil && s.link.online {
		s.end(errWoken) // the open question may hang on a connection that died
	}
}

// State is how the replica and the Back Office stand.
func (s *Syncer) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// woken returns a channel that the next Wake closes.
func (s *Syncer) woken() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wake
}

// look returns the link and a channel that is closed when it changes.
func (s *Syncer) look() (link, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.link, s.moved
}

// move changes the link and tells whoever looks.
func (s *Syncer) move(f func(*link)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.link
	f(&s.link)
	if s.link != before {
		close(s.moved)
		s.moved = make(chan struct{})
	}
}

// wait returns after d, at once when one of the channels closes, and false
// when ctx has ended. A d of zero has no end.
func wait(ctx context.Context, d time.Duration, channels ...<-chan struct{}) bool {
	var a, b, c <-chan struct{}
	for i, into := range []*<-chan struct{}{&a, &b, &c} {
		if i < len(channels) {
			*into = channels[i]
		}
	}
	var timeout <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		timeout = timer.C
	}
	select {
	case <-ctx.Done():
	case <-timeout:
	case <-a:
	case <-b:
	case <-c:
	}
	return ctx.Err() == nil
}
