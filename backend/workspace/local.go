package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

// UseThisComputer makes the workspace of this computer for a partner and opens
// it: the Back Office with the partner's account, the replica, and the
// credential in the keyring. What was open is closed. Wrong values come back by
// field: name, username, password.
func (m *Manager) UseThisComputer(ctx context.Context, owner Owner) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.noLocal(); err != nil {
		return m.state(), err
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
	if err := m.remember(c); err != nil {
		return m.state(), err
	}
	m.closeOpen()
	o, err := m.openDir(m.localDir(), c)
	if err != nil {
		return m.fail(err), err
	}
	m.keyring = m.o.Keyring.Set(ctx, c.ID, owner.Password)
	m.show(o, owner.Password, api.Session{})
	return m.changed(), nil
}

// noLocal returns an error when there is a workspace of this computer, or may be.
func (m *Manager) noLocal() error {
	if m.refused != nil {
		return m.refused
	}
	_, err := readConfig(m.localDir())
	switch {
	case err == nil:
		return customer.Fail(customer.Conflict, "There is a workspace on this computer already.")
	case customer.CodeOf(err) != customer.NotFound:
		return err
	}
	return nil
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
