package workspace

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"sync"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

// opened is one open workspace: everything that runs while it is on screen.
type opened struct {
	dir    string
	url    string // of the Back Office
	config config

	office  *backoffice.BackOffice
	replica *replica.Replica
	client  *client.Client
	syncer  *syncing.Syncer
	desk    *desk.Desk

	stop    context.CancelFunc
	running sync.WaitGroup

	mu           sync.Mutex // guards config.Mail and the secrets
	password     string     // the partner's; empty while signed out
	smtpPassword string
}

// openDir opens the workspace in dir: the embedded Back Office on its port,
// the replica, and syncing, which stays signed out until it has a password.
func (m *Manager) openDir(dir string, c config) (_ *opened, err error) {
	ctx, stop := context.WithCancel(context.Background())
	o := &opened{dir: dir, config: c, stop: stop}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.close())
		}
	}()
	listener, port, err := listen(ctx, c.Port)
	if err != nil {
		return nil, err
	}
	o.url = "http://" + listener.Addr().String()
	if port != c.Port {
		o.config.Port = port
		if err := o.config.write(dir); err != nil {
			return nil, errors.Join(err, listener.Close())
		}
	}
	if o.office, err = m.openOffice(ctx, dir, o.url, c.Kind); err != nil {
		return nil, errors.Join(&unusable{officeFile(dir), err}, listener.Close())
	}
	o.run(func() { o.serve(ctx, m, listener) })
	m.restoreMail(ctx, o) // before the mail queue runs
	if err := m.openDesk(ctx, o); err != nil {
		return nil, err
	}
	return o, nil
}

func (m *Manager) openOffice(ctx context.Context, dir, url string, kind Kind) (*backoffice.BackOffice, error) {
	return backoffice.Open(ctx, backoffice.Options{
		DataDir:   filepath.Join(dir, "backoffice"),
		Name:      "Partner Desk",
		Version:   m.o.Version,
		PublicURL: func() string { return url },
		Clock:     m.o.Clock,
		Logger:    m.o.Logger,
		Hosts:     func() []string { return hosts(url) },
		Throwaway: kind == KindSample,
	})
}

// hosts are the names under which a loopback Back Office may be addressed
// (DESIGN, section 11: a page elsewhere must not reach it by another name).
func hosts(url string) []string {
	_, port, err := net.SplitHostPort(url[len("http://"):])
	if err != nil {
		return nil
	}
	return []string{"127.0.0.1:" + port, "localhost:" + port}
}

func (o *opened) serve(ctx context.Context, m *Manager, l net.Listener) {
	if err := o.office.Serve(ctx, l); err != nil && !errors.Is(err, context.Canceled) {
		m.o.Logger.Error("embedded Back Office", "error", err)
	}
}

func (m *Manager) openDesk(ctx context.Context, o *opened) (err error) {
	o.replica, err = replica.Open(ctx, replicaFile(o.dir), replica.Options{
		Clock: m.o.Clock, NewID: m.o.NewID, Throwaway: o.config.Kind == KindSample,
	})
	if err != nil {
		return &unusable{replicaFile(o.dir), err}
	}
	if o.client, err = client.New(o.url, nil); err != nil {
		return err
	}
	o.syncer = syncing.New(syncing.Options{
		Replica:    o.replica,
		Remote:     o.client,
		Clock:      m.o.Clock,
		Logger:     m.o.Logger,
		Credential: func(context.Context) (string, string, error) { return o.credential() },
		OnState:    m.o.Listener.SyncChanged,
		OnChange:   m.o.Listener.CustomersChanged,
	})
	o.desk = desk.New(desk.Options{
		Replica: o.replica,
		Remote:  o.client,
		Hasher:  password.NewHasher(1),
		Browser: m.o.Browser(func() []string { return []string{o.url} }),
		Clock:   m.o.Clock,
		NewID:   m.o.NewID,
	})
	o.run(func() { o.office.Run(ctx) })
	o.run(func() { o.syncer.Run(ctx) })
	if o.config.Kind == KindLocal {
		o.run(func() { m.backUpDaily(ctx, o.replica) })
	}
	return nil
}

func (o *opened) run(f func()) {
	o.running.Add(1)
	go func() {
		defer o.running.Done()
		f()
	}()
}

func (o *opened) credential() (username, password string, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.password == "" {
		return "", "", customer.Fail(customer.Unauthorized, "You are signed out.")
	}
	return o.config.PartnerUsername, o.password, nil
}

func (o *opened) setPassword(password string) {
	o.mu.Lock()
	o.password = password
	o.mu.Unlock()
}

func (o *opened) signedIn() bool {
	_, _, err := o.credential()
	return err == nil
}

// close stops all that runs, then closes the databases.
func (o *opened) close() error {
	o.stop()
	o.running.Wait()
	var errs []error
	if o.replica != nil {
		errs = append(errs, o.replica.Close())
	}
	if o.office != nil {
		errs = append(errs, o.office.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close workspace on port %s: %w", strconv.Itoa(o.config.Port), err)
	}
	return nil
}
