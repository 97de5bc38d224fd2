package workspace

import (
	"context"
	"time"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// remote is the Back Office as syncing reaches it. It takes up a sign-in that
// the user just made, and lets the workspace hear what a sign-in says.
type remote struct {
	*client.Client
	o *opened
	// heard is called after a sign-in that said something new, and must not wait
	// for what holds the workspace up.
	heard func()
}

// SignIn signs in, unless the user has just done so. Unauthorized when the Back
// Office refuses, or when the user signed out meanwhile.
func (r *remote) SignIn(ctx context.Context, username, password string) (api.Session, error) {
	if s, made := r.o.takeSession(); made {
		r.SetToken(s.Token)
		return s, nil
	}
	s, err := r.signIn(ctx, username, password)
	if err != nil && customer.CodeOf(err) != customer.Unauthorized {
		return s, err
	}
	current, news := r.o.hear(password, s, err)
	if !current {
		if err == nil {
			_ = r.Client.SignOut(ctx) // nobody wants this sign-in any more
		}
		return api.Session{}, signedOut()
	}
	if news {
		r.heard()
	}
	return s, err
}

// signIn signs in to the very Back Office and member that this workspace holds
// the customers of.
func (r *remote) signIn(ctx context.Context, username, password string) (api.Session, error) {
	s, err := r.Client.SignIn(ctx, username, password)
	if err != nil {
		return s, err
	}
	if !r.o.belongs(s) {
		_ = r.Client.SignOut(ctx)
		return api.Session{}, customer.Fail(customer.Conflict,
			"The Back Office at this address is another one than before. Connect to it anew to work with it.")
	}
	return s, nil
}

// patience is how long the user waits for a Back Office to end a sign-in.
const patience = 3 * time.Second

// endSignIn ends the sign-in if the Back Office answers soon.
func (o *opened) endSignIn(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_ = o.remote.SignOut(ctx) // best effort: it ends by itself in time
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
// session, if any, was just made with it.
func (o *opened) setPassword(password string, made api.Session) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.password, o.made, o.refused = password, made, false
	if made.Token != "" {
		o.role = made.Member.Role
	}
}

// takeSession returns the sign-in that the user made, once.
func (o *opened) takeSession() (s api.Session, made bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s, o.made = o.made, api.Session{}
	return s, s.Token != ""
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
	refused := err != nil
	news = refused != o.refused
	o.refused = refused
	if !refused && o.config.Kind == KindShared {
		o.role, o.said = s.Member.Role, s
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
	return o.password != "" && !o.refused
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
	o.mu.Lock()
	said := o.said
	o.mu.Unlock()
	if said.Token != "" {
		if err := o.keep(o.config.learn(said)); err != nil {
			m.o.Logger.Error("keep what the Back Office said", "error", err)
		}
	}
	m.changed()
}
