package workspace

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/syncing"
)

// Keyring keeps secrets in the operating system's keyring. Get returns
// NotFound when there is none; every other failure has the code Keyring.
type Keyring interface {
	Available(ctx context.Context) error
	Get(ctx context.Context, key string) (string, error)
	Set(ctx context.Context, key, secret string) error
	Delete(ctx context.Context, key string) error
}

// Listener hears of what the window has to show anew. Its methods may be
// called from any goroutine and must not block.
type Listener interface {
	StateChanged(State)
	SyncChanged(syncing.State)
	CustomersChanged()
	MoveChanged()   // at most about ten times a second
	TablesChanged() // an import or an export got further; as often
}

// Options are what a Manager is made of. All are required.
type Options struct {
	Dir     string // holds all data; made when missing, for the user alone
	Version string
	Keyring Keyring
	// Browser makes an opener that opens links of the given origins only.
	Browser  func(origins func() []string) desk.Browser
	Listener Listener
	Clock    func() time.Time
	NewID    func() string // UUIDv7
	Logger   *slog.Logger
}

// Manager holds the open workspace, if any. It is safe for concurrent use.
type Manager struct {
	o      Options
	moving sync.Mutex // held while a move is set going, stopped or given up; before mu
	mu     sync.Mutex // guards what follows; held while a workspace opens or closes
	open   *opened
	screen Screen
	// keyring is what was wrong with the keyring when it was last used.
	keyring error
	problem error
	refused error // why no data may be opened; nil when it may
}

// NewManager makes a manager with nothing open.
func NewManager(o Options) *Manager { return &Manager{o: o, screen: ScreenWelcome} }

func (m *Manager) localDir() string  { return filepath.Join(m.o.Dir, "local") }
func (m *Manager) sampleDir() string { return filepath.Join(m.o.Dir, "sample") }
func (m *Manager) sharedDir() string { return filepath.Join(m.o.Dir, "shared") }

// Start opens the workspace that was open last, if there is one, and signs in
// with the credential in the keyring. With sample it opens the sample
// workspace instead.
func (m *Manager) Start(ctx context.Context, sample bool) State {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := os.MkdirAll(m.o.Dir, 0o700); err != nil {
		return m.fail(storageError(err))
	}
	m.sweep()
	if sample {
		if err := m.openSample(ctx); err != nil {
			return m.fail(err)
		}
		return m.changed()
	}
	return m.openRemembered(ctx)
}

// openRemembered opens the workspace that was open last, or the next best, or
// shows the welcome screen.
func (m *Manager) openRemembered(ctx context.Context) State {
	c, err := m.next()
	if customer.CodeOf(err) == customer.NotFound {
		m.screen, m.problem = ScreenWelcome, nil
		m.keyring = m.o.Keyring.Available(ctx)
		return m.changed()
	}
	if err == nil {
		err = m.openKnown(ctx, c)
	}
	if err != nil {
		return m.fail(err)
	}
	return m.changed()
}

// sweep removes what a crash left behind of workspaces that were given up.
func (m *Manager) sweep() {
	gone, _ := filepath.Glob(filepath.Join(m.sharedDir(), "*"+goneSuffix)) // the pattern is well formed
	for _, dir := range append(gone, m.sampleDir()) {
		if err := os.RemoveAll(dir); err != nil {
			m.o.Logger.Warn("remove an old workspace", "error", err)
		}
	}
}

// Refuse makes the manager show a problem and open nothing from then on.
func (m *Manager) Refuse(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refused = err
	m.fail(err)
}

// Close ends syncing, the embedded Back Office if there is one, and a sample
// workspace with its data. What waits to be sent is in the replica.
func (m *Manager) Close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closeOpen()
}

func (m *Manager) closeOpen() {
	if m.open == nil {
		return
	}
	o := m.open
	m.open = nil
	if err := o.close(); err != nil {
		m.o.Logger.Error("close workspace", "error", err)
	}
	if o.config.Kind == KindSample {
		if err := os.RemoveAll(o.dir); err != nil {
			m.o.Logger.Warn("remove sample workspace", "error", err)
		}
	}
}

// Desk returns the use cases of the open workspace; NotFound when none is open,
// Unauthorized after the user signed out.
func (m *Manager) Desk() (*desk.Desk, error) {
	o, err := m.reach()
	if err != nil {
		return nil, err
	}
	return o.desk, nil
}

// SyncState says how the open workspace and its Back Office stand; NotFound when
// none is open.
func (m *Manager) SyncState() (syncing.State, error) {
	o, err := m.current()
	if err != nil {
		return syncing.State{}, err
	}
	return o.syncer.State(), nil
}

// SyncNow tries to reach the Back Office at once; NotFound when no workspace is open.
func (m *Manager) SyncNow() error {
	o, err := m.current()
	if err != nil {
		return err
	}
	o.syncer.Wake()
	return nil
}

func (m *Manager) current() (*opened, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.open == nil {
		return nil, customer.Fail(customer.NotFound, "No workspace is open.")
	}
	return m.open, nil
}

// reach returns the open workspace for what only a user may do who has not
// signed out.
func (m *Manager) reach() (*opened, error) {
	o, err := m.current()
	if err == nil && o.signedOut() {
		err = customer.Fail(customer.Unauthorized, "You are signed out. Sign in first.")
	}
	return o, err
}

// State says what the window shows.
func (m *Manager) State() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.state()
}

func (m *Manager) state() State {
	s := State{
		Screen: m.screen, Version: m.o.Version, Keyring: asError(m.keyring),
		Problem: asError(m.problem), Backup: backupTime(m.problem), Known: m.known(),
	}
	if m.open != nil {
		s.Workspace = m.open.config.info(m.open.url)
		s.SignedIn = m.open.signedIn()
	}
	return s
}

func (m *Manager) changed() State {
	s := m.state()
	m.o.Listener.StateChanged(s)
	return s
}

func (m *Manager) fail(err error) State {
	m.o.Logger.Error("open workspace", "error", err)
	m.closeOpen()
	m.screen, m.problem = ScreenProblem, err
	return m.changed()
}

// asError gives the window an error in plain words; nil for nil.
func asError(err error) *customer.Error {
	var e *customer.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	}
	return customer.Fail(customer.Internal, "Something went wrong: "+err.Error()+".")
}
