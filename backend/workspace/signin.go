package workspace

import (
	"context"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
)

// openKnown opens a workspace and signs in when the keyring has the credential;
// otherwise the password is asked.
func (m *Manager) openKnown(ctx context.Context, c config) error {
	o, err := m.openDir(m.dirOf(c), c)
	if err != nil {
		return err
	}
	m.open, m.screen, m.problem, m.keyring = o, ScreenSignIn, nil, nil
	if c.SignedOut {
		m.keyring = m.o.Keyring.Delete(ctx, c.ID) // it may have failed before
		return nil
	}
	secret, err := m.o.Keyring.Get(ctx, c.ID)
	switch {
	case err == nil:
		m.show(o, secret, api.Session{})
	case customer.CodeOf(err) != customer.NotFound:
		m.keyring = err
	}
	return nil
}

// show puts an open workspace on screen, with a password to sign in with, and
// the sign-in if one was made with it just now.
func (m *Manager) show(o *opened, secret string, made api.Session) {
	o.setPassword(secret, made)
	m.open, m.screen, m.problem = o, ScreenList, nil
	o.syncer.Wake()
}

// SignIn signs in with the password of the partner or member, keeps it in the
// keyring and shows the list. Unauthorized, on field password, when it is wrong.
func (m *Manager) SignIn(ctx context.Context, secret string) (State, error) {
	o, err := m.current()
	if err != nil {
		return m.State(), err
	}
	if secret == "" {
		return m.State(), customer.FailField(customer.Required, "password", "Enter your password.")
	}
	// Not under m.mu: a Back Office far away may take its time.
	session, err := o.remote.signIn(ctx, o.username(), secret)
	if customer.CodeOf(err) == customer.Unauthorized {
		return m.State(), customer.FailField(customer.Unauthorized, "password", notRight(o.config.Kind))
	}
	if err != nil {
		return m.State(), err
	}
	state, err := m.signedIn(ctx, o, secret, session)
	if err != nil && session.Token != "" {
		endSignIn(ctx, o.remote.Client) // nobody knows of it
	}
	return state, err
}

// signedIn keeps the password that made a sign-in, and shows the list.
func (m *Manager) signedIn(ctx context.Context, o *opened, secret string, session api.Session) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open != o {
		return m.state(), customer.Fail(customer.Conflict, "Another workspace was opened meanwhile.")
	}
	c := o.config
	if c.Kind == KindShared {
		c = c.learn(session)
		c.SignedOut = false
	}
	if err := o.keep(c); err != nil {
		return m.state(), err
	}
	m.keyring = m.o.Keyring.Set(ctx, c.ID, secret)
	m.show(o, secret, session)
	return m.changed(), nil
}

// notRight says why a password was refused. A shared Back Office tells a wrong
// one and a member who is disabled apart to nobody.
func notRight(k Kind) string {
	if k == KindShared {
		return "This password is not right, or you may not sign in any more. Ask an owner."
	}
	return "This password is not right."
}

// SignOut ends the sign-in at a shared Back Office, if it can be reached, and
// forgets the password. Changes that wait stay in the replica; the list shows
// again after signing in.
func (m *Manager) SignOut(ctx context.Context) (State, error) {
	o, err := m.signOutHere(ctx)
	if err != nil {
		return m.State(), err
	}
	endSignIn(ctx, o.remote.Client)
	o.syncer.Wake()
	return m.State(), nil
}

// signOutHere signs out as far as this computer goes.
func (m *Manager) signOutHere(ctx context.Context) (*opened, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil || m.open.config.Kind != KindShared {
		return nil, customer.Fail(customer.Conflict, "Only a shared Back Office can be signed out of.")
	}
	o := m.open
	c := o.config
	c.SignedOut = true
	if err := o.keep(c); err != nil {
		return nil, err
	}
	o.setPassword("", api.Session{})
	m.keyring = m.o.Keyring.Delete(ctx, c.ID)
	m.screen = ScreenSignIn
	m.changed()
	return o, nil
}

// WorkOffline shows the list without signing in; changes wait. Unauthorized
// after the user signed out.
func (m *Manager) WorkOffline() (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil {
		return m.state(), nil
	}
	if m.open.config.SignedOut {
		return m.state(), customer.Fail(customer.Unauthorized, "You signed out here. Sign in to see your customers.")
	}
	m.screen = ScreenList
	return m.changed(), nil
}

// CheckKeyring tries the keyring again. A known credential is kept in it now;
// one that it turns out to hold signs in.
func (m *Manager) CheckKeyring(ctx context.Context) State {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil || m.open.config.Kind == KindSample {
		m.keyring = m.o.Keyring.Available(ctx)
		return m.changed()
	}
	o := m.open
	if o.config.SignedOut {
		m.keyring = m.o.Keyring.Delete(ctx, o.config.ID)
		return m.changed()
	}
	if _, secret, err := o.credential(); err == nil {
		if o.signedIn() {
			m.keyring = m.o.Keyring.Set(ctx, o.config.ID, secret)
		} else {
			m.keyring = m.o.Keyring.Available(ctx) // what was refused is not worth keeping
		}
		return m.changed()
	}
	secret, err := m.o.Keyring.Get(ctx, o.config.ID)
	switch {
	case err == nil:
		m.keyring = nil
		m.show(o, secret, api.Session{})
	case customer.CodeOf(err) == customer.NotFound:
		m.keyring = nil
	default:
		m.keyring = err
	}
	return m.changed()
}
