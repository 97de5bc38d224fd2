package importing_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"partnerdesk/backend/customer"
	"partnerdesk/backend/importing"
)

// Whatever is in a file: every row stands in one list, and once it is imported
// there is nothing left to import.
func FuzzImport(f *testing.F) {
	f.Add([]byte(messy))
	f.Add([]byte("email,name,company,status,tags\nx@y.example,Jan Bos,Bos,locked,\"a,b\"\nX@y.example,,,,\n"))
	f.Add([]byte("jan@shop.example\tBos, Jan van der\n"))
	f.Add([]byte("Email;Website;Land;Sprache;Lock reason\na@b.example;shop.example;DE;deutsch;x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := memory(t)
		path := filepath.Join(t.TempDir(), "x.csv")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := b.Open(t.Context(), path, importing.Reading{})
		if err != nil {
			return
		}
		p := plan(file)
		p.Fields[0] = "username"
		for i := range p.Fields[1:] {
			if p.Fields[i+1] == "username" {
				p.Fields[i+1] = ""
			}
		}
		if _, err := b.Rehearse(t.Context(), p); err != nil {
			t.Fatal(err)
		}
		s := b.wait(t)
		if s.Problem != nil || s.Phase != importing.Rehearsed {
			t.Fatalf("rehearsed %+v", s)
		}
		ran := b.run(t)
		if ran.Added != s.Totals.New || ran.Updated != s.Totals.Changed || ran.Failures != s.Totals.Error {
			t.Fatalf("rehearsed %+v, ran %+v", s, ran)
		}
		again := b.rehearse(t, p)
		if again.Totals.New != 0 || again.Totals.Changed != 0 || again.Totals.Error != s.Totals.Error {
			t.Fatalf("rehearsed %+v, ran %+v, again %+v: %+v", s, ran, again, b.items(t, importing.RowChanged))
		}
	})
}

// inMemory stands in for a replica, to be fast.
type inMemory map[string]customer.Customer

func (m inMemory) ByUsername(_ context.Context, usernames []string) (map[string]customer.Record, error) {
	found := map[string]customer.Record{}
	for _, name := range usernames {
		if c, known := m[customer.UsernameKey(name)]; known {
			found[customer.UsernameKey(name)] = customer.Record{Customer: c}
		}
	}
	return found, nil
}

func (m inMemory) Perform(_ context.Context, _ customer.Action, changes []customer.Mutation) error {
	for _, change := range changes {
		c := customer.Customer{ID: change.CustomerID}
		for _, have := range m {
			if have.ID == c.ID {
				c = have
			}
		}
		c = change.Fields.Apply(c)
		m[customer.UsernameKey(c.Username)] = c
	}
	return nil
}

func (inMemory) Setting(context.Context, string, any) (bool, error) { return false, nil }
func (inMemory) SetSetting(context.Context, string, any) error      { return nil }

func memory(t *testing.T) *bench {
	t.Helper()
	b := &bench{told: make(chan struct{}, 1)}
	b.Importer = importing.New(importing.Options{
		Replica: inMemory{}, Clock: time.Now, NewID: newID, TempDir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		OnState: func() {
			select {
			case b.told <- struct{}{}:
			default:
			}
		},
		Work: work, Change: func(_ context.Context, do func() error) error { return do() },
	})
	t.Cleanup(b.Close)
	return b
}
