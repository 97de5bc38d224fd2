package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// SignIns are the members' sign-ins.
type SignIns interface {
	MemberCredentials(ctx context.Context, username string) (api.Member, string, error)
	CreateSignIn(ctx context.Context, memberID, passwordHash string, lifetime time.Duration) (string, store.SignIn, error)
	SignInByToken(ctx context.Context, token string) (store.SignIn, error)
	EndSignIn(ctx context.Context, signInID string) error
}

// Members are the people who sign in for a partner. Another partner's member
// is not_found.
type Members interface {
	Members(ctx context.Context, partnerID string) ([]api.Member, error)
	AddMember(ctx context.Context, in store.SignIn, m api.Member, passwordHash string) (api.Member, error)
	ChangeMember(ctx context.Context, in store.SignIn, memberID string, c store.MemberChange) (api.Member, error)
	SetOwnPassword(ctx context.Context, in store.SignIn, passwordHash string) error
}

// Customers are a partner's customers. Another partner's customer is not_found.
type Customers interface {
	Changes(ctx context.Context, partnerID string, since int64, limit int) (store.FeedPage, error)
	Changed(partnerID string) <-chan struct{}
	Apply(ctx context.Context, in store.SignIn, m customer.Mutation) (customer.Result, error)
	NewLink(ctx context.Context, in store.SignIn, customerID string, deliver bool) (api.ActivationMail, error)
	Events(ctx context.Context, partnerID, customerID string, before int64, limit int) ([]customer.Event, int64, error)
	Mails(ctx context.Context, partnerID, customerID string) ([]customer.Mail, error)
}

// Visits are the log-in-as sessions.
type Visits interface {
	CreateTicket(ctx context.Context, in store.SignIn, customerID, reason, destination string) (string, customer.Time, error)
	Visits(ctx context.Context, partnerID string) ([]customer.Visit, error)
	RecentVisits(ctx context.Context, partnerID string, limit int) ([]customer.PastVisit, error)
	EndVisit(ctx context.Context, in store.SignIn, visitID string) error
}

// Moves takes accounts of another Back Office in.
type Moves interface {
	MoveIn(ctx context.Context, in store.SignIn, moved api.MovedAccount, mailPending bool) (api.MoveResult, error)
}

// Store is what the API works on.
type Store interface {
	SignIns
	Members
	Customers
	Visits
	Moves
}

// Hasher hashes passwords and checks them. Verify with an empty hash takes as
// long as any other and answers false.
type Hasher interface {
	Hash(ctx context.Context, password string) (phc string, err error)
	Verify(ctx context.Context, phc, password string) (bool, error)
}

// MailFiles reads the mails that were written to files.
type MailFiles interface {
	Read(id string) (text, link string, err error)
}

// Meter is told what is worth counting. It must not block.
type Meter interface {
	// SignedIn tells of a sign-in that was tried with a password.
	SignedIn(ok bool)
	// Mutated tells what became of a mutation.
	Mutated(o customer.Outcome)
	// Waiting tells that long polls began (1) or ended (-1).
	Waiting(more int)
}

// NoMeter counts nothing.
type NoMeter struct{}

var _ Meter = NoMeter{}

// SignedIn does nothing.
func (NoMeter) SignedIn(bool) {}

// Mutated does nothing.
func (NoMeter) Mutated(customer.Outcome) {}

// Waiting does nothing.
func (NoMeter) Waiting(int) {}

// Options are what the API needs.
type Options struct {
	Store     Store
	Mails     MailFiles
	Passwords Hasher
	Clock     func() time.Time
	Name      string // of this Back Office, shown to partners
	Version   string // of the program
	// Destinations are where a log-in-as can land, as the pages name them; the
	// first is the default. With none, the pages decide.
	Destinations []customer.Destination
	PublicURL    func() string   // where customers reach the pages, such as https://desk.example
	Hosts        func() []string // the allowed Host values; nil allows any, an empty list none
	Logger       *slog.Logger
	Meter        Meter // nil: nothing is counted
	// Stopping, when closed, makes waiting requests answer at once; may be nil.
	Stopping <-chan struct{}
}

// New returns the handler of everything under /api/.
func New(o Options) (http.Handler, error) {
	if o.Store == nil || o.Mails == nil || o.Passwords == nil || o.PublicURL == nil {
		return nil, errors.New("server: Store, Mails, Passwords and PublicURL are needed")
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Meter == nil {
		o.Meter = NoMeter{}
	}
	s := &server{Options: o, limits: newLimits(o.Clock)}
	return s.guard(s.routes()), nil
}

type server struct {
	Options
	limits limits
}
