package desk

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// Searcher finds customers in the local database.
type Searcher interface {
	Matching(ctx context.Context, of customer.Selection) ([]string, error)
	CompleteSearch(ctx context.Context, text string, caret int) (customer.Completion, error)
}

// Historian changes customers in the local database so that it can be taken back.
type Historian interface {
	Edit(ctx context.Context, a customer.Action, m customer.Mutation, settles string) (customer.Record, error)
	Perform(ctx context.Context, a customer.Action, changes []customer.Mutation) error
	Standings(ctx context.Context, ids []string) ([]customer.Standing, error)
	History(ctx context.Context) (undo, redo *customer.PastAction, err error)
	Reverse(ctx context.Context, id string, again bool, from int64, limit int) (done customer.Reversal, next int64, err error)
}

// Replica is the local database, as far as the use cases need it.
type Replica interface {
	Searcher
	Historian
	List(ctx context.Context, q customer.Query) (customer.Page, error)
	Overview(ctx context.Context, begins []customer.Time) (customer.Overview, error)
	Get(ctx context.Context, id string) (customer.Record, error)
	UsernameOwner(ctx context.Context, username string) (string, error)
	Discard(ctx context.Context, customerID string) error
	WaitingChanges(ctx context.Context, attention bool, offset, limit int) (customer.WaitingPage, error)
	Setting(ctx context.Context, key string, into any) (bool, error)
	SetSetting(ctx context.Context, key string, value any) error
}

// Remote is the Back Office, for the few things that need it at that moment.
type Remote interface {
	Meta(ctx context.Context) (api.Meta, error)
	LogInAs(ctx context.Context, id, reason, destination string) (api.Link, error)
	NewLink(ctx context.Context, id string, deliver bool) (api.ActivationMail, error)
	Events(ctx context.Context, id string, before int64) (api.Events, error)
	Mails(ctx context.Context, id string) ([]customer.Mail, error)
	Visits(ctx context.Context) ([]customer.Visit, error)
	RecentVisits(ctx context.Context) ([]customer.PastVisit, error)
	EndVisit(ctx context.Context, id string) error
}

// Hasher turns a password into an argon2id PHC string.
type Hasher interface {
	Hash(ctx context.Context, password string) (string, error)
}

// Browser opens links in the programs of the operating system.
type Browser interface {
	OpenLink(ctx context.Context, link string) error
	OpenMail(ctx context.Context, to, subject, body string) error
}

// Options are what a Desk is made of. All but Role are required.
type Options struct {
	Replica Replica
	Remote  Remote
	Hasher  Hasher
	Browser Browser
	Clock   func() time.Time
	NewID   func() string // UUIDv7
	// Role says what the signed-in member may do; nil for an owner.
	Role func() api.Role
}

// Desk is the use cases of one open workspace. It is safe for concurrent use.
type Desk struct {
	o      Options
	saving sync.Mutex                     // one edit at a time: each looks before it writes
	frozen atomic.Pointer[customer.Error] // why nothing may be changed; nil: it may
	jobs   jobs
}

// New makes the use cases of a workspace.
func New(o Options) *Desk {
	if o.Role == nil {
		o.Role = func() api.Role { return api.RoleOwner }
	}
	return &Desk{o: o}
}

// Freeze refuses edits, fresh links and logging in as a customer with why, until
// it is nil again. An edit under way is through when Freeze returns.
func (d *Desk) Freeze(why *customer.Error) {
	d.frozen.Store(why)
	d.saving.Lock()
	defer d.saving.Unlock() // whoever comes now has seen why
}

func (d *Desk) notFrozen() error {
	if why := d.frozen.Load(); why != nil {
		return why
	}
	return nil
}

// mayEdit returns Forbidden for a member who may look only, and why the desk is
// frozen, if it is.
func (d *Desk) mayEdit() error {
	if !d.o.Role().MayEdit() {
		return customer.Fail(customer.Forbidden,
			"As support you can look at customers and log in as them, but not change them or send them mails.")
	}
	return d.notFrozen()
}

// List returns one page of the list.
func (d *Desk) List(ctx context.Context, q customer.Query) (customer.Page, error) {
	return d.o.Replica.List(ctx, q)
}

// CompleteSearch says what can stand at the caret of a search text, which is
// counted in UTF-16 code units.
func (d *Desk) CompleteSearch(ctx context.Context, text string, caret int) (customer.Completion, error) {
	return d.o.Replica.CompleteSearch(ctx, text, caret)
}

// Customer returns one customer. NotFound when there is none.
func (d *Desk) Customer(ctx context.Context, id string) (customer.Record, error) {
	return d.o.Replica.Get(ctx, id)
}

// NewCustomer returns what the dialog shows first for a new customer. Its id
// is made here, so that saving twice makes one customer.
func (d *Desk) NewCustomer() customer.Customer {
	return customer.Normalize(customer.Customer{ID: d.o.NewID(), Status: customer.PendingActivate})
}

const listViewKey = "list_view"

// ListView returns how the list was last looked at.
func (d *Desk) ListView(ctx context.Context) (ListView, error) {
	var v ListView
	_, err := d.o.Replica.Setting(ctx, listViewKey, &v)
	return v, err
}

// SaveListView keeps how the list is looked at for the next start.
func (d *Desk) SaveListView(ctx context.Context, v ListView) error {
	return d.o.Replica.SetSetting(ctx, listViewKey, v)
}
