package pages

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/limit"
	"partnerdesk/backend/backoffice/store"
	"partnerdesk/backend/customer"
)

// Links are the one-time links that customers and partners arrive with.
type Links interface {
	LinkOwner(ctx context.Context, token string) (customer.Customer, customer.MailKind, error)
	UseLink(ctx context.Context, token, passwordHash string) (customer.Customer, error)
	RequestReset(ctx context.Context, username string) error
	RedeemTicket(ctx context.Context, ticket string) (token string, session store.Session, err error)
}

// Logins open a customer's own sessions.
type Logins interface {
	LoginCredentials(ctx context.Context, username string) (customer.Customer, string, api.Partner, error)
	LogIn(ctx context.Context, customerID, passwordHash string) (token string, session store.Session, err error)
}

// Sessions are what an open session can do in its account.
type Sessions interface {
	SessionByToken(ctx context.Context, customerID, token string) (store.Session, error)
	EndSession(ctx context.Context, sessionID string) error
	UpdateProfile(ctx context.Context, session store.Session, f customer.Fields) (customer.Customer, error)
	PasswordHash(ctx context.Context, customerID string) (string, error)
	ChangePassword(ctx context.Context, session store.Session, passwordHash string) error
	Members(ctx context.Context, partnerID string) ([]api.Member, error)
	CustomerEvents(ctx context.Context, customerID string, before int64, limit int) ([]customer.Event, int64, error)
}

// Accounts is everything that the pages ask of the Back Office's database.
type Accounts interface {
	Links
	Logins
	Sessions
}

var _ Accounts = (*store.Store)(nil)

// Hasher hashes passwords and checks them. Verify with an empty hash takes as
// long as any other and says no.
type Hasher interface {
	Hash(ctx context.Context, password string) (phc string, err error)
	Verify(ctx context.Context, phc, password string) (bool, error)
}

// Options are what the pages need from outside. Accounts and Hasher are
// required.
type Options struct {
	Accounts Accounts
	Hasher   Hasher
	Clock    func() time.Time // nil: time.Now
	Name     string           // of the Back Office, shown on top of each page
	Secure   func() bool      // whether customers come by https; nil: no
	Logger   *slog.Logger     // nil: nothing is logged
	// Address tells clients apart for the rate limits; nil: by the address
	// that the connection comes from.
	Address func(*http.Request) string
}

// Destinations lists the places in the account where a log-in-as can land.
func Destinations() []customer.Destination {
	return []customer.Destination{
		{ID: "profile", Title: "Profile"}, {ID: "password", Title: "Password"}, {ID: "activity", Title: "Activity"},
	}
}

type site struct {
	o         Options
	templates templates
	assets    assets
	countries []choice
	limits    limits
}

// New makes the handler of all customer pages. It fails when a page can't be
// parsed, so that a broken one can't be served.
func New(o Options) (http.Handler, error) {
	if o.Accounts == nil || o.Hasher == nil {
		return nil, errors.New("pages: Accounts and Hasher are needed")
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Name == "" {
		o.Name = "Back Office"
	}
	if o.Secure == nil {
		o.Secure = func() bool { return false }
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Address == nil {
		o.Address = func(r *http.Request) string { return limit.Address(r.RemoteAddr) }
	}
	s := &site{o: o, countries: countries(), limits: newLimits(o.Clock)}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	return s.guarded(s.routes()), nil
}
