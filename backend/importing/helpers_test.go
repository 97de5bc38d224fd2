package importing_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/importing"
	"partnerdesk/backend/replica"
)

// bench is an importer on a replica of its own.
type bench struct {
	*importing.Importer
	replica *replica.Replica
	path    string // of the replica
	told    chan struct{}
	changes func() // called before each chunk is changed; nil for nothing
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func set(t testing.TB) *bench {
	t.Helper()
	dir := t.TempDir()
	r, err := replica.Open(context.Background(), filepath.Join(dir, "replica.db"),
		replica.Options{Clock: time.Now, NewID: newID, Throwaway: true})
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{replica: r, path: filepath.Join(dir, "replica.db"), told: make(chan struct{}, 1)}
	var saving sync.Mutex
	b.Importer = importing.New(importing.Options{
		Replica: r, Clock: time.Now, NewID: newID, TempDir: dir, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		OnState: func() {
			select {
			case b.told <- struct{}{}:
			default:
			}
		},
		Work: work,
		Change: func(_ context.Context, do func() error) error {
			saving.Lock()
			defer saving.Unlock()
			if b.changes != nil {
				b.changes()
			}
			return do()
		},
	})
	t.Cleanup(func() {
		b.Close()
		_ = r.Close()
		if left, err := filepath.Glob(filepath.Join(dir, "partner-desk-import-*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
	return b
}

// wait returns the state once no job is under way.
func (b *bench) wait(t testing.TB) importing.State {
	t.Helper()
	for {
		switch s := b.State(); s.Phase {
		case importing.Rehearsing, importing.Running:
			<-b.told
		default:
			return s
		}
	}
}

func work(ctx context.Context, _ string, _ int, do func(context.Context, func(int)) error) (bool, error) {
	err := do(ctx, func(int) {})
	if ctx.Err() != nil {
		return true, nil
	}
	return false, err
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func (b *bench) open(t testing.TB, path string) importing.File {
	t.Helper()
	f, err := b.Open(context.Background(), path, importing.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// plan takes the columns as they were found.
func plan(f importing.File) importing.Plan {
	p := importing.Plan{Existing: importing.UpdateFilled, Duplicates: importing.FirstCounts}
	for _, c := range f.Columns {
		p.Fields = append(p.Fields, c.Field)
	}
	return p
}

func (b *bench) rehearse(t testing.TB, p importing.Plan) importing.State {
	t.Helper()
	if _, err := b.Rehearse(context.Background(), p); err != nil {
		t.Fatal(err)
	}
	s := b.wait(t)
	if s.Phase != importing.Rehearsed || s.Problem != nil {
		t.Fatalf("rehearsed: %+v", s)
	}
	return s
}

func (b *bench) run(t testing.TB) importing.State {
	t.Helper()
	if _, err := b.Run(false); err != nil {
		t.Fatal(err)
	}
	s := b.wait(t)
	if s.Phase != importing.Done || s.Problem != nil {
		t.Fatalf("ran: %+v", s)
	}
	return s
}

func (b *bench) items(t testing.TB, kind importing.Kind) []importing.Item {
	t.Helper()
	page, err := b.Rows(context.Background(), kind, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return page.Items
}

// absorb puts customers into the replica as the Back Office's.
func (b *bench) absorb(t testing.TB, customers ...customer.Customer) {
	t.Helper()
	if err := b.replica.Absorb(context.Background(), customers, "c"); err != nil {
		t.Fatal(err)
	}
}

func known(username string) customer.Customer {
	return customer.Customer{ID: newID(), Username: username, FirstName: "Ann", LastName: "Lee", Company: "Shop", Language: "en",
		Status: customer.Activated, Tags: []string{}, Facts: customer.Facts{HasPassword: true, Revision: 1}}
}

func (b *bench) all(t testing.TB) []customer.Customer {
	t.Helper()
	ids, err := b.replica.Matching(context.Background(), customer.Selection{Query: &customer.Query{Sort: customer.SortUsername}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := b.replica.Customers(context.Background(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// lastDone asserts what an undo would be about: the title tells of what was done,
// not of what was planned.
func (b *bench) lastDone(t *testing.T, title string, changes int) {
	t.Helper()
	undo, _, err := b.replica.History(t.Context())
	if err != nil || undo == nil || undo.Title != title || undo.Done != changes {
		t.Errorf("to take back: %+v, %v; want %q of %d", undo, err, title, changes)
	}
}
