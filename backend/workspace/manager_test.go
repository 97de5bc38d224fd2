package workspace_test

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/desk"
	"partnerdesk/backend/sqlitedb"
	"partnerdesk/backend/syncing"
	"partnerdesk/backend/workspace"
)

const (
	ownerPassword = "correct horse battery staple 9"
	customerWord  = "seven purple bicycles in Delft"
)

// keyring stands in for the OS keyring, whose real ones are tested in
// backend/credentials and end to end: these tests need one that fails on demand.
type keyring struct {
	mu      sync.Mutex
	secrets map[string]string
	broken  error
}

func (k *keyring) Available(context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.broken
}

func (k *keyring) Get(_ context.Context, key string) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken != nil {
		return "", k.broken
	}
	secret, found := k.secrets[key]
	if !found {
		return "", customer.Fail(customer.NotFound, "Not there.")
	}
	return secret, nil
}

func (k *keyring) Set(_ context.Context, key, secret string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken == nil {
		k.secrets[key] = secret
	}
	return k.broken
}

func (k *keyring) Delete(_ context.Context, key string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.secrets, key)
	return k.broken
}

func (k *keyring) breakWith(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.broken = err
}

// links records what would be opened by the operating system.
type links struct {
	mu     sync.Mutex
	opened []string
	mailed []string
}

func (l *links) OpenLink(_ context.Context, link string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.opened = append(l.opened, link)
	return nil
}

func (l *links) OpenMail(_ context.Context, _, _, body string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mailed = append(l.mailed, body)
	return nil
}

// changes wakes a test when something changed.
type changes struct{ c chan struct{} }

func (c changes) wake() {
	select {
	case c.c <- struct{}{}:
	default:
	}
}
func (c changes) StateChanged(workspace.State) { c.wake() }
func (c changes) SyncChanged(syncing.State)    { c.wake() }
func (c changes) CustomersChanged()            { c.wake() }
func (c changes) MoveChanged()                 { c.wake() }
func (c changes) TablesChanged()               { c.wake() }

// bench is a manager on a folder of the test, and what is around it.
type bench struct {
	*workspace.Manager
	dir     string
	keyring *keyring
	links   *links
	changes changes
	browser func(origins func() []string) desk.Browser
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{
		dir: filepath.Join(t.TempDir(), "partner-desk"), keyring: &keyring{secrets: map[string]string{}},
		links: &links{}, changes: changes{make(chan struct{}, 1)},
	}
	b.browser = func(func() []string) desk.Browser { return b.links }
	b.again(t)
	return b
}

// again ends the program, so to say, and makes a new one on the same data.
func (b *bench) again(t *testing.T) {
	t.Helper()
	if b.Manager != nil {
		b.Close()
	}
	b.Manager = workspace.NewManager(workspace.Options{
		Dir: b.dir, Version: "test", Keyring: b.keyring, Listener: b.changes, Clock: time.Now,
		Browser: b.browser,
		NewID:   func() string { return uuid.Must(uuid.NewV7()).String() },
		Logger:  slog.New(slog.DiscardHandler),
	})
	t.Cleanup(func() { b.Close(); noOpenFiles(t, b.dir) })
}

func (b *bench) setUp(t *testing.T) workspace.State {
	t.Helper()
	if s := b.Start(t.Context(), false); s.Screen != workspace.ScreenWelcome {
		t.Fatalf("first screen = %s (%v), want welcome", s.Screen, s.Problem)
	}
	s, err := b.UseThisComputer(t.Context(), workspace.Owner{
		Name: "Wheel Agency", Username: "agency@wheels.example", Password: ownerPassword,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// until waits for a condition, looking again whenever something changed.
func (b *bench) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	for !done() {
		select {
		case <-b.changes.c:
		case <-time.After(50 * time.Millisecond): // the mail queue has no listener
		case <-ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (b *bench) desk(t *testing.T) *desk.Desk {
	t.Helper()
	d, err := b.Desk()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestFirstStartThenSignsInByItself(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	s := b.setUp(t)
	if s.Screen != workspace.ScreenList || !s.SignedIn || s.Keyring != nil || s.Workspace.PartnerName != "Wheel Agency" {
		t.Fatalf("state = %+v", s)
	}
	b.again(t)
	s = b.Start(t.Context(), false)
	if s.Screen != workspace.ScreenList || !s.SignedIn {
		t.Fatalf("state after a restart = %+v, want the list, signed in", s)
	}
	if _, err := b.desk(t).Visits(t.Context()); err != nil {
		b.until(t, "signed in", func() bool { _, err := b.desk(t).Visits(t.Context()); return err == nil })
	}
}

func TestFirstStartTellsWrongFields(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Start(t.Context(), false)
	tests := []struct {
		owner workspace.Owner
		want  string
	}{
		{workspace.Owner{Username: "a@b.example", Password: ownerPassword}, "name"},
		{workspace.Owner{Name: "A\x00", Username: "a@b.example", Password: ownerPassword}, "name"},
		{workspace.Owner{Name: "A", Password: ownerPassword}, "username"},
		{workspace.Owner{Name: "A", Username: "a@b", Password: ownerPassword}, "username"},
		{workspace.Owner{Name: "A", Username: "a@b.example"}, "password"},
		{workspace.Owner{Name: "A", Username: "a@b.example", Password: "short"}, "password"},
		{workspace.Owner{Name: "A", Username: "a@b.example", Password: "password123"}, "password"},
		{workspace.Owner{}, "name username password"},
	}
	for _, test := range tests {
		_, err := b.UseThisComputer(t.Context(), test.owner)
		var e *customer.Error
		if !errors.As(err, &e) {
			t.Fatalf("%+v: error = %v", test.owner, err)
		}
		fields := []string{e.Field}
		if len(e.Fields) > 0 {
			fields = nil
			for _, f := range e.Fields {
				fields = append(fields, f.Field)
			}
		}
		if got := strings.Join(fields, " "); got != test.want {
			t.Errorf("%+v: wrong fields = %s, want %s", test.owner, got, test.want)
		}
	}
	if b.State().Screen != workspace.ScreenWelcome {
		t.Error("a refused first start left the welcome screen")
	}
}

func TestWithoutAKeyringThePasswordIsAsked(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.keyring.breakWith(customer.Fail(customer.Keyring, "No keyring was found."))
	if s := b.setUp(t); s.Keyring == nil || s.Screen != workspace.ScreenList {
		t.Fatalf("state = %+v, want the list and word of the keyring", s)
	}
	b.again(t)
	s := b.Start(t.Context(), false)
	if s.Screen != workspace.ScreenSignIn || s.Keyring == nil || s.SignedIn {
		t.Fatalf("state after a restart = %+v, want to be asked", s)
	}
	_, err := b.SignIn(t.Context(), "not the password")
	var e *customer.Error
	if !errors.As(err, &e) || e.Field != "password" || e.Code != customer.Unauthorized {
		t.Fatalf("wrong password: error = %v", err)
	}
	if s, err := b.WorkOffline(); err != nil || s.Screen != workspace.ScreenList || s.SignedIn {
		t.Fatalf("state offline = %+v", s)
	}
	if s, err = b.SignIn(t.Context(), ownerPassword); err != nil || s.Screen != workspace.ScreenList || !s.SignedIn {
		t.Fatalf("signed in: %+v, %v", s, err)
	}
	b.keyring.breakWith(nil)
	if s := b.CheckKeyring(t.Context()); s.Keyring != nil {
		t.Fatalf("state = %+v, want a keyring that works", s)
	}
	b.again(t)
	if s := b.Start(t.Context(), false); s.Screen != workspace.ScreenList {
		t.Fatalf("state = %+v, want the credential kept once there was a keyring", s)
	}
}

// Not beside the other tests, whose Back Offices look for ports, too.
func TestATakenPortMakesTheNextOneRemembered(t *testing.T) {
	b := newBench(t)
	first := b.setUp(t).Workspace.Address
	b.Close()
	taken, err := net.Listen("tcp4", strings.TrimPrefix(first, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	b.again(t)
	second := b.Start(t.Context(), false).Workspace.Address
	if port(t, second) <= port(t, first) {
		t.Fatalf("address = %s, want a port after %s", second, first)
	}
	b.Close()
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	b.again(t)
	if third := b.Start(t.Context(), false).Workspace.Address; third != second {
		t.Errorf("address = %s, want %s remembered", third, second)
	}
}

func port(t *testing.T, url string) int {
	t.Helper()
	_, p, err := net.SplitHostPort(strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(p)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSampleWorkspaceIsThrownAway(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Start(t.Context(), false)
	s, err := b.UseSample(t.Context())
	if err != nil || s.Screen != workspace.ScreenList || s.Workspace.Kind != workspace.KindSample {
		t.Fatalf("state = %+v, %v", s, err)
	}
	var counts customer.Counts
	b.until(t, "all sample customers are there", func() bool {
		page, err := b.desk(t).List(t.Context(), customer.Query{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		counts = page.Counts
		return counts.All >= 200
	})
	if counts.PendingActivate == 0 || counts.Activated == 0 || counts.Locked == 0 {
		t.Errorf("counts = %+v, want all three statuses", counts)
	}
	if s, err = b.LeaveWorkspace(t.Context()); err != nil || s.Screen != workspace.ScreenWelcome {
		t.Fatalf("state after leaving = %+v, %v", s, err)
	}
	if _, err := os.Stat(filepath.Join(b.dir, "sample")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the sample's data is still there: %v", err)
	}
	if len(b.keyring.secrets) != 0 {
		t.Error("the sample workspace used the keyring")
	}
}

func TestOneProgramAtATime(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	unlock, err := workspace.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.Lock(dir); customer.CodeOf(err) != customer.Busy {
		t.Errorf("second lock: %v, want busy", err)
	}
	unlock()
	unlock, err = workspace.Lock(dir)
	if err != nil {
		t.Fatalf("lock after unlock: %v", err)
	}
	unlock()
}

func TestDamagedDataIsToldKeptAndRestored(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"replica.db", filepath.Join("backoffice", "backoffice.db")} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.setUp(t)
			b.add(t, "anna@bikes.example", customer.PendingActivate, "")
			file := filepath.Join(b.dir, "local", name)
			b.until(t, "today's backup is there", func() bool { return len(sqlitedb.Backups(file)) > 0 })
			b.Close()
			broken := []byte(strings.Repeat("this is not a database", 1000))
			if err := os.WriteFile(file, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			b.again(t)
			s := b.Start(t.Context(), false)
			if s.Screen != workspace.ScreenProblem || s.Problem == nil || s.Problem.Code != customer.Storage || s.Backup == 0 {
				t.Fatalf("state = %+v, want the problem told and a backup offered", s)
			}
			if kept, err := os.ReadFile(file); err != nil || string(kept) != string(broken) {
				t.Errorf("the damaged file was not kept: %v", err)
			}
			s, err := b.RestoreBackup(t.Context())
			if err != nil || s.Screen != workspace.ScreenList {
				t.Fatalf("restored: %+v, %v", s, err)
			}
		})
	}
}
