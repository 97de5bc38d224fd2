package workspace

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync"

	"partnerdesk/backend/backoffice"
	"partnerdesk/backend/backoffice/api"
	"partnerdesk/backend/backoffice/client"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/exporting"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/moving"
	"partnerdesk/backend/password"
	"partnerdesk/backend/replica"
	"partnerdesk/backend/syncing"
)

// opened is one open workspace: everything that runs while it is on screen.
type opened struct {
	dir string
	url string // of the Back Office

	office  *backoffice.BackOffice // nil for a shared one
	replica *replica.Replica
	remote  *remote
	syncer  *syncing.Syncer
	desk    *desk.Desk
	imports *importing.Importer
	exports *exporting.Exporter

	stop    context.CancelFunc
	running sync.WaitGroup

	// config changes under Manager.mu and mu together; either is enough to read it.
	config config

	mu           sync.Mutex  // guards what follows
	password     string      // to sign in with; empty while signed out
	refused      error       // why the Back Office did not take the password; nil when it did not refuse
	in           api.Session // the sign-in in use; zero when it is known to have ended
	linked       string      // where the last log-in-as link led: scheme and host
	role         api.Role
	smtpPassword string
	moves        move // of the workspace of this computer
}

// openDir opens the workspace in dir: the embedded Back Office on its port, if
// it has one, the replica, and syncing, which stays signed out until it has a
// password.
func (m *Manager) openDir(dir string, c config) (_ *opened, err error) {
	ctx, stop := context.WithCancel(context.Background())
	o := &opened{dir: dir, url: c.Address, config: c, role: c.role(), stop: stop}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.close())
		}
	}()
	if c.Kind == KindLocal {
		if err := m.restoreMove(o); err != nil {
			return nil, err
		}
	}
	if c.Kind != KindShared {
		if err := m.openEmbedded(ctx, o); err != nil {
			return nil, err
		}
	}
	if err := m.openDesk(ctx, o); err != nil {
		return nil, err
	}
	return o, nil
}

// openEmbedded opens the workspace's own Back Office and serves it.
func (m *Manager) openEmbedded(ctx context.Context, o *opened) error {
	listener, port, err := listen(ctx, o.config.Port)
	if err != nil {
		return err
	}
	o.url = "http://" + listener.Addr().String()
	if port != o.config.Port {
		o.config.Port = port
		if err := o.config.write(o.dir); err != nil {
			return errors.Join(err, listener.Close())
		}
	}
	if o.office, err = m.openOffice(ctx, o.dir, o.url, o.config.Kind); err != nil {
		return errors.Join(&unusable{officeFile(o.dir), err}, listener.Close())
	}
	if o.moveState().Phase != moving.None {
		o.suspend() // before anybody can ask for a page
	}
	o.run(func() { o.serve(ctx, m, listener) })
	m.restoreMail(ctx, o) // before the mail queue runs
	o.run(func() { o.office.Run(ctx) })
	return nil
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
	office, err := client.New(o.url, nil)
	if err != nil {
		return err
	}
	o.remote = &remote{Client: office, o: o, heard: func() { go m.heard(o) }}
	o.syncer = syncing.New(syncing.Options{
		Replica:    o.replica,
		Remote:     o.remote,
		Clock:      m.o.Clock,
		Logger:     m.o.Logger,
		Credential: func(context.Context) (string, string, error) { return o.credential() },
		OnState:    m.o.Listener.SyncChanged,
		OnChange:   m.o.Listener.CustomersChanged,
	})
	o.desk = desk.New(desk.Options{
		Replica: o.replica,
		Remote:  o.caller(),
		Hasher:  password.NewHasher(1),
		Browser: m.o.Browser(o.origins),
		Clock:   m.o.Clock,
		NewID:   m.o.NewID,
		Role:    o.memberRole,
	})
	if err := m.openTables(o); err != nil {
		return err
	}
	if o.moveState().Phase != moving.None {
		o.freeze()
	}
	o.run(func() { o.syncer.Run(ctx) })
	if o.config.Kind != KindSample {
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

func (o *opened) username() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.config.PartnerUsername
}

// close stops all that runs, then closes the databases.
func (o *opened) close() error {
	o.haltMove()
	o.closeTables()
	if o.desk != nil {
		o.desk.Stop()
	}
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
		return fmt.Errorf("close workspace %s: %w", o.config.ID, err)
	}
	return nil
}
