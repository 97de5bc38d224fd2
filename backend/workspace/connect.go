package workspace

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
)

// Connect signs in to a shared Back Office and opens its workspace: the one that
// is known from before, with what waits in it, or a new one. What was open is
// closed. Wrong values come back by field: address, username, password.
func (m *Manager) Connect(ctx context.Context, to Connection) (State, error) {
	if err := m.mayOpen(); err != nil {
		return m.State(), err
	}
	to, err := checkConnection(to)
	if err != nil {
		return m.State(), err
	}
	office, err := client.New(to.Address, nil)
	if err != nil {
		return m.State(), err
	}
	// Not under m.mu: a Back Office far away may take its time.
	session, err := office.SignIn(ctx, to.Username, to.Password)
	if err != nil {
		return m.State(), whyNot(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.prepareShared(to.Address, session)
	if err != nil {
		endSignIn(ctx, office)
		return m.state(), err
	}
	m.closeOpen()
	o, err := m.openDir(m.dirOf(c), c)
	if err != nil {
		endSignIn(ctx, office)
		return m.fail(err), err
	}
	o.remote.SetToken(session.Token)
	m.keyring = m.o.Keyring.Set(ctx, c.ID, to.Password)
	m.show(o, to.Password, session)
	return m.changed(), nil
}

func (m *Manager) mayOpen() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.refused
}

func checkConnection(to Connection) (Connection, error) {
	var wrong []customer.Error
	address, err := client.Address(to.Address)
	var e *customer.Error
	if errors.As(err, &e) {
		wrong = append(wrong, *e)
	}
	to.Address, to.Username = address, strings.TrimSpace(to.Username)
	if err := customer.CheckUsername(to.Username); err != nil {
		err.Message = "Enter your email address, such as name@example.com."
		wrong = append(wrong, *err)
	}
	if to.Password == "" {
		wrong = append(wrong, *customer.FailField(customer.Required, "password", "Enter your password."))
	}
	return to, customer.FailFields(wrong)
}

// whyNot puts a failure to sign in beside the field that it concerns.
func whyNot(err error) error {
	var dns *net.DNSError
	var dial *net.OpError
	var e *customer.Error
	switch code := customer.CodeOf(err); {
	case code == customer.Unauthorized:
		return customer.FailField(code, "password", "The username or the password is not right.")
	case code == customer.Offline && errors.As(err, &dns) && dns.IsNotFound:
		return customer.FailField(code, "address", "There is no server of this name. Check the address.")
	case code == customer.Offline && errors.As(err, &dns):
		return customer.FailField(code, "address", "This name can't be looked up now. Check that this computer is online.")
	case code == customer.Offline && errors.As(err, &dial) && dial.Op == "dial" && !dial.Timeout():
		return customer.FailField(code, "address", "Nothing answers at this address. Check the address, and that the Back Office is running.")
	case (code == customer.Offline || code == customer.Untrusted) && errors.As(err, &e):
		return customer.FailField(code, "address", e.Message)
	}
	return err
}

// prepareShared makes the folder of the workspace ready to be opened. The same
// member at the same address gets the same workspace.
func (m *Manager) prepareShared(address string, s api.Session) (config, error) {
	c := config{ID: m.o.NewID(), Kind: KindShared, Address: address}
	for _, have := range m.workspaces() {
		if have.Kind == KindShared && have.Address == address && have.PartnerID == s.Partner.ID && have.MemberID == s.Member.ID {
			c = have
		}
	}
	c = c.learn(s)
	c.SignedOut = false
	dir := filepath.Join(m.sharedDir(), c.ID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return c, storageError(err)
	}
	if err := c.write(dir); err != nil {
		return c, err
	}
	return c, m.remember(c)
}
