package workspace

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"

	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/sample"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/password"
)

const sampleCustomers = 320

// UseSample opens a workspace with sample customers that is thrown away when
// it is left.
func (m *Manager) UseSample(ctx context.Context) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.screen != ScreenWelcome {
		return m.state(), customer.Fail(customer.Conflict, "Leave the open workspace first.")
	}
	if err := m.openSample(ctx); err != nil {
		return m.state(), err
	}
	return m.changed(), nil
}

// LeaveWorkspace throws the sample workspace away and shows the workspace that
// was open before, or the welcome screen.
func (m *Manager) LeaveWorkspace(ctx context.Context) (State, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil || m.open.config.Kind != KindSample {
		return m.state(), customer.Fail(customer.Conflict, "Only a sample workspace can be left.")
	}
	m.closeOpen()
	return m.openRemembered(ctx), nil
}

func (m *Manager) openSample(ctx context.Context) error {
	dir := m.sampleDir()
	if err := errors.Join(os.RemoveAll(dir), os.MkdirAll(dir, 0o700)); err != nil {
		return storageError(err)
	}
	secret, err := password.Generate(rand.Reader)
	if err != nil {
		return err
	}
	c := config{
		ID: m.o.NewID(), Kind: KindSample, PartnerName: "Sample Agency", PartnerUsername: "you@agency.example",
		Mail: MailSettings{Port: 587, Security: "starttls"},
	}
	// The sample mails hold links, so the address has to be known before.
	listener, port, err := listen(ctx, FirstPort)
	if err != nil {
		return err
	}
	c.Port = port
	if err := errors.Join(listener.Close(), c.write(dir), m.makeSample(ctx, dir, c, secret)); err != nil {
		return err
	}
	o, err := m.openDir(dir, c)
	if err != nil {
		return err
	}
	m.show(o, secret, api.Session{})
	return nil
}

func (m *Manager) makeSample(ctx context.Context, dir string, c config, secret string) error {
	hash, err := password.NewHasher(1).Hash(ctx, secret)
	if err != nil {
		return err
	}
	_, err = sample.Make(ctx, sample.Options{
		DataDir:   filepath.Join(dir, "backoffice"),
		PublicURL: "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Port)),
		Username:  c.PartnerUsername, Name: c.PartnerName, PasswordHash: hash,
		Customers: sampleCustomers, Seed: 1, Now: m.o.Clock(),
	})
	return err
}
