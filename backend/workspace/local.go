package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// UseThisComputer makes the workspace of this computer for a partner and opens
// it: the Back Office with the partner's account, the replica, and the
// credential in the keyring. Wrong values come back by field: name, username,
// password.
func (m *Manager) UseThisComputer(ctx context.Context, owner Owner) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.screen != ScreenWelcome {
		return m.state(), customer.Fail(customer.Conflict, "There is a workspace on this computer already.")
	}
	owner, err := checkOwner(owner)
	if err != nil {
		return m.state(), err
	}
	c := config{
		ID: m.o.NewID(), Kind: KindLocal,
		PartnerName: owner.Name, PartnerUsername: owner.Username,
		Mail: MailSettings{Port: 587, Security: "starttls"},
	}
	if err := m.makeLocal(ctx, c, owner.Password); err != nil {
		return m.state(), err
	}
	o, err := m.openDir(m.localDir(), c)
	if err != nil {
		return m.state(), err
	}
	m.keyring = m.o.Keyring.Set(ctx, c.ID, owner.Password)
	m.show(o, owner.Password)
	return m.changed(), nil
}

func checkOwner(owner Owner) (Owner, error) {
	owner.Name, owner.Username = strings.TrimSpace(owner.Name), strings.TrimSpace(owner.Username)
	var wrong []customer.Error
	if err := customer.CheckPersonName("name", "Name", owner.Name); err != nil {
		wrong = append(wrong, *err)
	}
	if err := customer.CheckUsername(owner.Username); err != nil {
		err.Message = "Enter your email address, such as name@example.com."
		wrong = append(wrong, *err)
	}
	if err := password.Check(owner.Password, owner.Name, owner.Username); err != nil {
		var e *customer.Error
		if !errors.As(err, &e) {
			return owner, err
		}
		wrong = append(wrong, *e)
	}
	return owner, customer.FailFields(wrong)
}

// makeLocal sets the folder up beside its final place and moves it there last,
// so that a crash in between leaves no half workspace.
func (m *Manager) makeLocal(ctx context.Context, c config, secret string) error {
	dir := filepath.Join(m.o.Dir, "setup")
	if err := os.RemoveAll(dir); err != nil {
		return storageError(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return storageError(err)
	}
	office, err := m.openOffice(ctx, dir, "http://127.0.0.1", c.Kind)
	if err != nil {
		return err
	}
	_, err = office.CreatePartner(ctx, c.PartnerUsername, c.PartnerName, secret)
	if err = errors.Join(err, office.Close()); err != nil {
		return fmt.Errorf("set up the Back Office: %w", err)
	}
	if err := c.write(dir); err != nil {
		return err
	}
	if err := os.Rename(dir, m.localDir()); err != nil {
		return storageError(err)
	}
	return nil
}

// openLocal opens the workspace of this computer and signs in when the keyring
// has the credential; otherwise the password is asked.
func (m *Manager) openLocal(ctx context.Context, c config) error {
	o, err := m.openDir(m.localDir(), c)
	if err != nil {
		return err
	}
	secret, err := m.o.Keyring.Get(ctx, c.ID)
	if err == nil {
		m.keyring = nil
		m.show(o, secret)
		return nil
	}
	m.keyring = nil
	if customer.CodeOf(err) != customer.NotFound {
		m.keyring = err
	}
	m.open, m.screen, m.problem = o, ScreenSignIn, nil
	return nil
}

// show puts an open workspace on screen, signed in.
func (m *Manager) show(o *opened, secret string) {
	o.setPassword(secret)
	m.open, m.screen, m.problem = o, ScreenList, nil
	o.syncer.Wake()
}

// SignIn signs in with the partner's password and keeps it in the keyring.
// Unauthorized, on field password, when it is wrong.
func (m *Manager) SignIn(ctx context.Context, secret string) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil {
		return m.state(), customer.Fail(customer.NotFound, "No workspace is open.")
	}
	if secret == "" {
		return m.state(), customer.FailField(customer.Required, "password", "Enter your password.")
	}
	session, err := m.open.client.SignIn(ctx, m.open.config.PartnerUsername, secret)
	if customer.CodeOf(err) == customer.Unauthorized {
		return m.state(), customer.FailField(customer.Unauthorized, "password", "This password is not right.")
	}
	if err != nil {
		return m.state(), err
	}
	m.open.client.SetToken(session.Token)
	m.keyring = m.o.Keyring.Set(ctx, m.open.config.ID, secret)
	m.show(m.open, secret)
	return m.changed(), nil
}

// WorkOffline shows the list without signing in; changes wait.
func (m *Manager) WorkOffline() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open != nil {
		m.screen = ScreenList
	}
	return m.changed()
}

// AskAgain goes back to the sign-in screen, for a user who is signed out.
func (m *Manager) AskAgain() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open != nil {
		m.screen = ScreenSignIn
	}
	return m.changed()
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
	if _, secret, err := o.credential(); err == nil {
		m.keyring = m.o.Keyring.Set(ctx, o.config.ID, secret)
		return m.changed()
	}
	secret, err := m.o.Keyring.Get(ctx, o.config.ID)
	switch {
	case err == nil:
		m.keyring = nil
		m.show(o, secret)
	case customer.CodeOf(err) == customer.NotFound:
		m.keyring = nil
	default:
		m.keyring = err
	}
	return m.changed()
}
