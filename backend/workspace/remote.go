package workspace

import (
	"context"
	"sync"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// remote is the Back Office as syncing reaches it. All that reach it share one
// sign-in, and the workspace hears what it says.
type remote struct {
	*client.Client
	o *opened
	// heard is called after a sign-in that said something new, and must not wait
	// for what holds the workspace up.
	heard func()
	// signing is held while signing in with the stored password.
	signing sync.Mutex
}

// SignIn returns the sign-in that is in use, or signs in when that has ended.
// Unauthorized when the Back Office refuses, or has refused this password
// before, or when the user signed out meanwhile.
func (r *remote) SignIn(ctx context.Context, username, password string) (api.Session, error) {
	r.signing.Lock()
	defer r.signing.Unlock()
	in, refused := r.o.signIn()
	if refused != nil {
		return api.Session{}, refused
	}
	if in.Token != "" {
		r.SetToken(in.Token)
		return in, nil
	}
	s, err := r.signIn(ctx, username, password)
	if err != nil && customer.CodeOf(err) != customer.Unauthorized {
		return s, err
	}
	current, news := r.o.hear(password, s, err)
	if !current {
		if err == nil {
			endSignIn(ctx, r.Client) // nobody wants it any more
		}
		return api.Session{}, signedOut()
	}
	if news {
		r.heard()
	}
	return s, err
}

// Changes is the client's.
func (r *remote) Changes(ctx context.Context, since string, limit int, wait time.Duration) (api.Changes, error) {
	return noting(r, func() (api.Changes, error) { return r.Client.Changes(ctx, since, limit, wait) })
}

// Mutate is the client's.
func (r *remote) Mutate(ctx context.Context, mutations []customer.Mutation) ([]customer.Result, error) {
	return noting(r, func() ([]customer.Result, error) { return r.Client.Mutate(ctx, mutations) })
}

// noting makes a call and notes when its sign-in has ended.
func noting[T any](r *remote, call func() (T, error)) (T, error) {
	token := r.Token()
	out, err := call()
	if customer.CodeOf(err) == customer.Unauthorized {
		r.o.ended(token)
	}
	return out, err
}

// signIn signs in to the very Back Office and member that this workspace holds
// the customers of.
func (r *remote) signIn(ctx context.Context, username, password string) (api.Session, error) {
	s, err := r.Client.SignIn(ctx, username, password)
	if err != nil {
		return s, err
	}
	if !r.o.belongs(s) {
		endSignIn(ctx, r.Client)
		return api.Session{}, customer.Fail(customer.Conflict,
			"The Back Office at this address is another one than before. Connect to it anew to work with it.")
	}
	return s, nil
}

// patience is how long the user waits for a Back Office to end a sign-in.
const patience = 3 * time.Second

// endSignIn ends the sign-in if the Back Office answers soon, also after ctx.
func endSignIn(ctx context.Context, office *client.Client) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	_ = office.SignOut(ctx) // best effort: it ends by itself in time
}

func signedOut() error { return customer.Fail(customer.Unauthorized, "You are signed out.") }

// credential is what to sign in with. Unauthorized while there is none.
func (o *opened) credential() (username, password string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.password == "" {
		return "", "", signedOut()
	}
	return o.config.PartnerUsername, o.password, nil
}

// setPassword makes this the password to sign in with; empty for none. The
// sign-in, if any, was just made with it.
func (o *opened) setPassword(password string, in api.Session) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.password, o.in, o.refused = password, in, nil
	if in.Token != "" && o.config.Kind == KindShared {
		o.role = in.Member.Role
	}
}

// signIn is the sign-in in use, its token empty when there is none, and why
// there can be none with this password.
func (o *opened) signIn() (in api.Session, refused error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.in, o.refused
}

// ended notes that the Back Office does not take a token any more.
func (o *opened) ended(token string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.in.Token == token {
		o.in = api.Session{}
	}
}

// hear notes how a sign-in with a password went: s when err is nil, refused
// otherwise. It reports whether the password still is the one to sign in with,
// and whether something new was said.
func (o *opened) hear(password string, s api.Session, err error) (current, news bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.password != password {
		return false, false
	}
	news = (err != nil) != (o.refused != nil)
	o.refused, o.in = err, s
	if err == nil && o.config.Kind == KindShared {
		o.role = s.Member.Role
		news = news || o.config.learn(s) != o.config
	}
	return true, news
}

// belongs reports whether a sign-in is one to the Back Office and the member
// that the replica is of.
func (o *opened) belongs(s api.Session) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.config.Kind != KindShared || o.config.PartnerID == s.Partner.ID && o.config.MemberID == s.Member.ID
}

// signedIn reports whether there is a password that the Back Office has not
// refused.
func (o *opened) signedIn() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.password != "" && o.refused == nil
}

func (o *opened) signedOut() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.config.SignedOut
}

// memberRole is what the signed-in member may do, as last heard.
func (o *opened) memberRole() api.Role {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.role
}

// keep writes the workspace's configuration and uses it from then on. Manager.mu
// is held.
func (o *opened) keep(c config) error {
	if c == o.config {
		return nil
	}
	if err := c.write(o.dir); err != nil {
		return err
	}
	o.mu.Lock()
	o.config = c
	o.mu.Unlock()
	return nil
}

// heard writes down what the last sign-in said and tells the window. It runs
// beside everything else.
func (m *Manager) heard(o *opened) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open != o {
		return
	}
	if s, _ := o.signIn(); s.Token != "" && o.config.Kind == KindShared {
		if err := o.keep(o.config.learn(s)); err != nil {
			m.o.Logger.Error("keep what the Back Office said", "error", err)
		}
	}
	m.changed()
}
